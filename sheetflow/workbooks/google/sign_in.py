"""The token that every request carries: fetched from Google when there is none, or when it has run out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from google.auth import exceptions

from sheetflow.workbooks.google.credentials import Access
from sheetflow.workbooks.google.errand import Errand
from sheetflow.workbooks.google.faults import GoogleFaultError, shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAnswer:
    """The answer of a token server, in the form that google-auth asks for."""

    status: int
    headers: Mapping[str, str]
    data: bytes


Fetch = Callable[[Errand], TokenAnswer]


class SignIn:
    """Keeps the token fresh; it is fetched by the same transport, under the same deadline, as everything else."""

    def __init__(self, access: Access, fetch: Fetch) -> None:
        """Nothing is fetched yet."""
        self._access = access
        self._fetch = fetch

    def headers(self) -> dict[str, str]:
        """What a request carries to be let in; raises UserError where Google refuses the credentials."""
        if not self._access.credentials.valid:
            self.renew()
        headers: dict[str, str] = {}
        self._access.credentials.apply(headers)  # type: ignore[no-untyped-call]
        return headers

    def renew(self) -> None:
        """Fetch another token."""
        try:
            self._access.credentials.refresh(self._request)  # type: ignore[no-untyped-call]
        except exceptions.GoogleAuthError as error:
            raise sign_in_fault(
                str(error.args[0] if error.args else error), self._access
            ) from error

    def _request(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,  # noqa: ANN401 - google-auth's own time-outs, which our deadline stands in for
    ) -> TokenAnswer:
        return self._fetch(Errand(method=method, url=url, body=body, headers=headers or {}))


def sign_in_fault(message: str, access: Access) -> GoogleFaultError:
    """The error of credentials that Google does not take, by what it says of them."""
    text = message.casefold()
    code = next(
        (code for code, words in _FAULTS.items() if any(word in text for word in words)),
        "google_sign_in_refused",
    )
    return GoogleFaultError(
        code, message=message, account=access.account or "the account", text=shortened(message)
    )


_FAULTS = {
    "google_clock_wrong": ("short-lived token", "reasonable timeframe", "used too early"),
    "google_sign_in_expired": ("expired or revoked", "reauth", "gcloud auth"),
    "google_key_refused": ("jwt signature", "account not found", "account_not_found", "disabled"),
}
