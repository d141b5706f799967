"""Bad input: every fault that a sheet may have, where it is told, and that the other rows go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import process_time

import openpyxl
import pytest

from sheetflow.cells import Snapshot, Table, Value
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.errors import Problem, Severity, UserError
from sheetflow.translate.language import Tongue
from sheetflow.translate.reading import Reading, read_workspace
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import TODAY, snapshot

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
ENGLISH = Tongue(Language.EN, CalendarSystem.GREGORIAN, TODAY)

GOOD = """
    | ID    | Publication | Type         | Delivery date |
    | P-001 | Good        | Blog article | 2026-12-18    |
"""
TEAM = """
    | Name | Skills               | Hours per day | Working days | Until      |
    | Sari | Designer, Copywriter | 6             |              |            |
    | Budi | Copywriter           | 6             |              |            |
    | Lina | Designer             | 6             |              | 2026-10-30 |
"""
FLYER = """
    | Type  | Step    | Days | Kind    | After | Not by |
    | Flyer | Sketch  | 1    |         |       |        |
    | Flyer | Print   | 1    |         |       |        |
    | Flyer | Release | 1    | publish |       |        |
"""


@dataclass(frozen=True, kw_only=True)
class Bad:
    """A workbook with one fault: its address, its severity, its code, and words of its sentence.

    `faulty` and `planned` are the IDs of the rows that are out of the plan, and of those still in it.
    """

    name: str
    tabs: Mapping[str, str]
    at: str
    code: str
    says: Sequence[str]
    severity: Severity = ERROR
    faulty: Sequence[str] = ()
    planned: Sequence[str] = ("P-001",)
    merged: Mapping[str, Sequence[str]] = field(default_factory=dict)


def rows(drawing: str) -> Mapping[str, str]:
    """A workbook of one tab of publications."""
    return {"Publications": drawing}


def row(**cells: str) -> Mapping[str, str]:
    """The good row P-001, and P-002, which differs from it in some columns (`_` for a space)."""
    bad = {
        "ID": "P-002",
        "Publication": "Bad",
        "Type": "Blog article",
        "Delivery date": "2026-12-18",
    } | {name.replace("_", " "): text for name, text in cells.items()}
    good = ["P-001", "Good", "Blog article", "2026-12-18"] + [""] * (len(bad) - 4)
    lines = [list(bad), good, list(bad.values())]
    return rows("\n".join(f"| {' | '.join(line)} |" for line in lines))


def with_tab(tab: str, drawing: str, publications: str = GOOD) -> Mapping[str, str]:
    """A workbook with one more tab."""
    return {"Publications": publications, tab: drawing}


def flyer(drawing: str) -> Mapping[str, str]:
    """A good row, and P-002 of the type Flyer, whose steps stand in Workflows."""
    return with_tab("Workflows", drawing, f"{GOOD}    | P-002 | Bad | Flyer | 2026-12-18 |\n")


def setting(name: str, value: str) -> Mapping[str, str]:
    """A good row, and one setting."""
    return with_tab("Settings", f"| Setting | Value |\n| {name} | {value} |")


CASES = [
    # --- headers --------------------------------------------------------------------------------
    Bad(
        name="header twice",
        tabs=rows("""
            | ID    | Publication | Type         | Delivery date | Status | Status    |
            | P-001 | Good        | Blog article | 2026-12-18    | Active | Cancelled |
        """),
        at="Publications!F1",
        code="header_twice",
        says=["Status", "more than one"],
    ),
    Bad(
        name="header twice, of a column that is needed",
        tabs={
            **rows("""
                | ID    | Publication | Type         | Type     | Delivery date |
                | P-002 | Bad         | Blog article | Landing  | 2026-12-18    |
            """),
            "December": GOOD,
        },
        at="Publications!D1",
        code="header_twice",
        says=["Type", "neither is read"],
        faulty=["P-002"],
    ),
    Bad(
        name="header twice, one of them blank",
        tabs=rows("""
            | ID    | Publication | Type         | Delivery date | Status | Status |
            | P-001 | Good        | Blog article | 2026-12-18    |        | Active |
        """),
        at="Publications!E1",
        code="header_twice_decided",
        severity=WARNING,
        says=["Status", "only one"],
    ),
    Bad(
        name="ambiguous header",
        tabs=rows("""
            | ID    | Publication | Type         | Delivery date | Stage  |
            | P-001 | Good        | Blog article | 2026-12-18    | Tier 2 |
        """),
        at="Publications!E1",
        code="header_ambiguous",
        severity=WARNING,
        says=["Stage", "Current step, Status", "left alone"],
    ),
    # --- IDs ------------------------------------------------------------------------------------
    Bad(
        name="doubled ID",
        tabs=rows("""
            | ID    | Publication | Type         | Delivery date |
            | P-001 | Good        | Blog article | 2026-12-18    |
            | P-002 | Bad         | Blog article | 2026-12-18    |
            | p-۰۰۲ | Bad too     | Blog article | 2026-12-18    |
        """),
        at="Publications!A3",
        code="id_doubled",
        says=["P-002", "more than one row"],
        faulty=["P-002", "p-۰۰۲"],
    ),
    Bad(
        name="an ID that the spreadsheet made a date",
        tabs=row(ID="2026-04-03"),
        at="Publications!A3",
        code="id_strange",
        says=["cannot be an ID"],
        faulty=["2026-04-03"],
    ),
    Bad(
        name="an ID of two lines",
        tabs=row(ID='"P-002\\nP-003"'),
        at="Publications!A3",
        code="id_strange",
        says=["P-002 P-003"],
        faulty=["P-002 P-003"],
    ),
    Bad(
        name="a formula without a stored value as an ID",
        tabs=row(ID="=ROW()"),
        at="Publications!A3",
        code="formula_without_value",
        says=["ID", "no stored value"],
        faulty=[""],
    ),
    # --- title and type -------------------------------------------------------------------------
    Bad(
        name="no title",
        tabs=row(Publication=""),
        at="Publications!B3",
        code="title_missing",
        severity=WARNING,
        says=["no title"],
        planned=["P-001", "P-002"],
    ),
    Bad(
        name="no type",
        tabs=row(Type=""),
        at="Publications!C3",
        code="type_missing",
        says=["no type"],
        faulty=["P-002"],
    ),
    Bad(
        name="unknown type, with the nearest name",
        tabs=row(Type="Landing pag"),
        at="Publications!C3",
        code="type_unknown",
        says=["Landing pag", "Did you mean Landing page?", "Workflows"],
        faulty=["P-002"],
    ),
    Bad(
        name="unknown type that is like no other",
        tabs=row(Type="Zeppelin"),
        at="Publications!C3",
        code="type_unknown",
        says=["“Zeppelin” is not known. Write a known type"],
        faulty=["P-002"],
    ),
    # --- dates ----------------------------------------------------------------------------------
    *(
        Bad(
            name=f"delivery date {name}",
            tabs=row(Delivery_date=text),
            at="Publications!D3",
            code=code,
            says=says,
            faulty=["P-002"],
        )
        for name, text, code, says in [
            ("missing", "", "date_missing", ["no date", "Delivery date"]),
            ("to be done", "TBD", "date_missing", ["TBD"]),
            ("of text", "soon", "date_unreadable", ["soon"]),
            ("relative", "tomorrow", "date_relative", ["tomorrow", "every day"]),
            ("ambiguous", "04/12/2026", "date_ambiguous", ["04/12/2026", "Date order"]),
            ("in 1926", "1926-12-04", "date_out_of_range", ["Check the year"]),
            ("in 2206", "2206-12-04", "date_out_of_range", ["Check the year"]),
            ("as text in 1926", '"4 Dec 1926"', "date_out_of_range", ["4 Dec 1926"]),
            ("without a year", "10 Jun", "date_year_missing", ["10 Jun", "no year"]),
            ("that no calendar has", "31 Nov 2026", "date_impossible", ["31 Nov 2026"]),
            ("on another weekday", "Monday, 4 Dec 2026", "date_weekday", ["weekday"]),
            ("as a wrong formula", "#REF!", "cell_fault", ["#REF!", "Delivery date"]),
            ("as a formula never counted", "=D2+7", "formula_without_value", ["no stored value"]),
            ("true", "TRUE", "date_unreadable", ["True"]),
        ]
    ),
    Bad(
        name="delivery dates that contradict one another",
        tabs=rows("""
            | ID    | Publication | Type         | Delivery date |
            | P-001 | Good        | Blog article | 2026-12-18    |
            | P-002 | Bad         | Blog article | 13/12/2026    |
            | P-003 | Bad         | Blog article | 12/14/2026    |
        """),
        at="Publications!D3",
        code="date_order_mixed",
        says=["13/12/2026"],
        faulty=["P-002", "P-003"],
    ),
    Bad(
        name="delivery date in the past",
        tabs=row(Delivery_date="2026-11-02"),
        at="Publications!D3",
        code="delivery_past",
        severity=WARNING,
        says=["Mon 2 Nov", "passed"],
        planned=["P-001", "P-002"],
    ),
    Bad(
        name="Not before after delivery",
        tabs=row(Not_before="2026-12-21"),
        at="Publications!E3",
        code="not_before_after_delivery",
        severity=WARNING,
        says=["Mon 21 Dec", "Fri 18 Dec"],
        planned=["P-001", "P-002"],
    ),
    Bad(
        name="unreadable Not before",
        tabs=row(Not_before="when ready"),
        at="Publications!E3",
        code="date_unreadable",
        says=["when ready"],
        faulty=["P-002"],
    ),
    # --- words ----------------------------------------------------------------------------------
    Bad(
        name="unknown priority",
        tabs=row(Priority="Urgnt"),
        at="Publications!E3",
        code="priority_unknown",
        says=["Urgnt", "Did you mean Urgent?"],
        faulty=["P-002"],
    ),
    Bad(
        name="unknown status",
        tabs=row(Status="Canceld"),
        at="Publications!E3",
        code="status_unknown",
        says=["Canceld", "Did you mean Cancelled?", "On hold"],
        faulty=["P-002"],
    ),
    # --- steps ----------------------------------------------------------------------------------
    *(
        Bad(
            name=f"unknown step in {column}",
            tabs=row(**{column.replace(" ", "_"): text}),
            at="Publications!E3",
            code="step_unknown",
            says=["Copywritting", column, "Did you mean Copywriting?"],
            faulty=["P-002"],
        )
        for column, text in [
            ("Current step", "Copywritting"),
            ("Skip", "Briefing, Copywritting"),
            ("Days", "Copywritting: 2"),
            ("Owners", "Copywritting: Sari"),
        ]
    ),
    Bad(
        name="a current step of which there are two",
        tabs=row(Type="Landing page", Current_step="Internal approval"),
        at="Publications!E3",
        code="step_ambiguous",
        says=["Internal approval (creation)", "whole name"],
        faulty=["P-002"],
    ),
    Bad(
        name="current steps of which one waits for the other",
        tabs=row(Current_step="Briefing, Copywriting"),
        at="Publications!E3",
        code="current_step_waits",
        says=["Copywriting waits for Briefing"],
        faulty=["P-002"],
    ),
    Bad(
        name="a current step that is skipped",
        tabs=row(Current_step="Copywriting", Skip="Copywriting"),
        at="Publications!E3",
        code="current_step_skipped",
        says=["Copywriting", "skips it"],
        faulty=["P-002"],
    ),
    Bad(
        name="publishing skipped",
        tabs=row(Skip="Publishing"),
        at="Publications!E3",
        code="skip_publish",
        says=["Publishing cannot be skipped"],
        faulty=["P-002"],
    ),
    *(
        Bad(
            name=f"days of {text}",
            tabs=row(Days=f"Copywriting: {text}"),
            at="Publications!E3",
            code="days_unreadable",
            says=[f"“{text}”", "quarters"],
            faulty=["P-002"],
        )
        for text in ["0", "-1", "0.3", "two"]
    ),
    Bad(
        name="days without a step",
        tabs=row(Days="3"),
        at="Publications!E3",
        code="days_pair_unreadable",
        says=["“3”", "Design: 3"],
        faulty=["P-002"],
    ),
    Bad(
        name="a step twice in Days",
        tabs=row(Days="Copywriting: 1; Copywriting: 2"),
        at="Publications!E3",
        code="step_twice",
        says=["Copywriting", "twice"],
        faulty=["P-002"],
    ),
    # --- people ---------------------------------------------------------------------------------
    Bad(
        name="a pin to nobody in the team",
        tabs={**row(Owners="Copywriting: Sary"), "Team": TEAM},
        at="Publications!E3",
        code="person_unknown",
        says=["Sary", "Did you mean Sari?"],
        faulty=["P-002"],
    ),
    Bad(
        name="a pin without a step",
        tabs={**row(Owners="Sari"), "Team": TEAM},
        at="Publications!E3",
        code="pin_unreadable",
        says=["Sari", "Design: Sari"],
        faulty=["P-002"],
    ),
    Bad(
        name="a pin to somebody without the skill",
        tabs={**row(Owners="Design: Budi"), "Team": TEAM},
        at="Publications!E3",
        code="pin_without_skill",
        severity=WARNING,
        says=["Budi", "Designer", "obeys"],
        planned=["P-001", "P-002"],
    ),
    Bad(
        name="a pin to somebody who has left",
        tabs={**row(Owners="Design: Lina"), "Team": TEAM},
        at="Publications!E3",
        code="pin_person_left",
        says=["Lina has left", "Fri 30 Oct"],
        faulty=["P-002"],
    ),
    Bad(
        name="a skill that nobody has",
        tabs={**row(), "Team": TEAM},
        at="Publications!C2",
        code="skill_of_nobody",
        severity=WARNING,
        says=["Nobody", "skill"],
        planned=["P-001", "P-002"],
    ),
    Bad(
        name="a skill of the team's own that nobody has",
        tabs={
            **flyer("""
                | Type  | Step    | Skill   | Kind    |
                | Flyer | Sketch  | Drawing |         |
                | Flyer | Release |         | publish |
            """),
            "Team": TEAM,
        },
        at="Workflows!C2",
        code="skill_of_nobody",
        severity=WARNING,
        says=["Drawing", "Sketch of Flyer"],
        planned=["P-001", "P-002"],
    ),
    Bad(
        name="a person twice",
        tabs=with_tab("Team", f"{TEAM}    | SARI | Planner | | | |\n"),
        at="Team!A5",
        code="person_twice",
        says=["SARI", "twice", "A2"],
    ),
    *(
        Bad(
            name=f"hours per day {text}",
            tabs=with_tab(
                "Team", f"| Name | Skills | Hours per day |\n| Sari | Designer | {text} |"
            ),
            at="Team!C2",
            code="hours_per_day_unreadable",
            says=[f"“{text}”", "the plan uses 6"],
        )
        for text in ["0", "25", "-6", "full time"]
    ),
    Bad(
        name="unreadable working days of a person",
        tabs=with_tab("Team", "| Name | Working days |\n| Sari | mostly |"),
        at="Team!B2",
        code="working_days_unreadable",
        says=["mostly", "Mon-Fri"],
    ),
    Bad(
        name="unreadable working days of the team",
        tabs=setting("Working days", "5"),
        at="Settings!B2",
        code="working_days_unreadable",
        says=["“5”", "Mon-Fri"],
    ),
    Bad(
        name="time off that ends before it starts",
        tabs={
            **with_tab("Team", TEAM),
            "Time off": """
                | Name | From       | To         |
                | Sari | 2026-12-10 | 2026-12-01 |
            """,
        },
        at="Time off!C2",
        code="range_backward",
        says=["Tue 1 Dec", "Thu 10 Dec"],
    ),
    Bad(
        name="time off of nobody in the team",
        tabs={
            **with_tab("Team", TEAM),
            "Time off": "| Name | From | To |\n| Rudi | 2026-12-10 | 2026-12-11 |",
        },
        at="Time off!A2",
        code="person_unknown",
        says=["Rudi", "Team tab"],
    ),
    Bad(
        name="a holiday that is no date",
        tabs=with_tab("Holidays", "| Date | Name |\n| Christmas | Christmas |"),
        at="Holidays!A2",
        code="date_unreadable",
        says=["Christmas"],
    ),
    Bad(
        name="a person who leaves before coming",
        tabs=with_tab("Team", "| Name | From | Until |\n| Sari | 2026-12-10 | 2026-12-01 |"),
        at="Team!C2",
        code="range_backward",
        says=["Tue 1 Dec", "Thu 10 Dec"],
    ),
    Bad(
        name="time off without a first day",
        tabs={**with_tab("Team", TEAM), "Time off": "| Name | From | To |\n| Sari | | |"},
        at="Time off!B2",
        code="date_missing",
        says=["no date", "From"],
    ),
    Bad(
        name="time off with an unreadable day",
        tabs={**with_tab("Team", TEAM), "Time off": "| Name | From |\n| Sari | spring |"},
        at="Time off!B2",
        code="date_unreadable",
        says=["spring"],
    ),
    Bad(
        name="time off without a name",
        tabs={**with_tab("Team", TEAM), "Time off": "| Name | From |\n| | 2026-12-10 |"},
        at="Time off!A2",
        code="person_missing",
        says=["nobody", "Name"],
    ),
    Bad(
        name="a Team tab without a header row",
        tabs=with_tab("Team", "| Sari | Designer |"),
        at="Team!",
        code="no_header_row",
        says=["Team", "Name"],
    ),
    Bad(
        name="two Team tabs",
        tabs={**with_tab("Team", TEAM), "Tim": TEAM},
        at="Tim!",
        code="tab_twice",
        severity=WARNING,
        says=["Tim", "only “Team” is read"],
    ),
    # --- workflows ------------------------------------------------------------------------------
    Bad(
        name="a workflow without a publish step",
        tabs=flyer(FLYER.replace("publish", "       ")),
        at="Workflows!A2",
        code="workflow_without_publish",
        says=["Flyer", "publishes"],
        faulty=["P-002"],
    ),
    Bad(
        name="a workflow with two publish steps",
        tabs=flyer(f"{FLYER}    | Flyer | Again | 1 | publish | | |\n"),
        at="Workflows!D5",
        code="workflow_publishes_twice",
        says=["Flyer", "more than one"],
        faulty=["P-002"],
    ),
    Bad(
        name="a circle in After",
        tabs=flyer("""
            | Type  | Step    | Kind    | After  |
            | Flyer | Sketch  |         | Print  |
            | Flyer | Print   |         | Sketch |
            | Flyer | Release | publish | Print  |
        """),
        at="Workflows!D2",
        code="workflow_circle",
        says=["Sketch, Print", "After"],
        faulty=["P-002"],
    ),
    Bad(
        name="a follow-up that publishing waits for",
        tabs=flyer("""
            | Type  | Step    | Kind      | After   |
            | Flyer | Measure | follow-up |         |
            | Flyer | Release | publish   | Measure |
        """),
        at="Workflows!D2",
        code="workflow_circle",
        says=["Measure, Release"],
        faulty=["P-002"],
    ),
    Bad(
        name="step names doubled",
        tabs=flyer(FLYER.replace("Print  ", "sketch!")),
        at="Workflows!B3",
        code="workflow_step_twice",
        says=["sketch!", "B2"],
        faulty=["P-002"],
    ),
    Bad(
        name="After that names nothing",
        tabs=flyer("""
            | Type  | Step    | Kind    | After |
            | Flyer | Sketch  |         |       |
            | Flyer | Release | publish | Layout |
        """),
        at="Workflows!D3",
        code="step_unknown",
        says=["Layout", "Flyer"],
        faulty=["P-002"],
    ),
    Bad(
        name="Not by that names nothing",
        tabs=flyer("""
            | Type  | Step    | Kind    | Not by |
            | Flyer | Sketch  |         |        |
            | Flyer | Release | publish | Author |
        """),
        at="Workflows!D3",
        code="not_by_unknown",
        severity=WARNING,
        says=["Author", "ignored"],
        planned=["P-001", "P-002"],
    ),
    *(
        Bad(
            name=f"a step of {text} days",
            tabs=flyer(FLYER.replace("Sketch  | 1 ", f"Sketch  | {text} ")),
            at="Workflows!C2",
            code="days_unreadable",
            says=[f"“{text}”", "quarters"],
            faulty=["P-002"],
        )
        for text in ["0", "-1", "0.3", "two"]
    ),
    Bad(
        name="an unknown kind",
        tabs=flyer(FLYER.replace("publish", "launch!")),
        at="Workflows!D4",
        code="kind_unknown",
        says=["launch!", "follow-up"],
        faulty=["P-002"],
    ),
    *(
        Bad(
            name=f"a workflow row {name}",
            tabs=flyer(f"""
                | Type  | Step    | Kind    | Hours | Returns to |
                | Flyer | Release | publish |       |            |
                | {cells} |
            """),
            at=f"Workflows!{cell}",
            code=code,
            says=says,
            faulty=["P-002"] if name != "without a type" else [],
        )
        for name, cells, cell, code, says in [
            ("without a type", "|Sketch|||", "A3", "workflow_type_missing", ["no type"]),
            ("without a step", "Flyer|||1|", "B3", "workflow_step_missing", ["no step"]),
            ("with text for hours", "Flyer|Sketch||few|", "D3", "hours_unreadable", ["few"]),
        ]
    ),
    Bad(
        name="Returns to that names nothing",
        tabs=flyer(
            f"{FLYER}".replace("Not by", "Returns to").replace(
                "publish |       | ", "publish | | Start "
            )
        ),
        at="Workflows!F4",
        code="returns_to_unknown",
        severity=WARNING,
        says=["Start", "ignored"],
        planned=["P-001", "P-002"],
    ),
    # --- settings -------------------------------------------------------------------------------
    Bad(
        name="unknown country",
        tabs=setting("Holidays country", "Indonesa"),
        at="Settings!B2",
        code="country_unknown",
        says=["Indonesa", "Did you mean Indonesia?"],
    ),
    Bad(
        name="unknown setting",
        tabs=setting("Languag", "en"),
        at="Settings!A2",
        code="setting_unknown",
        severity=WARNING,
        says=["Languag", "Did you mean Language?"],
    ),
    Bad(
        name="a setting with a value that it cannot have",
        tabs=setting("Focus", "lots"),
        at="Settings!B2",
        code="setting_unreadable",
        says=["lots", "Focus"],
    ),
    Bad(
        name="a setting twice",
        tabs=setting("Focus", "0.5 |\n| Fokus | 0.8"),
        at="Settings!A3",
        code="setting_twice",
        says=["Focus stands twice"],
    ),
    Bad(
        name="an alias of nothing",
        tabs=setting("Alias: Rubric", "Sorcery"),
        at="Settings!B2",
        code="alias_unknown",
        severity=WARNING,
        says=["Rubric", "Sorcery"],
    ),
    # --- cells ----------------------------------------------------------------------------------
    Bad(
        name="an error value in an input cell",
        tabs=row(Priority="#REF!"),
        at="Publications!E3",
        code="cell_fault",
        says=["#REF!", "Priority"],
        faulty=["P-002"],
    ),
    Bad(
        name="a formula without a stored value in an input cell",
        tabs=row(Type="=Lists!A2"),
        at="Publications!C3",
        code="formula_without_value",
        says=["Type", "save it"],
        faulty=["P-002"],
    ),
    Bad(
        name="a formula in a computed column",
        tabs=row(Flag='=IF(D3>0,"x","y") => x'),
        at="Publications!E3",
        code="formula_in_computed_column",
        severity=WARNING,
        says=["Flag", "IF", "left alone"],
        planned=["P-001", "P-002"],
    ),
    Bad(
        name="merged cells in the table",
        tabs=row(Client=""),
        merged={"Publications": ["E2:E3"]},
        at="Publications!E3",
        code="merged_cells",
        severity=WARNING,
        says=["E2:E3", "Unmerge"],
        planned=["P-001", "P-002"],
    ),
]


@pytest.mark.parametrize("bad", [pytest.param(case, id=case.name) for case in CASES])
def test_fault_is_told_at_its_cell_and_the_others_go_on(bad: Bad) -> None:
    """Each fault names its sheet, its cell, what is wrong and what to do; rows without errors are read all the same."""
    reading = read_workspace(snapshot(bad.tabs, bad.merged), TODAY)
    told = [problem for problem in reading.problems if place(problem) == bad.at]
    assert (bad.code, bad.severity) in {(each.code, each.severity) for each in told}
    sentence = " ".join(ENGLISH.problem(next(p for p in told if p.code == bad.code)))
    assert not [words for words in bad.says if words not in sentence], sentence
    assert "{" not in sentence
    assert sorted(row.id for row in reading.workspace.faulty) == sorted(bad.faulty)
    assert set(bad.planned) <= {row.id for row in reading.workspace.publications}


def place(problem: Problem) -> str:
    """The address of a problem."""
    return f"{problem.sheet}!{problem.cell}"


@pytest.mark.parametrize(
    ("tabs", "code", "words"),
    [
        pytest.param(
            {"Budget": "| Month | Sum |\n| Dec | 12 |"},
            "no_publications_tab",
            ["No tab", "Publication, Type, Delivery date"],
            id="no Publications tab",
        ),
        pytest.param({}, "no_publications_tab", ["No tab"], id="an empty workbook"),
        pytest.param(
            {"Publications": "| Autumn tips | Blog article | 2026-12-18 |"},
            "no_header_row",
            ["Publications", "no header row", "Delivery date"],
            id="no header row",
        ),
        pytest.param(
            {"Publications": "| Publication | Type |\n| Autumn tips | Blog article |"},
            "header_missing",
            ["Publications", "no column Delivery date"],
            id="a needed column is missing",
        ),
    ],
)
def test_workbook_without_a_table_of_publications_stops_with_a_sentence(
    tabs: Mapping[str, str], code: str, words: Sequence[str]
) -> None:
    """Where there is nothing to plan, the run stops and says what the workbook needs."""
    with pytest.raises(UserError) as stopped:
        read_workspace(snapshot(tabs), TODAY)
    sentence = " ".join(ENGLISH.told(stopped.value.code, stopped.value.facts))
    assert stopped.value.code == code
    assert not [word for word in words if word not in sentence], sentence


def test_blank_ids_get_numbers_that_were_never_used() -> None:
    """A blank ID continues the sheet's own style, behind every number that Steps or History know."""
    reading = read_workspace(
        snapshot(
            {
                "Publications": """
                    | ID     | Publication | Type         | Delivery date |
                    | ART-07 | One         | Blog article | 2026-12-18    |
                    |        | Two         | Blog article | 2026-12-18    |
                    |        | Three       | Blog pst     | 2026-12-18    |
                """,
                "History": """
                    | When       | ID     | Step        | Event   |
                    | 2026-11-02 | ART-11 | Copywriting | started |
                """,
            }
        ),
        TODAY,
    )
    assert reading.layout.publications[0].new_ids == {3: "ART-12", 4: "ART-13"}
    assert [row.id for row in reading.workspace.faulty] == ["ART-13"]


