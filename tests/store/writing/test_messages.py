"""Messages come in once each, whatever comes twice or out of order, and conversations follow them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.arrival import Arrival
from app.models.conversation import Category, ConversationState, Standing
from app.models.delivery import Owed
from app.models.message import Attachment, MessageKind, Visibility
from app.models.outbox import OutboxKind
from app.runtime.clock import to_ms
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import conversations as reading
from app.store.writing import conversations, messages, outbox
from app.store.writing.threads import LONGEST_SNIPPET
from tests.store.making import HOUR_MS, NOW, NOW_MS, add_account, arrival, keep, owe, rows, within_an_hour

S = ConversationState


def state(database: Database, number: int = 1) -> tuple[str, str, bool, int | None]:
    """State, snippet, unread, answer-by of a conversation."""
    [found] = rows(database, "SELECT state, snippet, unread, answer_by FROM conversation WHERE id = ?", number)
    return (found[0], found[1], bool(found[2]), found[3])


def put(database: Database, to: ConversationState, category: Category = Category.OTHER) -> None:
    until = NOW + timedelta(hours=9) if to is S.SNOOZED else None
    database.write_now(conversations.restore, 1, Standing(to, category, None, until, unread=False))


def everything(database: Database) -> list[list[tuple[object, ...]]]:
    tables = ("customer", "identity", "conversation", "message", "cursor", "counter")
    return [rows(database, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def test_a_first_message_makes_a_customer_and_a_conversation(database: Database, account_id: int):
    heard: list[Changes] = []
    database.changed.connect(heard.append)
    made = arrival(author_followers=12, visibility=Visibility.UNLISTED, in_reply_to="p1", url="https://m.example/1")
    assert keep(database, account_id, made, cursor="77") == 1
    assert rows(database, "SELECT name, language, first_at FROM customer") == [
        ("Ximena Robles", "es", NOW_MS - HOUR_MS)
    ]
    assert rows(database, "SELECT network, server, remote_id, handle, followers FROM identity") == [
        ("mastodon", "https://musica.example", "u1", "@ximena", 12)
    ]
    assert state(database) == ("needs_answer", "¿Cuándo llega mi disco?", True, NOW_MS)
    assert rows(database, "SELECT remote_id, kind, visibility, in_reply_to, at, arrived_at, read FROM message") == [
        ("m1", "mention", "unlisted", "p1", NOW_MS - HOUR_MS, NOW_MS, 0)
    ]
    assert rows(database, "SELECT value, moved_at FROM cursor") == [("77", NOW_MS)]
    only = frozenset({1})
    assert heard == [Changes(dict.fromkeys(("customer", "identity", "conversation", "support_case", "message", "cursor"), only))]


def test_the_same_page_again_changes_nothing(database: Database, account_id: int):
    page = [
        arrival(f"m{n}", f"texto {n}", thread_key=f"t{n % 3}", author_id=f"u{n % 3}", ours=n == 5) for n in range(8)
    ]
    assert keep(database, account_id, *page) == 7
    before = everything(database)
    heard: list[Changes] = []
    database.changed.connect(heard.append)
    assert keep(database, account_id, *page) == 0
    assert everything(database) == before
    assert heard == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_however_messages_are_cut_into_pages_each_is_there_once(database: Database, data: st.DataObject):
    account_id = add_account(database, f"@{len(rows(database, 'SELECT id FROM account'))}")
    every = [
        arrival(f"m{n}", f"texto {n}", thread_key=f"t{n % 4}", author_id=f"u{n % 4}", at=NOW - timedelta(minutes=n))
        for n in range(12)
    ]
    pages = data.draw(st.lists(st.lists(st.sampled_from(every), max_size=6), max_size=6))
    new = sum(keep(database, account_id, *page) for page in pages)
    distinct = {each.remote_id: each for page in pages for each in page}
    stored = rows(database, "SELECT remote_id, text FROM message WHERE account_id = ?", account_id)
    assert sorted(stored) == sorted((each.remote_id, each.text) for each in distinct.values())
    assert new == len(distinct)
    for thread in {each.thread_key for each in distinct.values()}:
        last = max(each.at for each in distinct.values() if each.thread_key == thread)
        [found] = rows(
            database, "SELECT last_at FROM conversation WHERE account_id = ? AND thread_key = ?", account_id, thread
        )
        assert found == (to_ms(last),)


def test_an_edited_message_is_brought_up_to_date(database: Database, account_id: int):
    keep(database, account_id, arrival(url="https://m.example/1"))
    picture = Attachment("u", "image")
    assert keep(database, account_id, arrival(text="Corregido", attachments=(picture,), liked=True)) == 0
    [found] = rows(database, "SELECT text, url, attachments, liked FROM message")
    assert found == ("Corregido", "https://m.example/1", messages.attachments_text((picture,)), 1)


def test_a_like_of_ours_is_not_taken_back_by_an_older_page(database: Database, account_id: int):
    keep(database, account_id, arrival())
    database.write_now(messages.set_liked, 1, True)
    database.write_now(messages.set_boosted, 1, True)
    keep(database, account_id, arrival(text="Corregido"))
    assert rows(database, "SELECT liked, boosted FROM message") == [(1, 1)]


@pytest.mark.parametrize("before", [S.WAITING, S.SNOOZED, S.ESCALATED, S.DONE, S.KEPT])
def test_a_new_message_reopens_a_conversation(database: Database, account_id: int, before: ConversationState):
    keep(database, account_id, arrival())
    put(database, before)
    keep(database, account_id, arrival("m2", "¿Hola?", at=NOW))
    assert state(database) == ("needs_answer", "¿Hola?", True, NOW_MS + HOUR_MS)
    row = database.reader.now(reading.row, 1)
    assert row is not None
    assert (row.snoozed_until, row.sort_key) == (None, NOW_MS + HOUR_MS)


@pytest.mark.parametrize("category", [Category.TROLL, Category.SPAM])
def test_trolls_stay_ignored(database: Database, account_id: int, category: Category):
    keep(database, account_id, arrival())
    put(database, S.IGNORED, category)
    assert keep(database, account_id, arrival("m2", "¡Contesten!", at=NOW)) == 1
    assert state(database) == ("ignored", "¡Contesten!", False, None)


def test_who_was_ignored_for_another_reason_is_heard_again(database: Database, account_id: int):
    keep(database, account_id, arrival())
    put(database, S.IGNORED, Category.OTHER)
    keep(database, account_id, arrival("m2", at=NOW))
    assert state(database)[0] == "needs_answer"


def test_the_oldest_unanswered_message_sets_the_promise(database: Database, account_id: int):
    keep(database, account_id, arrival())
    keep(database, account_id, arrival("m2", "¿Y?", at=NOW))
    assert state(database) == ("needs_answer", "¿Y?", True, NOW_MS)


def test_an_older_message_that_comes_late_does_not_become_the_last(database: Database, account_id: int):
    keep(database, account_id, arrival("m2", "último", at=NOW))
    keep(database, account_id, arrival("m1", "primero", at=NOW - timedelta(hours=3)))
    assert state(database)[1] == "último"
    assert rows(database, "SELECT last_at FROM conversation") == [(NOW_MS,)]


def test_without_a_promise_there_is_none(database: Database, account_id: int):
    database.write_now(messages.keep, account_id, [arrival()], "s", "c", NOW_MS, lambda _arrival: None)
    assert state(database)[3] is None


# --- our own


def test_an_answer_from_another_device_answers(database: Database, account_id: int):
    keep(database, account_id, arrival())
    assert keep(database, account_id, arrival("m2", "Hoy sale", ours=True, at=NOW)) == 0
    assert state(database) == ("waiting", "¿Cuándo llega mi disco?", False, None)
    assert rows(database, "SELECT kind, identity_id, outbox_id FROM message WHERE remote_id = 'm2'") == [
        ("ours", None, None)
    ]
    assert rows(database, "SELECT count(*) FROM customer") == [(1,)]


def test_a_message_after_our_answer_needs_one_again(database: Database, account_id: int):
    keep(
        database,
        account_id,
        arrival("m3", "¿Y el otro?", at=NOW),
        arrival("m2", ours=True, at=NOW - timedelta(minutes=5)),
        arrival("m1"),
    )
    assert state(database) == ("needs_answer", "¿Y el otro?", True, NOW_MS + HOUR_MS)


def test_old_messages_of_a_first_reading_that_were_answered_stay_answered(database: Database, account_id: int):
    keep(database, account_id, arrival("m1"), arrival("m3", ours=True, at=NOW))

    def private(*arrivals: Arrival) -> None:
        database.write_now(messages.keep, account_id, arrivals, "private", "c", NOW_MS, within_an_hour)

    private(arrival("m2", at=NOW - timedelta(minutes=5)))
    assert state(database)[0] == "waiting"
    private(arrival("m4", at=NOW - timedelta(minutes=4)))
    assert state(database)[0] == "needs_answer"


def test_our_words_to_nobody_we_know_are_not_stored(database: Database, account_id: int):
    assert keep(database, account_id, arrival("m1", ours=True, thread_key="alone")) == 0
    assert rows(database, "SELECT count(*) FROM message") == [(0,)]


def test_our_answer_is_put_where_the_message_stands_that_it_answers(database: Database, account_id: int):
    keep(database, account_id, arrival("m1"))
    keep(database, account_id, arrival("m2", ours=True, thread_key="another name", in_reply_to="m1", at=NOW))
    keep(
        database,
        account_id,
        arrival("m3", thread_key="t3", author_id="u3"),
        arrival("m4", ours=True, thread_key="yet another", in_reply_to="m3", at=NOW),
    )
    assert rows(database, "SELECT remote_id, conversation_id FROM message ORDER BY id") == [
        ("m1", 1),
        ("m2", 1),
        ("m3", 2),
        ("m4", 2),
    ]


def reply(database: Database, account_id: int) -> int:
    number = owe(
        database,
        account_id,
        OutboxKind.REPLY,
        parts=("Hoy sale",),
        conversation_id=1,
        message_id=1,
        answer_title="Envíos",
    )
    database.write_now(outbox.claim, NOW_MS, "this", 60)
    return number


OURS = arrival("r1", "Hoy sale", ours=True, at=NOW)


def test_a_reply_of_the_outbox_is_joined_when_the_answer_comes_first(database: Database, account_id: int):
    keep(database, account_id, arrival())
    number = reply(database, account_id)
    database.write_now(outbox.record_progress, number, "r1", "", NOW_MS)
    put(database, S.NEEDS_ANSWER)
    keep(database, account_id, OURS)
    assert rows(database, "SELECT remote_id, outbox_id, answer_title FROM message WHERE kind = 'ours'") == [
        ("r1", number, "Envíos")
    ]
    assert state(database)[0] == "needs_answer"


def test_a_reply_of_the_outbox_is_joined_when_the_reading_comes_first(database: Database, account_id: int):
    keep(database, account_id, arrival())
    number = reply(database, account_id)
    keep(database, account_id, OURS)
    database.write_now(outbox.record_progress, number, "r1", "", NOW_MS)
    database.write_now(outbox.settle_out, number, NOW_MS)
    assert rows(database, "SELECT remote_id, outbox_id, answer_title FROM message WHERE kind = 'ours'") == [
        ("r1", number, "Envíos")
    ]


def test_a_reply_out_by_the_users_word_takes_its_name_from_the_network(database: Database, account_id: int):
    keep(database, account_id, arrival())
    number = reply(database, account_id)
    database.write_now(lambda session: outbox.settle_out(session, number, NOW_MS, url="https://m.example/said"))
    assert rows(database, "SELECT remote_id, url FROM message WHERE kind = 'ours'") == [
        (f"outbox:{number}:0", "https://m.example/said")
    ]
    keep(database, account_id, OURS)
    assert rows(database, "SELECT remote_id, outbox_id FROM message WHERE kind = 'ours'") == [("r1", number)]


# --- odd input


def test_a_conversation_keeps_what_it_began_with(database: Database, account_id: int):
    begin = arrival(
        kind=MessageKind.PRIVATE,
        category=Category.ORDER,
        parent_text="Nuevo",
        parent_url="u",
        parent_ours=False,
        parent_id="p9",
    )
    keep(database, account_id, begin)
    [found] = rows(
        database, "SELECT private, category, parent_text, parent_url, parent_ours, under_post_id FROM conversation"
    )
    assert found == (1, "order", "Nuevo", "u", 0, None)


def test_people_are_kept_up_to_date(database: Database, account_id: int):
    keep(database, account_id, arrival(author_followers=5))
    keep(database, account_id, arrival("m2", author_name="Xime", author_handle="@xime", author_avatar="a"))
    assert rows(database, "SELECT handle, name, avatar, followers FROM identity") == [("@xime", "Xime", "a", 5)]


def test_two_accounts_hear_the_same_message_in_two_conversations(database: Database, account_id: int):
    other = add_account(database, "@discos")
    keep(database, account_id, arrival())
    keep(database, other, arrival())
    assert rows(database, "SELECT count(*), count(DISTINCT customer_id) FROM conversation") == [(2, 1)]


def test_half_a_character_stops_no_reading(database: Database, account_id: int):
    keep(database, account_id, arrival(text="hola \ud83d", author_name="X\udc00"), arrival("m2", "bien"))
    assert rows(database, "SELECT text FROM message ORDER BY remote_id") == [("hola ?",), ("bien",)]


@pytest.mark.parametrize("year", [1, 1970, 2500, 9999])
def test_a_senseless_time_stops_no_reading(database: Database, account_id: int, year: int):
    keep(database, account_id, arrival(at=NOW.replace(year=year)))
    assert len(rows(database, "SELECT id FROM message")) == 1


def test_a_message_without_a_thread_is_a_bug(database: Database, account_id: int):
    with pytest.raises(ValueError, match="thread"):
        keep(database, account_id, arrival(thread_key=""))


def test_a_long_text_is_cut_in_the_list_alone(database: Database, account_id: int):
    keep(database, account_id, arrival(text="línea\n" * 400))
    assert len(state(database)[1]) <= LONGEST_SNIPPET
    assert rows(database, "SELECT length(text) FROM message") == [(2400,)]


def test_a_large_page_is_stored_in_batches(database: Database, account_id: int):
    page = [arrival(f"m{n}", thread_key=f"t{n % 700}", author_id=f"u{n % 700}") for n in range(1200)]
    assert keep(database, account_id, *page) == 1200
    assert rows(database, "SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM conversation)") == [(1200, 700)]


def test_marks_on_a_message(database: Database, account_id: int):
    keep(database, account_id, arrival())
    database.write_now(messages.set_deleted, 1)
    database.write_now(messages.set_language, 1, "en")
    assert rows(database, "SELECT deleted, language FROM message") == [(1, "en")]


def test_an_act_is_marked_on_its_message_when_it_is_out(database: Database, account_id: int):
    keep(database, account_id, arrival())
    for kind, column, expected in (
        (OutboxKind.LIKE, "liked", 1),
        (OutboxKind.UNLIKE, "liked", 0),
        (OutboxKind.BOOST, "boosted", 1),
        (OutboxKind.UNBOOST, "boosted", 0),
    ):
        act = Owed(account_id=account_id, kind=kind, key=str(kind), due_at=NOW, target="m1", message_id=1)
        number = database.write_now(outbox.add, act, NOW_MS)
        database.write_now(outbox.claim, NOW_MS, "this", 60)
        database.write_now(outbox.settle_out, number, NOW_MS)
        assert rows(database, f"SELECT {column} FROM message") == [(expected,)]


# --- what was said before we came


def keep_earlier(database: Database, account_id: int, *arrivals: Arrival, cursors: dict[str, str]) -> int:
    return database.write_now(
        lambda s: messages.keep_earlier(s, account_id, arrivals, cursors, NOW_MS, within_an_hour)
    )


def past(database: Database, account_id: int, *pages: tuple[Arrival, ...]) -> None:
    """Newest page first, as a first reading brings them."""
    for number, page in enumerate(pages):
        keep_earlier(database, account_id, *page, cursors={"earlier": str(number), **({"messages": "top"} if not number else {})})


def ago(hours: int, remote_id: str, *, ours: bool = False) -> Arrival:
    return arrival(remote_id, remote_id, at=NOW - timedelta(hours=hours), ours=ours)


def test_both_cursors_move_with_a_page_of_the_past(database: Database, account_id: int):
    past(database, account_id, (ago(1, "new"),), (ago(5, "old"),))
    assert rows(database, "SELECT stream, value FROM cursor ORDER BY 1") == [("earlier", "1"), ("messages", "top")]
    assert state(database)[:2] == ("needs_answer", "new")


def test_the_promise_counts_from_the_first_that_nobody_answered_whichever_came_first(database: Database, account_id: int):
    past(database, account_id, (ago(1, "third"),), (ago(5, "second"), ago(6, "ours", ours=True)), (ago(9, "first"),))
    assert state(database) == ("needs_answer", "third", True, NOW_MS - 4 * HOUR_MS)


def test_what_was_answered_stays_answered_when_its_question_comes_last(database: Database, account_id: int):
    past(database, account_id, (ago(5, "second"), ago(4, "ours", ours=True)), (ago(9, "first"),))
    assert state(database)[0] == "waiting"


def test_the_same_page_of_the_past_again_changes_nothing(database: Database, account_id: int):
    page = (ago(5, "second"), ago(4, "ours", ours=True))
    past(database, account_id, page)
    before = everything(database)
    past(database, account_id, page)
    assert everything(database) == before
