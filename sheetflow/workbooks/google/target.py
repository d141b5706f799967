"""What a write works on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sheetflow.workbooks.google.anchors import ANCHOR_KEY
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.needs import Anchors
from sheetflow.workbooks.google.seen import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One spreadsheet as it was seen, the way to it, and its anchors, which learn what becomes known."""

    client: SheetsClient
    spreadsheet: str
    seen: Seen
    anchors: Anchors

    def look_for_anchors(self, asked: Iterable[int]) -> None:
        """Ask for the numbers of all anchors, and note which of those asked for are there."""
        answer = self.client.metadata(self.spreadsheet, ANCHOR_KEY)
        found = answer.get("matchedDeveloperMetadata", ())
        self.anchors.note((each["developerMetadata"]["metadataId"] for each in found), asked)
