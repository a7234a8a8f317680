"""The reads of screens are exactly those that commands/services.py asks for."""

from __future__ import annotations

import inspect
from datetime import timedelta

from app.commands.lists import ListQueries
from app.commands.services import Queries
from app.models.conversation import View
from app.models.find import Wanted
from app.models.outbox import Keeper
from app.models.post import PostDraft, PostState
from app.store.database import Database
from app.store.reading.list_queries import StoreListQueries
from app.store.reading.queries import PUBLISHING_SERVICE, StoreQueries
from app.store.writing import leases as lease_writing
from app.store.writing import posts as post_writing
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS, arrival, keep, owe


def asked(protocol: type) -> dict[str, list[str]]:
    functions = {
        name: value for name, value in vars(protocol).items() if inspect.isfunction(value) and not name.startswith("_")
    }
    return {name: list(inspect.signature(function).parameters) for name, function in functions.items()}


def test_every_read_is_there_with_its_parameters():
    assert asked(Queries).items() <= asked(StoreQueries).items()
    assert asked(ListQueries).items() <= asked(StoreListQueries).items()


def test_each_read_answers(database: Database, account_id: int, clock: FakeClock):
    keep(database, account_id, arrival())
    owe(database, account_id)

    def look(queries: Queries) -> None:
        assert [row.id for row in queries.accounts()] == [account_id]
        assert queries.conversation_count(View.ALL, None) == 1
        assert queries.view_counts(account_id)[View.DUE_SOON] == 1
        assert queries.account_counts(View.ALL) == {account_id: 1}
        [row] = queries.conversations(View.ALL, None, None)
        assert queries.conversations(View.ALL, None, (row.sort_key, row.id)) == []
        assert [each.id for each in queries.conversations_by_id([1])] == [1]
        assert list(queries.conversation_ids(View.ALL, None)) == [1]
        assert [found.row.id for found in queries.find(Wanted(words=("disco",))).rows] == [1]
        assert queries.searched() == (1, NOW - timedelta(hours=1))
        assert queries.saved_searches() == []
        assert queries.saved_search_counts(None) == {}
        assert queries.saved_search_count(1, Wanted(words=("disco",)), None) == 0
        assert list(queries.saved_search_ids(1, Wanted(words=("disco",)), None)) == []
        assert queries.conversation(1) is not None
        assert queries.post(1) is None
        assert queries.posts(None, None) == []
        assert len(queries.outbox()) == 1
        assert queries.brief(NOW, NOW, NOW).waiting == 1

    database.reader.now(lambda connection: look(StoreQueries(connection, clock)))


def test_what_is_due_soon_follows_the_clock(database: Database, account_id: int, clock: FakeClock):
    keep(database, account_id, arrival(at=NOW + timedelta(hours=3)))

    def due() -> int:
        return database.reader.now(
            lambda connection: StoreQueries(connection, clock).conversation_count(View.DUE_SOON, None)
        )

    assert due() == 0
    clock.advance(timedelta(hours=3))
    assert due() == 1


def test_a_running_publishing_service_keeps_what_depended_on_this_computer(
    database: Database, account_id: int, clock: FakeClock
) -> None:
    draft = PostDraft(parts=("Marea",), accounts=(account_id,), planned_at=NOW)
    number = database.write_now(lambda session: post_writing.save(session, draft, NOW_MS, state=PostState.SCHEDULED))
    owe(database, account_id, post_id=number)

    def keepers(queries: StoreQueries) -> set[Keeper | None]:
        row, day = queries.post_row(number), timedelta(days=1)
        brief = queries.brief(NOW, NOW - day, NOW + day)
        assert row is not None
        assert brief.going_out
        found = [row, *queries.posts(NOW - day, NOW + day), *queries.outbox(post_id=number), *brief.going_out]
        return {each.keeper for each in found}

    def look() -> set[Keeper | None]:
        return database.reader.now(lambda connection: keepers(StoreQueries(connection, clock)))

    assert look() == {Keeper.COMPUTER}
    database.write_now(lease_writing.take, PUBLISHING_SERVICE, "one", NOW_MS, 60)
    assert look() == {Keeper.SERVICE}
    clock.advance(timedelta(minutes=2))
    assert look() == {Keeper.COMPUTER}
