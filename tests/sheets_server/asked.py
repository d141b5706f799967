"""A request as it came, and answers as they go out."""

from __future__ import annotations

import gzip
import json
import socket
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from werkzeug.wrappers import Request, Response

from sheets_server.discovery import Method
from sheets_server.refusals import Json, Refusal, invalid


@dataclass(slots=True, kw_only=True)
class Asked:
    """A request with what is known of it; `body` is the JSON that came, once it was read."""

    request: Request
    method: Method
    path: dict[str, str]
    account: str = ""
    spoilt: bool = False
    body: Any = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Read or write; other where it is not Sheets."""
        if self.method.service != "sheets.v4":
            return "other"
        return "write" if self.method.changes else "read"

    @property
    def parameters(self) -> dict[str, list[str]]:
        """Every parameter with its values."""
        return parse_qs(self.request.query_string.decode(), keep_blank_values=True)

    def read_body(self) -> None:
        """Read the JSON that came; a GET has none."""
        try:
            self.body = json.loads(self.request.get_data() or b"{}")
        except ValueError:
            raise invalid("Invalid JSON payload received. Unexpected token.") from None


def as_json(answer: Json, status: int = 200, *, pretty: bool = True) -> Response:
    """An answer as Google prints it: over many lines, unless it was asked not to."""
    text = json.dumps(
        answer,
        ensure_ascii=False,
        indent=2 if pretty else None,
        separators=(",", ": ") if pretty else (",", ":"),
    )
    return Response(text + "\n", status, mimetype="application/json")


def packed(response: Response, request: Request) -> Response:
    """The answer in gzip, for a client that takes it and says so in its name too, as Google wants it."""
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    if not (takes and "gzip" in request.headers.get("User-Agent", "")):
        return response
    response.set_data(gzip.compress(response.get_data(), mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


def refused(refusal: Refusal) -> Response:
    """The answer that a refusal is."""
    response = as_json(refusal.body, refusal.status)
    response.headers.update(refusal.headers)
    return response


def cut(environ: dict[str, Any]) -> None:
    """End the connection without an answer."""
    connection: socket.socket = environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError
