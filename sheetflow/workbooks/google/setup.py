"""Setting up a spreadsheet once: missing tabs are made, those that people made are furnished, and it is remembered.

    set_up(client, spreadsheet, tabs) -> SetUp      # 2 reads at most, and 1 write; nothing the second time

A tab in `tabs` whose title is that of a sheet is not made; the sheet gets what it lacks of drop-downs, notes, colours
and warnings. Each sheet carries developer metadata of what was done to it, and is never set up again, whatever people
have made of it since, also under another title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheetflow.cells import StarterTab
from sheetflow.workbooks.google.cell_formats import Json
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.furnishing import (
    Furniture,
    furnishing_requests,
    read_furniture,
)
from sheetflow.workbooks.google.marks import MARKS, mark_requests, metadata_request
from sheetflow.workbooks.google.new_tabs import (
    Choices,
    adding_request,
    filling_requests,
)
from sheetflow.workbooks.google.numbering import number_from

SET_UP_MARK = "i"
"""The key of the developer metadata of a sheet that was set up; its value is the title that the tab had in the plan."""

SHEETS = "sheets(properties(sheetId,title),developerMetadata(metadataKey,metadataValue))"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """The titles of the tabs that were made, and of those that were furnished."""

    made: tuple[str, ...] = ()
    furnished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A sheet that is there: what it was set up as (None: never), and whether it is marked as one that is read."""

    sheet_id: int
    set_up_as: str | None
    is_read: bool


def set_up(client: SheetsClient, spreadsheet: str, tabs: Sequence[StarterTab]) -> SetUp:
    """Gather what stands, decide what is missing, and write it in one batch.

    Raises:
        UserError: Google did not let us in, or did not answer in time.
    """
    client.transport.begin()
    standing = _standing(client.spreadsheets_get(spreadsheet, {"fields": SHEETS}))
    shown = [starter for starter in tabs if not starter.hidden]
    made = [starter for starter in shown if not _is_there(starter, standing)]
    ours = [s for s in shown if s.tab.sheet in standing]
    furnished = [s for s in ours if standing[s.tab.sheet].set_up_as is None]
    titles = [starter.tab.sheet for starter in furnished]
    furniture = read_furniture(client, spreadsheet, titles)
    hidden = {starter.tab.sheet: starter for starter in tabs if starter.hidden}
    names = {*standing, *(starter.tab.sheet for starter in made)}
    choices = Choices(hidden=hidden, titles=names)
    requests = [
        *_making(made, standing, choices, first=not ours),
        *_furnishing(furnished, standing, choices, furniture),
    ]
    if requests:
        client.batch_update(spreadsheet, {"requests": requests})
    return SetUp(made=tuple(s.tab.sheet for s in made), furnished=tuple(titles))


def _is_there(starter: StarterTab, standing: Mapping[str, Standing]) -> bool:
    known = {each.set_up_as for each in standing.values()}
    titles = {title.casefold() for title in standing}
    return starter.tab.sheet.casefold() in titles or starter.tab.sheet in known


def _standing(answer: Mapping[str, Any]) -> Mapping[str, Standing]:
    return {sheet["properties"]["title"]: _sheet(sheet) for sheet in answer.get("sheets", ())}


def _sheet(sheet: Mapping[str, Any]) -> Standing:
    marks = {
        each["metadataKey"]: str(each.get("metadataValue", ""))
        for each in sheet.get("developerMetadata", ())
    }
    return Standing(
        sheet_id=sheet["properties"]["sheetId"],
        set_up_as=marks.get(SET_UP_MARK),
        is_read=not MARKS.isdisjoint(marks),
    )


def _making(
    made: Sequence[StarterTab], standing: Mapping[str, Standing], choices: Choices, *, first: bool
) -> Iterator[Json]:
    """All sheets first, as drop-downs of one may offer what stands in another; `first` puts them before the others."""
    numbers: dict[str, int] = {}
    taken = {each.sheet_id for each in standing.values()}
    for place, starter in enumerate(made):
        number = number_from(starter.tab.sheet, taken)
        taken.add(number)
        numbers[starter.tab.sheet] = number
        yield adding_request(starter, number, place if first else None)
    for starter in made:
        title = starter.tab.sheet
        yield from filling_requests(starter, numbers[title], choices)
        yield from _marked(numbers[title], title, is_read=False)


def _furnishing(
    furnished: Sequence[StarterTab],
    standing: Mapping[str, Standing],
    choices: Choices,
    furniture: Mapping[str, Furniture],
) -> Iterator[Json]:
    for starter in furnished:
        title = starter.tab.sheet
        sheet = standing[title]
        if title in furniture:
            yield from furnishing_requests(starter, sheet.sheet_id, choices, furniture[title])
            yield from _marked(sheet.sheet_id, title, is_read=sheet.is_read)


def _marked(sheet_id: int, title: str, *, is_read: bool) -> Iterator[Json]:
    told = {"metadataKey": SET_UP_MARK, "metadataValue": title}
    yield metadata_request({**told, "location": {"sheetId": sheet_id}})
    if not is_read:
        yield from mark_requests(sheet_id)
