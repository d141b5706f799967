"""The tags of a part, one after another: no tree is built, and nothing that a part defines is followed."""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn
from xml.parsers import expat

NAMESPACE_END = " "


class DefinitionsError(ValueError):
    """The part defines entities or the like, as no workbook does."""


def strict_parser() -> expat.XMLParserType:
    """A parser that knows namespaces and refuses whatever a part defines."""
    parser = expat.ParserCreate(namespace_separator=NAMESPACE_END)
    parser.StartDoctypeDeclHandler = _refuse
    parser.buffer_text = True
    return parser


def tags_named(xml: bytes, names: Collection[str]) -> list[tuple[str, dict[str, str]]]:
    """The tags of these local names in order, each with its attributes by their local names.

    Raises:
        ExpatError: The part is no XML.
        DefinitionsError: It defines entities or the like.
    """
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) in names:
            found.append((local(name), {local(key): value for key, value in attributes.items()}))

    parser = strict_parser()
    if names:
        parser.StartElementHandler = start
    parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature
    return found


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(NAMESPACE_END)[2]


def _refuse(*_: object) -> NoReturn:
    raise DefinitionsError("a part that defines entities")
