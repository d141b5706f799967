"""What a plan looks like: section 3 of the contract, one small sheet for each rule."""

from __future__ import annotations

from datetime import date

from plans import drawn, planned, row, step, text
from sheetflow.domain.flag import Flag

ONE = """
    | ID  | Publication | Type | Delivery date |
    | P-1 | Autumn tips | Post | 2026-12-04    |
"""


def test_steps_lie_as_late_as_the_margin_allows() -> None:
    """A margin of a day (a fifth of three) before publishing on Friday: ready by Thursday."""
    made = planned(ONE)
    assert drawn(made) == text("""
        Copy: Ann, Tue 1 Dec.0 - Tue 1 Dec.3, 3 h
        Design: Bob, Wed 2 Dec.0 - Thu 3 Dec.3, 6 h
        Publish: Ann, Fri 4 Dec.3 - Fri 4 Dec.3, 0.25 h
    """)
    found = row(made)
    assert (found.start_by, found.ready_by, found.forecast) == (
        date(2026, 12, 1),
        date(2026, 12, 3),
        date(2026, 12, 4),
    )
    assert (found.slack_days, found.late_days, found.flag) == (1, 0, Flag.GREEN)


def test_days_off_interrupt_a_step() -> None:
    """Bob is away on Wednesday: his two days are Tuesday and Thursday."""
    made = planned(ONE, Time_off="| Name | From | To |\n| Bob | 2026-12-02 | 2026-12-02 |")
    assert "Design: Bob, Tue 1 Dec.0 - Thu 3 Dec.3" in drawn(made)
    assert "Copy: Ann, Mon 30 Nov.0 - Mon 30 Nov.3" in drawn(made)


def test_a_step_is_stretched_where_its_hours_do_not_fit() -> None:
    """Three hours in a day do not fit somebody who works two: the step takes a day and a half."""
    made = planned(ONE, team="| Name | Skills | Hours per day |\n| Ann | Words, Art | 2 |")
    assert drawn(made) == text("""
        Copy: Ann, Fri 27 Nov.2 - Mon 30 Nov.3, 3 h
        Design: Ann, Tue 1 Dec.0 - Thu 3 Dec.3, 6 h
        Publish: Ann, Fri 4 Dec.3 - Fri 4 Dec.3, 0.25 h
    """)
    assert step(made, "Copy").quarters == 6


def test_capacity_counts_by_the_day() -> None:
    """Two posts for one day: Bob's six hours a day hold both designs of three hours a day."""
    made = planned("""
        | ID  | Publication | Type | Delivery date |
        | P-1 | Autumn tips | Post | 2026-12-04    |
        | P-2 | Winter tips | Post | 2026-12-04    |
    """)
    assert step(made, "Design", "P-1").start == step(made, "Design", "P-2").start


def test_what_does_not_fit_starts_earlier() -> None:
    """A third design of the same days is too much for Bob: one of the three begins sooner."""
    made = planned("""
        | ID  | Publication | Type | Delivery date |
        | P-1 | Autumn tips | Post | 2026-12-04    |
        | P-2 | Winter tips | Post | 2026-12-04    |
        | P-3 | Summer tips | Post | 2026-12-04    |
    """)
    starts = sorted(step(made, "Design", id_).start for id_ in ("P-1", "P-2", "P-3"))  # type: ignore[type-var]
    assert starts == [date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 2)]
    assert {found.flag for found in made.publications} == {Flag.GREEN}


def test_a_late_row_eats_its_margin_first() -> None:
    """Three days of work, delivery on the third day from today: no margin is left, and it is late by a day."""
    made = planned(ONE.replace("2026-12-04", "2026-11-25"))
    found = row(made)
    assert (found.ready_by, found.forecast) == (date(2026, 11, 25), date(2026, 11, 26))
    assert (found.slack_days, found.late_days, found.flag) == (0, 1, Flag.RED)
    assert found.why.code == "late_short"


