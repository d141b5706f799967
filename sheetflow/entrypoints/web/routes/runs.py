"""Runs: how far one has come, and how it ended."""

from __future__ import annotations

import time
from threading import BoundedSemaphore

from apiflask import APIBlueprint

from sheetflow.entrypoints.web.answers import RunAnswer
from sheetflow.entrypoints.web.identity.gate import signed_in, workbook_for
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.problems import Refused
from sheetflow.entrypoints.web.queries import Waiting
from sheetflow.entrypoints.web.speaking import sentence
from sheetflow.errors import UserError
from sheetflow.store.records import RunRecord, RunState, Verb

OVER = frozenset({RunState.DONE, RunState.FAILED})
LOOK_SECONDS = 0.2
MOST_WAITING = 8
"""Those who wait hold threads that answer; beyond this many an answer comes at once."""

blueprint = APIBlueprint("runs", __name__, url_prefix="/v1/runs", tag="Workbooks")
_waiting = BoundedSemaphore(MOST_WAITING)


@blueprint.get("/<id>")
@blueprint.input(Waiting, location="query")
@blueprint.output(RunAnswer)
def run(id: str, query_data: Waiting) -> RunAnswer:  # noqa: A002 - the word of the routes
    """A run; with `wait` the answer comes when it is over, or after so many seconds."""
    signed_in()
    found = _seen(id)
    if query_data.wait and _waiting.acquire(blocking=False):
        try:
            found = _over(found, query_data.wait)
        finally:
            _waiting.release()
    return answer_of(found)


def answer_of(run: RunRecord) -> RunAnswer:
    """The run as it is told."""
    return RunAnswer.of(run, sentence(run.error, run.facts) if run.error else "")


def _seen(id: str) -> RunRecord:  # noqa: A002
    """The run, where its workbook may be read; one that is not there and one that is not theirs look alike."""
    try:
        found = service().runs.get(id)
        workbook_for(found.workbook, Verb.READ)
    except (UserError, Refused) as error:
        raise Refused(404, "run_unknown", id=id) from error
    return found


def _over(run: RunRecord, seconds: int) -> RunRecord:
    ends = time.monotonic() + seconds
    while run.state not in OVER and time.monotonic() < ends:
        time.sleep(LOOK_SECONDS)
        run = service().runs.get(run.id)
    return run
