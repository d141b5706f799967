"""What POST /v1/plan answers, described for OpenAPI: it is written as text at once, no schema checks it again."""

from __future__ import annotations

from typing import Any

TEXT, WHOLE, TRUTH = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
CELL = {"type": ["string", "number", "boolean", "null"]}
STYLE = {
    "type": "object",
    "description": "ink, fill, under, outline, left_edge (six hex digits), bold, size, align, indent, wrap, "
    "right_to_left, font, number_format: those that are set.",
}


def _list(items: dict[str, Any], description: str = "") -> dict[str, Any]:
    return {"type": "array", "items": items} | ({"description": description} if description else {})


def _object(description: str, /, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


EDIT = _object(
    "A cell to write where it still holds `before`; dates are numbers, null is a blank cell.",
    sheet=TEXT,
    cell=TEXT,
    row=WHOLE,
    column=WHOLE,
    before=CELL,
    after=CELL,
)
EDIT["properties"] |= {
    "number_format": TEXT,
    "style": {"type": "integer", "description": "Its place in `styles`."},
}
LAYER = _object(
    "One property of many cells, over the layers before it.",
    property=TEXT,
    value={"type": ["string", "number", "boolean"]},
    ranges=_list(TEXT),
)
RULE = _object(
    "A conditional format.",
    ranges=_list(TEXT),
    operator=TEXT,
    operand={"type": ["string", "number"]},
    upper={"type": ["number", "null"]},
    style=STYLE,
)
TAB = _object(
    "A computed tab, to be drawn anew as a whole; widths in characters (0: hidden), heights in points by row.",
    sheet=TEXT,
    rows=_list(_list(CELL)),
    layers=_list(LAYER),
    widths=_list({"type": "number"}),
    heights={"type": "object", "additionalProperties": {"type": "number"}},
    header_row=WHOLE,
    frozen_rows=WHOLE,
    frozen_columns=WHOLE,
    filtered={"type": ["string", "null"]},
    rules=_list(RULE),
    merges=_list(TEXT),
    charts=_list({"type": "object"}),
    right_to_left=TRUTH,
    footer=TEXT,
    tab_colour={"type": ["string", "null"]},
    on_one_page=TRUTH,
)
COLUMN = _object(
    "A filled column: its width in characters where it is new, and its rules.",
    sheet=TEXT,
    column=WHOLE,
    width={"type": ["number", "null"]},
    rules=_list(RULE),
)
WATCHED = _object(
    "By sheet its header row and the columns that tell its rows apart: where they differ, rows have moved.",
    sheet=TEXT,
    head=WHOLE,
    columns=_list(WHOLE),
)
NOTED = {"id": TEXT, "title": TEXT, "why": TEXT, "sheet": TEXT, "row": WHOLE}
SIDE = {"type": ["string", "null"]}
SUMMARY = _object(
    "The plan in short, in the language of `lang`, else of the workbook.",
    red=WHOLE,
    amber=WHOLE,
    green=WHOLE,
    grey=WHOLE,
    moved=_list(
        _object(
            "What this run moved.",
            **NOTED,
            step=TEXT,
            what=TEXT,
            **{"from": SIDE, "to": SIDE},
        )
    ),
    attention=_list(
        _object("A red or amber row.", **NOTED, flag={"type": "string", "enum": ["Red", "Amber"]})
    ),
)
PROBLEM = _object(
    "Something wrong with the input.",
    sheet=SIDE,
    cell=SIDE,
    severity=TEXT,
    problem=TEXT,
    what_to_do=SIDE,
)
PLAN = {"type": ["object", "null"], "description": "A document of the schema sheetflow.plan/1."}
ANSWER = _object(
    "The plan, and what is to be written.",
    plan=PLAN,
    edits=_list(EDIT),
    styles=_list(STYLE),
    tabs=_list(TAB),
    columns=_list(COLUMN),
    watched=_list(WATCHED),
    summary=SUMMARY,
    problems=_list(PROBLEM),
)
ANSWERS: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {
        "description": "The plan, and what is to be written.",
        "content": {"application/json": {"schema": ANSWER}},
    }
}