def test_eaten_margin_is_amber() -> None:
    """Delivery on the fourth day and a margin of two: three days of work leave one of them."""
    made = planned(
        ONE.replace("2026-12-04", "2026-11-26"),
        Settings="| Setting | Value |\n| Safety margin | 2 |",
    )
    found = row(made)
    assert (found.slack_days, found.late_days, found.flag) == (1, 0, Flag.AMBER)
    assert found.why.code == "margin_squeezed"


def test_nothing_starts_before_not_before() -> None:
    """Not before holds for the first step, and the row is late for it."""
    made = planned("""
        | ID  | Publication | Type | Delivery date | Not before |
        | P-1 | Autumn tips | Post | 2026-12-04    | 2026-12-03 |
    """)
    assert step(made, "Copy").start == date(2026, 12, 3)
    assert row(made).why.code == "late_not_before"


def test_a_post_goes_live_on_a_day_off_by_itself() -> None:
    """Delivery on a Sunday: quarter 3, nobody, no hours; the margin counts working days."""
    made = planned(ONE.replace("2026-12-04", "2026-12-06"))
    assert "Publish: nobody, Sun 6 Dec.3 - Sun 6 Dec.3, 0 h" in drawn(made)
    assert row(made).ready_by == date(2026, 12, 3)


def test_the_current_step_goes_on_today_and_what_it_waits_for_is_done() -> None:
    """Design is being worked on: Copy is done, Design goes on today, and Start by is blank."""
    made = planned("""
        | ID  | Publication | Type | Delivery date | Current step |
        | P-1 | Autumn tips | Post | 2026-12-04    | Design       |
    """)
    assert drawn(made) == text("""
        Copy: done
        Design: Bob, Mon 23 Nov.0 - Tue 24 Nov.3, 6 h
        Publish: Ann, Fri 4 Dec.3 - Fri 4 Dec.3, 0.25 h
    """)
    assert row(made).start_by is None


def test_what_is_left_of_a_current_step_shrinks_with_the_days_since_it_began() -> None:
    """Design began on Friday: one of its two days is left, and half its hours."""
    made = planned(
        """
        | ID  | Publication | Type | Delivery date | Current step |
        | P-1 | Autumn tips | Post | 2026-12-04    | Design       |
        """,
        History="""
        | When       | ID  | Step   | Event   | Owner | Due        | Note |
        | 2026-11-20 | P-1 | Design | started | Bob   | 2026-11-23 |      |
        """,
    )
    assert "Design: Bob, Mon 23 Nov.0 - Mon 23 Nov.3, 3 h" in drawn(made)


def test_a_current_step_past_its_promised_day_is_amber() -> None:
    """History promised Friday; today is Monday and Design goes on."""
    made = planned(
        """
        | ID  | Publication | Type | Delivery date | Current step |
        | P-1 | Autumn tips | Post | 2026-12-04    | Design       |
        """,
        History="""
        | When       | ID  | Step   | Event   | Owner | Due        | Note |
        | 2026-11-19 | P-1 | Design | started | Bob   | 2026-11-20 |      |
        """,
    )
    assert row(made).flag is Flag.AMBER
    assert row(made).why.code == "amber_promise"
    assert step(made, "Design").flag is Flag.AMBER


def test_a_step_that_was_sent_back_runs_again_at_the_rework_factor() -> None:
    """The last plan had Copy done and Design running; now the row is back at Copy: both take half."""
    made = planned(
        """
        | ID  | Publication | Type | Delivery date | Current step |
        | P-1 | Autumn tips | Post | 2026-12-04    | Copy         |
        """,
        Steps="""
        | ID  | Publication | Step   | Owner | Start      | Due        | State |
        | P-1 | Autumn tips | Copy   | Ann   |            |            | Done  |
        | P-1 | Autumn tips | Design | Bob   | 2026-11-20 | 2026-11-23 | Now   |
        """,
    )
    assert "Copy: Ann, Mon 23 Nov.0 - Mon 23 Nov.1, 1.5 h" in drawn(made)
    assert (step(made, "Design").quarters, step(made, "Design").hours) == (4, 3)


