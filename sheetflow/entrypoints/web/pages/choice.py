"""What somebody wants to see of a dashboard: it all stands in the address, so that it can be sent on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from sheetflow.domain.flag import Flag
from sheetflow.domain.settings import Language

WEEKS = (6, 12, 26)
WEEK, DAY = "week", "day"
MOST_LETTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Blank is everybody, every client, every flag; `page` counts from 1."""

    person: str = ""
    client: str = ""
    flag: Flag | None = None
    weeks: int = WEEKS[0]
    by: str = WEEK
    page: int = 1
    lang: Language | None = None

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Self:
        """The choice in the query of an address; what makes no sense is left out."""
        flags = {flag.value.lower(): flag for flag in Flag}
        languages = {language.value: language for language in Language}
        return cls(
            person=arguments.get("person", "")[:MOST_LETTERS],
            client=arguments.get("client", "")[:MOST_LETTERS],
            flag=flags.get(arguments.get("flag", "").lower()),
            weeks=_one_of(arguments.get("weeks", ""), WEEKS),
            by=DAY if arguments.get("by") == DAY else WEEK,
            page=max(1, _whole(arguments.get("page", ""))),
            lang=languages.get(arguments.get("lang", "")),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.person or self.client or self.flag)

    def query(self, **changes: Any) -> str:  # noqa: ANN401  of the type of the field
        """The query of the address with these fields changed, such as `?flag=red&weeks=12`; blank for the usual."""
        wanted = replace(self, **{"page": 1} | changes)
        usual = type(self)()
        told = {
            "person": wanted.person,
            "client": wanted.client,
            "flag": wanted.flag.value.lower() if wanted.flag else "",
            "weeks": wanted.weeks if wanted.weeks != usual.weeks else "",
            "by": wanted.by if wanted.by != usual.by else "",
            "page": wanted.page if wanted.page != usual.page else "",
            "lang": wanted.lang.value if wanted.lang else "",
        }
        parts = {name: value for name, value in told.items() if value}
        return f"?{urlencode(parts)}" if parts else "?"


def _one_of(text: str, choices: tuple[int, ...]) -> int:
    found = _whole(text)
    return found if found in choices else choices[0]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004  no page has more digits