def test_numbers_are_ids_without_decimals() -> None:
    """A spreadsheet's 14.0 is the ID 14."""
    reading = read_workspace(snapshot(row(ID="14.0")), TODAY)
    assert [row.id for row in reading.workspace.publications] == ["P-001", "14"]


def test_formulas_in_input_cells_count_by_their_value() -> None:
    """A delivery date that a formula computes is a delivery date, and an ID that a formula makes stays."""
    reading = read_workspace(
        snapshot(row(ID="=ROW() => 3", Delivery_date="=D2+3 => 2026-12-21")), TODAY
    )
    assert [row.id for row in reading.workspace.publications] == ["P-001", "3"]
    assert reading.workspace.publications[1].delivery.isoformat() == "2026-12-21"
    assert not reading.problems


def test_blank_rows_between_are_no_publications() -> None:
    """Blank rows part groups of rows; what stands below them is read."""
    reading = read_workspace(
        snapshot(rows(f"{GOOD}\n\n    | P-009 | Late | Blog article | 2026-12-21 |\n")), TODAY
    )
    assert [(row.id, row.row) for row in reading.workspace.publications] == [
        ("P-001", 2),
        ("P-009", 5),
    ]
    assert not reading.problems


def test_a_cell_of_32767_characters_is_read_whole_and_told_short() -> None:
    """The longest text that a cell can hold is a title like any other; in a message it is cut."""
    longest = "x" * 32_767
    reading = read_workspace(
        snapshot(row(Publication=longest, Type=longest, Client=longest)), TODAY
    )
    assert reading.workspace.faulty[0].title == longest
    assert all(len(" ".join(ENGLISH.problem(problem))) < 300 for problem in reading.problems)


