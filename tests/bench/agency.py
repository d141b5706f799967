"""The sample of an agency as a workload."""

from __future__ import annotations

from pathlib import Path

from bench.workloads import TODAY, Workload
from sheetflow.translate.reading import read_workspace
from sheetflow.wiring.workbooks import open_workbook

AGENCY = Path(__file__).parents[2] / "sample_sheets" / "agency.xlsx"


def agency() -> Workload:
    """The sample of an agency, as it is shipped."""
    workspace = read_workspace(open_workbook(str(AGENCY)).read(), TODAY).workspace
    size = sum(row.is_planned for row in workspace.publications)
    return Workload(name="agency", seed=0, size=size, load=0.0, workspace=workspace)
