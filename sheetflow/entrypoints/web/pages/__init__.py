"""The pages: trying SheetFlow with a workbook of one's own, the workbooks one may see, and a dashboard of each."""

from __future__ import annotations

from flask import Blueprint, Response

from sheetflow.entrypoints.web.pages import assets, helping, recalculating, showing, trying
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
