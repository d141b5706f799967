"""What routes ask before they do anything: who is it, and may they?

    principal()                                # who makes the present request
    workbook_for(id, Verb.RECALCULATE)         # the workbook, for somebody who may do that with it
    may_plan()                                 # for routes that keep nothing
    workbooks_seen()                           # what a list may show

They raise Refused: 401 where nobody is signed in or a credential is no good, 404 for a workbook that is not there and,
in the same words, for one that is not theirs.
"""

from __future__ import annotations

from flask import g, request

from sheetflow.entrypoints.web.identity.credentials import identified
from sheetflow.entrypoints.web.identity.forms import refuse_forged_form
from sheetflow.entrypoints.web.identity.principal import Kind, Principal
from sheetflow.entrypoints.web.identity.rights import (
    found_workbook,
    may_plan_sheets,
    seen_by,
    verbs_on,
)
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.problems import Refused
from sheetflow.store.records import Verb, WorkbookRecord

INTERFACE = "/v1/"


def principal() -> Principal:
    """Who makes the present request; its credential is looked at once, whoever asks how often."""
    if "who_calls" not in g:
        g.who_calls = _principal_or_refusal()
    if isinstance(g.who_calls, Refused):
        raise g.who_calls
    caller: Principal = g.who_calls
    return caller


def signed_in() -> Principal:
    """Who makes the present request, where that is somebody."""
    caller = principal()
    if caller.kind is Kind.NOBODY:
        raise Refused(401, "sign_in_needed")
    return caller


def workbook_for(id: str, verb: Verb) -> WorkbookRecord:  # noqa: A002 - the word of the routes
    """The workbook, where the caller may do that with it."""
    caller = signed_in()
    verbs, record = verbs_on(caller, id, service()), found_workbook(id, service())
    if record is None or verb not in verbs:
        raise Refused(404, "workbook_unknown", id=id)
    return record


def workbooks_seen() -> list[tuple[WorkbookRecord, frozenset[Verb]]]:
    """The workbooks that the caller may read, by name, and what they may do with each."""
    caller = signed_in()
    return [(one, verbs_on(caller, one.id, service())) for one in seen_by(caller, service())]


def may_plan() -> None:
    """Let the caller have a sheet of their own planned, or refuse: 403 where they are signed in and may not."""
    caller = principal()
    if service().settings.planning_is_open:
        return
    signed_in()
    if not may_plan_sheets(caller, service()):
        raise Refused(403, "planning_refused")


def refuse_early() -> None:
    """Before a route reads what was sent, refuse a bad credential, and a sheet of nobody where planning is not open."""
    if request.path.startswith(INTERFACE):
        is_nobody = principal().kind is Kind.NOBODY
        if is_nobody and request.method == "POST" and not service().settings.planning_is_open:
            signed_in()


def _principal_or_refusal() -> Principal | Refused:
    try:
        caller = identified(request)
        if caller.session:
            refuse_forged_form(caller)
    except Refused as refusal:
        return refusal
    return caller
