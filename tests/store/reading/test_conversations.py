"""Lists: every page once and in order, counts that agree with them, rows that tell what they must."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.conversation import VIEW_STATES, Category, ConversationRow, ConversationState, Standing, View
from app.models.find import Wanted
from app.runtime.clock import from_ms
from app.store.database import Database
from app.store.reading import conversations, saved_searches
from app.store.writing import accounts
from app.store.writing import conversations as acts
from tests.fakes.clock import FakeClock
from tests.store.making import HOUR_MS, NOW, NOW_MS, add_account, arrival, keep


@pytest.fixture(scope="module")
def shop(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two accounts and 60 conversations in every state, several of them written at the same moment. Only read."""
    path = Path(shutil.copy(migrated, tmp_path_factory.mktemp("shop") / "tertulia.db"))
    database = Database.open(path, backups=path.parent, clock=FakeClock())
    accounts = [add_account(database, handle) for handle in ("@aurora", "@discos")]
    states = list(ConversationState)
    for number in range(60):
        at = NOW - timedelta(minutes=7 * (number // 3))
        made = arrival(f"m{number}", f"texto {number}", thread_key=f"t{number}", author_id=f"u{number}", at=at)
        keep(database, accounts[number % 2], made)
        state = states[number % len(states)]
        if state is not ConversationState.NEEDS_ANSWER:
            until = NOW_MS + (number // 6) * HOUR_MS + 1 if state is ConversationState.SNOOZED else None
            database.write_now(lambda s, n=number, to=state, u=until: acts.set_state(s, n + 1, to, NOW_MS, until_ms=u))
    yield database
    database.close_now()


def page(
    database: Database,
    view: View,
    account_id: int | None = None,
    after: tuple[int, int] | None = None,
    limit: int = 256,
) -> list[ConversationRow]:
    return database.reader.now(conversations.page, view, account_id, after, limit, NOW_MS)


def paged(database: Database, view: View, account_id: int | None, limit: int) -> list[ConversationRow]:
    rows: list[ConversationRow] = []
    while part := page(database, view, account_id, (rows[-1].sort_key, rows[-1].id) if rows else None, limit):
        assert len(part) <= limit
        rows += part
    return rows


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
@pytest.mark.parametrize("account_id", [None, 1, 2])
@pytest.mark.parametrize("view", list(View))
def test_pages_hold_every_row_of_a_view_once_and_in_order(
    shop: Database, view: View, account_id: int | None, limit: int
):
    rows = paged(shop, view, account_id, limit)
    assert all((a.sort_key, a.id) < (b.sort_key, b.id) or view is View.ALL for a, b in pairwise(rows))
    assert [row.id for row in rows] == list(shop.reader.now(conversations.ids, view, account_id, NOW_MS))
    assert len(rows) == len({row.id for row in rows}) == shop.reader.now(conversations.count, view, account_id, NOW_MS)
    assert {row.state for row in rows} <= set(VIEW_STATES[view])
    assert {row.account_id for row in rows} <= ({account_id} if account_id else {1, 2})
    assert rows


def test_all_is_newest_first(shop: Database):
    assert [row.last_at for row in page(shop, View.ALL)] == sorted(
        (row.last_at for row in page(shop, View.ALL)), reverse=True
    )


def test_needs_answer_begins_with_what_is_due_first(shop: Database):
    promised = [row.answer_by for row in page(shop, View.NEEDS_ANSWER)]
    assert promised == sorted(promise for promise in promised if promise)


def test_due_soon_holds_what_is_late_or_due_within_the_hour(shop: Database):
    soon = page(shop, View.DUE_SOON)
    assert soon == [
        row for row in page(shop, View.NEEDS_ANSWER) if row.answer_by and row.answer_by <= NOW + timedelta(hours=1)
    ]
    assert 0 < shop.reader.now(conversations.count_late, None, NOW_MS) < len(soon)


def test_a_row_that_was_read_by_its_id_is_an_anchor_of_all_too(shop: Database):
    expected = page(shop, View.ALL)
    for number, row in enumerate(expected):
        [again] = shop.reader.now(conversations.by_id, [row.id])
        assert page(shop, View.ALL, None, (again.sort_key, again.id), 3) == expected[number + 1 : number + 4]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ids=st.lists(st.integers(1, 70), unique=True))
def test_rows_by_id_come_in_the_order_they_were_asked_for(shop: Database, ids: list[int]):
    assert [row.id for row in shop.reader.now(conversations.by_id, ids)] == [number for number in ids if number <= 60]


def test_counts_of_views_and_accounts_agree(shop: Database):
    for account_id in (None, 1, 2):
        counts = shop.reader.now(conversations.view_counts, account_id, NOW_MS)
        assert counts == {view: len(page(shop, view, account_id)) for view in View}
    for view in View:
        by_account = shop.reader.now(conversations.account_counts, view, NOW_MS)
        assert by_account == {number: many for number in (1, 2) if (many := len(page(shop, view, number)))}


def test_an_empty_inbox_counts_nothing(database: Database):
    assert set(database.reader.now(conversations.view_counts, None, NOW_MS).values()) == {0}
    assert database.reader.now(conversations.account_counts, View.ALL, NOW_MS) == {}
    assert paged(database, View.ALL, None, 5) == []


def test_a_row_tells_what_the_list_shows(database: Database, account_id: int):
    keep(database, account_id, arrival(author_avatar="https://musica.example/a.png", text="¿Cuándo\n llega?"))
    [row] = page(database, View.ALL)
    assert row == ConversationRow(
        id=1,
        account_id=account_id,
        network="mastodon",
        customer_id=1,
        author="Ximena Robles",
        handle="@ximena",
        snippet="¿Cuándo llega?",
        state=ConversationState.NEEDS_ANSWER,
        category=Category.OTHER,
        language="es",
        private=False,
        unread=True,
        last_at=NOW - timedelta(hours=1),
        answer_by=NOW,
        avatar="https://musica.example/a.png",
        sort_key=-(NOW_MS - HOUR_MS),
    )
    assert database.reader.now(conversations.row, 1).sort_key == NOW_MS
    assert database.reader.now(conversations.row, 2) is None


def test_without_a_name_the_handle_stands_for_the_author(database: Database, account_id: int):
    keep(database, account_id, arrival(author_name=""))
    assert page(database, View.ALL)[0].author == "@ximena"


def test_where_a_conversation_stands(database: Database, account_id: int):
    keep(database, account_id, arrival())
    assert database.reader.now(conversations.standing, 1) == Standing(
        ConversationState.NEEDS_ANSWER, Category.OTHER, NOW, None, unread=True
    )
    assert database.reader.now(conversations.standing, 2) is None


def test_when_the_next_one_wakes(shop: Database):
    snoozed = [row.snoozed_until for row in page(shop, View.SNOOZED)]
    assert shop.reader.now(conversations.next_wake) == snoozed[0]


def test_nothing_wakes_where_nothing_sleeps(database: Database):
    assert database.reader.now(conversations.next_wake) is None


def test_times_are_aware(shop: Database):
    for row in page(shop, View.ALL):
        assert row.last_at.utcoffset() == timedelta(0)
        assert from_ms(-row.sort_key) == row.last_at


def test_what_was_said_to_a_removed_account_is_only_found_by_searching(database: Database):
    gone, here = add_account(database, "@aurora"), add_account(database, "@discos")
    keep(database, gone, arrival("m1", "¿Y mi vinilo?", thread_key="t1"))
    keep(database, here, arrival("m2", "¿Abren hoy?", thread_key="t2"))
    heard: list[bool] = []
    database.changed.connect(lambda changes: heard.append(changes.all_of("conversation")))
    database.write_now(accounts.remove, gone, NOW_MS)

    def listed(view: View) -> set[int]:
        ids = list(database.reader.now(conversations.ids, view, None, NOW_MS))
        rows = page(database, view)
        assert [row.id for row in rows] == ids
        counts = database.reader.now(conversations.view_counts, None, NOW_MS)
        assert counts[view] == database.reader.now(conversations.count, view, None, NOW_MS) == len(ids)
        return {row.account_id for row in rows}

    assert listed(View.NEEDS_ANSWER) == listed(View.ALL) == listed(View.DUE_SOON) == {here}
    (found,) = database.reader.now(saved_searches.find, Wanted(words=("vinilo",)), NOW_MS, 10).rows
    assert found.row.account_id == gone
    add_account(database, "@aurora")  # signed in again: nothing is lost
    assert listed(View.NEEDS_ANSWER) == listed(View.ALL) == {gone, here}
    assert heard == [True, True]