def test_a_step_waits_for_what_a_skipped_one_waited_for() -> None:
    """Without Design, Publish waits for Copy."""
    made = planned("""
        | ID  | Publication | Type | Delivery date | Skip   |
        | P-1 | Autumn tips | Post | 2026-12-04    | Design |
    """)
    assert drawn(made) == text("""
        Copy: Ann, Thu 3 Dec.0 - Thu 3 Dec.3, 3 h
        Publish: Ann, Fri 4 Dec.3 - Fri 4 Dec.3, 0.25 h
    """)


def test_a_rows_own_days_leave_its_hours() -> None:
    """Half a day of Copy for this row alone; its three hours stay, and fit in two quarters of six hours a day."""
    made = planned("""
        | ID  | Publication | Type | Delivery date | Days      |
        | P-1 | Autumn tips | Post | 2026-12-04    | Copy: 0.5 |
    """)
    assert "Copy: Ann, Tue 1 Dec.2 - Tue 1 Dec.3, 3 h" in drawn(made)


def test_blank_hours_come_from_days_and_focus() -> None:
    """Two days of somebody who works six hours, at three quarters focus: nine hours."""
    made = planned(
        ONE,
        workflows="""
        | Type | Step    | Skill | Days | Hours | Kind    |
        | Post | Design  | Art   | 2    |       | work    |
        | Post | Publish | Art   | 0.25 | 0     | publish |
        """,
    )
    assert step(made, "Design").hours == 9


def test_waiting_takes_days_and_nobodys_capacity() -> None:
    """Approval by the client takes two days of the team's calendar; Ann chases it and loses no hours."""
    made = planned(
        ONE,
        workflows="""
        | Type | Step     | Skill | Days | Hours | Kind    |
        | Post | Design   | Art   | 1    | 3     | work    |
        | Post | Approval | Words | 2    | 0.25  | wait    |
        | Post | Publish  | Words | 0.25 | 0.25  | publish |
        """,
    )
    waiting = step(made, "Approval")
    assert (waiting.owner, waiting.load, waiting.quarters) == ("Ann", (), 8)


def test_follow_ups_run_forward_from_publishing() -> None:
    """Monitoring begins on the working day after the publish step and does not touch Ready by."""
    made = planned(
        ONE,
        workflows="""
        | Type | Step    | Skill | Days | Hours | Kind      |
        | Post | Copy    | Words | 1    | 3     | work      |
        | Post | Publish | Words | 0.25 | 0.25  | publish   |
        | Post | Watch   | Words | 5    | 1     | follow-up |
        """,
    )
    assert "Watch: Ann, Mon 7 Dec.0 - Fri 11 Dec.3, 1 h" in drawn(made)


def test_nobody_approves_their_own_work() -> None:
    """Both can design and approve: whoever designs, the other approves."""
    made = planned(
        ONE,
        workflows="""
        | Type | Step    | Skill | Days | Hours | Kind    | Not by |
        | Post | Design  | Art   | 1    | 3     | work    |        |
        | Post | Approve | Art   | 0.5  | 1     | work    | Design |
        | Post | Publish | Art   | 0.25 | 0     | publish |        |
        """,
        team="| Name | Skills |\n| Ann | Art |\n| Bob | Art |",
    )
    assert step(made, "Design").owner != step(made, "Approve").owner


def test_a_pin_is_never_overruled() -> None:
    """Cy is pinned though he is away until the delivery date: the row is red and Cy keeps the step."""
    made = planned(
        """
        | ID  | Publication | Type | Delivery date | Owners     |
        | P-1 | Autumn tips | Post | 2026-12-04    | Design: Cy |
        """,
        team="| Name | Skills |\n| Ann | Words |\n| Bob | Art |\n| Cy | Art |",
        Time_off="| Name | From | To |\n| Cy | 2026-11-23 | 2026-12-04 |",
    )
    assert step(made, "Design").owner == "Cy"
    assert step(made, "Design").pinned
    assert row(made).flag is Flag.RED
    assert row(made).why.code == "late_away"


def test_a_skill_that_nobody_has_turns_the_row_red() -> None:
    """Nobody can design: the step has no owner, lies on the team's calendar, and Why says so."""
    made = planned(ONE, team="| Name | Skills |\n| Ann | Words |")
    assert "Design: nobody, Wed 2 Dec.0 - Thu 3 Dec.3, 6 h" in drawn(made)
    assert row(made).flag is Flag.RED
    assert row(made).why.code == "late_nobody"


