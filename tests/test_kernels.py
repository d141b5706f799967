"""The kernel gives the same plan as plain Python and as machine code, and in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import TODAY, generate_workspace
from sheetflow.engine.compiled import can_compile, compiled_kernel, plain_kernel
from sheetflow.engine.planner import Effort, plan

SAME = """
import json, sys
from datetime import date
from pathlib import Path
from sheetflow.engine.planner import plan
from sheetflow.translate.document import document_of
from sheetflow.translate.reading import read_workspace
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

today = date(2026, 11, 23)
reading = read_workspace(XlsxWorkbook(Path(sys.argv[1])).read(), today)
print(json.dumps(document_of(plan(reading.workspace, today), reading.problems)))
"""


@pytest.mark.skipif(not can_compile(), reason="numba is not installed: there is no machine code")
@pytest.mark.parametrize("seed", range(12))
def test_compiled_and_plain_kernels_agree(seed: int) -> None:
    """Cell for cell, whatever the workbook holds."""
    workspace = generate_workspace(seed)
    plain = plan(workspace, TODAY, Effort.BALANCED, kernel=plain_kernel())
    compiled = plan(workspace, TODAY, Effort.BALANCED, kernel=compiled_kernel())
    assert compiled == plain


def test_the_order_of_sets_in_memory_does_not_matter(project: Path) -> None:
    """Two processes that scatter their sets and dicts differently print the same JSON, byte for byte."""
    printed = {
        subprocess.run(
            [sys.executable, "-c", SAME, str(project / "sample_sheets" / "agency.xlsx")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(project)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
