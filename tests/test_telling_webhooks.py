"""Webhooks: signed, without contents, and never into a private network; chats by allowed services alone."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest

from sheetflow.errors import UserError
from sheetflow.jobs.telling.chat import check_chats, tell_chats
from sheetflow.jobs.telling.webhooks import Webhooks, check_webhooks
from sheetflow.store.database import open_database
from sheetflow.translate.digests.letters import Letter
from telling import a_town, post_office

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRET = "a long secret that both sides know"  # noqa: S105 - of this test
pytest.importorskip("requests_hardened", reason="the extra `notify` is not installed")


@dataclass
class Listener:
    """What a server on loopback has been told; `answers` are the statuses that it gives, then 200."""

    port: int = 0
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    location: str = ""


@contextmanager
def listening() -> Iterator[Listener]:
    """A web server that writes down what it is told."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.told.append((dict(self.headers), body))
            self.send_response(listener.answers.pop(0) if listener.answers else 200)
            if listener.location:
                self.send_header("Location", listener.location)
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the library's name

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    listener.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A web server on loopback."""
    with listening() as one:
        yield one


def sent(webhooks: Webhooks, waits: list[float] | None = None) -> bool:
    """Send a small message."""
    pauses = [] if waits is None else waits
    return webhooks.send({"event": "run_done"}, now=NOW, nonce="n-1", sleep=pauses.append)


def test_an_allowed_host_is_told_with_a_signature_that_holds(listener: Listener) -> None:
    """The receiver works the signature out for itself, and finds a changed body out."""
    host = f"127.0.0.1:{listener.port}"
    hooks = Webhooks(addresses=(f"http://{host}/x",), secret=SECRET, hosts=frozenset({host}))
    assert sent(hooks)
    ((headers, body),) = listener.told
    signed = f"{int(NOW.timestamp())}\nn-1\n{sha256(body).hexdigest()}"
    right = hmac.new(SECRET.encode(), signed.encode(), sha256).hexdigest()
    assert headers["SheetFlow-Signature"] == right
    assert headers["SheetFlow-Timestamp"] == str(int(NOW.timestamp()))
    forged = f"{int(NOW.timestamp())}\nn-1\n{sha256(body + b' ').hexdigest()}"
    assert hmac.new(SECRET.encode(), forged.encode(), sha256).hexdigest() != right


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",  # noqa: S104 - an address to be refused
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "127.0.0.1.",
        "①②⑦.⓪.⓪.①",
    ],
)
def test_private_addresses_are_never_reached(listener: Listener, host: str) -> None:
    """However loopback is spelt, the server there hears nothing."""
    hooks = Webhooks(addresses=(f"http://{host}:{listener.port}/x",), secret=SECRET)
    assert not sent(hooks)
    assert listener.told == []


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://[fd00::1]/",
    ],
)
def test_private_networks_are_not_even_tried(address: str) -> None:
    """The address of a cloud's secrets, and those of offices."""
    assert not sent(Webhooks(addresses=(address,), secret=SECRET))


def test_an_allowed_host_lends_its_name_to_no_other(listener: Listener) -> None:
    """The allow-list counts with the port, and a redirect is followed nowhere."""
    host = f"127.0.0.1:{listener.port}"
    with listening() as other:
        listener.location = f"http://127.0.0.1:{other.port}/secret"
        listener.answers = [302] * 3
        addresses = (f"http://{host}/x", f"http://127.0.0.1:{other.port}/x")
        hooks = Webhooks(addresses=addresses, secret=SECRET, hosts=frozenset({host}))
        assert not sent(hooks)
        assert len(listener.told) == 3
        assert other.told == []


def test_it_is_tried_again_a_bounded_number_of_times(listener: Listener) -> None:
    """Twice in vain, then well; and three times at most."""
    host = f"127.0.0.1:{listener.port}"
    hooks = Webhooks(addresses=(f"http://{host}/x",), secret=SECRET, hosts=frozenset({host}))
    waits: list[float] = []
    listener.answers = [500, 503]
    assert sent(hooks, waits)
    assert waits == [1.0, 10.0]
    listener.answers = [500] * 9
    assert not sent(hooks)
    assert len(listener.told) == 6


def test_machines_are_told_ids_flags_and_dates_alone(tmp_path: Path, listener: Listener) -> None:
    """No title, no name and no step leaves the workbook this way."""
    host = f"127.0.0.1:{listener.port}"
    engine = open_database(f"sqlite:///{tmp_path / 'sheetflow.db'}")
    town = a_town(
        engine,
        None,
        webhook_urls=(f"http://{host}/x",),
        webhook_secret=SECRET,
        webhook_hosts=(host,),
    )
    record = town.register()
    town.run(record)
    town.run(record)
    engine.dispose()
    ((_, body),) = listener.told
    told = json.loads(body)
    assert told["event"] == "run_done"
    assert {each["id"] for each in told["publications"]} == {"P-1", "P-2"}
    for word in ("Autumn", "Gift", "Ann", "Design", "Copy"):
        assert word not in body.decode()


@pytest.mark.parametrize("address", ["ftp://example.com/", "http://", "https://user@example.com/"])
def test_addresses_of_another_kind_are_refused_at_the_start(address: str) -> None:
    """Before anything is told."""
    with pytest.raises(UserError, match="setting_wrong"):
        check_webhooks([address], SECRET)


def test_webhooks_need_their_secret() -> None:
    """An unsigned message is worth nothing."""
    with pytest.raises(UserError, match="webhook_secret_missing"):
        check_webhooks(["https://example.com/"], "")


@pytest.mark.parametrize("address", ["json://127.0.0.1/", "file:///etc/passwd", "syslog://", "x"])
def test_chats_are_of_services_that_are_allowed(address: str) -> None:
    """The library could reach any address, and run programs."""
    with pytest.raises(UserError, match="setting_wrong"):
        check_chats([address])


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
def test_a_chat_is_told_by_apprise() -> None:
    """The service that can be had on loopback is mail."""
    pytest.importorskip("apprise", reason="the extra `notify` is not installed")
    with post_office() as office:
        target = quote("team@team.example")
        address = (
            f"mailto://127.0.0.1:{office.port}?from=bot@team.example&to={target}&mode=insecure"
        )
        check_chats([address])
        assert tell_chats([address], Letter(subject="Agency", text="P-1 has turned red", html=""))
        assert "P-1 has turned red" in str(office.letters[0])
