"""Saved searches follow what comes in, find at networks what nobody said to us, and never disturb for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.models.conversation import ConversationState, View
from app.models.find import SavedSearchRow, parse
from app.models.message import MessageKind
from app.models.spending import SearchPrice
from app.networks import registry
from app.networks.network import Page
from app.runtime.errors import Refused, UserMistake
from app.runtime.words import Message
from app.services.saved_searches import EVERY, EVERY_PAID, network_words
from app.store.reading import saved_searches as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, eventually, shop_in


async def listed(shop: SmallShop, search_id: int) -> list[int]:
    search = next(one for one in await searches(shop) if one.id == search_id)
    wanted = parse(search.words, shop.clock.now(), shop.clock.now().tzinfo)  # type: ignore[arg-type]
    found = await shop.ask(lambda queries: queries.saved_search_ids(search_id, wanted, None))
    return sorted(found)


async def counted(shop: SmallShop) -> dict[int, int]:
    return dict(await shop.ask(lambda queries: queries.saved_search_counts(None)))


async def searches(shop: SmallShop) -> list[SavedSearchRow]:
    return await shop.ask(lambda queries: queries.saved_searches())


async def kinds(shop: SmallShop) -> list[str]:
    return [
        row[0]
        for row in await shop.database.read(lambda c: c.execute("SELECT kind FROM message ORDER BY id").fetchall())
    ]


async def test_a_new_search_finds_the_past_and_follows_what_comes(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first = await shop.heard("El vinilo llegó roto", number=1, thread="a")
        await shop.heard("¿Abren hoy?", number=2, thread="b")
        number = await shop.services.searches.save("Vinilos", "vinilo")
        assert await listed(shop, number) == [first]
        assert await counted(shop) == {number: 1}
        third = await shop.heard("Otro VINILO, por favor", number=3, thread="c")
        await shop.services.searches.follow()
        assert await listed(shop, number) == [first, third]
        assert await counted(shop) == {number: 2}
        await shop.services.inbox.close([first])
        assert await counted(shop) == {number: 1}
        assert await listed(shop, number) == [first, third]


async def test_what_is_stored_is_followed_by_itself(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.searches.save("Vinilos", "vinilo -cd")
        shop.services.searches.watch(shop.services.tasks)
        await shop.heard("vinilo y CD", number=1, thread="a")
        await shop.heard("vinilo", number=2, thread="b")

        async def follows() -> bool:
            return await listed(shop, number) == [2]

        await eventually(follows, clock)


@pytest.mark.parametrize(
    ("words", "fits"),
    [("vinilo is:done", []), ("vinilo is:needs_answer", [1]), ("category:other", [1, 2]), ("from:ximena vinilo", [1])],
)
async def test_conditions_that_come_and_go_are_looked_at_when_shown(
    tmp_path: Path, clock: FakeClock, words: str, fits: list[int]
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.heard("vinilo", number=1, thread="a")
        await shop.heard("disco", number=2, thread="b")
        number = await shop.services.searches.save("x", words)
        assert await listed(shop, number) == fits
        wanted = parse(words, clock.now(), clock.now().tzinfo)  # type: ignore[arg-type]
        assert await shop.ask(lambda queries: queries.saved_search_count(number, wanted, None)) == len(fits)
        await shop.services.inbox.close([1])
        after = {"vinilo is:done": [1], "vinilo is:needs_answer": []}.get(words, fits)
        assert await listed(shop, number) == after
        still = 1 if words == "category:other" else 0
        assert await shop.ask(lambda queries: queries.saved_search_count(number, wanted, None)) == still


async def test_the_network_is_asked_and_what_it_finds_is_listed_quietly(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.say("Compré en Discos Aurora y qué joya", about_us=True)
        number = await shop.services.searches.save("Sin arroba", '"discos aurora"', [shop.account_id])
        assert await shop.services.sync.look_now() == 0
        (row,) = await shop.conversations()
        assert (row.state, row.unread, row.answer_by) == (ConversationState.WAITING, True, None)
        assert await kinds(shop) == [MessageKind.SEARCH]
        assert await shop.conversations(View.NEEDS_ANSWER) == []
        assert await listed(shop, number) == [row.id]
        assert await counted(shop) == {number: 1}
        await shop.services.inbox.mark_read(row.id)
        assert await counted(shop) == {}
        assert await shop.database.read(lambda c: c.execute("SELECT count(*) FROM support_case").fetchone()) == (0,)


async def test_what_is_found_needs_an_answer_only_where_the_user_chose_so(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.say("¿Alguien sabe si Discos Aurora abre hoy?", about_us=True)
        await shop.services.searches.save("Sin arroba", "aurora", [shop.account_id], asks=True)
        await shop.services.sync.look_now()
        (row,) = await shop.conversations(View.NEEDS_ANSWER)
        assert row.answer_by is not None


async def test_what_was_found_first_is_taken_over_when_it_is_heard(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.say("@aurora ¿y mi vinilo de Discos Aurora?")
        await shop.services.searches.save("Sin arroba", "aurora", [shop.account_id])
        link = await shop.services.connections.get(shop.account_id)
        await shop.services.searches.look(link)
        assert (await shop.conversations())[0].state is ConversationState.WAITING
        assert await shop.services.sync.look_now() == 1
        (row,) = await shop.conversations()
        assert row.state is ConversationState.NEEDS_ANSWER
        assert row.answer_by is not None
        assert await kinds(shop) == [MessageKind.MENTION]
        assert await shop.services.sync.look_now() == 0


async def test_what_was_heard_first_is_only_found(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("¿y mi vinilo de Discos Aurora?")
        search = await shop.services.searches.save("Sin arroba", "aurora", [shop.account_id])
        await shop.services.sync.look_now()
        assert await kinds(shop) == [MessageKind.MENTION]
        assert await listed(shop, search) == [number]


async def test_a_network_is_asked_now_and_then_and_never_anew(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.searches.save("Sin arroba", "aurora", [shop.account_id])
        link = await shop.services.connections.get(shop.account_id)
        asked = noting(link.connection)
        await shop.services.searches.look(link)
        await shop.services.searches.look(link)
        clock.advance(EVERY.total_seconds())
        shop.say("Discos Aurora", about_us=True)
        assert await shop.services.searches.look(link) == 1
        clock.advance(EVERY.total_seconds())
        await shop.services.searches.look(link)
        assert [words for words, _ in asked] == ["aurora"] * 3
        assert len({cursor for _, cursor in asked}) == 3 or asked[-1][1] != ""
        assert await shop.database.read(reading.looked_at, shop.account_id, f"search:{number}") != ("", 0)
        await shop.services.searches.remove(number)
        clock.advance(EVERY.total_seconds())
        await shop.services.searches.look(link)
        assert len(asked) == 3


async def test_killed_between_answer_and_storing_nothing_is_lost(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.store.writing import messages

    async with shop_in(tmp_path, clock) as shop:
        shop.say("Discos Aurora", about_us=True)
        number = await shop.services.searches.save("Sin arroba", "aurora", [shop.account_id])
        link = await shop.services.connections.get(shop.account_id)
        keep = messages.keep

        def die(*_args: object, **_named: object) -> int:
            raise KeyError

        monkeypatch.setattr(messages, "keep", die)
        with pytest.raises(KeyError):
            await shop.services.searches.look(link)
        monkeypatch.setattr(messages, "keep", keep)
        clock.advance(EVERY.total_seconds())
        assert await shop.services.searches.look(link) == 1
        assert len(await listed(shop, number)) == 1


async def test_a_server_without_search_does_not_stop_the_reading(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.searches.save("Sin arroba", "aurora", [shop.account_id])
        link = await shop.services.connections.get(shop.account_id)
        refuse(link.connection)
        shop.say("¿Abren?")
        assert await shop.services.sync.look_now() == 1
        asked = noting(link.connection)
        clock.advance(EVERY.total_seconds() * 2)
        await shop.services.searches.look(link)
        assert asked == []


async def test_every_act_can_be_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.heard("vinilo", number=1, thread="a")
        await shop.heard("disco", number=2, thread="b")
        service = shop.services.searches
        one, two = await service.save("Vinilos", "vinilo"), await service.save("Discos", "disco")
        await service.order([two, one])
        assert [search.id for search in await searches(shop)] == [two, one]
        assert await shop.undo() == "undone.searches_ordered"
        assert [search.id for search in await searches(shop)] == [one, two]
        await service.change(SavedSearchRow(one, "Todo", "disco"))
        assert await listed(shop, one) == [2]
        assert await shop.undo() == "undone.search_changed"
        assert await listed(shop, one) == [1]
        await service.remove(one)
        assert [search.id for search in await searches(shop)] == [two]
        assert await shop.undo() == "undone.search_removed"
        assert await listed(shop, one) == [1]
        assert await shop.undo() == "undone.search_saved"
        assert [search.id for search in await searches(shop)] == [one]


@pytest.mark.parametrize(("name", "words", "accounts"), [(" ", "vinilo", ()), ("x", " - ", ()), ("x", "is:late", (1,))])
async def test_a_search_needs_a_name_and_words(
    tmp_path: Path, clock: FakeClock, name: str, words: str, accounts: Sequence[int]
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake):
            await shop.services.searches.save(name, words, accounts)


async def test_what_a_paid_network_costs_is_known_before(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (price,) = shop.services.searches.prices(["mastodon", "x", "x"])
        assert isinstance(price, SearchPrice)
        assert price.network == registry.by_id()["x"].name
        assert price.month == price.look * 30 * 24
        assert timedelta(hours=price.hours) == EVERY_PAID


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ('"discos aurora" -@aurora is:unread after:7d', '"discos aurora"'),
        ("aurora from:ana vinilo", "aurora vinilo"),
        ("is:late", ""),
        ("a:b", "a:b"),
    ],
)
def test_a_network_is_asked_for_words_alone(words: str, asked: str) -> None:
    assert network_words(words) == asked


@pytest.mark.parametrize("seed", range(6))
async def test_counts_equal_a_recount_after_random_acts(tmp_path: Path, clock: FakeClock, seed: int) -> None:
    """Views, accounts and saved searches, each narrowed to each account, against plain counting."""
    chance = Random(seed)
    async with shop_in(tmp_path, clock) as shop:
        second = shop.add_account()
        service, inbox = shop.services.searches, shop.services.inbox
        numbers = [
            await service.save("V", "vinilo"),
            await service.save("D", "disco is:needs_answer"),
            await service.save("T", "is:escalated"),
        ]

        async def hear() -> None:
            word = chance.choice(("vinilo", "disco", "vinilo y disco", "hola"))
            number = chance.randrange(10**9)
            shop.say(word, number=number, thread=f"t{chance.randrange(12)}", about_us=chance.random() < 0.3)
            await shop.services.sync.look_now()
            await service.follow()

        def on_some(act: Callable[[Sequence[int]], Any]) -> Callable[[], Any]:
            async def do() -> None:
                known = [row.id for row in await shop.conversations()]
                if known:
                    try:
                        await act(chance.sample(known, min(len(known), 3)))
                    except UserMistake:
                        return

            return do

        async def hand_over() -> None:
            await shop.database.write(
                lambda session: _hand_over(session, chance.randrange(1, 12), chance.choice([1, second]))
            )

        acts = [
            hear, hear, hear, on_some(inbox.close), on_some(inbox.reopen), on_some(inbox.keep), on_some(lambda ids: inbox.mark_read(ids[0])),
            shop.undo, hand_over, lambda: service.remove(numbers[0]), lambda: service.change(SavedSearchRow(numbers[1], "D", "disco", (1,))),
        ]  # fmt: skip
        for _ in range(25):
            await chance.choice(acts)()
            await check(shop, second)


def _hand_over(session: Any, number: int, account_id: int) -> None:
    from app.models.tables.conversation import Conversation

    row = session.get(Conversation, number)
    if row is not None:
        row.account_id = account_id


async def check(shop: SmallShop, second: int) -> None:
    rows = await shop.database.read(
        lambda c: c.execute("SELECT id, account_id, state, unread FROM conversation").fetchall()
    )
    hits = await shop.database.read(lambda c: c.execute("SELECT search_id, conversation_id FROM search_hit").fetchall())
    states = {number: (account, state, unread) for number, account, state, unread in rows}

    def to_look_at(number: int) -> bool:
        _, state, unread = states[number]
        return state == "needs_answer" or (state == "waiting" and bool(unread))

    for account_id in (None, 1, second):
        of_account = {number for number, row in states.items() if account_id in (None, row[0])}
        views = await shop.ask(lambda queries, account_id=account_id: queries.view_counts(account_id))  # type: ignore[misc]
        assert views[View.NEEDS_ANSWER] == sum(states[number][1] == "needs_answer" for number in of_account)
        assert views[View.ALL] == len(of_account)
        counts = await shop.ask(lambda queries, account_id=account_id: queries.saved_search_counts(account_id))  # type: ignore[misc]
        recount: dict[int, int] = {}
        for search_id, number in hits:
            if number in of_account and to_look_at(number):
                recount[search_id] = recount.get(search_id, 0) + 1
        assert dict(counts) == recount
        for search in await searches(shop):
            wanted = parse(search.words, shop.clock.now(), shop.clock.now().tzinfo)  # type: ignore[arg-type]
            own = await shop.ask(lambda q, s=search, w=wanted, a=account_id: q.saved_search_count(s.id, w, a))  # type: ignore[misc]
            listed_ids = await shop.ask(lambda q, s=search, w=wanted, a=account_id: q.saved_search_ids(s.id, w, a))  # type: ignore[misc]
            assert own == sum(to_look_at(number) for number in listed_ids), search
            assert set(listed_ids) <= of_account


def noting(connection: Any) -> list[tuple[str, str]]:
    """What a connection's search is asked from now on."""
    asked: list[tuple[str, str]] = []
    search = connection.search

    def noted(words: str, cursor: str) -> Any:
        asked.append((words, cursor))
        return search(words, cursor)

    connection.search = noted
    return asked


def refuse(connection: Any) -> None:
    """Its server takes no searches."""

    async def search(_words: str, _cursor: str) -> AsyncIterator[Page]:
        raise Refused(Message("error.refused", {"reason": ""}))
        yield

    connection.search = search
