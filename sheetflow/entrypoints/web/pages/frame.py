"""What is the same on every page: its language, who reads it, the links at its top."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Response, make_response, render_template, request, url_for
from markupsafe import Markup, escape

from sheetflow.domain.settings import Language
from sheetflow.entrypoints.web.identity.forms import FIELD, token_of
from sheetflow.entrypoints.web.identity.gate import principal
from sheetflow.entrypoints.web.identity.principal import NOBODY, Kind, Principal
from sheetflow.entrypoints.web.pages.assets import edition
from sheetflow.entrypoints.web.pages.wording import OWN_NAMES, Wording
from sheetflow.entrypoints.web.problems import Refused
from sheetflow.translate.language import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLanguage:
    """A link to the same page in another language."""

    code: str
    name: str
    href: str


def page(
    template: str,
    tongue: Tongue,
    status: int = HTTPStatus.OK,
    **shown: Any,  # noqa: ANN401  whatever templates show
) -> Response:
    """The page in that tongue."""
    reader = who_reads()
    asked = request.args.get("lang", "")
    body = render_template(
        f"pages/{template}",
        words=Wording(tongue),
        tongue=tongue,
        language=tongue.language.value,
        direction="rtl" if tongue.language is Language.FA else "ltr",
        languages=_languages(tongue.language),
        lang=asked if asked in set(Language) else "",
        form_field=FIELD,
        form_token=token_of(reader),
        reader=reader,
        is_known=reader.kind is not Kind.NOBODY,
        asset=asset,
        **shown,
    )
    return make_response(body, status)


def coded(text: str) -> Markup:
    """The text with what stands in `backticks` as what somebody types."""
    parts = re.split(r"`([^`]*)`", text)
    marked = (
        Markup("<code>{}</code>").format(one) if place % 2 else escape(one)
        for place, one in enumerate(parts)
    )
    return Markup("").join(marked)


def who_reads() -> Principal:
    """Who reads the page; nobody where the credential is no good."""
    try:
        return principal()
    except Refused:
        return NOBODY


def asset(name: str) -> str:
    """The address of a file that pages are made of."""
    return url_for("pages.static", name=name, v=edition(name))


def _languages(own: Language) -> list[OtherLanguage]:
    return [
        OtherLanguage(code=one.value, name=name, href=_in_language(one, request.args))
        for one, name in OWN_NAMES.items()
        if one is not own
    ]


def _in_language(language: Language, arguments: Mapping[str, str]) -> str:
    parts = {
        name: text for name, text in arguments.items() if name not in {"lang", "run", "ticket"}
    }
    return f"{request.path.removesuffix('/recalculate')}?{urlencode({**parts, 'lang': language.value})}"
