"""What people are told, when, and how often: over a real mail server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, text

from databases import all_at_once
from desks import QUICK, StandingClock, failing_desk, in_process
from sheetflow.errors import UserError
from sheetflow.store.database import open_database, reading
from sheetflow.store.records import RunState
from telling import (
    NOON,
    PINNED_TO_BOB,
    TABS,
    Office,
    Town,
    a_town,
    addressees,
    free_port,
    post_office,
    text_of,
)

EVENING = datetime(2026, 11, 23, 20, tzinfo=UTC)


@pytest.fixture
def office() -> Iterator[Office]:
    """A mail server."""
    with post_office() as one:
        yield one


@pytest.fixture
def town(engine: Engine, office: Office) -> Town:
    """A process that tells, on SQLite and on PostgreSQL in turn."""
    return a_town(engine, office)


@pytest.fixture
def quick_town(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Iterator[Town]:
    """The same on SQLite alone, where a test is not about the database."""
    opened = open_database(f"sqlite:///{tmp_path_factory.mktemp('told') / 'sheetflow.db'}")
    yield a_town(opened, office)
    opened.dispose()


def letter_to(letters: list[EmailMessage], name: str) -> EmailMessage:
    """The one letter to a person."""
    (found,) = (each for each in letters if str(each["To"]).startswith(f"{name}@"))
    return found


def settings_tab(**settings: str) -> dict[str, str]:
    """The tabs with a Settings tab; `_` for a space."""
    rows = "\n".join(f"| {key.replace('_', ' ')} | {value} |" for key, value in settings.items())
    return TABS | {"Settings": f"| Setting | Value |\n{rows}"}


def test_the_digest_goes_once_a_day_to_whoever_has_something_on(
    quick_town: Town, office: Office
) -> None:
    """A tick after the hour makes it, a run or another tick on the day does not make it again, the next day does."""
    town = quick_town
    record = town.register()
    town.clock.now = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    town.run(record)
    assert office.take() == []
    town.clock.now = datetime(2026, 11, 23, 7, 1, tzinfo=UTC)
    town.tick()
    letters = office.take()
    assert "ann" in addressees(letters)
    told = text_of(letter_to(letters, "ann"))
    assert "Copy: Gift box" in told
    assert "P-2" in told
    town.clock.pass_by(minutes=5)
    town.tick()
    town.run(record)
    assert office.take() == []
    town.clock.pass_by(days=1)
    town.tick()
    assert "ann" in addressees(office.take())


def test_no_digest_on_a_day_off_and_none_before_the_hour_where_the_team_is(
    quick_town: Town, office: Office
) -> None:
    """Saturday is nobody's working day, and 1 o'clock UTC is 8 in Jakarta."""
    town = quick_town
    town.clock.now = datetime(2026, 11, 28, 9, tzinfo=UTC)
    town.register()
    town.tick()
    assert office.take() == []
    town.clock.now = datetime(2026, 11, 29, 23, 50, tzinfo=UTC)
    town.register(name="Jakarta", time_zone="Asia/Jakarta")
    town.tick()
    assert office.take() == []
    town.clock.pass_by(minutes=15)
    town.tick()
    assert "ann" in addressees(office.take())


def test_a_step_that_moves_to_somebody_else_tells_both(town: Town, office: Office) -> None:
    """The one hears that it left, the other that it came, everybody else hears nothing; and each of it once."""
    record = town.register()
    town.type(record, "P-1", "Owners", PINNED_TO_BOB)
    town.run(record)
    office.take()
    town.type(record, "P-1", "Owners", "Design: Cid")
    town.run(record)
    letters = office.take()
    assert addressees(letters) == ["bob", "cid"]
    assert letter_to(letters, "bob")["Subject"] == "Design of “Autumn tips” is now with Cid"
    assert letter_to(letters, "cid")["Subject"] == "Design of “Autumn tips” came to you"
    town.run(record)
    town.tick()
    assert office.take() == []


def test_a_hand_over_a_return_and_a_red_row_are_told(quick_town: Town, office: Office) -> None:
    """Whose turn it is hears it, whoever gets a step back hears it, and everybody of a row that turns red."""
    town = quick_town
    record = town.register()
    town.run(record)
    office.take()
    town.type(record, "P-2", "Current step", "Design")
    town.run(record)
    letters = office.take()
    assert [str(one["Subject"]) for one in letters] == ["Design of “Gift box” is your turn now"]
    town.type(record, "P-2", "Current step", "Copy")
    town.run(record)
    assert "Copy of “Gift box” came back to you" in text_of(letter_to(office.take(), "ann"))
    town.type(record, "P-1", "Delivery date", datetime(2026, 11, 23).date())  # noqa: DTZ001 - a cell's
    town.run(record)
    letters = office.take()
    assert "ann" in addressees(letters)
    assert "“Autumn tips” has turned red" in text_of(letter_to(letters, "ann"))


def test_nothing_new_is_nothing_sent_and_the_first_plan_is_no_news(
    quick_town: Town, office: Office
) -> None:
    """A first plan gives everybody their day, not a letter a step; a second run gives nothing."""
    town = quick_town
    record = town.register()
    town.run(record)
    assert all("for today" in str(letter["Subject"]) for letter in office.take())
    town.run(record)
    assert office.take() == []


def test_news_of_the_evening_come_with_the_morning(quick_town: Town, office: Office) -> None:
    """In quiet hours nobody is disturbed; the digest begins with what is still true of it, once."""
    town = quick_town
    record = town.register()
    town.type(record, "P-1", "Owners", PINNED_TO_BOB)
    town.run(record)
    office.take()
    town.clock.now = EVENING
    town.type(record, "P-1", "Owners", "Design: Cid")
    town.run(record)
    town.tick()
    assert office.take() == []
    town.clock.now = datetime(2026, 11, 24, 7, 0, 5, tzinfo=UTC)
    town.tick()
    letters = office.take()
    assert "Design of “Autumn tips” is now with Cid" in text_of(letter_to(letters, "bob"))
    assert len(letters) == len(set(addressees(letters)))
    town.clock.pass_by(minutes=30)
    town.tick()
    assert office.take() == []


def test_what_is_no_longer_true_in_the_morning_is_not_told(
    quick_town: Town, office: Office
) -> None:
    """A step that went and came back overnight is no news."""
    town = quick_town
    record = town.register(settings_tab(Digest="no"))
    town.type(record, "P-1", "Owners", PINNED_TO_BOB)
    town.run(record)
    town.clock.now = EVENING
    for owners in ("Design: Cid", PINNED_TO_BOB):
        town.type(record, "P-1", "Owners", owners)
        town.run(record)
    office.take()
    town.clock.now = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
    town.tick()
    assert office.take() == []
    assert not town.told.waiting(town.clock.pass_by(hours=1))


def test_settings_turn_it_off_by_person_by_row_and_whole(quick_town: Town, office: Office) -> None:
    """Cid is told nothing, nobody is told anything new of P-1, and there is no digest."""
    town = quick_town
    record = town.register(settings_tab(Digest="no", Messages_off="cid; p-1", Quiet_hours="off"))
    town.clock.now = EVENING
    for row in ("P-1", "P-2"):
        town.type(record, row, "Owners", PINNED_TO_BOB)
    town.run(record)
    for row in ("P-1", "P-2"):
        town.type(record, row, "Owners", "Design: Cid")
    town.run(record)
    subjects = [str(letter["Subject"]) for letter in office.take()]
    assert subjects == ["Design of “Gift box” is now with Cid"]


def test_two_processes_tell_each_thing_once(engine: Engine, office: Office) -> None:
    """Eight at the same moment, on either database: one letter a person."""
    first = a_town(engine, office)
    record = first.register()
    towns = [a_town(engine, office, books=first.books, clock=first.clock) for _ in range(8)]
    all_at_once(8, lambda number: towns[number].tick())
    letters = office.take()
    assert "ann" in addressees(letters)
    assert len(letters) == len(set(addressees(letters)))
    first.run(record)
    first.type(record, "P-2", "Current step", "Design")
    first.run(record)
    all_at_once(8, lambda number: towns[number].tick())
    assert len(office.take()) == 1


def test_a_mail_server_that_is_away_fails_no_run_and_gets_the_letters_later(
    engine: Engine, office: Office
) -> None:
    """The run is good; another process sends what this one could not, after a minute or two."""
    town = a_town(engine, None, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    record = town.register()
    assert town.run(record).state is RunState.DONE
    town.type(record, "P-2", "Current step", "Design")
    assert town.run(record).state is RunState.DONE
    later = a_town(engine, office, books=town.books, clock=town.clock)
    later.tick()
    town.clock.pass_by(minutes=3)
    later.tick()
    letters = office.take()
    assert {"ann", "bob"} <= set(addressees(letters)) | {"cid"}
    assert any("is your turn now" in text_of(letter) for letter in letters)


def test_an_address_that_is_refused_holds_up_nobody(quick_town: Town, office: Office) -> None:
    """Refused for good is settled; refused for now is tried again."""
    town = quick_town
    record = town.register()
    office.answer = "550 no such user"
    town.run(record)
    office.answer = None
    town.clock.pass_by(minutes=5)
    town.tick()
    assert office.take() == []
    town.clock.pass_by(days=1)
    office.answer = "451 later"
    town.tick()
    office.answer = None
    town.clock.pass_by(minutes=5)
    town.tick()
    assert "ann" in addressees(office.take())


def test_the_owner_hears_once_that_a_workbook_fails_and_once_that_it_is_well(
    engine: Engine, office: Office
) -> None:
    """With the sentence of the error; the admin's address gets the same."""
    town = a_town(engine, office, admin_mail="admin@team.example")
    record = town.register()

    def fail() -> None:
        raise UserError("google_busy", account="robot@project.example")

    broken = replace(town, desk=failing_desk(town.desk, fail))
    for _ in range(3):
        broken.run(record)
        town.clock.pass_by(minutes=10)
        broken.tick()
    owners = [one for one in office.take() if "cannot be recalculated" in str(one["Subject"])]
    assert addressees(owners) == ["admin", "boss"]
    assert "robot@project.example" in text_of(owners[0])
    for _ in range(2):
        town.run(record)
    well = [one for one in office.take() if "is recalculated again" in str(one["Subject"])]
    assert addressees(well) == ["admin", "boss"]


