"""Looks as a style sheet says them: appended, never renumbered."""
