"""Reading the Workflows tab: one row a step of a type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind, Step, Workflow
from sheetflow.errors import Problem
from sheetflow.translate.builtin import step_candidates
from sheetflow.translate.folding import fold
from sheetflow.translate.lists import split_names
from sheetflow.translate.precedence import steps_before
from sheetflow.translate.rows import Rows, as_number, shorten
from sheetflow.translate.vocabulary import Vocabulary

INPUTS = (
    *("Type", "Step", "Phase", "Skill", "Days", "Hours", "Kind", "After", "Returns to", "Not by"),
)
NOTHING = {"-", "–", "—"}
MOST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWorkflows:
    """The team's workflows by folded type; `faulty` holds the first fault of each type that cannot be used."""

    workflows: Mapping[str, Workflow] = field(default_factory=dict)
    faulty: Mapping[str, Problem] = field(default_factory=dict)


def read_workflows(rows: Rows, words: Vocabulary) -> OwnWorkflows:
    """The team's own workflows, as far as they can be used."""
    types: dict[str, list[int]] = {}
    for row in rows.numbers():
        if any(rows.value(row, header) is not None for header in INPUTS):
            types.setdefault(_type_of(rows, row), []).append(row)
    types.pop("", None)
    workflows, faulty = {}, {}
    for key, numbers in types.items():
        steps = _steps(rows, numbers, words)
        fault = next(filter(None, map(rows.first_error, numbers)), None)
        if fault:
            faulty[key] = fault
        else:
            workflows[key] = Workflow(type=rows.text(numbers[0], "Type"), steps=steps)
    return OwnWorkflows(workflows=workflows, faulty=faulty)


def read_quarters(value: object) -> int | None:
    """Days as quarters of a working day; None where they are not a positive number of quarters."""
    days = as_number(value) if isinstance(value, int | float | str) else None
    if days is None or not 0 < days <= MOST_DAYS:
        return None
    quarters = days * QUARTERS_PER_DAY
    return int(quarters) if quarters == int(quarters) else None


def _type_of(rows: Rows, row: int) -> str:
    text = rows.text(row, "Type")
    if not text and not rows.is_broken(row, "Type"):
        rows.error(row, "Type", "workflow_type_missing")
    return fold(text) if text else ""


def _steps(rows: Rows, numbers: Sequence[int], words: Vocabulary) -> tuple[Step, ...]:
    """The steps of one type; what they wait for is looked up once all names are known."""
    named = {row: _step(rows, row, words) for row in numbers}
    _check_names(rows, named)
    if any(map(rows.first_error, numbers)):
        return ()
    bare = Workflow(type="", steps=tuple(named.values()))
    steps, above = [], tuple[str, ...]()
    for row, step in named.items():
        steps.append(_linked(rows, row, step, _Names(rows, row, bare, words), above))
        above = (step.name,)
    _check_kinds(rows, dict(zip(numbers, steps, strict=True)))
    return tuple(steps)


def _step(rows: Rows, row: int, words: Vocabulary) -> Step:
    skill = rows.text(row, "Skill")
    step = Step(
        name=rows.text(row, "Step"),
        phase=rows.text(row, "Phase"),
        skill=words.find("skill", skill) or skill,
        quarters=_quarters(rows, row),
        hours=_hours(rows, row),
        kind=_kind(rows, row, words),
        cells=rows.cells(row, INPUTS),
    )
    if not step.name and not rows.is_broken(row, "Step"):
        rows.error(row, "Step", "workflow_step_missing")
    return step


def _quarters(rows: Rows, row: int) -> int:
    value = rows.value(row, "Days")
    if value is None:
        return QUARTERS_PER_DAY
    quarters = read_quarters(value)
    if quarters is None:
        rows.error(row, "Days", "days_unreadable", value=shorten(rows.text(row, "Days")))
    return quarters or QUARTERS_PER_DAY


def _hours(rows: Rows, row: int) -> float | None:
    value = rows.value(row, "Hours")
    hours = as_number(value)
    if value is not None and (hours is None or hours < 0):
        rows.error(row, "Hours", "hours_unreadable", value=shorten(rows.text(row, "Hours")))
    return hours


def _kind(rows: Rows, row: int, words: Vocabulary) -> Kind:
    text = rows.text(row, "Kind")
    kind = words.find("kind", text) if text else Kind.WORK.value
    if kind is None:
        rows.error(row, "Kind", "kind_unknown", value=shorten(text))
    return Kind(kind or Kind.WORK.value)


def _check_names(rows: Rows, steps: Mapping[int, Step]) -> None:
    seen: dict[str, int] = {}
    for row, step in steps.items():
        first = seen.setdefault(fold(step.name), row)
        if step.name and first != row:
            other = rows.cells(first, ["Step"])["Step"].a1
            rows.error(row, "Step", "workflow_step_twice", value=shorten(step.name), other=other)


@dataclass(frozen=True, slots=True)
class _Names:
    """Looks up the step names in one row."""

    rows: Rows
    row: int
    workflow: Workflow
    words: Vocabulary

    def named(self, header: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The steps that a cell names, and the texts that name none, or more than one."""
        found, unknown = list[str](), list[str]()
        for text in split_names(self.rows.text(self.row, header)):
            steps = step_candidates(self.workflow, text, self.words)
            (found if len(steps) == 1 else unknown).append(steps[0] if len(steps) == 1 else text)
        return tuple(dict.fromkeys(found)), tuple(map(shorten, unknown))


def _linked(rows: Rows, row: int, step: Step, names: _Names, above: tuple[str, ...]) -> Step:
    after, unknown = names.named("After")
    if not rows.text(row, "After"):
        after = above
    elif unknown and rows.text(row, "After") not in NOTHING:
        rows.error(row, "After", "step_unknown", value=unknown[0], type=rows.text(row, "Type"))
    returns_to, unknown_return = names.named("Returns to")
    if unknown_return:
        rows.warning(row, "Returns to", "returns_to_unknown", value=unknown_return[0])
    not_by, nobody = names.named("Not by")
    if nobody:
        rows.warning(row, "Not by", "not_by_unknown", value=nobody[0])
    return replace(step, after=after, returns_to=next(iter(returns_to), None), not_by=not_by)


def _check_kinds(rows: Rows, steps: Mapping[int, Step]) -> None:
    """Exactly one step publishes, and no step waits for itself."""
    publishing = [row for row, step in steps.items() if step.kind is Kind.PUBLISH]
    first = next(iter(steps))
    type_name = rows.text(first, "Type")
    if not publishing:
        rows.error(first, "Type", "workflow_without_publish", type=type_name)
    for row in publishing[1:]:
        rows.error(row, "Kind", "workflow_publishes_twice", type=type_name)
    before = steps_before(tuple(steps.values()))
    circle = {row: step.name for row, step in steps.items() if step.name in before[step.name]}
    if circle:
        rows.error(next(iter(circle)), "After", "workflow_circle", steps=tuple(circle.values()))
