"""Who one is, and one-time addresses that open a page in a browser."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import request
from flask.blueprints import BlueprintSetupState
from pydantic import BaseModel, Field

from sheetflow.entrypoints.web.identity.addresses import SECONDS, one_time_address
from sheetflow.entrypoints.web.identity.gate import refuse_early, signed_in, workbook_for
from sheetflow.entrypoints.web.identity.origins import refuse_strangers
from sheetflow.entrypoints.web.identity.rights import verbs_on
from sheetflow.entrypoints.web.present import SERVICE, service
from sheetflow.entrypoints.web.problems import Refused
from sheetflow.entrypoints.web.queries import Query
from sheetflow.store.records import Verb

blueprint = APIBlueprint("identity", __name__, tag="Identity")


class Me(BaseModel):
    """Who one is."""

    kind: str = Field(
        description="What one signed in with: google, entra, key, machine, session or local."
    )
    name: str = Field(description="An e-mail address, a key's ID or a machine's name.")
    workbook: str | None = Field(description="The one workbook that the credential is for.")
    verbs: list[str] | None = Field(description="The verbs that the credential is narrowed to.")


class Ticket(BaseModel):
    """A one-time address."""

    url: str = Field(description="Opens the workbook's page in a browser, once.")
    seconds: int = Field(description="For so long.")


@blueprint.record_once
def _begin(state: BlueprintSetupState) -> None:
    state.app.before_request(refuse_strangers(state.app.extensions[SERVICE].settings))
    state.app.before_request(refuse_early)


@blueprint.get("/v1/me")
@blueprint.input(Query, location="query", arg_name="query")
@blueprint.output(Me)
@blueprint.doc(summary="Who one is")
def me(query: Query) -> Me:  # noqa: ARG001 - speaking.py reads it
    """Who makes the request, and what their credential is narrowed to."""
    caller = signed_in()
    verbs = None if caller.verbs is None else [str(verb) for verb in sorted(caller.verbs)]
    return Me(kind=caller.kind, name=caller.name, workbook=caller.workbook, verbs=verbs)


@blueprint.post("/v1/workbooks/<id>/ticket")
@blueprint.input(Query, location="query", arg_name="query")
@blueprint.output(Ticket)
@blueprint.doc(summary="A one-time address of a workbook's page")
def ticket(id: str, query: Query) -> Ticket:  # noqa: A002, ARG001 - the word of the routes
    """An address that opens the workbook's page in a browser, once and within a minute."""
    record, caller = workbook_for(id, Verb.READ), signed_in()
    if caller.session:  # else a session would lengthen itself for ever
        raise Refused(403, "ticket_by_session")
    verbs = verbs_on(caller, record.id, service())
    base = service().settings.base_url or request.host_url
    url = one_time_address(service(), caller, record.id, verbs, base)
    return Ticket(url=url, seconds=SECONDS)
