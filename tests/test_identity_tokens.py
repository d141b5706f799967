"""Tokens of Google and Microsoft: what is sound is believed, everything else is refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import jwt
import pytest
from flask.testing import FlaskClient

from issuers import ADD_IN, PERSON, SCRIPT, TENANT, Issuers, key_named, public_pem, signed
from services import a_client, a_service
from sheetflow.entrypoints.web.identity.certificates import Certificates
from sheetflow.entrypoints.web.identity.google import GoogleTokens, certificates_of
from sheetflow.entrypoints.web.identity.tokens import unproven
from sheetflow.entrypoints.web.problems import Refused

Claims: TypeAlias = dict[str, Any]
NOW = int(time.time())
GENERIC = "credential_refused"
STRANGER = "99999999-2222-4333-8444-555555555555"


@pytest.fixture(scope="module")
def issuers() -> Iterator[Issuers]:
    """Issuers of tokens, with two keys each."""
    with Issuers() as listening:
        listening.published.keys = ("first", "second")
        yield listening


@pytest.fixture(scope="module")
def client(issuers: Issuers, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A service that believes them."""
    return a_client(a_service(tmp_path_factory.mktemp("service"), **issuers.settings))


def answer_to(client: FlaskClient, token: str) -> tuple[int, str]:
    """The status, and the code of the refusal or who one is."""
    answer = client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
    told = answer.get_json()
    return answer.status_code, told["code"] if "code" in told else f"{told['kind']}:{told['name']}"


def part(content: object) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def unsigned(claims: Claims, algorithm: str) -> str:
    """A token of an algorithm that needs no signature."""
    return f"{part({'alg': algorithm, 'typ': 'JWT', 'kid': 'first'})}.{part(claims)}."


def confused(claims: Claims) -> str:
    """A token that takes the public key for a shared secret."""
    text = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'first'})}.{part(claims)}"
    mac = hmac.new(public_pem("first"), text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def tampered(claims: Claims) -> str:
    """A token with other addresses than those that were signed."""
    head, _, signature = signed(claims).split(".")
    return f"{head}.{part(claims | {'email': 'eve@example.com', 'upn': 'eve@example.com'})}.{signature}"


def embedded(claims: Claims) -> str:
    """A token that brings the key to check it with."""
    jwk = jwt.algorithms.RSAAlgorithm.to_jwk(key_named("forger").public_key(), as_dict=True)
    return signed(claims, key="forger", name="first", jwk=jwk, jku="https://example.com/keys")


def without(claims: Claims, *names: str) -> Claims:
    """The claims but for some."""
    return {name: value for name, value in claims.items() if name not in names}


UNSOUND: dict[str, tuple[Callable[[Claims], str], str]] = {
    "signed by somebody else": (lambda c: signed(c, key="forger", name="first"), GENERIC),
    "a key that nobody publishes": (lambda c: signed(c, key="forger"), GENERIC),
    "a key that it brings along": (embedded, GENERIC),
    "another key's name": (lambda c: signed(c, name="second"), GENERIC),
    "no key's name": (lambda c: jwt.encode(c, key_named("first"), algorithm="RS256"), GENERIC),
    "tampered": (tampered, GENERIC),
    "expired": (lambda c: signed(c | {"exp": NOW - 60}), "credential_expired"),
    "expired and forged": (
        lambda c: signed(c | {"exp": NOW - 60}, key="forger", name="first"),
        GENERIC,
    ),
    "issued in the future": (lambda c: signed(c | {"iat": NOW + 600}), GENERIC),
    "not valid yet": (lambda c: signed(c | {"nbf": NOW + 600}), GENERIC),
    "without an end": (lambda c: signed(without(c, "exp")), GENERIC),
    "with an end that is no time": (lambda c: signed(c | {"exp": "soon"}), GENERIC),
    "for another service": (lambda c: signed(c | {"aud": "other"}), "audience_unknown"),
    "for several services": (lambda c: signed(c | {"aud": ["other", "more"]}), "audience_unknown"),
    "the algorithm none": (lambda c: unsigned(c, "none"), GENERIC),
    "the algorithm None": (lambda c: unsigned(c, "None"), GENERIC),
    "the public key as a secret": (confused, GENERIC),
    "another hash": (lambda c: signed(c, alg="RS512"), GENERIC),
    "cut short": (lambda c: signed(c)[:-20], GENERIC),
    "without its signature": (lambda c: signed(c).rpartition(".")[0] + ".", GENERIC),
    "of two parts": (lambda c: signed(c).rpartition(".")[0], GENERIC),
    "without JSON": (lambda _: "e30.bm90IGpzb24.c2ln", GENERIC),
    "very long": (lambda c: signed(c | {"pad": "x" * 20_000}), GENERIC),
    "none at all": (lambda _: "", GENERIC),
}


@pytest.mark.parametrize("token", ["google", "entra"])
def test_a_sound_token_tells_who_calls(client: FlaskClient, issuers: Issuers, token: str) -> None:
    """Ana is known by her address, with either account."""
    made = {"google": issuers.google_token, "entra": issuers.entra_token}[token]()
    assert answer_to(client, made) == (200, f"{token}:ana@example.com")


@pytest.mark.parametrize("trouble", UNSOUND)
@pytest.mark.parametrize("issuer", ["google", "entra"])
def test_an_unsound_token_is_refused(
    client: FlaskClient, issuers: Issuers, issuer: str, trouble: str
) -> None:
    """Whatever is wrong with a token that is right in all else: 401, and the sentence helps no forger."""
    claims = {"google": issuers.google_claims, "entra": issuers.entra_claims}[issuer]()
    spoil, code = UNSOUND[trouble]
    assert answer_to(client, spoil(claims)) == (401, code)


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"iss": "https://accounts.example.com"}, "tenant_unknown"),
        ({"iss": None}, "tenant_unknown"),
        ({"aud": None}, "audience_unknown"),
        ({"iat": None}, GENERIC),
        ({"email_verified": False}, "email_unverified"),
        ({"email_verified": "true"}, "email_unverified"),
        ({"email_verified": None}, "email_unverified"),
        ({"email": None}, "email_unverified"),
        ({"email": "@example.com"}, "email_unverified"),
        ({"email": ["ana@example.com"]}, "email_unverified"),
    ],
)
def test_google_has_to_vouch_for_the_address(
    client: FlaskClient, issuers: Issuers, claims: Claims, code: str
) -> None:
    """Issuer, audience and verified address are looked at, with the right signature and without."""
    assert answer_to(client, issuers.google_token(**claims)) == (401, code)


