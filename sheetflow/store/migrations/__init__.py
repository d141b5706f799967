"""How the tables became what they are: one file a step, never changed once released."""
