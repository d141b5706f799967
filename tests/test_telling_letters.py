"""Letters as people see them: three languages, pictures or none, and cells that want to be more than text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from sheetflow.domain.messages import Messages
from sheetflow.domain.settings import Language
from sheetflow.errors import UserError
from sheetflow.jobs.telling.background import Background
from sheetflow.jobs.telling.mail import MailServer, checked_server, mail_address, message_of
from sheetflow.jobs.telling.moments import told_at
from sheetflow.jobs.telling.post import Fate, Post
from sheetflow.jobs.telling.scenes import scene_of
from sheetflow.jobs.timetable import zone_of
from sheetflow.translate.digests.day import days_of
from sheetflow.translate.digests.letters import Letter, Workbook, digest_letter, news_letter
from sheetflow.translate.digests.news import possible_news
from sheetflow.translate.digests.words import one_line
from sheetflow.translate.reading import read_workspace
from sheetflow.translate.sentences import facts_in
from sheetflow.translate.shipped import catalog
from sheetflow.usecases.recalculate import recalculate
from sheetflow.wiring.workbooks import open_workbook
from sheetflow.workbooks.memory import MemoryWorkbook
from sheets import snapshot
from telling import TABS, Office, html_of, post_office, text_of

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parents[1] / "sample_sheets"
PEOPLE = {"agency": "Nina", "indonesia": "Agus", "persian": "کاوه"}
HOSTILE = 'x"<script>alert(1)</script><img src=http://evil.example/p.png>'


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """A mail server."""
    with post_office() as one:
        yield one


def digest_of(sample: str) -> Letter:
    """The digest of somebody in a sample."""
    outcome = recalculate(open_workbook(str(SAMPLES / f"{sample}.xlsx")), TODAY, dry_run=True)
    scene = scene_of(outcome)
    links = (("open_plan", "https://sheetflow.example.com/workbooks/abc"),)
    day = days_of(scene)[PEOPLE[sample]]
    return digest_letter(scene, day, (), Workbook(name=sample.title(), links=links))


def hostile_letter(title: str) -> Letter:
    """News of a publication with that title."""
    rows = TABS["Publications"].replace("Gift box", "TITLE")
    tables = snapshot(TABS | {"Publications": rows})
    book = MemoryWorkbook(tables)
    for table in tables.tables:
        for row in table.rows:
            if "TITLE" in row:
                changed = tuple(title if cell == "TITLE" else cell for cell in row)
                object.__setattr__(
                    table, "rows", tuple(changed if one is row else one for one in table.rows)
                )
    scene = scene_of(recalculate(book, TODAY, dry_run=True))
    news = [one for one in possible_news(scene.plan, "Ann") if one.row.id == "P-2"]
    return news_letter(scene, news, Workbook(name="Agency"))


def arrived(office: Office, letter: Letter) -> EmailMessage:
    """The letter as it arrives."""
    post = Post(server=MailServer.at(office.url, "sheetflow@team.example"))
    assert post.send(letter, "ann@team.example", "number", NOW) is Fate.SENT
    return office.take()[-1]


@pytest.mark.parametrize(
    ("sample", "subject", "direction"),
    [
        ("agency", "Mon 23 Nov: 7 steps for today", "ltr"),
        ("indonesia", "Sen 23 Nov: 1 langkah untuk hari ini", "ltr"),
        ("persian", "دوشنبه ۲ آذر: ۱ گام برای امروز", "rtl"),
    ],
)
def test_a_digest_arrives_whole_in_its_language(
    office: Office, sample: str, subject: str, direction: str
) -> None:
    """Subject, text, HTML in its direction, and the picture that the HTML asks for."""
    letter = arrived(office, digest_of(sample))
    assert letter["Subject"] == subject
    assert f'dir="{direction}"' in html_of(letter)
    assert text_of(letter).strip()
    (picture,) = (part for part in letter.walk() if part.get_content_type() == "image/png")
    assert f"cid:{picture['Content-ID'].strip('<>')}" in html_of(letter)
    assert picture.get_content().startswith(b"\x89PNG")


@pytest.mark.parametrize("sample", list(PEOPLE))
def test_a_digest_is_read_in_a_browser_without_pictures(
    sample: str, needs: Callable[[str], str], tmp_path: Path
) -> None:
    """On a phone nothing sticks out, right to left where the language is, and nothing is fetched."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    file = tmp_path / "letter.html"
    file.write_text(digest_of(sample).html, "utf-8")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=needs("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 640})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        box = page.locator("h1").bounding_box()
        direction = page.evaluate("getComputedStyle(document.body).direction")
        browser.close()
    assert box is not None
    assert direction == ("rtl" if sample == "persian" else "ltr")
    assert not [url for url in asked if not url.startswith(("file:", "cid:"))]


def test_a_title_is_never_markup(office: Office) -> None:
    """It is shown as it was typed."""
    letter = arrived(office, hostile_letter(HOSTILE))
    html = html_of(letter)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert HOSTILE in text_of(letter)


@pytest.mark.parametrize(
    "break_", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00"]
)
def test_a_title_is_never_a_header(office: Office, break_: str) -> None:
    """No line of a cell begins a header, nor a line of its own in the text."""
    letter = arrived(office, hostile_letter(f"x{break_}Bcc: evil@evil.example{break_}{break_}gone"))
    assert letter["Bcc"] is None
    assert "Bcc: evil" in letter["Subject"]
    assert "\nBcc" not in text_of(letter)


def test_signs_that_turn_the_direction_are_left_out_but_joiners_stay() -> None:
    """Persian needs its half-space; an override could show a name backwards."""
    assert one_line("می‌رود \u202eexe.jpg\u2069") == "می‌رود exe.jpg"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ann@team.example", "ann@team.example"),
        (" ann.b+x@team.example ", "ann.b+x@team.example"),
        ("ann@team.example, evil@evil.example", None),
        ("Ann <ann@team.example>", None),
        ("ann@team.example\nBcc: evil@evil.example", None),
        ("ann", None),
        ("@team.example", None),
        ("", None),
    ],
)
def test_an_address_is_one_address_or_none(typed: str, address: str | None) -> None:
    """A cell of the Team tab brings no second recipient."""
    assert mail_address(typed) == address


