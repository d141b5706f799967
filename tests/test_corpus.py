"""Real workbooks come back whole: nothing but SheetFlow's own cells and tabs is different after a run.

SHEETFLOW_CORPUS=all tries every file of the collection; `python -m bench.corpus` shows them in a table.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import corpus

WHOLE = os.environ.get("SHEETFLOW_CORPUS") == "all"
LEAST_SHARE = 0.95


@pytest.fixture(scope="module", autouse=True)
def _collection() -> None:
    if not corpus.files() or not corpus.GRAFT.is_file():
        pytest.skip("the collection of real workbooks is not beside the checkout")


@pytest.mark.parametrize(
    ("count", "ending", "rows", "team"),
    [(12, "", 6, False), (4, "", 20, True), (4, ".xlsm", 6, True)],
    ids=["plan", "team", "macros"],
)
def test_nothing_else_changes(
    tmp_path: Path, count: int, ending: str, rows: int, team: bool
) -> None:
    """Each file is done with nothing else changed, or refused with a reason and left as it was; most are done.

    A second run writes nothing; what was written is what was planned, and opens in other readers.
    """
    files = corpus.files(short=not WHOLE, count=count, ending=ending, seed=rows)
    trials = []
    for number, file in enumerate(files):
        folder = tmp_path / str(number)
        folder.mkdir()
        trials.append(corpus.tried(file, folder, rows=rows, team=team))
    if faulty := [str(trial) for trial in trials if trial.faults]:
        pytest.fail("\n".join(faulty))
    graftable = [trial for trial in trials if trial.state != corpus.UNGRAFTABLE]
    done = [trial for trial in graftable if trial.state == corpus.DONE]
    refused = [f"{each.file}: {each.said}" for each in graftable if each.state == corpus.REFUSED]
    assert len(done) >= min(len(graftable) - 1, LEAST_SHARE * len(graftable)), "\n".join(refused)
