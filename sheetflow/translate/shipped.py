"""The product's own data files, each read once: built-in workflows, words, sentences."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NotRequired, TypedDict

from sheetflow.domain.settings import Language


class Named(TypedDict):
    """A name in three languages; `name` is canonical, and English where there is no `en`."""

    name: str
    en: NotRequired[str]
    id: str
    fa: str
    short: NotRequired[dict[str, str]]
    aliases: list[str]


class ShippedStep(TypedDict):
    """One step of a built-in type; days in working days, hours of work in all."""

    uid: str
    name: str
    phase: str
    skill: str
    days: float
    hours: float
    kind: str
    after: list[str]
    returns_to: str | None
    not_by: list[str]


class ShippedType(Named):
    """A built-in type of publication."""

    uid: str
    category: str
    steps: list[ShippedStep]


class ShippedWorkflows(TypedDict):
    """The whole of `workflows.json`."""

    phases: list[Named]
    skills: list[Named]
    steps: list[Named]
    types: list[ShippedType]


class StepColumn(TypedDict):
    """How headers such as `Design due` are written: words before the step's name, words after it."""

    display: dict[str, str]
    before: list[str]
    after: list[str]


class ShippedWords(TypedDict):
    """The whole of `vocabulary.json`; in `ambiguous` a blank meaning is a column of the team's own."""

    groups: dict[str, list[Named]]
    columns: list[Named]
    tabs: dict[str, list[str]]
    ambiguous: dict[str, dict[str, list[str]]]
    step_columns: dict[str, StepColumn]


@cache
def shipped_workflows() -> ShippedWorkflows:
    """The built-in workflows as they are written in the data file."""
    workflows: ShippedWorkflows = json.loads(_text("workflows.json"))
    return workflows


@cache
def shipped_words() -> ShippedWords:
    """The words of tabs, headers and values as they are written in the data file."""
    words: ShippedWords = json.loads(_text("vocabulary.json"))
    return words


@cache
def catalog(language: Language, name: str) -> dict[str, Any]:
    """The sentences of one file of a language, by their codes; none where the file is absent."""
    file = files("sheetflow") / "data" / "languages" / language.value / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _text(name: str) -> str:
    return (files("sheetflow") / "data" / name).read_text(encoding="utf-8")