def test_accounts_outside_the_company_are_refused(issuers: Issuers, tmp_path: Any) -> None:
    """Where the settings name companies, another one's account is refused, and so is one of no company."""
    client = a_client(
        a_service(tmp_path, **issuers.settings, google_hosted_domains=("Example.com",))
    )
    assert answer_to(client, issuers.google_token()) == (200, "google:ana@example.com")
    for company in ("other.com", "evil-example.com", None, ["example.com"]):
        token = issuers.google_token(hd=company)
        assert answer_to(client, token) == (401, "domain_unknown"), company


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"tid": STRANGER}, "tenant_unknown"),
        ({"tid": None}, "tenant_unknown"),
        ({"tid": [TENANT]}, "tenant_unknown"),
        ({"iss": f"https://login.microsoftonline.com/{TENANT}/v2.0"}, GENERIC),
        ({"iss": f"https://sts.windows.net/{TENANT}/"}, GENERIC),
        ({"iss": None}, GENERIC),
        ({"aud": None}, GENERIC),
        ({"nbf": None}, GENERIC),
        ({"oid": None}, GENERIC),
        ({"scp": None}, GENERIC),
        ({"scp": "User.Read"}, GENERIC),
        ({"scp": "not_access_as_user"}, GENERIC),
        ({"scp": None, "roles": ["access_as_user"]}, GENERIC),
    ],
)
def test_microsoft_has_to_issue_it_for_the_add_in(
    client: FlaskClient, issuers: Issuers, claims: Claims, code: str
) -> None:
    """Tenant, issuer and scope are looked at: an app's own token, or one for reading mail, opens nothing."""
    assert answer_to(client, issuers.entra_token(**claims)) == (401, code)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({}, "ana@example.com"),
        ({"upn": "Ana@Example.com"}, "ana@example.com"),
        ({"upn": None, "email": "boss@example.com"}, f"{PERSON}@{TENANT}"),
        ({"upn": None, "preferred_username": "boss@example.com"}, f"{PERSON}@{TENANT}"),
        ({"upn": "boss_example.com#EXT#@tenant.example.com"}, f"{PERSON}@{TENANT}"),
        ({"upn": None, "email": "ana@example.com", "xms_edov": True}, "ana@example.com"),
        ({"upn": None, "email": "ana@example.com", "xms_edov": "1"}, "ana@example.com"),
        ({"upn": None, "email": "boss@example.com", "xms_edov": False}, f"{PERSON}@{TENANT}"),
        ({"upn": None, "email": "boss@example.com", "xms_edov": [1]}, f"{PERSON}@{TENANT}"),
        ({"upn": None, "verified_primary_email": ["ana@example.com"]}, "ana@example.com"),
        ({"upn": None, "verified_primary_email": [7]}, f"{PERSON}@{TENANT}"),
    ],
)
def test_an_address_that_anybody_may_type_is_not_believed(
    client: FlaskClient, issuers: Issuers, claims: Claims, name: str
) -> None:
    """Without an address that the tenant answers for somebody is known by their object alone."""
    assert answer_to(client, issuers.entra_token(**claims)) == (200, f"entra:{name}")


