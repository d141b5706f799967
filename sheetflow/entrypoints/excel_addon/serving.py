"""The pane as the service serves it, under /excel/: the pane's own files, its icons, and what it must know."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from apiflask import APIBlueprint
from flask import Response, current_app, jsonify, send_from_directory

from sheetflow.domain.settings import Language
from sheetflow.translate.shipped import catalog
from sheetflow.translate.vocabulary import vocabulary
from sheetflow.wiring.settings import Settings

blueprint = APIBlueprint(
    "excel", __name__, url_prefix="/excel", enable_openapi=False, static_folder=None
)

SCOPE = "access_as_user"
OFFICE = "https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com"
HOSTS = (
    "https://*.officeapps.live.com https://*.office.com https://*.office365.com https://*.microsoft.com "
    "https://*.microsoft365.com https://*.cloud.microsoft https://*.sharepoint.com https://*.live.com"
)
"""Where Excel on the web shows a pane in a frame."""

FRESH = "no-cache"


@blueprint.get("/<path:file>")
def pane(file: str) -> Response:
    """A file of the pane."""
    answer = send_from_directory(f"{blueprint.root_path}/pane", file)
    if file.endswith(".html"):
        answer.headers["Content-Security-Policy"] = _policy(_sign_in(_settings()))
    if file.startswith("icons/"):  # Excel shows them on its ribbon
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = FRESH
    return answer


@blueprint.get("/settings.json")
def settings() -> Response:
    """What the pane says in each language, and how people sign in; nothing that is secret."""
    known = _settings()
    sign_in = _sign_in(known)
    answer = jsonify(
        service="../",
        words={language.value: _words(language) for language in Language},
        sign_in=sign_in,
        needs_key=not (known.planning_is_open or sign_in),
    )
    answer.headers["Cache-Control"] = FRESH
    return answer


def _settings() -> Settings:
    """Those of the service behind the app, which imports this folder and is not imported by it."""
    return cast("Settings", current_app.extensions["sheetflow"].settings)


def _words(language: Language) -> dict[str, Any]:
    return catalog(language, "pane") | {
        "flags": _shown("flag", language),
        "severities": _shown("severity", language),
    }


def _shown(group: str, language: Language) -> dict[str, str]:
    words = vocabulary()
    return {name: words.show(group, name, language) for name in words.canonical_names(group)}


def _sign_in(known: Settings) -> dict[str, str] | None:
    """How Microsoft's own sign-in is asked for; None where the service is not set up for it."""
    if not (known.entra_audiences and known.entra_tenants and known.pane_library):
        return None
    audience = known.entra_audiences[0]
    address = audience if "://" in audience else f"api://{audience}"
    return {
        "client_id": audience.rpartition("/")[2],
        "authority": f"{known.entra_authority}/{known.entra_tenants[0]}",
        "scope": f"{address}/{SCOPE}",
        "library": known.pane_library,
    }


def _policy(sign_in: dict[str, str] | None) -> str:
    """Scripts come from us and from Office alone, and the pane asks nobody but us; Office's own code sets styles."""
    library = f" {_origin(sign_in['library'])}" if sign_in else ""
    authority = f" {_origin(sign_in['authority'])}" if sign_in else ""
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self' data:; "
        f"style-src 'self' 'unsafe-inline'; script-src 'self' {OFFICE}{library}; "
        f"connect-src 'self'{authority}; frame-ancestors 'self' {HOSTS}"
    )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
