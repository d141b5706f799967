"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import make_picture
from sheetflow.domain.settings import Language
from sheetflow.entrypoints.cli.commands import sheetflow
from sheetflow.translate.vocabulary import vocabulary

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text("utf-8")
COMMAND = re.compile(r"^`?sheetflow ([a-z]+)(.*?)`?$", re.MULTILINE)
TABLE_COMMAND = re.compile(r"^\| `sheetflow ([a-z]+)", re.MULTILINE)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z]+)", README)) - {"are"}))
def test_make_targets_exist(target: str) -> None:
    """Every `make` target of the README stands in the Makefile."""
    assert re.search(rf"^{target}:", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_commands_exist() -> None:
    """Every command of the README exists, and every command is in the README."""
    told = {name for name, _ in COMMAND.findall(README)} | set(TABLE_COMMAND.findall(README))
    assert told == set(sheetflow.commands)


def test_options_exist() -> None:
    """Every option of the README is taken by some command."""
    told = set(re.findall(r"(--[a-z][a-z-]+)", README))
    taken = {
        name
        for command in sheetflow.commands.values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }
    assert told <= taken


def test_columns_exist() -> None:
    """The columns that the README explains are those that SheetFlow knows."""
    tables = re.findall(r"\| (?:You fill in|SheetFlow fills in) .*?\n\n", README, re.DOTALL)
    first = [line.split("|")[1] for table in tables for line in table.splitlines()[2:] if line]
    told = {name.strip() for cell in first for name in cell.split(",")}
    assert told == set(vocabulary().names("header:Publications", Language.EN))


def test_paths_exist() -> None:
    """Every file and folder that the README names is there."""
    named = re.findall(r"`((?:sheetflow|sample_sheets|tests)/[\w./]*)`", README)
    missing = [path for path in named if not (PROJECT / path).exists()]
    assert named
    assert not missing


def test_the_picture_is_there() -> None:
    """The picture of the result is shipped."""
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", README)
    assert [path for path in pictures if (PROJECT / path).is_file()] == pictures


def test_the_picture_is_sharp_and_light() -> None:
    """It is as wide as a page shows it, and loads quickly."""
    content = make_picture.PICTURE.read_bytes()
    width = int.from_bytes(content[16:20], "big")
    assert content.startswith(b"\x89PNG")
    assert width == make_picture.WIDTH
    assert len(content) < 300_000


def test_every_folder_is_on_the_map() -> None:
    """The map names every folder of the product."""
    folders = {path.name for path in (PROJECT / "sheetflow").iterdir() if path.is_dir()}
    told = set(re.findall(r"^\| `sheetflow/(\w+)/` ", README, re.MULTILINE))
    assert folders - {"__pycache__"} == told
