"""Writing a patch: what must be there first, then all values at once, and what the answer tells of the sheet.

    report, seen = Writing(target).write(patch)

Steady state: 1 request. New rows, columns or tabs: 2 more (a listing where none is known, and their making).
`report.drifted` names what people changed meanwhile; `report.now` is then the spreadsheet as the answer showed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sheetflow.cells import Patch
from sheetflow.workbooks.google.anchors import anchor_in, anchor_numbers
from sheetflow.workbooks.google.batches import batches
from sheetflow.workbooks.google.draft import Draft, draft_of, expected
from sheetflow.workbooks.google.dressing import dress
from sheetflow.workbooks.google.echo import Echo, drifted, echo_of, listening, misplaced, seen_in
from sheetflow.workbooks.google.faults import GoogleFaultError, LostAnswerError
from sheetflow.workbooks.google.making import REFUSED, Made, Making
from sheetflow.workbooks.google.needs import Needs, needs_of
from sheetflow.workbooks.google.repairs import overwritten, repairs
from sheetflow.workbooks.google.seen import Seen
from sheetflow.workbooks.google.shifts import shifts_of, with_shifts
from sheetflow.workbooks.google.target import Target
from sheetflow.workbooks.google.writes import Entry
from sheetflow.workbooks.port import WriteReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What is to be written and what must be there first; `seen` is what was seen with its rows where they are then.

    It `has_old_looks` where tabs are drawn for looks that are a little old.
    """

    draft: Draft
    needs: Needs
    seen: Seen
    has_old_looks: bool


class Writing:
    """Writes into one spreadsheet, as it was seen."""

    def __init__(self, target: Target) -> None:
        """Nothing is asked yet."""
        self._target = target

    def write(self, patch: Patch) -> tuple[WriteReport, Seen]:
        """Write the patch, which was computed from what was seen.

        Raises:
            GoogleFaultError: Google refused; LostAnswerError where nobody knows whether it was done.
        """
        plan = self._planned(patch, anew=bool(self._target.seen.listed))
        if plan.has_old_looks and not plan.needs.is_empty:
            plan = self._planned(patch, anew=True)
        made = Made(draft=plan.draft, seen=plan.seen)
        if not plan.needs.is_empty:
            making = Making(replace(self._target, seen=plan.seen))
            made = making.make(patch, plan.draft, plan.needs)
        if not made.draft.entries:
            return WriteReport(drifted=made.strangers), made.seen
        return self._written(patch, made)

    def _planned(self, patch: Patch, *, anew: bool) -> Planned:
        """What is to be written and made; looks that are a little old are made `anew` where it costs nothing."""
        seen = self._target.seen
        dressed = [dress(tab, seen.table(tab.sheet), anew=anew) for tab in patch.tabs]
        summed = [tab for tab in dressed if tab.has_look and tab.is_summed]
        shifts = {tab.sheet: shifts_of(seen.table(tab.sheet), tab) for tab in summed}
        shifts = {sheet: found for sheet, found in shifts.items() if found}
        seen = with_shifts(seen, shifts)
        draft = draft_of(patch, dressed, seen, anchor_numbers(row.key for row in patch.rows))
        needs = needs_of(patch, draft, seen, dressed, self._target.anchors)
        return Planned(
            draft=draft,
            needs=replace(needs, shifts=shifts),
            seen=seen,
            has_old_looks=any(tab.is_stale for tab in dressed),
        )

    def _written(self, patch: Patch, made: Made) -> tuple[WriteReport, Seen]:
        draft, seen = made.draft, made.seen
        wanted = expected(draft, seen)
        heard = listening(patch, draft, seen)
        echo = self._mended(patch, made, self._echo(draft, heard), heard)
        names = (*made.strangers, *drifted(echo, wanted, patch.rows))
        now = seen_in(echo, wanted, seen)
        is_known = now.watch is not None and now.watch.is_clear and not misplaced(echo, wanted)
        report = WriteReport(
            written=draft.cells,
            drifted=tuple(dict.fromkeys(names)),
            now=now.snapshot if names and is_known else None,
        )
        return report, now

    def _echo(self, draft: Draft, heard: Sequence[Entry]) -> Echo:
        """Write the draft; the last request asks what all tabs hold when everything is written."""
        *first, last = batches(draft.entries)
        answers = [self._sent(part, echo=False) for part in first]
        answers.append(self._sent([*last, *heard]))
        echo = echo_of(answers)
        self._target.anchors.note(echo.anchors, (write.number for write in draft.rows))
        return echo

    def _sent(self, entries: Sequence[Entry], *, echo: bool = True) -> Mapping[str, Any]:
        """Write; where Google refuses all because one anchor is gone, once more without those that are."""
        try:
            return self._target.client.update_by_filter(
                self._target.spreadsheet, entries, echo=echo
            )
        except GoogleFaultError as fault:
            asked = [number for each in entries if (number := anchor_in(each["dataFilter"]))]
            if fault.code != REFUSED or not asked:
                raise
            self._target.look_for_anchors(asked)
            gone = self._target.anchors.missing
            left = [each for each in entries if anchor_in(each["dataFilter"]) not in gone]
            if len(left) == len(entries):
                raise
            return self._target.client.update_by_filter(self._target.spreadsheet, left, echo=echo)

    def _mended(self, patch: Patch, made: Made, echo: Echo, heard: Sequence[Entry]) -> Echo:
        """Put back at once what the write hit while columns or rows were moving."""
        owed = [write.entry for write in repairs(patch, made.draft, made.seen, echo)]
        owed += [area.entry for area in overwritten(made.draft, made.seen, echo)]
        if not owed:
            return echo
        try:
            answer = self._sent([*owed, *heard])
        except LostAnswerError:
            # What is put back is the same however often it is done: here nothing is risked by a repetition.
            answer = self._sent([*owed, *heard])
        again = echo_of([answer])
        return replace(again, anchors={**echo.anchors, **again.anchors})
