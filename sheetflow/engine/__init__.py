"""Decisions: pure functions from domain values to domain values; read `planner.py` first."""
