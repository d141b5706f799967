"""What the add-on for Google Sheets reads from a spreadsheet: its language, the plan, today's work, the selected row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import pytest

from google_addon_desk import SHEETS, AddonDesk, ScriptError, addon_desk
from sheetflow.translate.folding import fold
from sheetflow.translate.shipped import shipped_words
from sheets_server.server import SheetsServer

ENTRIES = {
    "openRecalculate": "plan",
    "openMoved": "moved",
    "openToday": "today",
    "openExplain": "explain",
    "openDashboard": "dashboard",
    "openSettings": "settings",
}
CAPTIONS = {
    "en": "Recalculate|What moved|My work today|Explain this row|Open the dashboard|Settings",
    "id": "Hitung ulang|Yang bergeser|Pekerjaan saya hari ini|Jelaskan baris ini|Buka dasbor|Setelan",
    "fa": "محاسبهٔ دوباره|چه جابه‌جا شد|کار امروز من|توضیح این سطر|بازکردن داشبورد|تنظیمات",
}
PLANNED = {
    "Letters": """
        | Our letters |             |            |               |       |                |            |            |
        | ID          | Publication | Type       | Delivery date | Flag  | Why            | Step owner | Step due   |
        | P-001       | Guide       | Newsletter | 2026-11-25    | Amber | Margin eaten   | Sari       | 2026-11-24 |
        | P-002       | Gift box    | Newsletter | 2026-12-18    | Green | On plan        | Budi       | 2026-12-14 |
        | P-003       | <b>Podcast  | Newsletter | 2026-12-23    | red   | Late by 2 days |            |            |
    """,
    "Ulasan": """
        | Nomor | Judul   | Jenis konten | Tanggal tayang | Tanda   | Alasan    |
        | A-1   | Panduan | Blog         | 2026-12-01     | Merah   | Terlambat |
        | A-2   | Cerita  | Blog         | 2026-12-08     | Abu-abu | Ditunda   |
    """,
    "وبلاگ": """
        | شناسه | عنوان | نوع   | تاریخ انتشار | پرچم | دلیل     |
        | ب-۱   | بهار  | بلاگ  | 2026-12-01   | زرد  | کمی دیر  |
    """,
}


@pytest.fixture(scope="module")
def desk(
    needs: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory, server: SheetsServer
) -> Iterator[AddonDesk]:
    """Somebody in front of a spreadsheet with the add-on."""
    with addon_desk(needs("node"), tmp_path_factory.mktemp("addon"), server) as made:
        yield made


def in_language(language: str) -> dict[str, str]:
    """A spreadsheet whose Settings name a language."""
    return SHEETS | {"Settings": f"| Setting | Value |\n| Language | {language} |"}


def captions(desk: AddonDesk) -> list[str]:
    """The entries of the menu."""
    return [item["text"] for item in desk.look()["menu"]["items"]]


def begun(desk: AddonDesk) -> dict[str, Any]:
    """What the side bar that was opened last is begun with."""
    content = desk.look()["sidebar"]["content"]
    text = content.rpartition("<script>begin(")[2].removesuffix(");</script>")
    started: dict[str, Any] = json.loads(text)
    return started


@pytest.mark.parametrize(
    ("setting", "locale", "language"),
    [
        ("Bahasa Indonesia", "en_US", "id"),
        ("فارسی", "en", "fa"),
        ("en", "fa", "en"),
        ("", "in_ID", "id"),
        ("", "fa-IR", "fa"),
        ("Klingon", "de", "en"),
    ],
)
def test_the_menu_speaks_the_workbook_s_language(
    desk: AddonDesk, setting: str, locale: str, language: str
) -> None:
    """Its Settings decide; without them whoever opens it does; English where that is none of the three."""
    desk.open(in_language(setting), locale=locale)
    desk.run("onOpen", {"authMode": "LIMITED"})
    assert captions(desk) == CAPTIONS[language].split("|")
    desk.run("openToday")
    assert begun(desk)["language"] == language
    assert begun(desk)["rightToLeft"] is (language == "fa")


def test_the_menu_is_there_before_anything_is_allowed(desk: AddonDesk) -> None:
    """Before somebody has let the script read, and where it cannot read, the menu speaks their own language."""
    desk.open(in_language("fa"), locale="id")
    desk.run("onInstall", {"authMode": "NONE"}, authMode="NONE")
    assert captions(desk) == CAPTIONS["id"].split("|")
    desk.change(unreadable=True, locale="en")
    desk.run("onOpen", {"authMode": "FULL"})
    assert captions(desk) == CAPTIONS["en"].split("|")


def test_every_entry_of_the_menu_opens_its_view(desk: AddonDesk) -> None:
    """The side bar begins with what was chosen, and Recalculate begins a run at once."""
    desk.open(SHEETS)
    desk.run("onOpen", {"authMode": "FULL"})
    assert [item["name"] for item in desk.look()["menu"]["items"]] == list(ENTRIES)
    for entry, view in ENTRIES.items():
        desk.run(entry)
        assert begun(desk)["view"] == view
        assert begun(desk)["recalculates"] is (entry == "openRecalculate")


def test_the_plan_is_read_by_headers_in_three_languages(desk: AddonDesk) -> None:
    """Every tab of publications counts, wherever its header row is; red rows come before amber ones, with their Why."""
    desk.open(PLANNED)
    plan = desk.call("panelPlan")["plan"]
    assert plan["counts"] == {"Red": 2, "Amber": 2, "Green": 1, "Grey": 1}
    assert (plan["publications"], plan["planned"], plan["more"]) == (6, True, 0)
    shown = [(row["sheet"], row["row"], row["id"], row["why"]) for row in plan["attention"]]
    assert shown == [
        ("Letters", 5, "P-003", "Late by 2 days"),
        ("Ulasan", 2, "A-1", "Terlambat"),
        ("Letters", 3, "P-001", "Margin eaten"),
        ("وبلاگ", 2, "ب-۱", "کمی دیر"),
    ]
    assert plan["attention"][2]["owner"] == "Sari"


def test_a_team_s_own_words_are_known(desk: AddonDesk) -> None:
    """What Settings call another name is read as that, and a column Risk of the team's own is no flag."""
    aliases = {"Flag": "Ampel", "Publication": "Stück"}
    settings = "\n".join(f"| Alias: {own} | {name} |" for name, own in aliases.items())
    plan = """
        | Stück | Type       | Delivery date | Ampel | Risk |
        | Guide | Newsletter | 2026-12-04    | Red   | low  |
    """
    desk.open({"Plan": plan, "Options": f"| Setting | Value |\n{settings}"})
    assert [row["title"] for row in desk.call("panelPlan")["plan"]["attention"]] == ["Guide"]
    desk.open({"Plan": plan.replace("Ampel", "Note").replace("Stück", "Title")})
    assert desk.call("panelPlan")["plan"]["planned"] is False


