"""The letterbox of a team: what is new for each person, kept until it may be told, then sent as one letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sheetflow.jobs.telling.chat import tell_chats
from sheetflow.jobs.telling.moments import is_morning, told_at
from sheetflow.jobs.telling.post import Fate, Post
from sheetflow.jobs.telling.scenes import addressed, scene_of, told_nothing, workbook_of
from sheetflow.jobs.timetable import zone_of
from sheetflow.store.records import WorkbookRecord
from sheetflow.store.told import Told, matter_key
from sheetflow.translate.digests.day import Day, days_of
from sheetflow.translate.digests.letters import (
    Letter,
    Workbook,
    chat_letter,
    digest_letter,
    news_letter,
)
from sheetflow.translate.digests.news import Event, News, news_of, possible_news
from sheetflow.translate.views.scene import Scene
from sheetflow.usecases.recalculate import Outcome

EVERYBODY, MORNING = "\0everybody", "\0morning"
"""They stand among people, and are nobody's names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterbox:
    """Letters to a team; `hour` is when the digest is made, `chats` are addresses for apprise."""

    told: Told
    post: Post | None
    chats: Sequence[str]
    hour: int
    base_url: str

    def keep(self, record: WorkbookRecord, outcome: Outcome, now: datetime) -> None:
        """Keep what a run has made new, until it may be told."""
        scene = scene_of(outcome)
        found = news_of(
            outcome.plan, outcome.before.steps, outcome.before.rows, told_nothing(scene)
        )
        until = self._told_at(record, scene, now)
        if self.post:
            for person, _ in addressed(scene):
                news = [
                    one for one in found.get(person, ()) if not self._undone(record, person, one)
                ]
                self.told.hold(record.id, person, map(_matter, news), until)
        if self.chats:
            reds = [one for news in found.values() for one in news if one.event is Event.RED]
            self.told.hold(record.id, EVERYBODY, map(_matter, reds), until)

    def _undone(self, record: WorkbookRecord, person: str, news: News) -> bool:
        """Whether it takes back what nobody has been told yet: then there is nothing to tell."""
        matters = [_matter(opposite) for opposite in news.opposites]
        return bool(matters) and self.told.cancel(record.id, person, matters)

    def had_morning(self, record: WorkbookRecord, today: date) -> bool:
        """Whether the digests of the day were made."""
        return self.told.is_sent(record.id, MORNING, _morning(today))

    def deliver(self, record: WorkbookRecord, outcome: Outcome, now: datetime) -> bool:
        """Send what may be told now; False where some of it must be tried again."""
        scene, workbook = scene_of(outcome), workbook_of(record, self.base_url)
        days = days_of(scene)
        self._make_digests(record, scene, days, now)
        fates = []
        for person, address in addressed(scene) if self.post else ():
            taken = self.told.take(record.id, person, now)
            letter = self._letter(scene, days.get(person), person, taken, workbook)
            fate = self._sent(record, person, address, letter, taken, now)
            fates.append(fate)
            if fate is Fate.DOWN:
                break
        fates.append(self._told_to_all(record, scene, workbook, now))
        is_told = all(fate.is_settled for fate in fates)
        if is_told:
            self.told.drop(record.id, now)
        return is_told

    def _make_digests(
        self, record: WorkbookRecord, scene: Scene, days: dict[str, Day], now: datetime
    ) -> None:
        """Let everybody have a digest who works today and has something on."""
        today, local = scene.plan.today, now.astimezone(zone_of(record.time_zone))
        morning = _morning(today)
        if self.post is None or local.date() != today or not is_morning(local, self.hour):
            return
        if self.told.is_sent(record.id, MORNING, morning):
            return
        if scene.workspace.messages.digest:
            until = self._told_at(record, scene, now)
            for person, _ in addressed(scene):
                if person in days and not days[person].is_empty:
                    self.told.hold(record.id, person, [_digest(today)], until)
        self.told.hold(record.id, MORNING, [morning], now)
        self.told.sent(record.id, MORNING, [morning], now)

    def _letter(
        self,
        scene: Scene,
        day: Day | None,
        person: str,
        taken: frozenset[str],
        workbook: Workbook,
    ) -> Letter | None:
        """One letter for all that was taken; None where nothing of it is true any more."""
        if not taken:
            return None
        possible = possible_news(scene.plan, person, told_nothing(scene))
        news = _in_order(one for one in possible if _matter(one) in taken)
        if day is not None and not day.is_empty and _digest(scene.plan.today) in taken:
            return digest_letter(scene, day, news, workbook)
        return news_letter(scene, news, workbook) if news else None

    def _sent(
        self,
        record: WorkbookRecord,
        person: str,
        address: str,
        letter: Letter | None,
        taken: frozenset[str],
        now: datetime,
    ) -> Fate:
        fate = Fate.SENT
        if letter is not None and self.post is not None:
            number = matter_key(record.id, person, *sorted(taken), now.date().isoformat())[:32]
            fate = self.post.send(letter, address, number, now)
        if fate.is_settled and taken:
            today = _digest(now.astimezone(zone_of(record.time_zone)).date())
            self.told.sent(record.id, person, taken & {today}, now)
            self.told.sent(record.id, person, taken - {today}, now, again=True)
        return fate

    def _told_to_all(
        self, record: WorkbookRecord, scene: Scene, workbook: Workbook, now: datetime
    ) -> Fate:
        """The rows that have turned red, to the team's channels."""
        taken = self.told.take(record.id, EVERYBODY, now) if self.chats else frozenset[str]()
        if not taken:
            return Fate.SENT
        everybody = {person.name for person in scene.plan.people}
        reds = {
            one.key: one
            for person in sorted(everybody)
            for one in possible_news(scene.plan, person, told_nothing(scene))
            if one.event is Event.RED and _matter(one) in taken
        }
        news = _in_order(reds.values())
        if news and not tell_chats(self.chats, chat_letter(scene, news, workbook)):
            return Fate.LATER
        self.told.sent(record.id, EVERYBODY, taken, now, again=True)
        return Fate.SENT

    def _told_at(self, record: WorkbookRecord, scene: Scene, now: datetime) -> datetime:
        return told_at(now, zone_of(record.time_zone), scene.workspace.messages, self.hour)


def _in_order(news: Iterable[News]) -> list[News]:
    return sorted(news, key=lambda one: one.place)


def _matter(news: News) -> str:
    return matter_key("news", *news.key)


def _digest(today: date) -> str:
    return matter_key("digest", today.isoformat())


def _morning(today: date) -> str:
    return matter_key("morning", today.isoformat())
