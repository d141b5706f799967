"""Dates, numbers and sentences in the reader's language and calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetflow.domain.flag import NO_REASON, Reason
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.errors import Fact, Problem
from sheetflow.translate.jalali import from_jalali, to_jalali, to_jalali_text
from sheetflow.translate.language import Tongue, reason_template
from sheetflow.translate.sentences import facts_in, fill, join_sentences
from sheetflow.translate.shipped import catalog

TODAY = date(2026, 11, 23)
ENGLISH = Tongue(Language.EN, CalendarSystem.GREGORIAN, TODAY)
INDONESIAN = Tongue(Language.ID, CalendarSystem.GREGORIAN, TODAY)
PERSIAN = Tongue(Language.FA, CalendarSystem.JALALI, TODAY)
CATALOGS = ("reasons", "words", "problems", "errors", "service")
REASONS = (
    *("on_plan", "start_by", "on_hold", "done", "cancelled", "idea", "published"),
    *("published_done", "unplannable", "late_nobody", "amber_slack", "amber_promise"),
    *("remedy_date", "remedy_priority"),
    *(
        f"remedy_{cell}{part}"
        for cell in ("owner", "owner_of", "not_before", "days", "skip")
        for part in ("", "_partly")
    ),
    *("chain_busy", "chain_away", "chain_step"),
    *(
        "ready",
        "delivery",
        "late_taken",
        "now",
        "waits_for",
        "as_late_as",
        "pinned",
        "full",
        "away",
        "follows_publish",
        "promised",
    ),
    *("moved_with", "owner_left", "owner_balance", "delivery_moved", "step_moved_on"),
    *("sent_back", "replanned", "days_changed"),
    *(
        f"{head}_{cause}"
        for head in ("late", "margin")
        for cause in (
            *("busy", "away", "short", "passed", "not_before", "publish_busy", "publish_half"),
            "nobody",
        )
    ),
)


def sentences(entry: Any, path: str = "") -> dict[str, str]:
    """Every sentence of a catalog by its path."""
    if isinstance(entry, str):
        return {path: entry}
    found: dict[str, str] = {}
    for key, part in entry.items():
        found |= sentences(part, f"{path}/{key}")
    return found


@pytest.mark.parametrize("name", CATALOGS)
@pytest.mark.parametrize("language", [Language.ID, Language.FA])
def test_every_sentence_has_all_three_languages(name: str, language: Language) -> None:
    """A sentence is there in every language, and asks for the same facts."""
    english, other = sentences(catalog(Language.EN, name)), sentences(catalog(language, name))
    assert english.keys() == other.keys()
    for path, sentence in english.items():
        assert facts_in(sentence) == facts_in(other[path]), path
        assert other[path].strip(), path


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", REASONS)
def test_every_reason_has_its_sentence(language: Language, code: str) -> None:
    """No reason is ever shown by its code."""
    assert reason_template(language, code)


@pytest.mark.parametrize(
    ("tongue", "day", "expected"),
    [
        (ENGLISH, date(2026, 12, 4), "Fri 4 Dec"),
        (ENGLISH, date(2027, 1, 4), "Mon 4 Jan 2027"),
        (INDONESIAN, date(2026, 12, 4), "Jum 4 Des"),
        (PERSIAN, date(2026, 12, 4), "جمعه ۱۳ آذر"),
        (PERSIAN, date(2027, 4, 5), "دوشنبه ۱۶ فروردین ۱۴۰۶"),
        (Tongue(Language.FA, CalendarSystem.GREGORIAN, TODAY), date(2026, 12, 4), "جمعه ۴ دسامبر"),
        (Tongue(Language.EN, CalendarSystem.JALALI, TODAY), date(2027, 1, 4), "Mon 14 Dey"),
    ],
)
def test_dates_read_as_people_say_them(tongue: Tongue, day: date, expected: str) -> None:
    """Weekday, day and month; the year only where it is not this one of the same calendar."""
    assert tongue.date(day) == expected


def test_parts_of_dates_for_headings() -> None:
    """A timeline's heading takes the month, the weekday and the day's number apart."""
    day = date(2026, 12, 4)
    assert (ENGLISH.month(day), ENGLISH.weekday(day), ENGLISH.day_number(day)) == (
        "December 2026",
        "Fri",
        "4",
    )
    assert (PERSIAN.month(day), PERSIAN.weekday(day), PERSIAN.day_number(day)) == (
        "آذر ۱۴۰۵",
        "جمعه",
        "۱۳",
    )


@pytest.mark.parametrize(
    ("tongue", "number", "expected"),
    [
        (ENGLISH, 2.54, "2.5"),
        (ENGLISH, 3.0, "3"),
        (ENGLISH, 120, "120"),
        (ENGLISH, -0.01, "0"),
        (INDONESIAN, 2.5, "2,5"),
        (PERSIAN, 12.5, "۱۲٫۵"),
    ],
)
def test_numbers_have_one_decimal_at_most(tongue: Tongue, number: float, expected: str) -> None:
    """No number is longer than it needs to be, and its digits and sign are the language's."""
    assert tongue.number(number) == expected


def test_jalali_days_and_back() -> None:
    """A Jalali date is the same day in the Gregorian calendar; a day that is none is none."""
    assert from_jalali(1405, 9, 13) == date(2026, 12, 4)
    assert to_jalali(date(2026, 12, 4)) == (1405, 9, 13)
    assert to_jalali_text(date(2026, 12, 4)) == "۱۴۰۵/۰۹/۱۳"
    assert from_jalali(1403, 12, 30) == date(2025, 3, 20)
    assert from_jalali(1404, 12, 30) is None
    assert from_jalali(1405, 13, 1) is None


