"""Registered workbooks: what there is, a run of one, its plan, and why a row stands where it does."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from sheetflow.entrypoints.explanations import explanation_document
from sheetflow.entrypoints.web.answers import RunAsked, RunsAnswer, WorkbookAnswer, WorkbooksAnswer
from sheetflow.entrypoints.web.description import document
from sheetflow.entrypoints.web.identity.gate import signed_in, workbook_for, workbooks_seen
from sheetflow.entrypoints.web.planning.trial import explained
from sheetflow.entrypoints.web.plans import outcome_of, today_for
from sheetflow.entrypoints.web.present import planners, service
from sheetflow.entrypoints.web.queries import OfStep, Query
from sheetflow.entrypoints.web.routes.runs import answer_of
from sheetflow.entrypoints.web.speaking import workbook_tongue
from sheetflow.store.records import Verb, WorkbookRecord
from sheetflow.translate.document import document_of
from sheetflow.wiring.google import sharing_account
from sheetflow.workbooks.google.address import spreadsheet_id

MOST_RUNS = 50
RUN_LINK = {"run": {"operationId": "get_runs_run", "parameters": {"id": "$response.body#/run"}}}
"""Tells programs where the run is found that they asked for."""

blueprint = APIBlueprint("workbooks", __name__, url_prefix="/v1/workbooks", tag="Workbooks")


@blueprint.get("")
@blueprint.input(Query, location="query")
@blueprint.output(WorkbooksAnswer)
def workbooks(query_data: Query) -> WorkbooksAnswer:  # noqa: ARG001 - it was checked
    """The workbooks that the caller may read, and whom spreadsheets must be shared with."""
    seen = [WorkbookAnswer.of(one, verbs, _account(one)) for one, verbs in workbooks_seen()]
    return WorkbooksAnswer(workbooks=seen, service_account=sharing_account(service().settings))


def _account(record: WorkbookRecord) -> str | None:
    spreadsheet = spreadsheet_id(record.address)
    return sharing_account(service().settings, spreadsheet) if spreadsheet else None


@blueprint.post("/<id>/recalculate")
@blueprint.input(Query, location="query")
@blueprint.output(RunAsked, status_code=202, links=RUN_LINK)
def recalculate(id: str, query_data: Query) -> RunAsked:  # noqa: A002, ARG001
    """Have a workbook recalculated; pressing five times is one run."""
    record = workbook_for(id, Verb.RECALCULATE)
    asked = service().queue.ask(record.id, signed_in().label, service().clock())
    return RunAsked(run=asked.id)


@blueprint.get("/<id>/runs")
@blueprint.input(Query, location="query")
@blueprint.output(RunsAnswer)
def runs(id: str, query_data: Query) -> RunsAnswer:  # noqa: A002, ARG001
    """The last runs of a workbook, the latest first."""
    record = workbook_for(id, Verb.READ)
    return RunsAnswer(runs=[answer_of(run) for run in service().runs.of(record.id, MOST_RUNS)])


@blueprint.get("/<id>/plan")
@blueprint.doc(responses=document("The plan (sheetflow.plan/1)."))
@blueprint.input(Query, location="query")
def plan(id: str, query_data: Query) -> dict[str, Any]:  # noqa: A002, ARG001
    """What a run of the workbook would come to now; nothing is written."""
    outcome = outcome_of(service(), workbook_for(id, Verb.READ))
    return document_of(outcome.plan, outcome.problems)


@blueprint.get("/<id>/publications/<publication>/explanation")
@blueprint.doc(responses=document("The explanation (sheetflow.explanation/1)."))
@blueprint.input(OfStep, location="query")
def explanation(id: str, publication: str, query_data: OfStep) -> dict[str, Any]:  # noqa: A002
    """Why a publication has its dates and its people, and what would move them."""
    record = workbook_for(id, Verb.READ)
    today = today_for(service(), record)
    snapshot = service().open_workbook(record).read(every_tab=True)
    told = planners().run(explained, snapshot, today, publication, query_data.step)
    return explanation_document(told, workbook_tongue(told.settings, today))
