"""Looking for the best schedule, from the last plan on where there is one: `search.py` first."""
