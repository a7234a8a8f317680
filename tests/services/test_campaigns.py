"""Campaigns: kept, changed and removed with a way back each, announced, and moved with their posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.models.campaign import Announcement, CampaignPhase, CampaignPlan, Goal, LaunchPlan, PhaseKind
from app.models.campaign_move import Announced, Stays
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostState
from app.runtime.clock import to_ms
from app.runtime.errors import UserMistake
from app.services.campaigns import slug_of
from app.store.reading import campaigns as reading
from app.store.reading import posts as posts_reading
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def plan_from(day: date, **fields: object) -> CampaignPlan:
    phases = (
        CampaignPhase(PhaseKind.TEASER, day, day + 5 * DAY),
        CampaignPhase(PhaseKind.PROMO, day + 6 * DAY, day + 9 * DAY, "Ofertas", 2),
    )
    return replace(
        CampaignPlan("Buen Fin", Goal("Vender", 4000), "orange", (1,), ("BuenFin",), phases=phases), **fields
    )  # type: ignore[arg-type]


async def kept(shop: SmallShop, number: int) -> CampaignPlan | None:
    return await shop.database.read(reading.campaign, number)


async def times(shop: SmallShop, *posts: int) -> list[datetime | None]:
    found = [await shop.database.read(posts_reading.post, number) for number in posts]
    return [each.planned_at if each is not None else None for each in found]


async def scheduled(shop: SmallShop, at: datetime, campaign_id: int, text: str = "hola") -> int:
    draft = PostDraft(parts=(text,), accounts=(shop.account_id,), zone="UTC", campaign_id=campaign_id)
    return await shop.services.posts.schedule(draft, at)


async def test_it_is_kept_changed_and_removed_with_a_way_back_each(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        campaigns, day = shop.services.campaigns, clock.now().date()
        number = await campaigns.save(plan_from(day))
        made = await kept(shop, number)
        assert made is not None
        assert (made.name, made.slug, made.goal, made.tags) == (
            "Buen Fin",
            "buen-fin",
            Goal("Vender", 4000),
            ("BuenFin",),
        )
        assert [(each.kind, each.title, each.posts_a_day) for each in made.phases] == [
            ("teaser", "", 0),
            ("promo", "Ofertas", 2),
        ]
        await campaigns.save(replace(made, name="El Buen Fin", phases=made.phases[1:]))
        changed = await kept(shop, number)
        assert changed is not None
        assert (changed.name, changed.slug, changed.phases) == ("El Buen Fin", "buen-fin", made.phases[1:])
        assert await shop.undo() == "undone.campaign_changed"
        assert await kept(shop, number) == made
        await campaigns.remove(number)
        assert await kept(shop, number) is None
        assert await shop.undo() == "undone.campaign_removed"
        assert await kept(shop, number) == made
        assert await shop.undo() == "undone.campaign_added"
        assert await kept(shop, number) is None
        await shop.services.undo.redo()
        assert await kept(shop, number) == made


async def test_no_two_campaigns_share_a_name_in_links(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        numbers = [await shop.services.campaigns.save(CampaignPlan("¡Lanzamiento!")) for _ in range(3)]
        found = [await kept(shop, number) for number in numbers]
        assert [each.slug for each in found if each] == ["lanzamiento", "lanzamiento-2", "lanzamiento-3"]
        assert slug_of("Año nuevo · «Marea»") == "ano-nuevo-marea"
        assert slug_of("小雨") == ""


@pytest.mark.parametrize(
    ("change", "said", "field"),
    [
        ({"name": "  "}, "campaigns.name_missing", "name"),
        (
            {"phases": (CampaignPhase(PhaseKind.PROMO, date(2026, 1, 2), date(2026, 1, 1)),)},
            "campaigns.ends_before",
            "ends_on",
        ),
        (
            {"phases": (CampaignPhase(PhaseKind.PROMO, date(2026, 1, 2), date(2028, 1, 1)),)},
            "campaigns.phase_too_long",
            "ends_on",
        ),
        (
            {"phases": (CampaignPhase(PhaseKind.PROMO, date(2026, 1, 2), date(2026, 1, 5)),) * 2},
            "campaigns.phases_overlap",
            "phases",
        ),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field(
    tmp_path: Path, clock: FakeClock, change: dict[str, object], said: str, field: str
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as refused:
            await shop.services.campaigns.save(plan_from(clock.now().date(), **change))
        assert (refused.value.message.id, refused.value.field) == (said, field)


async def test_an_announcement_is_a_draft_of_the_campaign(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.campaigns.save(plan_from(clock.now().date()))
        at = clock.now() + 5 * HOUR
        post_id = await shop.services.campaigns.announce(Announced(number, Announcement.LAST_DAY, " Último  día ", at))
        draft = await shop.database.read(posts_reading.post, post_id)
        assert draft is not None
        assert (draft.title, draft.announcement, draft.campaign_id, draft.planned_at) == (
            "Último día",
            "last_day",
            number,
            at,
        )
        assert (draft.accounts, draft.parts) == ((shop.account_id,), ("#BuenFin",))
        assert await shop.database.read(posts_reading.state, post_id) is PostState.DRAFT
        await shop.undo()
        assert await shop.database.read(posts_reading.post, post_id) is None
        with pytest.raises(UserMistake):
            await shop.services.campaigns.announce(Announced(number, Announcement.STORY, "Tarde", clock.now() - HOUR))
        with pytest.raises(UserMistake):
            await shop.services.campaigns.announce(Announced(99, Announcement.STORY, "Nada", None))


async def test_a_campaign_moves_with_its_phases_launches_and_posts_and_back_in_one_step(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun, day = clock.now(), clock.now().date()
        campaigns = shop.services.campaigns
        number = await campaigns.save(plan_from(day))
        launch, _ = await shop.services.launches.save(LaunchPlan("Marea", day + 6 * DAY, 600, campaign_id=number))
        waits = await scheduled(shop, begun + 2 * DAY, number)
        draft = await shop.services.posts.save(
            PostDraft(parts=("borrador",), planned_at=begun + 3 * DAY, campaign_id=number)
        )
        loose = await shop.services.posts.save(PostDraft(parts=("sin hora",), campaign_id=number))
        other = await shop.services.posts.save(PostDraft(parts=("otra",), planned_at=begun + 2 * DAY))
        found = await campaigns.preview(number, 7)
        assert [(each.post_id, each.after - each.before) for each in found.moving] == [
            (waits, 7 * DAY),
            (draft, 7 * DAY),
        ]
        assert found.marks == ("Marea",)
        assert await campaigns.move(number, 7) == 2
        assert await times(shop, waits, draft, loose, other) == [
            begun + 9 * DAY,
            begun + 10 * DAY,
            None,
            begun + 2 * DAY,
        ]
        assert [row.due_at for row in await shop.deliveries(waits)] == [begun + 9 * DAY]
        moved = await kept(shop, number)
        assert moved is not None
        assert moved.starts_on == day + 7 * DAY
        row = await shop.database.read(reading.launch, launch)
        assert row is not None
        assert row.plan.on_day == day + 13 * DAY
        assert await shop.undo() == "undone.campaign_moved"
        assert await times(shop, waits, draft) == [begun + 2 * DAY, begun + 3 * DAY]
        back = await kept(shop, number)
        assert back is not None
        assert back.starts_on == day
        await shop.services.undo.redo()
        assert await times(shop, waits, draft) == [begun + 9 * DAY, begun + 10 * DAY]
        assert await campaigns.move(number, 0) == 0


async def test_what_is_out_or_would_be_past_stays_and_is_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        number = await shop.services.campaigns.save(plan_from(begun.date()))
        out = await scheduled(shop, begun + timedelta(minutes=1), number, "ya")
        soon = await scheduled(shop, begun + DAY, number, "pronto")
        late = await scheduled(shop, begun + 5 * DAY, number, "luego")
        await shop.run_for(90, step=10)
        found = {each.post_id: each.stays for each in (await shop.services.campaigns.preview(number, -2)).posts}
        assert found == {out: Stays.OUT, soon: Stays.PAST, late: None}
        assert await shop.services.campaigns.move(number, -2) == 1
        assert await times(shop, soon, late) == [begun + DAY, begun + 3 * DAY]


async def test_what_a_server_holds_is_said_and_handed_over_anew(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        number = await shop.services.campaigns.save(plan_from(begun.date()))
        post_id = await scheduled(shop, begun + 5 * HOUR, number)
        await shop.run_for(240, step=20)
        assert [row.state for row in await shop.deliveries(post_id)] == [DeliveryState.HELD]
        assert (await shop.services.campaigns.preview(number, 1)).held == 1
        await shop.services.campaigns.move(number, 1)
        await shop.run_for(240, step=20)
        assert [post.at for post in shop.server.holds(NETWORK, REMOTE_ID)] == [to_ms(begun + 5 * HOUR + DAY)]


async def test_collisions_with_what_stands_there_are_said_beforehand(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun = clock.now()
        number = await shop.services.campaigns.save(plan_from(begun.date()))
        await scheduled(shop, begun + 2 * DAY, number)
        other = PostDraft(parts=("otra",), title="La otra", accounts=(shop.account_id,), zone="UTC")
        await shop.services.posts.schedule(other, begun + 3 * DAY + timedelta(minutes=20))
        found = await shop.services.campaigns.preview(number, 1)
        assert [(said.id, said.values["title"]) for said in found.moving[0].collisions] == [
            ("campaigns.too_close", "La otra")
        ]
        assert found.collisions == 1
        assert (await shop.services.campaigns.preview(number, 2)).collisions == 0


async def test_far_away_is_refused_and_what_is_gone_too(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.campaigns.save(plan_from(clock.now().date()))
        for campaign_id, days in ((number, 5000), (99, 1)):
            with pytest.raises(UserMistake):
                await shop.services.campaigns.move(campaign_id, days)
