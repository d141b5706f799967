"""Requests to Google are repeated where that is safe and of use, and never for longer than they are worth."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from google_access import Machine
from sheetflow.errors import UserError
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.credentials import access_by_key
from sheetflow.workbooks.google.errand import Errand, Patience, Surroundings
from sheetflow.workbooks.google.faults import LostAnswerError
from sheetflow.workbooks.google.transport import Transport
from sheetflow.workbooks.google.waiting import Outcome, retry_after, wait_before_next
from sheets_server import accounts

READ, WRITE = Errand(method="GET", url=""), Errand(method="POST", url="", writes=True)
CUT, CUT_HALFWAY, TRICKLE = "cut", "cut halfway", "trickle"
SHEET = "1" * 44


def words(status: int, state: str = "UNAVAILABLE", message: str = "In trouble.") -> bytes:
    """An error as Google puts it."""
    error = {"code": status, "message": message, "status": state}
    return json.dumps({"error": error}).encode()


@dataclass(frozen=True)
class Said:
    """One scripted answer."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0
    then: str = ""


UNWELL = Said(503, words(503))
BUSY = Said(429, words(429, "RESOURCE_EXHAUSTED"))


@dataclass
class Server:
    """A server that says what it is told to, one answer after another, the last one for ever."""

    script: list[Said] = field(default_factory=lambda: [Said()])
    tokens: list[Said] = field(default_factory=list)
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)
    headers: list[Message] = field(default_factory=list)
    url: str = ""

    @property
    def paths(self) -> list[str]:
        """What was asked for, tokens left out."""
        return [path for _, path, _ in self.asked if path != "/token"]

    @property
    def keys(self) -> list[str]:
        """What requests signed in with, those for tokens left out."""
        return [headers["Authorization"] for headers in self.headers]

    def answer(self, path: str) -> Said:
        """The next answer."""
        if path == "/token":
            fresh = json.dumps({"access_token": f"token {len(self.asked)}", "expires_in": 3600})
            return self.tokens.pop(0) if self.tokens else Said(body=fresh.encode())
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


def trickle(stream: Any, body: bytes) -> None:
    """Send a body so slowly that no single wait is long."""
    for number in range(len(body)):
        time.sleep(0.03)
        try:
            stream.write(body[number : number + 1])
        except OSError:
            return


