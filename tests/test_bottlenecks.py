"""Bottlenecks: who is asked for more hours than they have, in which weeks, and which rows are late for it."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import generate_workspace
from plans import planned, row
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import Plan, State
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.domain.workflow import Kind
from sheetflow.engine.load.overloads import LEAST_HOURS, LEAST_SHARE, overloads
from sheetflow.engine.load.pools import MOST_CELLS, bits, pools_of
from sheetflow.engine.planner import Effort, plan
from sheetflow.errors import Severity
from sheetflow.translate.bottlenecks import bottleneck_problems
from sheetflow.translate.language import Tongue
from sheets import TODAY

ONE_FOR_BOTH = """
    | Name | Skills     | Hours per day |
    | Ann  | Words, Art | 6             |
"""
SAT_TO_WED = """
    | Setting      | Value   |
    | Working days | Sat-Wed |
"""
WIDE_MARGIN = """
    | Setting       | Value |
    | Safety margin | 3     |
"""
WITHOUT_MARGIN = """
    | Setting       | Value |
    | Safety margin | 0     |
"""


def posts(*deliveries: str) -> str:
    """A tab of so many posts, to be published on these days; `5 x 12-04` are five on that day."""
    days = []
    for text in deliveries:
        count, _, day = text.rpartition(" x ")
        days += [day] * int(count or 1)
    head = "| ID | Publication | Type | Delivery date |"
    rows = (f"| P-{n:02} | Post {n} | Post | 2026-{day} |" for n, day in enumerate(days, start=1))
    return "\n".join([head, *rows])


def said(made: Plan, language: Language = Language.EN) -> list[str]:
    """The sentences of a plan's bottlenecks."""
    calendar = CalendarSystem.JALALI if language is Language.FA else CalendarSystem.GREGORIAN
    tongue = Tongue(language, calendar, made.today)
    return [tongue.problem(problem)[0] for problem in bottleneck_problems(made)]


def asked(made: Plan, skill: str) -> dict[date, float]:
    """The hours that a skill is asked for, by day."""
    return {d.date: d.hours for part in made.demand if part.skill == skill for d in part.days}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            Language.EN,
            (
                "Art is booked to 240 % in the week of Mon 30 Nov: 42 h too much, 30 h of which can be done"
                " before; 4 rows will be late for it ({ids})."
            ),
        ),
        (
            Language.ID,
            (
                "Art terisi 240 % pada minggu Sen 30 Nov: kelebihan 42 jam, 30 jam di antaranya bisa"
                " dikerjakan sebelumnya; 4 baris akan terlambat karenanya ({ids})."
            ),
        ),
        (
            Language.FA,
            (
                "«Art» در هفتهٔ دوشنبه ۹ آذر تا ۲۴۰٪ پر است: ۴۲ ساعت بیش از توان، که ۳۰ ساعت آن را"
                " می‌توان پیش از آن انجام داد؛ ۴ سطر به همین دلیل دیر می‌شود ({ids})."
            ),
        ),
    ],
)
def test_a_skill_that_is_short_is_said_aloud(language: Language, sentence: str) -> None:
    """Twelve posts need 72 hours of design in a week that has 30: the skill, the week, the hours and the late rows."""
    made = planned(posts("12 x 12-04"))
    late = [each.id for each in made.publications if each.late_days]
    comma = "، " if language is Language.FA else ", "
    assert len(late) == 4
    assert said(made, language) == [sentence.format(ids=comma.join(late))]
    (problem,) = bottleneck_problems(made)
    assert (problem.severity, problem.sheet, problem.cell) == (Severity.WARNING, "", "")


def test_the_way_out_is_told() -> None:
    """What to do names the skill."""
    (problem,) = bottleneck_problems(planned(posts("12 x 12-04")))
    assert Tongue(Language.EN, CalendarSystem.GREGORIAN, TODAY).problem(problem)[1] == (
        "Move some of the delivery dates, give the skill Art to somebody who has time, or skip steps."
    )


def test_what_an_early_start_takes_is_not_said() -> None:
    """A week that is over its hours harms nobody where the work fits in before: only the demand shows it."""
    made = planned(posts("6 x 12-04"))
    assert {each.late_days for each in made.publications} == {0}
    assert asked(made, "Art") == {date(2026, 12, 2): 18, date(2026, 12, 3): 18}
    assert made.bottlenecks == ()


def test_two_skills_of_one_person_are_looked_at_together() -> None:
    """Neither skill is over by itself; the person who has both is."""
    made = planned(posts("4 x 11-27"), team=ONE_FOR_BOTH)
    (found,) = made.bottlenecks
    assert found.skills == ("Art", "Words")
    assert found.booked_share == pytest.approx((4 * 9 + 4 * 0.25) / 30, abs=1e-4)
    assert said(made)[0].startswith(
        "Art, Words together are booked to 123 % in the week of Mon 23 Nov: 7 h too much; "
    )


