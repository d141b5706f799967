"""The pages as answers: who gets which, with which headers, in which language, and how mishaps are told."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from services import MONDAY, SAMPLES, a_client, a_key, a_service, a_workbook, carry_out
from sheetflow.entrypoints.web.identity.addresses import local_address
from sheetflow.store.records import Verb, WorkbookRecord
from sheetflow.wiring.service import Service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service as of the samples' Monday."""
    made = a_service(tmp_path_factory.mktemp("pages"), clock=lambda: MONDAY)
    yield made
    made.close()


@pytest.fixture(scope="module")
def record(service: Service, tmp_path_factory: pytest.TempPathFactory) -> WorkbookRecord:
    """A workbook that has been recalculated once."""
    made = a_workbook(service, tmp_path_factory.mktemp("books"), "indonesia")
    service.queue.ask(made.id, "timetable", MONDAY)
    carry_out(service)
    return made


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    """A browser that is signed in as whoever sits at the machine."""
    browser = a_client(service)
    address = local_address(service, "http://127.0.0.1")
    assert browser.get(address.removeprefix("http://127.0.0.1")).status_code == 303
    return browser


def sent(client: FlaskClient, file: Path | None, **fields: str) -> tuple[int, str]:
    """Send a file to the try-it page as its form does."""
    page = client.get("/").text
    token = re.search(r'name="form_token" value="([^"]*)"', page)
    data: dict[str, object] = {"form_token": token[1] if token else "", **fields}
    if file is not None:
        data["file"] = (io.BytesIO(file.read_bytes()), file.name)
    answer = client.post("/", data=data, content_type="multipart/form-data")
    return answer.status_code, answer.text


def test_a_page_lets_nothing_in(client: FlaskClient) -> None:
    """No code and no style inside a page, no evaluation, nothing from elsewhere, no frames."""
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", answer.text)
    assert not re.search(r'<style|\sstyle="|\son\w+="', answer.text)


