"""One quota for all who ask Google, in however many threads, processes and machines.

    quota = Quota(shelf, limits)
    quota.wait(account, project, writes=False, at_most=120.0) -> whether there was a turn in time

Who asks gets the next free place in line, at once and for good, and sleeps until its time comes: first come, first
served, nobody is passed over, and nobody asks again and again. Whoever would wait too long takes no place.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from sheetflow.jobs.stages import meanwhile

if TYPE_CHECKING:
    from pyrate_limiter import AbstractBucket, Rate

WAITING = "Waiting for Google"
WORTH_TELLING = 0.5
LONGEST_WAIT = 600.0
TRIES, MOST_PLACES = 50, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many requests an account and a project may make in so many seconds; reads and writes are counted apart.

    `margin` is how many seconds a request may be late at Google; half of them may pass before it is sent.
    """

    account: int = 60
    project: int = 300
    seconds: float = 60.0
    margin: float = 1.0


class Shelf(Protocol):
    """Where the places that are taken stand, for all to see."""

    def guarded(self) -> AbstractContextManager[None]:
        """Nobody else looks or takes while inside."""
        ...

    def bucket(self, name: str, rate: Rate) -> AbstractBucket:
        """The places that were taken under that name."""
        ...

    def close(self) -> None:
        """Let go of the file, or of the connections; the next look opens them again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in line that comes so many seconds after a moment between `earliest` and `latest`."""

    seconds: float
    earliest: float
    latest: float


@dataclass(slots=True, kw_only=True)
class Used:
    """What one process has used of a quota: turns, how many of them had to be waited for, and for how long."""

    reads: int = 0
    writes: int = 0
    waits: int = 0
    seconds: float = 0.0
    refusals: int = 0
    _one_thread: Lock = field(default_factory=Lock)

    def turn(self, place: Place, *, writes: bool) -> None:
        """Count a place in line."""
        with self._one_thread:
            self.writes += writes
            self.reads += not writes
            self.waits += place.seconds > 0
            self.seconds += place.seconds

    def refusal(self) -> None:
        """Count a turn that would have come too late."""
        with self._one_thread:
            self.refusals += 1


class Quota:
    """Hands out places in line; `used_here` is what this process has used."""

    def __init__(
        self, shelf: Shelf, limits: Limits, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Keep the places on that shelf."""
        self._shelf, self._limits, self._sleep = shelf, limits, sleep
        self.used_here = Used()

    def wait(self, account: str, project: str, *, writes: bool, at_most: float) -> bool:
        """Wait for a turn; False, at once, where it would not come within so many seconds.

        Whoever wakes up so late that others may come at the same time lets the place go, and takes another.
        """
        for _ in range(MOST_PLACES):
            place = self.place(account, project, writes=writes, at_most=at_most)
            if place is None:
                self.used_here.refusal()
                return False
            self.used_here.turn(place, writes=writes)
            self._sleep_until(place)
            if time.monotonic() - place.earliest - place.seconds <= self._limits.margin / 2:
                break
            at_most = max(0.0, at_most - place.seconds)
        return True

    def place(self, account: str, project: str, *, writes: bool, at_most: float) -> Place | None:
        """Take the next free place; None, and nothing is taken, where that comes too late."""
        limits = self._limits
        names = {
            _name("account", account, writes=writes): limits.account,
            _name("project", project or account, writes=writes): limits.project,
        }
        with self._shelf.guarded():
            buckets = [self._bucket(name, limit) for name, limit in names.items()]
            return _taken(buckets, min(at_most, LONGEST_WAIT))

    def used(self, account: str, *, writes: bool) -> int:
        """How many places of the account's are taken now, in the time that Google counts."""
        with self._shelf.guarded():
            bucket = self._bucket(_name("account", account, writes=writes), self._limits.account)
            bucket.leak(int(bucket.now()))  # type: ignore[no-untyped-call]
            return int(bucket.count())  # type: ignore[arg-type]

    def close(self) -> None:
        """Let go of the shelf until it is needed again."""
        self._shelf.close()

    def _sleep_until(self, place: Place) -> None:
        seconds = place.latest + place.seconds - time.monotonic()
        if place.seconds > WORTH_TELLING:
            with meanwhile(WAITING):
                self._sleep(max(0.0, seconds))
        elif place.seconds and seconds > 0:
            self._sleep(seconds)

    def _bucket(self, name: str, limit: int) -> AbstractBucket:
        from pyrate_limiter import Rate

        seconds = self._limits.seconds + self._limits.margin
        return self._shelf.bucket(_table(name), Rate(limit, round(seconds * 1000)))


def _name(kind: str, whose: str, *, writes: bool) -> str:
    return f"{kind} {whose} {'writes' if writes else 'reads'}"


def _taken(buckets: Sequence[AbstractBucket], at_most: float) -> Place | None:
    earliest = time.monotonic()
    now = int(buckets[0].now())  # type: ignore[no-untyped-call]
    latest = time.monotonic()
    free = max(_free_at(bucket, now) for bucket in buckets)
    if free - now > at_most * 1000:
        return None
    for bucket in buckets:
        _put(bucket, free)
        bucket.leak(now)
    return Place(seconds=(free - now) / 1000, earliest=earliest, latest=latest)


def _free_at(bucket: AbstractBucket, now: int) -> int:
    """When the next place is free: when the one that fills the line has left it. Times are milliseconds."""
    if _last(bucket, 0) > now + LONGEST_WAIT * 1000 + bucket.rates[0].interval:
        bucket.flush()  # nobody takes a place so late: the clock was set back
    rate = bucket.rates[0]
    return max(now, _last(bucket, rate.limit - 1) + rate.interval + 1)


def _last(bucket: AbstractBucket, number: int) -> int:
    """The time of the last place, or of one so many before it; long ago where there are not so many."""
    item = bucket.peek(number)
    return 0 if item is None else int(item.timestamp)  # type: ignore[union-attr]


def _put(bucket: AbstractBucket, at: int) -> None:
    """Take the place; PostgreSQL's own housekeeping may have the table for a moment."""
    from pyrate_limiter import RateItem

    for _ in range(TRIES):
        if bucket.put(RateItem("request", at)):
            return
        time.sleep(0.01)


def _table(name: str) -> str:
    return f"q{sha256(name.encode()).hexdigest()[:24]}"
