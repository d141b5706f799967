"""Layout: tabs, header rows and columns are found by what they mean, wherever they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from sheetflow.domain.publication import Publication, Status
from sheetflow.translate.layout import StepColumn
from sheetflow.translate.reading import Reading, read_workspace
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


@pytest.mark.parametrize(
    "drawing",
    [
        "| Judul | Jenis konten | Tanggal tayang |\n| Tips | Halaman arahan | 18 Des 2026 |",
        "| عنوان | نوع محتوا | تاریخ انتشار |\n| نکته | صفحهٔ فرود | ۱۴۰۵/۰۹/۲۷ |",
        "| TITLE | Content-Type | DUE  DATE |\n| Tips | landing page | 18 December 2026 |",
        "| تاريخ انتشار | نوع  محتوا | عنوان |\n| ۲۷ آذر ۱۴۰۵ | صفحه فرود | نکته |",
    ],
    ids=["Indonesian", "Persian", "shouted", "Persian with Arabic letters"],
)
def test_headers_and_types_are_known_in_three_languages(drawing: str) -> None:
    """Case, spaces, punctuation, half-spaces and letter variants do not matter, nor does the order of columns."""
    publication = first(drawing)
    assert (publication.type, publication.delivery) == ("Landing page", date(2026, 12, 18))


def test_the_header_row_need_not_be_the_first() -> None:
    """A title and a note may stand above the table."""
    reading = read(f'| "Content plan 2026" |\n| Type | |\n\n{SMALLEST.strip()}')
    assert reading.layout.publications[0].header_row == 4
    assert reading.workspace.publications[0].row == 5


def test_every_tab_with_the_three_headers_holds_publications() -> None:
    """One tab a month is one plan: IDs go on from tab to tab."""
    reading = read({"November": SMALLEST, "Lists": "| Blog article |", "December": SMALLEST})
    rows = [(each.sheet, each.id) for each in reading.workspace.publications]
    assert rows == [("November", "P-001"), ("December", "P-002")]


def test_computed_tabs_are_never_publications() -> None:
    """A tab that SheetFlow owns is known by its name in any language, whatever headers it bears."""
    reading = read({"Plan": SMALLEST, "Linimasa": SMALLEST, "گام‌ها": SMALLEST})
    assert len(reading.workspace.publications) == 1
    assert reading.layout.computed == {"Timeline": "Linimasa", "Steps": "گام‌ها"}


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("Stage", "On hold", {"Status": 4}),
        ("Stage", "Copywriting", {"Current step": 4}),
        ("مرحله", "متوقف", {"Status": 4}),
        ("Tema", "Ramadan", {"Campaign": 4}),
        ("PIC", "Sari", {}),
        ("PIC", "Design: Sari", {"Owners": 4}),
        ("No", "1", {}),
        ("No", "A-17", {"ID": 4}),
        ("Durasi", "30 menit", {}),
        ("Start date", "2026-12-01", {}),
        ("Start by", "2026-12-01", {"Start by": 4}),
        ("Caption", "Hello", {}),
    ],
)
def test_a_header_that_says_too_little_is_decided_by_its_values(
    header: str, value: str, expected: Mapping[str, int]
) -> None:
    """What stands below tells; a column that SheetFlow fills must bear the name that it would write itself."""
    reading = read(
        f"| Publication | Type | Delivery date | {header} |\n| x | Blog article | 2026-12-18 | {value} |"
    )
    needed = {"Publication": 1, "Type": 2, "Delivery date": 3}
    assert reading.layout.publications[0].columns == {**needed, **expected}
    assert not reading.problems


def test_the_name_itself_goes_before_its_aliases() -> None:
    """A sheet with both `Delivery date` and `Deadline` means what it says."""
    reading = read(
        "| Deadline | Publication | Type | Delivery date |\n| soon | x | Blog article | 2026-12-18 |"
    )
    assert reading.layout.publications[0].columns["Delivery date"] == 4
    assert not reading.problems


def test_step_columns_are_those_whose_step_exists() -> None:
    """`Design due` is filled by SheetFlow; `Payment due` is the team's own."""
    reading = read(
        "| Publication | Type | Delivery date | Design due | Payment due | Tenggat Desain | موعد طراحی |\n"
        "| x | Blog article | 2026-12-18 | | | | |"
    )
    assert reading.layout.publications[0].step_columns == (
        StepColumn("Design", "due", 4),
        StepColumn("Desain", "due", 6),
        StepColumn("طراحی", "due", 7),
    )


def test_the_team_has_its_own_words() -> None:
    """Settings may add aliases for headers, types and words of every kind."""
    publication = first(
        {
            "Content": "| Judul rilis | Rubric | Air day | State of play |\n"
            "| x | Kolom | 2026-12-18 | parkir |",
            "Setelan": """
                | Setelan              | Nilai         |
                | Alias: Judul rilis   | Publication   |
                | Alias: Rubric        | Jenis         |
                | Alias: Air day       | Delivery date |
                | Alias: State of play | Status        |
                | Alias: parkir        | On hold       |
                | Alias: Kolom         | Blog article  |
            """,
        }
    )
    assert (publication.type, publication.status) == ("Blog article", Status.ON_HOLD)


def test_columns_may_stand_in_any_order_and_rows_too() -> None:
    """The workspace is the same but for the places."""
    one = read(
        """
        | ID  | Publication | Type         | Delivery date | Client |
        | P-1 | One         | Blog article | 2026-12-18    | Acme   |
        | P-2 | Two         | Newsletter   | 2026-12-21    |        |
        """
    )
    other = read(
        """
        | Client | Delivery date | Type         | ID  | Publication |
        |        | 2026-12-21    | Newsletter   | P-2 | Two         |
        | Acme   | 2026-12-18    | Blog article | P-1 | One         |
        """
    )
    facts = [
        {
            (row.id, row.title, row.type, row.delivery, row.client)
            for row in each.workspace.publications
        }
        for each in (one, other)
    ]
    assert facts[0] == facts[1]


def test_tabs_of_unknown_names_are_known_by_their_headers() -> None:
    """A team may call its tabs as it likes, as long as no other tab bears the name."""
    reading = read(
        {
            "Plan": SMALLEST,
            "Who we are": "| Name | Skills |\n| Sari | Designer |",
            "Old": "| Name | Skills |\n| Rudi | Designer |",
            "Lists": "| Blog article |\n| Newsletter |",
        }
    )
    assert [person.name for person in reading.workspace.people or ()] == ["Sari"]
    assert reading.layout.tabs["Team"].sheet == "Who we are"
    assert ("Old", "tab_twice") in [(each.sheet, each.code) for each in reading.problems]
