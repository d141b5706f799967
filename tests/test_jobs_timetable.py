"""When a timetable is due: in every time zone, around every change of the clocks, each due time once."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.errors import UserError
from sheetflow.jobs.retrying import LONGEST_WAIT, tried_again_at, wait_after
from sheetflow.jobs.timetable import mended_due, next_due

ZONES = st.sampled_from(
    [
        "UTC",
        "Asia/Jakarta",
        "Asia/Tehran",
        "Asia/Kathmandu",
        "Europe/Berlin",
        "America/New_York",
        "America/Havana",  # changes its clocks at midnight
        "Africa/Cairo",
        "Australia/Lord_Howe",  # by half an hour
        "America/Sao_Paulo",
        "Pacific/Chatham",
    ]
)
SCHEDULES = st.sampled_from(
    [
        "0 7 * * *",
        "30 1 * * *",
        "30 2 * * *",
        "0 0 * * *",
        "15,45 0-3 * * *",
        "*/30 * * * *",
        "0 * * * *",
        "5 */6 * * 1-5",
        "0 9 1 * *",
        "0 8 * * 7L",
        "* 2 * * *",
    ]
)
MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone comes beside them


@given(SCHEDULES, ZONES, MOMENTS)
def test_a_due_time_lies_ahead_and_is_whole_minutes(
    schedule: str, zone: str, now: datetime
) -> None:
    """What is due next comes after now, in UTC, at the beginning of a minute."""
    due = next_due(schedule, zone, now)
    assert due > now
    assert due.tzinfo is UTC
    assert (due.second, due.microsecond) == (0, 0)


@given(SCHEDULES, ZONES, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_what_is_due_next_does_not_depend_on_when_it_is_asked(
    schedule: str, zone: str, now: datetime, later: timedelta
) -> None:
    """From now until it is due, the answer is the same: nothing is skipped and nothing comes in between."""
    due = next_due(schedule, zone, now)
    asked_at = min(now + later, due - timedelta(seconds=1))
    assert next_due(schedule, zone, max(now, asked_at)) == due


@given(st.sampled_from(["0 7 * * *", "30 1 * * *", "30 2 * * *", "0 0 * * *"]), ZONES, MOMENTS)
def test_a_daily_time_comes_once_on_each_day(schedule: str, zone: str, now: datetime) -> None:
    """Through any change of the clocks, each day of the calendar has its due time, and one of them."""
    days, at = [], now
    for _ in range(400):
        at = next_due(schedule, zone, at)
        days.append(at.astimezone(ZoneInfo(zone)).date())
    steps = [(later - day).days for day, later in pairwise(days)]
    assert set(steps) == {1}


@pytest.mark.parametrize(
    ("schedule", "zone", "after", "due"),
    [
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00+00:00", "2026-03-29T01:00+00:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00+00:00", "2026-10-25T00:30+00:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30+00:00", "2026-10-26T01:30+00:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10+00:00", "2026-10-26T01:30+00:00"),
        ("30 * * * *", "Europe/Berlin", "2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00"),
        ("0 7 * * *", "Asia/Jakarta", "2026-11-23T00:00+00:00", "2026-11-24T00:00+00:00"),
        ("0 9 1 * *", "UTC", "2026-12-01T09:00+00:00", "2027-01-01T09:00+00:00"),
    ],
    ids=["skipped", "twice", "not again", "nor in between", "hourly: both", "jakarta", "monthly"],
)
def test_due_times_around_a_change_of_the_clocks(
    schedule: str, zone: str, after: str, due: str
) -> None:
    """A time that is skipped comes right after; one that comes twice comes the first time, unless hours are `*`."""
    assert next_due(schedule, zone, datetime.fromisoformat(after)) == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("schedule", "code"),
    [
        ("", "schedule_wrong"),
        ("7:00", "schedule_wrong"),
        ("0 7 * *", "schedule_wrong"),
        ("* * * * * *", "schedule_wrong"),  # seconds
        ("60 7 * * *", "schedule_wrong"),
        ("0 7 30 2 *", "schedule_wrong"),
        ("@daily", "schedule_wrong"),
        ("0 0 */30 2 MON#5", "schedule_never"),  # a fifth Monday on the first
    ],
)
def test_what_is_no_timetable_is_told(schedule: str, code: str) -> None:
    """Another text, seconds, or a day that never comes is an error of the user's."""
    with pytest.raises(UserError, match=code):
        next_due(schedule, "UTC", datetime(2026, 11, 23, tzinfo=UTC))


@given(st.text("0123456789*/-,#LWMONJA ", max_size=16))
def test_any_text_is_a_timetable_or_an_error_of_the_users(text: str) -> None:
    """Whatever is typed, it is due some time or refused with a sentence."""
    now, due = datetime(2026, 11, 23, tzinfo=UTC), None
    with suppress(UserError):
        due = next_due(text, "Asia/Jakarta", now)
    assert due is None or due > now


def test_an_unknown_time_zone_is_told() -> None:
    """A zone that this machine does not know is an error of the user's, with its name."""
    for zone in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(UserError, match="time_zone_unknown"):
            next_due("0 7 * * *", zone, datetime(2026, 11, 23, tzinfo=UTC))


@given(SCHEDULES, ZONES, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=1)))
def test_a_clock_that_is_set_back_a_little_repeats_nothing(
    schedule: str, zone: str, now: datetime, back: timedelta
) -> None:
    """What was stored as the next due time before a clock was set back by up to a day stays, unless that is far off."""
    stored = next_due(schedule, zone, now)
    mended = mended_due(schedule, zone, stored, now - back)
    assert mended is not None
    assert now < mended <= stored


@given(SCHEDULES, ZONES, MOMENTS)
def test_a_clock_that_was_years_ahead_does_no_harm_for_long(
    schedule: str, zone: str, now: datetime
) -> None:
    """After a clock that was wrong by years is put right, the timetable goes on within a day and a turn."""
    stored = next_due(schedule, zone, now + timedelta(days=3650))
    mended = mended_due(schedule, zone, stored, now)
    assert mended == min(stored, next_due(schedule, zone, now + timedelta(days=1)))


def test_the_wait_doubles_up_to_some_hours_and_chance_takes_up_to_half_of_it() -> None:
    """A minute, two, four … four hours; half of each at least."""
    minutes = [wait_after(failures, 0.0) / timedelta(minutes=1) for failures in range(1, 12)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
    assert wait_after(1000, 0.0) == LONGEST_WAIT
    assert wait_after(3, 0.999) >= wait_after(3, 0.0) / 2


def test_without_a_timetable_nobody_tries_for_ever() -> None:
    """A workbook that runs by hand alone is tried again some times; one with a timetable always."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    tries = [tried_again_at(failures, now, 0.5, has_timetable=False) for failures in range(1, 30)]
    assert tries[0] is not None
    assert tries[-1] is None
    assert tried_again_at(29, now, 0.5, has_timetable=True) is not None
