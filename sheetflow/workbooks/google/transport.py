"""Sending requests until they are answered, given up, or may not be repeated.

    transport = Transport(access, surroundings, patience)
    transport.begin()                    # what is sent until the next begin() shares one deadline (Patience.total)
    response = transport.send(errand)    # the answer, of whatever status is left when waiting is no use

Raises LostAnswerError for a write that may have been obeyed, GoogleFaultError where no answer came at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any, TypeAlias

from requests import Response, Session
from requests.exceptions import (
    ConnectTimeout,
    InvalidURL,
    ProxyError,
    ReadTimeout,
    RequestException,
    SSLError,
)
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError

from sheetflow.workbooks.google.credentials import Access
from sheetflow.workbooks.google.errand import Errand, Patience, Surroundings
from sheetflow.workbooks.google.faults import GoogleFaultError, LostAnswerError, refusal_of
from sheetflow.workbooks.google.sign_in import SignIn, TokenAnswer
from sheetflow.workbooks.google.waiting import Outcome, is_open, wait_before_next

REFUSED_TOKEN = 401
NEVER_SENT = (ConnectTimeout, InvalidURL, ProxyError)
NO_CERTIFICATE = "CERTIFICATE_VERIFY_FAILED"
PIECE = 2**16
SHORTEST_TRY = 0.001
Turn: TypeAlias = Callable[[bool, float], bool]
"""Waits until a request may be sent that writes, or only reads; False where that takes more than so many seconds."""

USER_AGENT = "sheetflow (gzip)"
"""Google packs its answers for a client that says gzip here too."""


def at_once(_writes: bool, _seconds: float) -> bool:  # noqa: FBT001  a Turn
    """It is always our turn."""
    return True


class Transport:
    """One account's way to Google: a connection that is kept, a token, and a deadline."""

    def __init__(
        self,
        access: Access,
        surroundings: Surroundings,
        patience: Patience | None = None,
        turn: Turn = at_once,
    ) -> None:
        """Nothing is sent yet; the first deadline begins now. Each try of a request waits for its `turn`."""
        self.access = access
        self.session = _session()
        self._machine = surroundings
        self._patience = patience or Patience()
        self._turn = turn
        self._sign_in = SignIn(access, self._fetch_token)
        self.begin()

    def begin(self) -> None:
        """From now on there is the whole time again."""
        self._ends = self._machine.clock() + self._patience.total

    def send(self, errand: Errand) -> Response:
        """The answer to a request that carries the account's token; a token that is refused is renewed once."""
        response = self._send(self._signed(errand), self._await_turn)
        if response.status_code != REFUSED_TOKEN:
            return response
        self._sign_in.renew()
        return self._send(self._signed(errand), self._await_turn)

    def _signed(self, errand: Errand) -> Errand:
        return replace(errand, headers={**errand.headers, **self._sign_in.headers()})

    def _fetch_token(self, errand: Errand) -> TokenAnswer:
        response = self._send(errand)
        if _outcome_of(response).is_trouble:
            raise self._given_up(response)
        return TokenAnswer(
            status=response.status_code, headers=response.headers, data=response.content
        )

    def _await_turn(self, errand: Errand) -> None:
        """Wait for the turn as long as that leaves the time of a whole try."""
        if not self._turn(errand.writes, max(0.0, self._left() - self._patience.request)):
            raise GoogleFaultError("google_busy", account=self.access.account or "the account")

    def _send(
        self, errand: Errand, before: Callable[[Errand], None] = lambda _errand: None
    ) -> Response:
        """Try until there is an answer that stays, or the time is up; `before` is called at every try."""
        tried = 0
        if self._left() <= 0:
            raise GoogleFaultError("google_no_answer")
        while True:
            before(errand)
            answer = self._tried(errand)
            tried += 1
            outcome = _outcome_of(answer)
            if is_open(outcome, errand):
                raise LostAnswerError("google_write_unanswered", status=outcome.status)
            wait = wait_before_next(
                outcome, errand, self._patience, tried=tried, chance=self._machine.chance()
            )
            if wait is None or wait >= self._left():
                return self._settled(answer)
            self._machine.sleep(wait)

    def _tried(self, errand: Errand) -> Response | Exception:
        seconds = max(SHORTEST_TRY, min(self._patience.request, self._left()))
        ends = self._machine.clock() + seconds
        try:
            response = self.session.request(
                errand.method,
                errand.url,
                params=dict(errand.parameters),
                data=errand.body,
                headers=dict(errand.headers),
                timeout=seconds,
                allow_redirects=False,  # the token goes to Google and to nobody else
                stream=True,
            )
            return self._whole(response, ends)
        except (RequestException, HTTPError) as error:
            return error

    def _whole(self, response: Response, ends: float) -> Response:
        """The answer with its body, which is read bit by bit: a trickle would never time out by itself."""
        body = BytesIO()
        while piece := response.raw.read1(PIECE, decode_content=True):
            body.write(piece)
            if self._machine.clock() > ends:
                response.close()
                raise ReadTimeout
        body.seek(0)
        response.raw = body
        return response

    def _left(self) -> float:
        return self._ends - self._machine.clock()

    def _settled(self, answer: Response | Exception) -> Response:
        if isinstance(answer, Response):
            return answer
        raise self._given_up(answer) from answer

    def _given_up(self, answer: Response | Exception) -> GoogleFaultError:
        if isinstance(answer, Response):
            return GoogleFaultError("google_unwell", status=answer.status_code)
        code = "google_unreachable" if _was_never_sent(answer) else "google_no_answer"
        return GoogleFaultError(code, message=str(answer), text=_cause(answer))


def _session() -> Session:
    session = Session()
    session.headers["User-Agent"] = USER_AGENT
    session.auth = _as_it_is  # else a password file of the machine could replace the token
    return session


def _as_it_is(request: Any) -> Any:  # noqa: ANN401 - a prepared request of requests, which has no types
    return request


def _outcome_of(answer: Response | Exception) -> Outcome:
    if not isinstance(answer, Response):
        return Outcome(was_sent=not _was_never_sent(answer))
    refusal = None if answer.ok else refusal_of(answer.status_code, answer.content, writes=False)
    return Outcome(
        status=answer.status_code,
        in_words=refusal is not None and refusal.in_words,
        headers=answer.headers,
    )


def _was_never_sent(error: Exception) -> bool:
    """Whether no connection was made, so that Google cannot have had the request."""
    if isinstance(error, SSLError):
        return NO_CERTIFICATE in str(error)
    return isinstance(error, NEVER_SENT) or isinstance(
        _reason(error), NewConnectionError | NameResolutionError
    )


def _reason(error: Exception) -> BaseException | None:
    """What urllib3 says of it."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return reason if isinstance(reason, BaseException) else None


def _cause(error: Exception) -> str:
    """What the system says of it, such as: Connection refused."""
    cause: BaseException | None = _reason(error) or error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return type(error).__name__
