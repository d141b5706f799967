"""What may stand behind the question mark of an address: everything is declared, anything else is refused."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Query(BaseModel):
    """What every route takes."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["en", "id", "fa"] | None = Field(
        None, description="The language of sentences; else that of Accept-Language."
    )


class OfDay(Query):
    """A route that plans as of a day."""

    today: date | None = Field(
        None, description="Plan as of this day, such as 2026-11-23; else the day it is."
    )


class OfStep(Query):
    """A route that tells of one step."""

    step: str | None = Field(
        None, max_length=200, description="The step; else the one that is worked on or comes next."
    )


class Waiting(Query):
    """A route that can wait for what it tells of."""

    wait: int = Field(0, ge=0, le=25, description="Seconds to wait at most until the run is over.")
