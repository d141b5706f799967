"""Conditional formats as XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import count, groupby

from sheetflow.cells import CellRange, Rule
from sheetflow.workbooks.xlsx.styles.styles import StyleSheet


def rule_elements(rules: Iterable[Rule], styles: StyleSheet) -> Iterator[tuple[CellRange, bytes]]:
    """Each area of rules with its `conditionalFormatting` element; earlier rules come first in their priority."""
    priorities = count(1)
    for refs, group in groupby(rules, _refs):
        members = list(group)
        inside = "".join(_rule_xml(rule, styles, next(priorities)) for rule in members)
        element = f'<conditionalFormatting sqref="{refs}">{inside}</conditionalFormatting>'
        yield members[0].area, element.encode()


def _refs(rule: Rule) -> str:
    return " ".join(area.a1 for area in (rule.area, *rule.beside))


def _rule_xml(rule: Rule, styles: StyleSheet, priority: int) -> str:
    operands = (rule.operand,) if rule.upper is None else (rule.operand, rule.upper)
    formulas = "".join(f"<formula>{_operand(one)}</formula>" for one in operands)
    said = f'type="cellIs" dxfId="{styles.dxf(rule.style)}" priority="{priority}"'
    return f'<cfRule {said} operator="{rule.operator}">{formulas}</cfRule>'


def _operand(operand: str | float) -> str:
    if isinstance(operand, str):
        doubled = operand.replace('"', '""')
        return escape(f'"{doubled}"', quote=False)
    return f"{operand:.12g}"
