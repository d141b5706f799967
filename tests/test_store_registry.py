"""The registry: workbooks found by any of their names, due once, and open to those who were let in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from databases import NOON, all_at_once, registered
from sheetflow.errors import UserError
from sheetflow.store.keys import Keys
from sheetflow.store.leases import Leases
from sheetflow.store.records import Verb, WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs

HOUR = timedelta(hours=1)
SHEET = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
READS = frozenset({Verb.READ})
RECALCULATES = frozenset({Verb.READ, Verb.RECALCULATE})


def code_of(error: pytest.ExceptionInfo[UserError]) -> str:
    """The code of what was refused."""
    return error.value.code


def test_a_workbook_comes_back_as_it_was_registered(engine: Engine) -> None:
    """Every field is kept, and another one changes alone."""
    registry = Registry(engine)
    record = registered(
        engine, "Agency", time_zone="Asia/Jakarta", schedule="0 7 * * 1-5", owner="Sari@Example.com"
    )
    assert registry.get(record.id) == record
    assert record.owner == "sari@example.com"
    assert (record.failures, record.paused, record.seen, record.next_due) == (0, False, None, None)
    other = registered(engine, "Other")
    changed = registry.change(other.id, name="Another", next_due=NOON, owner="Budi@Example.com")
    assert (changed.name, changed.next_due, changed.owner) == ("Another", NOON, "budi@example.com")
    assert registry.all() == [record, changed]


def test_every_link_to_a_spreadsheet_is_the_same_workbook(engine: Engine) -> None:
    """A spreadsheet is registered once, whichever of its links was given, and found by each."""
    registry = Registry(engine)
    links = [
        SHEET,
        f"https://docs.google.com/spreadsheets/d/{SHEET}/edit#gid=7",
        f"https://docs.google.com/spreadsheets/u/1/d/{SHEET}/edit?usp=sharing",
    ]

    def add(link: str) -> WorkbookRecord:
        return registry.add(link, name="Plan", time_zone="UTC", schedule=None, owner=None, now=NOON)

    record = add(links[1])
    for link in links:
        assert registry.find(link) == record
        with pytest.raises(UserError) as error:
            add(link)
        assert code_of(error) == "workbook_known"


def test_one_of_many_at_once_registers_a_workbook(engine: Engine) -> None:
    """Several people register the same file: one does, the others are told that it is there."""

    def added(_number: int) -> str:
        try:
            return registered(engine).name
        except UserError as error:
            return error.code

    assert sorted(all_at_once(3, added)) == ["Agency", "workbook_known", "workbook_known"]
    assert len(Registry(engine).all()) == 1


def test_a_workbook_is_found_by_id_address_or_name(engine: Engine) -> None:
    """Names match without regard to case; of several with one name none is guessed."""
    registry = Registry(engine)
    record = registered(engine, "Émile")
    for text in (record.id, record.address, "émile", " ÉMILE "):
        assert registry.find(text) == record
    registry.change(registered(engine, "Second").id, name="émile")
    assert registry.find(record.id) == record
    with pytest.raises(UserError) as error:
        registry.find("Émile")
    assert code_of(error) == "workbook_ambiguous"
    assert record.id in str(error.value.facts["ids"])


@pytest.mark.parametrize(
    "wrong", ["abcdefghij", "", "nothing", "ab\0cdefghi", "' OR 1=1 --", "é" * 10]
)
def test_what_is_not_registered_is_told(engine: Engine, wrong: str) -> None:
    """Any text may be asked for: whatever is no workbook's ID is unknown."""
    registry = Registry(engine)
    registered(engine)
    for ask in (registry.get, registry.remove, registry.pause, Runs(engine).get):
        with pytest.raises(UserError) as error:
            ask(wrong)
        assert code_of(error) in {"workbook_unknown", "run_unknown"}
    assert registry.verbs_of(wrong, "sari@example.com") == frozenset()
    with pytest.raises(UserError) as error:
        Runs(engine).ask(wrong, "sari@example.com", NOON)
    assert code_of(error) == "workbook_unknown"
    with pytest.raises(UserError) as error:
        registry.allow(wrong, "sari@example.com", READS)
    assert code_of(error) == "workbook_unknown"


def test_a_removed_workbook_takes_all_of_its_own_along(engine: Engine) -> None:
    """Its runs, keys, grants and leases are gone; those of others stay."""
    registry, runs, keys, leases = Registry(engine), Runs(engine), Keys(engine), Leases(engine)
    gone, stays = registered(engine, "Gone"), registered(engine, "Stays")
    proofs = {}
    for record in (gone, stays):
        runs.ask(record.id, "x", NOON)
        _, proofs[record.id] = keys.create("crm", [Verb.READ], record.id, NOON)
        registry.allow(record.id, "sari@example.com", READS)
    lease = leases.take(gone.id, "here", NOON, 30)
    assert lease
    registry.remove(gone.id)
    assert registry.all() == registry.seen_by("sari@example.com") == [stays]
    assert [run.workbook for run in runs.waiting(10)] == [stays.id]
    assert keys.check(proofs[gone.id], NOON) is None
    assert keys.check(proofs[stays.id], NOON)
    assert not leases.holds(lease, NOON)
    assert leases.take(gone.id, "here", NOON, 30) is None


