"""What came and what went: every request with its kind, its status and its bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

from sheets_server.refusals import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One request: its method's name (or its path), read, write or other, and the bytes of both bodies.

    The status is 0 where the connection was cut; `spoilt` tells that a scripted fault or a quota met it. `sent` are the
    bytes of the answer as they were sent, which are fewer where the client takes it packed.
    """

    method: str
    kind: str
    account: str
    status: int
    came: int
    went: int
    sent: int = 0
    spoilt: bool = False
    query: str = ""
    body: Json = field(default_factory=dict)


class Journal:
    """The requests in the order of their coming."""

    def __init__(self) -> None:
        """Begin with none."""
        self.entries: list[Entry] = []

    def clear(self) -> None:
        """Forget what came so far."""
        self.entries = []

    def of(self, kind: str = "any") -> list[Entry]:
        """The requests to Sheets of a kind: read, write or any."""
        sheets = (each for each in self.entries if each.method.startswith("sheets."))
        return [each for each in sheets if kind in {"any", each.kind}]

    def count(self, kind: str = "any") -> int:
        """How many there were, those that were refused too."""
        return len(self.of(kind))

    def came(self, kind: str = "any") -> int:
        """The bytes of the bodies that came."""
        return sum(each.came for each in self.of(kind))

    def went(self, kind: str = "any") -> int:
        """The bytes of the bodies that went out, unpacked."""
        return sum(each.went for each in self.of(kind))

    def sent(self, kind: str = "any") -> int:
        """The bytes of the bodies that went out, as they were sent."""
        return sum(each.sent for each in self.of(kind))
