"""The new workbook: its skills, its drop-downs, its looks, and that it can be planned as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sheetflow.cells import StarterTab
from sheetflow.domain.flag import Flag
from sheetflow.domain.settings import Language
from sheetflow.translate import palette
from sheetflow.translate.starter import starter_tabs
from sheetflow.translate.starter_rows import SKILLS
from sheetflow.translate.vocabulary import vocabulary
from sheetflow.usecases.recalculate import recalculate
from sheetflow.wiring.workbooks import open_workbook
from sheetflow.workbooks.xlsx.blank.blank import create_workbook

TODAY = date(2026, 11, 23)
CLIENTS_OWN = "External approver (client)"


def tab(name: str, language: Language = Language.EN) -> StarterTab:
    """One tab of a new workbook."""
    shown = vocabulary().show("tab", name, language)
    return next(made for made in starter_tabs(language, TODAY) if made.tab.sheet == shown)


@pytest.mark.parametrize("language", list(Language))
def test_a_new_workbook_can_be_planned(language: Language, tmp_path: Path) -> None:
    """The sample rows are planned in time, and nothing is wrong with them."""
    path = tmp_path / "new.xlsx"
    create_workbook(path, starter_tabs(language, TODAY))
    outcome = recalculate(open_workbook(str(path)), TODAY)
    assert [row.flag for row in outcome.plan.publications] == [Flag.GREEN] * 3
    assert not outcome.problems


def test_somebody_has_every_skill() -> None:
    """The three people have all skills but the client's own, each skill once."""
    held = [skill for skills in SKILLS for skill in skills]
    every = set(vocabulary().names("skill", Language.EN))
    assert set(held) == every - {CLIENTS_OWN}
    assert len(held) == len(set(held))


@pytest.mark.parametrize("language", list(Language))
def test_drop_downs_offer_what_stands_in_their_lists(language: Language, tmp_path: Path) -> None:
    """Every drop-down names a range that is filled to its end, or the names of the team."""
    path = tmp_path / "new.xlsx"
    create_workbook(path, starter_tabs(language, TODAY))
    book = openpyxl.load_workbook(path)
    team = vocabulary().show("tab", "Team", language)
    sources = [
        str(offered.formula1)
        for sheet in book.worksheets
        for offered in sheet.data_validations.dataValidation
    ]
    assert len(sources) == 15
    for source in sources:
        sheet, _, area = source.partition("!")
        cells = [row[0].value for row in book[sheet.strip("'")][area.replace("$", "")]]
        assert all(cells) or sheet.strip("'") == team


def test_texts_keep_their_distance_from_the_numbers_beside_them() -> None:
    """A text right of a column of dates is set in, its header too; dates and their headers are at the right."""
    styles = tab("Publications").tab.styles
    assert (styles[1, 5].align, styles[2, 5].align) == ("right", "right")
    assert (styles[1, 6].indent, styles[2, 6].indent) == (1, 1)
    assert styles[2, 2].indent == 0


def test_computed_columns_are_known_at_sight() -> None:
    """Their headers and bodies have the colours of what SheetFlow fills; the team's have not."""
    made = tab("Publications").tab
    flag = made.rows[0].index("Flag") + 1
    assert made.styles[1, flag].fill == palette.COMPUTED_HEAD_FILL
    assert made.styles[2, flag].fill == palette.COMPUTED_FILL
    assert (made.styles[1, 1].fill, made.styles[2, 1].fill) == (palette.HEAD_FILL, None)


def test_the_persian_workbook_runs_from_right_to_left() -> None:
    """Texts stand at the right and are read from there, numbers have Persian digits."""
    made = tab("Workflows", Language.FA).tab
    assert made.right_to_left
    assert (made.styles[2, 1].align, made.styles[2, 1].right_to_left) == ("right", True)
    assert made.styles[2, 5].align == "left"
    assert made.styles[2, 5].number_format == "[$-3000429]General"
