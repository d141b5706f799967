"""Putting a file in the place of another, with copies of what was there."""
