"""The package in the zip: its parts, their relations and types, and the workbook's own part."""
