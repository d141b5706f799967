"""One request to Google, and how long it is worth waiting for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Parameters: TypeAlias = Mapping[str, str | int | float | bool | Sequence[str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A request; one that `writes` is never sent again where the first may have been obeyed."""

    method: str
    url: str
    parameters: Parameters = field(default_factory=dict)
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    writes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds, and how often to try.

    One try takes `request` at most; all tries, waits and requests of one reading or writing take `total`. Waits before
    the next try double from `first_wait` up to `longest_wait`. A quota that is used up comes back within a minute and
    is worth `quota_tries`.
    """

    request: float = 60.0
    total: float = 180.0
    first_wait: float = 1.0
    longest_wait: float = 32.0
    tries: int = 6
    quota_tries: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the machine gives: a clock that never goes back, sleep, and chance (0 to below 1)."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    chance: Callable[[], float]
