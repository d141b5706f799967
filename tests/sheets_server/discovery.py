"""Google's own discovery documents: which method a request means, and what its parameters and bodies may hold."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from sheets_server.refusals import Json

_ANYWHERE = frozenset(
    {
        "prettyPrint",
        "fields",
        "alt",
        "key",
        "quotaUser",
        "access_token",
        "oauth_token",
        "$.xgafv",
        "callback",
        "uploadType",
        "upload_protocol",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method: its id, such as `sheets.spreadsheets.values.get`, and where it is described."""

    name: str
    verb: str
    path: re.Pattern[str]
    service: str
    described: Mapping[str, Any]

    @property
    def parameters(self) -> Mapping[str, Json]:
        """Each parameter's description by name."""
        found: Mapping[str, Json] = self.described.get("parameters", {})
        return found

    @property
    def knows_anywhere(self) -> frozenset[str]:
        """The parameters that every method takes."""
        return _ANYWHERE

    @property
    def request(self) -> str | None:
        """The schema of its body."""
        found: str | None = self.described.get("request", {}).get("$ref")
        return found

    @property
    def response(self) -> str | None:
        """The schema of its answer."""
        found: str | None = self.described.get("response", {}).get("$ref")
        return found

    @property
    def changes(self) -> bool:
        """Whether Google counts it as a write: everything but GET, and the reads that send their filters."""
        reads = (".getByDataFilter", ".batchGetByDataFilter", ".search")
        return self.verb != "GET" and not self.name.endswith(reads)

    def accepts(self, scopes: frozenset[str]) -> bool:
        """Whether a token with these scopes may call it."""
        return not scopes.isdisjoint(self.described.get("scopes", ()))


@cache
def document(service: str) -> Json:
    """The discovery document of `sheets.v4` or `drive.v3`."""
    folder = files("googleapiclient") / "discovery_cache" / "documents"
    found: Json = json.loads((folder / f"{service}.json").read_text("utf-8"))
    return found


def schema(service: str, name: str) -> Json:
    """A schema of a service by name."""
    found: Json = document(service)["schemas"][name]
    return found


@cache
def methods() -> tuple[Method, ...]:
    """Every method of both services."""
    return tuple(_methods("sheets.v4", document("sheets.v4"))) + tuple(
        _methods("drive.v3", document("drive.v3"))
    )


def _methods(service: str, part: Json) -> list[Method]:
    base = document(service)["servicePath"]
    found = [
        Method(
            name=each["id"],
            verb=each["httpMethod"],
            path=_pattern(base + each.get("flatPath", each["path"])),
            service=service,
            described=each,
        )
        for each in part.get("methods", {}).values()
    ]
    for inner in part.get("resources", {}).values():
        found += _methods(service, inner)
    return found


def _pattern(path: str) -> re.Pattern[str]:
    pieces = re.split(r"(\{\w+\})", path)
    after = [*pieces[1:], ""]
    told = [
        f"(?P<{piece[1:-1]}>{'[^/]*?' if following else '[^/]*'})"
        if piece.startswith("{")
        else re.escape(piece)
        for piece, following in zip(pieces, after, strict=True)
    ]
    return re.compile("/" + "".join(told))


def method_of(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """The method that a request means and the values in its path (still quoted); None where there is none."""
    for method in methods():
        matched = method.path.fullmatch(path) if method.verb == verb else None
        if matched:
            return method, {name: unquote(text) for name, text in matched.groupdict().items()}
    return None
