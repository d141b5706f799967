"""The option that says what somebody may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def verbs(
    words: tuple[str, ...], default: str | None, help_text: str
) -> Callable[[Command], Command]:
    """--verbs A,B out of the given words, with a sentence for anything else."""

    def parted(
        _ctx: click.Context, _param: click.Parameter, text: str | None
    ) -> tuple[str, ...] | None:
        if text is None:
            return None
        named = tuple(word.strip().lower() for word in text.split(",") if word.strip())
        if not named or not set(named) <= set(words):
            raise click.BadParameter(
                f"{text!r}: write some of {', '.join(words)}, parted by commas."
            )
        return named

    return click.option(
        "--verbs",
        default=default,
        show_default=default is not None,
        metavar="VERBS",
        callback=parted,
        help=f"{help_text} ({', '.join(words)}; parted by commas).",
    )