def test_somebody_who_leaves_gets_no_work_after_that() -> None:
    """Bob's last day is Monday: Design waits for nobody but is done before he goes, or has no owner."""
    made = planned(
        ONE,
        team="| Name | Skills | Until |\n| Ann | Words | |\n| Bob | Art | 2026-11-24 |",
    )
    assert step(made, "Design").owner is None
    assert row(made).flag is Flag.RED


def test_without_a_team_skills_stand_in_for_people() -> None:
    """Three columns are enough: the owner is the skill, capacity has no limit."""
    made = planned(
        """
        | ID  | Publication | Type | Delivery date |
        | P-1 | Autumn tips | Post | 2026-12-04    |
        | P-2 | Winter tips | Post | 2026-12-04    |
        | P-3 | Summer tips | Post | 2026-12-04    |
        """,
        team=None,
    )
    assert {step(made, "Design", id_).owner for id_ in ("P-1", "P-2", "P-3")} == {"Art"}
    assert {step(made, "Design", id_).start for id_ in ("P-1", "P-2", "P-3")} == {date(2026, 12, 2)}
    assert made.people == ()


def test_work_goes_to_the_least_loaded() -> None:
    """Two designers and two posts for the same day: one each."""
    made = planned(
        """
        | ID  | Publication | Type | Delivery date |
        | P-1 | Autumn tips | Post | 2026-12-04    |
        | P-2 | Winter tips | Post | 2026-12-04    |
        """,
        team="| Name | Skills |\n| Ann | Words |\n| Bob | Art |\n| Cy | Art |",
    )
    assert {step(made, "Design", id_).owner for id_ in ("P-1", "P-2")} == {"Bob", "Cy"}


def test_the_lighter_row_is_late_where_one_must_be() -> None:
    """Bob has twelve hours up to Tuesday for three designs of six: the low one waits, whatever the order of the rows."""
    made = planned("""
        | ID  | Publication | Type | Delivery date | Priority | Skip | Days      |
        | P-1 | Autumn tips | Post | 2026-11-24    | Low      | Copy | Design: 1 |
        | P-2 | Winter tips | Post | 2026-11-24    | Urgent   | Copy | Design: 1 |
        | P-3 | Summer tips | Post | 2026-11-24    |          | Copy | Design: 1 |
    """)
    assert [row(made, id_).late_days for id_ in ("P-1", "P-2", "P-3")] == [2, 0, 0]


def test_grey_rows_take_nobodys_time() -> None:
    """Rows on hold, done, cancelled or still ideas are listed without steps."""
    made = planned("""
        | ID  | Publication | Type | Delivery date | Status    | Current step |
        | P-1 | Autumn tips | Post | 2026-12-04    | On hold   |              |
        | P-2 | Winter tips | Post | 2026-12-04    | Done      |              |
        | P-3 | Summer tips | Post | 2026-12-04    | Cancelled |              |
        | P-4 | Spring tips | Post | 2026-12-04    | Idea      |              |
        | P-5 | Sunday tips | Post | 2026-12-04    |           | Done         |
    """)
    assert {found.flag for found in made.publications} == {Flag.GREY}
    assert not any(found.steps for found in made.publications)


def test_the_same_person_stays_with_a_campaign() -> None:
    """Bob and Cy know the client equally well: the post goes to Cy, who has the campaign, not to the first by name."""
    made = planned(
        """
        | ID  | Publication | Type | Delivery date | Client | Campaign | Owners      |
        | P-1 | Summer tips | Post | 2026-12-04    | Kopi   | Beans    | Design: Bob |
        | P-2 | Autumn tips | Post | 2026-12-11    | Kopi   | Gifts    | Design: Cy  |
        | P-3 | Winter tips | Post | 2026-12-25    | Kopi   | Gifts    |             |
        """,
        team="| Name | Skills |\n| Ann | Words |\n| Bob | Art |\n| Cy | Art |",
    )
    assert step(made, "Design", "P-3").owner == "Cy"
