"""Finding with conditions: what a plain look through everything finds, in the same order, however little work each answer may do."""

from __future__ import annotations

import sqlite3
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from app.models.conversation import Category, ConversationState
from app.models.find import Wanted, parse
from app.models.folding import holds
from app.models.message import Attachment
from app.models.tables.tag import MessageTag, Tag
from app.store import filters
from app.store.database import Database
from app.store.finding import Anchor, everything, find, searched
from app.store.writing import conversations
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep, rows

WORDS = ("vinilo", "descarga", "唱片", "álbum", "CD")
PEOPLE = ("Ximena Robles", "Julio Cano", "林晓雨")
STATES = (ConversationState.NEEDS_ANSWER, ConversationState.DONE, ConversationState.ESCALATED, ConversationState.KEPT)


def wanted(text: str) -> Wanted:
    return parse(text, NOW, UTC)


def found(database: Database, text: str, effort: int = 1000) -> list[int]:
    """All of it, answer by answer."""
    ids: list[int] = []
    after: Anchor | None = None
    for _ in range(1000):
        part = database.reader.now(find, wanted(text), NOW_MS, 50, after, effort)
        ids += [hit.conversation_id for hit in part.hits if hit.conversation_id not in ids]
        after = part.resume
        if after is None:
            return ids
    raise AssertionError("it never ends")


@pytest.fixture(name="shop")
def _shop(database: Database) -> Database:
    """Sixty conversations of three people with two accounts."""
    accounts = [add_account(database, "@aurora"), add_account(database, "@discos", network="bluesky")]
    for number in range(60):
        name = PEOPLE[number % 3]
        text = f"{WORDS[number % 5]} {WORDS[number % 4]} número {number}"
        files = (Attachment("https://a.example/1.jpg", "image"),) if number % 7 == 0 else ()
        keep(
            database,
            accounts[number % 2],
            arrival(
                f"m{number}", text, thread_key=f"t{number}", author_id=f"u{number % 3}", author_name=name, author_handle=f"@p{number % 3}",
                at=NOW - timedelta(hours=number), attachments=files,
            ),
            *((arrival(f"o{number}", "Gracias, lo vemos", ours=True, thread_key=f"t{number}", at=NOW - timedelta(hours=number) + timedelta(minutes=5)),) if number % 4 == 0 else ()),
        )  # fmt: skip

    def sort(session: Session) -> None:
        request = session.exec(select(Tag.id).where(Tag.key == "request")).one()
        session.add(Tag(id=22, name="Edición rusa"))
        session.flush()
        for number in range(1, 61):
            state = STATES[number % 4]
            if state is not ConversationState.NEEDS_ANSWER:
                conversations.restore(session, number, conversations.standing(session, number)._replace(state=state))
            conversations.categorize(session, number, list(Category)[number % 6])
            if number % 5 == 0:
                session.add(MessageTag(message_id=number, tag_id=22 if number % 2 else request, at=NOW_MS))

    database.write_now(sort)
    return database


QUERIES = (
    "vinilo", "vinilo descarga", '"vinilo descarga"', "唱片 -vinilo", "vinilo is:escalated", "vinilo is:done,kept", "album account:bluesky",
    "vinilo account:@auro", "category:order", "category:order,complaint vinilo", "is:needs_answer", "-is:done", "is:unread -category:order",
    "from:ximena", "from:ximena vinilo", "from:@p1 -descarga", "from:us", "from:us,julio", "-from:julio vinilo", "has:picture", "has:picture cd",
    "has:reply is:kept", "before:2026-11-17", "after:2026-11-17 vinilo", "after:2026-11-16 before:2026-11-18 from:林晓雨", "tag:request",
    'tag:"edición rusa"', "tag:edicion-rusa vinilo", "-tag:request after:1d", "-vinilo", "is:late", "is:soon is:unread", "is:private", "is:thanks",
    "is:praise", "is:vip", "is:found", "account:nobody", "from:nobody vinilo", "tag:nothing", "account:mastodon is:escalated",
)  # fmt: skip


