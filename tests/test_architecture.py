"""The floors of the code hold, and files stay small and portable."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|work|tmp|opt|mnt|srv)/\w")
TEXTS = {".py", ".toml", ".md", ".json", ".yaml", ".yml", ".txt", ".lock", ".js", ".css", ".html"}
PROBE = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(cache_dir=None))
"""


def sources() -> list[Path]:
    """Every module of the package."""
    return sorted((PROJECT / "sheetflow").rglob("*.py"))


def texts() -> list[Path]:
    """Every text file that the project keeps."""
    folders = ["sheetflow", "tests", ".ci"]
    inside = [file for name in folders for file in sorted((PROJECT / name).rglob("*"))]
    top = sorted(PROJECT.iterdir())
    named = {"Makefile", "run", ".gitignore"}
    return [
        file
        for file in top + inside
        if file.is_file()
        and (file.suffix in TEXTS or file.name in named)
        and "node_modules" not in file.parts
    ]


def test_floors() -> None:
    """Every contract of pyproject.toml holds (in a process of its own: they change the import path)."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(PROJECT)))
def test_a_file_fits_in_one_reading(file: Path) -> None:
    """No module is longer than 250 lines."""
    assert len(file.read_text("utf-8").splitlines()) <= 250


def test_every_folder_of_code_is_a_package() -> None:
    """A folder with modules has an __init__.py: without it the floors would not see it."""
    bare = {file.parent for file in sources() if not (file.parent / "__init__.py").exists()}
    assert not bare


def test_the_adapters_are_joined_elsewhere() -> None:
    """The folder of adapters imports nothing by itself."""
    assert (PROJECT / "sheetflow/workbooks/__init__.py").read_text("utf-8") == ""


def test_nothing_names_a_path_of_one_machine() -> None:
    """The project works wherever it lies: no file names a folder of one machine."""
    named = [
        f"{file.relative_to(PROJECT)}: {found.group()}"
        for file in texts()
        if (found := MACHINE_PATH.search(file.read_text("utf-8")))
    ]
    assert not named


def test_the_top_level_stays_small() -> None:
    """The top level holds only what everybody must see; the rest has its folder."""
    allowed = {"pyproject.toml", "sheetflow", "sample_sheets", "tests", "README.md", "Makefile"}
    made = {"sheetflow-demo.xlsx"}
    seen = {entry.name for entry in PROJECT.iterdir() if not entry.name.startswith(".")}
    assert seen - made <= allowed
