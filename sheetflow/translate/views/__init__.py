"""The computed tabs, one file each: pure functions from a scene to a tab."""
