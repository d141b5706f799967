"""JSON as the service takes it and gives it."""

from __future__ import annotations

from typing import Any

from flask.json.provider import DefaultJSONProvider


class Json(DefaultJSONProvider):
    """Keeps the order of fields and the letters of every alphabet; takes nothing that is nested without end."""

    sort_keys = False
    ensure_ascii = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:  # noqa: ANN401 - as Flask has it
        """What the text says; raises ValueError where it cannot be told."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
