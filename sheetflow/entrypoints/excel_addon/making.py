"""The files that Excel is told of the add-in by, made for the address of a service.

make_excel_addon("https://sheetflow.example.com", folder) -> the files that were made
next_steps(base_url, folder) -> what to do with them
"""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from pathlib import Path
from string import Template
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sheetflow.errors import UserError

VERSION = "1.0.0"
TEMPLATES = files("sheetflow.entrypoints.excel_addon") / "templates"
PACKAGE = "sheetflow-excel.zip"
WHENEVER = (1980, 1, 1, 0, 0, 0)


def make_excel_addon(base_url: str, folder: Path) -> list[Path]:
    """Write both manifests, the icons and the package into the folder, which is made where it is not there.

    The pane itself is served by the service under /excel/: nothing of it is copied, and no key is written anywhere.

    Raises:
        UserError: The address is none that Excel opens a pane from, or the folder cannot be written.
    """
    contents = _contents(_checked(base_url))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise UserError("file_not_writable", file=str(folder)) from error
    return [folder / name for name in contents]


def next_steps(base_url: str, folder: Path) -> str:
    """What to do with the files, for whoever looks after Excel in an organisation and for one person alone."""
    return _template("steps.txt").substitute(base_url=base_url.rstrip("/"), folder=folder)


def _checked(base_url: str) -> str:
    if not _opens_panes(base_url):
        raise UserError("addon_address_unreachable", address=base_url)
    return base_url.rstrip("/")


def _opens_panes(base_url: str) -> bool:
    try:
        parts = urlsplit(base_url)
    except ValueError:  # a bracket that is never closed
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not (parts.query or parts.fragment)


def _contents(base_url: str) -> dict[str, bytes]:
    parts = urlsplit(base_url)
    facts = {
        "base_url": base_url,
        "origin": f"https://{parts.netloc}",
        "domain": parts.netloc,
        "id": str(uuid5(NAMESPACE_URL, f"{base_url}/excel/")),
        "version": VERSION,
    }
    package = {
        "manifest.json": _template("manifest.json").substitute(facts).encode(),
        "color.png": (TEMPLATES / "color.png").read_bytes(),
        "outline.png": (TEMPLATES / "outline.png").read_bytes(),
    }
    xml = _template("manifest.xml").substitute(facts).encode()
    return {**package, PACKAGE: _zipped(package), "manifest.xml": xml}


def _zipped(parts: dict[str, bytes]) -> bytes:
    """The parts in a file that is the same each time that it is made."""
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name, WHENEVER), content, ZIP_DEFLATED)
    return made.getvalue()


def _template(name: str) -> Template:
    return Template((TEMPLATES / name).read_text(encoding="utf-8"))
