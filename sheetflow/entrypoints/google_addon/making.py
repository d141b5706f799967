"""Makes the files of the add-on for the address of a service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from sheetflow.entrypoints.google_addon.words import names, words

MANIFEST, CODE, SIDE_BAR, CLASP = "appsscript.json", "Code.gs", "Sidebar.html", ".clasp.json"
HEAD = "/* Made by `sheetflow addon google`: change nothing here, make it anew. */\n"
TYPE_OF = {
    "SERVICE": "string",
    "NAMES": (
        "{tabs: Record<string, string>, computedTabs: string[], computed: string[], flags: Record<string, string>,"
        " settings: Record<string, string>, languages: Record<string, string>,"
        " headers: Record<string, Record<string, string[]>>, own: Record<string, string[]>}"
    ),
    "WORDS": "Record<Language, Record<string, any>>",
}


def make_google_addon(
    base_url: str, folder: Path, script_id: str | None = None
) -> tuple[Path, ...]:
    """Write the add-on into the folder, made where it is missing; the files written, in the order of their names.

    With the ID of a script, clasp's own settings are written too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = dict(_texts(base_url.rstrip("/")))
    if script_id:
        texts[CLASP] = _json({"scriptId": script_id, "rootDir": "."})
    for name, text in sorted(texts.items()):
        (folder / name).write_text(text, "utf-8")
    return tuple(folder / name for name in sorted(texts))


def _texts(address: str) -> Iterator[tuple[str, str]]:
    """The name and the text of each file: three, so that they are soon pasted by hand."""
    script = dict(_shipped("script"))
    yield MANIFEST, _manifest(script.pop(MANIFEST), address)
    yield CODE, "\n".join([HEAD, _made_words(address), *script.values()])
    yield SIDE_BAR, _side_bar(dict(_shipped("side_bar")))


def _shipped(folder: str) -> Iterator[tuple[str, str]]:
    """The texts of a folder by name, in the order of their names."""
    for part in sorted((files(__package__) / folder).iterdir(), key=lambda part: part.name):
        yield part.name, part.read_text("utf-8")


def _side_bar(parts: dict[str, str]) -> str:
    """One page: Google serves no other files beside it."""
    script = "\n".join(text for name, text in parts.items() if name.endswith(".js"))
    page = parts["page.html"].replace("<!-- style -->\n", parts["style.css"])
    return page.replace("<!-- script -->\n", script)


def _manifest(text: str, address: str) -> str:
    """The manifest, which lets the script fetch from the service alone; Google wants the slash."""
    return _json(json.loads(text) | {"urlFetchWhitelist": [f"{address}/"]})


def _made_words(address: str) -> str:
    made = {"SERVICE": address, "NAMES": names(), "WORDS": words()}
    return "\n".join(_variable(name, value) for name, value in made.items())


def _variable(name: str, value: object) -> str:
    return (
        f"/** @type {{{TYPE_OF[name]}}} */\nvar {name} = {json.dumps(value, ensure_ascii=False)};\n"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
