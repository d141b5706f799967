"""Whatever goes wrong is told in a sentence, never as a traceback."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import click

from sheetflow.errors import Fact, OwnError, SheetFlowError

NOTHING_DONE, STOPPED = 2, 130


@dataclass(slots=True)
class Mishap:
    """The exit status of what went wrong."""

    status: int = NOTHING_DONE


@contextmanager
def told() -> Iterator[Mishap]:
    """Tell what goes wrong inside; with SHEETFLOW_DEBUG=1 what nobody expected shows its traceback too."""
    mishap = Mishap()
    try:
        yield mishap
    except click.ClickException as error:
        error.show()
    except (click.Abort, KeyboardInterrupt):
        _say("Stopped.")
        mishap.status = STOPPED
    except SheetFlowError as error:
        _say(sentence(error))
    except OSError as error:
        _say(_of_the_system(error))
        _debug()
    except Exception as error:  # noqa: BLE001  the last resort, and it asks for a report
        _say(_unexpected(error))
        _debug()


def sentence(error: SheetFlowError) -> str:
    """What is wrong and what to do, as a person says it."""
    said = " ".join(filter(None, english_of(error.code, error.facts)))
    return f"{said} Nothing was written." if isinstance(error, OwnError) else said


def english_of(code: str, facts: Mapping[str, Fact]) -> tuple[str, str]:
    """What is wrong, and what to do, by the code of its sentence."""
    from sheetflow.domain.settings import CalendarSystem, Language
    from sheetflow.translate.language import Tongue

    return Tongue(Language.EN, CalendarSystem.GREGORIAN, date.today()).told(code, facts)


def _of_the_system(error: OSError) -> str:
    where = f" {error.filename}" if error.filename else ""
    return f"The file{where} cannot be used: {(error.strerror or str(error)).lower()}."


def _unexpected(error: Exception) -> str:
    name = type(error).__name__
    return (
        f"SheetFlow made a mistake of its own ({name}) and stopped: please report it,"
        " with what SHEETFLOW_DEBUG=1 shows when you run the command again."
    )


def _say(text: str) -> None:
    click.secho(text, fg="red", err=True)


def _debug() -> None:
    if os.environ.get("SHEETFLOW_DEBUG") == "1":
        import traceback

        traceback.print_exc()
