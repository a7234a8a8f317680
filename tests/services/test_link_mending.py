"""A short link that was deleted at the shortener between planning and leaving: made again, or the long one, and it is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.delivery import Delivery
from app.models.outbox import DeliveryState
from app.models.post import LinkPreview
from app.models.tracked_link import LinkState
from app.runtime.clock import to_ms
from app.runtime.settings import Links
from app.runtime.words import Message
from app.store.reading import outbox as outbox_reading
from app.store.writing import outbox as outbox_writing
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Cut, HttpServer, Reply
from tests.fakes.shlink_server import KEY, TOKEN, BitlyServer, ShlinkServer, problem
from tests.services.link_shop import LinkShop, links_in

LINK = "https://discosaurora.mx/marea"
TEXT = f"«Marea» ya está aquí: {LINK}"
SHORT = "«Marea» ya está aquí: https://aurora.mx/sc000"
AGAIN = "/rest/v3/short-urls"


def long_text(post_id: int, account_id: int = 1, network: str = "mastodon") -> str:
    return f"{TEXT}?utm_source={network}&utm_medium=social&utm_content=p{post_id}-{account_id}"


@asynccontextmanager
async def shlink_shop(folder: Path, clock: FakeClock) -> AsyncIterator[tuple[LinkShop, ShlinkServer, list[str]]]:
    """`heard` is what the user was told."""
    async with links_in(folder, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        yield shop, server, heard_of(shop)


def heard_of(shop: LinkShop) -> list[str]:
    heard: list[str] = []
    shop.links.said.connect(lambda said: heard.append(said.id))
    return heard


async def planned(shop: LinkShop, text: str = TEXT, *account_ids: int, **fields: object) -> int:
    """A post in two hours, looked at now."""
    post_id = await shop.shop.services.posts.schedule(
        shop.draft(text, *account_ids, **fields), shop.shop.clock.now() + timedelta(hours=2)
    )
    await shop.shop.services.checks.check_due()
    return post_id


async def half_an_hour_before(shop: LinkShop) -> None:
    shop.shop.clock.advance(timedelta(minutes=91))
    await shop.shop.services.checks.check_due()


async def delivery(shop: LinkShop, post_id: int) -> Delivery:
    row = (await shop.shop.deliveries(post_id))[-1]
    found = await shop.shop.database.read(outbox_reading.delivery, row.id)
    assert found is not None
    return found


async def warned(shop: LinkShop, post_id: int) -> list[str]:
    return [each.id for each in (await delivery(shop, post_id)).warnings]


async def test_a_link_that_is_there_is_asked_after_once_and_nothing_changes(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop)
        assert server.http.asked("GET", f"{AGAIN}/*") == [], "it was made a moment ago"
        await half_an_hour_before(shop)
        assert len(server.http.asked("GET", f"{AGAIN}/*")) == 1
        assert (await shop.owed(post_id), await warned(shop, post_id), heard) == ([SHORT], [], [])


async def test_a_deleted_link_is_made_again_with_its_code(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop)
        made = server.links.pop("sc000")
        await half_an_hour_before(shop)
        assert await shop.owed(post_id) == [SHORT]
        assert server.links["sc000"]["longUrl"] == made["longUrl"]
        assert server.links["sc000"]["tags"] == made["tags"]
        assert (await warned(shop, post_id), heard) == ([], ["links.said.made_again"])
        assert [(row.short, row.remote_id) for row in await shop.made(post_id)] == [
            ("https://aurora.mx/sc000", "aurora.mx/sc000")
        ]


async def test_a_line_that_breaks_after_it_was_made_again_is_tried_once_more(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop)
        server.links.clear()
        server.faults.cuts = [Cut.UNANSWERED]
        await half_an_hour_before(shop)
        assert list(server.links) == ["sc000"]
        assert (await shop.owed(post_id), heard) == ([SHORT], ["links.said.made_again"])


async def test_a_code_that_is_taken_meanwhile_gives_way_to_another(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop, TEXT, shop.second_account(), link_card=LinkPreview(LINK, "Marea"))
        row = server.links.pop("sc000")

        def taken(request: object) -> Reply:
            if "customSlug" in request.json:  # type: ignore[attr-defined]
                return problem(400, "non-unique-slug", "in use")
            return Reply(200, {**row, "shortCode": "sc777", "shortUrl": "https://aurora.mx/sc777"})

        server.http.on("POST", AGAIN, taken)
        await half_an_hour_before(shop)
        assert await shop.owed(post_id) == ["«Marea» ya está aquí: https://aurora.mx/sc777"]
        card = (await delivery(shop, post_id)).link_card
        assert card is not None
        assert card.url == "https://aurora.mx/sc777"
        assert [row.remote_id for row in await shop.made(post_id)] == ["aurora.mx/sc777"], (
            "its clicks are counted there"
        )
        assert (await warned(shop, post_id), heard) == ([], ["links.said.made_again"])


async def test_bitly_gives_another_link(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, BitlyServer() as server:
        await shop.use("bitly", server.url, TOKEN, "")
        heard = heard_of(shop)
        post_id = await planned(shop)
        assert await shop.owed(post_id) == ["«Marea» ya está aquí: https://bit.ly/4abc000"]
        server.links.clear()
        await half_an_hour_before(shop)
        assert await shop.owed(post_id) == ["«Marea» ya está aquí: https://bit.ly/4abc001"]
        assert [row.remote_id for row in await shop.made(post_id)] == ["bit.ly/4abc001"]
        assert (await warned(shop, post_id), heard) == ([], ["links.said.made_again"])


async def test_a_used_up_quota_leaves_the_long_link(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, BitlyServer() as server:
        await shop.use("bitly", server.url, TOKEN, "")
        post_id = await planned(shop)
        server.links.clear()
        server.left = 0
        await half_an_hour_before(shop)
        assert await shop.owed(post_id) == [long_text(post_id)]
        assert shop.said == ["links.error.quota"]


async def test_a_bitly_link_that_is_there_stays(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, BitlyServer() as server:
        await shop.use("bitly", server.url, TOKEN, "")
        post_id = await planned(shop)
        await half_an_hour_before(shop)
        assert await shop.owed(post_id) == ["«Marea» ya está aquí: https://bit.ly/4abc000"]
        assert len(server.http.asked("GET", "/v4/bitlinks/*")) == 1


async def test_what_cannot_be_made_again_leaves_with_the_long_link_and_it_is_said(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop)
        server.links.clear()
        server.http.on("POST", AGAIN, problem(400, "invalid-url", "no"))
        await half_an_hour_before(shop)
        assert await shop.owed(post_id) == [long_text(post_id)]
        assert await warned(shop, post_id) == ["check.link_not_short"], "the post is amber until it leaves"
        assert heard == ["links.said.gone_long"]
        await shop.shop.run_for(40 * 60)
        assert shop.shop.out_there() == [long_text(post_id)]


async def refused(shop: LinkShop, server: ShlinkServer) -> int:
    """Planned by somebody who wants no long links; half an hour before, its short link is gone and no other is made."""
    shop.shop.settings.change(Links, failing="refuse")
    post_id = await planned(shop)
    server.links.clear()
    server.http.on("POST", AGAIN, problem(400, "invalid-url", "no"))
    await half_an_hour_before(shop)
    return post_id


async def test_who_wants_no_long_links_has_the_post_wait_until_the_link_can_be_made_again(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await refused(shop, server)
        item = await delivery(shop, post_id)
        assert (item.state, item.parts) == (DeliveryState.WAITING, (SHORT,))
        assert [each.id for each in item.warnings] == ["check.short_link_waits"]
        assert Message.from_json(item.reason).id == "check.short_link_waits"
        await shop.shop.run_for(40 * 60)
        await shop.shop.services.checks.check_due()
        assert (shop.shop.out_there(), heard) == ([], ["links.said.waits"]), (
            "its time has come and gone; it is said once"
        )
        server.http.on("POST", AGAIN, server._make)
        clock.advance(timedelta(minutes=11))
        await shop.shop.services.checks.check_due()
        assert await warned(shop, post_id) == []
        await shop.shop.run_for(60)
        assert shop.shop.out_there() == ["«Marea» ya está aquí: https://aurora.mx/sc001"]
        assert heard == ["links.said.waits", "links.said.made_again"]


async def test_a_server_that_holds_a_post_without_its_link_lets_go_of_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        shop.shop.settings.change(Links, failing="refuse")
        post_id = await planned(shop)
        clock.advance(timedelta(minutes=2))
        await shop.shop.turn()
        assert (await delivery(shop, post_id)).state is DeliveryState.HELD
        server.links.clear()
        server.http.on("POST", AGAIN, problem(400, "invalid-url", "no"))
        clock.advance(timedelta(minutes=90))
        await shop.shop.services.checks.check_due()
        await shop.shop.run_for(40 * 60)
        assert (shop.shop.out_there(), heard) == ([], ["links.said.waits"])
        item = await delivery(shop, post_id)
        assert (item.state, item.held_id) == (DeliveryState.WAITING, "")
        server.http.on("POST", AGAIN, server._make)
        await shop.shop.services.checks.check_due()
        await shop.shop.run_for(60)
        assert shop.shop.out_there() == ["«Marea» ya está aquí: https://aurora.mx/sc001"]


async def test_a_post_that_waits_for_its_link_leaves_when_the_user_sends_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, _heard):
        post_id = await refused(shop, server)
        await shop.shop.services.outbox.send_now((await delivery(shop, post_id)).id)
        await shop.shop.run_for(60)
        assert shop.shop.out_there() == [SHORT]


async def test_who_takes_long_links_after_all_has_the_waiting_post_leave_with_it(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, _heard):
        post_id = await refused(shop, server)
        shop.shop.settings.change(Links, failing="long")
        clock.advance(timedelta(minutes=11))
        await shop.shop.services.checks.check_due()
        await shop.shop.run_for(30 * 60)
        assert shop.shop.out_there() == [long_text(post_id)]


async def test_who_wants_no_long_links_is_warned_and_planning_again_makes_another(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await refused(shop, server)
        item = await delivery(shop, post_id)
        assert item.parts == (SHORT,)
        assert [each.id for each in item.warnings] == ["check.short_link_waits"]
        reason = item.warnings[0].values["reason"]
        assert isinstance(reason, Message)
        assert reason.id == "links.error.refused"
        assert heard == ["links.said.waits"]
        server.http.on("POST", AGAIN, server._make)
        draft = shop.draft(TEXT, id=post_id)
        assert [face.state for face in shop.links.faces(draft)] == [LinkState.UNSHORTENED]
        await shop.shop.services.posts.schedule(draft, clock.now() + timedelta(hours=2))
        assert await shop.owed(post_id) == ["«Marea» ya está aquí: https://aurora.mx/sc001"]


async def test_where_the_long_link_does_not_fit_the_post_is_amber_and_says_why(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        other = shop.second_account()
        text = f"{'a' * 260} {LINK}"
        post_id = await planned(shop, text, other)
        server.links.clear()
        server.http.on("POST", AGAIN, problem(400, "invalid-url", "no"))
        await half_an_hour_before(shop)
        item = await delivery(shop, post_id)
        assert item.parts == (f"{'a' * 260} https://aurora.mx/sc000",)
        assert [each.id for each in item.warnings] == ["check.short_link_no_room"]
        reason = item.warnings[0].values["reason"]
        assert isinstance(reason, Message)
        assert reason.id == "check.too_long"
        assert heard == []


NO_ANSWER = {
    "the key is wrong": problem(401, "invalid-api-key", "no"),
    "the server is broken": Reply(500, {}),
    "it has enough of us": Reply(429, {}),
    "somebody else's 404": Reply(404, {}),
    "it is a hotel's sign-in page": Reply(404, body=b"<html>"),
    "it refuses": problem(403, "forbidden-tag-operation", "no"),
}


@pytest.mark.parametrize("answer", NO_ANSWER)
async def test_an_answer_that_cannot_be_had_changes_nothing(tmp_path: Path, clock: FakeClock, answer: str) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop)
        server.links.clear()
        server.http.on("GET", f"{AGAIN}/*", NO_ANSWER[answer])
        await half_an_hour_before(shop)
        assert (await shop.owed(post_id), await warned(shop, post_id), heard) == ([SHORT], [], [])
        assert len(server.http.asked("POST", AGAIN)) == 1


@pytest.mark.parametrize("status", [404, 500, 503])
async def test_a_404_that_is_not_bitlys_own_changes_nothing(tmp_path: Path, clock: FakeClock, status: int) -> None:
    async with links_in(tmp_path, clock) as shop, BitlyServer() as server:
        await shop.use("bitly", server.url, TOKEN, "")
        post_id = await planned(shop)
        before = await shop.owed(post_id)
        server.http.on("GET", "/v4/bitlinks/*", Reply(status, body=b"<html>nothing here"))
        await half_an_hour_before(shop)
        assert await shop.owed(post_id) == before
        assert server.left == 99


async def test_nobody_at_the_port_or_no_token_changes_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        async with ShlinkServer() as server:
            await shop.use("shlink", server.url)
            post_id = await planned(shop)
        await half_an_hour_before(shop)
        assert (await shop.owed(post_id), await warned(shop, post_id)) == ([SHORT], [])
        async with HttpServer() as quiet:
            await shop.use("shlink", quiet.url, KEY)
            await shop.links.set_token("")
            assert (await shop.links.mend(await delivery(shop, post_id), lambda _item: None)).warnings == ()
            assert quiet.requests == []


@pytest.mark.parametrize("state", [DeliveryState.HELD, DeliveryState.CLAIMED])
async def test_a_text_that_is_held_or_claimed_is_never_changed(
    tmp_path: Path, clock: FakeClock, state: DeliveryState
) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop)
        waiting = await delivery(shop, post_id)
        server.links.clear()
        server.http.on("POST", AGAIN, problem(400, "invalid-url", "no"))
        clock.advance(timedelta(minutes=91))
        database, now_ms = shop.shop.database, to_ms(clock.now())
        if state is DeliveryState.HELD:
            database.write_now(lambda session: outbox_writing.hold(session, waiting.id, "h1", now_ms))
            await shop.shop.services.checks.check_due()
            assert await warned(shop, post_id) == ["check.short_link_gone"]
        else:  # it is claimed between the question and the answer
            due_ms = to_ms(waiting.due_at)
            database.write_now(lambda session: outbox_writing.claim(session, due_ms, "another", 60.0))
            assert (await shop.links.mend(waiting, lambda _item: None)).item == waiting
            assert [row.short for row in await shop.made(post_id)] == ["https://aurora.mx/sc000"]
        item = await delivery(shop, post_id)
        assert (item.parts, item.state, heard) == ((SHORT,), state, [])


async def test_a_held_post_has_its_link_again_under_its_code(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop)
        number = (await delivery(shop, post_id)).id
        shop.shop.database.write_now(lambda s: outbox_writing.hold(s, number, "h1", to_ms(clock.now())))
        server.links.clear()
        await half_an_hour_before(shop)
        assert list(server.links) == ["sc000"]
        assert (await warned(shop, post_id), heard) == ([], ["links.said.made_again"])


async def test_without_a_shortener_nobody_is_asked(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop)
        server.links.clear()
        shop.shop.settings.change(Links, shortener="none")
        await half_an_hour_before(shop)
        assert server.http.asked("GET", f"{AGAIN}/*") == []
        assert (await shop.owed(post_id), heard) == ([SHORT], [])


async def test_of_several_links_only_the_one_that_is_gone_changes(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, heard):
        post_id = await planned(shop, f"{TEXT} y https://discosaurora.mx/otra")
        gone = next(row for row in await shop.made(post_id) if row.url == LINK)
        other = next(row for row in await shop.made(post_id) if row.url != LINK)
        del server.links[gone.remote_id.rpartition("/")[2]]
        server.http.on("POST", AGAIN, problem(400, "invalid-url", "no"))
        await half_an_hour_before(shop)
        assert await shop.owed(post_id) == [f"{long_text(post_id)} y {other.short}"]
        assert heard == ["links.said.gone_long"]


async def test_clicks_of_a_link_that_is_gone_are_not_asked_for(tmp_path: Path, clock: FakeClock) -> None:
    async with shlink_shop(tmp_path, clock) as (shop, server, _heard):
        shop.shop.settings.change(Links, failing="refuse")
        await planned(shop)
        server.links.clear()
        server.http.on("POST", AGAIN, problem(400, "invalid-url", "no"))
        await half_an_hour_before(shop)
        (waiting,) = await shop.shop.deliveries(1)
        await shop.shop.services.outbox.send_now(waiting.id)
        await shop.shop.run_for(40 * 60)
        assert shop.shop.out_there() == [SHORT], "the user insisted"
        asked = len(server.http.requests)
        assert await shop.clicks.count(asked=True)
        assert len(server.http.requests) == asked
