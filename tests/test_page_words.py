"""The words of the pages: the same in three languages, and shown in the reader's digits and calendar."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.entrypoints.web.pages.frame import coded
from sheetflow.entrypoints.web.pages.wording import OWN_NAMES, Wording
from sheetflow.translate.language import Tongue
from sheetflow.translate.sentences import facts_in
from sheetflow.translate.shipped import catalog

TODAY = date(2026, 11, 23)
ENGLISH = Wording(Tongue(Language.EN, CalendarSystem.GREGORIAN, TODAY))
PERSIAN = Wording(Tongue(Language.FA, CalendarSystem.JALALI, TODAY))
ASKED = re.compile(r"""\bwords\(\s*["'](\w+)["']""")


@pytest.mark.parametrize("language", [Language.ID, Language.FA])
def test_every_word_is_there_in_every_language(language: Language) -> None:
    """All languages have the same words, and each asks for the same facts."""
    english, other = catalog(Language.EN, "page"), catalog(language, "page")
    assert english.keys() == other.keys()
    for key, text in english.items():
        assert facts_in(text) == facts_in(other[key]), key
        assert other[key].strip(), key
        assert other[key] != text or key == "progress", key


def test_pages_ask_for_words_that_there_are(project: Path) -> None:
    """No page shows the name of a word, and no word is left over."""
    pages = project / "sheetflow" / "entrypoints" / "web" / "pages"
    files = [*pages.rglob("*.html"), *pages.rglob("*.py")]
    asked = {word for file in files for word in ASKED.findall(file.read_text("utf-8"))}
    known = set(catalog(Language.EN, "page"))
    made = {word for word in known if word.startswith(("asked_", "run_", "stage_", "by_"))}
    assert asked <= known
    assert known - made <= asked


def test_words_carry_numbers_of_the_language() -> None:
    """Numbers have the reader's digits, and their word."""
    assert ENGLISH("and_more", count=1) == "1 more row"
    assert PERSIAN("rows_of", first=1, last=40, count=112) == "۱ تا ۴۰ از ۱۱۲"
    assert ENGLISH("no such word") == "no such word"


def test_a_moment_is_told_where_the_team_is() -> None:
    """The day and the time of the workbook's time zone, in the reader's calendar."""
    moment = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
    assert ENGLISH.moment(moment, ZoneInfo("Asia/Jakarta")) == "Tue 24 Nov, 01:05"
    assert PERSIAN.moment(moment, ZoneInfo("UTC")) == "دوشنبه ۲ آذر، ۱۸:۰۵"


def test_every_language_has_its_own_name() -> None:
    """The links to other languages are read by those who speak them."""
    assert set(OWN_NAMES) == set(Language)


def test_what_is_typed_stands_out_and_nothing_else_becomes_markup() -> None:
    """Backticks mark what belongs into a cell; a cell's own text is never markup."""
    assert coded("`Design: 1` under Days <b>") == "<code>Design: 1</code> under Days &lt;b&gt;"
    assert coded("`<i>`") == "<code>&lt;i&gt;</code>"
