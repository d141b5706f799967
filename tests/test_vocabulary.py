"""The words of a sheet are known in three languages, whatever their spelling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sheetflow.domain.flag import Flag
from sheetflow.domain.history import EventKind
from sheetflow.domain.plan import State
from sheetflow.domain.publication import Priority, Status
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.domain.workflow import Kind
from sheetflow.errors import Severity
from sheetflow.translate.folding import fold, to_ascii_digits
from sheetflow.translate.shipped import shipped_words
from sheetflow.translate.step_columns import step_column
from sheetflow.translate.vocabulary import NOT_OURS, vocabulary

DOMAIN = Path(__file__).resolve().parents[2] / "shared" / "data" / "domain" / "workflows.yaml"
TABS = tuple(shipped_words()["tabs"])
GROUPS = (
    *shipped_words()["groups"],
    *("phase", "skill", "step", "type", "header"),
    *(f"header:{tab}" for tab in TABS),
)
HEADERS = {
    "row_id": "ID",
    "title": "Publication",
    "type": "Type",
    "client": "Client",
    "campaign": "Campaign",
    "channel": "Channel",
    "delivery_date": "Delivery date",
    "publish_date": "Delivery date",
    "priority": "Priority",
    "status": "Status",
    "current_step": "Current step",
    "owner": "Owners",
    "skip_steps": "Skip",
    "duration_days": "Days",
    "flag": "Flag",
    "reason": "Why",
    "start_by": "Start by",
    "step_due": "Step due",
}
STATUSES = {
    "idea": Status.IDEA,
    "on_hold": Status.ON_HOLD,
    "cancelled": Status.CANCELLED,
    "done": Status.DONE,
}


@pytest.fixture(scope="module")
def domain() -> Any:
    """The domain data that the words come from."""
    if not DOMAIN.is_file():
        pytest.skip("the domain data is not beside the project")
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Delivery date", "DELIVERY-DATE "),
        ("Delivery date", "delivery_date:"),
        ("گردش‌کار", "گردش کار"),
        ("تاریخ", "تاريخ"),
        ("کمپین", "كمپين"),
        ("تأیید", "تایید"),
        ("صفحهٔ فرود", "صفحه فرود"),
        ("آماده", "اماده"),
        ("مُهلَت", "مهلت"),
        ("پایـــش", "پایش"),
        ("Édition", "edition"),
        ("P-۰۱۲", "p 012"),
        ("Copy\u00a0\u200fwriting", "Copywriting"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    """Case, spaces, signs, half-spaces, letter variants, digits and diacritics do not matter."""
    assert fold(one) == fold(other)


def test_different_words_fold_apart() -> None:
    """Folding keeps letters and digits, and signs where there is nothing else."""
    assert fold("گام ۱") != fold("گام ۲")
    assert fold("#") == "#"
    assert fold("✓") == "✓"
    assert fold("  ") == ""


def test_digits_become_ascii() -> None:
    """Persian and Arabic digits and the Persian decimal sign read as numbers do."""
    assert to_ascii_digits("۱۴۰۵/۰۹/۲۱ ٣٫٥") == "1405/09/21 3.5"


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", list(Language))
def test_what_is_shown_is_known_again(group: str, language: Language) -> None:
    """Every name that SheetFlow writes, in any language, means the same when it is read again."""
    words = vocabulary()
    for name in words.canonical_names(group):
        shown = words.show(group, name, language)
        if group == "header":
            assert name in words.candidates(group, shown)
        else:
            assert words.find(group, shown) == name
        assert words.is_own_name(group, shown)


@pytest.mark.parametrize(
    ("group", "canonical"),
    [
        ("status", tuple(Status)),
        ("priority", tuple(priority.word for priority in Priority)),
        ("kind", tuple(Kind)),
        ("state", tuple(State)),
        ("event", tuple(EventKind)),
        ("flag", tuple(Flag)),
        ("severity", tuple(Severity)),
        ("language", tuple(Language)),
        ("calendar", tuple(CalendarSystem)),
    ],
)
def test_canonical_names_are_the_domain_s(group: str, canonical: tuple[str, ...]) -> None:
    """The words of a group are the values of the domain, no more and no fewer."""
    assert vocabulary().canonical_names(group) == tuple(map(str, canonical))


def test_headers_of_the_domain_data_are_known(domain: Any) -> None:
    """Every header that teams use for a column of ours means that column, or may mean it."""
    words = vocabulary()
    for key, column in HEADERS.items():
        for language in ("en", "id", "fa"):
            for header in domain["sheet_headers"][key][language]:
                assert column in words.candidates("header:Publications", header), header


def test_statuses_of_the_domain_data_are_known(domain: Any) -> None:
    """Thirteen statuses come down to the five that matter to a plan."""
    words = vocabulary()
    for key, status in domain["statuses"].items():
        for language in ("en", "id", "fa"):
            for text in status[language]:
                assert words.find("status", text) == STATUSES.get(key, Status.ACTIVE), text


def test_ambiguous_headers_have_several_meanings() -> None:
    """A header that the values must decide names its candidates; a blank one is the team's own column."""
    words = vocabulary()
    assert words.candidates("header:Publications", "Stage") == ("Current step", "Status")
    assert words.candidates("header:Publications", "مرحله") == ("Current step", "Status")
    assert words.candidates("header:Publications", "Tema") == ("Publication", "Campaign")
    assert words.candidates("header:Publications", "No.") == ("ID", NOT_OURS)
    assert words.candidates("header:Publications", "Durasi") == ("Days", NOT_OURS)
    assert words.candidates("header:Publications", "Penulis") == ("Owners", NOT_OURS)
    assert words.find("header:Publications", "Stage") is None
    assert words.candidates("header:Publications", "Hashtags") == ()


