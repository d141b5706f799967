"""The parts of a letter: lists of steps and of news, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sheetflow.domain.flag import Flag
from sheetflow.translate.digests.day import Day
from sheetflow.translate.digests.news import Event, News
from sheetflow.translate.digests.words import Words, one_line
from sheetflow.translate.palette import FLAGS
from sheetflow.translate.views.scene import Scene
from sheetflow.translate.views.today import Task

MOST_ITEMS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One step or one piece of news, every text on one line; `ink` and `fill` are the colours of its flag."""

    head: str
    note: str
    due: str
    hours: str
    flag: str
    ink: str
    fill: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A list under its title; `more` are those that found no room."""

    title: str
    items: tuple[Item, ...]
    more: str = ""


def sections_of(scene: Scene, day: Day | None, news: Iterable[News]) -> tuple[Section, ...]:
    """The parts that hold something; news come first."""
    words = Words(scene.tongue)
    lists = [("news", [_news(scene, words, one) for one in news])]
    if day is not None:
        today = [_task(scene, words, task, is_today=True) for task in day.planned]
        soon = [_task(scene, words, task, is_today=False) for task in day.soon]
        early = [_task(scene, words, task, is_today=False) for task in day.early]
        lists += [("today", today), ("soon", soon), ("early", early)]
    return tuple(_section(words, key, items) for key, items in lists if items)


def sentence_of(scene: Scene, words: Words, news: News) -> str:
    """What happened, in one sentence."""
    title = one_line(news.row.title) or news.row.id
    if news.step is None:
        return words("red", title=title)
    step = scene.tongue.show("step", news.step.step)
    owner = scene.owner(news.step.owner) or ""
    if news.event is Event.TAKEN and not owner:
        return words("taken_by_nobody", title=title, step=step)
    return words(news.event.value, title=title, step=step, owner=owner)


def _section(words: Words, key: str, items: list[Item]) -> Section:
    more = len(items) - MOST_ITEMS
    return Section(
        title=words(f"title_{key}"),
        items=tuple(items[:MOST_ITEMS]),
        more=words("more", count=more) if more > 0 else "",
    )


def _task(scene: Scene, words: Words, task: Task, *, is_today: bool) -> Item:
    step, row = task.step, task.row
    hours = task.hours_on(scene.plan.today) if is_today else step.hours
    ink, fill = FLAGS[step.flag]
    return Item(
        head=f"{one_line(scene.tongue.show('step', step.step))}: {one_line(row.title) or row.id}",
        note=_joined((one_line(row.client), one_line(row.id))),
        due=words("due", day=step.due) if step.due else "",
        hours=scene.tongue.word("hours_short", hours=hours) if hours else "",
        flag=scene.flag(step.flag),
        ink=ink,
        fill=fill,
        why=one_line(scene.tongue.reason(step.why)),
    )


def _news(scene: Scene, words: Words, news: News) -> Item:
    row, step = news.row, news.step
    flag: Flag = step.flag if step else row.flag
    ink, fill = FLAGS[flag]
    due = step.due if step else row.delivery
    return Item(
        head=sentence_of(scene, words, news),
        note=_joined((one_line(row.client), one_line(row.id))),
        due=words("due" if step else "delivery", day=due) if due else "",
        hours="",
        flag=scene.flag(flag),
        ink=ink,
        fill=fill,
        why=one_line(scene.tongue.reason(step.why if step else row.why)),
    )


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(_filled(parts))


def _filled(parts: Iterable[str]) -> Iterator[str]:
    return (part for part in parts if part)
