"""SheetFlow turns a team's sheet of publications into a plan."""
