"""Charts as Vega-Lite, as pictures and by the command: what was to be drawn is in them."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sheetflow.domain.settings import Language
from sheetflow.entrypoints.charts.drawing import Box, Drawing, Line, Text
from sheetflow.entrypoints.charts.layers import FROM_THE_RIGHT, LATIN, Spec, spec_of
from sheetflow.entrypoints.charts.letters import TWO_LETTERS, can_draw
from sheetflow.entrypoints.charts.pictures import html, png, svg
from sheetflow.entrypoints.charts.tokens import light_ink, page_ink
from sheetflow.entrypoints.charts.whole import load_chart, timeline_chart
from sheetflow.entrypoints.cli import run
from test_charts_values import scene

PADDING, SCALE = 16, 2


def data(spec: Spec, mark: str) -> list[dict[str, Any]]:
    """Everything that is drawn by that mark."""
    layers = (layer for layer in spec["layer"] if layer["mark"]["type"] == mark)
    return [datum for layer in layers for datum in spec["datasets"][layer["data"]["name"]]]


def small(*, right_to_left: bool = False) -> Drawing:
    """A blue box at the beginning, a red outline, a line and a text."""
    drawing = Drawing(width=60, height=30, right_to_left=right_to_left)
    drawing.put(
        Box(x=0, y=0, width=20, height=10, fill="publish", told="here"),
        Box(x=30, y=10, width=20, height=10, stroke="late"),
        Line(x=0, x2=60, y=25, y2=25, ink="ink", thickness=2),
        Text(x=2, y=5, text="A long word", ink="on-publish", room=16),
    )
    return drawing


def pixels(picture: bytes) -> list[list[tuple[int, ...]]]:
    """The pixels of a PNG of 8 bits a channel, row by row; source: the PNG specification, filters 0 to 4."""
    width, height, _, colour = struct.unpack(">IIBB", picture[16:26])
    size = {2: 3, 6: 4}[colour]
    packed, place = b"", 8
    while place < len(picture):
        length, kind = struct.unpack(">I4s", picture[place : place + 8])
        packed += picture[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += 12 + length
    plain, stride = zlib.decompress(packed), width * size
    above, rows = bytearray(stride), []
    for number in range(height):
        start = number * (stride + 1)
        line = bytearray(plain[start + 1 : start + 1 + stride])
        for i in range(stride):
            left = line[i - size] if i >= size else 0
            corner = above[i - size] if i >= size else 0
            line[i] = (line[i] + predicted(plain[start], left, above[i], corner)) % 256
        rows.append([tuple(line[i : i + 3]) for i in range(0, stride, size)])
        above = line
    return rows


def predicted(kind: int, left: int, above: int, corner: int) -> int:
    """What a PNG filter adds."""
    guess = left + above - corner
    nearest = min((left, above, corner), key=lambda one: abs(guess - one))
    return (0, left, above, (left + above) // 2, nearest)[kind]


def test_a_drawing_is_a_chart_of_layers() -> None:
    """One layer a kind of mark and look, texts last, one unit a pixel, and nothing computed by expressions but the room."""
    spec = spec_of(small(), light_ink, "Title")
    kinds = [(layer["mark"]["type"], layer["mark"].get("filled")) for layer in spec["layer"]]
    assert kinds == [("rect", True), ("rect", False), ("rule", None), ("text", None)]
    assert (spec["width"], spec["height"], spec["description"]) == (60, 30, "Title")
    assert data(spec, "rect")[0] == {
        "x": 0, "x2": 20, "y": 0, "y2": 10, "ink": "#0072B2", "told": "here",
    }  # fmt: skip
    assert re.findall(r'"expr": "([^"]*)"', json.dumps(spec)) == ["datum.room"]


def test_a_page_s_chart_follows_the_page_s_colours() -> None:
    """On a page no colour is fixed: the light and the dark come from its tokens."""
    spec = json.dumps(spec_of(small(), page_ink, ""))
    assert "var(--publish)" in spec
    assert not re.search(r"#[0-9A-Fa-f]{6}", spec)


def test_a_drawing_is_mirrored_for_those_who_read_from_the_right() -> None:
    """What begins at the left begins at the right, and texts run from there."""
    spec = spec_of(small(right_to_left=True), light_ink, "")
    box, text = data(spec, "rect")[0], data(spec, "text")[0]
    assert (box["x"], box["x2"]) == (40, 60)
    assert (text["x"], text["text"]) == (58, f"{FROM_THE_RIGHT}A long word")
    assert spec["layer"][-1]["mark"]["align"] == "right"


def test_a_png_shows_what_was_drawn() -> None:
    """The colours stand where they were put, twice as large and on white paper."""
    picture = pixels(png(spec_of(small(), light_ink, "")))

    def at(x: int, y: int) -> tuple[int, ...]:
        return picture[SCALE * (PADDING + y)][SCALE * (PADDING + x)]

    assert (len(picture[0]), len(picture)) == (SCALE * (60 + 32), SCALE * (30 + 32))
    assert at(1, 1) == (0, 114, 178)
    assert at(-5, -5) == (255, 255, 255)
    assert at(40, 15) == (255, 255, 255)
    assert max(at(30, 15)[1:]) < 120 < at(30, 15)[0]
    assert at(50, 25)[0] < 100


def test_an_svg_holds_its_texts() -> None:
    """Texts are texts, cut where they have no room, and nothing is fetched."""
    drawn = svg(spec_of(small(), light_ink, "Title")).decode()
    assert ">A l" in drawn
    assert ">A long word<" not in drawn
    assert "#0072B2" in drawn
    assert not re.search(r"(?:href|src)=", drawn)


def test_a_timeline_stands_by_itself() -> None:
    """Names, heads, days, bars in their phases' colours, late ones outlined, delivery dates, and the legend."""
    whole = timeline_chart(scene(), 2)
    words = Counter(datum["text"] for datum in data(whole.spec, "text"))
    boxes = Counter(datum["ink"] for datum in data(whole.spec, "rect"))
    assert (whole.shown, whole.count) == (5, 5)
    assert {"Flag", "Publication", "Delivery date", "23 Nov", "30 Nov", "Red", "Creation"} < set(
        words
    )
    assert words["●"] == 5  # four publish days and one in the legend
    assert words["Draft"] == 2
    assert boxes["#A61B1B"] == 2  # one late bar and one in the legend
    marks = [datum for datum in data(whole.spec, "rule") if datum["x"] == datum["x2"]]
    assert len(marks) == 5 + 1 + 1  # delivery dates, today, the legend


