"""What is to do: the jobs of each publication, who can do them, and the days that they have."""
