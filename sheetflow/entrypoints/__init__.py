"""Thin faces: they parse what is asked, call a use case and show its result."""
