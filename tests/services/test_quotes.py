"""The post at an address is found for quoting: in what we know, else at the networks; what cannot be quoted says why."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.models.account import AccountState
from app.models.message import Visibility
from app.models.post import PostDraft
from app.networks.network import PostThere
from app.runtime.errors import AppError, Offline, UserMistake
from app.runtime.words import Message, message
from app.services.quotes import LONGEST_TEXT, web_address
from app.services.server_facts import limits_text
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.store.making import arrival, keep

URL = "https://discos.example/@beto/77"
THERE = PostThere("77", URL, "@beto@discos.example", "Qué disco")


async def lets_quote(shop: SmallShop, account_id: int) -> None:
    limits = replace(shop.services.posts.limits(account_id), quotes=True)
    await shop.database.write(accounts.update_server, account_id, limits_text(limits), "{}")


async def answers(shop: SmallShop, account_id: int, answer: PostThere | AppError | None) -> list[str]:
    """The account's network answers so; what it is asked is noted."""
    asked: list[str] = []

    async def post_at(address: str) -> PostThere | None:
        asked.append(address)
        if isinstance(answer, AppError):
            raise answer
        return answer

    link = await shop.services.connections.get(account_id)
    link.connection.post_at = post_at  # type: ignore[attr-defined]
    return asked


async def refused(shop: SmallShop, address: str, *account_ids: int) -> Message:
    with pytest.raises(UserMistake) as caught:
        await shop.services.posts.quoted(address, account_ids)
    assert caught.value.field == "quote"
    return caught.value.message


async def test_what_customers_wrote_and_what_we_published_is_known(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (said,) = (await shop.detail(await shop.heard("¿Hay vinilos?"))).messages
        await lets_quote(shop, shop.account_id)
        asked = await answers(shop, shop.account_id, None)
        found = await shop.services.posts.quoted(said.url, [shop.account_id])
        assert (found.url, found.handle, found.text) == (said.url, "@ximena@musica.example", "¿Hay vinilos?")
        assert found.known == ((shop.account_id, "said-1"),)
        number = await shop.post("«Marea» ya está aquí")
        await shop.services.publishing.send_due()
        ours = await shop.item(number)
        found = await shop.services.posts.quoted(f"  {ours.url} ", [shop.account_id])
        assert (found.handle, found.text, found.known) == (
            "@aurora",
            "«Marea» ya está aquí",
            ((shop.account_id, ours.remote_id),),
        )
        assert asked == []


async def test_what_is_private_is_quoted_nowhere(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await lets_quote(shop, shop.account_id)
        for visibility in (Visibility.DIRECT, Visibility.FOLLOWERS):
            url = f"https://musica.example/@ana/{visibility}"
            await asyncio.to_thread(
                keep, shop.database, shop.account_id, arrival(f"m {visibility}", url=url, visibility=visibility)
            )
            assert await refused(shop, url, shop.account_id) == message("quote.private")


async def test_networks_are_asked_for_what_we_do_not_know(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        second = shop.add_account("@otra")
        for number in (shop.account_id, second):
            await lets_quote(shop, number)
        asked = await answers(shop, shop.account_id, replace(THERE, text="x" * 5000))
        await answers(shop, second, replace(THERE, refusal=Message("network.mastodon.quotes_closed")))
        found = await shop.services.posts.quoted(URL, [shop.account_id, second])
        assert asked == [URL]
        assert found.known == ((shop.account_id, "77"),)
        assert found.refused == ((second, Message("network.mastodon.quotes_closed").to_json()),)
        assert (found.handle, len(found.text)) == ("@beto@discos.example", LONGEST_TEXT)


async def test_an_author_may_have_closed_what_we_know(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await lets_quote(shop, shop.account_id)
        url = "https://musica.example/@ana/1"
        await asyncio.to_thread(keep, shop.database, shop.account_id, arrival("m1", url=url))
        asked = await answers(shop, shop.account_id, replace(THERE, refusal=Message("network.mastodon.quotes_closed")))
        known = await shop.services.posts.quoted(url, [shop.account_id])
        assert (known.known, asked) == (((shop.account_id, "m1"),), [])
        closed = await shop.services.posts.quoted(url, [shop.account_id], anew=True)
        assert (closed.known, [number for number, _ in closed.refused]) == ((), [shop.account_id])
        for silent in (None, Offline()):
            await answers(shop, shop.account_id, silent)
            assert (await shop.services.posts.quoted(url, [shop.account_id], anew=True)).known == known.known


async def test_each_reason_for_not_quoting_is_a_sentence(tmp_path: Path, clock: FakeClock, words: Any) -> None:
    async with shop_in(tmp_path, clock) as shop:
        x = shop.add_account("@discosaurora", network="x")
        by_hand = shop.add_account("@mano", state=AccountState.BY_HAND)
        said = [
            await refused(shop, URL),
            await refused(shop, URL, x),
            await refused(shop, URL, by_hand),
            await refused(shop, URL, shop.account_id),
        ]
        assert [each.values.get("reason") for each in said[1:3]] == [
            message("network.x.no_quotes"), message("composer.quotes_by_hand", network="Mastodon"),
        ]  # fmt: skip
        await lets_quote(shop, shop.account_id)
        said.append(await refused(shop, URL, shop.account_id))
        assert said[-1] == message("quote.not_found"), "a network that cannot look up has nothing there"
        await answers(shop, shop.account_id, replace(THERE, refusal=Message("network.mastodon.quotes_closed")))
        said.append(await refused(shop, URL, shop.account_id, x))
        for each in said:
            assert "{" not in words.text(each)
            assert not words.text(each).startswith("quote.")


async def test_a_network_that_cannot_be_asked_is_told_unless_another_has_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        second = shop.add_account("@otra")
        for number in (shop.account_id, second):
            await lets_quote(shop, number)
        await answers(shop, shop.account_id, Offline())
        await answers(shop, second, None)
        with pytest.raises(Offline):
            await shop.services.posts.quoted(URL, [shop.account_id, second])
        await answers(shop, second, THERE)
        found = await shop.services.posts.quoted(URL, [shop.account_id, second])
        assert found.known == ((second, "77"),)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://musica.example/@ana/1 ", "https://musica.example/@ana/1"),
        ("bsky.app/profile/ana.mx/post/3k", "https://bsky.app/profile/ana.mx/post/3k"),
        ("HTTPS://musica.example/@ana/1", "https://musica.example/@ana/1"),
        ("at://did:plc:ana/app.bsky.feed.post/3k", "at://did:plc:ana/app.bsky.feed.post/3k"),
    ],
)
def test_an_address_is_taken_as_people_paste_it(typed: str, kept: str) -> None:
    assert web_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hola",
        "musica.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://a.mx/ b",
        "https://a.mx/\u202ex",
        "ftp://a.mx/1",
    ],
)
def test_what_is_no_address_is_said(typed: str) -> None:
    with pytest.raises(UserMistake) as caught:
        web_address(typed)
    assert caught.value.message == message("quote.no_address")


# ---- what goes out


async def test_a_post_goes_out_with_what_was_looked_up(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await lets_quote(shop, shop.account_id)
        await answers(shop, shop.account_id, THERE)
        quoted = await shop.services.posts.quoted(URL, [shop.account_id])
        post_id = await shop.services.posts.schedule(
            PostDraft(parts=("Sí",), accounts=(shop.account_id,), zone="UTC", quote=quoted), None
        )
        sql = "SELECT quote FROM outbox WHERE post_id = ?"
        assert await shop.database.read(lambda c: c.execute(sql, (post_id,)).fetchall()) == [("77",)]
