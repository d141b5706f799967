"""The language of whoever asks, and sentences in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import request

from sheetflow.domain.settings import CalendarSystem, Language, Settings
from sheetflow.entrypoints.web.present import service
from sheetflow.errors import Fact
from sheetflow.translate.language import Tongue

LANGUAGES = frozenset(language.value for language in Language)
OLD_TAGS = {"in": "id"}
"""Some Android phones name Indonesian by a tag that was given up in 1989."""


def reader_language() -> Language:
    """What `?lang=` says, else what the browser prefers, else English."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return Language(asked)
    preferred = (tag.lower().partition("-")[0] for tag, _ in request.accept_languages)
    known = (OLD_TAGS.get(tag, tag) for tag in preferred)
    return Language(next((tag for tag in known if tag in LANGUAGES), Language.EN.value))


def reader_tongue(language: Language | None = None) -> Tongue:
    """Sentences for the reader, as of today."""
    today = service().clock().date()
    return Tongue(language or reader_language(), CalendarSystem.GREGORIAN, today)


def workbook_tongue(settings: Settings, today: date) -> Tongue:
    """Sentences about a workbook: by its calendar, and in its language unless `?lang=` says another."""
    asked = request.args.get("lang", "")
    language = Language(asked) if asked in LANGUAGES else settings.language
    return Tongue(language, settings.calendar, today)


def sentence(code: str, facts: Mapping[str, Fact]) -> str:
    """What is wrong and what to do."""
    return " ".join(filter(None, reader_tongue().told(code, facts)))
