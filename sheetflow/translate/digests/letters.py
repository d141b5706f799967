"""Letters: a digest or news as subject, plain text and HTML, in the workbook's language.

What stands in a cell is never markup, and always on one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sheetflow.translate import palette
from sheetflow.translate.digests.day import Day
from sheetflow.translate.digests.news import News
from sheetflow.translate.digests.picture import load_picture
from sheetflow.translate.digests.sections import Section, sections_of, sentence_of
from sheetflow.translate.digests.words import Words, one_line
from sheetflow.translate.language import Tongue
from sheetflow.translate.views.scene import Scene

if TYPE_CHECKING:
    from jinja2 import Environment

PICTURE = "load"
"""The name by which the HTML asks for the picture (cid:)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is sent; `picture` is SVG, blank for none."""

    subject: str
    text: str
    html: str
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The workbook as a letter names it; `links` are (key of the words, address), http or https alone."""

    name: str
    links: tuple[tuple[str, str], ...] = ()


def digest_letter(scene: Scene, day: Day, news: Sequence[News], workbook: Workbook) -> Letter:
    """The morning's letter: what is new, what is to be done today, what is due soon, what could begin early."""
    words = Words(scene.tongue)
    today = scene.plan.today
    return _letter(
        scene.tongue,
        workbook,
        subject=words("subject_digest", count=len(day.planned), day=today),
        heading=words("heading_digest", day=today),
        sections=sections_of(scene, day, news),
        picture=load_picture(scene, day.load),
    )


def news_letter(scene: Scene, news: Sequence[News], workbook: Workbook) -> Letter:
    """What a run changed for somebody; `news` is not empty."""
    words = Words(scene.tongue)
    first = sentence_of(scene, words, news[0])
    more = len(news) - 1
    return _letter(
        scene.tongue,
        workbook,
        subject=words("subject_more", first=first, count=more) if more else first,
        heading=words("heading_news", count=len(news)),
        sections=sections_of(scene, None, news),
    )


def chat_letter(scene: Scene, news: Sequence[News], workbook: Workbook) -> Letter:
    """News for a whole channel, as text alone; `news` is not empty."""
    words = Words(scene.tongue)
    section = sections_of(scene, None, news)[0]
    lines = [
        " · ".join(part for part in (item.head, item.note, item.due, item.why) if part)
        for item in section.items
    ]
    lines += [section.more] * bool(section.more)
    lines += [f"{words(key)}: {address}" for key, address in workbook.links]
    return Letter(subject=one_line(workbook.name), text="\n".join(lines), html="")


def failing_letter(tongue: Tongue, workbook: Workbook, says: str, do: str) -> Letter:
    """The workbook has begun to fail."""
    words = Words(tongue)
    heading = words("heading_failing", workbook=workbook.name)
    paragraphs = (says, do, words("stays"))
    return _letter(tongue, workbook, subject=heading, heading=heading, paragraphs=paragraphs)


def well_letter(tongue: Tongue, workbook: Workbook) -> Letter:
    """The workbook is well again."""
    words = Words(tongue)
    heading = words("heading_well", workbook=workbook.name)
    return _letter(tongue, workbook, subject=heading, heading=heading, paragraphs=(words("well"),))


def _letter(
    tongue: Tongue,
    workbook: Workbook,
    *,
    subject: str,
    heading: str,
    sections: Sequence[Section] = (),
    paragraphs: Sequence[str] = (),
    picture: str = "",
) -> Letter:
    words = Words(tongue)
    is_right_to_left = tongue.language == "fa"
    shown = {
        "language": tongue.language.value,
        "direction": "rtl" if is_right_to_left else "ltr",
        "start": "right" if is_right_to_left else "left",
        "end": "left" if is_right_to_left else "right",
        "heading": heading,
        "workbook": one_line(workbook.name),
        "paragraphs": tuple(one_line(one) for one in paragraphs if one),
        "sections": sections,
        "links": tuple((words(key), address) for key, address in workbook.links),
        "footer": words("footer" if sections else "footer_owner", workbook=workbook.name),
        "picture": PICTURE if picture else "",
        "picture_told": words("picture"),
        "palette": palette,
    }
    return Letter(
        subject=one_line(subject),
        text=_templates().get_template("letter.txt").render(shown).strip() + "\n",
        html=_templates().get_template("letter.html").render(shown),
        picture=picture,
    )


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=PackageLoader("sheetflow.translate.digests"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