def handler_of(server: Server) -> type[BaseHTTPRequestHandler]:
    """The handler that plays a server's script."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = self.path.partition("?")[0]
            server.asked.append((self.command, path, body))
            said = server.answer(path)
            if path != "/token":
                server.headers.append(self.headers)
            time.sleep(said.after)
            if said.then == CUT:
                self.close_connection = True
                return
            self.send_response_only(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            more = 10 if said.then == CUT_HALFWAY else 0
            self.send_header("Content-Length", str(len(said.body) + more))
            self.end_headers()
            if said.then == TRICKLE:
                trickle(self.wfile, said.body)
            self.wfile.write(said.body)
            self.close_connection = bool(said.then)

        do_POST = do_GET  # noqa: N815 - the name that the server asks for

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def server() -> Iterator[Server]:
    """A scripted server on a port of its own."""
    scripted = Server()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_of(scripted)) as listening:
        listening.daemon_threads = True
        scripted.url = f"http://127.0.0.1:{listening.server_port}"
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield scripted
        listening.shutdown()
        thread.join()


Connect = Callable[..., Transport]


@pytest.fixture
def machine() -> Machine:
    """A machine whose time passes only in sleep."""
    return Machine()


@pytest.fixture
def connect(server: Server, machine: Machine) -> Iterator[Connect]:
    """Makes transports to the server."""
    made: list[Transport] = []

    def transport(patience: Patience | None = None, own: Surroundings | None = None) -> Transport:
        access = access_by_key(accounts.key_file(server.url, accounts.ROBOT))
        made.append(Transport(access, own or machine.surroundings(), patience))
        return made[-1]

    yield transport
    for each in made:
        each.session.close()


def reading(server: Server) -> Errand:
    """A read from the server."""
    return Errand(method="GET", url=f"{server.url}/read")


def writing(server: Server) -> Errand:
    """A write to the server."""
    return Errand(method="POST", url=f"{server.url}/write", body=b"{}", writes=True)


@pytest.mark.parametrize("trouble", [408, 429, 500, 502, 503, 504])
def test_a_read_is_repeated_until_it_is_answered(
    server: Server, connect: Connect, machine: Machine, trouble: int
) -> None:
    """Each wait is a share of a bound that doubles: half of 1, 2 and 4 seconds where chance is a half."""
    server.script = [Said(trouble)] * 3 + [Said(body=b"[1]")]
    assert connect().send(reading(server)).json() == [1]
    assert machine.slept == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("then", [CUT, CUT_HALFWAY])
def test_a_read_that_is_cut_off_is_repeated(server: Server, connect: Connect, then: str) -> None:
    """A connection that ends before or within the answer costs nothing but time."""
    server.script = [Said(then=then), Said(body=b"[1]")]
    assert connect().send(reading(server)).json() == [1]


def test_what_google_asks_to_wait_is_waited(
    server: Server, connect: Connect, machine: Machine
) -> None:
    """Retry-After is kept, in seconds and as a date, with a little more by chance."""
    date = {"Date": "Sun, 22 Nov 2026 12:00:00 GMT", "Retry-After": "Sun, 22 Nov 2026 12:00:20 GMT"}
    server.script = [Said(429, headers={"Retry-After": "7"}), Said(503, headers=date), Said()]
    connect().send(reading(server))
    assert machine.slept == [7.5, 20.5]


def test_a_wait_beyond_the_deadline_is_not_begun(
    server: Server, connect: Connect, machine: Machine
) -> None:
    """Where Google asks for an hour, the run ends at once."""
    server.script = [Said(429, words(429, "RESOURCE_EXHAUSTED"), {"Retry-After": "3600"})]
    assert connect().send(reading(server)).status_code == 429
    assert (machine.slept, len(server.paths)) == ([], 1)


def test_tries_are_bounded(server: Server, connect: Connect, machine: Machine) -> None:
    """A service that stays down is asked six times; a quota that stays used up ten times, within the deadline."""
    server.script = [UNWELL]
    connect().send(reading(server))
    assert len(server.paths) == 6
    server.asked.clear()
    server.script, machine.chance = [BUSY], 0.99
    begun = machine.now
    connect().send(reading(server))
    assert len(server.paths) <= 10
    assert 60 < machine.now - begun < Patience().total


def test_one_deadline_holds_for_all_requests(
    server: Server, connect: Connect, machine: Machine
) -> None:
    """What one request has waited, the next one no longer has; a new beginning has the whole time again."""
    transport = connect(Patience(total=10))
    transport.send(reading(server))
    machine.now += 9.9
    server.script = [UNWELL]
    transport.send(reading(server))
    assert len(server.paths) == 2
    machine.now += 1
    with pytest.raises(UserError) as caught:
        transport.send(writing(server))
    assert (caught.value.code, len(server.paths)) == ("google_no_answer", 2)
    transport.begin()
    transport.send(reading(server))
    assert len(server.paths) > 4


@pytest.mark.parametrize(
    "said",
    [Said(500), Said(502), Said(503), Said(504), Said(408), Said(then=CUT), Said(then=CUT_HALFWAY)],
)
def test_a_write_that_may_be_done_is_never_repeated(
    server: Server, connect: Connect, machine: Machine, said: Said
) -> None:
    """One request goes out, and whoever asked is told that its answer is lost."""
    server.script = [said, Said()]
    with pytest.raises(LostAnswerError):
        connect().send(writing(server))
    assert (server.paths, machine.slept) == (["/write"], [])


@pytest.mark.parametrize("said", [BUSY, UNWELL])
def test_a_write_that_was_turned_away_is_repeated(
    server: Server, connect: Connect, said: Said
) -> None:
    """Where Google itself says that it did not take the request, it may be sent again."""
    server.script = [said, said, Said()]
    assert connect().send(writing(server)).ok
    assert len(server.paths) == 3


def test_nobody_there(server: Server, connect: Connect, machine: Machine) -> None:
    """A write that never reached anybody is tried again, and then told with what the system says."""
    transport = connect()
    transport.send(reading(server))
    nowhere = Errand(method="POST", url="http://127.0.0.1:9/write", writes=True)
    with pytest.raises(UserError) as caught:
        transport.send(nowhere)
    assert (caught.value.code, len(machine.slept)) == ("google_unreachable", 5)
    assert caught.value.facts["text"] == "Connection refused"


def test_an_answer_that_does_not_come(server: Server, connect: Connect) -> None:
    """A server that is silent costs no more than the deadline, by the real clock."""
    server.script = [Said(after=0.6)]
    real = Surroundings(clock=time.monotonic, sleep=time.sleep, chance=lambda: 0.0)
    transport = connect(Patience(request=0.1, total=0.35), real)
    transport.send(Errand(method="GET", url=f"{server.url}/token"))
    begun = time.monotonic()
    transport.begin()
    with pytest.raises(UserError) as caught:
        transport.send(reading(server))
    assert caught.value.code == "google_no_answer"
    assert time.monotonic() - begun < 0.6
    transport.begin()
    with pytest.raises(LostAnswerError):
        transport.send(writing(server))


def test_an_answer_that_trickles(server: Server, connect: Connect) -> None:
    """Bytes that come one by one are no answer in time either."""
    real = Surroundings(clock=time.monotonic, sleep=time.sleep, chance=lambda: 0.0)
    transport = connect(Patience(request=0.2, total=0.5), real)
    transport.send(reading(server))
    server.script = [Said(body=b"x" * 100, then=TRICKLE)]
    transport.begin()
    begun = time.monotonic()
    with pytest.raises(UserError) as caught:
        transport.send(reading(server))
    assert caught.value.code == "google_no_answer"
    assert time.monotonic() - begun < 0.8


def test_an_answer_that_is_packed(server: Server, connect: Connect) -> None:
    """Google packs its answers; they are asked for so, and unpacked whole."""
    numbers = list(range(300_000))
    packed = gzip.compress(json.dumps(numbers).encode())
    server.script = [Said(body=packed, headers={"Content-Encoding": "gzip"})]
    assert connect().send(reading(server)).json() == numbers
    assert "gzip" in server.headers[-1]["Accept-Encoding"]
    assert "gzip" in server.headers[-1]["User-Agent"]


def test_the_token_is_fetched_once(server: Server, connect: Connect) -> None:
    """Requests share a token as long as it lasts, and the key file's account asks for spreadsheets alone."""
    transport = connect()
    transport.send(reading(server))
    transport.send(writing(server))
    assert [path for _, path, _ in server.asked] == ["/token", "/read", "/write"]
    assert server.keys == ["Bearer token 1"] * 2
    assert transport.access.account == accounts.ROBOT


