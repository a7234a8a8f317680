"""What is owed, as screens show it and as the engine needs it."""

from __future__ import annotations

from datetime import timedelta

from app.models.account import AccountState
from app.models.delivery import Delivery, PartOut
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import Picture, Poll
from app.store.database import Database
from app.store.reading import outbox
from app.store.writing import accounts
from app.store.writing import outbox as acts
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep, owe, owed


def test_items_in_order_of_their_time(database: Database, account_id: int):
    late = owe(database, account_id, due_at=NOW + timedelta(hours=1), parts=("tarde", "más"))
    soon = owe(database, account_id)
    rows = database.reader.now(lambda connection: outbox.items(connection))
    assert [(row.id, row.text, row.parts, row.parts_out) for row in rows] == [
        (soon, "Hola", 1, 0),
        (late, "tarde", 2, 0),
    ]
    assert rows[0].due_at == NOW
    assert rows[0].handle == "@aurora"


def test_finished_ones_only_when_asked_for(database: Database, account_id: int):
    gone, out, failed = (owe(database, account_id) for _ in range(3))
    for number, state in ((gone, DeliveryState.LET_GO), (failed, DeliveryState.FAILED)):
        database.write_now(acts.move, number, state, NOW_MS)
    database.write_now(acts.claim, NOW_MS, "this", 60)
    database.write_now(acts.settle_out, out, NOW_MS)
    assert [row.id for row in database.reader.now(lambda c: outbox.items(c))] == [failed]
    assert [row.id for row in database.reader.now(lambda c: outbox.items(c, unfinished=False))] == [gone, out, failed]


def test_items_of_a_conversation(database: Database, account_id: int):
    keep(database, account_id, arrival())
    owe(database, account_id)
    number = owe(database, account_id, OutboxKind.REPLY, conversation_id=1)
    assert [row.id for row in database.reader.now(lambda c: outbox.items(c, conversation_id=1))] == [number]
    assert database.reader.now(lambda c: outbox.items(c, post_id=1)) == []


def test_a_delivery_in_full(database: Database, account_id: int):
    item = owed(
        account_id,
        key="k",
        parts=("uno", "dos"),
        pictures=(Picture("a.png", "una tapa"),),
        poll=Poll(("sí", "no"), 48, multiple=True),
        visibility=Visibility.UNLISTED,
        warning="ruido",
        language="es",
        answer_title="Envíos",
        target="m1",
    )
    number = database.write_now(acts.add, item, NOW_MS)
    expected = Delivery(
        id=number,
        account_id=account_id,
        network="mastodon",
        kind=OutboxKind.POST,
        state=DeliveryState.WAITING,
        key="k",
        target="m1",
        parts=("uno", "dos"),
        pictures=(Picture("a.png", "una tapa"),),
        poll=Poll(("sí", "no"), 48, multiple=True),
        visibility=Visibility.UNLISTED,
        warning="ruido",
        language="es",
        answer_title="Envíos",
        post_id=None,
        conversation_id=None,
        message_id=None,
        due_at=NOW,
        next_try_at=None,
        attempts=0,
        progress=(),
        claimed_by="",
        claim_ends_at=None,
        first_claimed_at=None,
        reason="",
        remote_id="",
        url="",
        sent_at=None,
    )
    assert database.reader.now(outbox.delivery, number) == expected
    assert database.reader.now(outbox.delivery, number + 1) is None
    assert database.reader.now(outbox.in_state, DeliveryState.WAITING) == [expected]
    assert database.reader.now(outbox.in_state, DeliveryState.WAITING, account_id + 1) == []
    assert expected.parts_left == ("uno", "dos")


def test_what_went_out_since(database: Database, account_id: int):
    number = owe(database, account_id, parts=("uno", "dos"))
    database.write_now(acts.claim, NOW_MS, "this", 60)
    database.write_now(acts.record_progress, number, "p1", "u1", NOW_MS)
    [under_way] = database.reader.now(outbox.in_state, DeliveryState.CLAIMED)
    assert under_way.progress == (PartOut("p1", "u1"),)
    assert under_way.parts_left == ("dos",)
    database.write_now(acts.settle_out, number, NOW_MS)
    [out] = database.reader.now(outbox.out_since, account_id, NOW_MS)
    assert (out.remote_id, out.url, out.sent_at) == ("p1", "u1", NOW)
    assert database.reader.now(outbox.out_since, account_id, NOW_MS + 1) == []


def test_when_something_is_due_next(database: Database, account_id: int):
    assert database.reader.now(outbox.next_due) is None
    number = owe(database, account_id, due_at=NOW + timedelta(minutes=5))
    owe(database, account_id, due_at=NOW + timedelta(minutes=9))
    assert database.reader.now(outbox.next_due) == NOW + timedelta(minutes=5)
    database.write_now(lambda s: acts.move(s, number, DeliveryState.WAITING, NOW_MS, next_try_ms=NOW_MS + 600_000))
    assert database.reader.now(outbox.next_due) == NOW + timedelta(minutes=9)


def test_nothing_is_due_at_an_account_that_is_signed_out(database: Database, account_id: int):
    owe(database, account_id)
    owe(database, add_account(database, "@hand", state=AccountState.BY_HAND))
    database.write_now(accounts.set_state, account_id, AccountState.SIGNED_OUT, NOW_MS)
    assert database.reader.now(outbox.next_due) is None


def test_when_a_claim_may_be_taken_over(database: Database, account_id: int):
    assert database.reader.now(outbox.next_lease_end) is None
    owe(database, account_id)
    database.write_now(acts.claim, NOW_MS, "this", 60)
    assert database.reader.now(outbox.next_lease_end) == NOW + timedelta(seconds=60)