def test_a_token_is_checked_by_its_own_issuer(client: FlaskClient, issuers: Issuers) -> None:
    """Google's signature under Microsoft's claims, and a tenant's under Google's, open nothing: here keys are shared."""
    as_google = issuers.entra_claims(iss="https://accounts.google.com")
    assert answer_to(client, signed(as_google)) == (401, "audience_unknown")
    as_entra = issuers.google_claims(iss=f"{issuers.url}/{TENANT}/v2.0", tid=TENANT, aud=ADD_IN)
    assert answer_to(client, signed(as_entra)) == (401, GENERIC)


@pytest.mark.parametrize("unset", ["google_audiences", "entra_audiences"])
def test_without_an_audience_every_token_is_refused(
    issuers: Issuers, tmp_path: Any, unset: str
) -> None:
    """An empty list of audiences admits nobody, and no certificate is fetched for it."""
    client = a_client(a_service(tmp_path, **issuers.settings | {unset: ()}))
    asked = issuers.asked.total()
    token = issuers.google_token() if unset.startswith("google") else issuers.entra_token()
    assert answer_to(client, token)[0] == 401
    assert issuers.asked.total() == asked


def test_a_service_for_keys_alone_takes_no_token(issuers: Issuers, tmp_path: Any) -> None:
    """Where the settings say so, a sound token is refused."""
    client = a_client(a_service(tmp_path, **issuers.settings, keys_only=True))
    assert answer_to(client, issuers.google_token()) == (401, GENERIC)


@pytest.mark.parametrize(
    "header", ["Basic YW5hOnNlY3JldA==", "Bearer", "ya29.a0", "Token {}", "Bearer {} {}"]
)
def test_another_way_of_signing_in_is_refused(
    client: FlaskClient, issuers: Issuers, header: str
) -> None:
    """What is no bearer's token is refused, and never taken for nobody."""
    token = issuers.google_token()
    answer = client.get("/v1/me", headers={"Authorization": header.format(token, token)})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_local_sheets_server_issues_tokens_too(
    server: Any, tmp_path: Any, issuers: Issuers
) -> None:
    """Certificates in the very form of Google's address are read."""
    from sheets_server.accounts import signed as signed_there

    address = f"{server.url}/oauth2/v1/certs"
    settings = issuers.settings | {"google_certificates_url": address}
    client = a_client(a_service(tmp_path, **settings))
    told = answer_to(client, signed_there(issuers.google_claims()))
    assert told == (200, "google:ana@example.com")


def test_each_checker_looks_at_the_issuer_itself(issuers: Issuers) -> None:
    """Whoever hands it a token of another issuer: Google's checker believes Google alone."""
    url = issuers.settings["google_certificates_url"]
    checker = GoogleTokens(
        audiences=(SCRIPT,), hosted_domains=(), certificates=Certificates(url, certificates_of)
    )
    assert checker.principal(unproven(issuers.google_token())).name == "ana@example.com"
    for issuer in ("https://accounts.example.com", "accounts.google.com.example.com", None):
        with pytest.raises(Refused):
            checker.principal(unproven(issuers.google_token(iss=issuer)))


@pytest.mark.parametrize(
    "algorithm", ["none", "None", "HS256", "ES256", "PS256", "RS384", "rs256", 7, None]
)
def test_only_one_algorithm_is_looked_at(algorithm: object) -> None:
    """A token of another algorithm is refused before any library sees it."""
    header = part({"alg": algorithm, "typ": "JWT", "kid": "first"})
    with pytest.raises(Refused):
        unproven(f"{header}.{part({})}.c2lnbmF0dXJl")
