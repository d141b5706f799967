"""The zip that an Excel file is: read with a bound, written anew with untouched members as they lay."""
