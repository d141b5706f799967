"""All that a page shows of a plan, made of an outcome, a tongue and a choice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from sheetflow.domain.flag import Flag
from sheetflow.entrypoints.web.pages.choice import Choice
from sheetflow.entrypoints.web.pages.chosen import (
    Offered,
    chosen_changes,
    chosen_plan,
    offered,
)
from sheetflow.entrypoints.web.pages.figures import (
    LoadFigure,
    TimelineFigure,
    load_figures,
    timeline_figure,
)
from sheetflow.entrypoints.web.pages.plan_tables import (
    attention_table,
    changes_table,
    problems_table,
)
from sheetflow.entrypoints.web.pages.tables import Table
from sheetflow.entrypoints.web.pages.today_cards import TodayCard, today_cards
from sheetflow.entrypoints.web.pages.wording import Wording
from sheetflow.translate.language import Tongue
from sheetflow.translate.last_changes import ShownChange
from sheetflow.translate.views.scene import Scene
from sheetflow.usecases.recalculate import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many publications of the whole plan have a flag."""

    flag: Flag
    word: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """What is shown; `changes` is what the last run moved, `pending` how many steps the next one would move."""

    scene: Scene
    choice: Choice
    offered: Offered
    tallies: tuple[Tally, ...]
    today: date
    total: int
    attention: Table
    timeline: TimelineFigure
    loads: tuple[LoadFigure, ...]
    cards: tuple[TodayCard, ...]
    changes: Table
    problems: Table
    pending: int


def panels_of(outcome: Outcome, tongue: Tongue, choice: Choice) -> Panels:
    """Everything at once: a plan is small beside the page that shows it."""
    words = Wording(tongue)
    whole = Scene(
        plan=outcome.plan,
        workspace=outcome.reading.workspace,
        tongue=tongue,
        problems=outcome.problems,
    )
    scene = replace(whole, plan=chosen_plan(outcome.plan, choice))
    moved = _last_changes(outcome, choice)
    return Panels(
        scene=scene,
        choice=choice,
        offered=offered(outcome.plan, choice),
        tallies=tuple(_tallies(whole)),
        today=outcome.plan.today,
        total=len(outcome.plan.publications),
        attention=attention_table(scene, words),
        timeline=timeline_figure(scene, words, choice),
        loads=tuple(load_figures(whole, words, choice)),
        cards=tuple(today_cards(scene, choice.person)),
        changes=changes_table(scene, words, moved),
        problems=problems_table(scene, words),
        pending=len({(change.id, change.step) for change in outcome.plan.changes}),
    )


def _tallies(scene: Scene) -> list[Tally]:
    counts = Counter(row.flag for row in scene.plan.publications)
    order = (Flag.RED, Flag.AMBER, Flag.GREEN, Flag.GREY)
    return [Tally(flag=flag, word=scene.flag(flag), count=counts[flag]) for flag in order]


def _last_changes(outcome: Outcome, choice: Choice) -> tuple[ShownChange, ...]:
    settings = outcome.reading.workspace.settings
    own = Tongue(settings.language, settings.calendar, outcome.plan.today)
    return chosen_changes(outcome.last_changes, outcome.plan, choice, own)
