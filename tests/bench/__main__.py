"""The bench: plans beside their peers, whole processes, edits, proved optima, iMOPSE, Excel files and the service; one command.

python -m bench [--full] [--only plans|processes|edits|tiny|imopse|excel|web|corpus]

Nothing here is timed in the test run; corpus is a part of --full alone. TaskJuggler (`tj3`) and OR-Tools take part where they are installed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from bench import corpus, edits, excel, figures, imopse, processes, tiny, web
from bench.paper import show

QUICK: Mapping[str, Callable[[], object]] = {
    "plans": lambda: figures.main("20,50,200", "1-2"),
    "processes": lambda: processes.main("50,200"),
    "edits": lambda: edits.main("200", "0.45", "1"),
    "tiny": lambda: tiny.main("3", "20"),
    "imopse": lambda: imopse.main("2", "5000", "0"),
    "excel": lambda: excel.main("5000", "30", "1"),
    "web": lambda: web.main("20"),
}
FULL: Mapping[str, Callable[[], object]] = {
    "plans": lambda: figures.main("20,50,200,1000,5000", "1-9"),
    "processes": processes.main,
    "edits": edits.main,
    "tiny": lambda: tiny.main("12", "120"),
    "imopse": imopse.main,
    "excel": excel.main,
    "web": web.main,
    "corpus": corpus.main,
}


def main() -> None:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--full", action="store_true", help="all sizes and seeds: takes hours")
    parser.add_argument("--only", choices=sorted(FULL), help="one part")
    asked = parser.parse_args()
    for name, part in (FULL if asked.full else QUICK).items():
        if asked.only in {None, name}:
            show(f"\n== {name} ==")
            part()


if __name__ == "__main__":
    main()
