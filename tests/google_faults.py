"""Scripts of trouble on the way to Google while people edit, drawn by seed.

    cd tests && python -m google_faults [COUNT] [--first SEED]

Refusals, servers that are unwell, connections cut before and after a request was obeyed, quotas: every run must end in
a right sheet or in a clear error, in time, and the next run in quiet must leave a right sheet.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from random import Random

from bench.paper import show
from google_access import Machine
from google_desk import copied, run
from google_histories import SHEETS, Team, doubled_ids, known, left_to_write, lost_edits
from sheetflow.errors import UserError
from sheetflow.workbooks.google.errand import Patience
from sheets import snapshot
from sheets_server.faults import Fault, Trouble
from sheets_server.server import SheetsServer
from sheets_server.switches import Switches

PATIENCE = Patience(request=5.0, total=60.0)
GOOGLES_QUOTA, SCANT_QUOTA = 60, 12
"""Reads, and writes, a minute and account: Google's own, which no run may reach, and one that has to be waited for."""

LONGEST_RUN = 10 * PATIENCE.total
"""Five rounds at most, each with a reading and a writing."""

TROUBLES: tuple[tuple[Trouble, int, int | None], ...] = (
    ("refuse", 429, None),
    ("refuse", 429, 7),
    ("refuse", 500, None),
    ("refuse", 503, None),
    ("refuse", 503, 3),
    ("cut before", 0, None),
    ("cut after", 0, None),
    ("cut after", 0, None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a script ended: what is wrong, the code of the error that was told, and the seconds of each run."""

    seed: int
    wrong: tuple[str, ...]
    told: str | None
    seconds: float
    script: tuple[str, ...]


def script(seed: int) -> Ending:
    """Draw some trouble, run into it, and judge what is left after a run in quiet."""
    chance = Random(seed)
    machine = Machine()
    quota = chance.choice((None, GOOGLES_QUOTA, GOOGLES_QUOTA, SCANT_QUOTA))
    switches = Switches(quota_per_user=quota, quota_per_project=5 * quota if quota else None)
    with SheetsServer(switches, clock=lambda: machine.now) as server:
        number = copied(server, known) if chance.random() < 0.7 else server.load(snapshot(SHEETS))
        twin = server.load(snapshot(SHEETS))
        team = Team(live=server.book(number), twin=server.book(twin), chance=chance)
        if chance.random() < 0.6:
            server.meanwhile(team.edit, when="before", times=chance.choice((1, 2, 3)))
        else:
            team.edit(team.live)
        faults = _faults(chance)
        server.fail(*faults)
        began = machine.now
        told = _told(server, number, machine)
        seconds = machine.now - began
        refused = sum(each.status == 429 for each in server.journal.of())
        server.app.hooks.clear()
        server.app.script.clear()
        machine.now += 120
        if team.broken:
            raise team.broken[0]
        again = run(server, number, machine=machine)
        wrong = [*lost_edits(team), *doubled_ids(team), *left_to_write(server, number)]
        if quota == GOOGLES_QUOTA and not any(fault.status == 429 for fault in faults):
            wrong += [f"over quota {refused} times"] if refused else []
        wrong += ["the run in quiet drifted"] if again.report and again.report.drifted else []
    wrong += [f"took {seconds:.0f} s"] if seconds > LONGEST_RUN else []
    return Ending(
        seed=seed,
        wrong=tuple(wrong),
        told=told,
        seconds=seconds,
        script=(*map(str, faults), *team.told),
    )


def _faults(chance: Random) -> list[Fault]:
    faults = []
    for _ in range(chance.randint(1, 4)):
        trouble, status, retry_after = chance.choice(TROUBLES)
        faults.append(
            Fault(
                trouble=trouble,
                on=chance.choice(("any", "read", "write", "write")),
                status=status,
                retry_after=retry_after,
                skip=chance.choice((0, 0, 1, 2, 4)),
                times=chance.choice((1, 1, 2, 12)),
            )
        )
    return faults


def _told(server: SheetsServer, number: str, machine: Machine) -> str | None:
    try:
        run(server, number, machine=machine, patience=PATIENCE)
    except UserError as error:
        return error.code
    return None


def main() -> None:
    """Run into many scripts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    told, wrong, longest = Counter[str](), 0, 0.0
    for seed in range(asked.first, asked.first + asked.count):
        ending = script(seed)
        told[ending.told or "ended well"] += 1
        longest = max(longest, ending.seconds)
        if ending.wrong:
            wrong += 1
            show(f"script {seed}: {'; '.join(ending.wrong)}\n    after {', '.join(ending.script)}")
    show(
        f"{asked.count} scripts, {wrong} went wrong, the longest took {longest:.0f} s of its clock;"
    )
    show(", ".join(f"{code} {count}" for code, count in told.most_common()))


if __name__ == "__main__":
    main()
