"""What the README says is so."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import make_picture
from sheetflow.domain.settings import Language
from sheetflow.entrypoints.cli import run
from sheetflow.entrypoints.cli.commands import sheetflow
from sheetflow.translate.vocabulary import vocabulary
from sheetflow.wiring.settings import Settings

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
        for command in (sheetflow, *(command for _, command in leaves(sheetflow)))
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }
    assert told - {"--version"} <= taken


def leaves(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by what is typed after `sheetflow`."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def test_every_subcommand_is_told() -> None:
    """What a group of commands holds is named where the group is."""
    for path, _ in leaves(sheetflow):
        group, _, name = path.rpartition(" ")
        rows = re.findall(rf"^\| .*`sheetflow {group}.*$", README, re.MULTILINE)
        assert not group or any(re.search(rf"\b{name}\b", row) for row in rows), path


def typed() -> list[list[str]]:
    """What the README's blocks have people type after `sheetflow`, in its order, where that needs no Google."""
    blocks = re.findall(r"^```\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    words = [shlex.split(line) for line in lines if line.startswith("sheetflow ")]
    return [each[1:] for each in words if not any("docs.google.com" in word for word in each)]


def test_what_is_typed_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command of the README's blocks does what it says, one after the other in a new folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    told = typed()
    assert len(told) > 12
    for words in told:
        assert run(words) == 0, (words, capsys.readouterr())
    assert (tmp_path / "planned.xlsx").is_file()
    assert (tmp_path / "load.png").is_file()
    assert (tmp_path / "sheetflow-google-addon" / "Code.gs").is_file()
    assert (tmp_path / "sheetflow-excel-addon" / "manifest.xml").is_file()


def test_the_settings_for_others_are_safe() -> None:
    """With what the README exports the service starts where others reach it, and not with less."""
    block = README.partition("starts only with safe settings:")[2].split("```")[1]
    given = dict(re.findall(r"^export (\w+)=(.*)$", block, re.MULTILINE))
    given["SHEETFLOW_SECRET_KEY"] = "kJ3hs8Qp1vZx7Lm2Nw9Rt4Yc6Bf0Gd5Ha"  # noqa: S105  opens nothing
    assert Settings.from_environment(given).unsafe() == []
    for name in given.keys() - {"SHEETFLOW_HOST"}:
        less = {key: value for key, value in given.items() if key != name}
        assert Settings.from_environment(less).unsafe(), name


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_told(name: str) -> None:
    """Each has a row of the table, in the README and in the help, and both tables are the same."""
    help_page = (PROJECT / "sheetflow" / "help" / "settings.md").read_text("utf-8")
    row = re.compile(rf"^\| `SHEETFLOW_{name.upper()}` \|.*\|$", re.MULTILINE)
    assert row.findall(README) == row.findall(help_page)
    assert len(row.findall(README)) == 1


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_usual_values_are_told_as_they_are(name: str) -> None:
    """Where the table shows a number or a word as usual, that is what holds."""
    usual = Settings.model_fields[name].default
    row = re.search(rf"^\| `SHEETFLOW_{name.upper()}` \| (.*?) ?\|", README, re.MULTILINE)
    assert row is not None
    shown = re.fullmatch(r"`(.*)`", row[1])
    assert shown is None or shown[1].lower() == str(usual).lower()
    assert shown is not None or not isinstance(usual, int) or usual is False


def test_no_setting_is_told_that_there_is_not() -> None:
    """README, help and what is deployed name settings that are read."""
    files = [
        *(PROJECT / "sheetflow" / "help").rglob("*.md"),
        *(PROJECT / "sheetflow" / "deploy").iterdir(),
    ]
    text = README + "".join(file.read_text("utf-8") for file in files)
    named = {name.removesuffix("_FILE") for name in re.findall(r"SHEETFLOW_([A-Z_]+[A-Z])", text)}
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


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
