"""Moving posts: what is owed moves along, what left stays, and each act has its way back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.models.account import AccountState
from app.models.calendar import Move
from app.models.campaign import CampaignPhase, CampaignPlan, PhaseKind
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostFormat, PostState
from app.runtime.clock import to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Shop
from app.store.reading import outbox as outbox_reading
from app.store.reading import posts as reading
from app.store.writing import accounts, outbox
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = "El viernes: «Marea»"
WAITING, FAILED, LET_GO = DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.LET_GO


async def scheduled(shop: SmallShop, at: datetime, text: str = TEXT) -> int:
    return await shop.services.posts.schedule(PostDraft(parts=(text,), accounts=(shop.account_id,), zone="UTC"), at)


async def draft_of(shop: SmallShop, post_id: int) -> PostDraft:
    found = await shop.database.read(reading.post, post_id)
    assert found is not None
    return found


async def stands(
    shop: SmallShop, post_id: int
) -> tuple[PostState | None, datetime | None, list[tuple[DeliveryState, datetime]]]:
    draft = await draft_of(shop, post_id)
    state = await shop.database.read(reading.state, post_id)
    return state, draft.planned_at, [(row.state, row.due_at) for row in await shop.deliveries(post_id)]


async def test_what_is_owed_moves_with_its_post_and_goes_out_then_and_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        post_id = await scheduled(shop, begun + HOUR)
        await shop.services.planning.move([Move(post_id, begun + 2 * HOUR)], "UTC")
        assert await stands(shop, post_id) == (PostState.SCHEDULED, begun + 2 * HOUR, [(WAITING, begun + 2 * HOUR)])
        await shop.run_for(3700, step=60)
        assert shop.out_there() == []
        await shop.run_for(3700, step=60)
        assert shop.out_there() == [TEXT]


async def test_moves_are_undone_and_done_again_one_by_one(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        post_id = await scheduled(shop, begun + HOUR)
        for hours in (2, 3):
            clock.advance(1)
            await shop.services.planning.move([Move(post_id, begun + hours * HOUR)], "UTC")
        for hours in (2, 1):
            assert await shop.undo() == "undone.post_moved"
            assert (await stands(shop, post_id))[1:] == (begun + hours * HOUR, [(WAITING, begun + hours * HOUR)])
        await shop.services.undo.redo()
        assert (await stands(shop, post_id))[1:] == (begun + 2 * HOUR, [(WAITING, begun + 2 * HOUR)])


async def test_several_posts_move_together_or_not_at_all(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        out, waits = await scheduled(shop, begun + timedelta(minutes=1), "ya"), await scheduled(shop, begun + 5 * HOUR)
        await shop.run_for(90, step=10)
        with pytest.raises(UserMistake) as refused:
            await shop.services.planning.move([Move(waits, begun + 6 * HOUR), Move(out, begun + 7 * HOUR)], "UTC")
        assert refused.value.message.id == "calendar.published_stays"
        assert (await stands(shop, waits))[1] == begun + 5 * HOUR


async def test_the_past_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await scheduled(shop, clock.now() + HOUR)
        with pytest.raises(UserMistake) as refused:
            await shop.services.planning.move([Move(post_id, clock.now() - HOUR)], "UTC")
        assert refused.value.message.id == "composer.past_time"
        with pytest.raises(UserMistake):
            await shop.services.planning.duplicate([Move(post_id, clock.now() - HOUR)], "UTC")
        assert not (await shop.database.read(reading.posts, None, None))


async def test_what_a_server_holds_is_moved_there_too(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        post_id = await scheduled(shop, begun + 5 * HOUR)
        await shop.run_for(240, step=20)
        assert [post.at for post in shop.server.holds(NETWORK, REMOTE_ID)] == [to_ms(begun + 5 * HOUR)]
        await shop.services.planning.move([Move(post_id, begun + 8 * HOUR)], "UTC")
        await shop.run_for(240, step=20)
        assert [post.at for post in shop.server.holds(NETWORK, REMOTE_ID)] == [to_ms(begun + 8 * HOUR)]
        await shop.run_for(9 * 3600, step=600)
        assert shop.out_there() == [TEXT]


async def test_an_idea_becomes_a_draft_with_a_time_and_nothing_is_owed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await shop.services.posts.save(PostDraft(parts=(TEXT,), accounts=(shop.account_id,)))
        await shop.services.planning.back_to_ideas([post_id])
        clock.advance(1)
        await shop.services.planning.move([Move(post_id, clock.now() + HOUR)], "America/Mexico_City")
        assert await stands(shop, post_id) == (PostState.DRAFT, clock.now() + HOUR, [])
        assert (await draft_of(shop, post_id)).zone == "America/Mexico_City"
        await shop.undo()
        assert await stands(shop, post_id) == (PostState.IDEA, None, [])


async def test_back_to_the_ideas_lets_go_and_undo_owes_it_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        at = clock.now() + HOUR
        post_id = await scheduled(shop, at)
        await shop.services.planning.back_to_ideas([post_id])
        assert await stands(shop, post_id) == (PostState.IDEA, None, [(LET_GO, at)])
        assert await shop.undo() == "undone.to_ideas"
        assert await stands(shop, post_id) == (PostState.SCHEDULED, at, [(WAITING, at)])
        await shop.run_for(3700, step=60)
        assert shop.out_there() == [TEXT]


async def test_nothing_leaves_by_surprise_when_its_old_time_has_passed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await scheduled(shop, clock.now() + HOUR)
        await shop.services.planning.back_to_ideas([post_id])
        clock.advance(2 * 3600)
        with pytest.raises(UserMistake) as refused:
            await shop.services.undo.undo()
        assert refused.value.message.id == "calendar.undo_past"
        assert (await stands(shop, post_id))[0] is PostState.IDEA


async def test_what_was_written_since_is_not_undone_with_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await scheduled(shop, clock.now() + HOUR)
        await shop.services.planning.back_to_ideas([post_id])
        clock.advance(5)
        draft = await draft_of(shop, post_id)
        await shop.services.posts.save(PostDraft(id=draft.id, parts=("otro texto",), accounts=draft.accounts))
        with pytest.raises(UserMistake) as refused:
            await shop.services.undo.undo()
        assert refused.value.message.id == "calendar.changed_since"


async def test_a_failed_post_waits_again_at_its_new_time_and_its_failure_comes_back_with_undo(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        post_id = await scheduled(shop, begun + HOUR)
        (row,) = await shop.deliveries(post_id)
        await shop.database.write(lambda s: outbox.move(s, row.id, FAILED, to_ms(begun), reason='{"id": "x"}'))
        await shop.services.planning.move([Move(post_id, begun + 2 * HOUR)], "UTC")
        assert (await stands(shop, post_id))[2] == [(WAITING, begun + 2 * HOUR)]
        await shop.undo()
        (row,) = await shop.deliveries(post_id)
        assert (row.state, row.reason, row.due_at) == (FAILED, '{"id": "x"}', begun + HOUR)


async def test_what_is_published_by_hand_stays_so(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.database.write(
            lambda s: accounts.set_state(s, shop.account_id, AccountState.BY_HAND, to_ms(clock.now()))
        )
        begun = clock.now()
        post_id = await scheduled(shop, begun + HOUR)
        await shop.services.planning.move([Move(post_id, begun + 2 * HOUR)], "UTC")
        assert (await stands(shop, post_id))[2] == [(DeliveryState.BY_HAND, begun + 2 * HOUR)]


async def test_a_copy_is_a_draft_even_of_what_is_out(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await scheduled(shop, clock.now() + timedelta(minutes=1))
        await shop.run_for(90, step=10)
        at = clock.now() + 24 * HOUR
        (copied,) = await shop.services.planning.duplicate([Move(post_id, at)], "UTC")
        assert await stands(shop, copied) == (PostState.DRAFT, at, [])
        draft = await draft_of(shop, copied)
        assert (draft.parts, draft.accounts) == ((TEXT,), (shop.account_id,))
        assert await shop.undo() == "undone.drafts_made"
        assert await shop.database.read(reading.post, copied) is None
        await shop.services.undo.redo()
        assert await shop.database.read(reading.post, copied) is not None


async def test_what_is_dropped_becomes_a_draft_for_the_usual_accounts(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await scheduled(shop, clock.now() + HOUR)
        picture = tmp_path / "tapa.png"
        Image.new("RGB", (20, 20), "red").save(picture)
        at = clock.now() + 5 * HOUR
        made = await shop.services.planning.drop_in(["Miren esto"], [picture], at, "UTC")
        draft = await draft_of(shop, made)
        assert (draft.parts, draft.accounts, draft.planned_at, len(draft.pictures)) == (
            ("Miren esto",),
            (shop.account_id,),
            at,
            1,
        )


async def test_holidays_are_those_of_the_shops_country(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        assert shop.services.planning.holidays([2026], "en") == {}
        shop.settings.change(Shop, country="MX")
        assert date(2026, 11, 16) in shop.services.planning.holidays([2026], "en")


async def test_what_sells_is_moved_into_no_teaser_of_its_campaign_by_nobody(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        today = begun.date()
        campaign = await shop.services.campaigns.save(
            CampaignPlan("Marea", phases=(CampaignPhase(PhaseKind.TEASER, today + DAY, today + 3 * DAY),))
        )
        sells, informs = [
            await shop.services.posts.schedule(
                PostDraft(parts=(kind,), accounts=(shop.account_id,), zone="UTC", format=kind, campaign_id=campaign), begun + HOUR
            )
            for kind in (PostFormat.PROMO, PostFormat.INFORMS)
        ]
        with pytest.raises(UserMistake) as refused:
            await shop.services.planning.move([Move(informs, begun + 2 * DAY), Move(sells, begun + 2 * DAY)], "UTC")
        assert refused.value.message.id == "rhythm.teaser_refuses"
        assert (await draft_of(shop, informs)).planned_at == begun + HOUR
        await shop.services.planning.move([Move(informs, begun + 2 * DAY), Move(sells, begun + 5 * DAY)], "UTC")
        assert (await draft_of(shop, sells)).planned_at == begun + 5 * DAY


async def test_what_sells_is_not_scheduled_in_the_teaser_of_its_campaign_either(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        phase = CampaignPhase(PhaseKind.TEASER, begun.date() + DAY, begun.date() + 3 * DAY)
        campaign = await shop.services.campaigns.save(CampaignPlan("Marea", phases=(phase,)))
        draft = PostDraft(parts=("Oferta",), accounts=(shop.account_id,), zone="UTC", format=PostFormat.PROMO, campaign_id=campaign)
        with pytest.raises(UserMistake) as refused:
            await shop.services.posts.schedule(draft, begun + 2 * DAY)
        assert (refused.value.message.id, refused.value.field) == ("rhythm.teaser_refuses", "time")
        assert await shop.database.read(outbox_reading.items) == []
        await shop.services.posts.schedule(draft, begun + 5 * DAY)
