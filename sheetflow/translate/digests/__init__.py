"""What people are told of a plan: the morning digest, news after a run, and their letters."""
