"""What goes wrong on a page is told on a page, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Blueprint, g, redirect, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from sheetflow.entrypoints.web.logs import tell_fault
from sheetflow.entrypoints.web.pages.frame import page
from sheetflow.entrypoints.web.pages.wording import reader_tongue
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.problems import OF_STATUS, Refused, status_of
from sheetflow.errors import Fact, UserError
from sheetflow.translate.language import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishap:
    """A status, and the code and the facts of its sentence."""

    status: int
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def told(self, tongue: Tongue) -> tuple[str, str]:
        """What is wrong, and what to do."""
        return tongue.told(self.code, self.facts)


def tell_mishaps(blueprint: Blueprint) -> None:
    """Let the pages of the blueprint tell whatever goes wrong in them."""
    blueprint.register_error_handler(Exception, _told)


def mishap_of(error: Exception) -> Mishap:
    """What there is to tell; a mistake of our own is written down, and its number told."""
    if isinstance(error, Refused):
        return Mishap(status=error.status, code=error.code, facts=error.facts)
    if isinstance(error, UserError):
        return Mishap(status=status_of(error), code=error.code, facts=error.facts)
    if (
        isinstance(error, HTTPException)
        and error.code
        and error.code < HTTPStatus.INTERNAL_SERVER_ERROR
    ):
        facts = {"count": service().settings.max_upload_mb}
        return Mishap(
            status=error.code, code=OF_STATUS.get(error.code, "request_malformed"), facts=facts
        )
    tell_fault(error)
    return Mishap(status=500, code="service_fault", facts={"request": g.get("request_id", "")})


def _told(error: Exception) -> AnyResponse:
    mishap = mishap_of(error)
    if mishap.status == HTTPStatus.UNAUTHORIZED and mishap.code == "sign_in_needed":
        return redirect("/sign-in", HTTPStatus.SEE_OTHER)
    tongue = reader_tongue()
    says, do = mishap.told(tongue)
    return page("mishap.html", tongue, mishap.status, says=says, do=do, home=url_for("pages.start"))
