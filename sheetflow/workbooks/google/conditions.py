"""Rules that watch cells: conditional formats and drop-downs, as the API writes them."""

from __future__ import annotations

from collections.abc import Sequence

from sheetflow.cells import Rule, Style
from sheetflow.workbooks.google.cell_formats import Json, tint_format

NUMBERS = {
    "equal": "NUMBER_EQ",
    "greaterThan": "NUMBER_GREATER",
    "greaterThanOrEqual": "NUMBER_GREATER_THAN_EQ",
    "between": "NUMBER_BETWEEN",
}
FORMULA_STARTS = ("=", "+", "'")


def rule_request(rule: Rule, ranges: Sequence[Json], index: int) -> Json:
    """Adds the conditional format to the ranges; a lower index counts first."""
    operands = [rule.operand] if rule.upper is None else [rule.operand, rule.upper]
    kind = "TEXT_EQ" if isinstance(rule.operand, str) else NUMBERS[rule.operator]
    condition = {"type": kind, "values": [{"userEnteredValue": _typed(one)} for one in operands]}
    return _request(ranges, condition, rule.style, index)


def formula_request(formula: str, style: Style, ranges: Sequence[Json], index: int) -> Json:
    """Adds a conditional format for the cells in which the formula comes out true."""
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    return _request(ranges, condition, style, index)


def choice_of_range(area: str, *, strict: bool) -> Json:
    """A drop-down of what stands in the cells of a range, such as `'Team'!$A$2:$A$200`."""
    return _choice("ONE_OF_RANGE", [f"={area}"], strict=strict)


def choice_of_list(texts: Sequence[str], *, strict: bool) -> Json:
    """A drop-down of these texts."""
    return _choice("ONE_OF_LIST", texts, strict=strict)


def _choice(kind: str, offered: Sequence[str], *, strict: bool) -> Json:
    values = [{"userEnteredValue": text} for text in offered]
    return {
        "condition": {"type": kind, "values": values},
        "strict": strict,
        "showCustomUi": True,
    }


def _request(ranges: Sequence[Json], condition: Json, style: Style, index: int) -> Json:
    boolean = {"condition": condition, "format": tint_format(style)}
    return {
        "addConditionalFormatRule": {
            "rule": {"ranges": list(ranges), "booleanRule": boolean},
            "index": index,
        }
    }


def _typed(operand: str | float) -> str:
    """The operand as somebody would type it: a text that looks like a formula is given as one that yields it."""
    if not isinstance(operand, str):
        return f"{operand:.12g}"
    if not operand.startswith(FORMULA_STARTS):
        return operand
    doubled = operand.replace('"', '""')
    return f'="{doubled}"'
