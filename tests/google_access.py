"""How tests reach a local Google: with a key of its own, and a machine whose time passes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.credentials import access_by_key
from sheetflow.workbooks.google.errand import Patience, Surroundings
from sheetflow.workbooks.google.transport import Transport
from sheets_server import accounts
from sheets_server.server import SheetsServer


@dataclass(slots=True)
class Machine:
    """Time that passes only while somebody sleeps, and a chance that is always the same."""

    now: float = 1000.0
    chance: float = 0.5
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept.append(seconds)
        self.now += seconds

    def surroundings(self) -> Surroundings:
        """The machine as a transport sees it."""
        return Surroundings(clock=lambda: self.now, sleep=self.sleep, chance=lambda: self.chance)


@contextmanager
def client_of(
    server: SheetsServer,
    *,
    account: str = accounts.ROBOT,
    machine: Machine | None = None,
    patience: Patience | None = None,
) -> Iterator[SheetsClient]:
    """A client of the server that signs in with the key of an account."""
    access = access_by_key(server.key_file(account))
    transport = Transport(access, (machine or Machine()).surroundings(), patience)
    with transport.session:
        yield SheetsClient(transport, server.url)
