"""What the pages show, as values: the choice in an address, the chosen part of a plan, tables and cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hand_plan import PLAN
from sheetflow.cells import Snapshot, Table
from sheetflow.domain.flag import Flag, because
from sheetflow.domain.settings import Language
from sheetflow.entrypoints.charts.tokens import OVER
from sheetflow.entrypoints.web.pages.choice import DAY, Choice
from sheetflow.entrypoints.web.pages.chosen import chosen_changes, chosen_plan, offered
from sheetflow.entrypoints.web.pages.figures import ROWS_A_PAGE, load_figures, timeline_figure
from sheetflow.entrypoints.web.pages.plan_tables import attention_table, problems_table
from sheetflow.entrypoints.web.pages.run_lines import run_lines
from sheetflow.entrypoints.web.pages.tables import SHOWN_AT_ONCE, Cell, Head
from sheetflow.entrypoints.web.pages.tables import Table as Shown
from sheetflow.entrypoints.web.pages.today_cards import today_cards
from sheetflow.entrypoints.web.pages.wording import Wording
from sheetflow.errors import Problem, Severity
from sheetflow.store.records import Counts, RunRecord, RunState
from sheetflow.translate.last_changes import ShownChange, last_changes
from sheetflow.translate.layout import Layout
from test_charts_values import scene

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def ids(choice: Choice) -> list[str]:
    """The publications that are chosen."""
    return [row.id for row in chosen_plan(PLAN, choice).publications]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, Choice()),
        ({"flag": "RED", "weeks": "12", "by": "day"}, Choice(flag=Flag.RED, weeks=12, by=DAY)),
        (
            {"person": "Sari", "client": "A & B", "page": "3"},
            Choice(person="Sari", client="A & B", page=3),
        ),
        ({"flag": "purple", "weeks": "7", "by": "hour", "page": "-1", "lang": "xx"}, Choice()),
        ({"page": "٣", "weeks": "1e9", "lang": "fa"}, Choice(lang=Language.FA)),
    ],
)
def test_a_choice_is_read_from_an_address(arguments: dict[str, str], expected: Choice) -> None:
    """What makes no sense is left out, and never an error."""
    assert Choice.of(arguments) == expected


def test_a_choice_is_an_address() -> None:
    """What is not usual stands in the query; whoever narrows begins at the first page."""
    choice = Choice(person="Sari", client="A & B", weeks=12, page=3, lang=Language.ID)
    assert choice.query() == "?person=Sari&client=A+%26+B&weeks=12&lang=id"
    assert choice.query(page=4).endswith("&page=4&lang=id")
    assert Choice().query() == "?"
    assert choice.narrows
    assert not Choice(weeks=26, page=2).narrows


def test_a_plan_is_narrowed_by_flag_client_and_person() -> None:
    """All that is chosen must hold; a step that is done is nobody's work any more."""
    everything = ids(Choice())
    assert ids(Choice(flag=Flag.RED)) == ["P-4", "P-6"]
    assert ids(Choice(person="Tono")) == []
    assert ids(Choice(person="Budi")) == ["P-1", "P-2"]
    one = replace(PLAN.publications[0], client="Kopi")
    plan = replace(PLAN, publications=(one, *PLAN.publications[1:]))
    chosen = chosen_plan(plan, Choice(client="Kopi", person="Budi")).publications
    assert [row.id for row in chosen] == ["P-1"]
    assert len(everything) == len(PLAN.publications)


def test_everybody_s_load_stays_whole() -> None:
    """A filter never makes somebody look less busy than they are."""
    assert chosen_plan(PLAN, Choice(flag=Flag.RED)).people == PLAN.people


def test_what_can_be_chosen_is_what_there_is() -> None:
    """The team in its order, clients by name; a choice from an old address stays visible."""
    assert offered(PLAN, Choice()).people == ("Ana", "Budi", "Sari", "Tono")
    assert offered(PLAN, Choice(person="Zoltan")).people[-1] == "Zoltan"
    alone = replace(PLAN, people=())
    assert offered(alone, Choice()).people == ("Ana", "Budi", "Sari")


CHANGES = tuple(
    ShownChange(id=id_, title="", step=step, what="owner", before=before, after=after, why="")
    for id_, step, before, after in (
        ("P-1", "Text", "Sari", "Budi"),
        ("P-1", "Check", "1", "2"),
        ("P-4", "Draft", "1", "2"),
    )
)


def test_changes_are_those_of_the_chosen_rows() -> None:
    """By person: what they gave, what they got, and what moved of theirs."""

    def steps(choice: Choice) -> list[str]:
        found = chosen_changes(CHANGES, PLAN, choice, scene().tongue)
        return [change.step for change in found]

    assert steps(Choice()) == ["Text", "Check", "Draft"]
    assert steps(Choice(flag=Flag.RED)) == ["Draft"]
    assert steps(Choice(person="Budi")) == ["Text"]
    assert steps(Choice(person="Sari")) == ["Text", "Check", "Draft"]


def test_last_changes_are_read_from_their_tab() -> None:
    """Names, dates and dates that were read as numbers; the row that says that nothing moved is none."""
    head = ("ID", "Publication", "Step", "What", "From", "To", "Why")
    rows = (
        head,
        ("P-1", "Post", "Text", "due", date(2026, 12, 1), 46358, "Replanned"),
        ("P-2", "Post", None, "owner", None, "Sari"),
    )
    layout = Layout(publications=(), computed={"Changes": "Perubahan"})
    found = last_changes(layout, Snapshot(tables=(Table(sheet="Perubahan", rows=rows),)))
    assert [(c.id, c.step, c.before, c.after, c.why) for c in found] == [
        ("P-1", "Text", date(2026, 12, 1), date(2026, 12, 2), "Replanned"),
        ("P-2", "", "", "Sari", ""),
    ]
    quiet = Snapshot(tables=(Table(sheet="Perubahan", rows=(head, ("Nothing moved",))),))
    assert last_changes(layout, quiet) == ()
    assert last_changes(Layout(publications=()), quiet) == ()


