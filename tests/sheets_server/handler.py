"""HTTP as the clients of Google know it: connections stay open, and nothing is printed."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Any

from werkzeug.serving import WSGIRequestHandler

OPEN: dict[int, set[socket.socket]] = {}


def end_connections(port: int) -> None:
    """End those that clients of a server keep open."""
    for connection in list(OPEN.pop(port, ())):
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


class Handler(WSGIRequestHandler):
    """Keeps connections open; a cut one is no news."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log(self, kind: str, message: str, *args: Any) -> None:
        """Say nothing."""

    def setup(self) -> None:
        """Note the connection, so that the server can end it."""
        super().setup()
        OPEN.setdefault(self.server.server_port, set()).add(self.connection)

    def finish(self) -> None:
        """Forget the connection."""
        OPEN.get(self.server.server_port, set()).discard(self.connection)
        super().finish()

    def connection_dropped(
        self,
        error: BaseException,  # noqa: ARG002 - given by werkzeug
        environ: Any = None,  # noqa: ARG002 - the same
    ) -> None:
        """Close what was cut."""
        self.close_connection = True
