"""How the add-on comes into a spreadsheet, told step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

SETTINGS_PAGE = "https://script.google.com/home/usersettings"


def installing(address: str, folder: Path, *, by_clasp: bool) -> str:
    """What whoever owns the spreadsheet does, and then whoever runs the service."""
    way = _with_clasp(folder) if by_clasp else _by_hand(folder)
    lines = [
        f"The add-on for {address} is in {folder}.",
        "",
        "Into the spreadsheet" + ("" if by_clasp else " (or give --script-id, to let clasp do it)"),
        *_numbered([*way, _first_use()]),
        "",
        "Whoever runs the service",
        *_numbered(_admin()),
    ]
    return "\n".join(lines)


def _with_clasp(folder: Path) -> Iterator[str]:
    yield f"Once: npm install -g @google/clasp; turn on the Apps Script API at {SETTINGS_PAGE}; clasp login"
    yield f"cd {folder} && clasp push --force"


def _by_hand(folder: Path) -> Iterator[str]:
    yield "In the spreadsheet, open Extensions > Apps Script."
    yield "Under Project Settings, tick: Show the manifest file in editor."
    yield "Under Editor, add an HTML file named Sidebar."
    yield f"Paste the files of {folder} over those of the same name: Code.gs, Sidebar.html, appsscript.json; save."


def _first_use() -> str:
    return "Reload the spreadsheet; SheetFlow > Recalculate, and allow what Google asks for."


def _admin() -> Iterator[str]:
    yield (
        "The first Recalculate tells the sign-in ID of this spreadsheet's script (SheetFlow > Settings shows it"
        " too): add it to SHEETFLOW_GOOGLE_AUDIENCES, parted by commas, and start the service anew."
    )
    yield "Share the spreadsheet with the service account as an editor."
    yield "sheetflow workbooks add SPREADSHEET-URL"
    yield "sheetflow workbooks allow SPREADSHEET-URL PERSON-OR-@DOMAIN"


def _numbered(steps: Iterable[str]) -> Iterator[str]:
    return (f"  {number}. {step}" for number, step in enumerate(steps, start=1))
