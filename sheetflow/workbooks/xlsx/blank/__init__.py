"""New workbooks."""
