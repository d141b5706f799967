"""Who tells people and machines what became of a plan, as the settings have it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sheetflow.jobs.telling.chat import check_chats
from sheetflow.jobs.telling.letterbox import Letterbox
from sheetflow.jobs.telling.mail import checked_server
from sheetflow.jobs.telling.owners import Owners
from sheetflow.jobs.telling.post import Post
from sheetflow.jobs.telling.teller import Teller
from sheetflow.jobs.telling.webhooks import Webhooks, check_webhooks
from sheetflow.store.records import WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.store.told import Told
from sheetflow.wiring.settings import Settings
from sheetflow.workbooks.port import Workbook


def teller_of(
    settings: Settings,
    *,
    registry: Registry,
    runs: Runs,
    told: Told,
    open_workbook: Callable[[WorkbookRecord], Workbook],
    clock: Callable[[], datetime],
) -> Teller | None:
    """The teller; None where the settings name no way to tell anybody.

    Raises:
        UserError: A setting cannot be used, or the part of SheetFlow for it is not installed.
    """
    check_chats(settings.apprise_urls)
    check_webhooks(settings.webhook_urls, settings.webhook_secret)
    post = _post(settings)
    if not (post or settings.apprise_urls or settings.webhook_urls):
        return None
    return Teller(
        registry=registry,
        runs=runs,
        told=told,
        open_workbook=open_workbook,
        clock=clock,
        letterbox=_letterbox(settings, told, post),
        owners=None
        if post is None
        else Owners(
            registry=registry,
            runs=runs,
            told=told,
            post=post,
            admin=settings.admin_mail,
            base_url=settings.base_url,
        ),
        webhooks=_webhooks(settings),
    )


def _post(settings: Settings) -> Post | None:
    if not settings.smtp_url:
        return None
    return Post(server=checked_server(settings.smtp_url, settings.mail_from))


def _letterbox(settings: Settings, told: Told, post: Post | None) -> Letterbox | None:
    if post is None and not settings.apprise_urls:
        return None
    return Letterbox(
        told=told,
        post=post,
        chats=settings.apprise_urls,
        hour=settings.digest_hour,
        base_url=settings.base_url,
    )


def _webhooks(settings: Settings) -> Webhooks | None:
    if not settings.webhook_urls:
        return None
    hosts = frozenset(host.lower() for host in settings.webhook_hosts)
    return Webhooks(addresses=settings.webhook_urls, secret=settings.webhook_secret, hosts=hosts)
