"""The colours of pages and charts by their names: light ones are the palette's, dark ones stand here alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from sheetflow.domain.flag import Flag
from sheetflow.translate import palette

Ink: TypeAlias = Callable[[str], str]
"""What stands for a token in a drawing."""

PHASE_TOKENS = {phase: f"phase-{number}" for number, phase in enumerate(palette.PHASES)}
TINT_TOKENS = tuple(f"tint-{number}" for number in range(len(palette.FURTHER_TINTS)))
LOAD_TOKENS = tuple(f"load-{number}" for number in range(len(palette.LOAD_STEPS)))
OVER, OFF = "load-over", "off"

LIGHT: Mapping[str, str] = {
    "ink": palette.INK,
    "soft": palette.SOFT,
    "faint": palette.FAINT,
    "line": palette.LINE,
    "paper": palette.WHITE,
    "ground": palette.WHITE,
    "head": palette.HEAD_FILL,
    "computed-head": palette.COMPUTED_HEAD_FILL,
    "computed": palette.COMPUTED_FILL,
    "off": palette.OFF_FILL,
    "weekend": palette.WEEKEND_FILL,
    "accent": palette.ACCENT,
    "on-accent": palette.WHITE,
    "link": "005B8F",
    "publish": palette.PUBLISH_FILL,
    "on-publish": palette.WHITE,
    "late": palette.RED_INK,
    **{f"{flag.value.lower()}-ink": inks[0] for flag, inks in palette.FLAGS.items()},
    **{f"{flag.value.lower()}-fill": inks[1] for flag, inks in palette.FLAGS.items()},
    **{PHASE_TOKENS[phase]: fill for phase, fill in palette.PHASES.items()},
    **dict(zip(TINT_TOKENS, palette.FURTHER_TINTS, strict=True)),
    **{LOAD_TOKENS[i]: fill for i, (_, fill) in enumerate(palette.LOAD_STEPS)},
    **{
        f"on-{LOAD_TOKENS[i]}": palette.ink_on(fill)
        for i, (_, fill) in enumerate(palette.LOAD_STEPS)
    },
    OVER: palette.OVER_LOAD,
    f"on-{OVER}": palette.WHITE,
}
DARK: Mapping[str, str] = {
    "ink": "E4EAF0",
    "soft": "A9B5C1",
    "faint": "64717F",
    "line": "2C3641",
    "paper": "161C23",
    "ground": "11161C",
    "head": "1E262F",
    "computed-head": "202C3B",
    "computed": "19212A",
    "off": "222A33",
    "weekend": "1B222A",
    "accent": "A9C7E8",
    "on-accent": "11161C",
    "link": "7DBBEA",
    "publish": "0072B2",
    "on-publish": "FFFFFF",
    "late": "FF8379",
    "green-ink": "7ED49F",
    "green-fill": "153524",
    "amber-ink": "F0C465",
    "amber-fill": "3B2D0C",
    "red-ink": "FF9F98",
    "red-fill": "481B19",
    "grey-ink": "AAB5BF",
    "grey-fill": "2A323A",
    **dict(
        zip(
            PHASE_TOKENS.values(),
            ("1F4A63", "5B4515", "5C3049", "1F5140", "0072B2", "38414C"),
            strict=True,
        )
    ),
    **dict(
        zip(TINT_TOKENS, ("3E3768", "43501D", "663B25", "23525A", "52482B", "51355E"), strict=True)
    ),
    **dict(zip(LOAD_TOKENS, ("1B2C3E", "1F4263", "275984", "2D70AB"), strict=True)),
    **{f"on-{token}": "E4EAF0" for token in LOAD_TOKENS[:-1]},
    f"on-{LOAD_TOKENS[-1]}": "FFFFFF",
    OVER: "A61B1B",
    f"on-{OVER}": "FFFFFF",
}
TEXTS: tuple[tuple[str, str], ...] = (
    *(
        (text, ground)
        for text in ("ink", "soft", "accent", "link")
        for ground in ("paper", "ground", "head", "computed", "computed-head")
    ),
    *(("soft", ground) for ground in ("weekend", "off")),
    ("on-accent", "accent"),
    ("on-publish", "publish"),
    ("late", "paper"),
    *((f"{flag.value.lower()}-ink", f"{flag.value.lower()}-fill") for flag in Flag),
    *(("ink", token) for phase, token in PHASE_TOKENS.items() if phase != "Delivery"),
    *(("ink", token) for token in TINT_TOKENS),
    *((f"on-{token}", token) for token in (*LOAD_TOKENS, OVER)),
)
"""Which token is written on which: each pair is to be read well, in the light and in the dark."""


def light_ink(token: str) -> str:
    """The light colour: for pictures, which know no other."""
    return f"#{LIGHT[token]}"


def page_ink(token: str) -> str:
    """The page's own value of the token, which follows the light and the dark."""
    return f"var(--{token})"


def ink_on(token: str) -> str:
    """The token of a text that is written on the token."""
    if token in {*LOAD_TOKENS, OVER}:
        return f"on-{token}"
    return "on-publish" if token in {"publish", PHASE_TOKENS["Delivery"]} else "ink"


def phase_tokens(fills: Mapping[str, str]) -> dict[str, str]:
    """The token of each phase, of fills that the palette has chosen."""
    tokens = {fill: token for token, fill in LIGHT.items() if token.startswith(("phase-", "tint-"))}
    return {phase: tokens[fill] for phase, fill in fills.items()}


def style_sheet() -> str:
    """The tokens as custom properties; what is printed is light."""
    light, dark = (_properties(values) for values in (LIGHT, DARK))
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        "@media print{:root{color-scheme:light}}\n"
    )


def _properties(values: Mapping[str, str]) -> str:
    return "".join(f"--{token}:#{colour};" for token, colour in values.items())