def test_a_lost_margin_is_a_note() -> None:
    """Where nobody is late, and days of the margin are lost, it is no warning."""
    made = planned(posts("8 x 12-04"), Settings=WIDE_MARGIN)
    (problem,) = bottleneck_problems(made)
    assert not any(each.late_days for each in made.publications)
    assert problem.severity is Severity.NOTE
    squeezed = ", ".join(each.id for each in made.publications if each.flag is Flag.AMBER)
    says = "Art is booked to 160 % in the week of Mon 30 Nov: 18 h too much; 2 rows will lose days"
    assert said(made) == [f"{says} of the margin ({squeezed})."]


@pytest.mark.parametrize(
    ("deliveries", "weeks"),
    [
        (("9 x 11-27", "8 x 12-04"), "in the weeks of Mon 23 Nov and Mon 30 Nov:"),
        (("9 x 11-27", "7 x 12-04", "7 x 12-11"), "in the 3 weeks from Mon 23 Nov:"),
    ],
)
def test_weeks_in_a_row_are_told_as_one(deliveries: tuple[str, ...], weeks: str) -> None:
    """Two weeks are named, more are counted."""
    (sentence,) = said(planned(posts(*deliveries)))
    assert weeks in sentence


def test_weeks_begin_where_the_team_s_do() -> None:
    """A team that works from Saturday to Wednesday counts its weeks from Saturday."""
    made = planned(posts("12 x 12-02"), Settings=SAT_TO_WED)
    assert {found.first_week for found in made.bottlenecks} == {date(2026, 11, 28)}


def test_what_is_overdue_counts_this_week() -> None:
    """Hours that should have been worked before today are asked for today."""
    made = planned(posts("11-24"), Settings=WITHOUT_MARGIN)
    assert asked(made, "Words") == {TODAY: 3, date(2026, 11, 24): 0.25}
    assert asked(made, "Art") == {TODAY: 3, date(2026, 11, 24): 3}


def test_roles_have_no_bottleneck() -> None:
    """Without a Team tab capacity has no limit, so nothing is asked of anybody."""
    made = planned(posts("12 x 11-24"), team=None)
    assert (made.demand, made.bottlenecks) == ((), ())


def test_rows_that_are_late_for_themselves_are_not_counted() -> None:
    """A row whose own steps take too long is late, but not for want of people."""
    made = planned(posts("11-24"))
    assert row(made, "P-01").late_days
    assert made.bottlenecks == ()


@pytest.mark.parametrize("seed", range(12))
def test_every_hour_is_asked_for_once(seed: int) -> None:
    """The demand of the skills is the work of the steps whose owner has the skill, neither more nor less."""
    made = plan(generate_workspace(seed, 15), TODAY, Effort.FAST)
    skills = {person.name: person.skills for person in made.people}
    hours = sum(
        step.hours
        for each in made.publications
        for step in each.steps
        if step.kind is not Kind.WAIT
        and step.state is not State.DONE
        and step.skill in skills.get(step.owner or "", ())
    )
    total = sum(day.hours for part in made.demand for day in part.days)
    assert total == pytest.approx(hours, abs=0.05)


def test_there_are_never_too_many_sets() -> None:
    """Forty skills that hang together have ten thousand sets of three: then only the smaller sets are looked at."""
    names = [f"S{number:02}" for number in range(40)]
    demand = {name: [1.0] * 52 for name in names}
    able = {name: [number, number + 1] for number, name in enumerate(names)}
    hub = {name: [*people, 41] for name, people in able.items()}
    pools = pools_of(demand, hub, [[30.0] * 52 for _ in range(42)])
    assert len(pools) <= MOST_CELLS // 52 + 1
    assert {pool.size for pool in pools.values()} == {1, 2, 40}


weeks_of_hours = st.lists(st.integers(min_value=0, max_value=60), min_size=1, max_size=9)


@given(hours=weeks_of_hours)
def test_the_fullest_run_of_weeks_is_found(hours: list[int]) -> None:
    """Of all runs of weeks, the one that is over by most is told, and every run that is told is over."""
    pools = pools_of({"Art": [float(h) for h in hours]}, {"Art": [0]}, [[30.0] * len(hours)])
    found = overloads(pools, lambda _: True)
    runs = combinations(range(len(hours) + 1), 2)
    most = max(sum(hours[a:b]) - 30 * (b - a) for a, b in runs)
    assert all(over.share >= LEAST_SHARE and over.over >= LEAST_HOURS for over in found)
    if most > 30 * len(hours) * (LEAST_SHARE - 1):
        assert max(over.over for over in found) == most


@given(
    hours=st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)),
        min_size=1,
        max_size=4,
    )
)
def test_no_overload_of_shared_people_is_missed(hours: list[tuple[int, int, int]]) -> None:
    """Whatever skills are asked for too much, in whatever weeks: something is told of these people and weeks."""
    able = {"A": [0, 1], "B": [1, 2], "C": [2, 3]}
    demand = {name: [float(week[n]) for week in hours] for n, name in enumerate(able)}
    capacity = [[10.0] * len(hours)] * 4
    pools = pools_of(demand, able, capacity)
    found = overloads(pools, lambda _: True)
    for pool in pools.values():
        for week in range(len(hours)):
            if pool.share(week, week) > 1.2:
                assert any(
                    over.first <= week <= over.last and over.pool.people & pool.people
                    for over in found
                )
    assert all(set(bits(over.pool.skills)) <= {0, 1, 2} for over in found)
