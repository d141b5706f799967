"""Init: a new workbook with every tab, drop-downs, colours and a few rows to begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sheetflow.cells import StarterTab
from sheetflow.domain.settings import Language
from sheetflow.translate.starter import starter_tabs


def init_workbook(
    create: Callable[[tuple[StarterTab, ...]], None], language: Language, today: date
) -> None:
    """Make a workbook in that language; `create` must refuse to overwrite anything."""
    create(starter_tabs(language, today))
