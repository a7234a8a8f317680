"""Customers and conversations of the sample shop, as rows and as the server knows them."""

from __future__ import annotations

from typing import Any

from app.runtime.clock import from_ms
from app.services.sample_conversations import ConversationsOfSample
from app.services.sample_posts import PostsOfSample, Rows
from tests.fakes.clock import WEDNESDAY_MORNING
from tests.services.sample_pieces import content, conversation, days, no_rows, post, said

TITLES = {"hours": {"es": "Horario", "en": "Hours"}}


def built(*conversations: dict[str, Any]) -> tuple[ConversationsOfSample, Rows]:
    tables = no_rows()
    filled = content((post("a"),), conversations)
    posts = PostsOfSample(filled, days(), tables)
    posts.build()
    made = ConversationsOfSample(filled, days(), tables, posts, TITLES)
    made.build()
    return made, tables


def test_an_open_one_is_due_as_promised_for_its_category() -> None:
    _, tables = built(
        conversation("q", said("¿Abren?", minutes_ago=70, read=False), state="needs_answer"),
        conversation("p", said("¡Gracias!", minutes_ago=20), state="needs_answer", category="praise"),
    )
    due = {row["category"]: row["answer_by"] for row in tables["conversation"]}
    assert [
        round((from_ms(int(str(due[name]))) - WEDNESDAY_MORNING).total_seconds() / 60)
        for name in ("question", "praise")
    ] == [-10, 460]
    assert {row["category"]: row["unread"] for row in tables["conversation"]} == {"question": True, "praise": False}


def test_our_reply_came_through_the_outbox_from_an_answer() -> None:
    made, tables = built(
        conversation(
            "c", said("¿Horario?"), said("De 9 a 21.", "us", minute=710, answer="hours"), said("¡Va!", minute=720)
        )
    )
    first, ours, last = tables["message"]
    reply = tables["outbox"][-1]
    assert (ours["outbox_id"], ours["answer_title"], ours["identity_id"]) == (reply["id"], "Horario", None)
    assert (reply["kind"], reply["message_id"], reply["target"]) == ("reply", first["id"], first["remote_id"])
    assert (first["kind"], ours["kind"], last["kind"]) == ("mention", "ours", "reply")
    assert last["in_reply_to"] == ours["remote_id"]
    assert made.uses == {"hours": 1}
    assert [message.id for message in made.said] == [first["remote_id"], last["remote_id"]]
    assert [reply.reply_to for reply in made.served_replies] == [first["remote_id"]]
    assert tables["conversation"][0]["snippet"] == "¡Va!"


def test_a_conversation_stands_under_its_post() -> None:
    made, tables = built(conversation("c", said("Qué bien"), kind="reply", under_post="a"))
    row = tables["conversation"][0]
    delivery = tables["outbox"][0]
    assert (row["under_post_id"], row["parent_text"], row["parent_url"]) == (1, "En Mastodon", delivery["url"])
    assert made.said[0].under == delivery["remote_id"]
    assert row["thread_key"] == made.said[0].thread == f"{delivery['remote_id']}:{made.said[0].speaker.id}"


def test_of_two_private_ones_the_newer_goes_on() -> None:
    made, tables = built(
        conversation("old", said("Hola", day=-9, visibility="private"), kind="private"),
        conversation("new", said("Otra cosa", visibility="private"), kind="private"),
    )
    threads = {row["snippet"]: str(row["thread_key"]) for row in tables["conversation"]}
    assert threads["Otra cosa"] == f"private:{made.said[0].speaker.id}"
    assert threads["Hola"] == f"{threads['Otra cosa']}:old"
    assert all(row["private"] for row in tables["conversation"])


def test_what_reached_an_account_by_hand_is_unknown_to_the_server() -> None:
    made, tables = built(conversation("c", said("¿Precio?"), account="instagram", kind="comment"))
    assert len(tables["message"]) == 1
    assert made.said == []


def test_notes_and_waking_times_come_along() -> None:
    snooze = {"till": {"day": 1, "minute": 600}, "reason": "Compras"}
    _, tables = built(conversation("c", said("¿Y?"), state="snoozed", snooze=snooze, note="De tú."))
    row = tables["conversation"][0]
    assert from_ms(int(str(row["snoozed_until"]))).isoformat() == "2026-11-19T16:00:00+00:00"
    assert row["sort_key"] == row["snoozed_until"]
    assert tables["note"][0]["text"] == "De tú."


def test_trolls_do_not_write_while_the_program_runs() -> None:
    made, _ = built(conversation("c", said("cierren ya"), category="troll", state="ignored"))
    assert made.speakers == []
    made, _ = built(conversation("c", said("hola")))
    assert {speaker.network for speaker in made.speakers} == {"mastodon", "instagram"}
