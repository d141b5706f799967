"""An Excel file as a workbook."""

from __future__ import annotations

from pathlib import Path

from sheetflow.cells import Patch, Snapshot
from sheetflow.workbooks.port import WriteReport
from sheetflow.workbooks.standing import part_edits
from sheetflow.workbooks.xlsx.package import open_package
from sheetflow.workbooks.xlsx.reader import read_snapshot
from sheetflow.workbooks.xlsx.replacing import replace_file
from sheetflow.workbooks.xlsx.writer import patched


class XlsxWorkbook:
    """Reads a file and writes the patched file in its place, or to `output` and leaves the first alone."""

    def __init__(self, path: Path, output: Path | None = None) -> None:
        """Nothing is opened yet."""
        self._path = path
        self._output = output or path

    def read(self) -> Snapshot:
        """All sheets of the file that hold cells."""
        return read_snapshot(open_package(self._path))

    def write(self, patch: Patch) -> WriteReport:
        """Write all of the patch that still fits; with nothing to write, an output of its own gets a copy."""
        package = open_package(self._path)
        if patch.is_empty and self._output == self._path:
            return WriteReport()
        edited = {edit.ref.sheet for edit in patch.edits}
        tables = {table.sheet: table for table in read_snapshot(package, edited).tables}
        edits, skipped = part_edits(patch.edits, tables)
        if edits or patch.tabs:
            replace_file(self._output, patched(package, patch, edits))
        elif self._output != self._path:
            replace_file(self._output, package.content)
        return WriteReport(written=len(edits) + len(patch.tabs), skipped=skipped)
