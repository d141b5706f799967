"""A server that sends everybody elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from werkzeug.serving import make_server
from werkzeug.utils import redirect


@contextmanager
def redirecting_to(place: str) -> Iterator[str]:
    """Listen on a free port, and answer every request with another address."""
    server = make_server("127.0.0.1", 0, redirect(place))
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