@pytest.mark.parametrize(
    ("group", "text", "expected"),
    [
        ("skill", "Desain grafis", "Designer"),
        ("skill", "Media buyer", "Media buyer / ads specialist"),
        ("skill", "تدوین", "Video maker / editor"),
        ("priority", "mendesak", "Urgent"),
        ("priority", "متوسط", "Normal"),
        ("tab", "تعطیلات", "Holidays"),
        ("tab", "CUTI", "Time off"),
        ("header:Team", "Kapasitas", "Hours per day"),
        ("header:Time off", "Until", "To"),
        ("header:Workflows", "Wait for", None),
        ("setting", "Negara", "Holidays country"),
        ("language", "Bahasa Indonesia", "id"),
        ("calendar", "هجری شمسی", "Jalali"),
        ("date_order", "dd/mm/yyyy", "DMY"),
        ("boolean", "✓", "yes"),
        ("done", "Selesai", "Done"),
    ],
)
def test_natural_words_are_understood(group: str, text: str, expected: str | None) -> None:
    """What teams type themselves is understood in each language."""
    assert vocabulary().find(group, text) == expected


def test_a_team_s_own_alias_comes_first() -> None:
    """An alias of the team may name anything by any of its names, and wins over the product's own."""
    words = vocabulary({"Hari-H": "Tanggal terbit", "Kode promo": "ID", "Topic": "Campaign"})
    assert words.find("header:Publications", "HARI H") == "Delivery date"
    assert words.find("header:Publications", "kode promo") == "ID"
    assert words.find("header:Publications", "Topic") == "Campaign"
    assert words.find("status", "Hari-H") is None
    assert vocabulary().find("header:Publications", "Hari-H") is None


def test_a_near_miss_has_a_nearest_name() -> None:
    """A misspelt word leads to the name that was meant, a strange one to none."""
    words = vocabulary()
    assert words.nearest("type", "Landng page") == "Landing page"
    assert words.nearest("priority", "Urgnet") == "Urgent"
    assert words.nearest("setting", "Hours per dya") == "Hours per day"
    assert words.nearest("type", "zzz") is None


def test_names_are_listed_in_order() -> None:
    """A group's names come in their own order, in the language asked for."""
    words = vocabulary()
    assert words.names("flag", Language.ID) == ("Hijau", "Kuning", "Merah", "Abu-abu")
    assert words.names("header:Holidays", Language.EN) == ("Date", "Name")
    assert words.show("status", "Something else", Language.FA) == "Something else"
    assert words.short("status", "Something else", Language.FA) == "Something else"


def test_weekdays_and_months_have_their_numbers() -> None:
    """Weekdays count from Monday 0, months from 1, in the calendar that their name belongs to."""
    words = vocabulary()
    assert [words.weekday(day) for day in ("Mon", "Jum'at", "سه شنبه", "Ahad")] == [0, 4, 1, 6]
    assert words.month("Agt") == (CalendarSystem.GREGORIAN, 8)
    assert words.month("آذر") == (CalendarSystem.JALALI, 9)
    assert words.weekday("soon") is None
    assert words.month("soon") is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Design due", ("Design", "due")),
        ("External approval (build) start", ("External approval (build)", "start")),
        ("Tenggat Desain", ("Desain", "due")),
        ("Penanggung jawab Desain", ("Desain", "owner")),
        ("موعد طراحی", ("طراحی", "due")),
        ("Design", None),
        ("due", None),
    ],
)
def test_a_column_of_one_step_is_told_by_its_header(
    header: str, expected: tuple[str, str] | None
) -> None:
    """A header that names a step and what of it to show is taken apart."""
    assert step_column(header) == expected
    assert vocabulary().step_column(header) == expected
