"""The built-in workflows: 36 types of publication with their steps, in three languages."""

from __future__ import annotations

from functools import cache

from sheetflow.domain.settings import Language
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind, Step, Workflow
from sheetflow.translate.folding import fold
from sheetflow.translate.shipped import ShippedStep, shipped_workflows
from sheetflow.translate.vocabulary import Vocabulary, closest, vocabulary

SHORT_LENGTH = 8


def builtin_types() -> tuple[str, ...]:
    """The canonical English names of the built-in types."""
    return tuple(shipped["name"] for shipped in shipped_workflows()["types"])


def find_type(text: str, words: Vocabulary | None = None) -> str | None:
    """The canonical name of the built-in type that the text stands for."""
    return (words or vocabulary()).find("type", text)


@cache
def builtin_workflow(type_name: str) -> Workflow:
    """The workflow of a built-in type (canonical name); KeyError if there is none."""
    for shipped in shipped_workflows()["types"]:
        if shipped["name"] == type_name:
            return Workflow(type=type_name, steps=tuple(map(_step, shipped["steps"])))
    raise KeyError(type_name)


def _step(shipped: ShippedStep) -> Step:
    return Step(
        name=shipped["name"],
        phase=shipped["phase"],
        skill=shipped["skill"],
        quarters=round(shipped["days"] * QUARTERS_PER_DAY),
        hours=float(shipped["hours"]),
        kind=Kind(shipped["kind"]),
        after=tuple(shipped["after"]),
        returns_to=shipped["returns_to"],
        not_by=tuple(shipped["not_by"]),
    )


def find_step(workflow: Workflow, text: str, words: Vocabulary | None = None) -> str | None:
    """The step of the workflow that the text stands for; None where it is unknown or ambiguous."""
    found = step_candidates(workflow, text, words)
    return found[0] if len(found) == 1 else None


def step_candidates(
    workflow: Workflow, text: str, words: Vocabulary | None = None
) -> tuple[str, ...]:
    """All steps of the workflow that the text may stand for: by its own name, else by what both mean.

    `Internal approval` may be either of two steps of the standard workflow, and the only one of a newsletter.
    """
    words = words or vocabulary()
    text = words.extra.get(fold(text), text)
    own = tuple(step.name for step in workflow.steps if fold(step.name) == fold(text))
    if own:
        return own
    meant = _meant_by(fold(text))
    return tuple(step.name for step in workflow.steps if meant & _meaning_of(step.name))


def nearest_step(workflow: Workflow, text: str) -> str | None:
    """The step of the workflow whose name is spelt most like the text; None where none is close."""
    spelt: dict[str, str] = {}
    for step in workflow.steps:
        spelt |= {fold(show_step(step.name, language)): step.name for language in Language}
    found = closest(fold(text), tuple(spelt))
    return spelt[found] if found is not None else None


def show_step(name: str, language: Language) -> str:
    """The step's name in that language; a team's own step is shown as typed."""
    return vocabulary().show("step", name, language)


def short_step(name: str, language: Language) -> str:
    """A label of at most 8 characters for a bar of the timeline."""
    label = vocabulary().short("step", name, language)
    if len(label) <= SHORT_LENGTH:
        return label
    first = label.split()[0].rstrip(",.:;")
    return first if len(first) <= SHORT_LENGTH else f"{label[: SHORT_LENGTH - 1]}…"


@cache
def _meaning_of(step_name: str) -> frozenset[str]:
    """A built-in step means itself; a team's own step means whatever its name is an alias of."""
    found = vocabulary().candidates("step", step_name)
    return frozenset(found)


@cache
def _steps_by_text() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for named in shipped_workflows()["steps"]:
        for text in (named["name"], named["id"], named["fa"], *named["aliases"]):
            found[fold(text)] = found.get(fold(text), frozenset()) | {named["name"]}
    return found


def _meant_by(key: str) -> frozenset[str]:
    return _steps_by_text().get(key, frozenset())
