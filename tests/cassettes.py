"""Recorded conversations with Google, replayed against the local server: what came back, beside what Google said.

The recordings lie beside the checkout, in ../shared/data/gsheets/cassettes. IDs are given out anew: those of the
recording are exchanged for the server's as they turn up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sheets_server import new_book
from sheets_server.accounts import ROBOT
from sheets_server.discovery import method_of
from sheets_server.drive import SPREADSHEET
from sheets_server.server import SheetsServer

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "gsheets" / "cassettes"
_NUMBERED = ("id", "spreadsheetId", "sheetId", "namedRangeId", "protectedRangeId")
_TIMES = ("createdTime", "modifiedTime", "version")
_ACCOUNT = re.compile(r"[\w-]+@[\w-]+\.iam\.gserviceaccount\.com")
_ID = re.compile(r"(?<=/)[\w-]{44}(?![\w-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One request of a recording: the method, and both answers with the recording's IDs."""

    cassette: str
    number: int
    method: str
    told: str
    recorded: Any
    answered: Any

    @property
    def is_equal(self) -> bool:
        """Whether the server said what Google said."""
        return bool(self.recorded == self.answered)


def files() -> list[Path]:
    """The recordings, by name."""
    return sorted(FOLDER.glob("*.json"))


@dataclass(slots=True, kw_only=True)
class Replay:
    """A recording being replayed; `ours` exchanges the IDs of the recording for the server's."""

    server: SheetsServer
    cassette: str
    ours: dict[str, str] = field(default_factory=dict)

    def run(self, interactions: list[dict[str, Any]]) -> Iterator[Compared]:
        """Send every request, in the order of the recording."""
        import requests

        self._prepare(interactions)
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {self.server.token()}"
            for number, each in enumerate(interactions):
                yield self._compared(session, number, each)

    def _prepare(self, interactions: list[dict[str, Any]]) -> None:
        """Make the spreadsheets that the recording finds there already; one may be a stranger's."""
        made = {_body(_text(each)).get("id") for each in interactions if _makes_a_file(each)}
        for each in reversed(interactions):
            found = _ID.search(each["request"]["uri"])
            if found is None or found[0] in made:
                continue
            made.add(found[0])
            told = _body(_text(each))
            title = told.get("properties", {}).get("title", told.get("name", "Private"))
            owner = "stranger@sheets.test" if _status(each) == 403 else ROBOT
            book = new_book.book(self.server.drive.next_id(), {"title": title})
            book.sheets.append(new_book.sheet(0, {"title": "Sheet1"}))
            self.server.drive.add(title, SPREADSHEET, owner, book)
            self.ours[found[0]] = book.number

    def _compared(self, session: Any, number: int, interaction: dict[str, Any]) -> Compared:
        asked = interaction["request"]
        parts = urlsplit(self._exchanged(asked["uri"]))
        url = f"{self.server.url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        body = self._exchanged(asked["body"]) if asked["body"] else None
        answer = session.request(asked["method"], url, data=body and body.encode(), timeout=10)
        recorded = _body(_text(interaction))
        answered = _body(answer.text)
        self._learn(recorded, answered)
        found = method_of(asked["method"], parts.path)
        return Compared(
            cassette=self.cassette,
            number=number,
            method=found[0].name if found else parts.path,
            told=f"{asked['method']} {asked['uri']} {asked['body'] or ''}",
            recorded=[_status(interaction), _comparable(recorded)],
            answered=[answer.status_code, _comparable(self._back(answered))],
        )

    def _exchanged(self, text: str) -> str:
        for theirs, mine in self.ours.items():
            text = re.sub(rf"(?<![\w-]){re.escape(theirs)}(?![\w-])", mine, text)
        return text

    def _learn(self, recorded: Any, answered: Any) -> None:
        if isinstance(recorded, dict) and isinstance(answered, dict):
            for name in recorded.keys() & answered.keys():
                theirs, mine = recorded[name], answered[name]
                if name in _NUMBERED and theirs != mine and len(str(theirs)) > len("1000"):
                    self.ours.setdefault(str(theirs), str(mine))
                self._learn(theirs, mine)
        elif isinstance(recorded, list) and isinstance(answered, list):
            for theirs, mine in zip(recorded, answered, strict=False):
                self._learn(theirs, mine)

    def _back(self, answered: Any) -> Any:
        text = json.dumps(answered, ensure_ascii=False)
        for theirs, mine in self.ours.items():
            text = re.sub(rf"(?<![\w-]){re.escape(mine)}(?![\w-])", theirs, text)
        return json.loads(text)


def _status(interaction: dict[str, Any]) -> int:
    found: int = interaction["response"]["status"]["code"]
    return found


def _text(interaction: dict[str, Any]) -> str:
    found: str = interaction["response"]["body"].get("string", "")
    return found


def _makes_a_file(interaction: dict[str, Any]) -> bool:
    asked = interaction["request"]
    return asked["method"] == "POST" and "/drive/v3/files" in asked["uri"]


def _body(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _comparable(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {name: _comparable(each) for name, each in answer.items() if name not in _TIMES}
    if isinstance(answer, list):
        return [_comparable(each) for each in answer]
    return _ACCOUNT.sub(ROBOT, answer) if isinstance(answer, str) else answer


def replayed(server: SheetsServer, path: Path) -> list[Compared]:
    """All requests of one recording, with both answers."""
    interactions = json.loads(path.read_text("utf-8"))["interactions"]
    return list(Replay(server=server, cassette=path.stem).run(interactions))
