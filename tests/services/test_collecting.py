"""Figures of accounts and posts are noted once a period, however often the program looks or starts; what no network told stays a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.models.measuring import POST_AGES
from app.networks.network import Figures
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.clock import from_ms, to_ms
from app.runtime.settings import Shop
from app.services.collecting import ACCOUNT_FIGURES, AT_ONCE, GONE, POST_FIGURES
from app.store.reading import samples
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

DAY = 86_400


async def followers(shop: SmallShop) -> list[tuple[int, int]]:
    return await shop.database.read(samples.series, "followers", "account", shop.account_id, 0)


async def likes(shop: SmallShop, number: int) -> list[int]:
    return [at for at, _ in await shop.database.read(samples.series, "likes", "post", number, 0)]


async def test_an_accounts_figures_are_noted_each_day_of_the_shop(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        looked = []
        for _ in range(3 * 24):
            looked.append(clock.now().date())
            await shop.services.sync.look_now()
            clock.advance(3600)
        assert [from_ms(at).date() for at, _ in await followers(shop)] == sorted(set(looked))


async def test_a_day_begins_where_the_shop_is(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Shop, zone="Pacific/Auckland")
        await shop.services.sync.look_now()
        noted = clock.now()
        midnight = (noted.astimezone(ZoneInfo("Pacific/Auckland")) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        clock.advance((midnight - noted).total_seconds() - 1)
        await shop.services.sync.look_now()
        assert len(await followers(shop)) == 1
        clock.advance(1)
        await shop.services.sync.look_now()
        assert len(await followers(shop)) == 2


async def test_they_are_noted_at_each_opening_but_not_twice_in_an_hour(tmp_path: Path, clock: FakeClock) -> None:
    for number, expected in enumerate((1, 1, 2)):
        async with shop_in(tmp_path, clock, stock=number == 0, process=f"test:{number}:x") as shop:
            await shop.services.sync.look_now()
            assert len(await followers(shop)) == expected
        clock.advance(1801)


async def test_a_post_is_measured_once_in_each_period_of_its_life(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("con cifras")
        await shop.services.publishing.send_due()
        out = clock.now()
        for _ in range(2 * 24 * 6):
            await shop.services.sync.look_now()
            clock.advance(600)
        noted = [timedelta(milliseconds=at - to_ms(out)) for at in await likes(shop, number)]
        periods = [age for age in POST_AGES if age < timedelta(days=2)]
        assert len(noted) == len(periods)
        assert all(begins <= at < begins + timedelta(minutes=10) for begins, at in zip(periods, noted, strict=True))


async def test_a_missed_period_stays_a_gap(tmp_path: Path, clock: FakeClock) -> None:
    """The program was closed while others would have been noted."""
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("con cifras")
        await shop.services.publishing.send_due()
    clock.advance(4 * DAY)
    for process in ("b", "c"):
        async with shop_in(tmp_path, clock, stock=False, process=f"test:{process}:x") as shop:
            await shop.services.sync.look_now()
            assert len(await likes(shop, number)) == 1


async def test_a_post_that_is_gone_is_noted_as_gone_and_asked_about_no_oftener(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("se borra")
        await shop.services.publishing.send_due()
        clock.advance(DAY)
        asked: list[int] = []
        link = await shop.services.connections.get(shop.account_id)

        async def gone(ids: list[str]) -> list[Figures]:
            asked.append(len(ids))
            return [Figures(remote_id, gone=True) for remote_id in ids]

        link.connection.figures = gone  # type: ignore[attr-defined]
        for _ in range(3):
            await shop.services.sync.look_now()
        assert asked == [1]
        assert [value for _, value in await shop.database.read(samples.series, "gone", "post", number, 0)] == [1]
        assert await likes(shop, number) == []


async def test_figures_that_fail_leave_a_gap_and_the_next_look_tries_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("con cifras")
        await shop.services.publishing.send_due()
        clock.advance(DAY)
        shop.server.fail(FailureKind.OFFLINE, verb=Verb.FIGURES)
        await shop.services.sync.look_now()
        assert await likes(shop, number) == []
        clock.advance(600)
        await shop.services.sync.look_now()
        assert len(await likes(shop, number)) == 1


@pytest.mark.parametrize("metric", ACCOUNT_FIGURES)
async def test_all_that_the_network_gives_of_an_account_is_noted(tmp_path: Path, clock: FakeClock, metric: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.sync.look_now()
        link = await shop.services.connections.get(shop.account_id)
        told = getattr(await link.connection.profile(), metric)
        noted = await shop.database.read(samples.latest, metric, "account", shop.account_id)
        assert noted == told


async def test_many_posts_are_asked_about_in_portions(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        for number in range(AT_ONCE + 5):
            await shop.post(f"post {number}")
        await shop.services.publishing.send_due()
        clock.advance(DAY)
        asked: list[int] = []
        link = await shop.services.connections.get(shop.account_id)
        tell = link.connection.figures  # type: ignore[attr-defined]

        async def counted(ids: list[str]) -> list[Figures]:
            asked.append(len(ids))
            return await tell(ids)  # type: ignore[no-any-return]

        link.connection.figures = counted  # type: ignore[attr-defined]
        for _ in range(3):
            await shop.services.sync.look_now()
        assert asked == [AT_ONCE, 5]


async def tell(shop: SmallShop, figures: Callable[[list[str]], list[Figures]]) -> list[list[str]]:
    """The network tells these; answers what it is asked for, as it is asked."""
    asked: list[list[str]] = []
    link = await shop.services.connections.get(shop.account_id)

    async def told(ids: list[str]) -> list[Figures]:
        asked.append(ids)
        return figures(ids)

    link.connection.figures = told  # type: ignore[attr-defined]
    return asked


async def noted(shop: SmallShop, number: int) -> dict[str, int | None]:
    return {
        metric: await shop.database.read(samples.latest, metric, "post", number) for metric in (*POST_FIGURES, GONE)
    }


async def test_a_threads_figures_are_those_of_its_parts_and_its_own_parts_are_no_replies(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("uno", "dos", "tres")
        await shop.services.publishing.send_due()
        clock.advance(DAY)
        asked = await tell(shop, lambda ids: [Figures(each, 2 + at, 1, 1 if at == 2 else 3, 0, 100) for at, each in enumerate(ids)])
        await shop.services.sync.look_now()
        assert [len(ids) for ids in asked] == [3]
        assert await noted(shop, number) == {
            "likes": 9,
            "reposts": 3,
            "replies": 7 - 2,
            "quotes": 0,
            "impressions": 300,
            "profile_visits": None,
            "gone": None,
        }


async def test_what_is_unknown_of_one_part_is_unknown_of_the_thread(tmp_path: Path, clock: FakeClock) -> None:
    """A part of the sum would look like a loss."""
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("uno", "dos")
        await shop.services.publishing.send_due()
        clock.advance(DAY)
        await tell(shop, lambda ids: [Figures(ids[0], 5, 1), Figures(ids[1], None, 1)])
        await shop.services.sync.look_now()
        assert {name: value for name, value in (await noted(shop, number)).items() if value is not None} == {"reposts": 2}


@pytest.mark.parametrize(("lost", "expected"), [(1, {"likes": 20, "replies": 2}), (0, {"gone": 1})])
async def test_a_part_that_was_deleted_counts_no_more_and_without_its_first_a_thread_is_gone(
    tmp_path: Path, clock: FakeClock, lost: int, expected: dict[str, int]
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("uno", "dos", "tres")
        await shop.services.publishing.send_due()
        clock.advance(DAY)
        await tell(
            shop, lambda ids: [Figures(each, gone=True) if at == lost else Figures(each, 10, replies=1) for at, each in enumerate(ids)]
        )
        await shop.services.sync.look_now()
        assert {name: value for name, value in (await noted(shop, number)).items() if value is not None} == expected


async def test_two_processes_on_a_profile_note_each_period_once(tmp_path: Path, clock: FakeClock) -> None:
    """One looks shortly after the other, for days on end."""
    async with shop_in(tmp_path, clock) as window, shop_in(tmp_path, clock, stock=False, process="test:1:second") as service:
        number = await window.post("una vez")
        await window.services.publishing.send_due()
        for _ in range(4 * 48):
            for shop in (window, service):
                await shop.services.sync.look_now()
                clock.advance(900)
        days = [from_ms(at).date() for at, _ in await followers(window)]
        assert days == sorted(set(days))
        assert len(await likes(window, number)) == sum(age < timedelta(days=4) for age in POST_AGES)


async def test_what_another_process_measured_meanwhile_is_not_measured_twice(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as window, shop_in(tmp_path, clock, stock=False, process="test:1:second") as service:
        number = await window.post("una vez")
        await window.services.publishing.send_due()
        clock.advance(DAY)
        link = await window.services.connections.get(window.account_id)

        async def slowly(ids: list[str]) -> list[Figures]:
            await service.services.sync.look_now()
            clock.advance(20)
            return [Figures(each, 7) for each in ids]

        link.connection.figures = slowly  # type: ignore[attr-defined]
        await window.services.sync.look_now()
        assert len(await likes(window, number)) == 1


async def test_a_post_that_is_there_again_is_gone_no_more(tmp_path: Path, clock: FakeClock) -> None:
    """A server may hide an account for a while."""
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("va y vuelve")
        await shop.services.publishing.send_due()
        for hidden, expected in ((True, {"gone": 1}), (False, {"gone": 0, "likes": 3}), (False, {"gone": 0, "likes": 3})):
            clock.advance(DAY)
            await tell(shop, lambda ids, hidden=hidden: [Figures(each, None if hidden else 3, gone=hidden) for each in ids])
            await shop.services.sync.look_now()
            assert {name: value for name, value in (await noted(shop, number)).items() if value is not None} == expected
        assert len(await shop.database.read(samples.series, GONE, "post", number, 0)) == 2
