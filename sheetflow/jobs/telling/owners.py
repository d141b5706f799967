"""Whoever answers for a workbook is told once when it begins to fail, and once when it is well again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.jobs.telling.mail import mail_address
from sheetflow.jobs.telling.post import Fate, Post
from sheetflow.jobs.telling.scenes import workbook_of
from sheetflow.store.records import RunState, WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.store.told import Told, matter_key
from sheetflow.translate.digests.letters import Letter, failing_letter, well_letter
from sheetflow.translate.language import Tongue

OWNER = "\0owner"
"""Stands among people, and is nobody's name."""

FAILING, WELL = matter_key("failing"), matter_key("well")
LOOKED_AT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Letters to the owner of a workbook, and to the admin's address where one is set."""

    registry: Registry
    runs: Runs
    told: Told
    post: Post
    admin: str
    base_url: str

    def keep(self, record: WorkbookRecord, matter: str, now: datetime) -> None:
        """Let it be told."""
        self.told.hold(record.id, OWNER, [matter], now)

    def tell(self, record: WorkbookRecord, now: datetime) -> bool:
        """Whether what there is to tell was told; trouble that is over before anybody heard of it is not told."""
        taken = self.told.take(record.id, OWNER, now)
        letter = self._letter(record, taken, now) if taken else None
        if letter is not None:
            number = matter_key(record.id, *sorted(taken), now.isoformat())[:32]
            fates = [self.post.send(letter, to, number, now) for to in self._addresses(record)]
            if fates and Fate.SENT not in fates and not all(fate.is_settled for fate in fates):
                return False
        self.told.sent(record.id, OWNER, taken, now, again=True)
        return True

    def _letter(
        self, record: WorkbookRecord, taken: frozenset[str], now: datetime
    ) -> Letter | None:
        tongue = Tongue(Language.EN, CalendarSystem.GREGORIAN, now.date())
        workbook = workbook_of(record, self.base_url)
        is_failing = self.registry.get(record.id).failures > 0
        if FAILING in taken and is_failing:
            says, do = self._sentence(record, tongue)
            return failing_letter(tongue, workbook, says, do)
        if FAILING in taken or is_failing:
            return None
        return well_letter(tongue, workbook)

    def _sentence(self, record: WorkbookRecord, tongue: Tongue) -> tuple[str, str]:
        failed = (run for run in self.runs.of(record.id, LOOKED_AT) if run.state is RunState.FAILED)
        last = next(failed, None)
        return tongue.told(last.error or "run_broken", last.facts) if last else ("", "")

    def _addresses(self, record: WorkbookRecord) -> Iterator[str]:
        found = (mail_address(text) for text in (record.owner or "", self.admin))
        return iter(dict.fromkeys(address for address in found if address))
