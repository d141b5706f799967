"""The routes of the interface, one file a noun; each holds a `blueprint`."""
