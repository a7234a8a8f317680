"""Figures of the past out of a file: kept as if measured, never over what we measured ourselves, and taken back as one act."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.models.order import DayOrder
from app.models.past_figure import FigureResult, PastMetric
from app.runtime.errors import UserMistake
from app.services.figure_import import FigureImport
from app.store.writing import samples
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.store.making import owe, rows

X_OVERVIEW = (
    "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits\n"
    '"Mon, Nov 16, 2026",1200,14,40,1,2,3,1,5,7,22\n'
    '"Tue, Nov 17, 2026","1,050",0,30,0,0,1,0,,2,18\n'
)


async def bring(shop: SmallShop, folder: Path, text: str, days: DayOrder | None = None) -> FigureResult:
    path = folder / "figures.csv"
    path.write_text(text, "utf-8")
    service: FigureImport = shop.services.figure_import
    return await service.import_file(path, shop.account_id, days=days)


def gained(shop: SmallShop) -> list[tuple[object, ...]]:
    return rows(
        shop.database,
        "SELECT metric, day, gained FROM figure_day WHERE account_id = ? ORDER BY metric, day",
        shop.account_id,
    )


def totals(shop: SmallShop) -> list[tuple[object, ...]]:
    return rows(shop.database, "SELECT metric, value FROM sample WHERE subject = 'account' ORDER BY metric, at")


async def test_the_overview_of_x_is_understood(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        path = tmp_path / "x.csv"
        path.write_text(X_OVERVIEW, "utf-8")
        seen = await shop.services.figure_import.preview(path, shop.account_id)
        assert dict(seen.columns) == {
            "Impressions": PastMetric.IMPRESSIONS, "Likes": PastMetric.LIKES, "Reposts": PastMetric.REPOSTS, "Replies": PastMetric.REPLIES,
            "Profile visits": PastMetric.PROFILE_VISITS,
        }  # fmt: skip
        assert (seen.days, seen.first, seen.last, seen.known, seen.wrong) == (
            2,
            date(2026, 11, 16),
            date(2026, 11, 17),
            0,
            (),
        )
        result = await bring(shop, tmp_path, X_OVERVIEW)
        assert (result.days, result.figures, result.known) == (2, 9, 0)
        day = date(2026, 11, 16).toordinal()
        assert [row for row in gained(shop) if row[0] == "replies"] == [("replies", day, 5)], (
            "an empty cell is no nought"
        )
        assert [row for row in gained(shop) if row[0] == "likes"] == [("likes", day, 14), ("likes", day + 1, 0)]


async def test_followers_are_kept_as_if_measured_at_the_end_of_the_day(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await bring(shop, tmp_path, "Fecha;Seguidores\n16/11/2026;1.204\n17/11/2026;1.210\n", DayOrder.DAY_FIRST)
        assert totals(shop) == [("followers", 1204), ("followers", 1210)]
        assert await shop.undo() == "undone.figures"
        assert totals(shop) == []


async def test_days_that_are_known_stay_as_they_are(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        at = int(clock.now().timestamp() * 1000)
        day_ms = 86_400_000
        item = owe(shop.database, shop.account_id)
        shop.database.write_now(
            lambda session: samples.add(session, [("followers", "account", shop.account_id, at - day_ms, 900)])
        )
        shop.database.write_now(lambda session: samples.add(session, [("likes", "post", item, at - day_ms, 3)]))
        before = gained(shop)
        text = "Date,Followers,Likes\n2026-11-16,890,5\n2026-11-17,1000,50\n2026-11-18,1,1\n"
        result = await bring(shop, tmp_path, text)
        assert (result.days, result.figures, result.known) == (1, 2, 2), "the day we measured, and today"
        assert totals(shop) == [("followers", 890), ("followers", 900)]
        assert sorted(set(gained(shop)) - set(before)) == [("likes", date(2026, 11, 16).toordinal(), 5)]
        again = await bring(shop, tmp_path, text)
        assert (again.figures, again.known) == (0, 3), "the same file again brings nothing"
        await shop.undo()
        assert gained(shop) == before, "taking back leaves what was measured"


async def test_wrong_rows_cost_themselves_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        result = await bring(
            shop, tmp_path, "Date,Followers\n2026-11-15,10\nnever,4\n2026-11-16,-3\n2026-11-17,1.5\n2026-11-14,\n"
        )
        assert result.figures == 1
        assert [(row.line, row.reason.id) for row in result.wrong] == [
            (3, "orders.wrong.date"), (4, "figures.wrong_number"), (5, "figures.wrong_number"),
        ]  # fmt: skip


@pytest.mark.parametrize("text", ["Name,Colour\na,b\n", "Date,Colour\n2026-11-16,b\n", "Followers\n4\n"])
async def test_what_is_no_such_file_is_said(tmp_path: Path, clock: FakeClock, text: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as caught:
            await bring(shop, tmp_path, text)
        assert caught.value.message.id == "figures.no_columns"


async def test_days_that_can_be_read_in_two_ways_are_asked_about(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        text = "Date,Followers\n03/04/2026,10\n"
        with pytest.raises(UserMistake) as caught:
            await bring(shop, tmp_path, text)
        assert caught.value.field == "days"
        assert (await bring(shop, tmp_path, text, DayOrder.MONTH_FIRST)).figures == 1


async def test_it_may_be_stopped_and_what_came_in_can_be_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        lines = [f"{date.fromordinal(date(2020, 1, 1).toordinal() + n).isoformat()},{n}" for n in range(1200)]
        path = tmp_path / "long.csv"
        path.write_text("\n".join(["Date,Followers", *lines]), "utf-8")
        service = shop.services.figure_import
        result = await service.import_file(path, shop.account_id, lambda _done, _all: service.stop())
        assert result.stopped
        assert 0 < len(totals(shop)) == result.figures < 1200
        await shop.undo()
        assert totals(shop) == []


async def test_in_five_languages(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        for number, header in enumerate(
            ["Date,Followers", "Fecha,Seguidores", "Date,Abonnés", "Дата,Подписчики", "日期,粉丝数"]
        ):
            assert (await bring(shop, tmp_path, f"{header}\n2026-10-0{number + 1},4\n")).figures == 1