def test_a_token_that_is_refused_is_renewed_once(server: Server, connect: Connect) -> None:
    """A second refusal stands."""
    server.script = [Said(401), Said(), Said(401)]
    transport = connect()
    assert transport.send(writing(server)).ok
    assert server.keys == ["Bearer token 1", "Bearer token 3"]
    assert transport.send(reading(server)).status_code == 401
    assert len(server.paths) == 4


def test_tokens_are_waited_for_too(server: Server, connect: Connect, machine: Machine) -> None:
    """The token server is asked again while it is in trouble, under the same bounds."""
    server.tokens = [Said(503), Said(then=CUT)]
    assert connect().send(writing(server)).ok
    assert machine.slept == [0.5, 1.0]
    server.tokens = [Said(503)] * 20
    with pytest.raises(UserError) as caught:
        connect().send(writing(server))
    assert caught.value.code == "google_unwell"


def test_the_token_goes_nowhere_else(
    server: Server, connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """A redirection is not followed, and passwords of the machine do not take the token's place."""
    passwords = tmp_path / "netrc"
    passwords.write_text("default login someone password secret", "utf-8")
    monkeypatch.setenv("NETRC", str(passwords))
    server.script = [Said(302, headers={"Location": f"{server.url}/elsewhere"})]
    assert connect().send(reading(server)).status_code == 302
    assert (server.paths, server.keys) == (["/read"], ["Bearer token 1"])


def test_bodies_are_small(server: Server, connect: Connect) -> None:
    """JSON goes out without spaces, with its letters as they are, and asks for an answer without spaces."""
    client = SheetsClient(connect(), server.url)
    client.update_by_filter(SHEET, [{"values": [["هفته", None]]}])
    method, path, body = server.asked[-1]
    assert (method, path) == ("POST", f"/v4/spreadsheets/{SHEET}/values:batchUpdateByDataFilter")
    assert '"data":[{"values":[["هفته",null]]}]'.encode() in body


def test_what_is_no_answer_of_googles(server: Server, connect: Connect) -> None:
    """A page of the network, or a way to one, is told as such and never taken for an empty sheet."""
    client = SheetsClient(connect(), server.url)
    server.script = [Said(body=b"<html>", headers={"Content-Type": "text/html; charset=utf-8"})]
    with pytest.raises(UserError) as caught:
        client.values_by_filter(SHEET, [{"a1Range": "A1"}])
    assert caught.value.code == "google_unreachable"
    server.script = [Said(302, headers={"Location": "/log-in"})]
    with pytest.raises(UserError) as caught:
        client.spreadsheets_get(SHEET)
    assert (caught.value.code, caught.value.facts["text"]) == ("google_refused", "status 302")


def test_what_reads_by_post_is_no_write(server: Server, connect: Connect) -> None:
    """Values that are asked for by a filter are asked for again; a batch of changes is not."""
    client = SheetsClient(connect(), server.url)
    server.script = [Said(500), Said(body=b'{"valueRanges": []}')]
    assert client.values_by_filter(SHEET, [{"a1Range": "A1"}]) == {"valueRanges": []}
    server.script = [Said(500), Said()]
    assert client.get_by_filter(SHEET, [{"a1Range": "A1"}], "sheets.properties") == {}
    server.script = [Said(500), Said()]
    with pytest.raises(LostAnswerError):
        client.batch_update(SHEET, {"requests": []})


@given(
    status=st.sampled_from([0, 200, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504]),
    was_sent=st.booleans(),
    in_words=st.booleans(),
    tried=st.integers(1, 12),
    chance=st.floats(0, 1, exclude_max=True),
    errand=st.sampled_from([READ, WRITE]),
)
def test_waits_keep_their_bounds(
    status: int, *, was_sent: bool, in_words: bool, tried: int, chance: float, errand: Errand
) -> None:
    """No wait is longer than the longest, none follows an answer, and no write that may be done is repeated."""
    outcome = Outcome(status=status, was_sent=was_sent, in_words=in_words)
    patience = Patience()
    wait = wait_before_next(outcome, errand, patience, tried=tried, chance=chance)
    if wait is not None:
        assert 0 <= wait <= min(patience.longest_wait, 2 ** (tried - 1))
        assert tried < patience.quota_tries
        assert status not in {200, 400, 401, 403, 404}
    if errand.writes and wait is not None:
        assert status in {429, 503} or not was_sent


@pytest.mark.parametrize("text", ["", "soon", "-5", "1.5", "Sun, 99 Nov"])
def test_a_wait_that_cannot_be_read_is_none(text: str) -> None:
    """Then the usual back-off holds."""
    assert retry_after({"Retry-After": text, "Date": "Sun, 22 Nov 2026 12:00:00 GMT"}) is None
