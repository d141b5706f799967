"""Names that nobody can guess or need to: short ones for records, long ones that are secrets."""

from __future__ import annotations

import re
from hashlib import sha256
from secrets import choice, token_urlsafe
from string import ascii_lowercase

LENGTH, SECRET_BYTES = 10, 32

_ID = re.compile(rf"[a-z]{{{LENGTH}}}")


def new_id() -> str:
    """A short name, such as `kqhvyxwbta`; it is no secret."""
    return "".join(choice(ascii_lowercase) for _ in range(LENGTH))


def is_id(text: str) -> bool:
    """Whether the text could be a name that new_id made."""
    return _ID.fullmatch(text) is not None


def new_secret() -> str:
    """256 bits by chance, as text that fits into a URL."""
    return token_urlsafe(SECRET_BYTES)


def digest(*parts: str) -> str:
    """What is kept instead of a secret: its SHA-256 (fast is safe for 256 bits by chance)."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
