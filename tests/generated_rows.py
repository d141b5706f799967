"""Random publications: begun or not, pinned, shortened, held, published, due on days off, today and in the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sheetflow.cells import Table, Value
from sheetflow.checker.network import Network, network_of
from sheetflow.domain.workflow import Kind, Workflow

FIELDS = (
    "ID", "Publication", "Type", "Client", "Campaign", "Channel", "Delivery date", "Priority",
    "Not before", "Status", "Current step", "Owners", "Skip", "Days",
)  # fmt: skip
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {},
    "id": {
        "Publication": "Judul", "Type": "Jenis", "Client": "Klien", "Priority": "Prioritas",
        "Delivery date": "Tanggal terbit", "Current step": "Langkah saat ini", "Skip": "Lewati",
        "Low": "Rendah", "High": "Tinggi", "Urgent": "Mendesak", "On hold": "Ditunda",
    },
    "fa": {
        "ID": "شناسه", "Publication": "عنوان", "Type": "نوع", "Client": "مشتری",
        "Delivery date": "تاریخ انتشار", "Priority": "اولویت", "Status": "وضعیت",
        "Current step": "گام جاری", "Low": "کم", "High": "زیاد", "Urgent": "فوری",
        "On hold": "متوقف", "Cancelled": "لغو شد",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One publication with its network, and where it stands: `was` are the steps current in the run before."""

    values: Mapping[str, Value]
    workflow: Workflow
    network: Network
    current: tuple[str, ...] = ()
    was: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The ID, blank where the workbook leaves it to be filled."""
        return str(self.values["ID"] or "")


def publications(
    rng: Random, workflows: list[Workflow], names: list[str], count: int, today: date
) -> list[Draft]:
    """So many rows, of all types."""
    span = rng.choice([20, 45, 60, 90])
    return [_draft(rng, rng.choice(workflows), names, n, today, span) for n in range(count)]


def _draft(
    rng: Random, workflow: Workflow, names: list[str], number: int, today: date, span: int
) -> Draft:
    skip = _skipped(rng, workflow)
    draft = Draft(
        values={},
        workflow=workflow,
        network=network_of(workflow, skip),
    )
    draft = _progress(rng, draft)
    kept = [step.name for step in draft.network.steps]
    values: dict[str, Value] = {
        "ID": None if rng.random() < 0.03 else f"P-{number + 1:03}",
        "Publication": f"Publication {number + 1}",
        "Type": workflow.type,
        "Client": rng.choice([None, "Aster", "Birch", "Cedar"]),
        "Campaign": rng.choice([None, None, "Spring"]),
        "Channel": rng.choice([None, "Web"]),
        "Delivery date": today + timedelta(days=rng.randint(-4, span)),
        "Priority": rng.choice([None, None, "Low", "Normal", "High", "Urgent"]),
        "Not before": _not_before(rng, today),
        "Status": _status(rng),
        "Current step": ", ".join(draft.current) or (None if rng.random() < 0.96 else "Done"),
        "Owners": _pairs(rng, kept, names, 0.1) if names else None,
        "Skip": ", ".join(sorted(skip)) or None,
        "Days": _pairs(rng, kept, [0.25, 0.5, 1, 1.75, 3], 0.1),
    }
    return replace(draft, values=values)


def _skipped(rng: Random, workflow: Workflow) -> frozenset[str]:
    if rng.random() < 0.75:
        return frozenset()
    names = [step.name for step in workflow.steps if step.kind is not Kind.PUBLISH]
    return frozenset(rng.sample(names, min(len(names), rng.randint(1, 2))))


def _progress(rng: Random, draft: Draft) -> Draft:
    """Not begun, or at some steps; now and then sent back from farther on."""
    if rng.random() < 0.5:
        return draft
    current = _front(rng, draft.network, rng.randint(0, len(draft.network.steps) - 1))
    was = current
    if rng.random() < 0.3:
        was = _front(rng, draft.network, len(draft.network.steps) - 1)
        if rng.random() < 0.1:
            current = ()
    return replace(draft, current=current, was=was)


def _front(rng: Random, network: Network, finished: int) -> tuple[str, ...]:
    """Some of the steps that can be worked on once so many are finished."""
    done: set[str] = set()
    while True:
        ready = [
            step.name
            for step in network.steps
            if step.name not in done and done.issuperset(network.waits_for[step.name])
        ]
        if len(done) >= finished:
            return tuple(rng.sample(ready, rng.randint(1, min(2, len(ready)))))
        done.add(rng.choice(ready))


def _pairs(
    rng: Random, steps: list[str], values: list[str] | list[float], share: float
) -> str | None:
    if rng.random() > 2 * share:
        return None
    chosen = rng.sample(steps, min(len(steps), rng.randint(1, 2)))
    return "; ".join(f"{step}: {rng.choice(values)}" for step in chosen) or None


def _not_before(rng: Random, today: date) -> date | None:
    return today + timedelta(days=rng.randint(-5, 25)) if rng.random() < 0.12 else None


def _status(rng: Random) -> str | None:
    if rng.random() < 0.08:
        return rng.choice(["On hold", "Done", "Cancelled", "Idea"])
    return rng.choice([None, None, "Active"])


def publications_table(rng: Random, sheet: str, drafts: list[Draft], language: str) -> Table:
    """A tab of publications: columns in any order, some of the team's own, a title above now and then."""
    words = WORDS[language]
    fields = [*FIELDS, "Remarks of ours"]
    if rng.random() < 0.5:
        rng.shuffle(fields)
    top: list[tuple[Value, ...]] = [("Our plan",), ()] if rng.random() < 0.25 else []
    rows: list[tuple[Value, ...]] = [*top, tuple(words.get(name, name) for name in fields)]
    for draft in drafts:
        cells = (draft.values.get(name) for name in fields)
        rows.append(tuple(words.get(v, v) if isinstance(v, str) else v for v in cells))
        if rng.random() < 0.02:
            rows.append(())
    return Table(sheet=sheet, rows=tuple(rows))
