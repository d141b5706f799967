"""An explanation in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.text import Text

from sheetflow.domain.plan import PlannedStep, State
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.entrypoints.cli.tables import COLOURS
from sheetflow.entrypoints.explanations import shown_value
from sheetflow.translate.language import Tongue
from sheetflow.usecases.explain import Colleague, Explanation
from sheetflow.usecases.trials import Trial


def paragraphs(explanation: Explanation, tongue: Tongue) -> Iterator[Text]:
    """How the publication stands, why this date, why this person, and what would move it."""
    yield _standing(explanation, tongue)
    step = explanation.step
    if step is None:
        yield Text("Nothing is left to do.")
        return
    yield from _what_holds_it(explanation, tongue)
    yield Text("")
    yield Text.assemble((step.step, "bold"), f": {_when(step, tongue)}")
    yield from _why_this_date(explanation, step, tongue)
    yield from _why_this_person(explanation, step, tongue)
    yield from _what_would_move_it(explanation, tongue)


def _standing(explanation: Explanation, tongue: Tongue) -> Text:
    row = explanation.publication
    line = Text.assemble((f" {row.flag.value} ", COLOURS[row.flag]), f" {row.id} {row.title}")
    if row.delivery:
        line.append(f": delivery {tongue.date(row.delivery)}")
    if row.forecast:
        line.append(f", forecast {tongue.date(row.forecast)}")
    why = tongue.reason(row.why)
    return line.append(f". {why}" if why else ".")


def _what_holds_it(explanation: Explanation, tongue: Tongue) -> Iterator[Text]:
    """The chain of steps that decides the date, each as early as it could be."""
    if explanation.publication.chain:
        yield Text("  What decides the date, step by step, if all is begun as early as it can be:")
    for link in explanation.publication.chain:
        yield Text(f"    {tongue.reason(link)}")


def _when(step: PlannedStep, tongue: Tongue) -> str:
    if step.state is State.DONE or not (step.start and step.due):
        return "done."
    who = step.owner or "nobody"
    days = step.quarters / QUARTERS_PER_DAY
    return (
        f"{who}, {tongue.date(step.start)} to {tongue.date(step.due)}"
        f" ({days:g} {'day' if days == 1 else 'days'}, {tongue.number(step.hours)} hours of work)."
    )


def _why_this_date(explanation: Explanation, step: PlannedStep, tongue: Tongue) -> Iterator[Text]:
    if why := tongue.reason(step.why):
        yield Text(f"  {why}")
    if step.why.code == "waits_for":
        return
    for before in explanation.waits_for:
        if before.due and before.state is not State.DONE:
            yield Text(f"  It waits for {before.step}, due {tongue.date(before.due)}.")


def _why_this_person(explanation: Explanation, step: PlannedStep, tongue: Tongue) -> Iterator[Text]:
    if step.pinned:
        yield Text(f"  {step.owner} is pinned in Owners.")
    if explanation.colleagues and step.due:
        yield Text(f"  Who can do it, and how full they are until {tongue.date(step.due)}:")
        for colleague in sorted(explanation.colleagues, key=_fullness):
            yield Text(f"    {_load(colleague, tongue)}")


def _fullness(colleague: Colleague) -> tuple[float, str]:
    return colleague.planned_hours / max(colleague.capacity_hours, 0.01), colleague.name


def _load(colleague: Colleague, tongue: Tongue) -> str:
    mark = "→" if colleague.is_owner else " "
    planned, capacity = map(tongue.number, (colleague.planned_hours, colleague.capacity_hours))
    return f"{mark} {colleague.name}: {planned} of {capacity} hours"


def _what_would_move_it(explanation: Explanation, tongue: Tongue) -> Iterator[Text]:
    if not explanation.trials:
        yield Text("  No single cell was found that moves it.")
        return
    yield Text("  What would move it:")
    for trial in explanation.trials:
        yield Text(f"    {_trial(explanation, trial, tongue)}")


def _trial(explanation: Explanation, trial: Trial, tongue: Tongue) -> str:
    of = "" if trial.id == explanation.publication.id else f" of {trial.id}"
    value = shown_value(trial, tongue)
    typed = f"{trial.column}{of} = {value}" if value else f"{trial.column} left blank"
    return f"{typed}: {_dates(trial, tongue)}"


def _dates(trial: Trial, tongue: Tongue) -> str:
    ready = f"ready by {_day(trial.ready_by, tongue)}" if trial.ready_by else ""
    forecast = f"published {_day(trial.forecast, tongue)}" if trial.forecast else ""
    return ", ".join(filter(None, (ready, forecast)))


def _day(day: date | None, tongue: Tongue) -> str:
    return tongue.date(day) if day else ""
