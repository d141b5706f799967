"""Which database a URL names, for what does not go through SQLAlchemy."""

from __future__ import annotations

from pathlib import Path


def postgresql_of(url: str) -> str | None:
    """The database as psycopg is told of it; None where it is a file."""
    from sqlalchemy import make_url

    place = make_url(url)
    if place.get_backend_name() not in {"postgresql", "postgres"}:
        return None
    return place.set(drivername="postgresql").render_as_string(hide_password=False)


def file_of(url: str) -> Path:
    """The file of a database of SQLite."""
    from sqlalchemy import make_url

    return Path(make_url(url).database or "")
