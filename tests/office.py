"""LibreOffice as a third reader: what it shows of a workbook, and the workbook as it saves it again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
GROUPS = {f"{TABLE}{name}" for name in ("table-rows", "table-row-group", "table-header-rows")}
PATIENCE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A cell as LibreOffice holds it: its kind (`string`, `float`, `date`), its text, and its formula."""

    kind: str
    text: str
    formula: str | None


def converted(soffice: str, files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The files in another format, in their order."""
    command = [
        soffice,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]


def shown(flat: Path) -> dict[str, dict[tuple[int, int], Shown]]:
    """The cells of a flat OpenDocument file by sheet, row and column."""
    tree = ET.parse(flat)  # noqa: S314 - LibreOffice has just written it
    book = tree.find(f".//{OFFICE}spreadsheet")
    sheets = [] if book is None else book.findall(f"{TABLE}table")
    return {sheet.attrib[f"{TABLE}name"]: dict(_cells(sheet)) for sheet in sheets}


def _rows(node: ET.Element) -> Iterator[ET.Element]:
    """The rows of a sheet, grouped or not; what hangs in its charts is none of them."""
    for child in node:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in GROUPS:
            yield from _rows(child)


def _cells(sheet: ET.Element) -> Iterator[tuple[tuple[int, int], Shown]]:
    number = 0
    for row in _rows(sheet):
        column = 0
        for cell in row:
            if cell.tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
                continue
            times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            held = _shown(cell)
            if held is not None:
                for step in range(times):
                    yield (number + 1, column + step + 1), held
            column += times
        number += int(row.get(f"{TABLE}number-rows-repeated", "1"))


def _shown(cell: ET.Element) -> Shown | None:
    kind, formula = cell.get(f"{OFFICE}value-type"), cell.get(f"{TABLE}formula")
    if kind is None and formula is None:
        return None
    lines = ("".join(_letters(line)) for line in cell.findall(f"{TEXT}p"))
    return Shown(kind=kind or "", text="\n".join(lines), formula=formula)


def _letters(node: ET.Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag == f"{TEXT}s":
            yield " " * int(child.get(f"{TEXT}c", "1"))
        elif child.tag in {f"{TEXT}tab", f"{TEXT}line-break"}:
            yield "\t" if child.tag == f"{TEXT}tab" else "\n"
        else:
            yield from _letters(child)
        yield child.tail or ""