def test_the_same_letter_has_the_same_number() -> None:
    """A mail program that gets it twice may show it once."""
    letter = Letter(subject="s", text="t", html="h")
    parts = {"sender": "a@a.example", "recipient": "b@b.example", "number": "n", "now": NOW}
    first, second = (message_of(letter, **parts) for _ in range(2))  # type: ignore[arg-type]
    assert first["Message-ID"] == second["Message-ID"]
    read = message_from_bytes(bytes(first), policy=policy.default)
    assert read["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("url", ["http://host", "smtp://", "smtp://host/path", "host"])
def test_a_mail_server_of_another_kind_is_refused_at_the_start(url: str) -> None:
    """With the setting's name."""
    with pytest.raises(UserError, match="setting_wrong"):
        checked_server(url, "")


def test_no_password_goes_unencrypted_and_none_is_shown(office: Office) -> None:
    """This server cannot encrypt: where that is asked for nothing is sent."""
    server = MailServer.at(
        office.url.replace("smtp://", "smtp+starttls://u:geheim@"), "a@a.example"
    )
    letter = Letter(subject="s", text="t", html="h")
    assert Post(server=server).send(letter, "b@b.example", "n", NOW) is Fate.DOWN
    assert office.take() == []
    assert "geheim" not in repr(server)


@pytest.mark.parametrize(
    ("now", "expected"),
    [("12:00", "12:00"), ("19:30", "next 07:00"), ("02:00", "07:00"), ("07:00", "07:00")],
)
def test_quiet_hours_last_until_the_morning(now: str, expected: str) -> None:
    """In the workbook's own time zone."""
    zone = zone_of("Asia/Tehran")
    hour, minute = map(int, now.split(":"))
    moment = datetime(2026, 11, 23, hour, minute, tzinfo=zone)
    day = 24 if expected.startswith("next") else 23
    until = datetime.fromisoformat(f"2026-11-{day}T{expected[-5:]}").replace(tzinfo=zone)
    assert told_at(moment.astimezone(UTC), zone, Messages(), 7) == until


@pytest.mark.parametrize(
    ("header", "values", "expected"),
    [
        ("Setting", ("Quiet hours", "21:30 - 6"), "21:30 6:00"),
        ("Setting", ("Jam tenang", "20.00–06.30"), "20:00 6:30"),
        ("تنظیم", ("ساعت‌های سکوت", "۲۲ تا ۷"), "22:00 7:00"),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(
    header: str, values: tuple[str, str], expected: str
) -> None:
    """In three languages."""
    beside = "مقدار" if header == "تنظیم" else "Value"
    tab = f'| {header} | {beside} |\n| {values[0]} | "{values[1]}" |'
    messages = read_workspace(snapshot(TABS | {"Settings": tab}), TODAY).workspace.messages
    start, end = messages.quiet_from, messages.quiet_until
    assert f"{start:%-H:%M} {end:%-H:%M}" == expected


@pytest.mark.parametrize("text", ["late", "25-7", "18:75-7:00"])
def test_quiet_hours_that_make_no_sense_are_reported(text: str) -> None:
    """With the cell, as any other setting."""
    tab = f'| Setting | Value |\n| Quiet hours | "{text}" |'
    reading = read_workspace(snapshot(TABS | {"Settings": tab}), TODAY)
    assert [problem.code for problem in reading.problems] == ["setting_unreadable"]
    assert reading.workspace.messages == Messages()


@pytest.mark.parametrize("language", [Language.ID, Language.FA])
def test_every_phrase_has_all_three_languages(language: Language) -> None:
    """And asks for the same facts."""
    english, other = catalog(Language.EN, "digest"), catalog(language, "digest")
    assert english.keys() == other.keys()
    assert not [key for key in english if facts_in(english[key]) != facts_in(other[key])]


def test_quick_work_in_the_background_never_locks_up() -> None:
    """Work may be done before whoever asked for it has turned round; what breaks is no harm to what follows."""
    background = Background("test")
    done: list[int] = []

    def broken() -> None:
        raise ValueError

    for number in range(2000):
        while not background.do(broken if number % 2 else lambda: done.append(1)):
            pass
    background.stop()
    assert len(done) == 1000
    assert background.is_idle
