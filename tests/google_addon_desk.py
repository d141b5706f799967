"""The add-on for Google Sheets at work: its script in Node, a Sheets server below it and a running service behind it.

with addon_desk(node, tmp_path, server) as desk:
    desk.open(SHEETS)                          # a spreadsheet, registered and shared
    desk.call("panelPlan")                     # as the side bar calls it
    carry_out(desk.service)                    # the service does what was asked for
    desk.book.rows("Plan")                     # what stands in the sheet
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest

from issuers import Issuers
from services import MONDAY, OWNER, a_service, served
from sheetflow.entrypoints.google_addon.making import make_google_addon
from sheetflow.store.records import WorkbookRecord
from sheetflow.wiring.service import Service
from sheets import snapshot
from sheets_server.drive import OWNER as DRIVE_OWNER
from sheets_server.open_book import OpenBook
from sheets_server.server import SheetsServer

RUNNER = Path(__file__).parent / "node" / "google_addon.cjs"
PLAN = "Plan"
SHEETS = {
    PLAN: """
        | ID    | Publication | Type       | Delivery date | Note   |
        | P-001 | Guide       | Newsletter | 2026-11-25    | first  |
        | P-002 | Gift box    | Newsletter | 2026-12-18    | second |
        | P-003 | Podcast     | Newsletter | 2026-12-23    | third  |
    """,
    "Team": """
        | Name | Email           | Skills                                  | Hours per day |
        | Sari |                 | Designer, Planner                       | 6             |
        | Budi | ana@example.com | Copywriter, E-mail specialist, Designer | 6             |
        | Nina |                 | Internal approver, Publisher, Analyst   | 6             |
    """,
}


class Script:
    """A process of Node that runs the add-on's script as Google does, each call in a fresh execution."""

    def __init__(self, node: str) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [node, str(RUNNER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it: it ends with its input."""
        self._process.communicate()

    def do(self, verb: str, **more: Any) -> Any:
        """One request; raises ScriptError where the script did."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": verb, **more}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise ScriptError(answer["error"])
        return answer["result"]


class ScriptError(Exception):
    """What Google would tell of an execution that failed."""


@dataclass(slots=True)
class AddonDesk:
    """Somebody in front of a spreadsheet with the add-on, and a service that runs."""

    script: Script
    server: SheetsServer
    issuers: Issuers
    service: Service
    address: str
    folder: Path
    number: str = ""
    workbook: WorkbookRecord | None = None

    def open(self, sheets: Mapping[str, str], *, registered: bool = True, **world: Any) -> None:
        """Open a new spreadsheet of these tabs, as Ana, who owns it in the registry."""
        self.number = self.server.load(snapshot(sheets))
        if registered:
            self.register()
        google = {
            "server": self.server.url,
            "spreadsheet": self.number,
            "token": self.server.token(DRIVE_OWNER),
        }
        usual = {"folder": str(self.folder), "email": OWNER, "token": self.issuers.google_token()}
        self.script.do("open", world={"google": google} | usual | world)

    def register(self, owner: str | None = OWNER) -> WorkbookRecord:
        """Let the service know the spreadsheet by its URL."""
        url = f"https://docs.google.com/spreadsheets/d/{self.number}/edit#gid=0"
        self.workbook = self.service.registry.add(
            url, name="Plan", time_zone="UTC", schedule=None, owner=owner, now=MONDAY
        )
        return self.workbook

    def change(self, **world: Any) -> None:
        """Let something else be so from now on."""
        self.script.do("change", world=world)

    def run(self, name: str, *args: Any, **run: Any) -> Any:
        """Run a function of the script, by a menu, a trigger or the side bar."""
        return self.script.do("call", name=name, args=args, run=run)

    def call(self, name: str, *args: Any) -> Any:
        """The result of a function that the side bar calls."""
        answer = self.run(name, *args)
        assert "done" in answer, answer
        return answer["done"]

    def each(self, name: str, arguments: Iterable[Any]) -> list[Any]:
        """The results of a function of the script, also a private one, for one argument after another."""
        found: list[Any] = self.script.do("each", name=name, args=list(arguments))
        return found

    def trouble(self, name: str, *args: Any) -> Any:
        """What stopped a function that the side bar calls."""
        answer = self.run(name, *args)
        assert "trouble" in answer, answer
        return answer["trouble"]

    def look(self) -> Any:
        """What has come of it: menu, side bar, selection, triggers, properties, requests."""
        return self.script.do("look")

    @property
    def book(self) -> OpenBook:
        """The spreadsheet as its owner sees it."""
        return self.server.book(self.number)


@contextmanager
def addon_desk(
    node: str, tmp_path: Path, server: SheetsServer, **settings: Any
) -> Iterator[AddonDesk]:
    """A service that opens the spreadsheets of the server and knows who signs in, and the add-on made for it."""
    key_file = tmp_path / "key.json"
    key_file.write_text(json.dumps(server.key_file()))
    with ExitStack() as open_things:
        environment = open_things.enter_context(pytest.MonkeyPatch.context())
        environment.setenv("SHEETFLOW_GOOGLE_SERVER", server.url)
        environment.setenv("SHEETFLOW_GOOGLE_CREDENTIALS", str(key_file))
        issuers = open_things.enter_context(Issuers())
        service = a_service(tmp_path, clock=lambda: MONDAY, **issuers.settings | settings)
        open_things.callback(service.close)
        address = open_things.enter_context(served(service))
        desk = AddonDesk(
            script=open_things.enter_context(Script(node)),
            server=server,
            issuers=issuers,
            service=service,
            address=address,
            folder=tmp_path / "addon",
        )
        make_google_addon(address, desk.folder)
        yield desk
