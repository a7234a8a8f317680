"""The conversation pane: everything that stands in it, in time order, nothing twice."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta

import pytest

from app.models.message import Attachment, ConversationDetail, CustomerRow, MessageKind, NoteRow, ParentPost, Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import Picture, PostDraft
from app.store.database import Database
from app.store.reading import messages
from app.store.writing import conversations, outbox, posts, samples
from tests.store.making import HOUR_MS, NOW, NOW_MS, arrival, keep, owe


def shown(database: Database, limit: int = 60) -> ConversationDetail:
    detail = database.reader.now(messages.conversation, 1, limit)
    assert detail is not None
    return detail


def reply(database: Database, account_id: int, *parts: str, **fields: object) -> int:
    return owe(
        database,
        account_id,
        OutboxKind.REPLY,
        parts=parts or ("Hoy sale",),
        conversation_id=1,
        message_id=1,
        target="m1",
        **fields,
    )


def test_no_such_conversation(database: Database):
    assert database.reader.now(messages.conversation, 1) is None
    assert database.reader.now(messages.last_of_customer, 1) is None
    assert database.reader.now(messages.remote, 1) is None


def test_messages_stand_in_time_order_and_the_newest_are_shown(database: Database, account_id: int):
    keep(database, account_id, *(arrival(f"m{n}", f"{n}", at=NOW - timedelta(minutes=n)) for n in range(10)))
    detail = shown(database, limit=4)
    assert [message.text for message in detail.messages] == ["3", "2", "1", "0"]
    assert detail.earlier == 6
    assert shown(database).earlier == 0


def test_a_message_tells_all_of_itself(database: Database, account_id: int):
    picture = Attachment("https://m.example/1.jpg", "image", "un disco roto", "https://m.example/1s.jpg")
    keep(
        database,
        account_id,
        arrival(url="https://m.example/1", attachments=(picture,), liked=True, visibility=Visibility.UNLISTED),
    )
    [message] = shown(database).messages
    assert (message.author, message.handle, message.text) == ("Ximena Robles", "@ximena", "¿Cuándo llega mi disco?")
    assert message.attachments == (picture,)
    assert message.liked
    assert not message.boosted
    assert message.url == "https://m.example/1"
    assert message.at == NOW - timedelta(hours=1)
    assert message.delivery is None
    assert message.kind is MessageKind.MENTION


def test_a_reply_on_its_way_stands_among_the_messages(database: Database, account_id: int):
    keep(database, account_id, arrival())
    number = reply(database, account_id, due_at=NOW + timedelta(seconds=10), answer_title="Envíos")
    message = shown(database).messages[-1]
    assert (message.id, message.outbox_id, message.kind) == (-number, number, MessageKind.OURS)
    assert (message.text, message.author, message.answer_title) == ("Hoy sale", "@aurora", "Envíos")
    assert message.delivery is DeliveryState.WAITING
    assert message.leaves_at == NOW + timedelta(seconds=10)


def test_a_reply_that_is_out_stands_there_once(database: Database, account_id: int):
    keep(database, account_id, arrival())
    number = reply(database, account_id)
    database.write_now(outbox.claim, NOW_MS, "this", 60)
    assert shown(database).messages[-1].delivery is DeliveryState.CLAIMED
    assert shown(database).messages[-1].leaves_at is None
    database.write_now(outbox.record_progress, number, "r1", "https://m.example/r1", NOW_MS)
    assert [message.text for message in shown(database).messages] == ["¿Cuándo llega mi disco?", "Hoy sale"]
    database.write_now(outbox.settle_out, number, NOW_MS)
    out = shown(database).messages
    assert [(message.text, message.delivery) for message in out] == [
        ("¿Cuándo llega mi disco?", None),
        ("Hoy sale", DeliveryState.OUT),
    ]
    assert out[1].outbox_id == number


def test_of_a_thread_half_out_only_the_rest_is_on_its_way(database: Database, account_id: int):
    keep(database, account_id, arrival())
    number = reply(database, account_id, "uno", "dos", "tres")
    database.write_now(outbox.claim, NOW_MS, "this", 60)
    database.write_now(outbox.record_progress, number, "r1", "", NOW_MS - 1)
    assert [message.text for message in shown(database).messages[1:]] == ["uno", "dos\n\ntres"]


@pytest.mark.parametrize(
    ("state", "is_shown"), [(DeliveryState.FAILED, True), (DeliveryState.BY_HAND, True), (DeliveryState.LET_GO, False)]
)
def test_what_failed_is_shown_with_its_reason_and_what_was_let_go_is_not(
    database: Database, account_id: int, state: DeliveryState, is_shown: bool
):
    keep(database, account_id, arrival())
    number = reply(database, account_id)
    database.write_now(lambda session: outbox.move(session, number, state, NOW_MS, reason="why"))
    assert [message.reason for message in shown(database).messages[1:]] == (["why"] if is_shown else [])


def test_notes_and_draft(database: Database, account_id: int):
    keep(database, account_id, arrival())
    assert (shown(database).draft, shown(database).draft_visibility) == ("", None)
    database.write_now(conversations.add_note, 1, "llamar el lunes", NOW_MS)
    database.write_now(conversations.save_draft, 1, "Hola Xim", Visibility.DIRECT, NOW_MS)
    detail = shown(database)
    assert detail.notes == (NoteRow(1, "llamar el lunes", NOW),)
    assert (detail.draft, detail.draft_visibility) == ("Hola Xim", Visibility.DIRECT)


def test_a_draft_has_its_pictures_its_language_and_who_may_read_it(database: Database, account_id: int):
    keep(database, account_id, arrival())
    pictures = (Picture("a.png", "la portada"),)
    database.write_now(conversations.save_draft, 1, "", Visibility.DIRECT, NOW_MS, pictures, "fr")
    detail = shown(database)
    assert (detail.draft, detail.draft_visibility) == ("", Visibility.DIRECT)
    assert (detail.draft_pictures, detail.draft_language) == ((("a.png", "la portada"),), "fr")
    database.write_now(conversations.save_draft, 1, "", None, NOW_MS)
    assert (shown(database).draft_pictures, shown(database).draft_language) == ((), "")


def test_replies_to_one_person_are_counted_in_all_their_conversations(database: Database, account_id: int):
    keep(database, account_id, arrival("m1"), arrival("m2", thread_key="another", at=NOW))
    keep(database, account_id, arrival("m3", ours=True, at=NOW), arrival("m4", ours=True, thread_key="another", at=NOW))
    reply(database, account_id)
    count = messages.replies_since
    assert database.reader.now(count, 1, NOW_MS) == 3
    assert database.reader.now(count, 1, NOW_MS + 1) == 1


def test_counting_replies_goes_by_indexes_alone(database: Database, account_id: int):
    asked: list[str] = []
    connection = sqlite3.connect(database.path)
    connection.set_trace_callback(asked.append)
    messages.replies_since(connection, 1, NOW_MS)
    connection.set_trace_callback(None)
    plans = [row[3] for sql in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    connection.close()
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN")]


def test_a_reply_goes_as_the_customer_wrote_last(database: Database, account_id: int):
    keep(database, account_id, arrival("m1"), arrival("m2", visibility=Visibility.FOLLOWERS, at=NOW))
    keep(database, account_id, arrival("m3", ours=True, at=NOW + timedelta(seconds=1)))
    assert shown(database).reply_visibility is Visibility.FOLLOWERS
    last = database.reader.now(messages.last_of_customer, 1)
    assert last is not None
    assert database.reader.now(messages.remote, last.id) == (account_id, "m2")


def test_a_private_conversation_stays_private(database: Database, account_id: int):
    keep(database, account_id, arrival(kind=MessageKind.PRIVATE, visibility=Visibility.DIRECT))
    assert shown(database).reply_visibility is Visibility.DIRECT


def test_the_post_above_is_ours_with_its_clicks(database: Database, account_id: int):
    post_id = database.write_now(
        posts.save, PostDraft(parts=("Nuevo disco",), pillar="releases", accounts=(account_id,)), NOW_MS
    )
    number = owe(database, account_id, post_id=post_id, parts=("Nuevo disco en la tienda", "y más"))
    database.write_now(outbox.claim, NOW_MS, "this", 60)
    database.write_now(outbox.record_progress, number, "p1", "https://m.example/p1", NOW_MS)
    database.write_now(outbox.record_progress, number, "p2", "https://m.example/p2", NOW_MS)
    database.write_now(outbox.settle_out, number, NOW_MS)
    database.write_now(
        samples.add, [("clicks", "post", number, NOW_MS, 40), ("clicks", "post", number, NOW_MS + HOUR_MS, 43)]
    )
    expected = ParentPost("Nuevo disco en la tienda\n\ny más", "https://m.example/p1", NOW, "releases", 43)
    for thread, parent in (("t1", "p1"), ("t2", "p2")):
        keep(
            database,
            account_id,
            arrival(thread, thread_key=thread, parent_id=parent, parent_text="cut", author_id=thread),
        )
    assert shown(database).parent == expected
    second = database.reader.now(messages.conversation, 2)
    assert second is not None
    assert second.parent == expected


def test_the_post_above_as_the_network_told_it(database: Database, account_id: int):
    keep(database, account_id, arrival(parent_text="Otra tienda", parent_url="https://m.example/o", parent_ours=False))
    assert shown(database).parent == ParentPost("Otra tienda", "https://m.example/o", None, ours=False)


def test_no_post_above(database: Database, account_id: int):
    keep(database, account_id, arrival())
    assert shown(database).parent is None


def test_the_customer_card(database: Database, account_id: int):
    first = NOW - timedelta(days=3)
    keep(
        database,
        account_id,
        arrival("m1", at=first, author_followers=120),
        arrival("m2", thread_key="t2", author_followers=130),
    )
    assert shown(database).customer == CustomerRow(
        id=1,
        name="Ximena Robles",
        language="es",
        first_at=first,
        followers=130,
        cases=2,
        identities=(("mastodon", "@ximena"),),
    )


def test_which_remote_ids_are_stored(database: Database, account_id: int):
    keep(database, account_id, arrival("m1"), arrival("m2"))
    assert database.reader.now(messages.remote_ids, account_id, ["m2", "m3"]) == {"m2"}
    assert database.reader.now(messages.remote_ids, account_id, [f"x{n}" for n in range(1200)]) == set()


def test_attachments_of_other_programs_read_too():
    assert messages.attachments_of(json.dumps([{"url": "u", "kind": "image"}])) == (Attachment("u", "image"),)