@pytest.mark.parametrize(
    "sheets",
    [
        {"Empty": ""},
        {"Notes": "| constructor | __proto__ | toString |\n| 1 | 2 | 3 |"},
        {"Publications": "| Publication | Type |\n| Guide | Newsletter |"},
    ],
)
def test_a_spreadsheet_without_publications_says_so(
    desk: AddonDesk, sheets: dict[str, str]
) -> None:
    """An empty tab, strange headers, a header too few: nothing is found, nothing breaks."""
    desk.open(sheets)
    assert desk.call("panelPlan")["plan"]["found"] is False
    assert desk.call("panelMoved")["found"] is False
    assert desk.call("panelToday")["found"] is False
    assert desk.trouble("panelExplain")["code"] == "no_row"


def test_a_header_such_as_no_is_an_id_unless_it_counts_rows(desk: AddonDesk) -> None:
    """Numbers that merely count move with the rows, and name none."""
    rows = "| No | Title | Type | Due date | Flag |\n| {} | A | Blog | 2026-12-01 | Red |"
    desk.open({"Plan": rows.format("7"), "More": rows.format("1")})
    found = desk.call("panelPlan")["plan"]["attention"]
    assert [row["id"] for row in found] == ["7", ""]


def test_today_is_told_to_whom_it_concerns(desk: AddonDesk) -> None:
    """Whoever asks is known by the e-mail address in Team; another choice is remembered; blank means everybody."""
    today = """
        | Pelaksana | Urutan      | ID    | Publikasi | Langkah | Tenggat    | Jam | Tanda | Alasan |
        | Sari      | 1           | P-001 | Guide     | Desain  | 2026-11-24 | 2   | Merah | tepat  |
        | Budi      | 1           | P-002 | Gift      | Naskah  | 2026-11-25 | 1   | Hijau |        |
        | Budi      | lebih awal  | P-003 | Podcast   | Naskah  | 2026-12-25 | 1   | Hijau |        |
        | Belum ada |             |       |           |         |            |     |       |        |
    """
    desk.open(SHEETS | {"Hari ini": today})
    mine = desk.call("panelToday")
    assert (mine["owner"], mine["owners"]) == ("Budi", ["Sari", "Budi"])
    assert [(task["id"], task["early"]) for task in mine["tasks"]] == [
        ("P-002", False),
        ("P-003", True),
    ]
    assert [task["id"] for task in desk.call("panelToday", "Sari")["tasks"]] == ["P-001"]
    assert desk.call("panelToday")["owner"] == "Sari"
    assert len(desk.call("panelToday", "")["tasks"]) == 3
    desk.change(email="sari@elsewhere.example", properties={"document": {}, "user": {}})
    assert desk.call("panelToday")["owner"] == ""


