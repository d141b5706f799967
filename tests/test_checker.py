"""The checker passes a right plan and sees every kind of damage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from damage import Damage
from damages import BY_HAND, GENERAL
from generator import TODAY, generate_workspace
from hand_made import WORKSPACE
from hand_plan import PLAN
from sheetflow.checker import check_plan
from sheetflow.domain.history import LastStep
from sheetflow.domain.plan import State
from sheetflow.engine.planner import Effort, plan


def test_a_right_plan_passes() -> None:
    """A plan worked out on paper breaks no rule."""
    assert check_plan(WORKSPACE, PLAN) == ()


@pytest.mark.parametrize("name", [*GENERAL, *BY_HAND])
def test_damage_is_seen(name: str) -> None:
    """Each way to spoil the plan is reported by the rule that it breaks."""
    damage: Damage = {**GENERAL, **BY_HAND}[name]
    spoilt = damage.spoil(PLAN)
    assert spoilt is not None
    assert damage.rule in {found.rule for found in check_plan(WORKSPACE, spoilt)}


def test_damage_is_of_many_kinds() -> None:
    """There are far more than twenty ways to spoil a plan."""
    assert len(GENERAL) + len(BY_HAND) >= 50
    assert len({damage.rule for damage in (*GENERAL.values(), *BY_HAND.values())}) >= 25


def test_a_current_step_stays_with_its_owner() -> None:
    """Who had a current step by the last plan goes on with it, even where another could."""
    key = ("P-2", "Picture")
    lent = replace(
        WORKSPACE,
        last_plan={
            **WORKSPACE.last_plan,
            key: LastStep(
                id=key[0], step=key[1], owner="Dewi", start=None, due=None, state=State.NOW
            ),
        },
        people=(
            *(WORKSPACE.people or ()),
            replace((WORKSPACE.people or ())[1], name="Dewi", skills=("Designer",)),
        ),
    )
    assert "current-owner" in {found.rule for found in check_plan(lent, PLAN)}


def test_a_step_that_runs_again_takes_its_share() -> None:
    """A step of the last plan that was finished and is planned once more takes half its time."""
    again = LastStep(
        id="P-1", step="Text", owner="Budi", start=None, due=date(2026, 11, 20), state=State.DONE
    )
    memory = replace(WORKSPACE, last_plan={**WORKSPACE.last_plan, ("P-1", "Text"): again})
    assert {"duration", "hours"} <= {found.rule for found in check_plan(memory, PLAN)}


@pytest.mark.parametrize("seed", [0, 7, 20])
def test_damage_to_generated_plans_is_seen(seed: int) -> None:
    """What spoils the plan made by hand spoils plans of the planner too."""
    workspace = generate_workspace(seed, 25)
    made = plan(workspace, TODAY, Effort.FAST)
    unseen = [
        name
        for name, damage in GENERAL.items()
        if (spoilt := damage.spoil(made)) is not None and not check_plan(workspace, spoilt)
    ]
    assert unseen == []


def test_hundreds_of_publications_are_checked_quickly() -> None:
    """The proof of 300 publications takes a fraction of a second."""
    workspace = generate_workspace(1, 300)
    made = plan(workspace, TODAY, Effort.FAST)
    begun = process_time()
    check_plan(workspace, made)
    assert process_time() - begun < 2
