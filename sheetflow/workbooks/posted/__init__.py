"""A workbook that somebody posts: its tabs come in as JSON, what is to be written goes out as JSON, nothing is kept."""