@pytest.mark.parametrize("column", ["ID", "Type", "Delivery_date", "Not_before", "Status", "Skip"])
def test_the_longest_text_breaks_no_column(column: str) -> None:
    """Wherever it is pasted, it is one row's error."""
    reading = read_workspace(snapshot(row(**{column: "مرحله, " * 4_681})), TODAY)
    assert [row.id for row in reading.workspace.publications] == ["P-001"]
    assert len(reading.workspace.faulty) == 1


def test_20000_rows_are_read_in_seconds() -> None:
    """A sheet of 20,000 rows, one in ten of them faulty: about two seconds, more where coverage is measured."""
    head: tuple[Value, ...] = ("ID", "Publication", "Type", "Delivery date", "Owners", "Status")
    body = [large_row(number) for number in range(1, 20_001)]
    book = Snapshot(tables=(Table(sheet="Plan", rows=(head, *body)),))
    before = process_time()
    reading = read_workspace(book, TODAY)
    assert process_time() - before < 15
    assert len(reading.workspace.publications) == 18_000
    assert len(reading.workspace.faulty) == 2_000


def large_row(number: int) -> tuple[Value, ...]:
    """One of many rows."""
    kind = "Zeppelin" if number % 10 == 0 else "Landing page"
    day = f"{number % 28 + 1} Dec 2026"
    return f"P-{number:05}", f"Title {number}", kind, day, "Design: Sari; Build: Budi", ""


