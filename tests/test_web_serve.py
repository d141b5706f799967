"""`sheetflow serve`: up at once, on this machine alone unless it is safe, and gone when it is told to."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest

from sheetflow.entrypoints.cli import run

START = "from sheetflow.entrypoints.cli import main; main()"
UP_SECONDS = 20  # 3 on a machine that is not busy with tests
SAFE = {
    "SHEETFLOW_SECRET_KEY": "x7Qp" * 10 + "0123456789",
    "SHEETFLOW_BASE_URL": "https://plan.example.com",
    "SHEETFLOW_KEYS_ONLY": "true",
}


@contextmanager
def serving(
    folder: Path, *options: str, settings: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own; gives it and what it printed until it was up."""
    environment = {**os.environ, "XDG_DATA_HOME": str(folder), **(settings or {})}
    command = [sys.executable, "-c", START, "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


def address_in(text: str) -> str:
    """The address that was printed."""
    found = re.search(r"http://[\w.\[\]:]+", text)
    assert found, text
    return found.group()


def status_at(address: str, browser: urllib.request.OpenerDirector | None = None) -> int:
    """The status of the answer, after every redirect."""
    try:
        with (browser or urllib.request.build_opener()).open(address) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def test_it_is_up_at_once_and_ends_when_told(tmp_path: Path) -> None:
    """Without any setting: it answers, its one-time address opens once, and SIGTERM ends it well."""
    began = time.monotonic()
    with serving(tmp_path) as (process, said):
        address = address_in(said)
        assert address.startswith("http://127.0.0.1:")
        assert status_at(f"{address}/healthz") == 200
        assert time.monotonic() - began < UP_SECONDS
        assert process.stdout is not None
        once = re.search(r"http://\S+/open\?ticket=\S+", process.stdout.readline())
        assert once
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        browser = urllib.request.build_opener(cookies)
        assert status_at(f"{address}/v1/workbooks", browser) == 401
        status_at(once.group(), browser)
        assert status_at(f"{address}/v1/workbooks", browser) == 200
        assert status_at(once.group()) == 401
        database = tmp_path / "sheetflow" / "sheetflow.db"
        assert database.is_file()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_others_reach_it_only_where_that_is_safe(tmp_path: Path) -> None:
    """With a secret, https and somebody to sign in it listens on every network; nobody is local then."""
    with serving(tmp_path, "--host", "0.0.0.0", settings=SAFE) as (process, said):  # noqa: S104 - it is about that
        port = address_in(said).rpartition(":")[2]
        assert status_at(f"http://127.0.0.1:{port}/v1/workbooks") == 401
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stdout is not None
        assert "ticket" not in process.stdout.read()


def test_unsafe_settings_are_refused_in_sentences(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each danger has its own, and nothing is begun."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run(["serve", "--host", "0.0.0.0"]) == 2  # noqa: S104
    said = capsys.readouterr().err
    for setting in ("SHEETFLOW_SECRET_KEY", "SHEETFLOW_BASE_URL", "SHEETFLOW_KEYS_ONLY"):
        assert setting in said
    assert not list(tmp_path.iterdir())


def test_a_port_that_is_taken_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One sentence, and what to do."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run(["serve", "--port", port]) == 2
    assert f"port {port} already" in capsys.readouterr().err


def test_a_wrong_setting_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the name under which it was given."""
    monkeypatch.setenv("SHEETFLOW_WORKERS", "many")
    assert run(["serve"]) == 2
    assert "SHEETFLOW_WORKERS" in capsys.readouterr().err
