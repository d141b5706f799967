"""Answering one HTTP request: who calls, what goes wrong by script, what is asked, whether the answer is sound."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request, Response

from sheets_server import uploads, validation
from sheets_server.accounts import Accounts, Token, certificates
from sheets_server.asked import Asked, as_json, cut, packed, refused
from sheets_server.call import Call
from sheets_server.discovery import method_of
from sheets_server.drive import Drive
from sheets_server.faults import Fault, Script
from sheets_server.hooks import Hook
from sheets_server.journal import Entry, Journal
from sheets_server.masks import mask_of, masked
from sheets_server.methods import METHODS, Answer
from sheets_server.open_book import OpenBook
from sheets_server.quotas import Quotas
from sheets_server.refusals import (
    Refusal,
    api_disabled,
    insufficient_scopes,
    invalid,
    malformed,
)
from sheets_server.switches import Switches


@dataclass(slots=True, kw_only=True)
class App:
    """The WSGI application and all that it works on."""

    drive: Drive
    accounts: Accounts
    switches: Switches
    quotas: Quotas
    script: Script = field(default_factory=Script)
    journal: Journal = field(default_factory=Journal)
    hooks: list[Hook] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    books: dict[str, OpenBook] = field(default_factory=dict)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        path = environ.get("RAW_URI", request.path).partition("?")[0]
        found = method_of(request.method, path)
        if found is None:
            return self._beside(request, path)(environ, start)
        asked = Asked(request=request, method=found[0], path=found[1])
        response, is_cut = self._answered(asked)
        length = len(response.get_data())
        self._note(asked, packed(response, request), length, is_cut=is_cut)
        if is_cut:
            cut(environ)
        return response(environ, start)

    def _beside(self, request: Request, path: str) -> Response:
        try:
            if path == "/token":
                return as_json(self.accounts.granted(request.form.to_dict()))
            if path == "/oauth2/v1/certs" or path.startswith("/robot/v1/metadata/x509/"):
                return Response(certificates(), mimetype="application/json")
            upload = uploads.PATH.fullmatch(path)
            if upload and request.method == "PUT":
                account = self.accounts.caller(request.headers.get("Authorization", "")).account
                with self.drive.lock:
                    text = request.get_data(as_text=True)
                    return as_json(uploads.imported(self.drive, upload[1], account, text))
            raise invalid(f"Unknown path: {request.method} {path}")
        except Refusal as refusal:
            return refused(refusal)

    def _answered(self, asked: Asked) -> tuple[Response, bool]:
        try:
            token = self.accounts.caller(asked.request.headers.get("Authorization", ""))
            asked.account = token.account
            fault = self.script.next(asked.method.name, asked.kind)
            if fault is not None:
                asked.spoilt = True
                if fault.trouble == "cut before":
                    return Response(), True
                _spoil(fault)
            self._admit(asked, token)
            response = self._done(asked)
        except Refusal as refusal:
            return refused(refusal), False
        except Exception:  # noqa: BLE001 - told when the server's context ends
            self.unsound.append(f"{asked.method.name}: {traceback.format_exc()}")
            return refused(Refusal(500, "Internal error encountered.")), False
        return response, fault is not None and fault.trouble == "cut after"

    def _admit(self, asked: Asked, token: Token) -> None:
        if asked.kind in {"read", "write"}:
            self.quotas.take(asked.kind, token.account)
            if self.switches.api_disabled:
                raise api_disabled()
        if not asked.method.accepts(token.scopes):
            raise insufficient_scopes()
        asked.read_body()
        wrong = list(validation.wrong_parameters(asked.method, asked.parameters))
        if "fields" in asked.parameters and asked.method.response:
            mask = mask_of(asked.parameters["fields"][0])
            service, answer = asked.method.service, asked.method.response
            wrong += validation.wrong_mask(service, answer, mask)
        if asked.method.request:
            place = "data" if asked.method.request == "ValueRange" else ""
            wrong += validation.wrong_body(
                asked.method.service, asked.method.request, asked.body, place
            )
        if wrong:
            raise malformed(wrong)
        if asked.method.name not in METHODS:
            raise invalid(f"This server does not know the method {asked.method.name}.")

    def _done(self, asked: Asked) -> Response:
        call = Call(
            path=asked.path,
            parameters=asked.parameters,
            body=validation.without_nulls(asked.body),
            account=asked.account,
            drive=self.drive,
            switches=self.switches,
        )
        with self.drive.lock:
            self._run_hooks("before", asked)
            answer = METHODS[asked.method.name](call)
            self._run_hooks("after", asked)
        return self._sound(asked, answer)

    def _run_hooks(self, when: str, asked: Asked) -> None:
        number = asked.path.get("spreadsheetId", "")
        due = [each for each in self.hooks if each.is_due(when, asked.method.name, asked.kind)]
        for hook in due:
            if number in self.drive.files:
                hook.edit(self.open_book(number))

    def open_book(self, number: str) -> OpenBook:
        """A spreadsheet as its owner has it open: the same for all, so that edits can be undone later."""
        if number not in self.books:
            self.books[number] = OpenBook(self.drive, number, self.switches)
        return self.books[number]

    def _sound(self, asked: Asked, answer: Answer) -> Response:
        if answer is None:
            return Response(status=204)
        if isinstance(answer, str):
            return Response(answer, mimetype="text/csv")
        fields = asked.parameters.get("fields")
        if fields and asked.method.service == "sheets.v4":
            answer = dict(masked(answer, mask_of(fields[0])))
        if asked.method.response:
            wrong = validation.wrong_body(asked.method.service, asked.method.response, answer)
            self.unsound += [f"{asked.method.name}: {text}" for _, text in wrong]
        pretty = asked.parameters.get("prettyPrint", ["true"])[0].lower() != "false"
        return as_json(answer, pretty=pretty)

    def _note(self, asked: Asked, response: Response, length: int, *, is_cut: bool) -> None:
        entry = Entry(
            method=asked.method.name,
            kind=asked.kind,
            account=asked.account,
            status=0 if is_cut else response.status_code,
            came=len(asked.request.get_data()),
            went=0 if is_cut else length,
            sent=0 if is_cut else len(response.get_data()),
            spoilt=asked.spoilt or response.status_code == 429,
            query=asked.request.query_string.decode(),
            body=asked.body if isinstance(asked.body, dict) else {},
        )
        self.journal.entries.append(entry)


def _spoil(fault: Fault) -> None:
    if fault.trouble == "late":
        time.sleep(fault.seconds)
    elif fault.trouble == "refuse":
        raise fault.refusal()
