"""The help: shipped Markdown, shown as pages; every link leads somewhere, and nothing in it becomes markup of its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from services import MONDAY, a_client, a_service
from sheetflow.domain.settings import Language
from sheetflow.entrypoints.web.pages.helping import ORDER, as_html, found, reason_names
from sheetflow.translate.vocabulary import vocabulary

HELP = Path(__file__).parents[1] / "sheetflow" / "help"
WORDS = HELP.parent / "data" / "languages"
FILES = sorted(HELP.rglob("*.md"))
NAMES = [*ORDER, *reason_names()]
FOR_EVERYBODY = ORDER[:6]
LONGEST_REASON = 40


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A browser that is not signed in."""
    service = a_service(tmp_path_factory.mktemp("help"), clock=lambda: MONDAY)
    yield a_client(service)
    service.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_shown(client: FlaskClient, name: str) -> None:
    """Under its own heading, with every page in the list beside it."""
    answer = client.get(f"/help/{name}?lang=en")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f"<h1>{found(name, Language.EN).title}</h1>" in text.replace("&#39;", "'")
    assert all(f"/help/{each}" in text for each in ORDER)
    assert "style=" not in text


def test_the_start_is_the_first_page(client: FlaskClient) -> None:
    """Whoever follows the link at the top begins at the beginning."""
    assert "Getting started" in client.get("/help?lang=en").get_data(as_text=True)


@pytest.mark.parametrize(
    "name", ["nothing", "../deploy/environment", "why/nothing", "flags.md", "why"]
)
def test_there_is_nothing_else(client: FlaskClient, name: str) -> None:
    """No other file is shown, whatever the address looks like."""
    assert client.get(f"/help/{name}").status_code == 404


def test_every_file_is_a_page() -> None:
    """What is shipped is reached: each file is a page, or one of them in another language."""
    names = {str(file.relative_to(HELP)).removesuffix(".md") for file in FILES}
    plain = {re.sub(r"\.(id|fa)$", "", name) for name in names}
    assert plain == set(NAMES)


def test_every_link_leads_somewhere(client: FlaskClient) -> None:
    """Links between pages are followed, in the reader's language."""
    followed = set()
    for name in NAMES:
        text = client.get(f"/help/{name}?lang=en").get_data(as_text=True)
        article = text.partition("<article")[2]
        for address in re.findall(r'href="(/[^"#]*)', article):
            assert address.endswith("?lang=en"), address
            followed.add(address)
    assert len(followed) > 10
    assert all(client.get(address).status_code == 200 for address in followed)


def test_html_in_the_text_stays_text() -> None:
    """Nothing that is written in Markdown becomes an element of its own, or an address that runs."""
    made = as_html("# A\n\n<script>alert(1)</script> <b>x</b> [x](javascript:alert(1))")
    assert "<script" not in made
    assert "<b>" not in made
    assert 'href="javascript' not in made


@pytest.mark.parametrize("name", FOR_EVERYBODY)
@pytest.mark.parametrize("language", [Language.ID, Language.FA])
def test_marketers_pages_speak_their_language(
    client: FlaskClient, name: str, language: Language
) -> None:
    """The pages for everybody are there in every language, with the same headings and tables."""
    page = found(name, language)
    assert page.language is language
    english = found(name, Language.EN).text
    for mark in ("\n## ", "\n|", "\n```"):
        assert page.text.count(mark) == english.count(mark), mark
    text = client.get(f"/help/{name}?lang={language.value}").get_data(as_text=True)
    assert f'<article lang="{language.value}"' in text


@pytest.mark.parametrize("language", list(Language))
def test_columns_are_those_that_are_known(language: Language) -> None:
    """The page of columns names every column, and none that there is not, in the reader's language."""
    parts = found("columns", language).text.split("\n## ")
    rows = re.findall(r"^\| ([^|]+?) \|", "\n".join(parts[1:3]), re.MULTILINE)
    heads = {rows[0]}
    told = {name.strip() for row in rows for name in re.split("[,،]", row)} - heads
    assert told == set(vocabulary().names("header:Publications", language))


@pytest.mark.parametrize("language", list(Language))
def test_the_menu_is_as_it_is_in_the_sheet(language: Language) -> None:
    """Each entry of the add-on's menu stands in the help, in its order and in its words."""
    text = found("google-sheets", language).text
    menu = tomllib.loads((WORDS / language.value / "addon.toml").read_text("utf-8"))["menu"]
    assert re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE)[1:] == list(menu.values())


def test_reasons_are_short_and_dated() -> None:
    """A page a decision: under forty lines, with its day; the one with figures may be longer."""
    for file in (HELP / "why").glob("*.md"):
        lines = file.read_text("utf-8").splitlines()
        if file.stem not in {"index", "scale"}:
            assert len(lines) < LONGEST_REASON, file.name
        if file.stem != "index":
            assert re.fullmatch(r"Decided \d+ [A-Z][a-z]+ \d{4}\.", lines[2]), file.name
