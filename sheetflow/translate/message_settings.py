"""Reading the settings of messages: the digest, the hours when nobody is disturbed, and who is told nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Any

from sheetflow.cells import Value
from sheetflow.domain.messages import Messages
from sheetflow.translate.folding import to_ascii_digits
from sheetflow.translate.lists import split_names
from sheetflow.translate.rows import as_text
from sheetflow.translate.vocabulary import Vocabulary

DIGEST, OFF, QUIET = "Digest", "Messages off", "Quiet hours"
MESSAGES = frozenset({DIGEST, OFF, QUIET})
_SPAN = re.compile(
    r"(\d{1,2})(?:[:.](\d\d))?\s*(?:-|–|—|to|until|sampai|تا)\s*(\d{1,2})(?:[:.](\d\d))?"
)
NEVER = time(0), time(0)


def read_message(name: str, raw: Value, words: Vocabulary) -> object:
    """The value of one of these settings; None where it makes no sense."""
    text = as_text(raw)
    if name == OFF:
        return split_names(text)
    answer = words.find("boolean", text)
    if name == QUIET:
        return NEVER if answer == "no" else _span(text)
    return None if answer is None else answer == "yes"


def messages_of(values: Mapping[str, Any]) -> Messages:
    """What the settings that were read say of messages."""
    usual = Messages()
    quiet = values.get(QUIET, (usual.quiet_from, usual.quiet_until))
    return Messages(
        digest=values.get(DIGEST, usual.digest),
        off=tuple(values.get(OFF, ())),
        quiet_from=quiet[0],
        quiet_until=quiet[1],
    )


def _span(text: str) -> tuple[time, time] | None:
    """`18:00-7:00` as two times of day; 24:00 is midnight."""
    found = _SPAN.fullmatch(to_ascii_digits(text.strip()))
    if found is None:
        return None
    hours = [int(found[1]) % 24, int(found[3]) % 24]
    minutes = [int(found[2] or 0), int(found[4] or 0)]
    if max(int(found[1]), int(found[3])) > 24 or max(minutes) > 59:  # noqa: PLR2004  a clock's
        return None
    return time(hours[0], minutes[0]), time(hours[1], minutes[1])
