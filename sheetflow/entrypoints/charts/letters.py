"""Whether this machine has a font for the letters of a picture: without one each would be an empty box."""

from __future__ import annotations

from sheetflow.entrypoints.charts.layers import LATIN, PERSIAN
from sheetflow.errors import UserError
from sheetflow.translate.views.scene import Scene

TWO_LETTERS = {False: "am", True: "سع"}


def check_letters(scene: Scene) -> None:
    """Raise UserError where no font can draw the language of the scene."""
    fonts = PERSIAN if scene.right_to_left else LATIN
    if not can_draw(TWO_LETTERS[scene.right_to_left], fonts):
        raise UserError("chart_font_missing")


def can_draw(two_letters: str, fonts: str) -> bool:
    """Whether two different letters look different: what draws pictures does not tell which fonts it finds."""
    first, second = (_drawn(letter, fonts) for letter in two_letters)
    return first != second


def _drawn(letter: str, fonts: str) -> bytes:
    import vl_convert

    text = f"<text x='2' y='22' font-size='20' font-family='{fonts}'>{letter}</text>"
    return vl_convert.svg_to_png(
        f"<svg xmlns='http://www.w3.org/2000/svg' width='30' height='30'>{text}</svg>"
    )
