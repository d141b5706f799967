"""Mail by SMTP: a letter to one address.

MailServer.at("smtp://user:password@host:587")   # encrypted where the server can, and always before a password
MailServer.at("smtp+starttls://host")            # never without encryption
MailServer.at("smtps://host")                    # encrypted from the beginning
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from sheetflow.errors import UserError
from sheetflow.jobs.telling.picture import png
from sheetflow.translate.digests.letters import PICTURE, Letter

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
SECONDS = 15.0
WORST = (OSError, smtplib.SMTPException)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.?[A-Za-z0-9]")


def mail_address(text: str) -> str | None:
    """The text as one mail address; None for anything else, a list or a name with an address too."""
    bare = text.strip()
    if not _ADDRESS.fullmatch(bare) or ".." in bare or bare.startswith("."):
        return None
    try:
        return Address(addr_spec=bare).addr_spec
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server, and whose name mails bear."""

    scheme: str
    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def at(cls, url: str, sender: str = "") -> MailServer:
        """The server at the URL; raises ValueError for a URL of another kind."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError(url)
        user = unquote(parts.username or "")
        usual = user if mail_address(user) else f"sheetflow@{parts.hostname}"
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            sender=sender or usual,
            user=user,
            password=unquote(parts.password or ""),
        )

    def send(self, message: EmailMessage) -> None:
        """Hand one message over; raises OSError or SMTPException where that fails."""
        with self._connected() as server:
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        secure = ssl.create_default_context()
        if self.scheme == "smtps":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=secure)
        server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        try:
            self._encrypt(server, secure)
        except BaseException:
            server.close()
            raise
        return server

    def _encrypt(self, server: smtplib.SMTP, secure: ssl.SSLContext) -> None:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=secure)
            server.ehlo()
        elif self.scheme == "smtp+starttls" or (self.user and not _is_here(self.host)):
            raise smtplib.SMTPNotSupportedError("no encryption")


def message_of(
    letter: Letter, *, sender: str, recipient: str, number: str, now: datetime
) -> EmailMessage:
    """The letter as a message: text, HTML and its picture; the same `number` is the same message to mail programs."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["From"] = Address("SheetFlow", addr_spec=sender)
    message["To"] = Address(addr_spec=recipient)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{number}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text, cte="base64")
    picture = png(letter.picture) if letter.picture else None
    html = letter.html.replace(f"cid:{PICTURE}", f"cid:{PICTURE}.{number}")
    message.add_alternative(html, subtype="html", cte="base64")
    if picture is not None:
        part = message.get_payload()[1]  # type: ignore[index]  # the HTML that was added just now
        name = f"<{PICTURE}.{number}>"
        part.add_related(  # type: ignore[union-attr]
            picture, "image", "png", cid=name, filename="load.png", disposition="inline"
        )
    return message


def checked_server(url: str, sender: str) -> MailServer:
    """The server at the URL of the settings; raises UserError for one that is none."""
    try:
        server = MailServer.at(url, sender)
    except ValueError as error:
        example = "smtp+starttls://user:password@host:587"
        raise UserError("setting_wrong", setting="SHEETFLOW_SMTP_URL", example=example) from error
    if mail_address(server.sender) is None:
        example = "sheetflow@example.com"
        raise UserError("setting_wrong", setting="SHEETFLOW_MAIL_FROM", example=example)
    return server


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
