"""Decisions: pure functions from domain values to domain values; read `planner.py` first.

Its rooms, each on those before it: `work` (what is to do), `machine` and `kernel` (the inner loop), `schedule` (what it
made, and how good that is), `search` (the best of them), `load`, `reasons` (why, and the way out), `runs` (from one to
the next).
"""