def test_a_load_stands_by_itself() -> None:
    """Everybody's hours by day, and each skill's share by week below them."""
    whole = load_chart(scene(), 2)
    words = {datum["text"] for datum in data(whole.spec, "text")}
    assert {"People", "Skills", "Ana", "Tono", "Designer", "2 weeks", "1.1", "6.3"} - words == {
        "6.3"
    }


def test_a_page_by_itself_needs_nothing_else() -> None:
    """The HTML holds its script; what it links to is names of formats alone."""
    page = html(spec_of(small(), light_ink, "Title")).decode()
    assert "<script src" not in page
    assert "<link" not in page


@pytest.mark.parametrize(
    ("sample", "kind", "ending", "expected"),
    [
        ("indonesia", "timeline", "svg", ["Merah", "Halaman arahan katering kantor", "23 Nov"]),
        ("persian", "load", "svg", ["\u202bافراد", "\u202bلیلا"]),
    ],
)
def test_the_command_draws_a_workbook(
    sample: str,
    kind: str,
    ending: str,
    expected: list[str],
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In the workbook's own language; the workbook stays as it is."""
    file, output = project / "sample_sheets" / f"{sample}.xlsx", tmp_path / f"chart.{ending}"
    before = file.read_bytes()
    said = ["chart", str(file), "--kind", kind, "--output", str(output), "--today", "2026-11-23"]
    assert run(said) == 0
    assert capsys.readouterr().out == f"Drawn: {output}\n"
    drawn = output.read_text("utf-8")
    assert [text for text in expected if f">{text}<" not in drawn] == []
    assert file.read_bytes() == before


def test_the_command_refuses_what_it_cannot_draw(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another ending, or a folder that is not there, is told before anything is planned."""
    file = str(project / "sample_sheets" / "smallest.xlsx")
    assert run(["chart", file, "--output", str(tmp_path / "chart.gif")]) == 2
    assert "does not end in .png, .svg, .html" in capsys.readouterr().err
    assert run(["chart", file, "--output", str(tmp_path / "none" / "chart.png")]) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_a_picture_of_empty_boxes_is_not_drawn(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where no font has the letters it is told in a sentence; what others draw later with their fonts is made."""
    assert can_draw(TWO_LETTERS[False], LATIN)
    monkeypatch.setitem(TWO_LETTERS, True, "\U0010fffc\U0010fffd")  # nobody's letters
    said = ["chart", str(project / "sample_sheets" / "persian.xlsx"), "--today", "2026-11-23"]
    picture = tmp_path / "chart.png"
    assert run([*said, "--output", str(picture)]) == 2
    told = capsys.readouterr()
    assert (told.out, picture.exists()) == ("", False)
    assert "No font of this machine has the letters" in told.err
    assert run([*said, "--output", str(tmp_path / "chart.svg")]) == 0


def test_persian_is_drawn_in_persian() -> None:
    """Weeks, flags and heads are Persian, and every text is read from the right."""
    spec = timeline_chart(scene(language=Language.FA), 2).spec
    texts = [datum["text"] for datum in data(spec, "text")]
    assert all(text.startswith(FROM_THE_RIGHT) for text in texts)
    assert {f"{FROM_THE_RIGHT}{text}" for text in ("سبز", "قرمز", "۲ آذر", "عنوان")} < set(texts)
