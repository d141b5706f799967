"""Init: every tab with its drop-downs and colours, in a new workbook, or in a spreadsheet that is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sheetflow.cells import StarterTab
from sheetflow.domain.settings import Language
from sheetflow.translate.setting_up import tabs_to_set_up
from sheetflow.translate.starter import starter_tabs
from sheetflow.workbooks.port import Workbook

Done = TypeVar("Done")


def init_workbook(
    create: Callable[[tuple[StarterTab, ...]], None], language: Language, today: date
) -> None:
    """Make a workbook in that language; `create` must refuse to overwrite anything."""
    create(starter_tabs(language, today))


def set_up_workbook(
    workbook: Workbook,
    set_up: Callable[[tuple[StarterTab, ...]], Done],
    language: Language,
    today: date,
) -> Done:
    """Give a workbook the tabs that it lacks; `set_up` must leave alone what people made or changed."""
    return set_up(tabs_to_set_up(workbook.read(every_tab=True), language, today))
