"""Words: what the names in a sheet mean, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.translate.folding import fold
from sheetflow.translate.shipped import Named, shipped_words, shipped_workflows
from sheetflow.translate.step_columns import step_column

NOT_OURS = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Every known name with its aliases; `extra` holds the team's own (folded alias to a known name).

    Groups: tab, status, priority, kind, state, event, flag, severity, moved, weekday, month, jalali_month, boolean,
    setting, language, calendar, date_order, done, phase, skill, step, type, `header:<Tab>` for each tab, and `header`
    for the headers of all tabs.
    """

    extra: Mapping[str, str] = field(default_factory=dict)

    def find(self, group: str, text: str) -> str | None:
        """The canonical name that the text stands for; None where it is unknown or ambiguous."""
        found = self.candidates(group, text)
        return found[0] if len(found) == 1 else None

    def candidates(self, group: str, text: str) -> tuple[str, ...]:
        """All canonical names that the text may stand for; several where the text is ambiguous.

        A blank candidate (`NOT_OURS`) of a header says that the column may be one of the team's own.
        """
        key = fold(text)
        meanings = _meanings(group)
        own = meanings.get(fold(self.extra[key]), ()) if key in self.extra else ()
        return own or meanings.get(key, ())

    def is_own_name(self, group: str, text: str) -> bool:
        """Whether the text is what SheetFlow itself would write, in any language, not merely an alias."""
        return fold(text) in _own_names(group)

    def show(self, group: str, canonical: str, language: Language) -> str:
        """The name in that language; a name that is not known is shown as it is."""
        named = _by_name(group).get(canonical)
        return _display(named, language) if named else canonical

    def short(self, group: str, canonical: str, language: Language) -> str:
        """The short name in that language, where there is one: `Fri`, `Dec`; else the whole name."""
        named = _by_name(group).get(canonical)
        if named is None:
            return canonical
        return named.get("short", {}).get(language.value) or _display(named, language)

    def nearest(self, group: str, text: str) -> str | None:
        """The known name (canonical) spelt most like the text, for `Did you mean ...?`; None where none is close."""
        meanings = {key: found[0] for key, found in _meanings(group).items() if len(found) == 1}
        found = closest(fold(text), tuple(meanings))
        return meanings[found] if found is not None else None

    def names(self, group: str, language: Language) -> tuple[str, ...]:
        """The names of a group in that language, in their order."""
        return tuple(_display(named, language) for named in _group(group))

    def canonical_names(self, group: str) -> tuple[str, ...]:
        """The canonical names of a group, in their order."""
        return tuple(_by_name(group))

    def step_column(self, header: str) -> tuple[str, str] | None:
        """A header such as `Design due` as its step's text and `owner`, `start` or `due`; None for any other."""
        return step_column(header)

    def weekday(self, text: str) -> int | None:
        """The weekday that the text names, Monday 0."""
        found = self.find("weekday", text)
        return None if found is None else self.canonical_names("weekday").index(found)

    def month(self, text: str) -> tuple[CalendarSystem, int] | None:
        """The month that the text names, January or Farvardin 1, and the calendar that it belongs to."""
        for group, calendar in _MONTHS.items():
            found = self.find(group, text)
            if found is not None:
                return calendar, self.canonical_names(group).index(found) + 1
        return None


_MONTHS = {"month": CalendarSystem.GREGORIAN, "jalali_month": CalendarSystem.JALALI}


def vocabulary(extra_aliases: Mapping[str, str] | None = None) -> Vocabulary:
    """The product's words, with a team's own aliases (alias to any known name) before them."""
    if not extra_aliases:
        return _SHIPPED
    return Vocabulary(extra={fold(alias): name for alias, name in extra_aliases.items()})


_SHIPPED = Vocabulary()


def closest(key: str, keys: tuple[str, ...]) -> str | None:
    """The key spelt most like the given one, None where none is close."""
    from difflib import get_close_matches

    found = get_close_matches(key, keys, n=1, cutoff=0.7)
    return found[0] if found else None


@cache
def _group(group: str) -> tuple[Named, ...]:
    if group.startswith("header"):
        return _headers(group.partition(":")[2])
    if group in {"phase", "skill", "step", "type"}:
        workflows = shipped_workflows()
        of_workflows: dict[str, tuple[Named, ...]] = {
            "phase": tuple(workflows["phases"]),
            "skill": tuple(workflows["skills"]),
            "step": tuple(workflows["steps"]),
            "type": tuple(workflows["types"]),
        }
        return of_workflows[group]
    return tuple(shipped_words()["groups"][group])


def _headers(tab: str) -> tuple[Named, ...]:
    words = shipped_words()
    if not tab:
        return tuple(words["columns"])
    of_tab = words["tabs"][tab]
    return tuple(
        sorted(
            (c for c in words["columns"] if c["name"] in of_tab),
            key=lambda c: of_tab.index(c["name"]),
        )
    )


@cache
def _by_name(group: str) -> Mapping[str, Named]:
    return {named["name"]: named for named in _group(group)}


@cache
def _own_names(group: str) -> Mapping[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for named in _group(group):
        for text in _texts_of(named):
            _add(names, text, named["name"])
    return names


@cache
def _meanings(group: str) -> Mapping[str, tuple[str, ...]]:
    """Aliases give way to names: `Step` means the column of that name, not the alias of another."""
    aliases: dict[str, tuple[str, ...]] = {}
    for named in _group(group):
        for alias in named["aliases"]:
            _add(aliases, alias, named["name"])
    ambiguous = shipped_words()["ambiguous"].get(group.partition(":")[2], {})
    marked = {fold(text): tuple(found) for text, found in ambiguous.items()}
    return {**aliases, **_own_names(group), **marked}


def _add(meanings: dict[str, tuple[str, ...]], text: str, name: str) -> None:
    key = fold(text)
    known = meanings.get(key, ())
    if key and name not in known:
        meanings[key] = (*known, name)


def _texts_of(named: Named) -> tuple[str, ...]:
    return named["name"], named.get("en", ""), named["id"], named["fa"]


def _display(named: Named, language: Language) -> str:
    own = {
        Language.EN: named.get("en", named["name"]),
        Language.ID: named["id"],
        Language.FA: named["fa"],
    }
    return own[language]
