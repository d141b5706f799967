"""That a sheet of the team's is the same after an edit, but for the edited cells and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeAlias

from sheetflow.cells import CellRef
from sheetflow.workbooks.xlsx.package.tags import strict_parser
from sheetflow.workbooks.xlsx.proof.sheet_pairs import frames_of_same_rows
from sheetflow.workbooks.xlsx.proof.sheet_print import SheetPrint, is_same_text

Pieces: TypeAlias = Callable[[], Iterator[bytes]]
"""A sheet's XML, as often as it is asked for: a large one need never be there as a whole."""


def is_same_sheet(
    old: Pieces, new: Pieces, cells: Collection[CellRef], widened: Collection[int]
) -> bool:
    """Whether the sheets are the same but for these cells, the widths of these columns, and more conditional formats.

    Raises ExpatError where one of them is no XML.
    """
    frames = frames_of_same_rows(old(), _parsed(new()), {cell.a1.encode() for cell in cells})
    places = {(cell.row, cell.column) for cell in cells}
    parts: tuple[Iterable[bytes], Iterable[bytes]] = (
        ([frames[0]], [frames[1]]) if frames else (old(), new())
    )
    one, other = SheetPrint(places), SheetPrint(places)
    return (
        is_same_text(one.of(parts[0]), other.of(parts[1]))
        and other.formats[: len(one.formats)] == one.formats
        and _by_column(one.columns, widened) == _by_column(other.columns, widened)
    )


def _parsed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as they are; raises ExpatError as soon as they cannot be XML."""
    parser = strict_parser()
    for piece in pieces:
        parser.Parse(piece, False)  # noqa: FBT003 - expat's own signature
        yield piece
    parser.Parse(b"", True)  # noqa: FBT003 - as above


def _by_column(tags: list[str], widened: Collection[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """What each column says of itself, however they are grouped."""
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for tag in tags:
        _, *said = tag.split("\0")
        attributes = dict(zip(said[::2], said[1::2], strict=True))
        if "min" not in attributes:
            continue
        first, last = int(attributes.pop("min")), int(attributes.pop("max"))
        looks = tuple(sorted(attributes.items()))
        found |= {column: looks for column in range(first, last + 1) if column not in widened}
    return found
