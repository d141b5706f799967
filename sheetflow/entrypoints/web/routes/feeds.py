"""Calendars of people, each at a secret address that a calendar program asks again and again."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import Field

from sheetflow.entrypoints.web.feeds import calendar_of
from sheetflow.entrypoints.web.plans import outcome_of
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.problems import Refused
from sheetflow.entrypoints.web.queries import Query
from sheetflow.errors import UserError
from sheetflow.store.records import WorkbookRecord

CALENDAR = "text/calendar"
ASKED_AGAIN = "private, no-cache"
ANSWERS: dict[int | str, Any] = {
    200: {
        "description": "The calendar (RFC 5545).",
        "content": {CALENDAR: {"schema": {"type": "string"}}},
    },
    304: {"description": "The calendar is as it was."},
}

blueprint = APIBlueprint("feeds", __name__, url_prefix="/v1/workbooks", tag="Workbooks")


class OfFeed(Query):
    """A route that is opened by a secret in its address."""

    key: str = Field("", max_length=200, description="The secret of the address.")


@blueprint.get("/<id>/people/<person>.ics")
@blueprint.doc(
    summary="A person's steps as a calendar",
    description="The address comes from `sheetflow workbooks feed`; a wrong key and an unknown person look alike.",
    responses=ANSWERS,
)
@blueprint.input(OfFeed, location="query")
def feed(id: str, person: str, query_data: OfFeed) -> Response:  # noqa: A002  the word of the routes
    """The calendar of a person."""
    record = _admitted(id, person, query_data.key)
    outcome = outcome_of(service(), record)
    if person not in {each.name for each in outcome.plan.people}:
        raise Refused(404, "address_unknown")
    calendar = calendar_of(record, outcome, person)
    answer = Response(calendar, mimetype=CALENDAR)
    answer.headers["Cache-Control"] = ASKED_AGAIN
    answer.headers["Content-Disposition"] = 'attachment; filename="sheetflow.ics"'
    answer.set_etag(sha256(calendar).hexdigest())
    answer.make_conditional(request)
    return answer


def _admitted(id: str, person: str, key: str) -> WorkbookRecord:  # noqa: A002
    """The workbook whose person the key is of; every doubt is the same answer."""
    try:
        if key and service().feeds.admits(key, id, person):
            return service().registry.get(id)
    except UserError as error:
        raise Refused(404, "address_unknown") from error
    raise Refused(404, "address_unknown")
