"""Listening on a port, by waitress: for one machine and a small team; an image has gunicorn."""

from __future__ import annotations

import errno
import socket
from threading import Event
from typing import Any

from apiflask import APIFlask
from waitress import wasyncore
from waitress.server import create_server

from sheetflow.errors import UserError

THREADS = 16
"""Requests that are answered at a time; half of them may wait for runs."""

MOST_CONNECTIONS = 200
LOOK_SECONDS = 0.2
MIB = 2**20


class Serving:
    """An app on a port of a host; port 0 is one that is free."""

    def __init__(self, app: APIFlask, host: str, port: int) -> None:
        """Listen from now on, at `address`.

        Raises:
            UserError: The port is taken or may not be used, or the host is none of this machine.
        """
        self._stopping = Event()
        self._sockets: dict[int, Any] = {}
        listening = _listening(host, port)
        self.address = _shown(listening)
        self._server = create_server(
            app,
            map=self._sockets,
            sockets=[listening],
            threads=THREADS,
            connection_limit=MOST_CONNECTIONS,
            max_request_body_size=app.config["MAX_CONTENT_LENGTH"]
            + MIB,  # the app refuses, in its words
            ident="SheetFlow",
            clear_untrusted_proxy_headers=True,
        )

    def run(self) -> None:
        """Answer until it is stopped; what is being answered then is finished."""
        while not self._stopping.is_set():
            wasyncore.loop(timeout=LOOK_SECONDS, use_poll=True, map=self._sockets, count=1)
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._sockets)

    def stop(self) -> None:
        """Let `run` come to its end soon; may be called from anywhere."""
        self._stopping.set()


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(place[:2], family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UserError("port_taken", port=str(port)) from error
        if error.errno == errno.EACCES:
            raise UserError("port_forbidden", port=str(port)) from error
        raise UserError("host_unusable", host=host) from error


def _shown(listening: socket.socket) -> str:
    """Where it listens, such as http://127.0.0.1:8000."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
