"""One form for the many addresses of a workbook, and for those of a person."""

from __future__ import annotations

from sheetflow.errors import UserError
from sheetflow.workbooks.google.address import editing_url, spreadsheet_id


def same_workbook(address: str) -> str:
    """The address as the registry keeps it: every link to a spreadsheet becomes the same; a path stays."""
    spreadsheet = spreadsheet_id(address)
    return editing_url(spreadsheet) if spreadsheet else address


def same_person(address: str) -> str:
    """An e-mail address, or `@example.com` for all of a domain, in lower case; raises UserError for other texts."""
    text = address.strip().lower()
    _, at, domain = text.rpartition("@")
    if not at or not domain or any(character.isspace() for character in text):
        raise UserError("person_wrong", who=address)
    return text


def grants_that_fit(email: str) -> tuple[str, ...]:
    """To whom a grant must be made to fit a person: the address, or its domain; nobody for what is no address."""
    text = email.strip().lower()
    name, _, domain = text.rpartition("@")
    return (text, f"@{domain}") if name and domain and text.isprintable() else ()
