"""The words that the add-on knows: what it says, and the names that it finds in a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sheetflow.domain.settings import Language
from sheetflow.translate.folding import fold
from sheetflow.translate.layout import COMPUTED, COMPUTED_TABS
from sheetflow.translate.shipped import Named, catalog, shipped_words
from sheetflow.translate.vocabulary import vocabulary

TABS = ("Publications", "Team", "Settings", *COMPUTED_TABS)
FLAGS = "flag"


def words() -> dict[str, Any]:
    """What the add-on says, by language; with the names of flags and steps, which the service tells in English."""
    return {language.value: _said(language) for language in Language}


def names() -> dict[str, Any]:
    """What stands in a sheet, by its folded text: canonical names of tabs, headers, flags, settings and languages.

    `own` lists the texts that SheetFlow itself would write over a column; a computed column has no others.
    """
    return {
        "tabs": _group("tab"),
        "computedTabs": list(COMPUTED_TABS),
        "computed": list(COMPUTED),
        "flags": _group(FLAGS),
        "settings": _group("setting"),
        "languages": _group("language"),
        "headers": {tab: _headers(tab) for tab in TABS},
        "own": {tab: _own(tab) for tab in TABS},
    }


def _said(language: Language) -> dict[str, Any]:
    flags = vocabulary().canonical_names(FLAGS)
    shown = {flag: vocabulary().show(FLAGS, flag, language) for flag in flags}
    steps = {step: vocabulary().show("step", step, language) for step in _steps()}
    return catalog(language, "addon") | {"flags": shown, "steps": steps}


def _steps() -> tuple[str, ...]:
    return vocabulary().canonical_names("step")


def _group(group: str) -> dict[str, str]:
    found = ((text, vocabulary().find(group, text)) for text in _texts(_named(group)))
    return {fold(text): name for text, name in found if name is not None}


def _headers(tab: str) -> dict[str, list[str]]:
    meanings = {fold(text): _meanings(tab, text) for text in _texts_of_headers(tab)}
    return {key: found for key, found in meanings.items() if any(found)}


def _meanings(tab: str, text: str) -> list[str]:
    """What a header may mean; a column that SheetFlow fills must bear the very name that it would write."""
    group = f"header:{tab}"
    own = vocabulary().is_own_name(group, text)
    found = vocabulary().candidates(group, text)
    return [name for name in found if own or tab != "Publications" or name not in COMPUTED]


def _own(tab: str) -> list[str]:
    texts = _texts_of_headers(tab)
    own = {fold(text) for text in texts if vocabulary().is_own_name(f"header:{tab}", text)}
    return sorted(own)


def _texts_of_headers(tab: str) -> Iterator[str]:
    shipped = shipped_words()
    wanted = shipped["tabs"][tab]
    yield from _texts(column for column in shipped["columns"] if column["name"] in wanted)
    yield from shipped["ambiguous"].get(tab, {})


def _named(group: str) -> Iterable[Named]:
    return shipped_words()["groups"][group]


def _texts(named: Iterable[Named]) -> Iterator[str]:
    for one in named:
        yield from filter(None, (one["name"], one.get("en", ""), one["id"], one["fa"]))
        yield from one["aliases"]
