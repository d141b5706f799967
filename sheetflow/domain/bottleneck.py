"""Bottlenecks: people who are asked for more hours than they have, if every date is to be met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottleneck:
    """The work of `skills` that must be done in these weeks is more than those who have any of them can do.

    `first_week` and `last_week` are the first days of weeks, as the team counts them. `booked_share` is the hours asked
    for over the hours there are, `hours_over` the difference, `hours_early` as much of it as the weeks before have room
    for. `late_rows` are the IDs of the publications that are late for it, `squeezed_rows` of those that only lose days
    of their margin.
    """

    skills: tuple[str, ...]
    first_week: date
    last_week: date
    booked_share: float
    hours_over: float
    hours_early: float = 0.0
    late_rows: tuple[str, ...] = ()
    squeezed_rows: tuple[str, ...] = ()
