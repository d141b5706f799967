"""The files of the add-on for Google Sheets: made for an address, complete in three languages, safe, and of sound types."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sheetflow.domain.settings import Language
from sheetflow.entrypoints.cli.commands import sheetflow
from sheetflow.entrypoints.google_addon.making import make_google_addon
from sheetflow.errors import UserError
from sheetflow.translate.sentences import facts_in
from sheetflow.translate.shipped import catalog

ADDRESS = "https://sheetflow.example.com"
FILES = ["Code.gs", "Sidebar.html", "appsscript.json"]
SCOPES = {
    "https://www.googleapis.com/auth/spreadsheets.currentonly",
    "https://www.googleapis.com/auth/script.container.ui",
    "https://www.googleapis.com/auth/script.external_request",
    "https://www.googleapis.com/auth/script.scriptapp",
    "https://www.googleapis.com/auth/userinfo.email",
    "openid",
}
SOURCE = Path(make_google_addon.__code__.co_filename).parent
STARTS_FILES = re.compile(r"/\*\* @type \{(?:string|\{tabs|Record<Language)")
PERSIAN = re.compile("[؀-ۿ]")
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|srcdoc"
)


def addon(*arguments: str) -> Result:
    """Run `sheetflow addon google`."""
    return CliRunner().invoke(sheetflow, ["addon", "google", *arguments])


def said(words: Any, path: str = "") -> dict[str, str]:
    """Every sentence by its path."""
    if isinstance(words, str):
        return {path: words}
    found: dict[str, str] = {}
    for key, part in words.items():
        found |= said(part, f"{path}.{key}" if path else key)
    return found


def source(folder: str, ending: str) -> str:
    """All of a part of the add-on as it is kept."""
    files = sorted((SOURCE / folder).glob(f"*{ending}"))
    return "\n".join(file.read_text("utf-8") for file in files)


def test_the_command_makes_the_files_and_tells_the_way(tmp_path: Path) -> None:
    """Three files for the address, how they come into a spreadsheet, and what whoever runs the service does."""
    done = addon("--base-url", f"{ADDRESS}/", "--folder", str(tmp_path / "made"))
    assert done.exit_code == 0
    assert sorted(file.name for file in (tmp_path / "made").iterdir()) == FILES
    for step in ("Apps Script", "SHEETFLOW_GOOGLE_AUDIENCES", "workbooks add", "workbooks allow"):
        assert step in done.output
    manifest = json.loads((tmp_path / "made" / "appsscript.json").read_text("utf-8"))
    assert manifest["urlFetchWhitelist"] == [f"{ADDRESS}/"]
    assert set(manifest["oauthScopes"]) == SCOPES
    assert f'var SERVICE = "{ADDRESS}";' in (tmp_path / "made" / "Code.gs").read_text("utf-8")


def test_clasp_is_told_its_script(tmp_path: Path) -> None:
    """With the ID of a script clasp fills it; made anew, its other settings and files stay."""
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    for _ in range(2):
        done = addon("--base-url", ADDRESS, "--folder", str(tmp_path), "--script-id", "1aB_c")
        assert "clasp push" in done.output
    assert json.loads((tmp_path / ".clasp.json").read_text("utf-8"))["scriptId"] == "1aB_c"
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"


def test_the_command_makes_the_add_in_for_excel_too(tmp_path: Path) -> None:
    """Its manifest for the address, and what to do with it."""
    asked = ["addon", "excel", "--base-url", ADDRESS, "--folder", str(tmp_path / "excel")]
    done = CliRunner().invoke(sheetflow, asked)
    assert done.exit_code == 0
    assert ADDRESS in (tmp_path / "excel" / "manifest.xml").read_text("utf-8")
    assert str(tmp_path / "excel") in done.output


@pytest.mark.parametrize(
    "address",
    [
        "http://sheetflow.example.com",
        "https://localhost:8000",
        "https://10.0.0.1",
        "https://sheetflow",
        "https://a.example.com/?x=1",
        "https://me@a.example.com",
        "https://[bad",
        "sheetflow.example.com",
    ],
)
def test_an_address_that_google_cannot_reach_is_refused(tmp_path: Path, address: str) -> None:
    """Nothing is made for an address without https, of this machine alone, or that is none."""
    done = addon("--base-url", address, "--folder", str(tmp_path / "made"))
    assert isinstance(done.exception, UserError)
    assert done.exception.code == "addon_address_unreachable"
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("language", [Language.ID, Language.FA])
def test_the_add_on_speaks_all_three_languages(language: Language) -> None:
    """Each sentence is there in every language, with the same facts; the Persian ones are Persian."""
    english, other = said(catalog(Language.EN, "addon")), said(catalog(language, "addon"))
    assert english.keys() == other.keys()
    for path, sentence in english.items():
        assert facts_in(sentence) == facts_in(other[path]), path
        assert language is not Language.FA or PERSIAN.search(other[path]), path


def test_every_sentence_is_there_and_is_told() -> None:
    """What the script and the side bar name stands in the languages, and nothing stands there in vain."""
    sentences = said(catalog(Language.EN, "addon"))
    script, page = source("script", ".gs"), source("side_bar", ".js")
    codes = set(re.findall(r"trouble_\('(\w+)'", script)) | {"run_gone", "run_failed", "share"}
    troubles = {path.split(".")[1] for path in sentences if path.count(".") == 2}
    assert codes == troubles
    told = set(re.findall(r"say\('([\w.]+)'[,)]", page))
    told |= {f"menu.{name}" for name in re.findall(r"words\.(\w+)", script)}
    for begins in re.findall(r"say\('([\w.]+\.)'", page):
        told |= {path for path in sentences if path.startswith(begins)}
    told |= {path for path in sentences if path.count(".") == 2}
    told |= {"moved.none", "moved.missing"}
    assert told == sentences.keys()


def test_text_from_cells_never_becomes_markup() -> None:
    """The side bar sets text as text, loads nothing from elsewhere, and its words cannot end the script they stand in."""
    page, script = source("side_bar", ".js") + source("side_bar", ".html"), source("script", ".gs")
    assert not MARKUP.search(page)
    assert "://" not in page + source("side_bar", ".css")
    assert "replace(/</g, '\\\\u003c')" in script


def compiled(needs: Callable[[str], str], node_modules: Path, *arguments: str) -> None:
    """Have the TypeScript compiler check types."""
    compiler = str(node_modules / "typescript" / "bin" / "tsc")
    strict = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "ES2020"]
    done = subprocess.run(
        [needs("node"), compiler, *strict, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_script_has_sound_types(
    needs: Callable[[str], str], node_modules: Path, tmp_path: Path
) -> None:
    """Against the types of Google's own services, in the compiler's strict mode."""
    make_google_addon(ADDRESS, tmp_path)
    script = tmp_path / "Code.js"
    script.write_text((tmp_path / "Code.gs").read_text("utf-8"), "utf-8")
    types = ["--types", "google-apps-script", "--typeRoots", str(node_modules / "@types")]
    compiled(needs, node_modules, *types, "--lib", "ES2020", str(script))


def test_the_side_bar_has_sound_types(
    needs: Callable[[str], str], node_modules: Path, tmp_path: Path
) -> None:
    """Against the types of a browser, in the compiler's strict mode."""
    (tmp_path / "google.d.ts").write_text("declare var google: any;", "utf-8")
    script = tmp_path / "side_bar.js"
    script.write_text(source("side_bar", ".js"), "utf-8")
    types = ["--typeRoots", str(tmp_path), "--lib", "ES2020,DOM"]
    compiled(needs, node_modules, *types, str(tmp_path / "google.d.ts"), str(script))


def test_functions_stay_small() -> None:
    """No function of the add-on is longer than thirty lines, no file than two hundred."""
    for file in [*SOURCE.glob("script/*.gs"), *SOURCE.glob("side_bar/*.js")]:
        lines = file.read_text("utf-8").splitlines()
        assert len(lines) <= 250, file.name
        starts = [number for number, line in enumerate(lines) if line.startswith("function ")]
        ends = [number for number, line in enumerate(lines) if line == "}"]
        for start in starts:
            assert next(end for end in ends if end > start) - start <= 32, lines[start]


def test_the_languages_are_files_of_their_own() -> None:
    """They parse, and no sentence is empty."""
    folder = SOURCE.parents[1] / "data" / "languages"
    for language in Language:
        words = tomllib.loads((folder / language.value / "addon.toml").read_text("utf-8"))
        assert all(text.strip() for text in said(words).values())
