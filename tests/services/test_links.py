"""Tracked links of posts: what leaves, what is made once, and that a shortener never holds a post back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.post import LinkPreview, PostDraft
from app.models.tracked_link import LinkState, Shortener
from app.runtime.errors import UserMistake
from app.runtime.settings import Links
from app.store.reading import outbox as outbox_reading
from app.store.reading import posts as posts_reading
from app.store.writing import calendar as calendar_writing
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Cut, Reply
from tests.fakes.shlink_server import KEY, TOKEN, BitlyServer, ShlinkServer, problem
from tests.services.link_shop import LinkShop, links_in

LINK = "https://discosaurora.mx/marea"
TEXT = f"«Marea» ya está aquí: {LINK}"


def tagged(post_id: int, account_id: int, network: str = "mastodon", more: str = "") -> str:
    return f"{LINK}?utm_source={network}&utm_medium=social{more}&utm_content=p{post_id}-{account_id}"


async def test_without_a_shortener_a_link_leaves_with_its_parameters(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        other = shop.second_account()
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT, shop.shop.account_id, other), None)
        assert await shop.owed(post_id) == [
            f"«Marea» ya está aquí: {tagged(post_id, 1)}",
            f"«Marea» ya está aquí: {tagged(post_id, other, 'bluesky')}",
        ]
        kept = await shop.shop.database.read(posts_reading.post, post_id)
        assert kept is not None
        assert kept.parts == (TEXT,), "the draft keeps what the user wrote"
        assert [(row.short, row.shortener) for row in await shop.made(post_id)] == [("", ""), ("", "")]


async def test_what_leaves_is_what_was_shown(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        draft = shop.draft(f"Mira discosaurora.mx/marea, {LINK}#oye y hola@discosaurora.mx. Fin.")
        post_id = await shop.shop.services.posts.save(draft)
        draft = replace(draft, id=post_id)
        shown = shop.links.leaves(draft, 1, draft.parts[0])
        await shop.shop.services.posts.schedule(draft, None)
        assert await shop.owed(post_id) == [shown]
        assert shown == f"Mira {tagged(post_id, 1)}, {tagged(post_id, 1)}#oye y hola@discosaurora.mx. Fin."


async def test_a_short_link_is_made_for_each_account(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        other = shop.second_account()
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT, 1, other), None)
        texts = await shop.owed(post_id)
        assert sorted(texts) == [
            "«Marea» ya está aquí: https://aurora.mx/sc000",
            "«Marea» ya está aquí: https://aurora.mx/sc001",
        ]
        assert {row["longUrl"] for row in server.links.values()} == {
            tagged(post_id, 1),
            tagged(post_id, other, "bluesky"),
        }
        assert shop.said == []


async def test_the_length_shown_beforehand_is_the_one_that_leaves(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        other = shop.second_account()
        draft = shop.draft(TEXT, other, id=await shop.shop.services.posts.save(shop.draft(TEXT, other)))
        shown = shop.links.leaves(draft, other, TEXT)
        assert [face.state for face in shop.links.faces(draft)] == [LinkState.EXPECTED]
        assert draft.id is not None
        await shop.shop.services.posts.schedule(draft, None)
        assert len((await shop.owed(draft.id))[0]) == len(shown)
        assert [face.leaves_as for face in shop.links.faces(draft)] == ["https://aurora.mx/sc000"]


async def test_planning_again_uses_the_link_again(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        assert await shop.shop.undo() == "undone.scheduled"
        again = shop.draft(f"{TEXT} otra vez", id=post_id)
        await shop.shop.services.posts.schedule(again, clock.now() + timedelta(hours=2))
        assert await shop.owed(post_id) == ["«Marea» ya está aquí: https://aurora.mx/sc000 otra vez"]
        assert len(server.http.asked("POST", "/rest/v3/short-urls")) == 1


async def test_what_is_out_keeps_its_link_and_no_new_one_is_made(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        await shop.shop.run_for(30)
        assert shop.shop.out_there() == ["«Marea» ya está aquí: https://aurora.mx/sc000"]
        shop.shop.settings.change(Links, pattern="utm_source={network}&utm_term={pillar}&utm_content={post}")
        await shop.shop.services.posts.schedule(shop.draft(TEXT, id=post_id, pillar="catalogue"), None)
        assert len(server.links) == 1
        assert len(await shop.made(post_id)) == 1


@pytest.mark.parametrize("cut", [Cut.UNANSWERED, Cut.MIDDLE])
async def test_a_line_that_breaks_once_is_tried_again_and_makes_one_link(
    tmp_path: Path, clock: FakeClock, cut: Cut
) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        server.faults.cuts = [cut]
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        assert await shop.owed(post_id) == ["«Marea» ya está aquí: https://aurora.mx/sc000"]
        assert len(server.links) == 1


async def test_a_crash_between_the_shorteners_answer_and_our_commit_makes_no_second_link(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        draft = shop.draft(TEXT)
        draft = replace(draft, id=await shop.shop.services.posts.save(draft))
        await (await shop.shortener.get()).make(tagged(draft.id or 0, 1))  # and nothing of it was kept
        assert await shop.made(draft.id or 0) == []
        await shop.shop.services.posts.schedule(draft, None)
        assert len(server.links) == 1
        assert [row.short for row in await shop.made(draft.id or 0)] == ["https://aurora.mx/sc000"]


FAILURES = {
    "the key is wrong": (problem(401, "invalid-api-key", "no"), "links.error.token"),
    "the server is broken": (Reply(500, {}), "links.error.gone"),
    "it has enough of us": (Reply(429, {}), "links.error.rate"),
    "it is another server": (Reply(404, {}), "links.error.not_such"),
    "it says no": (problem(400, "invalid-url", "no"), "links.error.refused"),
    "it is a hotel's sign-in page": (Reply(200, body=b"<html>"), "links.error.gone"),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_shortener_that_fails_holds_nothing_back_and_it_is_said(
    tmp_path: Path, clock: FakeClock, failure: str
) -> None:
    reply, said = FAILURES[failure]
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        server.faults.replies = [reply, reply]
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT), clock.now() + timedelta(hours=2))
        assert await shop.owed(post_id) == [f"«Marea» ya está aquí: {tagged(post_id, 1)}"]
        assert shop.said == [said]
        draft = shop.draft(TEXT, id=post_id)
        assert [face.state for face in shop.links.faces(draft)] == [LinkState.UNSHORTENED]
        rows = await shop.shop.deliveries(post_id)
        assert await _warned(shop, rows[-1].id) == ["check.link_not_short"], "the post is amber until it leaves"
        server.faults.replies = []
        clock.advance(timedelta(hours=1))
        await shop.shop.services.posts.schedule(draft, clock.now() + timedelta(hours=2))
        assert (await shop.owed(post_id))[-1] == "«Marea» ya está aquí: https://aurora.mx/sc000", (
            "planned again it is tried again"
        )
        assert await _warned(shop, (await shop.shop.deliveries(post_id))[-1].id) == []


@pytest.mark.parametrize("failure", FAILURES)
async def test_who_wants_no_long_links_has_the_post_back_as_a_draft_and_hears_why(
    tmp_path: Path, clock: FakeClock, failure: str
) -> None:
    reply, said = FAILURES[failure]
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        shop.shop.settings.change(Links, failing="refuse")
        server.faults.replies = [reply, reply]
        draft = shop.draft(TEXT, id=await shop.shop.services.posts.save(shop.draft(TEXT)))
        with pytest.raises(UserMistake) as caught:
            await shop.shop.services.posts.schedule(draft, clock.now() + timedelta(hours=2))
        assert caught.value.message.id == "links.error.not_planned"
        assert getattr(caught.value.message.values["reason"], "id", "") == said
        assert KEY not in str(caught.value)
        assert draft.id is not None
        assert await shop.owed(draft.id) == [], "nothing is owed with a long link"
        assert shop.said == [], "it is said once"
        server.faults.replies = []
        clock.advance(timedelta(hours=1))
        await shop.shop.services.posts.schedule(draft, clock.now() + timedelta(hours=2))
        assert await shop.owed(draft.id) == ["«Marea» ya está aquí: https://aurora.mx/sc000"]


async def test_without_a_shortener_that_choice_holds_nothing_back(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        shop.shop.settings.change(Links, failing="refuse")
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        assert await shop.owed(post_id) == [f"«Marea» ya está aquí: {tagged(post_id, 1)}"]


async def test_a_used_up_quota_refuses_the_post_where_the_user_wants_that(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, BitlyServer() as server:
        await shop.use("bitly", server.url, TOKEN, "")
        shop.shop.settings.change(Links, failing="refuse")
        server.left = 0
        with pytest.raises(UserMistake) as caught:
            await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        assert getattr(caught.value.message.values["reason"], "id", "") == "links.error.quota"


async def _warned(shop: LinkShop, outbox_id: int) -> list[str]:
    await shop.shop.services.checks.check_due()
    rows = await shop.shop.ask(lambda queries: queries.outbox(unfinished=False))
    return [each.id for row in rows if row.id == outbox_id for each in row.warnings]


async def test_nobody_at_the_port_and_no_token_at_all(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        async with ShlinkServer() as server:
            gone = server.url
        await shop.use("shlink", gone)
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        assert await shop.owed(post_id) == [f"«Marea» ya está aquí: {tagged(post_id, 1)}"]
        await shop.links.set_token("")
        await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        assert shop.said == ["links.error.gone", "links.error.no_token"]


async def test_a_used_up_quota_at_bitly(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, BitlyServer() as server:
        await shop.use("bitly", server.url, TOKEN, "")
        other = shop.second_account()
        server.left = 1
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT, 1, other), None)
        assert shop.said == ["links.error.quota"], "said once"
        made = await shop.made(post_id)
        assert sorted(bool(row.short) for row in made) == [False, True], "what could be made is used"
        assert {row.shortener for row in made} == {Shortener.BITLY}


async def test_the_campaign_stands_in_the_link(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        number = shop.shop.database.write_now(lambda session: calendar_writing.add_campaign(session, "Santa Cecilia"))
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT, campaign_id=number), None)
        assert await shop.owed(post_id) == [
            f"«Marea» ya está aquí: {tagged(post_id, 1, more='&utm_campaign=santa-cecilia')}"
        ]


async def test_a_post_whose_clicks_are_not_counted_leaves_as_it_is_written(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT, track_clicks=False), None)
        assert await shop.owed(post_id) == [TEXT]
        assert server.links == {}
        assert [face.state for face in shop.links.faces(shop.draft(TEXT, track_clicks=False))] == [LinkState.PLAIN]


@pytest.mark.parametrize(
    "text",
    [
        "Sin enlace. Fin.",
        "Lo dice https://x.com/ana/status/1 y https://bsky.app/profile/ana/post/2",
        "Ya es corto: https://aurora.mx/abc y https://bit.ly/x",
        "Con ASP.NET y Fin.Es hoy",
        "Escribe a hola@discosaurora.mx",
    ],
)
async def test_links_that_are_never_changed(tmp_path: Path, clock: FakeClock, text: str) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        post_id = await shop.shop.services.posts.schedule(shop.draft(text), None)
        assert await shop.owed(post_id) == [text]
        assert server.links == {}


async def test_where_there_is_no_room_the_link_leaves_as_it_is_written(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        other = shop.second_account()
        text = f"{'a' * 260} {LINK}"
        draft = shop.draft(text, other)
        assert [face.state for face in shop.links.faces(draft)] == [LinkState.NO_ROOM]
        post_id = await shop.shop.services.posts.schedule(draft, None)
        assert await shop.owed(post_id) == [text]
        with pytest.raises(UserMistake, match=r"composer\.too_long"):
            await shop.shop.services.posts.schedule(shop.draft("a" * 301, other), None)


async def test_each_part_of_a_thread_and_the_card_carry_it(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        other = shop.second_account()
        draft = PostDraft(
            parts=(TEXT, "y https://discosaurora.mx/otra"),
            accounts=(other,),
            zone="UTC",
            link_card=LinkPreview(LINK, "Marea"),
        )
        post_id = await shop.shop.services.posts.schedule(draft, None)
        item = (await shop.shop.deliveries(post_id))[0]
        delivery = await shop.shop.database.read(outbox_reading.delivery, item.id)
        assert delivery is not None
        by_url = {row.url: row.short for row in await shop.made(post_id)}
        assert delivery.parts == (
            f"«Marea» ya está aquí: {by_url[LINK]}",
            f"y {by_url['https://discosaurora.mx/otra']}",
        )
        assert delivery.link_card is not None
        assert delivery.link_card.url == by_url[LINK]


async def test_the_undo_time_begins_when_the_links_are_made(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        began = clock.now()

        def slowly(_request: object) -> Reply:
            clock.advance(9)
            return Reply(200, {"shortCode": "sc000", "shortUrl": "https://aurora.mx/sc000"})

        server.http.on("POST", "/rest/v3/short-urls", slowly)
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        assert [row.due_at for row in await shop.shop.deliveries(post_id)] == [began + timedelta(seconds=19)]


async def test_no_secret_is_kept_beside_the_keyring(
    tmp_path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        server.faults.replies = [problem(401, "invalid-api-key", f"{KEY} is wrong")] * 2
        await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        assert shop.shop.secrets.kept == {"test.links.shlink": {"token": KEY}}
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes(), file
    assert KEY not in caplog.text


async def test_a_pattern_from_elsewhere_that_cannot_be_read_holds_nothing_back(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with links_in(tmp_path, clock) as shop:
        shop.shop.settings.change(Links, pattern="{nonsense")
        post_id = await shop.shop.services.posts.schedule(shop.draft(TEXT), None)
        assert await shop.owed(post_id) == [f"«Marea» ya está aquí: {tagged(post_id, 1)}"]
        assert shop.links.complaint("{nonsense")[0] is not None
        assert [each.id if each else None for each in shop.links.complaint("a={network}")] == [
            None,
            "links.pattern.not_apart",
        ]
        assert shop.links.example("a={network}") == "https://example.com/offers?a=mastodon"


async def test_a_link_in_a_reply_says_that_it_was_one(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        assert shop.links.tag(LINK, 1) == f"{LINK}?utm_source=mastodon&utm_medium=social&utm_content=reply"
