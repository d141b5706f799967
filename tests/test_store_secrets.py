"""Keys, nonces, tickets and feeds: each secret is shown once, works as it should, and is nowhere in the database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from databases import NOON, all_at_once, registered
from sheetflow.errors import UserError
from sheetflow.store.database import open_database, reading
from sheetflow.store.feeds import Feeds
from sheetflow.store.keys import Keys
from sheetflow.store.nonces import Nonces
from sheetflow.store.records import Verb
from sheetflow.store.runs import Runs
from sheetflow.store.tables import metadata
from sheetflow.store.tickets import Tickets

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_a_key_proves_what_it_may_do(engine: Engine) -> None:
    """Its text begins with sf_ and its ID, for those who look for lost ones, and holds 256 bits by chance."""
    keys, id = Keys(engine), registered(engine).id  # noqa: A001  the word of the table
    key, proof = keys.create("crm", [Verb.RECALCULATE], id, NOON)
    prefix, name, secret = proof.split("_", 2)
    assert (prefix, name, len(secret)) == ("sf", key.id, 43)
    assert key.verbs == {Verb.RECALCULATE, Verb.READ}
    assert keys.check(proof, NOON) == key
    other, other_proof = keys.create("ci", [Verb.PLAN], None, NOON + SECOND)
    assert other.workbook is None
    assert other.verbs == {Verb.PLAN}
    assert proof.split("_", 2)[2] != other_proof.split("_", 2)[2]
    assert [found.id for found in keys.all()] == [key.id, other.id]
    assert [found.id for found in keys.all(id)] == [key.id]


def test_other_texts_prove_nothing(engine: Engine) -> None:
    """A key with one letter changed, of another ID, cut, or any other text is no key."""
    keys = Keys(engine)
    key, proof = keys.create("ci", [Verb.PLAN], None, NOON)
    _, other = keys.create("crm", [Verb.PLAN], None, NOON)
    secret = proof.split("_", 2)[2]
    swapped = "B" if proof[-1] == "A" else "A"
    wrong = [
        *(proof[:-1] + swapped, proof[:-1], proof + "A", proof.upper(), f" {proof}", secret),
        *(
            f"sf_{key.id}_{other.split('_', 2)[2]}",
            f"sf_{key.id}_",
            f"sf_{key.id}",
            f"sk_{key.id}_{secret}",
        ),
        *("", "sf", "sf_", "sf__", "_", "sf_abcdefghij_x", "sf_\0_x", "é" * 60, "\ud800"),
    ]
    assert [attempt for attempt in wrong if keys.check(attempt, NOON)] == []
    assert keys.check(proof, NOON)


def test_a_key_ends(engine: Engine) -> None:
    """By its time, by being revoked, and its old text by being rotated."""
    keys = Keys(engine)
    key, proof = keys.create("ci", [Verb.PLAN], None, NOON, NOON + MINUTE)
    assert keys.check(proof, NOON + MINUTE - SECOND)
    assert keys.check(proof, NOON + MINUTE) is None
    key, proof = keys.create("crm", [Verb.PLAN], None, NOON)
    rotated, new_proof = keys.rotate(key.id, NOON + MINUTE)
    assert rotated.id == key.id
    assert keys.check(proof, NOON + MINUTE) is None
    assert keys.check(new_proof, NOON + MINUTE)
    assert keys.revoke(key.id, NOON + MINUTE).revoked_at == NOON + MINUTE
    assert keys.check(new_proof, NOON + MINUTE) is None
    assert keys.revoke(key.id, NOON + 2 * MINUTE).revoked_at == NOON + MINUTE
    with pytest.raises(UserError) as error:
        keys.rotate(key.id, NOON)
    assert error.value.code == "key_revoked"


def test_a_key_knows_when_it_was_used(engine: Engine) -> None:
    """To the minute: a key that is used a lot costs one write a minute."""
    keys = Keys(engine)
    _, proof = keys.create("ci", [Verb.PLAN], None, NOON)

    def used(seconds: int) -> object:
        keys.check(proof, NOON + seconds * SECOND)
        return keys.all()[0].last_used_at

    assert [used(seconds) for seconds in (0, 59, 60, 61, 119, 120)] == [
        *(NOON, NOON, NOON + MINUTE, NOON + MINUTE, NOON + MINUTE, NOON + 2 * MINUTE)
    ]


def test_a_key_of_no_workbook_may_only_plan(engine: Engine) -> None:
    """Whatever concerns a registered workbook needs a key of that one."""
    for verb in (Verb.READ, Verb.RECALCULATE, Verb.ADMINISTER):
        with pytest.raises(UserError) as error:
            Keys(engine).create("ci", [Verb.PLAN, verb], None, NOON)
        assert error.value.code == "key_needs_workbook"
    with pytest.raises(UserError) as error:
        Keys(engine).create("ci", [Verb.READ], "abcdefghij", NOON)
    assert error.value.code == "workbook_unknown"
    for ask in (Keys(engine).rotate, Keys(engine).revoke):
        with pytest.raises(UserError) as error:
            ask("abcdefghij", NOON)
        assert error.value.code == "key_unknown"


def test_a_nonce_is_accepted_once(engine: Engine) -> None:
    """Of 100 replays at once one is accepted; others' nonces, and new ones, are their own."""
    nonces = Nonces(engine)
    assert sum(all_at_once(100, lambda _number: nonces.accept("crm", "n1", NOON))) == 1
    assert nonces.accept("crm", "n2", NOON)
    assert nonces.accept("ci", "n1", NOON)
    assert nonces.accept("cr", "mn1", NOON)
    assert nonces.accept("crm", "x" * 5000 + "\0", NOON + MINUTE)
    assert nonces.seen("ci", "n1")
    assert not nonces.seen("ci", "n2")
    assert nonces.forget(NOON + SECOND) == 4
    assert not nonces.seen("ci", "n1")
    assert nonces.accept("crm", "n1", NOON + MINUTE)
    assert not nonces.accept("crm", "x" * 5000 + "\0", NOON + MINUTE)


