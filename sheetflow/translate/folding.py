"""Folding: one key for all the ways in which people type the same word."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫", "01234567890123456789.")
_LETTERS = str.maketrans("يىئكڪةۀھەؤأإآٱ", "یییککههههواااا")
_JOINING_YEH = re.compile(r"(?<=ه)\u200cی(?!\w)")
_NOT_A_WORD = re.compile(r"[\W_ـ]+")


def to_ascii_digits(text: str) -> str:
    """The text with Persian and Arabic digits, and their decimal sign, as 0-9 and a point."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """The matching key: without case, spaces, punctuation, half-spaces, diacritics and letter variants.

    A text of signs alone (`#`) is its own key.
    """
    if text.isascii():
        return _NOT_A_WORD.sub("", text).lower() or text.strip()
    letters = _JOINING_YEH.sub("", to_ascii_digits(text.translate(_LETTERS)))
    plain = unicodedata.normalize("NFKD", letters).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NOT_A_WORD.sub("", bare.translate(_LETTERS)) or text.strip()
