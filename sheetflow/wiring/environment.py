"""How settings stand in an environment: SHEETFLOW_<NAME>, or SHEETFLOW_<NAME>_FILE for a file that holds the value."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode

from sheetflow.errors import UserError

PREFIX, IN_A_FILE = "SHEETFLOW_", "_FILE"


def _parted(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


def _paths(value: object) -> object:
    return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


def _json(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(value) from error
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError(value)
    return value.rstrip("/")


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parted)]
"""Parted by commas."""

Paths = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_paths)]
"""Parted as the system parts paths."""

Pairs = Annotated[dict[str, str], NoDecode, BeforeValidator(_json)]
"""A JSON object of texts."""

WebAddress = Annotated[str, AfterValidator(_web_address)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]


class Given(EnvSettingsSource):
    """What an environment holds for the settings, and what stands in the files that it names."""

    def __init__(self, settings: type[BaseSettings], environment: Mapping[str, str]) -> None:
        """Raises UserError for a file that cannot be read."""
        self._environment = dict(_with_files(settings, environment))
        super().__init__(settings)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {name.lower(): value for name, value in self._environment.items() if value}


def _with_files(
    settings: type[BaseSettings], environment: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    yield from environment.items()
    for name in settings.model_fields:
        variable = f"{PREFIX}{name.upper()}{IN_A_FILE}"
        if file := environment.get(variable):
            yield f"{PREFIX}{name.upper()}", _text_in(file, variable)


def _text_in(file: str, variable: str) -> str:
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise UserError("setting_file_unreadable", setting=variable, file=file) from error