def test_what_needs_attention_is_red_before_amber() -> None:
    """The earlier delivery first, each with its sentence and its forecast."""
    amber = replace(PLAN.publications[0], flag=Flag.AMBER, why=because("on_plan", spare=3))
    shown = scene(replace(PLAN, publications=(amber, *PLAN.publications[1:])))
    table = attention_table(shown, Wording(shown.tongue))
    assert [(row[0].tone, row[1].text) for row in table.rows] == [
        ("red", "P-4"),
        ("red", "P-6"),
        ("amber", "P-1"),
    ]
    assert [cell.text for cell in table.rows[2][4:]] == [
        "On plan: 3 days to spare",
        "Fri 4 Dec",
        "Fri 4 Dec",
    ]


def test_problems_name_their_cells() -> None:
    """Errors come first; each tells the sheet, the cell and what to do."""
    found = (
        Problem(
            code="unknown_type",
            sheet="Plan",
            cell="D5",
            severity=Severity.NOTE,
            facts={"value": "X"},
        ),
        Problem(code="unknown_type", sheet="Plan", cell="D9", facts={"value": "Y"}),
    )
    shown = replace(scene(), problems=found)
    rows = problems_table(shown, Wording(shown.tongue)).rows
    assert [(row[0].tone, row[1].text, row[2].text) for row in rows] == [
        ("red", "Plan", "D9"),
        ("grey", "Plan", "D5"),
    ]


def test_a_long_table_shows_its_first_rows_at_once() -> None:
    """The rest is there for whoever asks for it."""
    rows = tuple((Cell(str(number)),) for number in range(SHOWN_AT_ONCE + 7))
    table = Shown(caption="", heads=(Head("Number"),), rows=rows)
    assert (len(table.first), len(table.rest)) == (SHOWN_AT_ONCE, 7)


def test_today_is_a_card_a_person() -> None:
    """Only those with something to do, with the hours that they have; early work is marked."""
    cards = today_cards(scene())
    assert [(card.owner, card.hours) for card in cards] == [
        ("Budi", "1.1 / 6 h"),
        ("Sari", "2 / 6 h"),
    ]
    assert [(task.step, task.hours, task.early) for task in cards[0].tasks] == [
        ("Picture", "1.1 h", False),
        ("Text", "3 h", True),
    ]
    assert [card.owner for card in today_cards(scene(), "Budi")] == ["Budi"]


def test_a_long_timeline_has_pages() -> None:
    """A page past the end is the last one; what is told is what it shows."""
    many = tuple(
        replace(PLAN.publications[0], id=f"P-{number}") for number in range(2 * ROWS_A_PAGE + 5)
    )
    shown = scene(replace(PLAN, publications=many))
    figure = timeline_figure(shown, Wording(shown.tongue), Choice(page=99))
    assert (figure.page, figure.pages) == (3, 3)
    assert (figure.first, figure.last, figure.count) == (
        2 * ROWS_A_PAGE + 1,
        2 * ROWS_A_PAGE + 5,
        85,
    )
    assert figure.table.rows[0][1].text == f"P-{2 * ROWS_A_PAGE}"
    assert figure.told.startswith("Timeline of 5 publications, Mon 23 Nov to")


def test_the_table_behind_a_chart_says_what_its_colours_say() -> None:
    """Hours of hours, and words where there is more than there is time for."""
    busy = replace(
        PLAN,
        people=tuple(
            replace(p, days=tuple(replace(d, planned_hours=9.0) for d in p.days))
            for p in PLAN.people
        ),
    )
    shown = scene(busy)
    figure = load_figures(shown, Wording(shown.tongue), Choice(person="Ana"))[0]
    assert figure.grid.rows[0].cells[0].fill == OVER
    assert figure.table.rows[0][2] == Cell("45 / 30", more="more than there is time for")


def a_run(state: RunState, **fields: object) -> RunRecord:
    """A run that was asked for at nine."""
    usual = {
        "id": "r1", "workbook": "w", "state": state, "asked_by": "google:ana@example.com", "queued_at": NOW,
        "started_at": None, "finished_at": None, "stage": "", "share": 0.0, "counts": None, "error": None, "attempts": 1,
    }  # fmt: skip
    return RunRecord(**usual | fields)  # type: ignore[arg-type]


def test_runs_tell_how_they_went() -> None:
    """State, who asked, how long it took, and what it found or why it failed."""
    words = Wording(scene().tongue)
    counts = Counts(publications=9, red=2, amber=1, green=6, moved=1, written=4, problems=0)
    ended = {"started_at": NOW, "finished_at": NOW + timedelta(seconds=2.5)}
    done, failed, waiting = run_lines(
        [
            a_run(RunState.DONE, counts=counts, **ended),
            a_run(RunState.FAILED, error="lease_lost", asked_by="timetable", **ended),
            a_run(RunState.WAITING, asked_by="local:local"),
        ],
        words,
        UTC,
    )
    assert (done.told, done.took, done.asked) == (
        "2 red, 1 amber, 1 step moved",
        "2.5 s",
        "ana@example.com",
    )
    assert failed.told.startswith("Another run has taken over this workbook")
    assert (failed.asked, failed.tone) == ("Timetable", "red")
    assert (waiting.asked, waiting.stage, waiting.is_under_way) == ("This machine", "Waiting", True)
