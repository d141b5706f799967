"""A schedule as the rest of the engine looks at it, how good it is, and its measures."""
