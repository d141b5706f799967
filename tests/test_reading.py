"""Reading: tabs, headers and values are found by what they mean, in three languages, wherever they stand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

import pytest

from sheetflow.domain.history import EventKind
from sheetflow.domain.plan import State
from sheetflow.domain.publication import NO_DATE, Priority, Publication, Status
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.domain.workflow import Kind
from sheetflow.translate.reading import Reading, read_workspace
from sheetflow.translate.sentences import facts_in
from sheets import TODAY, snapshot

SMALLEST = """
    | Publication | Type         | Delivery date |
    | Autumn tips | Blog article | 2026-12-18    |
"""


def read(tabs: Mapping[str, str] | str) -> Reading:
    """A workbook of drawn tabs, or of one called Plan."""
    return read_workspace(snapshot({"Plan": tabs} if isinstance(tabs, str) else tabs), TODAY)


def first(tabs: Mapping[str, str] | str) -> Publication:
    """The first publication, in a workbook without errors."""
    reading = read(tabs)
    assert not reading.workspace.faulty, reading.problems
    return reading.workspace.publications[0]


def test_the_smallest_workbook_is_three_headers() -> None:
    """One tab of any name with three headers: built-in steps, no people, Monday to Friday."""
    reading = read(SMALLEST)
    (publication,) = reading.workspace.publications
    assert (publication.id, publication.sheet, publication.row) == ("P-001", "Plan", 2)
    assert reading.workspace.people is None
    assert reading.workspace.workflows["Blog article"].publish.name == "Publishing"
    assert reading.workspace.calendar.week == (4, 4, 4, 4, 4, 0, 0)
    assert not reading.problems


def test_a_row_says_all_that_it_can_say() -> None:
    """Every input column of a publication, and the cell that each value was read from."""
    publication = first(
        """
        | ID | Publication | Type | Delivery date | Client | Campaign | Channel | Priority | Not before | Status | Current step | Owners | Skip | Days |
        | 7 | Tips | Landing page | 2026-12-18 | Acme | Autumn | Web | high | 2026-11-30 | in progress | Design | Design: Sari؛ Build： Budi | Briefing; Planning | Design: 3; Build: ۰٫۵ |
        """
    )
    assert publication.id == "7"
    assert (publication.client, publication.campaign, publication.channel) == (
        "Acme",
        "Autumn",
        "Web",
    )
    assert (publication.priority, publication.status) == (Priority.HIGH, Status.ACTIVE)
    assert publication.not_before == date(2026, 11, 30)
    assert publication.current_steps == ("Design",)
    assert publication.pins == {"Design": "Sari", "Build": "Budi"}
    assert publication.skip == {"Briefing", "Planning"}
    assert publication.days == {"Design": 12, "Build": 2}
    assert publication.cells["Days"].a1 == "N2"


@pytest.mark.parametrize("text", ["Done", "Selesai", "انجام شد", "all done"])
def test_current_step_done_means_all_steps(text: str) -> None:
    """The row is finished, in any language."""
    head = "| Publication | Type | Delivery date | Current step |"
    assert first(f"{head}\n| x | Blog article | 2026-12-18 | {text} |").all_done
    assert not first(f"{head}\n| x | Blog article | 2026-12-18 | |").all_done


def test_skipping_a_name_skips_all_steps_of_that_name() -> None:
    """`External approval` is two steps of a landing page; a row that skips it has neither."""
    drawing = """
        | Publication | Type         | Delivery date | Skip              |
        | Autumn tips | Landing page | 2026-12-18    | External approval |
    """
    assert first(drawing).skip == {"External approval (creation)", "External approval (build)"}


@pytest.mark.parametrize(
    ("status", "current"),
    [("Idea", ""), ("On hold", ""), ("Done", ""), ("Cancelled", ""), ("", "Done")],
)
def test_nothing_is_asked_of_a_row_that_is_not_planned(status: str, current: str) -> None:
    """Ideas have no date yet, and old rows name people who have left: they are listed all the same."""
    reading = read(
        {
            "Plan": f"""
                | Publication | Type     | Delivery date | Owners     | Status   | Current step |
                | Some day    | Zeppelin | in spring     | Draw: Rudi | {status} | {current}    |
            """,
            "Team": "| Name | Skills |\n| Sari | Designer |",
        }
    )
    (publication,) = reading.workspace.publications
    assert (publication.type, publication.delivery) == ("Zeppelin", NO_DATE)
    assert publication.known_delivery is None
    assert not publication.is_planned
    assert not reading.problems


def test_a_row_that_is_done_keeps_its_old_date() -> None:
    """The years that make sense for a plan do not matter for what was done long ago."""
    drawing = """
        | Publication | Type         | Delivery date | Status |
        | Long ago    | Blog article | 2019-12-18    | Done   |
    """
    assert first(drawing).delivery == date(2019, 12, 18)


def test_settings_are_read_in_any_language() -> None:
    """Names, numbers with a comma, shares in percent."""
    reading = read(
        {
            "Plan": SMALLEST,
            "Setelan": """
                | Setelan            | Nilai     |
                | Bahasa             | Indonesia |
                | Jam per hari       | 7,5       |
                | Fokus              | 80%       |
                | Margin keselamatan | ۳         |
                | Calendar           | Jalali    |
                | Time zone          | Asia/Jakarta |
            """,
        }
    )
    settings = reading.workspace.settings
    assert not reading.problems
    assert (settings.language, settings.calendar) == (Language.ID, CalendarSystem.JALALI)
    assert (settings.hours_per_day, settings.focus, settings.safety_margin) == (7.5, 0.8, 3)
    assert settings.time_zone == "Asia/Jakarta"


def test_the_teams_own_steps_go_before_the_built_in_ones() -> None:
    """A type of the Workflows tab replaces the built-in one of that meaning, with the team's own names."""
    reading = read(
        {
            "Plan": SMALLEST.replace("Blog article", "artikel blog "),
            "Alur kerja": """
                | Jenis   | Langkah | Keahlian | Hari | Jam | Macam   | Setelah      | Kembali ke | Bukan oleh |
                | Blog article | Write   | Penulis  | 0,5  | 4   |         |              |            |            |
                | Blog article | Picture | Desainer |      |     | kerja   | -            |            |            |
                | Blog article | Check   |          | 1    |     | wait    | Write, Picture | write    | Write      |
                | Blog article | Go live |          | 0.25 | 0   | publish |              |            |            |
                | Blog article | Measure |          | 2    |     | follow-up |            |            |            |
            """,
        }
    )
    (publication,) = reading.workspace.publications
    steps = reading.workspace.workflows[publication.type].steps
    assert [(step.name, step.quarters, step.hours, step.kind) for step in steps] == [
        ("Write", 2, 4.0, Kind.WORK),
        ("Picture", 4, None, Kind.WORK),
        ("Check", 4, None, Kind.WAIT),
        ("Go live", 1, 0.0, Kind.PUBLISH),
        ("Measure", 8, None, Kind.FOLLOW_UP),
    ]
    assert [step.after for step in steps] == [
        (),
        (),
        ("Write", "Picture"),
        ("Check",),
        ("Go live",),
    ]
    assert (steps[1].skill, steps[2].returns_to, steps[2].not_by) == (
        "Designer",
        "Write",
        ("Write",),
    )
    assert steps[0].cells["Days"].a1 == "D2"


