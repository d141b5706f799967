"""Messages to Slack, Teams and others by apprise (extra `notify`); the addresses are the admin's alone."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from logging import CRITICAL, getLogger
from types import ModuleType
from urllib.parse import urlsplit

from sheetflow.errors import UserError
from sheetflow.translate.digests.letters import Letter

SCHEMAS = frozenset(
    {
        *("slack", "workflows", "workflow", "msteams", "discord", "gchat", "mattermost", "mmost"),
        *("mmosts", "matrix", "matrixs", "ntfy", "ntfys", "rocket", "rockets", "telegram", "tgram"),
        *("googlechat", "webex", "wxteams", "zulip", "mailto", "mailtos"),
    }
)
"""Services of chat and mail; those that run programs or reach any address are not among them."""


def check_chats(addresses: Sequence[str]) -> None:
    """Raise UserError for an address of another kind, or without the library."""
    for address in addresses:
        if urlsplit(address).scheme.lower() not in SCHEMAS:
            raise UserError(
                "setting_wrong",
                setting="SHEETFLOW_APPRISE_URLS",
                example="slack://token-a/token-b/token-c/#channel",
            )
    if addresses:
        _library()


def tell_chats(addresses: Sequence[str], letter: Letter) -> bool:
    """Whether every address took the message."""
    apprise = _library()
    getLogger("apprise").setLevel(CRITICAL)  # its words hold addresses with their tokens
    results = []
    for address in addresses:
        one = apprise.Apprise()
        is_known = one.add(address)
        results.append(bool(is_known and one.notify(title=letter.subject, body=letter.text)))
    return all(results)


def _library() -> ModuleType:
    try:
        return import_module("apprise")
    except ModuleNotFoundError as error:
        raise UserError("notify_not_installed", setting="SHEETFLOW_APPRISE_URLS") from error
