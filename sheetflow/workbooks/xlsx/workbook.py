"""An Excel file as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sheetflow.cells import Patch, Snapshot, Table
from sheetflow.errors import UserError
from sheetflow.workbooks.port import WriteReport
from sheetflow.workbooks.standing import part_edits
from sheetflow.workbooks.xlsx.patching import patched
from sheetflow.workbooks.xlsx.proof.proof import prove
from sheetflow.workbooks.xlsx.reading.package import Package, bytes_at, package_of
from sheetflow.workbooks.xlsx.reading.reader import read_snapshot
from sheetflow.workbooks.xlsx.saving.backups import USUALLY_KEPT
from sheetflow.workbooks.xlsx.saving.replacing import refuse_open, replace_file, sweep


class XlsxWorkbook:
    """Reads a file and writes the patched file in its place, or to `output` and leaves the first alone."""

    def __init__(
        self,
        path: Path,
        output: Path | None = None,
        *,
        backups: int = USUALLY_KEPT,
        reader: Callable[[Package], Snapshot] = read_snapshot,
    ) -> None:
        """Nothing is opened yet; `backups` is how many copies of a file that is replaced are kept."""
        self._path = path
        self._output = output or path
        self._backups = backups
        self._reader = reader
        self._read: tuple[Package, Snapshot] | None = None

    def read(self, *, every_tab: bool = False) -> Snapshot:  # noqa: ARG002 - a file is read whole
        """All sheets of the file that hold cells."""
        package = package_of(bytes_at(self._path), self._path.name)
        snapshot = self._reader(package)
        self._read = package, snapshot
        return snapshot

    def write(self, patch: Patch) -> WriteReport:
        """Write all of the patch that still fits; with nothing to write, an output of its own gets a copy."""
        sweep(self._output)
        package, tables = self._present({edit.ref.sheet for edit in patch.edits})
        edits, skipped = part_edits(patch.edits, tables)
        if edits or patch.tabs:
            if package.is_signed:
                raise UserError("file_signed", file=package.name)
            content = patched(package, patch, edits)
            prove(package, content, patch, edits)
            if content != package.content or self._output != self._path:
                self._replace(content, package.content)
        elif self._output != self._path:
            self._replace(package.content, package.content)
        return WriteReport(written=len(edits) + len(patch.tabs), skipped=skipped)

    def _present(self, sheets: set[str]) -> tuple[Package, Mapping[str, Table]]:
        """The file as it is now, and these sheets of it; what was read before is not read again."""
        content = bytes_at(self._path)
        if self._read is None or self._read[0].content != content:
            package = package_of(content, self._path.name)
            snapshot = read_snapshot(package, sheets)
        else:
            package, snapshot = self._read
        return package, {table.sheet: table for table in snapshot.tables}

    def _replace(self, content: bytes, read: bytes) -> None:
        refuse_open(self._output)
        expected = read if self._output == self._path else None
        replace_file(self._output, content, backups=self._backups, expected=expected)
