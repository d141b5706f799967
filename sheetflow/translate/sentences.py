"""Sentences with facts in them, by a rule small enough for every language.

`{step}` is a fact. `{days|day|days}` is a number with its word, `{days|day|days|no days}` with an own form for zero.
A part in square brackets is left out where one of its facts is missing: `full until {until}[ ({other})]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sheetflow.errors import Fact

_PART = re.compile(r"\[([^\[\]]*)\]")
_FACT = re.compile(r"\{(\w+)(?:\|([^|{}]*)\|([^|{}]*)(?:\|([^|{}]*))?)?\}")


def facts_in(template: str) -> frozenset[str]:
    """The names of the facts that a sentence asks for."""
    return frozenset(match[1] for match in _FACT.finditer(template))


def fill(template: str, facts: Mapping[str, Fact], show: Callable[[str, Fact], str]) -> str:
    """The sentence with its facts, each shown by its name and value."""

    def kept(part: re.Match[str]) -> str:
        known = all(facts.get(name) not in {None, "", ()} for name in facts_in(part[1]))
        return part[1] if known else ""

    def shown(fact: re.Match[str]) -> str:
        value = facts.get(fact[1])
        text = show(fact[1], value)
        return text if fact[2] is None else _counted(value, text, fact)

    return _FACT.sub(shown, _PART.sub(kept, template))


def _counted(value: Fact, text: str, fact: re.Match[str]) -> str:
    if value == 0 and fact[4] is not None:
        return fact[4]
    return f"{text} {fact[2] if value == 1 else fact[3]}"


def join_sentences(first: str, second: str) -> str:
    """Two sentences, each with its full stop; one alone stays as it is."""
    if not (first and second):
        return first or second
    return f"{_stopped(first)} {_stopped(second)}"


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "؟")) else f"{sentence}."
