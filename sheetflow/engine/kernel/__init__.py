"""The inner loop of all planning, over flat rows of numbers: `placing.py` first; `compiled.py` offers all of it."""
