"""sheetflow addon: the buttons beside a sheet, made ready for the address of a service."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from sheetflow.errors import UserError

Command = TypeVar("Command", bound=Callable[..., Any])

DONE = 0

of_service = click.option(
    "--base-url",
    required=True,
    envvar="SHEETFLOW_BASE_URL",
    metavar="URL",
    help="The https address under which people reach the service.",
)


def into(folder: str) -> Callable[[Command], Command]:
    """--folder, with its default."""
    return click.option(
        "--folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=folder,
        show_default=True,
        help="Where the files go.",
    )


@click.group()
def addon() -> None:
    """Make the add-on for Google Sheets or for Excel: Recalculate in the sheet's own menu or pane."""


@addon.command()
@of_service
@into("sheetflow-google-addon")
@click.option("--script-id", metavar="ID", help="The Apps Script project that clasp is to fill.")
def google(*, base_url: str, folder: Path, script_id: str | None) -> int:
    """Make the add-on for Google Sheets, and tell how it comes into a spreadsheet."""
    from sheetflow.entrypoints.google_addon.making import make_google_addon
    from sheetflow.entrypoints.google_addon.steps import installing

    address = google_reaches(base_url)
    make_google_addon(address, folder, script_id)
    click.echo(installing(address, folder, by_clasp=script_id is not None))
    return DONE


@addon.command()
@of_service
@into("sheetflow-excel-addon")
def excel(*, base_url: str, folder: Path) -> int:
    """Make the add-in for Excel, and tell how it comes into a workbook."""
    from sheetflow.entrypoints.excel_addon.making import make_excel_addon, next_steps

    make_excel_addon(base_url, folder)
    click.echo(next_steps(base_url, folder))
    return DONE


def google_reaches(base_url: str) -> str:
    """The address without a slash at its end.

    Raises:
        UserError: It is not one of https, or names more than a place, or one that only this machine or network reaches.
    """
    host = _host_of(base_url)
    if not host or not _is_public(host):
        raise UserError("addon_address_unreachable", address=base_url)
    return base_url.rstrip("/")


def _host_of(base_url: str) -> str:
    """The host of an https address that names nothing but a place; blank for any other text."""
    try:
        parts = urlsplit(base_url)
        fits = parts.scheme == "https" and parts.port != 0
    except ValueError:
        return ""
    fits = fits and not (parts.query or parts.fragment or parts.username)
    return parts.hostname or "" if fits else ""


def _is_public(host: str) -> bool:
    """Whether others may reach the host: it is a name with a domain, or a public address."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".localhost", ".local"))
