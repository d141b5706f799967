"""The kernel as machine code: made by numba once, kept, and loaded without numba."""
