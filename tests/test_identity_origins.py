"""Pages of strangers cannot use somebody's browser to reach the service."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from services import a_client, a_service

PANE = "https://pane.example.com"
OWN = "http://127.0.0.1:8000"
LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
CROSS = {"Sec-Fetch-Site": "cross-site"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A service on this machine, with a pane that is served elsewhere."""
    return a_client(a_service(tmp_path_factory.mktemp("service"), pane_origins=(f"{PANE}/",)))


def code(
    client: FlaskClient, method: str, target: str, headers: dict[str, str], base: str = OWN
) -> Any:
    """The code of the refusal, be it told on a page; None where the request is let through to its route."""
    answer = client.open(target, method=method, headers=headers, base_url=base)
    if (
        answer.status_code == 403
        and "from a page that does not belong to the service" in answer.text
    ):
        return "origin_refused"
    told = (answer.get_json(silent=True) or {}).get("code")
    return told if told in {"origin_refused", "host_unknown"} else None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": OWN},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"} | LINK,
        {"Origin": OWN},
        {"Origin": PANE},
        CROSS | {"Origin": PANE, "Sec-Fetch-Mode": "cors"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_people_programs_and_our_pages_pass(
    client: FlaskClient, method: str, headers: dict[str, str]
) -> None:
    """Programs say nothing, browsers say that it is our page, the pane's, or the person."""
    assert code(client, method, "/v1/files/recalculate", headers) is None


@pytest.mark.parametrize(
    "headers",
    [
        CROSS,
        CROSS | LINK,
        CROSS | {"Origin": "https://evil.example", "Sec-Fetch-Mode": "cors"},
        CROSS | {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:3000"},
        {"Sec-Fetch-Site": "nonsense"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "https://pane.example.com.evil.example"},
        {"Origin": f"{PANE}:8443"},
        {"Origin": ""},
    ],
    ids=str,
)
@pytest.mark.parametrize("target", ["/v1/files/recalculate", "/v1/plan", "/sign-in", "/sign-out"])
def test_a_strangers_page_is_refused(
    client: FlaskClient, target: str, headers: dict[str, str]
) -> None:
    """Wherever it sends to, and however it was made to look."""
    assert code(client, "POST", target, headers) == "origin_refused"


def test_a_link_from_elsewhere_may_be_followed(client: FlaskClient) -> None:
    """A link in a sheet or a mail opens our pages, but a picture, a script or a frame of ours loads nowhere else."""
    assert code(client, "GET", "/sign-in", CROSS | LINK) is None
    for destination in ("image", "script", "iframe", "embed", "empty"):
        assert (
            code(client, "GET", "/sign-in", CROSS | LINK | {"Sec-Fetch-Dest": destination})
            == "origin_refused"
        )
    assert code(
        client, "GET", "/v1/me", CROSS | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"}
    )


@pytest.mark.parametrize(
    "base",
    [
        "http://evil.example",
        "http://127.0.0.1.evil.example:8000",
        "http://localhost.evil.example",
        "http://0.0.0.0:8000",
    ],
)
def test_a_name_that_is_made_to_point_here_is_not_answered(client: FlaskClient, base: str) -> None:
    """A stranger's name for this machine gets nothing, though the browser takes it for the same origin."""
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": base}
    assert code(client, "POST", "/v1/plan", headers, base) == "host_unknown"


@pytest.mark.parametrize("base", [OWN, "http://localhost:8000", "http://[::1]:8000"])
def test_names_of_this_machine_are_answered(client: FlaskClient, base: str) -> None:
    """Under each name of loopback the service is its own origin."""
    assert code(client, "POST", "/v1/plan", {"Origin": base}, base) is None


def test_behind_a_proxy_the_base_url_is_the_origin(tmp_path: Any) -> None:
    """The request comes by http under the public name, and its page by https."""
    client = a_client(a_service(tmp_path, base_url="https://plan.example.com"))
    base = "http://plan.example.com"
    assert code(client, "POST", "/v1/plan", {"Origin": "https://plan.example.com"}, base) is None
    assert (
        code(client, "POST", "/v1/plan", {"Origin": "https://evil.example"}, base)
        == "origin_refused"
    )
