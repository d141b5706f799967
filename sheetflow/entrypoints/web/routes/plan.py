"""Planning tabs that come with the request: what the Excel pane asks; nothing is kept after the answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field, Strict

from sheetflow.cells import EXCEL_EPOCH
from sheetflow.domain.settings import Language
from sheetflow.engine.planner import Effort
from sheetflow.entrypoints.web.identity.gate import may_plan
from sheetflow.entrypoints.web.planning.posted_tabs import Wish, planned_tabs
from sheetflow.entrypoints.web.present import planners, service
from sheetflow.entrypoints.web.queries import Query
from sheetflow.entrypoints.web.routes.plan_answer import ANSWERS
from sheetflow.workbooks.posted.tables import PostedTab
from sheetflow.workbooks.posted.workbook import EPOCH_OF_1904

blueprint = APIBlueprint("plan", __name__, tag="Planning")

EPOCHS = {"1900": EXCEL_EPOCH, "1904": EPOCH_OF_1904}
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST_NAME, LONGEST_FORMAT, MOST_TABS, MOST_AREAS = 255, 255, 500, 20_000
AREA = r"^[A-Z]{1,3}[1-9][0-9]{0,6}(:[A-Z]{1,3}[1-9][0-9]{0,6})?$"

Number: TypeAlias = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Cell: TypeAlias = Annotated[
    Annotated[str, Strict()] | Number | Annotated[bool, Strict()] | None,
    Field(union_mode="left_to_right"),
]
Row: TypeAlias = list[Cell]
Format: TypeAlias = Annotated[str, Field(max_length=LONGEST_FORMAT)] | None
Formats: TypeAlias = list[Format]
Area: TypeAlias = Annotated[str, Field(pattern=AREA)]


class Tab(BaseModel):
    """One tab of the workbook: its filled cells from `row` and `column` on, row by row."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    values: list[Row] = Field(
        fail_fast=True,
        description="A blank cell is null or a blank text, a date its number, an error its word such as #N/A.",
    )
    formulas: list[Row | None] = Field(
        [],
        fail_fast=True,
        description="Over the values: the text of each formula; null, or the value again, elsewhere.",
    )
    formats: list[Formats | None] = Field(
        [],
        fail_fast=True,
        description="Over the values: number formats in the notation of English; they tell which numbers are dates.",
    )
    row: int = Field(1, ge=1, le=LAST_ROW)
    column: int = Field(1, ge=1, le=LAST_COLUMN)
    merges: list[Area] = Field(
        [], max_length=MOST_AREAS, fail_fast=True, description="Merged cells."
    )
    totals: list[Area] = Field(
        [],
        max_length=MOST_AREAS,
        fail_fast=True,
        description="Rows of totals, which are no publications.",
    )
    hidden: bool = Field(default=False, description="Hidden tabs are read like all others.")
    is_cut: bool = Field(
        default=False,
        description="More rows follow that were not sent; refused where the tab is needed.",
    )

    def posted(self) -> PostedTab:
        """The tab as the planner takes it."""
        return PostedTab(
            name=self.name,
            values=self.values,
            formulas=self.formulas,
            formats=self.formats,
            row=self.row,
            column=self.column,
            merges=self.merges,
            totals=self.totals,
            is_cut=self.is_cut,
        )


class PlanRequest(BaseModel):
    """All tabs of a workbook, and what is asked of the plan."""

    model_config = ConfigDict(extra="forbid")

    tabs: list[Tab] = Field(min_length=1, max_length=MOST_TABS, fail_fast=True)
    today: date | None = Field(None, description="Plan as of this day; else the day it is.")
    effort: Effort = Field(Effort.BALANCED, description="How long to look for a better plan.")
    new_columns: bool = Field(
        default=True, description="Add the computed columns that are missing."
    )
    with_plan: bool = Field(
        default=True, description="Whether the answer holds the plan too, or null."
    )
    date_system: Literal["1900", "1904"] = Field(
        "1900", description="Which day the workbook's number 0 stands for."
    )


@blueprint.before_request
def only_for_planners() -> None:
    """Know who asks before anything is read of what they send."""
    if request.method == "POST":
        may_plan()


@blueprint.post("/v1/plan")
@blueprint.input(Query, location="query")
@blueprint.input(PlanRequest)
@blueprint.doc(
    summary="Plan a workbook's tabs",
    description="Gives the plan, the edits that bring the tabs in line with it, and the computed tabs. "
    "Nothing is kept after the answer.",
    responses=ANSWERS,
)
def plan(query_data: Query, json_data: PlanRequest) -> Response:
    """Plan the tabs of the request."""
    tabs = [tab.posted() for tab in json_data.tabs]
    answer = planners().run(planned_tabs, tabs, _wish(query_data, json_data))
    return Response(answer, mimetype="application/json")


def _wish(query: Query, asked: PlanRequest) -> Wish:
    settings = service().settings
    return Wish(
        today=asked.today or service().clock().astimezone(ZoneInfo(settings.time_zone)).date(),
        epoch=EPOCHS[asked.date_system],
        effort=asked.effort,
        new_columns=asked.new_columns,
        with_plan=asked.with_plan,
        language=Language(query.lang) if query.lang else None,
        most_rows=settings.max_rows,
    )
