"""Signing in and out of a browser, and who one is."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, redirect, request
from flask.blueprints import BlueprintSetupState
from pydantic import BaseModel, Field
from werkzeug.wrappers import Response as AnyResponse

from sheetflow.entrypoints.web.identity.addresses import (
    PATH,
    SECONDS,
    one_time_address,
    redeemed,
)
from sheetflow.entrypoints.web.identity.desk import desk
from sheetflow.entrypoints.web.identity.gate import (
    INTERFACE,
    principal,
    refuse_early,
    signed_in,
    workbook_for,
)
from sheetflow.entrypoints.web.identity.keys import key_holder
from sheetflow.entrypoints.web.identity.origins import refuse_strangers
from sheetflow.entrypoints.web.identity.rights import verbs_on
from sheetflow.entrypoints.web.identity.sign_in import let_in, sign_in_page
from sheetflow.entrypoints.web.pages.mishaps import mishap_page
from sheetflow.entrypoints.web.present import SERVICE, service
from sheetflow.entrypoints.web.problems import Refused, problem
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


@blueprint.errorhandler(Refused)
def _refused(refusal: Refused) -> AnyResponse:
    """Told as it was asked for: to programs as a problem, to browsers on a page."""
    if request.path.startswith(INTERFACE):
        return problem(refusal.status, refusal.code, refusal.facts)
    return mishap_page(refusal)


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


@blueprint.get(PATH)
@blueprint.doc(hide=True)
def opened() -> AnyResponse:
    """Sign the browser in that a one-time address was opened in; a mere look ahead does not use it up."""
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return Response(status=204)
    known = redeemed(service(), request.args.get("ticket", ""))
    return let_in(known) if known else sign_in_page("ticket_spent", 401)


@blueprint.get("/sign-in")
@blueprint.doc(hide=True)
def sign_in() -> Response:
    """The page to type a key into."""
    return sign_in_page()


@blueprint.post("/sign-in")
@blueprint.doc(hide=True)
def signed() -> AnyResponse:
    """Sign the browser in by the key that was typed."""
    try:
        holder = key_holder(request.form.get("key", "").strip(), service().keys, service().clock())
    except Refused as refusal:
        return sign_in_page(refusal.code, refusal.status)
    return let_in(holder)


@blueprint.post("/sign-out")
@blueprint.doc(hide=True)
def sign_out() -> AnyResponse:
    """End the browser's session."""
    caller = principal()
    answer = redirect("/sign-in", 303)
    if caller.session:
        desk().sessions.close(answer, caller, service().clock())
    return answer
