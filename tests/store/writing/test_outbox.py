"""The outbox goes only where the table of moves leads, is claimed by one at a time, in order, and settles once."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from app.models.account import AccountState
from app.models.delivery import Delivery, IllegalMove, PartOut
from app.models.letter import Attached, Mail
from app.models.outbox import LEGAL_MOVES, DeliveryState, OutboxKind
from app.models.post import PostDraft
from app.runtime.clock import from_ms
from app.store.database import Database
from app.store.reading import outbox as reading
from app.store.writing import accounts, outbox, posts
from tests.store.making import HOUR_MS, NOW, NOW_MS, add_account, arrival, keep, owe, rows

S = DeliveryState
K = OutboxKind


def stored(database: Database, number: int) -> Delivery:
    item = database.reader.now(reading.delivery, number)
    assert item is not None
    return item


def claim(database: Database, process: str = "this", limit: int = 1, now_ms: int = NOW_MS) -> list[int]:
    return [item.id for item in database.write_now(outbox.claim, now_ms, process, 60, limit)]


WAY_TO = {
    S.WAITING: (),
    S.HELD: (S.HELD,),
    S.CLAIMED: (),
    S.UNSURE: (S.HELD, S.UNSURE),
    S.OUT: (S.HELD, S.OUT),
    S.FAILED: (S.FAILED,),
    S.BY_HAND: (S.BY_HAND,),
    S.LET_GO: (S.LET_GO,),
}


@pytest.mark.parametrize(("of", "to"), list(itertools.product(S, repeat=2)))
def test_only_moves_of_the_table_are_made(database: Database, account_id: int, of: DeliveryState, to: DeliveryState):
    number = owe(database, account_id)
    for step in WAY_TO[of]:
        database.write_now(outbox.move, number, step, NOW_MS)
    if of is S.CLAIMED:
        claim(database)
    if to in LEGAL_MOVES[of]:
        assert database.write_now(outbox.move, number, to, NOW_MS) is of
        assert stored(database, number).state is to
    else:
        with pytest.raises(IllegalMove):
            database.write_now(outbox.move, number, to, NOW_MS)
        assert stored(database, number).state is of


# --- claiming


def test_a_claim_takes_what_is_due_and_leaves_the_rest(database: Database, account_id: int):
    owe(database, account_id, due_at=NOW + timedelta(seconds=1))
    assert claim(database) == []
    number = owe(database, account_id)
    [item] = database.write_now(outbox.claim, NOW_MS, "this", 60)
    assert (item.id, item.state, item.claimed_by) == (number, S.CLAIMED, "this")
    assert (item.claim_ends_at, item.first_claimed_at) == (NOW + timedelta(seconds=60), NOW)
    assert item == stored(database, number)


def test_an_account_is_served_one_at_a_time(database: Database, account_id: int):
    first, second = owe(database, account_id), owe(database, account_id)
    assert claim(database, limit=5) == [first]
    assert claim(database, "that", limit=5) == []
    database.write_now(outbox.settle_out, first, NOW_MS)
    assert claim(database, "that", limit=5) == [second]


def test_replies_and_acts_go_before_posts(database: Database, account_id: int):
    post = owe(database, account_id, due_at=NOW - timedelta(hours=1))
    like = owe(database, account_id, K.LIKE)
    reply = owe(database, account_id, K.REPLY, due_at=NOW - timedelta(minutes=1))
    order = []
    for _ in range(3):
        order += claim(database)
        database.write_now(outbox.settle_out, order[-1], NOW_MS)
    assert order == [reply, like, post]


def test_accounts_take_turns(database: Database):
    busy, quiet = add_account(database), add_account(database, "@discos")
    owed = {owe(database, busy): busy for _ in range(4)}
    owed |= {owe(database, quiet): quiet for _ in range(2)}
    order = []
    for step in range(6):
        [number] = claim(database, now_ms=NOW_MS + step)
        database.write_now(outbox.settle_out, number, NOW_MS)
        order.append(owed[number])
    assert order[:4] in ([busy, quiet, busy, quiet], [quiet, busy, quiet, busy])


def test_several_accounts_are_claimed_at_once(database: Database):
    numbers = [owe(database, add_account(database, handle)) for handle in ("@a", "@b", "@c")]
    assert claim(database, limit=2) == numbers[:2]
    assert claim(database, limit=2) == numbers[2:]


@pytest.mark.parametrize("state", [AccountState.SIGNED_OUT, AccountState.PAUSED, AccountState.BY_HAND])
def test_an_account_that_is_not_ready_waits(database: Database, account_id: int, state: AccountState):
    number = owe(database, account_id)
    database.write_now(accounts.set_state, account_id, state, NOW_MS)
    assert claim(database) == []
    database.write_now(accounts.set_state, account_id, AccountState.READY, NOW_MS)
    assert claim(database) == [number]


def test_a_later_reply_never_overtakes_an_earlier_one(database: Database, account_id: int):
    keep(database, account_id, arrival(), arrival("m2", thread_key="t2"))
    first = owe(database, account_id, K.REPLY, conversation_id=1, due_at=NOW - timedelta(minutes=2))
    second = owe(database, account_id, K.REPLY, conversation_id=1, due_at=NOW - timedelta(minutes=1))
    elsewhere = owe(database, account_id, K.REPLY, conversation_id=2)
    assert claim(database) == [first]
    later = NOW_MS + HOUR_MS
    database.write_now(lambda session: outbox.move(session, first, S.WAITING, NOW_MS, next_try_ms=later))
    assert claim(database) == [elsewhere]
    database.write_now(outbox.settle_out, elsewhere, NOW_MS)
    assert claim(database) == []
    assert claim(database, now_ms=later) == [first]
    database.write_now(outbox.settle_out, first, later)
    assert claim(database, now_ms=later) == [second]


# --- leases of claims


def test_a_claim_is_prolonged_by_its_owner_alone(database: Database, account_id: int):
    number = owe(database, account_id)
    claim(database)
    assert not database.write_now(outbox.renew, number, "that", NOW_MS + 99_000)
    assert database.write_now(outbox.renew, number, "this", NOW_MS + 99_000)
    assert stored(database, number).claim_ends_at == from_ms(NOW_MS + 99_000)
    database.write_now(outbox.settle_out, number, NOW_MS)
    assert not database.write_now(outbox.renew, number, "this", NOW_MS + 99_000)


def test_a_claim_whose_process_died_becomes_unsure_and_is_not_sent_again(database: Database, account_id: int):
    number = owe(database, account_id)
    claim(database)
    assert database.write_now(outbox.take_over, NOW_MS + 59_999) == []
    [item] = database.write_now(outbox.take_over, NOW_MS + 60_000)
    assert (item.id, item.state, item.claimed_by, item.claim_ends_at) == (number, S.UNSURE, "", None)
    assert item.first_claimed_at == NOW
    assert claim(database, now_ms=NOW_MS + 99_000) == []


def test_going_back_to_waiting_counts_an_attempt_and_forgets_the_evidence(database: Database, account_id: int):
    number = owe(database, account_id)
    claim(database)
    database.write_now(lambda s: outbox.move(s, number, S.WAITING, NOW_MS, reason="busy", next_try_ms=NOW_MS + 5))
    item = stored(database, number)
    assert (item.attempts, item.reason, item.next_try_at, item.first_claimed_at) == (
        1,
        "busy",
        from_ms(NOW_MS + 5),
        None,
    )
    assert claim(database) == []
    assert claim(database, now_ms=NOW_MS + 5) == [number]
    assert stored(database, number).next_try_at is None


# --- settling


def test_the_parts_of_a_thread_go_out_one_by_one(database: Database, account_id: int):
    number = owe(database, account_id, parts=("uno", "dos"))
    claim(database)
    database.write_now(outbox.record_progress, number, "p1", "u1", NOW_MS + 7)
    database.write_now(outbox.record_progress, number, "p1", "u1", NOW_MS + 9)
    item = stored(database, number)
    assert (item.progress, item.parts_left, item.first_claimed_at) == (
        (PartOut("p1", "u1"),),
        ("dos",),
        from_ms(NOW_MS + 7),
    )
    database.write_now(outbox.record_progress, number, "p2", "u2", NOW_MS + 11)
    with pytest.raises(IllegalMove):
        database.write_now(outbox.record_progress, number, "p3", "u3", NOW_MS)
    database.write_now(outbox.settle_out, number, NOW_MS + 12)
    item = stored(database, number)
    assert (item.state, item.remote_id, item.url, item.sent_at) == (S.OUT, "p1", "u1", from_ms(NOW_MS + 12))
    with pytest.raises(IllegalMove):
        database.write_now(outbox.settle_out, number, NOW_MS)


def test_a_post_that_is_out_by_the_users_word(database: Database, account_id: int):
    number = owe(database, account_id)
    database.write_now(outbox.move, number, S.BY_HAND, NOW_MS)
    database.write_now(lambda session: outbox.settle_out(session, number, NOW_MS, url="https://i.example/1"))
    item = stored(database, number)
    assert (item.state, item.remote_id, item.url) == (S.OUT, "", "https://i.example/1")


def test_the_parts_of_a_reply_become_messages_in_a_row(database: Database, account_id: int):
    keep(database, account_id, arrival())
    number = owe(database, account_id, K.REPLY, conversation_id=1, target="m1", parts=("uno", "dos"))
    claim(database)
    database.write_now(outbox.record_progress, number, "r1", "u1", NOW_MS)
    database.write_now(outbox.record_progress, number, "r2", "u2", NOW_MS + 1)
    database.write_now(outbox.settle_out, number, NOW_MS + 2)
    found = rows(
        database,
        "SELECT remote_id, text, in_reply_to, url, read, outbox_id FROM message WHERE kind = 'ours' ORDER BY at",
    )
    assert found == [("r1", "uno", "m1", "u1", 1, number), ("r2", "dos", "r1", "u2", 1, number)]
    assert rows(database, "SELECT ours_at FROM conversation") == [(NOW_MS + 1,)]


def test_a_post_is_withdrawn_but_for_what_is_out_or_under_way(database: Database, account_id: int):
    database.write_now(posts.save, PostDraft(), NOW_MS)
    others = [add_account(database, handle) for handle in ("@b", "@c")]
    under_way, waiting, failed = (owe(database, number, post_id=1) for number in (account_id, *others))
    claim(database)
    database.write_now(outbox.move, failed, S.FAILED, NOW_MS)
    assert database.write_now(outbox.withdraw_post, 1, NOW_MS) == [waiting, failed]
    assert [stored(database, number).state for number in (under_way, waiting, failed)] == [
        S.CLAIMED,
        S.LET_GO,
        S.LET_GO,
    ]


@pytest.mark.parametrize("state", [S.FAILED, S.LET_GO, S.BY_HAND])
def test_another_time_for_what_was_given_up(database: Database, account_id: int, state: DeliveryState):
    number = owe(database, account_id)
    database.write_now(outbox.move, number, state, NOW_MS)
    database.write_now(outbox.reschedule, number, NOW_MS + 5, NOW_MS)
    item = stored(database, number)
    assert (item.state, item.due_at, item.next_try_at) == (S.WAITING, from_ms(NOW_MS + 5), None)


def test_no_other_time_for_what_may_be_out(database: Database, account_id: int):
    number = owe(database, account_id)
    claim(database)
    with pytest.raises(IllegalMove):
        database.write_now(outbox.reschedule, number, NOW_MS + 5, NOW_MS)
    database.write_now(outbox.take_over, NOW_MS + HOUR_MS)
    with pytest.raises(IllegalMove):
        database.write_now(outbox.reschedule, number, NOW_MS + 5, NOW_MS)


def test_after_signing_in_again_everything_may_be_tried_at_once(database: Database, account_id: int):
    number, done = owe(database, account_id), owe(database, account_id)
    database.write_now(
        lambda s: outbox.move(s, number, S.WAITING, NOW_MS, reason="signed out", next_try_ms=NOW_MS + HOUR_MS)
    )
    database.write_now(lambda s: outbox.move(s, done, S.FAILED, NOW_MS, reason="refused"))
    database.write_now(outbox.forget_reason, account_id)
    assert (stored(database, number).reason, stored(database, number).next_try_at) == ("", None)
    assert stored(database, done).reason == "refused"


def test_a_key_is_used_once(database: Database, account_id: int):
    owe(database, account_id, key="same")
    with pytest.raises(Exception, match="UNIQUE"):
        owe(database, account_id, key="same")


def test_a_letter_keeps_what_it_has_besides_its_text(database: Database, account_id: int) -> None:
    mail = Mail("marta@tienda.example", "Pregunta", chain=("<a@b>",), token="abcdefghijkl", attached=(Attached("/x/foto.png", "foto.png"),))
    number = owe(database, account_id, K.MAIL, mail=mail)
    assert stored(database, number).mail == mail
    assert claim(database) == [number]
    assert stored(database, owe(database, account_id)).mail is None