def test_hidden_rows_count(tmp_path: Path) -> None:
    """A filter hides rows, it does not cancel them: they are planned, and their faults are told."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Plan"
    for cells in (
        ("ID", "Publication", "Type", "Delivery date"),
        ("P-001", "Shown", "Blog article", date(2026, 12, 18)),
        ("P-002", "Hidden", "Blog article", date(2026, 12, 21)),
        ("P-003", "Hidden too", "Zeppelin", date(2026, 12, 21)),
    ):
        sheet.append(cells)
    for hidden in (3, 4):
        sheet.row_dimensions[hidden].hidden = True
    book.save(tmp_path / "plan.xlsx")
    reading = read_workspace(XlsxWorkbook(tmp_path / "plan.xlsx").read(), TODAY)
    assert [row.id for row in reading.workspace.publications] == ["P-001", "P-002"]
    assert [place(problem) for problem in reading.problems] == ["Plan!C4"]


def test_no_fault_hides_another() -> None:
    """All faults of a row are told at once, so that they can be mended at once."""
    reading = read_workspace(
        snapshot(row(Type="Zeppelin", Delivery_date="soon", Priority="Whenever")), TODAY
    )
    assert codes(reading) == ["type_unknown", "date_unreadable", "priority_unknown"]


def codes(reading: Reading) -> list[str]:
    """The codes of all problems, in the order of the sheet."""
    return [problem.code for problem in reading.problems]