def test_what_pages_are_made_of_is_kept_by_browsers(client: FlaskClient) -> None:
    """An address with its version is kept for good, others are asked about; the content is the same packed."""
    page = client.get("/").text
    address = unescape(re.search(r'href="(/pages/page\.css\?v=[^"]+)"', page)[1])  # type: ignore[index]
    kept = client.get(address)
    assert "immutable" in kept.headers["Cache-Control"]
    again = client.get("/pages/page.css", headers={"If-None-Match": kept.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(kept.data)
    assert client.get("/pages/..%2Fpolicy.py").status_code == 404


def test_vega_is_ours_and_asks_for_nothing(client: FlaskClient) -> None:
    """The bundle is made once and holds the interpreter that needs no evaluation."""
    bundle = client.get("/pages/vega.js")
    assert bundle.mimetype == "text/javascript"
    assert "window.vegaEmbed" in bundle.text
    assert client.get("/pages/vega.js").data is not None
    assert bundle.headers["ETag"] == client.get("/pages/vega.js").headers["ETag"]


def test_a_workbook_that_is_sent_comes_back_with_its_plan(client: FlaskClient) -> None:
    """The page holds the summary and the file itself."""
    status, page = sent(client, SAMPLES / "smallest.xlsx", today="2026-11-23")
    assert status == 200
    link = re.search(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', unescape(page))
    assert link
    assert link[1] == "smallest-planned.xlsx"
    book = load_workbook(io.BytesIO(b64decode(link[2])))
    assert {"Steps", "Timeline", "Today"} <= set(book.sheetnames)
    assert "Plan of Mon 23 Nov" in page


@pytest.mark.parametrize(
    ("lang", "button", "plan_of"),
    [
        ("en", "Try it with a sample team", "Plan of Mon 23 Nov"),
        ("id", "Coba dengan tim contoh", "Sen 23 Nov"),
        ("fa", "امتحان با یک تیم نمونه", "۲ آذر"),
    ],
)
def test_who_has_no_file_sees_the_plan_of_a_sample_team(
    client: FlaskClient, lang: str, button: str, plan_of: str
) -> None:
    """A button of a form that needs neither a file nor a script, as of the day that the sample was made for."""
    form = re.search(
        r'<form class="sample".*?</form>', client.get(f"/?lang={lang}").text, re.DOTALL
    )
    assert form
    assert button in form[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    assert fields["sample"]
    shown = client.post(f"/?lang={lang}", data=fields)
    assert shown.status_code == 200
    assert 'download="demo-planned.xlsx"' in shown.text
    assert plan_of in shown.text


@pytest.mark.parametrize(
    ("name", "content", "fields", "status", "told"),
    [
        ("notes.xlsx", b"no workbook", {}, 422, "notes.xlsx"),
        ("", b"", {}, 422, "No workbook came"),
        ("smallest.xlsx", None, {"today": "tomorrow"}, 422, "“tomorrow” is no day"),
    ],
)
def test_a_mishap_leaves_the_page_useful(
    client: FlaskClient,
    tmp_path: Path,
    name: str,
    content: bytes | None,
    fields: dict[str, str],
    status: int,
    told: str,
) -> None:
    """What is wrong stands above the form, which is there to be used again."""
    file = SAMPLES / name if content is None else tmp_path / (name or "none")
    if content is not None:
        file.write_bytes(content)
    got, page = sent(client, file if name else None, **fields)
    assert (got, told in page) == (status, True), page[-2000:]
    assert 'type="file"' in page


def test_a_dashboard_speaks_its_workbook_s_language(
    client: FlaskClient, record: WorkbookRecord
) -> None:
    """The workbook's own, whatever the browser prefers; another where the address asks for it."""
    address = f"/workbooks/{record.id}"
    own = client.get(address, headers={"Accept-Language": "en"}).text
    assert '<html lang="id" dir="ltr">' in own
    assert "Perlu perhatian" in own
    persian = client.get(f"{address}?lang=fa").text
    assert '<html lang="fa" dir="rtl">' in persian
    assert "۲ آذر" in persian
    assert f'href="{address}?lang=en"' in persian


def test_a_dashboard_is_narrowed_by_its_address(
    client: FlaskClient, record: WorkbookRecord
) -> None:
    """Flag and client narrow the rows; the choice stays chosen, and the way back is there."""
    address = f"/workbooks/{record.id}?lang=en&flag=red"
    page = client.get(address).text
    table = page[
        page.index("Needs attention</caption>") : page.index('<section aria-labelledby="timeline"')
    ]
    assert "Resep opor" in table
    assert "Promo gajian" not in table
    assert '<option value="red" selected>' in page
    assert "Show everything" in page


def test_a_dashboard_tells_its_runs(client: FlaskClient, record: WorkbookRecord) -> None:
    """State, when and who asked."""
    page = client.get(f"/workbooks/{record.id}?lang=en").text
    runs = page[page.index('<h2 id="runs">') :]
    assert "Done" in runs
    assert "Timetable" in runs
    assert "Mon 23 Nov, 09:00" in runs


def test_a_workbook_that_cannot_be_read_still_has_its_page(
    client: FlaskClient, service: Service, tmp_path: Path
) -> None:
    """The page says why, and shows the runs."""
    lost = a_workbook(service, tmp_path, "smallest")
    Path(lost.address).unlink()
    answer = client.get(f"/workbooks/{lost.id}")
    assert answer.status_code == 422
    assert "smallest.xlsx" in answer.text
    assert "No run yet." in answer.text


def test_the_button_needs_its_form(
    client: FlaskClient, record: WorkbookRecord, service: Service
) -> None:
    """A press from a form of ours asks for a run and leads back; one without its token is refused."""
    page = client.get(f"/workbooks/{record.id}?flag=red").text
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    address = f"/workbooks/{record.id}/recalculate?flag=red"
    forged = client.post(address)
    assert forged.status_code == 403
    assert "<html" in forged.text
    pressed = client.post(address, data={"form_token": token[1]})
    assert (pressed.status_code, pressed.headers["Location"]) == (
        303,
        f"/workbooks/{record.id}?flag=red",
    )
    waiting = client.get(f"/workbooks/{record.id}").text
    assert re.search(r'data-run="/v1/runs/\w+\?wait=3"', waiting)
    assert '<meta http-equiv="refresh"' in waiting
    assert [run.state for run in carry_out(service)] == ["done"]


def test_pages_keep_out_who_may_not_see_them(service: Service, record: WorkbookRecord) -> None:
    """Nobody is sent to sign in; a stranger and an unknown workbook look alike; a reader gets no button."""
    nobody = a_client(service)
    assert nobody.get(f"/workbooks/{record.id}").headers["Location"] == "/sign-in"
    assert nobody.get("/workbooks").headers["Location"] == "/sign-in"
    reader = a_key(service, record, Verb.READ)
    assert (
        'type="submit">Hitung ulang'
        not in nobody.get(f"/workbooks/{record.id}", headers=reader).text
    )
    unknown = nobody.get("/workbooks/nonesuch", headers=reader)
    assert unknown.status_code == 404
    assert "<html" in unknown.text


def test_the_list_names_what_one_may_see(client: FlaskClient, record: WorkbookRecord) -> None:
    """Each with its last run and a link to its dashboard."""
    page = client.get("/workbooks?lang=en").text
    assert f'href="/workbooks/{record.id}?lang=en"' in page
    assert "Indonesia" in page
    assert re.search(r"\d red, \d amber", page)


def test_a_title_is_never_markup(client: FlaskClient, service: Service, tmp_path: Path) -> None:
    """What stands in a cell or a name is text on a page, also inside the data of a chart."""
    evil = "</script><img src=x onerror=alert(1)>"
    record = a_workbook(service, tmp_path, "smallest", name=evil)
    book = load_workbook(record.address)
    sheet = book.worksheets[0]
    for number in range(2, sheet.max_row + 1):
        sheet.cell(number, 1).value = evil
    book.save(record.address)
    page = client.get(f"/workbooks/{record.id}").text
    assert "<img" not in page
    assert "&lt;img" in page


def test_an_edit_since_the_last_run_is_announced(
    client: FlaskClient, service: Service, tmp_path: Path
) -> None:
    """The page shows the plan as it would become, and says how many steps a run would move."""
    record = a_workbook(service, tmp_path, "indonesia", name="Edited")
    service.queue.ask(record.id, "timetable", MONDAY)
    carry_out(service)
    book = load_workbook(record.address)
    sheet = book.worksheets[0]
    assert sheet["F6"].value == "4 Des 2026"
    sheet["F6"] = "11 Des 2026"
    book.save(record.address)
    page = client.get(f"/workbooks/{record.id}?lang=en").text
    assert re.search(r"recalculating moves \d+ steps?\.", page)
