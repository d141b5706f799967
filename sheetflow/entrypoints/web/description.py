"""The service's own description (OpenAPI 3.1): what APIFlask gathers from the routes, with every problem declared."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, TypeAlias

from sheetflow.entrypoints.web.problems import PROBLEM

Described: TypeAlias = dict[str, Any]

PROBLEM_SCHEMA: Described = {
    "type": "object",
    "description": "What is wrong and what to do (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence in the reader's language."},
        "code": {"type": "string", "description": "The name of the sentence."},
        "request_id": {"type": "string", "description": "The number to report it with."},
    },
}
REFERENCE = {"$ref": "#/components/schemas/Problem"}
ALWAYS = (400, 401, 403, 404, 421, 422, 424, 429, 500, 503)
WITH_BODY = (413, 415)
MACHINE: Described = {
    name: {"type": "apiKey", "in": "header", "name": name, "description": description}
    for name, description in {
        "SheetFlow-Machine": "The name of a machine; the other three headers go with it.",
        "SheetFlow-Timestamp": "Seconds since 1970, at most 300 off.",
        "SheetFlow-Nonce": "16 to 100 letters and digits, never used before.",
        "SheetFlow-Signature": "HMAC-SHA256 in hex over method, path with query, timestamp, nonce and the SHA-256 of "
        "the body, one a line.",
    }.items()
}
SCHEMES: Described = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key (sf_…), or the identity token of Google or Microsoft.",
    },
    **MACHINE,
    "session": {"type": "apiKey", "in": "cookie", "name": "sheetflow"},
}
SIGNED_IN: list[dict[str, list[str]]] = [
    {"bearer": []},
    {name: [] for name in MACHINE},
    {"session": []},
]
OPEN = frozenset({"/v1/plan", "/v1/files/recalculate"})
"""Routes that settings may open to everybody."""


def described(spec: Described) -> Described:
    """The description with every problem, and with what APIFlask leaves open said."""
    components = spec.setdefault("components", {})
    components["securitySchemes"] = SCHEMES
    components.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    for path, operation in operations(spec):
        _declare_problems(operation)
        if path.startswith("/v1/") and not path.endswith(".ics"):
            operation["security"] = [{}, *SIGNED_IN] if path in OPEN else SIGNED_IN
        if "requestBody" in operation:
            operation["requestBody"]["required"] = True
        for parameter in operation.get("parameters", ()):
            _without_null(parameter)
    return spec


def operations(spec: Described) -> Iterator[tuple[str, Described]]:
    """Every operation, with its path."""
    for path, methods in spec["paths"].items():
        for operation in methods.values():
            yield path, operation


def document(description: str) -> dict[int | str, Described]:
    """The answer of a route that gives one of our documents."""
    schema = {
        "type": "object",
        "required": ["schema"],
        "properties": {"schema": {"type": "string"}},
    }
    return {200: {"description": description, "content": {"application/json": {"schema": schema}}}}


def _declare_problems(operation: Described) -> None:
    statuses = (*ALWAYS, *(WITH_BODY if "requestBody" in operation else ()))
    answers = operation["responses"]
    for status in statuses:
        told = {
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM: {"schema": REFERENCE}},
        }
        answers[str(status)] = answers.get(str(status), {}) | told


def _without_null(parameter: Described) -> None:
    """A parameter may be left out, but never be null: an address has no such value."""
    schema = parameter["schema"]
    schema.pop("default", None)
    schema.pop("title", None)
    kinds = [kind for kind in schema.pop("anyOf", []) if kind.get("type") != "null"]
    for kind in kinds:
        schema |= kind
    if "description" in schema:
        parameter["description"] = schema.pop("description")
