"""The pages: trying SheetFlow with a workbook, the workbooks one may see, a dashboard of each, and signing in."""

from __future__ import annotations

from flask import Blueprint, Response

from sheetflow.entrypoints.web.identity.addresses import PATH
from sheetflow.entrypoints.web.pages import (
    assets,
    helping,
    recalculating,
    showing,
    signing_in,
    trying,
)
from sheetflow.entrypoints.web.pages.frame import coded
from sheetflow.entrypoints.web.pages.mishaps import tell_mishaps
from sheetflow.entrypoints.web.pages.policy import PAGE_HEADERS

blueprint = Blueprint("pages", __name__, template_folder="templates")
blueprint.add_url_rule("/", "start", trying.start)
blueprint.add_url_rule("/", "tried", trying.tried, methods=["POST"])
blueprint.add_url_rule("/workbooks", "workbooks", showing.workbooks)
blueprint.add_url_rule("/workbooks/<id>", "dashboard", showing.dashboard)
blueprint.add_url_rule(
    "/workbooks/<id>/recalculate", "recalculate", recalculating.recalculate, methods=["POST"]
)
blueprint.add_url_rule(PATH, "opened", signing_in.opened)
blueprint.add_url_rule("/sign-in", "sign_in", signing_in.sign_in)
blueprint.add_url_rule("/sign-in", "signed", signing_in.signed, methods=["POST"])
blueprint.add_url_rule("/sign-out", "sign_out", signing_in.sign_out, methods=["POST"])
blueprint.add_url_rule("/help", "help_start", helping.help_page)
blueprint.add_url_rule("/help/<path:name>", "help_page", helping.help_page)
# By the name of this route, what a page is made of does not count as what somebody asks for.
blueprint.add_url_rule("/pages/<name>", "static", assets.static)
blueprint.add_app_template_filter(coded)
tell_mishaps(blueprint)


@blueprint.after_request
def _armour(answer: Response) -> Response:
    for name, text in PAGE_HEADERS.items():
        answer.headers.setdefault(name, text)
    return answer
