"""Who may do what: every principal, every workbook, every verb, every route."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apiflask import APIFlask

from callers import SECRET, Caller, bearer, by_ticket, in_session, machine
from issuers import TENANT, Issuers
from services import a_service
from sheetflow.entrypoints.web import create_app
from sheetflow.entrypoints.web.identity.addresses import local_address, one_time_address
from sheetflow.entrypoints.web.identity.gate import may_plan, workbook_for
from sheetflow.entrypoints.web.identity.principal import Kind, Principal
from sheetflow.store.records import Verb

PLAN, READ, RECALCULATE, ADMINISTER = Verb
ALL = set(Verb)
RECALCULATES = {READ, RECALCULATE}
A, B, NOWHERE = "A", "B", "nowhere"

EXPECTED: dict[str, dict[str, set[Verb]]] = {
    "nobody": {},
    "forged token": {},
    "owner of A": {A: ALL, B: RECALCULATES},
    "granted by name": {A: RECALCULATES},
    "granted by domain": {B: {READ}},
    "of the domain, without Google's word": {},
    "granted by name, without Google's word": {B: RECALCULATES},
    "stranger": {},
    "of the tenant": {B: {READ}},
    "key of A, recalculates": {A: RECALCULATES},
    "key of A, reads": {A: {READ}},
    "key of A, plans": {A: {PLAN}},
    "key of B, administers": {B: ALL},
    "key of no workbook": {},
    "revoked key": {},
    "key that is over": {},
    "machine": {A: RECALCULATES},
    "machine without a grant": {},
    "unknown machine": {},
    "session of the owner on A": {A: ALL},
    "session of the owner on A, to look": {A: {READ}},
    "session of the domain on B": {B: {READ}},
    "session of a key of A": {A: RECALCULATES},
    "session of a revoked key": {},
    "session of a key made anew": {},
    "session of somebody dismissed": {},
    "session of somebody dismissed, without Google's word": {},
    "local": {A: ALL, B: ALL},
}
NOT_SIGNED_IN = {"nobody", "forged token", "revoked key", "key that is over", "unknown machine"}
ROUTES = {
    "POST /v1/workbooks/<id>/recalculate": RECALCULATE,
    "GET /v1/workbooks/<id>/runs": READ,
    "GET /v1/workbooks/<id>/plan": READ,
    "GET /v1/workbooks/<id>/publications/<publication>/explanation": READ,
    "POST /v1/workbooks/<id>/ticket": READ,
    "GET /workbooks/<id>": READ,
    "POST /workbooks/<id>/recalculate": RECALCULATE,
}
BY_SECRET_ADDRESS = {"GET /v1/workbooks/<id>/people/<person>.ics"}
CHEAP = {"POST /v1/workbooks/<id>/recalculate", "GET /v1/workbooks/<id>/runs"}
SESSIONS = {name for name in EXPECTED if name.startswith("session")} | {"local"}


class Company:
    """Two workbooks, and everybody who may or may not touch them."""

    def __init__(self, issuers: Issuers, folder: Any) -> None:
        """Register the workbooks, grant the grants, and let everybody sign in."""
        secrets = {"crm": SECRET, "erp": SECRET}
        self.service = a_service(folder, **issuers.settings, machines=secrets, open_planning=False)
        self.app: APIFlask = create_app(self.service)
        self.app.add_url_rule("/probe/<id>/<verb>", view_func=_probe)
        self.app.add_url_rule("/probe/plan", view_func=_probe_planning)
        self.ids = {A: self._workbook("A", "ana@example.com"), B: self._workbook("B", None)}
        self.ids[NOWHERE] = "zzzzzzzzzz"
        self._grant()
        self.callers = dict(self._people(issuers)) | dict(self._keys()) | dict(self._machines())
        self.callers |= dict(self._sessions(issuers))

    def now(self) -> datetime:
        """The time."""
        return datetime.now(UTC)

    def _workbook(self, name: str, owner: str | None) -> str:
        made = self.service.registry.add(
            f"/nowhere/{name}.xlsx",
            name=name,
            time_zone="UTC",
            schedule=None,
            owner=owner,
            now=self.now(),
        )
        return str(made.id)

    def _grant(self) -> None:
        allow = self.service.registry.allow
        allow(self.ids[A], "budi@agency.example", {RECALCULATE})
        allow(self.ids[A], "crm@machine", {RECALCULATE})
        allow(self.ids[B], "ana@example.com", {RECALCULATE})
        allow(self.ids[B], "@clients.example", {READ})
        allow(self.ids[B], "dewi@clients.example", {RECALCULATE})
        allow(self.ids[B], f"@{TENANT}", {READ})

    def _client(self) -> Any:
        return self.app.test_client()

    def _people(self, issuers: Issuers) -> Iterator[tuple[str, Caller]]:
        def google(**claims: Any) -> Caller:
            return bearer(self._client(), issuers.google_token(**claims))

        yield "nobody", Caller(self._client())
        yield "forged token", bearer(self._client(), issuers.google_token()[:-8] + "AAAAAAAA")
        yield "owner of A", google()
        yield "granted by name", google(email="Budi@Agency.example")
        yield "granted by domain", google(email="citra@clients.example", hd="clients.example")
        yield "of the domain, without Google's word", google(email="eve@clients.example", hd=None)
        yield (
            "granted by name, without Google's word",
            google(email="dewi@clients.example", hd=None),
        )
        yield "stranger", google(email="eve@gmail.com", hd=None)
        yield "of the tenant", bearer(self._client(), issuers.entra_token(upn=None))

    def _key(self, verbs: set[Verb], name: str | None = A, **options: Any) -> tuple[str, str]:
        workbook = self.ids[name] if name else None
        record, text = self.service.keys.create("key", verbs, workbook, self.now(), **options)
        return record.id, text

    def _keys(self) -> Iterator[tuple[str, Caller]]:
        def carries(verbs: set[Verb], name: str | None = A, **options: Any) -> Caller:
            return bearer(self._client(), self._key(verbs, name, **options)[1])

        yield "key of A, recalculates", carries({RECALCULATE})
        yield "key of A, reads", carries({READ})
        yield "key of A, plans", carries({PLAN})
        yield "key of B, administers", carries({ADMINISTER}, B)
        yield "key of no workbook", carries({PLAN}, None)
        yield "key that is over", carries({READ}, expires_at=self.now() - timedelta(seconds=1))
        id_, text = self._key({ADMINISTER})
        self.service.keys.revoke(id_, self.now())
        yield "revoked key", bearer(self._client(), text)

    def _machines(self) -> Iterator[tuple[str, Caller]]:
        for caller, name in (
            ("machine", "crm"),
            ("machine without a grant", "erp"),
            ("unknown machine", "nobody"),
        ):
            yield caller, machine(self._client(), name, self.now)

    def _sessions(self, issuers: Issuers) -> Iterator[tuple[str, Caller]]:
        yield "session of the owner on A", self._opened(self.callers["owner of A"], A)
        ana = Principal(kind=Kind.GOOGLE, name="ana@example.com", addresses=("ana@example.com",))
        url = one_time_address(self.service, ana, self.ids[A], {READ}, "http://localhost")
        yield "session of the owner on A, to look", by_ticket(self._client(), url)
        yield "session of the domain on B", self._opened(self.callers["granted by domain"], B)
        yield "local", by_ticket(self._client(), local_address(self.service, "http://localhost"))
        yield "session of a key of A", self._typed(self._key({RECALCULATE})[1])
        for name, change in (
            ("session of a revoked key", self.service.keys.revoke),
            ("session of a key made anew", self.service.keys.rotate),
        ):
            id_, text = self._key({ADMINISTER})
            yield name, self._typed(text)
            change(id_, self.now())
        fadli = bearer(self._client(), issuers.google_token(email="fadli@example.com"))
        self.service.registry.allow(self.ids[A], "fadli@example.com", {ADMINISTER})
        yield "session of somebody dismissed", self._opened(fadli, A)
        self.service.registry.disallow(self.ids[A], "fadli@example.com")
        gita = "gita@clients.example"
        self.service.registry.allow(self.ids[B], gita, {READ})
        opened = self._opened(bearer(self._client(), issuers.google_token(email=gita, hd=None)), B)
        yield "session of somebody dismissed, without Google's word", opened
        self.service.registry.disallow(self.ids[B], gita)

    def _opened(self, caller: Caller, name: str) -> Caller:
        url = caller.send("POST", f"/v1/workbooks/{self.ids[name]}/ticket").get_json()["url"]
        return by_ticket(self._client(), url)

    def _typed(self, text: str) -> Caller:
        client = self._client()
        assert client.post("/sign-in", data={"key": text}).status_code == 303
        return in_session(client)


def _probe(id: str, verb: str) -> str:  # noqa: A002 - the word of the routes
    return workbook_for(id, Verb(verb)).name


def _probe_planning() -> str:
    may_plan()
    return "planned"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """The company."""
    with Issuers() as issuers:
        yield Company(issuers, tmp_path_factory.mktemp("company"))


def told(answer: Any, id_: str) -> str:
    """The answer but for what tells one request from another: its number, and the ID that was asked for."""
    number = answer.headers["X-Request-Id"]
    text: str = answer.get_data(as_text=True)
    return text.replace(id_, "<id>").replace(number, "<number>")


def routes_of_workbooks(app: APIFlask) -> set[str]:
    """Every route that names a workbook."""
    rules = (rule for rule in app.url_map.iter_rules() if "/workbooks/<" in rule.rule)
    return {
        f"{method} {rule.rule}"
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_matrix_knows_every_route(company: Company) -> None:
    """A new route of a workbook has to say here which verb it asks for."""
    assert routes_of_workbooks(company.app) - BY_SECRET_ADDRESS == set(ROUTES)


@pytest.mark.parametrize("name", EXPECTED)
def test_no_verb_leaks(company: Company, name: str) -> None:
    """Each verb on each workbook: what the registry grants and nothing else."""
    caller = company.callers[name]
    for workbook, id_ in company.ids.items():
        for verb in Verb:
            answer = caller.send("GET", f"/probe/{id_}/{verb}")
            may = verb in EXPECTED[name].get(workbook, set())
            refused = 401 if name in NOT_SIGNED_IN else 404
            assert answer.status_code == (200 if may else refused), (workbook, verb)


@pytest.mark.parametrize("name", EXPECTED)
def test_unknown_and_forbidden_look_alike(company: Company, name: str) -> None:
    """What is refused is refused in the words of a workbook that is not there, header by header."""
    caller = company.callers[name]
    for route, verb in ROUTES.items():
        method, path = route.split(" ")
        path = path.replace("<publication>", "P-001")
        unknown = caller.send(method, path.replace("<id>", company.ids[NOWHERE]))
        for workbook in (A, B):
            if verb in EXPECTED[name].get(workbook, set()):
                continue
            id_ = company.ids[workbook]
            answer = caller.send(method, path.replace("<id>", id_))
            assert answer.status_code in ({401, 303} if name in NOT_SIGNED_IN else {404})
            assert told(answer, id_) == told(unknown, company.ids[NOWHERE])
            assert set(answer.headers.keys()) == set(unknown.headers.keys())
            assert answer.content_length == unknown.content_length


@pytest.mark.parametrize("name", EXPECTED)
def test_who_may_is_let_through(company: Company, name: str) -> None:
    """The routes open for whoever the registry grants the verb."""
    caller = company.callers[name]
    for route in CHEAP:
        method, path = route.split(" ")
        for workbook in (A, B):
            if ROUTES[route] in EXPECTED[name].get(workbook, set()):
                answer = caller.send(method, path.replace("<id>", company.ids[workbook]))
                assert answer.status_code in {200, 202}, (route, workbook)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_list_shows_what_may_be_read(company: Company, name: str) -> None:
    """GET /v1/workbooks names exactly the workbooks that may be read, with the verbs."""
    answer = company.callers[name].send("GET", "/v1/workbooks")
    if name in NOT_SIGNED_IN:
        assert answer.status_code == 401
        return
    shown = {one["name"]: set(one["verbs"]) for one in answer.get_json()["workbooks"]}
    readable = {workbook: verbs for workbook, verbs in EXPECTED[name].items() if READ in verbs}
    assert shown == readable


@pytest.mark.parametrize("name", EXPECTED)
def test_a_run_is_as_secret_as_its_workbook(company: Company, name: str) -> None:
    """A run of A is there for whoever may read A; for others it is a run that never was."""
    ids = company.ids
    run = company.service.runs.ask(ids[A], "somebody", company.now())[0].id
    caller = company.callers[name]
    answer, unknown = (
        caller.send("GET", f"/v1/runs/{run}"),
        caller.send("GET", "/v1/runs/zzzzzzzzzz"),
    )
    if READ in EXPECTED[name].get(A, set()):
        assert answer.status_code == 200
    else:
        assert answer.status_code == (401 if name in NOT_SIGNED_IN else 404)
        assert told(answer, run) == told(unknown, "zzzzzzzzzz")


@pytest.mark.parametrize("name", EXPECTED)
def test_who_may_have_sheets_planned(company: Company, name: str) -> None:
    """Where planning is not open: machines, members of a tenant, whoever has a workbook here, and keys that may plan."""
    may = {
        *("owner of A", "granted by name", "granted by domain", "of the tenant", "local"),
        *("granted by name, without Google's word", "machine", "machine without a grant"),
        *("key of A, plans", "key of B, administers", "key of no workbook"),
        *("session of the owner on A", "session of the owner on A, to look"),
        "session of the domain on B",
    }
    answer = company.callers[name].send("GET", "/probe/plan")
    refused = 401 if name in NOT_SIGNED_IN else 403
    assert answer.status_code == (200 if name in may else refused)


@pytest.mark.parametrize("name", sorted(SESSIONS))
def test_a_session_makes_no_ticket(company: Company, name: str) -> None:
    """A session cannot lengthen itself."""
    if EXPECTED[name].get(A):
        answer = company.callers[name].send("POST", f"/v1/workbooks/{company.ids[A]}/ticket")
        assert (answer.status_code, answer.get_json()["code"]) == (403, "ticket_by_session")
