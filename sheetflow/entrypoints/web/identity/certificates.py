"""The public keys of whoever issues tokens, kept for as long as their server says.

One fetch serves many checks. A key that is not there may be a new one: the server is asked again, but at most once in
COOLDOWN seconds, so that tokens with invented keys cost it nothing.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar
from urllib.parse import urlsplit

import jwt
import requests
from urllib3.exceptions import HTTPError

from sheetflow.entrypoints.web.problems import Refused

Key = TypeVar("Key")

COOLDOWN = 30.0
PAUSE_AFTER_FAILURE = 5.0
SHORTEST, USUAL, LONGEST = 60.0, 300.0, 86_400.0
CONNECT, READ = 3.05, 5.0
LARGEST = 2**20
UNUSABLE = (
    *(requests.RequestException, HTTPError, ValueError, TypeError, KeyError, RecursionError),
    *(jwt.PyJWTError, AttributeError),
)
"""What a server may answer instead of keys comes out as one of these."""

_MAX_AGE = re.compile(r"(?<![\w-])max-age\s*=\s*\"?(\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held(Generic[Key]):
    keys: Mapping[str, Key]
    fetched: float
    ends: float


class Certificates(Generic[Key]):
    """The keys that the server at `url` publishes, by their names; `keys_of` reads them from its JSON."""

    def __init__(
        self,
        url: str,
        keys_of: Callable[[object], Mapping[str, Key]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is fetched yet."""
        self._url = url
        self._keys_of = keys_of
        self._clock = clock
        self._lock = Lock()
        self._held: _Held[Key] = _Held(keys={}, fetched=float("-inf"), ends=float("-inf"))
        self._closed_until = float("-inf")

    def key(self, name: object) -> Key | None:
        """The key of that name, None where the server has none; Refused 503 where it cannot be asked."""
        if not isinstance(name, str):
            return None
        if not self._is_settled(name):
            with self._lock:
                if not self._is_settled(name):
                    self._fetch()
        return self._held.keys.get(name)

    def _is_settled(self, name: str) -> bool:
        held, now = self._held, self._clock()
        return now < held.ends and (name in held.keys or now < held.fetched + COOLDOWN)

    def _fetch(self) -> None:
        if self._clock() < self._closed_until:
            raise self._unreachable()
        try:
            content, seconds = _fetched(self._url)
            keys = self._keys_of(content)
        except UNUSABLE as error:
            self._closed_until = self._clock() + PAUSE_AFTER_FAILURE
            raise self._unreachable() from error
        now = self._clock()
        self._held = _Held(keys=keys, fetched=now, ends=now + seconds)

    def _unreachable(self) -> Refused:
        return Refused(503, "certificates_unreachable", host=urlsplit(self._url).hostname or "")


def _fetched(url: str) -> tuple[object, float]:
    with requests.get(url, timeout=(CONNECT, READ), allow_redirects=False, stream=True) as response:
        if response.status_code != requests.codes.ok:
            raise ValueError(response.status_code)
        body = response.raw.read(LARGEST, decode_content=True)  # what is cut off is no JSON
        return json.loads(body), lifetime(response.headers)


def lifetime(headers: Mapping[str, str]) -> float:
    """For how many seconds an answer may be kept, by its Cache-Control and Age (RFC 9111, 5.2.2.1 and 5.1)."""
    stated = _MAX_AGE.search(headers.get("Cache-Control", "").lower())
    age = headers.get("Age", "")
    seconds = float(stated[1]) - (float(age) if age.isdecimal() else 0) if stated else USUAL
    return min(max(seconds, SHORTEST), LONGEST)
