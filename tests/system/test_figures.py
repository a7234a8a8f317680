"""Figures equal what the servers themselves say: Bluesky's own, and mastodon_mock; after growth, loss and deletion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.networks.mastodon.imitation import imitation
from tests.services.shop import NoSecretsNeeded
from tests.system.bluesky_servers import bluesky_servers
from tests.system.figure_worlds import PEOPLE, US, Bluesky, Mastodon, World
from tests.system.measured_shop import EarlyClock, MeasuredShop, measured_shop, together
from tests.system.parts import wait_until

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

ANA, BETO = PEOPLE
Out = tuple[int, list[str]]
"""A delivery of ours, and the remote ids of its parts."""
MINUTES, HOUR, DAY = timedelta(minutes=11), timedelta(hours=1, minutes=1), timedelta(days=1)


@pytest.fixture
def clock() -> EarlyClock:
    return EarlyClock()


@pytest.fixture
def bluesky() -> Iterator[Bluesky]:
    with bluesky_servers(US, *PEOPLE) as servers:
        yield Bluesky(servers)


@pytest.fixture
def mastodon(tmp_path: Path) -> Iterator[Mastodon]:
    folder = tmp_path / "mastodon_mock"
    folder.mkdir()
    with imitation(folder, US, *PEOPLE) as address:
        yield Mastodon(address)


@pytest.fixture(params=["bluesky", "mastodon"])
def world(request: pytest.FixtureRequest) -> World:
    found: World = request.getfixturevalue(request.param)
    return found


def settle(world: World, account: dict[str, int], posts: dict[str, dict[str, int] | None]) -> None:
    """Until the server says what was done: counting takes it a moment. Counted one by one it must come to the same."""

    def said() -> bool:
        return world.account() == account and all(known(world, post, counts) for post, counts in posts.items())

    try:
        wait_until("the server to say what was done", said, 20)
    except pytest.fail.Exception:
        assert (world.account(), {post: world.post(post) for post in posts}) == (account, posts)
    assert world.listed() == {name: account[name] for name in ("followers", "following")}
    for post, counts in posts.items():
        if counts is not None:
            assert world.listed_of(post) == {name: counts[name] for name in ("likes", "reposts", "replies")}


def known(world: World, post: str, counts: dict[str, int] | None) -> bool:
    said = world.post(post)
    if said is None or counts is None:
        return said is counts
    return all(said[name] == counts[name] for name in said)


def counts(likes: int = 0, reposts: int = 0, replies: int = 0, quotes: int = 0) -> dict[str, int]:
    return {"likes": likes, "reposts": reposts, "replies": replies, "quotes": quotes}


async def agrees(shop: MeasuredShop, world: World, *posts: tuple[int, list[str]]) -> None:
    """What was noted last equals what the server says now; of a thread all its parts, of which its own are no replies."""
    assert await shop.account() == world.account()
    for number, parts in posts:
        told = [world.post(part) for part in parts]
        if told[0] is None:
            assert (await shop.figures(number)).get("gone") == 1
            continue
        said = together(told)
        own = sum(one is not None and other is not None for one, other in pairwise(told))
        assert await shop.figures(number) == {**said, "replies": said["replies"] - own}


@dataclass
class Story:
    """What happens to four posts over days, told by the server as it goes on."""

    shop: MeasuredShop
    world: World
    clock: EarlyClock
    single: Out
    thread: Out
    elsewhere: Out
    flawed: Out
    answer: Out = (0, [])
    beneath: str = ""
    told: dict[str, dict[str, int] | None] = field(default_factory=dict)

    @property
    def places(self) -> tuple[str, str, str, str, str, str]:
        """The single post, the three parts of the thread, what is deleted elsewhere and what is deleted here."""
        (one,), (first, second, third), (there,), (here,) = self.single[1], self.thread[1], self.elsewhere[1], self.flawed[1]
        return one, first, second, third, there, here

    async def grows(self) -> None:
        world, (one, first, second, third, there, here) = self.world, self.places
        settle(world, {"followers": 0, "following": 0, "posts": 6}, {first: counts(replies=1), third: counts()})
        for who in PEOPLE:
            world.follow(who, US)
            world.like(who, one)
            world.like(who, third)
            world.repost(who, there)
        world.follow(US, ANA)
        world.like(ANA, second)
        world.like(ANA, here)
        world.repost(BETO, one)
        self.beneath = world.say(ANA, "¿Aún hay?", beneath=one)
        world.say(BETO, "¡Qué hilo!", beneath=second)
        world.quote(BETO, one, "Miren esto.")
        asked = world.say(ANA, f"@{world.sign_in.handle or US} ¿a qué hora abren?")
        self.told = {one: counts(2, 1, 1, 1), first: counts(replies=1), second: counts(1, 0, 2), third: counts(2)}
        self.told |= {there: counts(reposts=2), here: counts(1)}
        settle(world, {"followers": 2, "following": 1, "posts": 6}, self.told)
        await self.agrees_after(DAY, self.single, self.thread, self.elsewhere, self.flawed)
        assert (await self.shop.figures(self.thread[0]))["replies"] == 1
        assert await self.shop.heard() == world.said_to_us()
        assert asked in await self.shop.heard()

    async def is_answered(self) -> None:
        """An answer of ours is a post there, and has figures of its own."""
        self.answer = await self.shop.answer(await self.shop.conversation_with(self.beneath), "Sí, quedan tres.")
        self.world.like(BETO, self.answer[1][0])
        self.told |= {self.answer[1][0]: counts(1), self.beneath: counts(replies=1)}
        settle(self.world, {"followers": 2, "following": 1, "posts": 7}, self.told)
        await self.agrees_after(HOUR)
        assert (await self.shop.figures(self.answer[0]))["likes"] == 1

    async def loses(self) -> None:
        world, (one, _, _, third, *_) = self.world, self.places
        world.unfollow(BETO, US)
        world.unfollow(US, ANA)
        world.unlike(ANA, one)
        world.unlike(BETO, third)
        world.take_repost_back(BETO, one)
        world.unlike(BETO, self.answer[1][0])
        self.told |= {one: counts(1, 0, 1, 1), third: counts(1), self.answer[1][0]: counts()}
        settle(world, {"followers": 1, "following": 0, "posts": 7}, self.told)
        every = (self.single, self.thread, self.elsewhere, self.flawed, self.answer)
        await self.agrees_after(DAY, *every)
        assert await self.shop.gained("likes") == sum([(await self.shop.figures(number))["likes"] for number, _ in every])

    async def is_deleted(self) -> None:
        """By somebody, in another program, and here."""
        world, shop, (one, _, second, third, there, here) = self.world, self.shop, self.places
        world.delete(ANA, self.beneath)
        world.delete(US, there)
        world.delete(US, third)
        await shop.delete(self.flawed[0])
        del self.told[self.beneath]
        self.told |= {one: counts(1, 0, 0, 1), second: counts(1, 0, 1), there: None, third: None, here: None}
        settle(world, {"followers": 1, "following": 0, "posts": 4}, self.told)
        noted = len(await shop.measured(self.flawed[0]))
        await self.agrees_after(DAY, self.single, self.thread, self.elsewhere, self.answer)
        assert (await shop.figures(self.elsewhere[0]))["reposts"] == 2, "what it had is kept"
        assert len(await shop.measured(self.flawed[0])) == noted, "the network is not asked for what was deleted here"

    async def is_not_looked_at(self) -> None:
        """A gap stays a gap, and what came meanwhile is counted when it is seen."""
        first = self.places[1]
        self.world.like(BETO, first)
        settle(self.world, {"followers": 1, "following": 0, "posts": 4}, {first: counts(1, 0, 1)})
        noted = len(await self.shop.measured(self.single[0]))
        await self.agrees_after(6 * DAY, self.single, self.thread, self.elsewhere, self.answer)
        assert len(await self.shop.measured(self.single[0])) == noted + 1

    async def agrees_after(self, time: timedelta, *posts: Out) -> None:
        self.clock.advance(time)
        await self.shop.look()
        noted = await self.shop.samples()
        if posts:
            await agrees(self.shop, self.world, *posts)
        for _ in range(2):  # looking again brings nothing before the next period
            await self.shop.look()
        assert await self.shop.samples() == noted


async def test_after_growth_loss_and_deletion(world: World, clock: EarlyClock, tmp_path: Path) -> None:
    async with measured_shop(tmp_path / "shop", clock, NoSecretsNeeded(), world.sign_in) as shop:
        story = Story(
            *(shop, world, clock),
            single=await shop.post("Llegó el vinilo azul."),
            thread=await shop.post("Uno de tres.", "Dos de tres.", "Tres de tres."),
            elsewhere=await shop.post("Se borrará en otro programa."),
            flawed=await shop.post("Se borrará aquí: una flata."),
        )
        await story.grows()
        await story.is_answered()
        await story.loses()
        await story.is_deleted()
        await story.is_not_looked_at()


async def test_a_young_post_is_measured_after_minutes_and_hours(world: World, clock: EarlyClock, tmp_path: Path) -> None:
    secrets = NoSecretsNeeded()
    async with measured_shop(tmp_path / "shop", clock, secrets, world.sign_in) as shop:
        number, (post,) = await shop.post("Recién salido.")
        settle(world, {"followers": 0, "following": 0, "posts": 1}, {post: counts()})
        await shop.look()
        assert await shop.figures(number) == {}, "nothing before the first period, and no nought"
        seen = []
        for step, who in ((MINUTES, ANA), (timedelta(minutes=20), BETO)):
            world.like(who, post)
            settle(world, {"followers": 0, "following": 0, "posts": 1}, {post: counts(len(seen) + 1)})
            clock.advance(step)
            await shop.look()
            seen.append((await shop.figures(number))["likes"])
    async with measured_shop(tmp_path / "shop", clock, secrets, process="test:1:again") as shop:
        await shop.look()
        assert [value for _, value in await shop.measured(number)] == seen == [1, 2]
        clock.advance(HOUR)
        await shop.look()
        assert [value for _, value in await shop.measured(number)] == [1, 2, 2]


async def test_who_closes_an_account_takes_along_what_it_did(bluesky: Bluesky, clock: EarlyClock, tmp_path: Path) -> None:
    """The server's own counts are told, also where its lists, which hide such an account, are shorter."""
    async with measured_shop(tmp_path / "shop", clock, NoSecretsNeeded(), bluesky.sign_in) as shop:
        post = await shop.post("Con todos.")
        for who in PEOPLE:
            bluesky.follow(who, US)
            bluesky.like(who, post[1][0])
        settle(bluesky, {"followers": 2, "following": 0, "posts": 1}, {post[1][0]: counts(2)})
        clock.advance(DAY)
        await shop.look()
        await agrees(shop, bluesky, post)
        bluesky.close_account(ANA)
        wait_until("the account to be hidden", lambda: bluesky.listed()["followers"] == 1, 20)
        clock.advance(DAY)
        await shop.look()
        await agrees(shop, bluesky, post)


async def test_a_server_that_fails_leaves_a_gap(mastodon: Mastodon, clock: EarlyClock, tmp_path: Path) -> None:
    async with measured_shop(tmp_path / "shop", clock, NoSecretsNeeded(), mastodon.sign_in) as shop:
        post = await shop.post("Con cifras.")
        mastodon.like(ANA, post[1][0])
        mastodon.fail("/api/v1/statuses", 503)
        clock.advance(DAY)
        await shop.services.sync.look_now()
        assert await shop.figures(post[0]) == {}
        mastodon.work_again()
        clock.advance(timedelta(hours=2))
        await shop.look()
        await agrees(shop, mastodon, post)
