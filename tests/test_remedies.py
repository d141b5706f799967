"""Why a row is late or amber, and the way out: what Why offers keeps what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import TODAY, generate_workspace
from plans import TEAM, WORKFLOW, row, workspace_of
from sheetflow.checker import check_plan
from sheetflow.domain.flag import Flag, Reason
from sheetflow.domain.plan import Plan, PublicationPlan
from sheetflow.domain.publication import Priority, Publication
from sheetflow.domain.workflow import Kind
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel.compiled import can_compile, compiled_kernel, plain_kernel
from sheetflow.engine.planner import Effort, plan
from sheetflow.engine.reasons.what_helps import what_helps
from sheetflow.engine.runs.remembering import remembered
from sheetflow.engine.work.job_maker import JobMaker, jobs_of
from sheetflow.engine.work.jobs import crew_of

TWO_DESIGNERS = """
    | Name | Skills | Hours per day |
    | Ann  | Words  | 6             |
    | Bob  | Art    | 6             |
    | Cy   | Art    | 6             |
"""
WITH_APPROVAL = """
    | Type | Step     | Skill | Days | Hours | Kind    |
    | Post | Copy     | Words | 1    | 3     | work    |
    | Post | Approval | Words | 2    | 0.25  | wait    |
    | Post | Publish  | Words | 0.25 | 0.25  | publish |
