"""The Excel add-in: `pane/` is what people see beside their workbook, `making.py` makes what Excel is told of it."""