def test_what_is_due_is_told_once(engine: Engine) -> None:
    """Due is what is not paused and whose time has come, the longest first; of many who move it on one does."""
    registry = Registry(engine)
    late, later, paused, ahead, never = (
        registered(engine, name) for name in ("Late", "Later", "Paused", "Ahead", "Never")
    )
    for record, due in ((late, -2), (later, -1), (paused, -3), (ahead, 1)):
        assert registry.move_due(record.id, None, NOON + due * HOUR)
    registry.pause(paused.id)
    assert [record.id for record in registry.due(NOON)] == [late.id, later.id]
    assert never.id not in {record.id for record in registry.due(NOON + 1000 * HOUR)}
    registry.resume(paused.id)
    assert registry.due(NOON)[0].id == paused.id

    def moved(number: int) -> bool:
        return registry.move_due(late.id, NOON - 2 * HOUR, NOON + number * HOUR)

    assert sum(all_at_once(8, moved)) == 1
    assert registry.move_due(later.id, NOON - HOUR, None)
    assert [record.id for record in registry.due(NOON)] in ([paused.id], [paused.id, late.id])


def test_failures_are_counted_until_a_run_goes_well(engine: Engine) -> None:
    """The first failure is remembered with its time; a good run forgets them all, and leaves the due time alone."""
    registry = Registry(engine)
    id = registered(engine).id  # noqa: A001  the word of the table
    registry.failed(id, NOON, NOON + HOUR)
    registry.failed(id, NOON + HOUR, NOON + 3 * HOUR)
    record = registry.get(id)
    assert (record.failures, record.failing_since) == (2, NOON)
    assert (record.next_due, record.last_good_at) == (NOON + 3 * HOUR, None)
    registry.succeeded(id, "123:456", NOON + 2 * HOUR)
    record = registry.get(id)
    assert (record.failures, record.failing_since, record.seen) == (0, None, "123:456")
    assert (record.next_due, record.last_good_at) == (NOON + 3 * HOUR, NOON + 2 * HOUR)


def test_people_may_do_what_they_were_granted(engine: Engine) -> None:
    """The owner everything; else the grant to the address, else that to its domain; nobody else anything."""
    registry = Registry(engine)
    id = registered(engine, owner="boss@example.com").id  # noqa: A001
    other = registered(engine, "Other").id
    registry.allow(id, "@Example.com", [Verb.RECALCULATE])
    registry.allow(id, "Sari@example.com", [Verb.READ])
    registry.allow(other, "admin@elsewhere.org", [Verb.ADMINISTER])
    may = {
        "boss@example.com": frozenset(Verb),
        "BOSS@Example.com": frozenset(Verb),
        "sari@example.com": READS,
        "budi@example.com": RECALCULATES,
        "budi@notexample.com": frozenset[Verb](),
        "budi@sub.example.com": frozenset[Verb](),
        "admin@elsewhere.org": frozenset[Verb](),
        "@example.com": frozenset[Verb](),
        "budi\0@example.com": frozenset[Verb](),
        "": frozenset[Verb](),
        "example.com": frozenset[Verb](),
    }
    for email, verbs in may.items():
        assert registry.verbs_of(id, email) == verbs, email
        assert (id in {record.id for record in registry.seen_by(email)}) == (Verb.READ in verbs)
    assert registry.verbs_of(other, "admin@elsewhere.org") == frozenset(Verb)
    assert registry.verbs_of(other, "boss@example.com") == frozenset()


def test_a_grant_is_replaced_and_taken_back(engine: Engine) -> None:
    """There is one grant an address; once taken back, that to the domain counts again."""
    registry = Registry(engine)
    id = registered(engine).id  # noqa: A001
    assert registry.allow(id, "sari@example.com", [Verb.ADMINISTER]).verbs == frozenset(Verb)
    assert registry.allow(id, " Sari@Example.com ", [Verb.READ]).who == "sari@example.com"
    registry.allow(id, "@example.com", [Verb.RECALCULATE])
    assert [grant.who for grant in registry.grants(id)] == ["@example.com", "sari@example.com"]
    assert registry.verbs_of(id, "sari@example.com") == READS
    assert registry.disallow(id, "SARI@example.com")
    assert not registry.disallow(id, "sari@example.com")
    assert registry.verbs_of(id, "sari@example.com") == RECALCULATES


@pytest.mark.parametrize("who", ["", "sari", "sari@", "a b@example.com", "@"])
def test_who_is_no_address_is_told(engine: Engine, who: str) -> None:
    """A grant or an owner needs an address, or a domain."""
    id = registered(engine).id  # noqa: A001
    for refuse in (
        lambda: Registry(engine).allow(id, who, READS),
        lambda: registered(engine, "Another", owner=who),
        lambda: registered(engine, "Another", owner="@example.com"),
    ):
        with pytest.raises(UserError) as error:
            refuse()
        assert code_of(error) == "person_wrong"
