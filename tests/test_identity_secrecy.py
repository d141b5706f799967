"""What people sign in with appears nowhere: not in a log, not in an answer, not in the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from callers import SECRET, bearer, by_ticket, machine, machine_headers
from issuers import Issuers
from services import a_client, a_service
from sheetflow.store.records import Verb


def test_no_credential_is_written_down(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Good ones and bad ones, over every way of signing in: neither text nor a part of it that proves anything."""
    with Issuers() as issuers:
        service = a_service(
            tmp_path, **issuers.settings, machines={"crm": SECRET}, log_level="DEBUG"
        )
        client, now = a_client(service), datetime.now(UTC)
        record = service.registry.add(
            "/nowhere/a.xlsx",
            name="A",
            time_zone="UTC",
            schedule=None,
            owner="ana@example.com",
            now=now,
        )
        key = service.keys.create("k", {Verb.READ}, record.id, now)[1]
        tokens = [issuers.google_token(), issuers.entra_token(), issuers.google_token(aud="other")]
        tokens += [issuers.google_token(email_verified=False), issuers.google_token(exp=1)]
        heard = [
            _heard(bearer(client, text)) for text in (key, f"{key}x", *tokens, f"{tokens[0]}x")
        ]
        heard += [_heard(machine(client, name, lambda: now)) for name in ("crm", "erp")]
        wrong = machine_headers("crm", now, "GET", "/v1/me", secret="canary secret")  # noqa: S106
        heard.append(client.get("/v1/me", headers=wrong).get_data(as_text=True))
        heard.append(client.post("/sign-in", data={"key": f"{key}x"}).get_data(as_text=True))
        url = (
            bearer(client, key).send("POST", f"/v1/workbooks/{record.id}/ticket").get_json()["url"]
        )
        heard += [_heard(by_ticket(client.application.test_client(), url))]
        heard += [client.get(url[url.index("/open") :]).get_data(as_text=True)]
    ticket = parse_qs(urlsplit(url).query)["ticket"][0]
    secrets = [key.split("_", 2)[2], ticket, SECRET, "canary secret"]
    secrets += [token.rpartition(".")[2] for token in tokens]
    written = "".join(capfd.readouterr()) + "".join(heard)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    for secret in secrets:
        assert len(secret) > 10
        assert secret not in written
        assert secret.encode() not in kept
    assert "answered" in written  # the log was written where it was looked for
    assert record.id.encode() in kept


def _heard(caller: Any) -> str:
    return "".join(
        caller.send("GET", target).get_data(as_text=True)
        for target in ("/v1/me", "/v1/workbooks", "/nowhere")
    )
