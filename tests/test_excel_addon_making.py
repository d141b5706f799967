"""The files that Excel is told of the add-in by: right for Microsoft's own judge, and free of secrets."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

import make_icons
from services import a_client, a_service
from sheetflow.domain.settings import Language
from sheetflow.entrypoints.excel_addon.making import make_excel_addon, next_steps
from sheetflow.errors import UserError
from sheetflow.translate.sentences import facts_in
from sheetflow.translate.shipped import catalog

ADDRESS = "https://flow.example.com/team"
ADDON = Path(__file__).parents[1] / "sheetflow" / "entrypoints" / "excel_addon"
QUICK = 64
"""Larger icons take seconds to draw."""

Judge = Callable[[Any], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The folder with the files made for an address."""
    make_excel_addon(ADDRESS, tmp_path / "addon")
    return tmp_path / "addon"


@pytest.fixture
def judged(tmp_path: Path, needs: Callable[[str], str], node_modules: Path) -> Judge:
    """Microsoft's judge of manifests, which needs no network for this kind."""
    judge = node_modules / "office-addin-manifest" / "cli.js"

    def run(manifest: Any) -> subprocess.CompletedProcess[str]:
        file = tmp_path / "judged.json"
        file.write_text(json.dumps(manifest), "utf-8")
        return subprocess.run(
            [needs("node"), str(judge), "validate", str(file)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def manifest_of(folder: Path) -> Any:
    """The unified manifest."""
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def test_it_says_what_it_made(tmp_path: Path) -> None:
    """Every file that was made is named, and lies there."""
    files = make_excel_addon(ADDRESS, tmp_path)
    assert sorted(files) == sorted(tmp_path.iterdir())
    names = {file.name for file in files}
    assert names == {
        "manifest.json",
        "manifest.xml",
        "color.png",
        "outline.png",
        "sheetflow-excel.zip",
    }


def test_microsofts_judge_takes_the_manifest(made: Path, judged: Judge) -> None:
    """The unified manifest passes office-addin-manifest's validation."""
    done = judged(manifest_of(made))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "spoil",
    [
        lambda manifest: manifest.pop("developer"),
        lambda manifest: manifest.pop("icons"),
        lambda manifest: manifest.update(id="not a number"),
        lambda manifest: manifest["name"].update(short="x" * 31),
        lambda manifest: manifest["description"].update(short="x" * 81),
        lambda manifest: manifest["extensions"][0]["requirements"].update(scopes=["spreadsheet"]),
        lambda manifest: manifest["extensions"][0]["runtimes"][0]["code"].pop("page"),
        lambda manifest: manifest["extensions"][0]["ribbons"][0]["tabs"][0]["groups"][0].pop(
            "label"
        ),
        lambda manifest: manifest["extensions"][0].update(colour="blue"),
    ],
)
def test_the_judge_sees_what_is_wrong(
    made: Path, judged: Judge, spoil: Callable[[Any], Any]
) -> None:
    """With a fault planted the same judge refuses it: its yes means something."""
    manifest = manifest_of(made)
    spoil(manifest)
    assert judged(manifest).returncode == 1


def test_every_address_is_one_of_the_service(made: Path, tmp_path: Path) -> None:
    """The pane, its icons and its page are at the given address, and the service has them all."""
    text = (made / "manifest.json").read_text("utf-8") + (made / "manifest.xml").read_text("utf-8")
    addresses = {part.split('"')[0] for part in text.split(ADDRESS)[1:]}
    client = a_client(a_service(tmp_path))
    assert {path for path in addresses if path.startswith("/excel/")} >= {"/excel/taskpane.html"}
    for path in addresses - {"/"}:
        with client.get(path) as answer:
            assert answer.status_code == 200, path
    assert manifest_of(made)["validDomains"] == ["flow.example.com"]


def test_both_manifests_say_the_same(made: Path) -> None:
    """The older form has the same number, version, right and pane."""
    manifest, xml = manifest_of(made), ET.parse(made / "manifest.xml").getroot()  # noqa: S314 - our own file
    said = {element.tag.rpartition("}")[2]: element for element in xml.iter()}
    assert said["Id"].text == manifest["id"]
    assert said["Version"].text == f"{manifest['version']}.0"
    assert said["Permissions"].text == "ReadWriteDocument"
    extension = manifest["extensions"][0]
    page = extension["runtimes"][0]["code"]["page"]
    urls = {element.get("DefaultValue") for element in xml.iter()}
    assert page in urls
    assert (
        said["Set"].get("MinVersion") == extension["requirements"]["capabilities"][0]["minVersion"]
    )
    resources = {
        element.get("id")
        for element in xml.iter()
        if element.tag.endswith(("Image", "Url", "String"))
    }
    asked = {element.get("resid") for element in xml.iter()} - {None}
    assert asked <= resources


def test_the_same_address_gives_the_same_files(made: Path, tmp_path: Path) -> None:
    """Made again they are the same bytes, so that Office sees the same add-in; another address is another one."""
    make_excel_addon(f"{ADDRESS}/", tmp_path / "again")
    for file in made.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()
    make_excel_addon("https://other.example.com", tmp_path / "other")
    assert manifest_of(tmp_path / "other")["id"] != manifest_of(made)["id"]


def test_the_package_holds_the_manifest_and_its_icons(made: Path) -> None:
    """What an administrator uploads is whole."""
    with ZipFile(made / "sheetflow-excel.zip") as package:
        held = {name: package.read(name) for name in package.namelist()}
    assert held == {
        name: (made / name).read_bytes() for name in ("manifest.json", "color.png", "outline.png")
    }


@pytest.mark.parametrize(
    "address",
    [
        "http://flow.example.com",
        "flow.example.com",
        "",
        "https://",
        "https://a.example/?x=1",
        "https://[bad",
    ],
)
def test_an_address_that_excel_would_not_open_is_refused(address: str, tmp_path: Path) -> None:
    """Office opens panes from https alone; nothing is written."""
    with pytest.raises(UserError, match="addon_address_unreachable"):
        make_excel_addon(address, tmp_path / "addon")
    assert not (tmp_path / "addon").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file stands where the folder is to be."""
    (tmp_path / "addon").write_text("x")
    with pytest.raises(UserError, match="file_not_writable"):
        make_excel_addon(ADDRESS, tmp_path / "addon")


def test_what_to_do_next_names_the_files(made: Path) -> None:
    """The steps name the folder, the address and every setting that they ask for."""
    told = next_steps(ADDRESS, made)
    assert f"{made}/manifest.xml" in told
    assert ADDRESS in told
    assert "$" not in told


def test_no_secret_and_no_address_is_baked_into_the_pane() -> None:
    """The pane's files name no service and no key, and load no script but Microsoft's and their own."""
    for file in (ADDON / "pane").rglob("*.*"):
        if file.suffix in {".html", ".js", ".css"}:
            text = file.read_text("utf-8")
            assert "sf_" not in text
            addresses = [part.split('"')[0] for part in text.split("https://")[1:]]
            assert addresses in ([], ["appsforoffice.microsoft.com/lib/1/hosted/office.js"]), file


def test_every_word_of_the_pane_is_there_in_each_language() -> None:
    """Whatever the pane asks for has its words, with the same facts in all three languages."""
    english = dict(sentences(catalog(Language.EN, "pane")))
    for language in (Language.ID, Language.FA):
        other = dict(sentences(catalog(language, "pane")))
        assert other.keys() == english.keys()
        for key, text in english.items():
            assert facts_in(other[key]) == facts_in(text), key
    code = "".join(file.read_text("utf-8") for file in (ADDON / "pane").rglob("*.[jh]*"))
    asked = set(re.findall(r'data-word="([\w.]+)"|(?:say|heading|soft)\("([\w.]+)"', code))
    keys = {word or said for word, said in asked}
    assert {key for key in keys if key not in english} == set()
    assert len(keys) > 30


def sentences(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a catalog by its key."""
    for name, found in part.items():
        if isinstance(found, str):
            yield f"{path}{name}", found
        else:
            yield from sentences(found, f"{path}{name}.")


def test_text_is_only_ever_set_as_text() -> None:
    """Nothing in the pane makes HTML of a string."""
    for file in (ADDON / "pane").rglob("*.js"):
        text = file.read_text("utf-8")
        for way in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert way not in text, (file, way)


def test_the_icons_are_those_that_the_script_draws() -> None:
    """The files are the drawing in the sizes that the manifests say, the quick ones looked at pixel by pixel."""
    for file, (side, bars) in make_icons.ICONS.items():
        held = pixels(file.read_bytes())
        assert held[:2] == (side, side)
        assert side > QUICK or held == pixels(make_icons.drawn(side, bars)), file


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the lines of a PNG with one block of data."""
    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[33:37])[0]
    return width, height, zlib.decompress(png[41 : 41 + length])
