"""Every workbook of the collection: grafted, recalculated twice and judged; a line a file that is not simply done.

python -m bench.corpus [--team] [--rows N] [--ending .xlsm] [--only WORDS]
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from bench.paper import show
from corpus import DONE, FAILED, UNGRAFTABLE, Trial, files, tried

SHOWN_FAULTS = 6


def main(rows: int = 6, *, team: bool = False, ending: str = "", only: str = "") -> int:
    """Print what is not simply done, then the summary; gives the number of files that failed."""
    trials = []
    for file in files(short=False, ending=ending):
        if only in str(file):
            with tempfile.TemporaryDirectory() as folder:
                trials.append(tried(file, Path(folder), rows=rows, team=team))
            _tell(trials[-1])
    _summarise(trials)
    return sum(trial.state == FAILED for trial in trials)


def _tell(trial: Trial) -> None:
    if trial.state == DONE:
        return
    show(f"{trial.state:12} {trial.file}")
    for said in trial.faults[:SHOWN_FAULTS] or (trial.said,):
        show(f"{'':12} {said[:300]}")
    if len(trial.faults) > SHOWN_FAULTS:
        show(f"{'':12} and {len(trial.faults) - SHOWN_FAULTS} more")


def _summarise(trials: list[Trial]) -> None:
    states = Counter(trial.state for trial in trials)
    graftable = len(trials) - states[UNGRAFTABLE]
    show("")
    for state, number in states.most_common():
        show(f"{state:12}{number:6}")
    if graftable:
        seconds = sorted(trial.seconds for trial in trials if trial.state != UNGRAFTABLE)
        show(f"{'graftable':12}{graftable:6}   done {states[DONE] / graftable:.1%}")
        show(f"first run: {sum(seconds):.0f} s in all, {seconds[-1]:.1f} s the slowest")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--team", action="store_true", help="graft a Team tab as well")
    parser.add_argument(
        "--rows",
        type=int,
        default=6,
        help="publications to graft, 600 at most: later days are too far from today (6)",
    )
    parser.add_argument("--ending", default="", help="only files that end so: .xlsm")
    parser.add_argument("--only", default="", help="only files whose path holds these letters")
    asked = parser.parse_args()
    raise SystemExit(main(asked.rows, team=asked.team, ending=asked.ending, only=asked.only) > 0)
