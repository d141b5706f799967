"""A country's own holidays, by the `holidays` library, and the names by which teams call countries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sheetflow.translate.folding import fold
from sheetflow.translate.vocabulary import closest

YEARS_BEFORE, YEARS_AFTER = 1, 6
DAYS_OFF_OF_INDONESIA = ("public", "government")
LONGEST = 80
ESTIMATED = "estimated"

_WITH_STATE = re.compile(r"(.+?)\s*[-,/(]\s*([A-Za-z0-9]{1,4})\s*\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryDays:
    """The days off of a country: its holidays, which of them are estimates, and its weekend (Monday 0)."""

    days: frozenset[date]
    estimated: Mapping[date, str]
    weekend: frozenset[int]


def country_days(text: str, today: date) -> CountryDays | None:
    """The days off of the country that the text names (`Indonesia`, `ایران`, `IN-MH`); None for no country.

    The team states its weekend itself: it is told here, and no day is a holiday because it lies in it.
    """
    place = _place(text[:LONGEST])
    if place is None:
        return None
    import holidays

    country, state = place
    years = range(today.year - YEARS_BEFORE, today.year + YEARS_AFTER + 1)
    categories = DAYS_OFF_OF_INDONESIA if country == "ID" else None
    found = holidays.country_holidays(
        country, subdiv=state, years=years, categories=categories, language=_english(country)
    )
    return CountryDays(
        days=frozenset(found),
        estimated={day: name for day, name in sorted(found.items()) if ESTIMATED in name},
        weekend=frozenset(found.weekend),
    )


def _place(text: str) -> tuple[str, str | None] | None:
    """The code of the country and of its state, as far as the text names any."""
    import holidays

    if code := _codes().get(fold(text)):
        return code, None
    with_state = _WITH_STATE.fullmatch(text.strip())
    if not with_state:
        return None
    country, state = with_state.groups()
    code = _codes().get(fold(country))
    states = holidays.list_supported_countries().get(code or "", [])
    return (code, state.upper()) if code and state.upper() in states else None


@cache
def _codes() -> Mapping[str, str]:
    """Every name of a country, folded, with its two letters."""
    from holidays.registry import COUNTRIES

    codes = {fold(name): entry[1] for entry in COUNTRIES.values() for name in entry[:3]}
    text = (files("sheetflow") / "data" / "countries.toml").read_text(encoding="utf-8")
    for code, names in tomllib.loads(text).items():
        codes.update(dict.fromkeys(map(fold, names), code))
    return codes


def country_names() -> tuple[str, ...]:
    """The English names of the countries that are known, to suggest one."""
    from holidays.registry import COUNTRIES

    return tuple(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry[0]) for entry in COUNTRIES.values())


def _english(country: str) -> str | None:
    import holidays

    languages = holidays.list_localized_countries().get(country, [])
    return next((each for each in ("en_US", "en_IN", "en_GB") if each in languages), None)


def nearest_country(text: str) -> str | None:
    """The English name of the country spelt most like the text."""
    names = {fold(name): name for name in country_names()}
    found = closest(fold(text[:LONGEST]), tuple(names))
    return names[found] if found else None
