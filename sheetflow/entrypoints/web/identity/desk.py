"""Everything that checks credentials, made once an app from its settings."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit

from flask import current_app

from sheetflow.entrypoints.web.identity.certificates import Certificates
from sheetflow.entrypoints.web.identity.entra import EntraTokens, keys_address, signing_keys_of
from sheetflow.entrypoints.web.identity.google import GoogleTokens, certificates_of
from sheetflow.entrypoints.web.identity.machines import Machines
from sheetflow.entrypoints.web.identity.sessions import Sessions
from sheetflow.entrypoints.web.present import service

if TYPE_CHECKING:
    from sheetflow.wiring.service import Service

DESK = "sheetflow.identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where credentials are shown."""

    google: GoogleTokens
    entra: EntraTokens
    machines: Machines
    sessions: Sessions

    @classmethod
    def of(cls, service: Service) -> Self:
        """The desk of a service; without a secret in the settings its sessions end when the process does."""
        settings = service.settings
        authority, tenants = settings.entra_authority, settings.entra_tenants
        return cls(
            google=GoogleTokens(
                audiences=settings.google_audiences,
                hosted_domains=frozenset(map(str.lower, settings.google_hosted_domains)),
                certificates=Certificates(settings.google_certificates_url, certificates_of),
            ),
            entra=EntraTokens(
                authority=authority,
                audiences=settings.entra_audiences,
                keys={
                    tenant: Certificates(keys_address(authority, tenant), signing_keys_of)
                    for tenant in map(str.lower, tenants)
                },
            ),
            machines=Machines(secrets=settings.machines),
            sessions=Sessions(
                secret=settings.secret_key or secrets.token_urlsafe(32),
                secure=urlsplit(settings.base_url).scheme == "https",
                nonces=service.nonces,
            ),
        )


def desk() -> Desk:
    """The desk of the app that answers at present."""
    made = current_app.extensions
    return cast("Desk", made.get(DESK) or made.setdefault(DESK, Desk.of(service())))