def test_somebody_without_work_is_told_so(desk: AddonDesk) -> None:
    """A person whom Team knows but Today does not is offered all the same."""
    desk.open(SHEETS | {"Today": "| Owner | Rank | ID | Step |\n| Nothing is planned | | | |"})
    mine = desk.call("panelToday")
    assert (mine["owner"], mine["owners"], mine["tasks"]) == ("Budi", ["Budi"], [])


def test_what_moved_is_read_from_its_tab(desk: AddonDesk) -> None:
    """Each change with its step, its dates and its cause; a row that says that there is none is none."""
    desk.open(
        {
            "تغییرها": """
            | شناسه | عنوان | گام   | چه چیز | از | تا         | دلیل |
            | ب-۱   | بهار  | طراحی | موعد   |    | ۱۴۰۵/۰۹/۰۲ | چون  |
        """
        }
    )
    change = desk.call("panelMoved")["changes"][0]
    assert (change["step"], change["from"], change["to"]) == ("طراحی", "", "۱۴۰۵/۰۹/۰۲")
    desk.open(
        {"Changes": "| ID | Publication | Step | What | From | To | Why |\n| Nothing moved |"}
    )
    assert desk.call("panelMoved") == {"found": True, "changes": [], "more": 0}


def test_a_row_is_selected_wherever_it_has_gone(desk: AddonDesk) -> None:
    """By its ID, even when rows were inserted meanwhile; by its title where it has no ID; not at all when it is gone."""
    desk.open(PLANNED)
    row = desk.call("panelPlan")["plan"]["attention"][0]
    desk.book.insert_rows("Letters", 3, 2)
    assert desk.call("panelSelect", row) == {"found": True}
    selected = desk.look()["selected"]
    assert (selected["sheet"], selected["row"], selected["columns"]) == ("Letters", 7, 8)
    assert desk.call("panelSelect", {"id": "A-2", "title": ""})["found"]
    assert desk.look()["selected"]["sheet"] == "Ulasan"
    desk.book.type("Ulasan", 3, 1, "")
    assert desk.call("panelSelect", {"id": "", "title": "Cerita", "sheet": "Ulasan", "row": 3})[
        "found"
    ]
    assert desk.call("panelSelect", {"id": "A-2", "title": "Cerita"}) == {"found": False}
    assert desk.call("panelSelect", {"id": "", "title": ""}) == {"found": False}


def test_of_two_rows_alike_the_one_that_was_shown_is_selected(desk: AddonDesk) -> None:
    """Rows without an ID may have the same title, in one tab or in two."""
    rows = """
        | Publication | Type | Delivery date | Flag |
        | Tips        | Blog | 2026-12-01    | Red  |
        | Tips        | Blog | 2026-12-08    | Red  |
    """
    desk.open({"May": rows, "June": rows})
    for row in desk.call("panelPlan")["plan"]["attention"]:
        desk.call("panelSelect", row)
        selected = desk.look()["selected"]
        assert (selected["sheet"], selected["row"]) == (row["sheet"], row["row"])


def test_only_a_row_with_an_id_is_explained(desk: AddonDesk) -> None:
    """A selection elsewhere and a row without an ID are told apart."""
    desk.open(PLANNED)
    assert desk.trouble("panelExplain")["code"] == "no_row"
    for row, column in ((1, 1), (2, 1), (40, 1)):
        desk.change(selected={"sheet": "Letters", "row": row, "column": column})
        assert desk.trouble("panelExplain")["code"] == "no_row"
    desk.book.type("Letters", 4, 1, "")
    desk.change(selected={"sheet": "Letters", "row": 4, "column": 2})
    assert desk.trouble("panelExplain")["code"] == "row_without_id"


def test_words_are_folded_as_the_service_folds_them(desk: AddonDesk) -> None:
    """Every word of the product and texts with signs of three scripts have the same key here and there."""
    desk.open(SHEETS)
    words = shipped_words()
    named = chain(words["columns"], *words["groups"].values())
    texts = [text for one in named for text in (one["name"], one["id"], one["fa"], *one["aliases"])]
    texts += [
        "  Due-Date: ",
        "#",
        "№ 7",
        "Élan",
        "ﬁnal",
        "۱۲٫۵ روز",
        "٣",
        "مسئلهٔ‌ی",
        "خانه‌ی ما",
        "گام‌ها",
        "",
    ]
    texts += ["كتاب", "مدرسة", "ABC ـ د", "a_b", "½", "Straße №", "\u200f", "👍", "İstanbul"]
    assert desk.each("fold_", texts) == [fold(text) for text in texts]


def test_nothing_private_can_be_called_from_a_page(desk: AddonDesk) -> None:
    """A page reaches the functions of the side bar, and no others."""
    desk.open(SHEETS)
    with pytest.raises(ScriptError, match="private"):
        desk.run("ask_", "get", "/v1/workbooks", "en")
