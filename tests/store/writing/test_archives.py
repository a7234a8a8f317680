"""History of an account: out, with moment and address, and gone again without a trace when it is taken back."""

from __future__ import annotations

from datetime import timedelta

from app.models.archive import ArchivedPost
from app.models.outbox import DeliveryState
from app.models.post import Picture
from app.store.database import Database
from app.store.reading import archives as reading
from app.store.reading import outbox, posts, samples
from app.store.writing import archives
from app.store.writing import outbox as acts
from app.store.writing.archives import Thread
from tests.store.making import NOW, NOW_MS

FIRST = ArchivedPost("11", "Uno", NOW - timedelta(days=400), "https://a.example/11", figures={"likes": 5, "reposts": 0})
SECOND = FIRST._replace(remote_id="12", text="Dos", parent="11", figures={})


def keep(database: Database, account_id: int) -> list[int]:
    thread = Thread((FIRST, SECOND), (Picture("ab/x.png", "Un disco"),))
    made: list[int] = database.write_now(lambda s: archives.keep(s, account_id, "UTC", [thread], NOW_MS))
    return made


def test_a_thread_is_one_post_that_is_out(database: Database, account_id: int) -> None:
    (number,) = keep(database, account_id)
    draft = database.reader.now(posts.post, number)
    assert draft is not None
    assert (draft.parts, draft.accounts, draft.planned_at) == (("Uno", "Dos"), (account_id,), FIRST.at)
    assert draft.pictures == (Picture("ab/x.png", "Un disco"),)
    row = database.reader.now(posts.row, number)
    assert row is not None
    assert (row.shown, row.out) == (DeliveryState.OUT, 1)


def test_nothing_of_it_can_be_claimed_ever(database: Database, account_id: int) -> None:
    keep(database, account_id)
    assert database.write_now(lambda s: acts.claim(s, NOW_MS, "p", 60, limit=10)) == []
    assert database.reader.now(outbox.next_due) is None
    assert database.reader.now(lambda c: outbox.items(c)) == []


def test_each_part_of_it_is_known_afterwards(database: Database, account_id: int) -> None:
    keep(database, account_id)
    assert database.reader.now(reading.known, account_id, ["11", "12", "13"]) >= {"11", "12"}
    assert "13" not in database.reader.now(reading.known, account_id, ["11", "12", "13"])


def test_taken_back_it_counts_nowhere_and_may_come_again(database: Database, account_id: int) -> None:
    made = keep(database, account_id)
    database.write_now(lambda s: archives.remove(s, made, NOW_MS))
    assert database.reader.now(posts.post, made[0]) is None
    assert database.reader.now(lambda c: c.execute("SELECT count(*) FROM sample").fetchone()) == (0,)
    assert database.reader.now(outbox.in_state, DeliveryState.OUT) == []
    assert database.write_now(lambda s: acts.claim(s, NOW_MS, "p", 60, limit=10)) == []
    assert database.reader.now(reading.known, account_id, ["11", "12"]) == set()
    again = keep(database, account_id)
    (item,) = database.reader.now(lambda c: outbox.items(c, post_id=again[0], unfinished=False))
    assert database.reader.now(samples.latest, "likes", "post", item.id) == 5
    database.write_now(lambda s: archives.remove(s, [], NOW_MS))
