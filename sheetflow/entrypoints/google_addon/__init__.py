"""The add-on for Google Sheets: its script and side bar, made ready for a service's address."""
