"""The store as commands open it, as of now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sheetflow.store.database import open_database
from sheetflow.store.keys import Keys
from sheetflow.store.records import WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.wiring.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the commands of the registry work with."""

    settings: Settings
    registry: Registry
    runs: Runs
    keys: Keys
    now: datetime

    def workbook(self, text: str) -> WorkbookRecord:
        """The workbook of an ID, an address, a path or a name; raises UserError where there is none, or several."""
        file = Path(text).expanduser()
        return self.registry.find(str(file.absolute()) if file.exists() else text)


@contextmanager
def stored() -> Iterator[Stored]:
    """The store that the environment names."""
    settings = Settings.from_environment(os.environ)
    engine = open_database(settings.database_url)
    try:
        yield Stored(
            settings=settings,
            registry=Registry(engine),
            runs=Runs(engine),
            keys=Keys(engine),
            now=datetime.now(UTC),
        )
    finally:
        engine.dispose()
