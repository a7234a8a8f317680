"""Writing and planning posts: what is owed, what never is, and the way back."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.models.account import AccountState
from app.models.lateness import Lateness, LateRule
from app.models.message import Visibility
from app.models.outbox import DeleteReason, DeliveryState, OutboxRow
from app.models.post import Picture, Poll, PostDraft, PostState, QuotedPost
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.clock import to_ms
from app.runtime.errors import DiskTrouble, UserMistake
from app.runtime.words import message
from app.services.calendar import texts_for
from app.services.server_facts import limits_text
from app.store.reading import outbox as outbox_reading
from app.store.reading import posts as posts_reading
from app.store.writing import accounts, outbox
from tests.fakes.clock import FakeClock
from tests.media.test_videos import film, track
from tests.services.shop import SmallShop, shop_in

QUOTED = QuotedPost("https://musica.example/@aurora/1", "@aurora", "Hola")
WAITING, OUT, LET_GO = DeliveryState.WAITING, DeliveryState.OUT, DeliveryState.LET_GO


def draft_for(*accounts: int, **fields: Any) -> PostDraft:
    return replace(PostDraft(parts=("«Marea» ya está aquí",), accounts=accounts, zone="UTC"), **fields)


async def state_of(shop: SmallShop, post_id: int) -> PostState | None:
    return await shop.database.read(posts_reading.state, post_id)


async def draft_of(shop: SmallShop, post_id: int) -> PostDraft:
    found = await shop.database.read(posts_reading.post, post_id)
    assert found is not None
    return found


def states(rows: list[OutboxRow]) -> list[DeliveryState]:
    return [row.state for row in rows]


async def test_a_draft_is_kept_and_nothing_is_owed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.save(draft_for(shop.account_id))
        assert await shop.services.posts.save(draft_for(shop.account_id, id=post_id, parts=("otra vez",))) == post_id
        assert (await draft_of(shop, post_id)).parts == ("otra vez",)
        assert await state_of(shop, post_id) is PostState.DRAFT
        assert await shop.deliveries(post_id) == []


async def test_a_scheduled_post_goes_out_at_its_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        at = clock.now() + timedelta(hours=1)
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id), at)
        assert await state_of(shop, post_id) is PostState.SCHEDULED
        assert [row.due_at for row in await shop.deliveries(post_id)] == [at]
        await shop.run_for(3540, step=60)
        assert shop.out_there() == []
        await shop.run_for(61, step=60)
        assert shop.out_there() == ["«Marea» ya está aquí"]


async def test_now_means_after_the_undo_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id), None)
        assert [row.due_at for row in await shop.deliveries(post_id)] == [clock.now() + timedelta(seconds=10)]
        assert await shop.undo() == "undone.scheduled"
        assert await state_of(shop, post_id) is PostState.DRAFT
        await shop.run_for(60)
        assert shop.out_there() == []


async def test_another_time_replaces_the_first(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id), clock.now() + timedelta(hours=1))
        later = clock.now() + timedelta(hours=2)
        await shop.services.posts.schedule(draft_for(shop.account_id, id=post_id, parts=("mejor así",)), later)
        assert states(await shop.deliveries(post_id)) == [LET_GO, WAITING]
        await shop.run_for(7200, step=600)
        assert shop.out_there() == ["mejor así"]


async def test_an_account_that_has_it_is_never_owed_a_second_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        other = shop.add_account()
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id), None, wait_undo=False)
        await shop.services.publishing.send_due()
        await shop.services.posts.schedule(draft_for(shop.account_id, other, id=post_id), None, wait_undo=False)
        await shop.services.posts.schedule(draft_for(shop.account_id, other, id=post_id), None, wait_undo=False)
        await shop.run_for(30)
        out = [row.account_id for row in await shop.deliveries(post_id) if row.state is OUT]
        assert sorted(out) == [shop.account_id, other]
        assert shop.out_there() == ["«Marea» ya está aquí"]


async def test_what_may_be_out_is_not_owed_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.ANSWER_LOST, verb=Verb.PUBLISH)
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id), None, wait_undo=False)
        await shop.services.publishing.send_due()
        await shop.services.posts.schedule(draft_for(shop.account_id, id=post_id), None, wait_undo=False)
        assert states(await shop.deliveries(post_id)) == [DeliveryState.UNSURE]
        await shop.run_for(60)
        assert shop.out_there() == ["«Marea» ya está aquí"]


async def test_what_is_on_its_way_is_not_owed_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id), None, wait_undo=False)
        process = shop.database.process_id
        await shop.database.write(lambda session: outbox.claim(session, to_ms(clock.now()), process, 60, limit=5))
        await shop.services.posts.schedule(draft_for(shop.account_id, id=post_id), clock.now() + timedelta(hours=1))
        assert states(await shop.deliveries(post_id)) == [DeliveryState.CLAIMED]


async def test_an_account_named_twice_is_owed_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id, shop.account_id), None, wait_undo=False)
        assert len(await shop.deliveries(post_id)) == 1


async def test_back_to_draft_withdraws_what_has_not_left(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id), clock.now() + timedelta(hours=1))
        await shop.services.posts.back_to_draft(post_id)
        assert await state_of(shop, post_id) is PostState.DRAFT
        assert states(await shop.deliveries(post_id)) == [LET_GO]


async def test_what_is_out_is_not_called_back_and_that_is_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        other = shop.add_account()
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id, other), None, wait_undo=False)
        await shop.services.accounts.pause(other, paused=True)
        await shop.services.publishing.send_due()
        with pytest.raises(UserMistake) as trouble:
            await shop.services.posts.back_to_draft(post_id)
        assert (trouble.value.message.id, trouble.value.message.values["n"]) == ("composer.already_left", 1)
        assert sorted(states(await shop.deliveries(post_id))) == sorted([OUT, LET_GO])
        assert await state_of(shop, post_id) is PostState.SCHEDULED


async def test_a_deleted_draft_comes_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.save(draft_for(shop.account_id))
        await shop.services.posts.delete(post_id)
        assert await shop.database.read(posts_reading.post, post_id) is None
        assert await shop.undo() == "undone.post_deleted"
        assert await state_of(shop, post_id) is PostState.DRAFT


async def test_a_deleted_plan_comes_back_with_what_it_owed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        by_hand = shop.add_account("@amano", state=AccountState.BY_HAND)
        at = clock.now() + timedelta(hours=1)
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id, by_hand), at)
        await shop.services.posts.delete(post_id)
        assert set(states(await shop.deliveries(post_id))) == {LET_GO}
        clock.advance(60)
        await shop.undo()
        assert states(await shop.deliveries(post_id)) == [WAITING, DeliveryState.BY_HAND]
        assert {row.due_at for row in await shop.deliveries(post_id)} == {at}
        await shop.run_for(3600, step=600)
        assert shop.out_there() == ["«Marea» ya está aquí"]


async def test_a_deleted_plan_whose_time_passed_comes_back_as_a_draft(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id), clock.now() + timedelta(minutes=5))
        await shop.services.posts.delete(post_id)
        clock.advance(600)
        await shop.undo()
        assert await state_of(shop, post_id) is PostState.DRAFT
        await shop.run_for(60)
        assert shop.out_there() == []


async def test_a_failed_one_comes_back_failed_and_is_not_sent_by_surprise(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id), None, wait_undo=False)
        await shop.services.publishing.send_due()
        reason = (await shop.deliveries(post_id))[0].reason
        await shop.services.posts.delete(post_id)
        await shop.undo()
        row = (await shop.deliveries(post_id))[0]
        assert (row.state, row.reason) == (DeliveryState.FAILED, reason)
        await shop.run_for(60)
        assert shop.out_there() == []


async def test_an_account_by_hand_gets_its_item_and_the_program_leaves_it_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        by_hand = await shop.services.accounts.add_by_hand("instagram", "discosaurora")
        post_id = await shop.services.posts.schedule(draft_for(by_hand), None, wait_undo=False)
        await shop.run_for(30)
        assert states(await shop.deliveries(post_id)) == [DeliveryState.BY_HAND]


async def test_an_account_has_its_own_text(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        other = shop.add_account()
        draft = draft_for(shop.account_id, other, variants=((other, ("solo aquí",)),))
        post_id = await shop.services.posts.schedule(draft, None, wait_undo=False)
        texts = {row.account_id: row.text for row in await shop.deliveries(post_id)}
        assert texts == {shop.account_id: "«Marea» ya está aquí", other: "solo aquí"}
        assert texts_for(draft, other) == ("solo aquí",)


async def test_empty_parts_of_a_thread_are_left_out(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.posts.schedule(draft_for(shop.account_id, parts=("uno", " \n", "dos", "")), None, wait_undo=False)
        await shop.services.publishing.send_due()
        assert shop.out_there() == ["uno", "dos"]


async def test_a_poll_goes_along(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id, poll=Poll(("sí", "no"), 24)), None, wait_undo=False)
        item = (await shop.deliveries(post_id))[0]
        found = await shop.database.read(lambda c: c.execute("SELECT poll FROM outbox WHERE id = ?", (item.id,)).fetchone()[0])
        assert "sí" in found


async def test_a_poll_is_never_left_out_silently(tmp_path: Path, clock: FakeClock) -> None:
    """Only what was written for a network without polls goes there without the poll."""
    async with shop_in(tmp_path, clock) as shop:
        bluesky = shop.add_account("@aurora.mx", network="bluesky")
        draft = draft_for(shop.account_id, bluesky, poll=Poll(("sí", "no"), 24))
        with pytest.raises(UserMistake) as trouble:
            await shop.services.posts.schedule(draft, None)
        assert (trouble.value.message.id, trouble.value.message.values, trouble.value.field) == ("composer.no_poll", {"handle": "@aurora.mx"}, "poll")
        assert await shop.ask(lambda queries: queries.outbox(unfinished=False)) == []
        post_id = await shop.services.posts.schedule(replace(draft, variants=((bluesky, ("¿Sí o no?",)),)), None)
        rows = await shop.database.read(
            lambda c: c.execute("SELECT account_id, parts, poll FROM outbox WHERE post_id = ?", (post_id,)).fetchall()
        )
        found = {row[0]: (row[1], bool(row[2])) for row in rows}
        assert found[bluesky] == ('["¿Sí o no?"]', False)
        assert found[shop.account_id][1]


LONG = "a" * 501

MISTAKES: dict[str, tuple[dict[str, Any], str, str]] = {
    "nowhere to go": ({"accounts": ()}, "composer.no_account", "accounts"),
    "nothing to say": ({"parts": ("", "  ")}, "composer.empty", "text"),
    "too long": ({"parts": (LONG,)}, "composer.too_long", "text"),
    "a part too long": ({"parts": ("uno", LONG)}, "composer.too_long", "text"),
    "too long with its warning": ({"parts": ("a" * 490,), "warning": "b" * 11}, "composer.too_long", "text"),
    "too many pictures": ({"pictures": tuple(Picture(f"{n}.png") for n in range(5))}, "composer.too_many_pictures", "pictures"),
    "a description too long": ({"pictures": (Picture("1.png", "a" * 1501),)}, "composer.alt_too_long", "pictures"),
    "poll and pictures": ({"poll": Poll(("a", "b")), "pictures": (Picture("1.png"),)}, "composer.poll_and_pictures", "poll"),
    "one answer": ({"poll": Poll(("a",))}, "composer.poll_options", "poll"),
    "five answers": ({"poll": Poll(tuple("abcde"))}, "composer.poll_options", "poll"),
    "an empty answer": ({"poll": Poll(("a", " "))}, "composer.poll_options", "poll"),
    "the same answer twice": ({"poll": Poll(("a", " a "))}, "composer.poll_same_option", "poll"),
    "an answer too long": ({"poll": Poll(("a", "b" * 51))}, "composer.poll_option_long", "poll"),
    "a poll of no time": ({"poll": Poll(("a", "b"), hours=0)}, "composer.poll_time", "poll"),
    "a poll for ever": ({"poll": Poll(("a", "b"), hours=24 * 365)}, "composer.poll_time", "poll"),
    "an account that is gone": ({"accounts": (99,)}, "error.account_removed", ""),
}


@pytest.mark.parametrize("name", MISTAKES)
async def test_what_cannot_go_out_is_said_and_nothing_is_owed(tmp_path: Path, clock: FakeClock, name: str, words: Any) -> None:
    fields, sentence, field = MISTAKES[name]
    async with shop_in(tmp_path, clock) as shop:
        draft = replace(draft_for(shop.account_id), **fields)
        with pytest.raises(UserMistake) as trouble:
            await shop.services.posts.schedule(draft, None)
        assert (trouble.value.message.id, trouble.value.field or "") == (sentence, field)
        assert words.text(trouble.value.message)
        assert await shop.ask(lambda queries: queries.outbox(unfinished=False)) == []


async def test_a_time_that_is_over_is_a_mistake_but_for_the_last_minute(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as trouble:
            await shop.services.posts.schedule(draft_for(shop.account_id), clock.now() - timedelta(minutes=2))
        assert (trouble.value.message.id, trouble.value.field) == ("composer.past_time", "time")
        await shop.services.posts.schedule(draft_for(shop.account_id), clock.now() - timedelta(seconds=30), wait_undo=False)
        await shop.services.publishing.send_due()
        assert len(shop.out_there()) == 1


async def test_visibility_and_warning_go_only_where_the_network_has_them(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        x = shop.add_account("@discosaurora", network="x")
        draft = draft_for(shop.account_id, x, visibility=Visibility.UNLISTED, warning="ojo")
        post_id = await shop.services.posts.schedule(draft, None)
        rows = await shop.database.read(
            lambda c: c.execute("SELECT account_id, visibility, warning FROM outbox WHERE post_id = ?", (post_id,)).fetchall()
        )
        assert {row[0]: tuple(row[1:]) for row in rows} == {shop.account_id: ("unlisted", "ojo"), x: ("public", "")}


async def test_a_private_message_may_be_longer_and_bytes_count_where_the_network_counts_them(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        posts = shop.services.posts
        bluesky, x = shop.add_account("@aurora.mx", network="bluesky"), shop.add_account("@discosaurora", network="x")
        assert [posts.measure(account, "hola")[1] for account in (bluesky, x)] == [300, 280]
        assert [posts.measure(account, "hola", private=True)[1] for account in (bluesky, x)] == [1000, 10_000]
        families = "👨‍👩‍👧‍👦" * 200  # 200 letters, 5000 bytes
        length, limit = posts.measure(bluesky, families)
        assert length > limit
        parts = posts.split(bluesky, families)
        assert len(parts) == 2
        assert all(posts.measure(bluesky, part)[0] <= limit for part in parts)
        assert posts.split(x, "palabra " * 60, private=True) == (("palabra " * 60).strip(),)
        assert all(posts.measure(x, part)[0] <= 270 for part in posts.split(x, "palabra " * 60, spare=10))


async def test_measuring_and_splitting_follow_the_network(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        posts = shop.services.posts
        assert posts.measure(shop.account_id, "hola") == (4, 500)
        assert posts.measure(shop.account_id, "hola", warning="ojo") == (7, 500)
        assert posts.measure(shop.account_id, "hola", reply_to="@ana")[0] == len("@ana hola")
        parts = posts.split(shop.account_id, "palabra " * 150, reply_to="@ana@musica.example")
        assert len(parts) > 2
        assert all(posts.measure(shop.account_id, part, reply_to="@ana@musica.example")[0] <= 500 for part in parts)
        assert posts.limits(shop.account_id).text == 500
        parts = posts.split(shop.account_id, "palabra " * 100)
        assert len(parts) == 2
        assert all(posts.measure(shop.account_id, part)[0] <= 500 for part in parts)
        late = shop.add_account("@tarde")
        assert posts.limits(late).pictures == 4  # a new account is known at once
        with pytest.raises(UserMistake):
            posts.measure(99, "hola")


async def test_a_picture_is_copied_in_and_laid_out_for_publishing_by_hand(tmp_path: Path, clock: FakeClock) -> None:
    source = tmp_path / "portada.png"
    Image.new("RGB", (40, 30), "navy").save(source)
    async with shop_in(tmp_path / "shop", clock) as shop:
        picture = await shop.services.posts.add_picture(source)
        assert shop.services.posts.picture_path(picture).is_file()
        folder = await shop.services.posts.lay_out(7, [picture, picture])
        assert sorted(file.name for file in folder.iterdir()) == ["1.png", "2.png"]
        folder = await shop.services.posts.lay_out(7, [picture])
        assert [file.name for file in folder.iterdir()] == ["1.png"]
        with pytest.raises(DiskTrouble):
            await shop.services.posts.lay_out(7, [Picture("gone.png")])
        with pytest.raises(UserMistake):
            await shop.services.posts.add_picture(tmp_path / "none.png")


# --- videos, quotes, rules for being late


async def test_a_video_goes_in_without_its_place_and_is_held_against_the_exact_limit(tmp_path: Path, clock: FakeClock) -> None:
    source = tmp_path / "marea.mp4"
    source.write_bytes(film(track(size=(8000, 4000))))
    async with shop_in(tmp_path / "shop", clock) as shop:
        video = await shop.services.posts.add_picture(source)
        assert b"19.4326" not in shop.services.posts.picture_path(video).read_bytes()
        facts = await shop.services.posts.video_facts(video)
        assert (facts.seconds, facts.width, facts.height) == (12.5, 8000, 4000)
        with pytest.raises(UserMistake) as caught:
            await shop.services.posts.schedule(draft_for(shop.account_id, pictures=(video,)), None)
        assert caught.value.message.id == "video.too_many_pixels"
        source.write_bytes(film())
        video = await shop.services.posts.add_picture(source)
        with pytest.raises(UserMistake) as caught:
            await shop.services.posts.schedule(draft_for(shop.account_id, pictures=(video, video)), None)
        assert caught.value.message.id == "composer.too_many_videos"
        with pytest.raises(UserMistake) as caught:
            await shop.services.posts.schedule(draft_for(shop.account_id, pictures=(video, Picture("a.png"))), None)
        assert caught.value.message.id == "composer.video_and_pictures"
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id, pictures=(video,)), None, wait_undo=False)
        await shop.services.publishing.send_due()
        assert states(await shop.deliveries(post_id)) == [OUT]


@pytest.mark.skipif(os.name != "posix", reason="a script stands for ffmpeg")
async def test_a_video_is_made_fit_by_the_users_ffmpeg(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    source, fit = tmp_path / "marea.mov", tmp_path / "fit.mp4"
    source.write_bytes(film(track(size=(8000, 4000))))
    fit.write_bytes(film())
    script = tmp_path / "bin" / "ffmpeg"
    script.parent.mkdir()
    script.write_text(f"#!{sys.executable}\nimport shutil, sys\nshutil.copyfile({str(fit)!r}, sys.argv[-1])\nprint('out_time_us=6250000')\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent))
    heard: list[float] = []
    async with shop_in(tmp_path / "shop", clock) as shop:
        assert await shop.services.posts.can_make_fit()
        video = replace(await shop.services.posts.add_picture(source), alt="El escenario")
        made = await shop.services.posts.make_fit(video, [shop.account_id], heard.append)
        assert made.alt == "El escenario"
        assert heard == [0.5]
        await shop.services.posts.schedule(draft_for(shop.account_id, pictures=(made,)), None)
        assert list(shop.paths.media.rglob("*.fit.*")) == []


async def test_a_quote_names_the_post_as_the_network_does(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("«Marea» ya está aquí")
        await shop.services.publishing.send_due()
        first = await shop.item(number)
        limits = replace(shop.services.posts.limits(shop.account_id), quotes=True)
        await shop.database.write(accounts.update_server, shop.account_id, limits_text(limits), "{}")
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id, quote=QuotedPost(first.url)), None)
        (owed,) = await shop.database.read(outbox_reading.deliveries, "o.post_id = ?", (post_id,))
        assert owed.quote == first.remote_id
        with pytest.raises(UserMistake) as caught:
            await shop.services.posts.schedule(draft_for(shop.account_id, quote=QuotedPost("https://elsewhere.example/1")), None)
        assert caught.value.message.id == "composer.quote_unknown"


async def test_a_network_without_quotes_gets_no_post_that_lost_its_quote(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as caught:
            await shop.services.posts.schedule(draft_for(shop.account_id, quote=QUOTED), None)
        assert caught.value.message.id == "composer.no_quotes"
        assert await shop.ask(lambda queries: queries.outbox(unfinished=False)) == []
        linked = draft_for(shop.account_id, quote=QUOTED, variants=((shop.account_id, (f"Mira {QUOTED.url}",)),))
        seen = draft_for(shop.account_id, quote=replace(QUOTED, without=(shop.account_id,)))
        for draft in (linked, seen):
            post_id = await shop.services.posts.schedule(draft, None)
            (owed,) = await shop.database.read(outbox_reading.deliveries, "o.post_id = ?", (post_id,))
            assert owed.quote == ""
            assert (await draft_of(shop, post_id)).quote == draft.quote


async def test_a_quote_that_has_no_room_beside_a_poll_is_not_lost_silently(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        limits = replace(shop.services.posts.limits(shop.account_id), quotes=True, quotes_alone=True)
        await shop.database.write(accounts.update_server, shop.account_id, limits_text(limits), "{}")
        quote = replace(QUOTED, known=((shop.account_id, "77"),))
        draft = draft_for(shop.account_id, quote=quote, poll=Poll(("sí", "no")))
        with pytest.raises(UserMistake) as caught:
            await shop.services.posts.schedule(draft, None)
        assert caught.value.field == "quote"
        for given, owed in ((replace(draft, poll=None), "77"), (replace(draft, quote=replace(quote, without=(shop.account_id,))), "")):
            post_id = await shop.services.posts.schedule(given, None)
            (item,) = await shop.database.read(outbox_reading.deliveries, "o.post_id = ?", (post_id,))
            assert item.quote == owed


async def test_a_post_written_again_and_a_copy_keep_the_quote(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        quote = replace(QUOTED, without=(shop.account_id,))
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id, quote=quote), None, wait_undo=False)
        await shop.services.publishing.send_due()
        (row,) = await shop.deliveries(post_id)
        again = await shop.services.deletion.delete(row.id, DeleteReason.SPELLING, "@aurora", again=True)
        assert again is not None
        assert (await draft_of(shop, again)).quote == quote
        copy = await shop.services.posts.save(replace(await draft_of(shop, post_id), id=None))
        assert (await draft_of(shop, copy)).quote == quote


async def test_what_is_meant_for_followers_goes_out_for_everybody_only_where_the_user_says_so(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        x = shop.add_account("@discosaurora", network="x")
        draft = draft_for(shop.account_id, x, visibility=Visibility.FOLLOWERS)
        with pytest.raises(UserMistake) as caught:
            await shop.services.posts.schedule(draft, None)
        assert (caught.value.message, caught.value.field) == (message("composer.not_so_there", handle="@discosaurora"), "visibility")
        assert await shop.ask(lambda queries: queries.outbox(unfinished=False)) == []
        post_id = await shop.services.posts.schedule(replace(draft, public_at=(x,)), None)
        sql = "SELECT account_id, visibility FROM outbox WHERE post_id = ?"
        rows = await shop.database.read(lambda c: c.execute(sql, (post_id,)).fetchall())
        assert dict(rows) == {shop.account_id: "followers", x: "public"}


async def test_the_rule_for_being_late_goes_with_each_delivery(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.schedule(draft_for(shop.account_id, lateness=Lateness(LateRule.DROP)), None)
        (owed,) = await shop.database.read(outbox_reading.deliveries, "o.post_id = ?", (post_id,))
        assert owed.lateness == Lateness(LateRule.DROP)
        assert (await draft_of(shop, post_id)).lateness == Lateness(LateRule.DROP)
