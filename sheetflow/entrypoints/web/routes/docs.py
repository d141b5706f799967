"""The description for people: drawn here from the OpenAPI description, with nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from apiflask import APIFlask
from flask import Blueprint, current_app, render_template

blueprint = Blueprint("docs", __name__)

SUCCESS = "2"


@blueprint.get("/docs")
def docs() -> str:
    """Every address of the service: what it takes and what it answers."""
    spec = cast("dict[str, Any]", cast("APIFlask", current_app)._get_spec("json"))  # noqa: SLF001 - kept once made
    tags: dict[str, list[dict[str, Any]]] = {}
    for entry in _entries(spec):
        tags.setdefault(entry["tag"], []).append(entry)
    return render_template("docs.html", tags=tags, schemes=spec["components"]["securitySchemes"])


def _entries(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield {
                "tag": operation.get("tags", [""])[0],
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "parameters": [_parameter(one) for one in operation.get("parameters", [])],
                "body": _contents(operation.get("requestBody", {}), spec),
                "answers": list(_answers(operation, spec)),
                "problems": [code for code in operation["responses"] if code[0] != SUCCESS],
                "signed_in": {} not in operation.get("security", [{}]),
            }


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    return {**parameter, "kind": _kind(parameter["schema"])}


def _answers(operation: dict[str, Any], spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for status, answer in operation["responses"].items():
        if status.startswith(SUCCESS):
            yield {
                "status": status,
                "description": answer.get("description", ""),
                "contents": _contents(answer, spec),
            }


def _contents(holder: dict[str, Any], spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"type": kind, "fields": list(_fields(content.get("schema", {}), spec))}
        for kind, content in holder.get("content", {}).items()
    ]


def _fields(schema: dict[str, Any], spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields of an object, each with its kind."""
    whole = _resolved(schema, spec)
    required = whole.get("required", [])
    for name, field in whole.get("properties", {}).items():
        told = {**_resolved(field, spec), **field}
        yield {
            "name": name,
            "kind": _kind(field),
            "required": name in required,
            "description": told.get("description", ""),
        }


def _resolved(schema: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return spec["components"]["schemas"].get(name, {}) if name else schema


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a few words: `date`, `a list of string`, `en, id or fa`."""
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].rpartition(".")[2]
    if schema.get("type") == "array":
        return f"a list of {_kind(schema.get('items', {}))}"
    kind = schema.get("format") or schema.get("type", "anything")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