def test_trouble_that_is_over_before_anybody_heard_is_not_told(
    engine: Engine, office: Office
) -> None:
    """While the mail server was away the workbook failed and became well."""
    town = a_town(engine, None, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    record = town.register()

    def fail() -> None:
        raise UserError("google_busy", account="robot@project.example")

    replace(town, desk=failing_desk(town.desk, fail)).run(record)
    town.run(record)
    later = a_town(engine, office, books=town.books, clock=StandingClock(NOON))
    later.clock.pass_by(minutes=10)
    later.tick()
    assert not [one for one in office.take() if "recalculated" in str(one["Subject"])]


def test_the_database_holds_no_word_of_what_is_told(engine: Engine, office: Office) -> None:
    """Neither names nor titles: digests alone."""
    canary = TABS | {"Publications": TABS["Publications"].replace("Autumn tips", "Canary tips")}
    town = a_town(engine, office)
    record = town.register(canary)
    town.run(record)
    town.clock.now = EVENING
    town.type(record, "P-2", "Current step", "Design")
    town.run(record)
    with reading(engine) as connection:
        rows = [str(tuple(row)) for row in connection.execute(text("SELECT * FROM told"))]
    assert len(rows) > 1
    assert not [row for row in rows if any(word in row for word in ("Canary", "Ann", "P-2"))]


def test_what_a_dead_process_had_taken_another_one_sends(engine: Engine, office: Office) -> None:
    """Nobody else sends it for two minutes; then it is sent, and not again."""
    town = a_town(engine, office)
    record = town.register()
    town.run(record)
    office.take()
    town.type(record, "P-2", "Current step", "Design")
    office.answer = "451 later"
    town.run(record)
    office.answer = None
    other = a_town(engine, office, books=town.books, clock=town.clock)
    town.clock.pass_by(seconds=90)
    other.tick()
    assert office.take() == []
    town.clock.pass_by(seconds=61)
    other.tick()
    assert ["is your turn now" in text_of(letter) for letter in office.take()] == [True]
    town.clock.pass_by(minutes=5)
    town.tick()
    assert office.take() == []


def test_a_process_that_runs_makes_the_digest_by_itself(quick_town: Town, office: Office) -> None:
    """Its tick comes after the hour; nobody has to press anything."""
    town = quick_town
    town.register()
    queue = in_process(replace(town.desk, pace=QUICK))
    ends = monotonic() + 10
    while not office.raw and monotonic() < ends:
        sleep(0.05)
    queue.stop(5)
    town.teller.stop()
    assert "ann" in addressees(office.take())
