"""The past is gone through page by page, newest first, as rules would have heard it."""

from __future__ import annotations

from datetime import timedelta

from app.models.conversation import Category
from app.models.message import MessageKind
from app.models.tables.conversation import Customer
from app.store.database import Database, Session
from app.store.reading import past
from app.store.writing import conversations, messages
from tests.store.making import NOW, NOW_MS, arrival, keep
from tests.store.reading.test_tags import asked

DAY_MS = 86_400_000


def test_messages_of_customers_come_newest_first_without_gap(database: Database, account_id: int):
    page = [arrival(f"m{n}", f"t {n}", thread_key=f"t{n}", at=NOW - timedelta(hours=n)) for n in range(30)]
    keep(database, account_id, *page, arrival("ours", ours=True, thread_key="t1"))
    database.write_now(messages.set_deleted, 1)  # the oldest
    found: list[str] = []
    after: tuple[int, int] | None = None
    while some := database.reader.now(past.past, NOW_MS - DAY_MS, 7, after):
        found += [heard.arrival.text for heard, _, _ in some]
        after = (NOW_MS - (len(found) - 1) * 3_600_000, some[-1][1])
    assert found == [f"t {n}" for n in range(25)]
    assert database.reader.now(past.count_past, NOW_MS - DAY_MS) == 26


def test_a_message_is_heard_as_it_was(database: Database, account_id: int):
    keep(database, account_id, arrival("m1", kind=MessageKind.COMMENT), arrival("m2", at=NOW, author_followers=7))

    def change(session: Session) -> None:
        session.get_one(Customer, 1).flags = '["vip"]'

    database.write_now(change)
    database.write_now(conversations.categorize, 1, Category.ORDER)
    [(late, number, conversation), (early, *_)] = database.reader.now(past.past, 0, 10)
    assert (number, conversation, late.first_time, early.first_time) == (2, 1, False, True)
    assert (early.arrival.kind, early.followers, early.flags, early.category) == (
        MessageKind.COMMENT,
        7,
        frozenset({"vip"}),
        Category.ORDER,
    )
    assert (early.network, early.arrival.author_handle) == ("mastodon", "@ximena")


def test_it_goes_along_the_index_of_times(database: Database, account_id: int):
    keep(database, account_id, arrival())
    plans = asked(database, past.past, 0, 10, (NOW_MS, 1))
    assert plans[0].startswith("SEARCH m USING INDEX message_at")
    assert not [
        step
        for step in plans
        if step.startswith("SCAN") or ("TEMP B-TREE FOR ORDER BY" in step and "LAST TERM" not in step)
    ]
