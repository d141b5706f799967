"""Payloads against the discovery document: unknown names, wrong types, wrong words. null means unset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from sheets_server.discovery import Method, schema
from sheets_server.masks import Mask
from sheets_server.refusals import Json

Wrong: TypeAlias = tuple[str, str]
NUMBERS = ("integer", "number")


def without_nulls(payload: Any) -> Any:
    """The payload as proto JSON reads it: a field that is null is not set. Lists keep their nulls: cells to skip."""
    if isinstance(payload, dict):
        return {name: without_nulls(each) for name, each in payload.items() if each is not None}
    if isinstance(payload, list) and payload and isinstance(payload[0], dict):
        return [without_nulls(each) for each in payload]
    return payload


def wrong_parameters(method: Method, query: Mapping[str, list[str]]) -> Iterator[Wrong]:
    """What is wrong in the parameters of a request; Drive takes names that it does not know."""
    for name, texts in query.items():
        described = method.parameters.get(name)
        if described is not None:
            yield from _wrong_texts(name, texts, described)
        elif name not in method.knows_anywhere and method.service != "drive.v3":
            unknown = (
                f"Unknown name \"{name}\": Cannot bind query parameter. Field '{name}' could not"
            )
            yield "", f"Invalid JSON payload received. {unknown} be found in request message."


def _wrong_texts(name: str, texts: list[str], described: Json) -> Iterator[Wrong]:
    place = snake(name)
    for text in texts:
        allowed = described.get("enum")
        if allowed and text not in allowed:
            yield place, _bad_value(place, described, f'"{text}"')
        if described["type"] == "boolean" and text.casefold() not in {"true", "false"}:
            yield place, _bad_value(place, described, f'"{text}"')
        if described["type"] == "integer" and not text.lstrip("-").isdigit():
            yield place, _bad_value(place, described, f'"{text}"')


def wrong_mask(service: str, name: str | None, mask: Mask, place: str = "") -> Iterator[Wrong]:
    """What a field mask names that the schema does not know."""
    properties = schema(service, name).get("properties", {}) if name else {}
    for field, inner in mask.items():
        path = f"{place}.{field}" if place else field
        if field != "*" and field not in properties:
            text = "Error expanding 'fields' parameter. Cannot find matching fields for path"
            yield "fields" if not place else path, f"{text} '{path}'."
        elif inner:
            described = properties.get(field, {})
            below = described.get("items", described).get("$ref")
            yield from wrong_mask(service, below, inner, path)


def wrong_body(service: str, name: str, body: Any, place: str = "") -> Iterator[Wrong]:
    """What in a JSON body is against the schema of that name."""
    described = schema(service, name)
    if not isinstance(body, dict):
        shown = f" at '{place}'" if place else ""
        yield place, f"Invalid value{shown} (type.googleapis.com/{name}), {_shown(body)}"
        return
    properties = described.get("properties", {})
    for field, each in body.items():
        inner = f"{place}.{snake(field)}" if place else snake(field)
        if each is None:
            continue
        if field not in properties:
            where = f" at '{place}'" if place else ""
            text = (
                f'Invalid JSON payload received. Unknown name "{field}"{where}: Cannot find field.'
            )
            yield place, text
        else:
            yield from _wrong_value(service, properties[field], each, inner)


def _wrong_value(service: str, described: Json, value: Any, place: str) -> Iterator[Wrong]:
    if "$ref" in described:
        yield from wrong_body(service, described["$ref"], value, place)
    elif described["type"] == "array":
        yield from _wrong_array(service, described["items"], value, place)
    elif described["type"] == "object":
        if not isinstance(value, dict):
            yield place, _bad_value(place, described, _shown(value))
    elif not _fits(described, value):
        yield place, _bad_value(place, described, _shown(value))


def _wrong_array(service: str, items: Json, value: Any, place: str) -> Iterator[Wrong]:
    if not isinstance(value, list):
        yield place, _bad_list(place, items, value)
        return
    if items.get("type") == "any":
        return
    for index, each in enumerate(value):
        inner = f"{place}[{index}]"
        if items.get("type") == "array" and not isinstance(each, list):
            yield place, _bad_list(inner if isinstance(each, dict) else place, items, each)
        else:
            yield from _wrong_value(service, items, each, inner)


def _bad_list(place: str, items: Json, value: Any) -> str:
    if items.get("type") in {"array", "any"}:
        return f"Invalid value at '{place}' (type.googleapis.com/google.protobuf.ListValue), {_shown(value)}"
    return f"Invalid JSON payload received. Proto field is not repeating, cannot start list at '{place}'"


def _fits(described: Json, value: Any) -> bool:
    kind = described["type"]
    if "enum" in described:
        return value in described["enum"]
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in NUMBERS:
        whole = kind == "number" or (isinstance(value, int | float) and value == int(value))
        return isinstance(value, int | float) and not isinstance(value, bool) and whole
    if kind == "string":
        return isinstance(value, str) or "format" in described
    return True


def _bad_value(place: str, described: Json, shown: str) -> str:
    kind = {"integer": "TYPE_INT32", "number": "TYPE_DOUBLE", "boolean": "TYPE_BOOL"}.get(
        described["type"], "TYPE_STRING"
    )
    if "enum" in described:
        kind = "type.googleapis.com/google.apps.sheets.v4.Enum"
    return f"Invalid value at '{place}' ({kind}), {shown}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else f'"{value}"'


def snake(name: str) -> str:
    """A field's name as the refusals spell it: `updateCells` is `update_cells`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
