"""Trouble by script: each fault waits for a request that fits, spoils it, and is used up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sheets_server.refusals import Refusal, exhausted

Trouble = Literal["refuse", "cut before", "cut after", "late"]
_SENTENCES = {500: "Internal error encountered.", 503: "The service is currently unavailable."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One trouble: a refusal of some status, a connection cut before or after the request was done, or lateness.

    `on` is "read", "write", "any" or a part of a method's name; `skip` requests that fit pass first, `times` are spoilt.
    `retry_after` and `seconds` are seconds; `answer` is another refusal than the usual one of that status.
    """

    trouble: Trouble = "refuse"
    on: str = "any"
    status: int = 503
    retry_after: int | None = None
    seconds: float = 0.0
    skip: int = 0
    times: int = 1
    answer: Refusal | None = None

    def refusal(self) -> Refusal:
        """The answer to a refused request."""
        if self.answer is not None:
            return self.answer
        if self.status == 429:
            return exhausted("ReadRequestsPerMinutePerUser", self.retry_after)
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        sentence = _SENTENCES.get(self.status, "Backend error.")
        return Refusal(self.status, sentence, headers=headers)


class Script:
    """The faults that still wait, in their order."""

    def __init__(self) -> None:
        """Begin with none."""
        self.waiting: list[Fault] = []
        self.passed: list[int] = []

    def add(self, *faults: Fault) -> None:
        """Let these happen, each from the first request on that fits."""
        self.waiting += faults
        self.passed += [0] * len(faults)

    def clear(self) -> None:
        """Let nothing more happen."""
        self.waiting, self.passed = [], []

    def next(self, method: str, kind: str) -> Fault | None:
        """The first fault that this request meets."""
        for index, fault in enumerate(self.waiting):
            if not fits(fault.on, method, kind):
                continue
            self.passed[index] += 1
            if self.passed[index] <= fault.skip:
                continue
            if self.passed[index] == fault.skip + fault.times:
                del self.waiting[index], self.passed[index]
            return fault
        return None


def fits(on: str, method: str, kind: str) -> bool:
    """Whether "read", "write", "any" or a part of a method's name means this request."""
    return on in {"any", kind} or (on not in {"read", "write"} and on in method)
