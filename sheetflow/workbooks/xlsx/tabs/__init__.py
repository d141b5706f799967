"""Computed tabs as XML of our own."""
