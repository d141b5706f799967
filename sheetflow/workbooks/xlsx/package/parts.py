"""Parts of a package that do not have a name yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPart:
    """A part to add to a package, and those it needs in turn.

    `relation` is the last word of the relation's type (`drawing`, `chart`), `folder` and `stem` make its name
    (`drawings`, `drawing`: `xl/drawings/drawing3.xml`). The XML names its own parts `rId1`, `rId2` ... in their order.
    """

    relation: str
    folder: str
    stem: str
    content_type: str
    xml: bytes
    parts: tuple[NewPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSheet:
    """A whole sheet as XML; it names its parts `rId1`, `rId2` ... in their order.

    `filtered` is the range with filter buttons, `titles` the range of rows that repeat on every printed page, both as
    `$A$1:$D$9` and `$1:$2`: the workbook needs them as defined names.
    """

    xml: bytes
    parts: tuple[NewPart, ...] = ()
    filtered: str | None = None
    titles: str | None = None