"""
BOB_AWAY = "| Name | From | To |\n| Bob | 2026-11-23 | 2026-12-04 |"


def drawn_workspace(publications: str, **tabs: str) -> Workspace:
    """The workspace of a drawn publications tab; the usual workflow and team unless others are given."""
    drawn = {"Publications": publications, "Workflows": WORKFLOW, "Team": TEAM}
    return workspace_of(drawn | {name.replace("_", " "): text for name, text in tabs.items()})


def way_out(workspace: Workspace, id_: str = "P-1") -> Reason:
    """The remedy that Why offers for a row; it is there, and applied it keeps what it says."""
    made = plan(workspace, TODAY)
    found = row(made, id_)
    assert found.why.remedy is not None, found.why
    check_promises(workspace, made, found, Effort.BALANCED)
    return found.why.remedy


def check_promises(
    workspace: Workspace, made: Plan, found: PublicationPlan, effort: Effort
) -> None:
    """Type what Why offers into the sheet, and plan again: the row is as promised, or better."""
    written = remembered(workspace, made)
    for changed, late, eaten in offers(found, workspace):
        rows = tuple(changed if own.id == changed.id else own for own in written.publications)
        edited = replace(written, publications=rows)
        again = plan(edited, TODAY, effort)
        assert check_plan(edited, again) == ()
        after = row(again, found.id)
        assert after.why.code not in {"late_nobody", "late_taken"}, (found.why, after.why)
        assert late_days(after) <= late, (found.why, after.why)
        assert late or after.margin_eaten <= eaten, (found.why, after.why)


def late_days(found: PublicationPlan) -> int:
    """The days that a row is late; one, where it is late by days off alone."""
    assert found.forecast is not None
    assert found.delivery is not None
    return max(1, found.late_days or 0) if found.forecast > found.delivery else 0


def offers(found: PublicationPlan, workspace: Workspace) -> list[tuple[Publication, int, int]]:
    """Each row that Why tells to change, with the days late and the days of margin eaten that it promises."""
    rows = {own.id: own for own in workspace.publications}
    here = rows[found.id]
    least = (0, 999) if found.flag is Flag.RED else (0, 0)
    made = []
    reason = found.why.remedy
    while reason:
        if (day := reason.facts.get("date")) is not None:
            assert isinstance(day, date)
            made.append((replace(here, delivery=day), *least))
        if reason.code != "remedy_date":
            late, eaten = reason.facts.get("late"), reason.facts.get("eaten")
            assert isinstance(late, int | None)
            assert isinstance(eaten, int | None)
            promised = least if not (late or eaten) else (late or 0, eaten or 999)
            of_whom = rows[str(reason.facts.get("id", found.id))]
            made.append((edited(of_whom, reason), *promised))
        reason = reason.remedy
    return made


def edited(here: Publication, reason: Reason) -> Publication:
    """The row with the cell changed that a sentence is about."""
    step, person, days = (reason.facts.get(name) for name in ("step", "person", "days"))
    match reason.code.removesuffix("_partly"):
        case "remedy_owner" | "remedy_owner_of":
            return replace(here, pins={**here.pins, str(step): str(person)})
        case "remedy_not_before":
            return replace(here, not_before=None)
        case "remedy_days":
            assert isinstance(days, float)
            return replace(here, days={**here.days, str(step): int(days * 4)})
        case "remedy_skip":
            return replace(here, skip=here.skip | {str(step)})
        case "remedy_priority":
            return replace(here, priority=Priority.LOW)
    raise AssertionError(reason)


def test_another_owner() -> None:
    """Bob is pinned and away for two weeks: Cy could take Design, and the row would be in time."""
    found = way_out(
        drawn_workspace(
            """
            | ID  | Publication | Type | Delivery date | Owners      |
            | P-1 | Autumn tips | Post | 2026-12-04    | Design: Bob |
            """,
            Team=TWO_DESIGNERS,
            Time_off=BOB_AWAY,
        )
    )
    assert found.code == "remedy_owner"
    assert (found.facts["person"], found.facts["date"]) == ("Cy", date(2026, 12, 9))


def test_an_owner_who_does_not_save_all_of_it() -> None:
    """Cy comes back sooner than Bob, yet not soon enough: the figure that is left is told, and the date that would do."""
    found = way_out(
        drawn_workspace(
            """
            | ID  | Publication | Type | Delivery date | Owners      |
            | P-1 | Autumn tips | Post | 2026-12-01    | Design: Bob |
            """,
            Team=TWO_DESIGNERS,
            Time_off=BOB_AWAY + "\n| Cy | 2026-11-23 | 2026-11-30 |",
        )
    )
    assert (found.code, found.facts["person"], found.facts["late"]) == (
        "remedy_owner_partly",
        "Cy",
        2,
    )
    assert found.remedy == Reason(code="remedy_date", facts={"date": date(2026, 12, 9)})


def test_not_before_lifted() -> None:
    """Nothing but Not before keeps the row from being in time."""
    found = way_out(
        drawn_workspace("""
            | ID  | Publication | Type | Delivery date | Not before |
            | P-1 | Autumn tips | Post | 2026-12-04    | 2026-12-03 |
        """)
    )
    assert (found.code, found.facts["date"]) == ("remedy_not_before", date(2026, 12, 8))


def test_a_wait_shortened() -> None:
    """Three days of steps for three days of time, publishing among them: the wait can give a little."""
    found = way_out(
        drawn_workspace(
            """
            | ID  | Publication | Type | Delivery date |
            | P-1 | Autumn tips | Post | 2026-11-25    |
            """,
            Workflows=WITH_APPROVAL,
        )
    )
    assert (found.code, found.facts["step"], found.facts["days"]) == (
        "remedy_days",
        "Approval",
        1.5,
    )


def test_a_wait_skipped() -> None:
    """Delivery is tomorrow: half of the wait would still be too much, only without it the post can go out."""
    found = way_out(
        drawn_workspace(
            """
            | ID  | Publication | Type | Delivery date |
            | P-1 | Autumn tips | Post | 2026-11-24    |
            """,
            Workflows=WITH_APPROVAL,
        )
    )
    assert (found.code, found.facts["step"]) == ("remedy_skip", "Approval")


def test_only_a_later_date() -> None:
    """The delivery date has passed and no step can go: the day on which it can be out is all that is left."""
    found = way_out(
        drawn_workspace("""
            | ID  | Publication | Type | Delivery date |
            | P-1 | Autumn tips | Post | 2026-11-20    |
        """)
    )
    assert found == Reason(code="remedy_date", facts={"date": date(2026, 11, 26)})


def test_a_margin_that_is_eaten() -> None:
    """Amber: a date a day later would keep the margin of two days whole, and so would half a day less of Design."""
    workspace = drawn_workspace(
        """
        | ID  | Publication | Type | Delivery date |
        | P-1 | Autumn tips | Post | 2026-11-26    |
        """,
        Settings="| Setting | Value |\n| Safety margin | 2 |",
        Workflows=WITH_APPROVAL,
    )
    assert row(plan(workspace, TODAY)).flag is Flag.AMBER
    found = way_out(workspace)
    assert (found.facts["step"], found.facts["date"]) == ("Approval", date(2026, 11, 27))


def test_publishing_on_a_half_day() -> None:
    """Publishing takes a whole day and Thursday is a half day: half a day of it would do."""
    workspace = drawn_workspace(
        """
        | ID  | Publication | Type | Delivery date |
        | P-1 | Autumn tips | Post | 2026-12-03    |
        """,
        Workflows="""
        | Type | Step    | Skill | Days | Hours | Kind    |
        | Post | Copy    | Words | 1    | 3     | work    |
        | Post | Publish | Words | 1    | 1     | publish |
        """,
        Settings="| Setting | Value |\n| Working days | Sat-Wed, Thu/2 |",
    )
    assert row(plan(workspace, TODAY)).why.code == "late_publish_half"
    found = way_out(workspace)
    assert (found.code, found.facts["step"], found.facts["days"]) == ("remedy_days", "Publish", 0.5)


def test_nobody_is_offered_their_own_work_to_approve() -> None:
    """Ann is away and could not approve in time; Bob could, but he does the design: he is not offered."""
    workspace = drawn_workspace(
        """
        | ID  | Publication | Type | Delivery date | Owners      |
        | P-1 | Autumn tips | Post | 2026-11-26    | Design: Bob |
        """,
        Workflows="""
        | Type | Step    | Skill | Days | Hours | Kind    | Not by |
        | Post | Design  | Art   | 1    | 3     | work    |        |
        | Post | Approve | Art   | 0.5  | 1     | work    | Design |
        | Post | Publish | Art   | 0.25 | 0     | publish |        |
        """,
        Team="| Name | Skills |\n| Ann | Art |\n| Bob | Art |",
        Time_off="| Name | From | To |\n| Ann | 2026-11-23 | 2026-12-02 |",
    )
    why = row(plan(workspace, TODAY)).why
    assert why.code == "late_away"
    assert why.remedy
    assert why.remedy.facts.get("person") != "Bob"


def test_a_lower_priority_elsewhere() -> None:
    """Bob has twelve hours up to Tuesday for three designs of six: with one of the others at Low, this one has them."""
    found = way_out(
        drawn_workspace("""
            | ID  | Publication | Type | Delivery date | Priority | Skip | Days      |
            | P-1 | Autumn tips | Post | 2026-11-24    | Normal   | Copy | Design: 1 |
            | P-2 | Winter tips | Post | 2026-11-24    | Urgent   | Copy | Design: 1 |
            | P-3 | Summer tips | Post | 2026-11-24    | Urgent   | Copy | Design: 1 |
        """)
    )
    assert (found.code, found.facts["priority"]) == ("remedy_priority", "Low")
    assert found.facts["id"] in {"P-2", "P-3"}
    assert found.facts["date"] == date(2026, 11, 26)


def test_the_chain_that_binds() -> None:
    """Step by step who is waited for, since when and until when, and because of which row."""
    workspace = drawn_workspace("""
        | ID  | Publication | Type | Delivery date | Priority | Skip | Days      |
        | P-1 | Autumn tips | Post | 2026-11-24    | Low      | Copy | Design: 1 |
        | P-2 | Winter tips | Post | 2026-11-24    | Urgent   | Copy | Design: 1 |
        | P-3 | Summer tips | Post | 2026-11-24    |          | Copy | Design: 1 |
    """)
    wait, design = row(plan(workspace, TODAY)).chain
    assert wait.code == "chain_busy"
    assert (wait.facts["step"], wait.facts["owner"]) == ("Design", "Bob")
    assert (wait.facts["since"], wait.facts["until"]) == (TODAY, date(2026, 11, 24))
    assert wait.facts["other"] in {"P-2", "P-3"}
    assert (design.code, design.facts["since"]) == ("chain_step", date(2026, 11, 25))


def test_what_helps_a_row_that_is_in_time() -> None:
    """Explain tries a row that needs no remedy, too: what is offered brings it forward."""
    workspace = drawn_workspace("""
        | ID  | Publication | Type | Delivery date | Current step |
        | P-1 | Autumn tips | Post | 2026-12-04    | Copy         |
    """)
    made = plan(workspace, TODAY)
    before = row(made)
    for remedy in what_helps(workspace, made, "P-1", "Design"):
        assert before.ready_by
        assert remedy.outcome.ready_by
        assert remedy.outcome.ready_by < before.ready_by


@given(
    seed=st.integers(min_value=0, max_value=100_000), size=st.integers(min_value=4, max_value=14)
)
def test_what_is_offered_keeps_its_promise(seed: int, size: int) -> None:
    """Whatever Why offers, typed into the sheet and planned again, leaves the row as promised or better."""
    workspace = generate_workspace(seed, size)
    made = plan(workspace, TODAY, Effort.FAST)
    troubled = [found for found in made.publications if found.why.remedy]
    for found in troubled[:4]:
        check_promises(workspace, made, found, Effort.FAST)


@pytest.mark.skipif(not can_compile(), reason="needs numba")
@pytest.mark.parametrize("seed", [1, 4, 9])
def test_the_compiled_kernel_offers_the_same(seed: int) -> None:
    """Edits are tried by the plain kernel and by the compiled one with the same results."""
    workspace = generate_workspace(seed, 30)
    plain, compiled = (
        plan(workspace, TODAY, Effort.FAST, kernel=kernel())
        for kernel in (plain_kernel, compiled_kernel)
    )
    assert plain == compiled


@given(seed=st.integers(min_value=0, max_value=100_000))
def test_a_version_of_a_job_is_the_job_of_the_changed_row(seed: int) -> None:
    """What is kept of a job while edits are tried is what it would be if the row were read anew."""
    workspace = generate_workspace(seed, 6)
    crew = crew_of(workspace)
    maker = JobMaker(workspace, crew, TODAY)
    for here in jobs_of(workspace, crew, TODAY):
        for task in here.tasks:
            name = task.step.name
            for changed in (
                replace(here.row, days={**here.row.days, name: 3}),
                replace(here.row, pins={**here.row.pins, name: crew.names[0]}),
                replace(here.row, pins={}, not_before=None),
                replace(here.row, skip=here.row.skip | {name}),
            ):
                if task.step.kind is not Kind.PUBLISH and not task.current:
                    assert maker.version(here, changed) == maker.job(changed)