def test_a_ticket_is_redeemed_once(engine: Engine) -> None:
    """Of ten who use it at once one is let in, with what it stands for."""
    tickets, id = Tickets(engine), registered(engine).id  # noqa: A001
    secret = tickets.issue("sari@example.com", id, [Verb.RECALCULATE], NOON, 60)
    answers = all_at_once(10, lambda _number: tickets.redeem(secret, NOON + 59 * SECOND))
    let_in = [answer for answer in answers if answer]
    assert let_in == [("sari@example.com", id, frozenset({Verb.READ, Verb.RECALCULATE}))]


def test_a_ticket_is_over_in_time(engine: Engine) -> None:
    """Nor does another text open anything; tickets that nobody used are cleared away by later ones."""
    tickets = Tickets(engine)
    late = tickets.issue("local", None, list(Verb), NOON, 60)
    assert tickets.redeem(late, NOON + 60 * SECOND) is None
    tickets.issue("local", None, list(Verb), NOON, 60)
    unused = tickets.issue("local", None, list(Verb), NOON + 61 * SECOND, 60)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM tickets")).scalar() == 1
    for wrong in ("", "x", unused[:-1], unused + "A", "\0"):
        assert tickets.redeem(wrong, NOON) is None
    assert tickets.redeem(unused, NOON + 62 * SECOND) == ("local", None, frozenset(Verb))


def test_a_feed_is_a_secret_of_one_person(engine: Engine) -> None:
    """It opens that person's calendar of that workbook, until a new one is made or it is closed."""
    feeds, id = Feeds(engine), registered(engine).id  # noqa: A001
    other = registered(engine, "Other").id
    secret = feeds.open(id, "Sari", NOON)
    others = feeds.open(id, "Budi", NOON)
    assert feeds.admits(secret, id, "Sari")
    assert not feeds.admits(secret, id, "Budi")
    assert not feeds.admits(secret, other, "Sari")
    newer = feeds.open(id, "Sari", NOON)
    assert not feeds.admits(secret, id, "Sari")
    assert feeds.admits(newer, id, "Sari")
    feeds.close(id, "Sari")
    assert not feeds.admits(newer, id, "Sari")
    assert feeds.admits(others, id, "Budi")
    made = all_at_once(6, lambda _number: feeds.open(id, "Sari", NOON))
    assert sum(feeds.admits(one, id, "Sari") for one in made) == 1


def test_no_secret_and_no_cell_is_in_the_database(tmp_path: Path) -> None:
    """Neither the files of SQLite nor any column holds a secret, a nonce, a person's name or a cell's text."""
    file = tmp_path / "sheetflow.db"
    engine = open_database(f"sqlite:///{file}")
    id = registered(engine).id  # noqa: A001
    keys, runs = Keys(engine), Runs(engine)
    key, proof = keys.create("crm", [Verb.READ], id, NOON)
    _, rotated = keys.rotate(key.id, NOON)
    assert keys.check(rotated, NOON)
    ticket = Tickets(engine).issue("sari@example.com", id, [Verb.READ], NOON, 60)
    feed = Feeds(engine).open(id, "Canary Person", NOON)
    Nonces(engine).accept("crm", "canary-of-a-nonce", NOON)
    run, _ = runs.ask(id, "sari@example.com", NOON)
    runs.begin(run.id, 1, NOON)
    runs.fail(run.id, "plan_unproved", {"first": "canary of a cell", "count": 2}, NOON)
    secrets = [proof.split("_", 2)[2], rotated.split("_", 2)[2], ticket, feed]
    canaries = [*secrets, "Canary Person", "canary-of-a-nonce", "canary of a cell"]
    held = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    engine.dispose()
    held += file.read_bytes()
    assert b"sari@example.com" in held, "what may be kept is found by this search"
    assert [canary for canary in canaries if canary.encode() in held] == []


def test_no_column_is_made_for_a_cell() -> None:
    """A new column is looked at here first: the database holds no plan and no cell contents."""
    columns = {
        table.name: {column.name for column in table.columns} for table in metadata.sorted_tables
    }
    assert columns["runs"] == {
        *("id", "workbook", "state", "asked_by", "queued_at", "started_at", "finished_at"),
        *("stage", "share", "counts", "error", "facts", "attempts", "lease_number"),
    }
    assert columns["workbooks"] == {
        *("id", "address", "name", "time_zone", "schedule", "owner", "paused", "created_at"),
        *("next_due", "failures", "failing_since", "last_good_at", "seen"),
    }
