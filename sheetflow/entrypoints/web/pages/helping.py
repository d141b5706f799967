"""The user's help as pages: Markdown that is shipped, in the reader's language where it is there, else in English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from flask import Response, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from sheetflow.domain.settings import Language
from sheetflow.entrypoints.web.pages.frame import page
from sheetflow.entrypoints.web.pages.wording import reader_tongue

if TYPE_CHECKING:
    from markdown_it.token import Token

ORDER = (
    *("getting-started", "columns", "flags", "google-sheets", "excel", "troubleshooting"),
    *("service", "settings", "people", "operating", "security"),
)
"""The pages as they are listed: those for everybody first, then those for whoever looks after the service."""

WHY = "why/"
ENDING = ".md"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """A page of the help: its name in addresses, its first heading, its text in Markdown."""

    name: str
    title: str
    text: str
    language: Language


def help_page(name: str = ORDER[0]) -> Response:
    """One page, with the list of all."""
    tongue = reader_tongue()
    shown = found(name, tongue.language)
    listed = [found(each, tongue.language) for each in ORDER]
    reasons = [found(each, tongue.language) for each in reason_names()]
    is_reason = name.startswith(WHY)
    return page(
        "help.html",
        tongue,
        shown=shown,
        content=Markup(as_html(shown.text)),  # noqa: S704  our own text, and raw HTML is shown as text
        listed=listed,
        reasons=reasons if is_reason else reasons[:1],
    )


def found(name: str, language: Language) -> HelpPage:
    """The page of that name, in the language or else in English; NotFound where there is none."""
    if name not in {*ORDER, *reason_names()}:
        raise NotFound
    for spoken in (language, Language.EN):
        text = _text(name, spoken)
        if text is not None:
            title = text.partition("\n")[0].removeprefix("# ")
            return HelpPage(name=name, title=title, text=text, language=spoken)
    raise NotFound


@cache
def reason_names() -> tuple[str, ...]:
    """The pages that say why things are as they are; the one about all of them first."""
    names = {
        each.name.removesuffix(ENDING)
        for each in (_help() / "why").iterdir()
        if each.name.endswith(ENDING)
    }
    return tuple(f"{WHY}{name}" for name in sorted(names, key=lambda name: (name != "index", name)))


def as_html(text: str) -> str:
    """Markdown as HTML; a link to `flags.md` leads to that page, and HTML in the text is shown as text."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for token in tokens:
        for inner in token.children or ():
            _lead(inner)
    rendered = markdown.renderer.render(tokens, markdown.options, {})
    return (
        str(rendered)
        .replace("<table>", '<div class="scroll" tabindex="0"><table>')
        .replace("</table>", "</table></div>")
    )


def _lead(token: Token) -> None:
    address = str(token.attrGet("href") or "")
    name, _, place = address.partition("#")
    if token.type == "link_open" and name.endswith(ENDING) and ":" not in name:
        lang = request.args.get("lang")
        target = url_for("pages.help_page", name=_resolved(name), lang=lang)
        token.attrSet("href", f"{target}#{place}" if place else target)


def _resolved(name: str) -> str:
    """The page that a link means: one beside it, one of the reasons, or back from there."""
    bare = name.removesuffix(ENDING)
    if bare.startswith("../"):
        return bare.removeprefix("../")
    here = str((request.view_args or {}).get("name", ""))
    return f"{WHY}{bare}" if here.startswith(WHY) else bare


@cache
def _text(name: str, language: Language) -> str | None:
    spoken = "" if language is Language.EN else f".{language.value}"
    file = _help() / f"{name}{spoken}{ENDING}"
    return file.read_text("utf-8") if file.is_file() else None


def _help() -> Traversable:
    return files("sheetflow") / "help"