def by_hand(connection: sqlite3.Connection, query: str) -> set[int]:
    """The same by looking at every message; people found by their names are left out."""
    asked = wanted(query)
    narrowed = filters.of(connection, asked, NOW_MS)
    if narrowed.impossible:
        return set()
    sql = f"SELECT c.id, m.text, m.at FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id WHERE {narrowed.sql}"
    since = 0 if asked.since is None else asked.since.timestamp() * 1000
    until = 1e18 if asked.until is None else asked.until.timestamp() * 1000
    return {
        number
        for number, text, at in connection.execute(sql, narrowed.values)
        if since <= at < until and holds(text, asked.words, asked.without)
    }


@pytest.mark.parametrize("effort", [1, 7, 1000])
def test_conditions_find_what_a_look_through_everything_finds(shop: Database, effort: int) -> None:
    for query in QUERIES:
        ids = found(shop, query, effort)
        assert len(set(ids)) == len(ids), query
        assert set(ids) == shop.reader.now(by_hand, query), query


def test_the_newest_come_first(shop: Database) -> None:
    for query in ("vinilo", "category:order", "has:picture", "vinilo is:done", "-vinilo"):
        ids = found(shop, query, 5)
        assert ids == sorted(ids), query  # conversations were begun newest first


def test_an_answer_never_does_more_work_than_it_may(shop: Database) -> None:
    part = shop.reader.now(find, wanted("vinilo category:spam"), NOW_MS, 50, None, 3)
    assert part.hits == []
    assert part.resume is not None


def test_our_name_without_our_handle(database: Database, account_id: int) -> None:
    keep(
        database,
        account_id,
        arrival("m1", "Discos Aurora es lo máximo", thread_key="a"),
        arrival("m2", "@aurora hola Aurora", thread_key="b", at=NOW),
    )
    assert found(database, "aurora -@aurora") == [1]
    assert found(database, "aurora") == [2, 1]


def test_words_also_find_people_unless_messages_are_asked_about(shop: Database) -> None:
    assert len(found(shop, "Ximena")) == 20
    assert len(found(shop, "Ximena is:escalated")) == 5
    assert found(shop, "Ximena has:picture") == []


def test_everything_is_all_of_it_up_to_a_number(shop: Database) -> None:
    assert len(shop.reader.now(everything, wanted("número"), NOW_MS, 1000)) == 60
    assert len(shop.reader.now(everything, wanted("número"), NOW_MS, 7)) == 7


def test_what_was_searched_can_be_said(shop: Database) -> None:
    assert shop.reader.now(searched) == (75, NOW_MS - 59 * 3_600_000)


PLANS = {
    "vinilo": ("message_search", "message_at"),
    "vinilo is:escalated category:order account:bluesky": ("message_search", "message_at"),
    "from:ximena": ("message_conversation_at",),
    "category:order": ("conversation_last",),
    "account:bluesky category:order": ("conversation_account_last",),
    "is:escalated": ("conversation_state_sort",),
    "has:picture": ("message_at",),
    "tag:request": ("message_tag_tag",),
}


@pytest.mark.parametrize("query", PLANS)
def test_no_condition_makes_a_scan_of_it(shop: Database, query: str) -> None:
    plans: list[str] = []

    def explain(connection: sqlite3.Connection) -> None:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        find(connection, wanted(query), NOW_MS, 50)
        connection.set_trace_callback(None)
        for sql in asked:
            if sql.startswith(("SELECT", "WITH")) and "FROM account" not in sql and "FROM tag" not in sql:
                plans.extend(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}"))

    shop.reader.now(explain)
    text = " / ".join(plans)
    assert all(index in text for index in PLANS[query]), text
    assert not [plan for plan in plans if plan.startswith("SCAN m ") and "message_at" not in plan], plans
    assert not [plan for plan in plans if plan.startswith("SCAN c ") and "conversation_last" not in plan], plans


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(QUERIES), min_size=1, max_size=3), effort=st.sampled_from([3, 50]))
def test_any_combination_finds_the_same(shop: Database, words: list[str], effort: int) -> None:
    query = " ".join(words)
    assert set(found(shop, query, effort)) == shop.reader.now(by_hand, query)
    assert rows(shop, "SELECT count(*) FROM message") == [(75,)]
