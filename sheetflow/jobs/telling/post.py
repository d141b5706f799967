"""The post: a letter to people, and what becomes of it."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from logging import getLogger

from sheetflow.jobs.telling.mail import WORST, MailServer, message_of
from sheetflow.translate.digests.letters import Letter

PERMANENT = 500
log = getLogger(__name__)


class Fate(Enum):
    """What became of a letter: it went, it never will, it may later, or no letter goes at the moment."""

    SENT = auto()
    REFUSED = auto()
    LATER = auto()
    DOWN = auto()

    @property
    def is_settled(self) -> bool:
        """Whether nobody needs to try again."""
        return self in {Fate.SENT, Fate.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Sends letters by one server; what fails is logged without a word of them."""

    server: MailServer

    def send(self, letter: Letter, recipient: str, number: str, now: datetime) -> Fate:
        """Send one letter to one address."""
        message = message_of(
            letter, sender=self.server.sender, recipient=recipient, number=number, now=now
        )
        try:
            self.server.send(message)
        except smtplib.SMTPRecipientsRefused as error:
            return _refused(code for code, _ in error.recipients.values())
        except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
            return _refused([error.smtp_code])
        except WORST as error:
            log.warning("the mail server was not reached: %s", type(error).__name__)
            return Fate.DOWN
        return Fate.SENT


def _refused(codes: Iterable[int]) -> Fate:
    code = max(codes, default=PERMANENT)
    log.warning("a mail was refused with status %s", code)
    return Fate.REFUSED if code >= PERMANENT else Fate.LATER
