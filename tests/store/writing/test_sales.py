"""Costs, coupons, visits and figures of the past, as they are kept."""

from __future__ import annotations

from datetime import date

from app.models.sale import Cost
from app.store.database import Database
from app.store.reading import sales as reading
from app.store.writing import calendar, sales
from tests.store.making import NOW_MS, rows

DAY = date(2026, 11, 16)


def test_a_cost_is_kept_changed_removed_and_brought_back(database: Database) -> None:
    campaign = database.write_now(calendar.add_campaign, "Marea")
    number = database.write_now(sales.save_cost, Cost(campaign, "Ads", 30_000, "MXN", DAY), NOW_MS)
    assert database.reader.now(reading.cost, number) == Cost(campaign, "Ads", 30_000, "MXN", DAY, number)
    assert database.write_now(sales.save_cost, Cost(campaign, "Ads", 40_000, "MXN", DAY, number), NOW_MS) == number
    assert [each.amount for each in database.reader.now(reading.costs, campaign)] == [40_000]
    database.write_now(sales.remove_cost, number, NOW_MS)
    assert database.reader.now(reading.costs, campaign) == ()
    assert database.reader.now(reading.cost, number) is None
    database.write_now(sales.remove_cost, number, None)
    assert len(database.reader.now(reading.costs, campaign)) == 1


def test_a_coupon_is_one_campaigns(database: Database) -> None:
    first, second = (database.write_now(calendar.add_campaign, name) for name in ("Marea", "Sombra"))
    database.write_now(sales.set_coupons, first, ["a", "b"])
    assert database.reader.now(reading.coupon_owners, ["a", "x"]) == {"a": (first, "Marea")}
    database.write_now(sales.set_coupons, second, ["b"])
    database.write_now(sales.set_coupons, second, ["b", "c"])
    assert database.reader.now(reading.coupons, first) == ("a",)
    assert database.reader.now(reading.coupons, second) == ("b", "c")
    database.write_now(sales.set_coupons, second, [])
    assert database.reader.now(reading.coupons, second) == ()


def test_days_that_were_asked_about_are_known_also_without_visits(database: Database) -> None:
    day = DAY.toordinal()
    database.write_now(
        sales.set_visits,
        DAY,
        date(2026, 11, 18),
        [(day, "marea", "p1-1", "", 3), (day, "marea", "p1-1", "", 1), (day, "", "", "", 40)],
    )
    assert rows(database, "SELECT day - ?, campaign, content, goal, count FROM visit_day ORDER BY day, campaign", day) == [
        (0, "", "", "", 40), (0, "marea", "p1-1", "", 4), (1, "", "", "", 0), (2, "", "", "", 0),
    ]  # fmt: skip
    database.write_now(sales.set_visits, DAY, DAY, [(day, "marea", "p1-1", "Purchase", 1)])
    assert rows(database, "SELECT campaign, goal, count FROM visit_day WHERE day = ? ORDER BY campaign", day) == [
        ("", "", 0),
        ("marea", "Purchase", 1),
    ]
    assert database.reader.now(reading.last_asked_day) == date(2026, 11, 18)


def test_gains_of_the_past_are_added_to_days_and_can_be_taken_back(database: Database, account_id: int) -> None:
    day = DAY.toordinal()
    database.write_now(sales.add_past, [("reposts", account_id, day, 4), ("likes", account_id, day, 0)])
    database.write_now(sales.add_past, [("reposts", account_id, day, 6)])
    assert rows(database, "SELECT metric, gained FROM figure_day ORDER BY metric") == [("likes", 0), ("reposts", 6)]
    database.write_now(
        sales.remove_past, [("reposts", account_id, day), ("likes", account_id, day), ("likes", account_id, 1)]
    )
    assert rows(database, "SELECT * FROM figure_day") == []
