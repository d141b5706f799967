"""The evidence: a plan beside the input that it answers, joined once for all proofs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.checker.clock import Clock
from sheetflow.checker.memory import Memory, memory_of
from sheetflow.checker.moments import QUARTERS, moment
from sheetflow.checker.network import Network, network_of
from sheetflow.domain.people import Person
from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan, State
from sheetflow.domain.publication import Publication
from sheetflow.domain.workflow import Kind, Step
from sheetflow.domain.workspace import Workspace

Place = tuple[str, int]
Loads = Mapping[str, Mapping[date, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A publication that is planned, what its steps wait for, where they stand, and its answer in the plan."""

    publication: Publication
    network: Network
    states: Mapping[str, State]
    plan: PublicationPlan
    steps: Mapping[str, PlannedStep]

    @property
    def publish(self) -> Step | None:
        """The publish step, unless the row skips it."""
        found = (step for step in self.network.steps if step.kind is Kind.PUBLISH)
        return next(found, None)

    @property
    def is_published(self) -> bool:
        """Whether nothing but follow-ups is left."""
        return self.publish is not None and self.states[self.publish.name] is State.DONE

    def to_do(self) -> Iterator[tuple[Step, PlannedStep]]:
        """The steps that are not finished, in the workflow's order, each with its answer."""
        for step in self.network.steps:
            if self.states[step.name] is not State.DONE:
                yield step, self.steps[step.name]

    def left_before_publishing(self) -> list[PlannedStep]:
        """The answers of the steps before publishing that are not finished."""
        before = self.network.before_publishing
        return [planned for step, planned in self.to_do() if step.name in before]

    def end_of_predecessors(self, name: str) -> int | None:
        """The last moment of the steps that the step waits for; None where none is left."""
        waits = self.network.waits_for[name]
        return max((end(self.steps[w]) for w in waits if self.is_left(w)), default=None)

    def is_left(self, name: str) -> bool:
        """Whether the step is still to be done."""
        return self.states[name] is not State.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that the proofs look at; `rows` are those whose answer has every step and date that it needs."""

    workspace: Workspace
    plan: Plan
    rows: tuple[Row, ...]
    team: Clock
    people: Mapping[str, Person]
    clocks: Mapping[str, Clock]
    memory: Memory
    holders: Mapping[str, tuple[Person, ...]]
    loads: Loads

    @property
    def has_team(self) -> bool:
        """Whether people do the work; else roles stand in for them."""
        return self.workspace.people is not None

    def clock_of(self, step: Step, owner: str | None) -> Clock:
        """The calendar that a step runs on: its owner's, or the team's where it waits or has none."""
        if step.kind is Kind.WAIT or owner is None:
            return self.team
        return self.clocks.get(owner, self.team)

    def capacity_by_quarter(self, person: Person) -> float:
        """The hours that a person has in one quarter, after the reserve."""
        return person.hours_per_day * (1 - self.workspace.settings.reserve) / QUARTERS

    def capacity(self, person: Person, day: date) -> float:
        """The hours that a person has on a day, after the reserve."""
        worked = self.clocks[person.name].quarters(day.toordinal())
        return worked * self.capacity_by_quarter(person)

    def load(self, name: str, day: date) -> float:
        """The hours that the plan gives a person on a day."""
        return self.loads[name].get(day, 0.0) if name in self.loads else 0.0

    def is_day_off(self, day: date) -> bool:
        """Whether the team does not work on a day."""
        return self.team.quarters(day.toordinal()) == 0

    def publishes_on_day_off(self, row: Row, planned: PlannedStep) -> bool:
        """Whether the step is a publishing that happens by itself, on a delivery date without work."""
        delivery = row.publication.delivery
        is_publish = planned.kind is Kind.PUBLISH
        return is_publish and planned.due == delivery and self.is_day_off(delivery)

    def earliest(self, row: Row, name: str) -> int:
        """The first moment at which a step may start, what it waits for set aside."""
        limit = row.publication.not_before
        if limit is None or row.states[name] is State.NOW:
            return moment(self.plan.today, 0)
        return moment(max(limit, self.plan.today), 0)


def start(planned: PlannedStep) -> int:
    """The first moment of a step that has its dates."""
    return moment(planned.start or date.max, planned.start_quarter or 0)


def end(planned: PlannedStep) -> int:
    """The last moment of a step that has its dates."""
    return moment(planned.due or date.max, planned.due_quarter or 0)


def evidence_of(workspace: Workspace, plan: Plan) -> Evidence:
    """Join a plan with its input; rows that the plan lacks, or answers without dates, are left out."""
    people = {person.name: person for person in workspace.people or ()}
    return Evidence(
        workspace=workspace,
        plan=plan,
        rows=tuple(row for row in rows_of(workspace, plan) if _is_whole(row)),
        team=Clock(workspace.calendar, plan.today),
        people=people,
        clocks={name: Clock(person.calendar, plan.today) for name, person in people.items()},
        memory=memory_of(workspace.last_plan, workspace.history),
        holders=_holders(people.values()),
        loads=_loads(plan),
    )


def rows_of(workspace: Workspace, plan: Plan) -> Iterator[Row]:
    """The planned publications that the plan answers, whatever the answers are worth."""
    answers = {(answer.sheet, answer.row): answer for answer in plan.publications}
    networks: dict[tuple[str, frozenset[str]], Network] = {}
    for publication in workspace.publications:
        answer = answers.get((publication.sheet, publication.row))
        if publication.is_planned and answer is not None:
            key = (publication.type, publication.skip)
            if key not in networks:
                networks[key] = network_of(workspace.workflows[publication.type], publication.skip)
            yield _row(publication, networks[key], answer)


def _row(publication: Publication, network: Network, answer: PublicationPlan) -> Row:
    return Row(
        publication=publication,
        network=network,
        states=_states(publication, network),
        plan=answer,
        steps={planned.step: planned for planned in answer.steps},
    )


def _states(publication: Publication, network: Network) -> dict[str, State]:
    states = dict.fromkeys((step.name for step in network.steps), State.PLANNED)
    states |= dict.fromkeys(network.ancestors(publication.current_steps), State.DONE)
    for name in publication.current_steps:
        if name in states:
            states[name] = State.NOW
    return states


def _is_whole(row: Row) -> bool:
    return all(
        name in row.steps and (state is State.DONE or has_dates(row.steps[name]))
        for name, state in row.states.items()
    )


def has_dates(planned: PlannedStep) -> bool:
    """Whether a step says from which quarter to which it lasts, the first not after the last."""
    if None in (planned.start, planned.start_quarter, planned.due, planned.due_quarter):
        return False
    quarters = range(QUARTERS)
    named = planned.start_quarter in quarters and planned.due_quarter in quarters
    return named and start(planned) <= end(planned)


def _holders(people: Iterable[Person]) -> dict[str, tuple[Person, ...]]:
    holders: dict[str, tuple[Person, ...]] = {}
    for person in people:
        for skill in person.skills:
            holders[skill] = (*holders.get(skill, ()), person)
    return holders


def _loads(plan: Plan) -> Loads:
    loads: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for publication in plan.publications:
        for planned in publication.steps:
            for load in planned.load if planned.owner else ():
                loads[planned.owner or ""][load.date] += load.hours
    return loads
