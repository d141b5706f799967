"""Settings from the environment: SHEETFLOW_PORT and its like; none is needed.

SHEETFLOW_<NAME>_FILE names a file that holds the value instead: secrets need not stand in the environment. A list is
parted by commas.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from sheetflow.errors import UserError
from sheetflow.wiring.environment import PREFIX, Given, Names, Pairs, Paths, TimeZone, WebAddress

SHORTEST_SECRET, LEAST_VARIETY = 32, 10
PLACEHOLDER = re.compile(
    r"change.?(me|this)|example|placeholder|replace|your.?(secret|key)", re.IGNORECASE
)
GOOGLE_CERTIFICATES = "https://www.googleapis.com/oauth2/v1/certs"
MICROSOFT = "https://login.microsoftonline.com"


def own_database(environment: Mapping[str, str]) -> str:
    """The URL of the database in the user's own data folder."""
    data = environment.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser()
    return f"sqlite:///{Path(data).absolute() / 'sheetflow' / 'sheetflow.db'}"


class Settings(BaseSettings):
    """All settings of the registry, the service and its jobs; an example is what the sentence of a bad one shows."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    database_url: str = Field(
        default_factory=lambda: own_database(os.environ),
        repr=False,
        examples=["postgresql://user:password@host/sheetflow"],
    )
    host: str = Field(default="127.0.0.1", min_length=1, examples=["127.0.0.1"])
    port: int = Field(default=8000, ge=0, le=65535, examples=["8000"])
    base_url: WebAddress = Field(default="", examples=["https://sheetflow.example.com"])
    secret_key: str = Field(default="", repr=False)
    log_level: str = Field(
        default="INFO", pattern="^(?i:debug|info|warning|error)$", examples=["INFO"]
    )

    google_audiences: Names = ()
    google_hosted_domains: Names = ()
    google_certificates_url: WebAddress = Field(
        default=GOOGLE_CERTIFICATES, examples=[GOOGLE_CERTIFICATES]
    )
    entra_tenants: Names = ()
    entra_audiences: Names = ()
    entra_authority: WebAddress = Field(default=MICROSOFT, examples=[MICROSOFT])
    pane_origins: Names = ()
    pane_library: WebAddress = Field(
        default="", examples=["https://sheetflow.example.com/msal-browser.js"]
    )
    machines: Pairs = Field(default={}, repr=False, examples=['{"crm": "a long secret"}'])
    keys_only: bool = Field(default=False, examples=["true"])
    open_planning: bool | None = Field(default=None, examples=["true"])

    max_upload_mb: int = Field(default=20, ge=1, examples=["20"])
    max_rows: int = Field(default=20_000, ge=1, examples=["20000"])
    requests_per_minute: int = Field(default=60, ge=1, examples=["60"])
    workers: int = Field(default=2, ge=1, le=64, examples=["2"])
    metrics_port: int | None = Field(default=None, ge=1, le=65535, examples=["9100"])
    workbook_folder: Path | None = Field(default=None, examples=["workbooks"])
    time_zone: TimeZone = Field(default="UTC", examples=["Asia/Jakarta"])

    smtp_url: str = Field(default="", repr=False)
    mail_from: str = ""
    admin_mail: str = ""
    digest_hour: int = Field(default=7, ge=0, le=17, examples=["7"])
    apprise_urls: Names = Field(default=(), repr=False)
    webhook_urls: Names = Field(default=(), repr=False)
    webhook_secret: str = Field(default="", repr=False)
    webhook_hosts: Names = ()

    google_credentials: Paths = ()
    google_requests_per_minute: int = Field(default=60, ge=1, examples=["60"])
    google_project_requests_per_minute: int = Field(default=300, ge=1, examples=["300"])

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  the library's signature
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Made by hand, settings are what is given: `from_environment` alone looks at an environment."""
        return (init_settings,)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The settings that the environment holds; raises UserError for one that cannot be used."""
        try:
            given = Given(cls, environment)()
            return cls(**{"database_url": own_database(environment)} | given)
        except ValidationError as error:
            raise _wrong(str(error.errors()[0]["loc"][0])) from error

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the service: a proxy in front of it has an address of its own."""
        return all(map(_is_loopback, filter(None, (self.host, urlsplit(self.base_url).hostname))))

    @property
    def planning_is_open(self) -> bool:
        """Whether a sheet may be planned by somebody who is not signed in."""
        return self.is_local if self.open_planning is None else self.open_planning

    def unsafe(self) -> list[UserError]:
        """Why the service must not start with these settings; a service that only this machine reaches is safe."""
        return [] if self.is_local else list(self._dangers())

    def _dangers(self) -> Iterator[UserError]:
        if not self.secret_key:
            yield UserError("secret_missing", host=self.host)
        elif len(self.secret_key) < SHORTEST_SECRET:
            yield UserError("secret_short", count=SHORTEST_SECRET)
        elif len(set(self.secret_key)) < LEAST_VARIETY or PLACEHOLDER.search(self.secret_key):
            yield UserError("secret_known")
        for name, secret in self.machines.items():
            if len(secret) < SHORTEST_SECRET:
                yield UserError("machine_secret_short", name=name, count=SHORTEST_SECRET)
        if urlsplit(self.base_url).scheme != "https":
            yield UserError("base_url_unsafe", host=self.host)
        if not (self.google_audiences or self.entra_audiences or self.keys_only):
            yield UserError("nobody_signs_in", host=self.host)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _wrong(name: str) -> UserError:
    field = Settings.model_fields.get(name)
    example = field.examples[0] if field is not None and field.examples else ""
    return UserError("setting_wrong", setting=f"{PREFIX}{name.upper()}", example=str(example))