def test_people_come_from_the_team_tab() -> None:
    """Skills are known by their aliases; hours come from Settings where a row has none."""
    reading = read(
        {
            "Plan": SMALLEST,
            "Tim": "| Nama | Email | Keahlian | Jam per hari |\n"
            "| Sari | sari@example.com | Desainer, Penulis naskah (copywriter)، Juggler | |\n"
            "| Budi | | analyst | 4 |",
            "Settings": "| Setting | Value |\n| Hours per day | 7 |",
        }
    )
    sari, budi = reading.workspace.people or ()
    assert (sari.skills, sari.hours_per_day) == (("Designer", "Copywriter", "Juggler"), 7)
    assert (budi.skills, budi.hours_per_day) == (("Analyst",), 4)


def test_a_team_tab_without_people_is_like_none() -> None:
    """A new workbook has an empty Team tab: roles stand in for people."""
    assert read({"Plan": SMALLEST, "Team": "| Name | Skills |"}).workspace.people is None


def test_the_last_plan_and_history_are_read_in_any_language() -> None:
    """Steps and History as a Persian workbook has them, with Jalali texts for dates."""
    reading = read(
        {
            "Plan": "| شناسه | عنوان | نوع | تاریخ انتشار |\n| الف-۱ | نکته | صفحهٔ فرود | ۱۴۰۵/۰۹/۲۷ |",
            "Team": "| Name | Skills |\n| سارا | Designer |",
            "گام‌ها": """
                | شناسه | عنوان | گام    | فاز   | مسئول | شروع       | موعد         | حالت   |
                | الف-۱ | نکته  | طراحی  | ساخت | سارا  | ۱۴۰۵/۰۹/۰۲ | ۴ آذر ۱۴۰۵   | اکنون  |
                | الف-۱ | نکته  | انتشار |       |       |            | 2026-12-18   | ?      |
            """,
            "تاریخچه": """
                | کی         | شناسه | گام   | رویداد   | مسئول | موعد       | یادداشت |
                | ۱۴۰۵/۰۹/۰۲ | الف-۱ | طراحی | آغاز شد  | سارا  | ۱۴۰۵/۰۹/۰۴ |         |
                | 2026-11-02 | الف-۹ | Own   | finished | Rudi  |            | gone    |
                | someday    | الف-۱ | طراحی | آغاز شد  |       |            |         |
            """,
        }
    )
    last = reading.workspace.last_plan["الف-۱", "Design"]
    assert (last.owner, last.start, last.due, last.state) == (
        "سارا",
        date(2026, 11, 23),
        date(2026, 11, 25),
        State.NOW,
    )
    assert len(reading.workspace.last_plan) == 1
    started, finished = reading.workspace.history
    assert (started.kind, started.step, started.due) == (
        EventKind.STARTED,
        "Design",
        date(2026, 11, 25),
    )
    assert (finished.step, finished.owner, finished.note) == ("Own", "Rudi", "gone")
    told = [(problem.sheet, problem.cell, problem.code) for problem in reading.problems]
    assert ("تاریخچه", "A4", "history_unreadable") in told


def test_every_problem_has_its_sentences_in_three_languages() -> None:
    """The same codes with the same facts, so that no language says less than another."""
    catalogs = {
        language: tomllib.loads(
            (files("sheetflow") / "data" / "languages" / language / "problems.toml").read_text(
                "utf-8"
            )
        )
        for language in Language
    }
    english = catalogs.pop(Language.EN)
    for other in catalogs.values():
        assert other.keys() == english.keys()
        for code, told in english.items():
            for part in ("says", "do"):
                assert facts_in(other[code][part]) == facts_in(told[part]), code
