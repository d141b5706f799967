"""Requests about conditional formats and protected ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheets_server import colours
from sheets_server.call import Edit
from sheets_server.masks import mask_of, merged
from sheets_server.refusals import PROTECTED, Json, invalid
from sheets_server.spreadsheet_json import without_sheet_zero
from sheets_server.state import Sheet

FORMATS, PROTECTIONS = "conditionalFormats", "protectedRanges"


def add_conditional_format_rule(edit: Edit, asked: Json) -> Json:
    """Add a rule before the one at its index; the first rule that fits wins."""
    rule = colours.kept(asked.get("rule", {}))
    sheet = _sheet_of(edit, rule)
    rules = sheet.parts.setdefault(FORMATS, [])
    index = asked.get("index", 0)
    if index > len(rules):
        raise invalid(f"Conditional format rule index {index} is out of bounds.")
    rules.insert(index, rule)
    return {}


def _sheet_of(edit: Edit, rule: Json) -> Sheet:
    sheets = {each.get("sheetId", 0) for each in rule.get("ranges", [])}
    if len(sheets) != 1:
        raise invalid("All ranges of a conditional format must be on one sheet.")
    if "booleanRule" not in rule and "gradientRule" not in rule:
        raise invalid("A conditional format rule must be specified.")
    return edit.book.to_edit(sheets.pop())


def _rules(edit: Edit, number: int, index: int) -> list[Json]:
    rules = edit.book.to_edit(number).parts.setdefault(FORMATS, [])
    if not 0 <= index < len(rules):
        raise invalid(f"No conditional format on sheet: {number} at index: {index}")
    return rules


def update_conditional_format_rule(edit: Edit, asked: Json) -> Json:
    """Put another rule in the place of one, or move it."""
    index: int = asked.get("index", 0)
    rule: Json = colours.kept(asked.get("rule", {}))
    number = _sheet_of(edit, rule).number if rule else asked.get("sheetId", 0)
    rules = _rules(edit, number, index)
    old = rules.pop(index)
    if rule:
        rules.insert(index, rule)
        answer: Json = {"newRule": rule, "newIndex": index, "oldRule": old}
    else:
        new_index = asked.get("newIndex", index)
        rules.insert(new_index, old)
        answer = {"newRule": old, "newIndex": new_index, "oldIndex": index}
    return dict(without_sheet_zero(answer))


def delete_conditional_format_rule(edit: Edit, asked: Json) -> Json:
    """Delete the rule at an index."""
    index = asked.get("index", 0)
    rule = _rules(edit, asked.get("sheetId", 0), index).pop(index)
    return {"rule": without_sheet_zero(rule)}


def add_protected_range(edit: Edit, asked: Json) -> Json:
    """Protect a range, a whole sheet or a named range."""
    given = asked.get("protectedRange", {})
    sheet = edit.book.to_edit(given.get("range", {}).get("sheetId", 0))
    number = given.get("protectedRangeId") or edit.drive.next_number()
    kept = {name: each for name, each in given.items() if each and name != "requestingUserCanEdit"}
    editors = {name: each for name, each in given.get("editors", {}).items() if each}
    if not given.get("warningOnly") and edit.account != edit.book.owner:
        editors["users"] = sorted({edit.account, *editors.get("users", ())})
    protection = {
        "protectedRangeId": number,
        **kept,
        "requestingUserCanEdit": True,
        "editors": editors,
    }
    sheet.parts.setdefault(PROTECTIONS, []).append(protection)
    return {"protectedRange": without_sheet_zero(protection)}


def _protection(edit: Edit, number: int) -> tuple[Sheet, int]:
    for sheet in edit.book.sheets:
        for index, each in enumerate(sheet.parts.get(PROTECTIONS, ())):
            if each["protectedRangeId"] == number:
                _check_open(edit, each)
                return edit.book.to_edit(sheet.number), index
    raise invalid(f"No protected range with id: {number}")


def _check_open(edit: Edit, protection: Json) -> None:
    users = protection.get("editors", {}).get("users", [])
    if not protection.get("warningOnly") and edit.account not in {edit.book.owner, *users}:
        raise invalid(PROTECTED)


def update_protected_range(edit: Edit, asked: Json) -> Json:
    """Change what the mask names of a protection."""
    new = asked.get("protectedRange", {})
    sheet, index = _protection(edit, new.get("protectedRangeId", 0))
    old = sheet.parts[PROTECTIONS][index]
    changed = merged(old, new, mask_of(asked.get("fields", "") or "*"))
    sheet.parts[PROTECTIONS][index] = {**changed, "protectedRangeId": old["protectedRangeId"]}
    return {}


def delete_protected_range(edit: Edit, asked: Json) -> Json:
    """End a protection."""
    sheet, index = _protection(edit, asked.get("protectedRangeId", 0))
    del sheet.parts[PROTECTIONS][index]
    return {}


REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {
    "addConditionalFormatRule": add_conditional_format_rule,
    "updateConditionalFormatRule": update_conditional_format_rule,
    "deleteConditionalFormatRule": delete_conditional_format_rule,
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
}