LATE = Reason(
    code="late_busy",
    facts={
        "days": 2,
        "step": "Design",
        "owner": "Sari",
        "until": date(2026, 11, 27),
        "other": "P-007",
    },
    remedy=Reason(code="remedy_owner", facts={"person": "Budi"}),
)


@pytest.mark.parametrize(
    ("tongue", "reason", "expected"),
    [
        (
            ENGLISH,
            LATE,
            "Late by 2 days: Design waits for Sari, full until Fri 27 Nov (P-007). Budi could take it.",
        ),
        (
            INDONESIAN,
            LATE,
            (
                "Terlambat 2 hari: Desain menunggu Sari yang penuh sampai Jum 27 Nov (P-007)."
                " Budi bisa mengambilnya."
            ),
        ),
        (
            PERSIAN,
            LATE,
            (
                "۲ روز دیرکرد: طراحی منتظر Sari است که تا جمعه ۶ آذر وقت خالی ندارد (P-007)."
                " Budi می‌تواند آن را انجام دهد."
            ),
        ),
        (ENGLISH, Reason(code="on_plan", facts={"spare": 3}), "On plan: 3 days to spare"),
        (ENGLISH, Reason(code="on_plan", facts={"spare": 0}), "On plan: no days to spare"),
        (
            ENGLISH,
            Reason(
                code="margin_busy",
                facts={"days": 1, "step": "Design", "owner": "Sari", "until": TODAY, "other": None},
            ),
            "Margin eaten by 1 day: Design waits for Sari, full until Mon 23 Nov",
        ),
        (
            ENGLISH,
            Reason(
                code="late_publish_half",
                facts={"days": 1, "step": "Publishing", "date": date(2026, 12, 3)},
                remedy=Reason(
                    code="remedy_days",
                    facts={"step": "Publishing", "days": 0.5, "date": date(2026, 12, 4)},
                ),
            ),
            (
                "Late by 1 day: Publishing takes a whole day and Thu 3 Dec is a half day."
                " `Publishing: 0.5` under Days would do, or delivery on Fri 4 Dec."
            ),
        ),
        (
            INDONESIAN,
            Reason(code="remedy_days", facts={"step": "Publishing", "days": 0.25}),
            "`Penerbitan: 0,25` di kolom Hari sudah cukup",
        ),
        (
            ENGLISH,
            Reason(
                code="late_busy",
                facts=LATE.facts,
                remedy=Reason(
                    code="remedy_owner_partly",
                    facts={"person": "Budi", "late": 1},
                    remedy=Reason(code="remedy_date", facts={"date": date(2026, 12, 4)}),
                ),
            ),
            (
                "Late by 2 days: Design waits for Sari, full until Fri 27 Nov (P-007)."
                " Budi could take it: then late by 1 day. Fri 4 Dec would do."
            ),
        ),
        (ENGLISH, NO_REASON, ""),
        (ENGLISH, Reason(code="no_such_code"), "no_such_code"),
    ],
)
def test_reasons_name_the_cause_and_the_way_out(
    tongue: Tongue, reason: Reason, expected: str
) -> None:
    """Cause first, with its names and dates in the reader's language, then the remedy."""
    assert tongue.reason(reason) == expected


def test_a_row_with_an_error_says_what_is_wrong() -> None:
    """The reason of a row that is not planned is the sentence of its first problem."""
    problem = Problem(code="unknown_type", facts={"value": "Billboard"})
    reason = Reason(code="unplannable", facts={"problem": problem.code, **problem.facts})
    assert ENGLISH.reason(reason) == join_sentences(*ENGLISH.problem(problem))
    assert ENGLISH.reason(Reason(code="unplannable")) == "Not planned: the row has an error"


def test_a_role_is_named_in_the_language() -> None:
    """Where a skill stands in for a person, its name is the language's."""
    reason = Reason(code="pinned", facts={"owner": "Designer"})
    assert INDONESIAN.reason(reason) == "Desainer ditetapkan di kolom Pelaksana langkah"


def test_a_problem_without_a_sentence_shows_its_code() -> None:
    """A code without a sentence is better than nothing."""
    assert ENGLISH.problem(Problem(code="no_such_code")) == ("no_such_code", "")


def test_words_carry_facts() -> None:
    """A phrase may hold numbers; an unknown one is shown as it is."""
    assert ENGLISH.word("problems", count=1) == "1 problem"
    assert INDONESIAN.word("problems", count=0) == "tidak ada masalah"
    assert ENGLISH.word("no such word") == "no such word"


@pytest.mark.parametrize(
    ("template", "facts", "expected"),
    [
        ("{n|day|days} left", {"n": 1}, "1 day left"),
        ("{n|day|days|nothing}", {"n": 0}, "nothing"),
        ("{n|day|days}", {"n": 0}, "0 days"),
        ("full[ until {day}][ ({id})]", {"id": "P-1"}, "full (P-1)"),
        ("{text}", {"text": "[{n}]"}, "[{n}]"),
    ],
)
def test_sentences_are_filled(template: str, facts: dict[str, Fact], expected: str) -> None:
    """Numbers take their word, parts without facts fall away, and a fact is never taken for a rule."""
    assert fill(template, facts, lambda _, value: str(value)) == expected


def test_a_lone_clause_needs_no_full_stop() -> None:
    """Only where two sentences follow each other does each get its stop."""
    assert join_sentences("On plan", "") == "On plan"
    assert join_sentences("Late.", "Budi could take it") == "Late. Budi could take it."


def test_lists_have_the_language_s_commas() -> None:
    """Names one after another."""
    assert ENGLISH.names(["Sari", "Budi"]) == "Sari, Budi"
    assert PERSIAN.names(["Sari", "Budi"]) == "Sari، Budi"
