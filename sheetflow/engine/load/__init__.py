"""More work than hours: by skill and week, whatever the plan."""
