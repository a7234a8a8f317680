"""The report of a campaign: whose an order is, and what is known of phases, posts and links."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.models.campaign import CampaignPhase, CampaignPlan, PhaseKind
from app.models.sale import By, CampaignTold, Cost, SentPost, ShopOrder, Visits, campaign_report, owner, summed

TEASER = CampaignPhase(PhaseKind.TEASER, date(2026, 11, 1), date(2026, 11, 10), id=1)
PROMO = CampaignPhase(PhaseKind.PROMO, date(2026, 11, 11), date(2026, 11, 20), id=2)
PLAN = CampaignPlan("Marea", slug="marea", phases=(TEASER, PROMO), id=1)


def sent(number: int, post: int, day: date, *contents: str, **figures: int) -> SentPost:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    links = tuple(f"https://s.example/{number}" for _ in contents[:1])
    return SentPost(
        number,
        post,
        number,
        "mastodon",
        f"@{number}",
        f"Post {post}",
        "releases",
        False,
        at,
        day,
        links,
        frozenset(contents),
        figures,
    )


def order(number: int, day: date | None = date(2026, 11, 12), **fields: object) -> ShopOrder:
    return ShopOrder(number, f"A-{number}", day, 10_000, "MXN")._replace(**fields)


TOLD = CampaignTold(
    PLAN,
    frozenset({"marea"}),
    frozenset({"verano"}),
    ("marea10",),
    (
        sent(1, 7, date(2026, 11, 5), "p7-1", clicks=4, reposts=1),
        sent(2, 7, date(2026, 11, 5), "p7-2", clicks=6),
        sent(3, 8, date(2026, 11, 15), "p8-3"),
    ),
    (
        order(1, date(2026, 11, 5), campaign="marea", content="p7-1", buyer="c1"),
        order(2, campaign="marea", content="p8-3", buyer="c1", bought_before=True),
        order(3, coupon="vip,marea10", buyer="e2", bought_before=True, bought_again=True),
        order(4, campaign="verano", coupon="marea10"),
        order(5, date(2026, 11, 25), campaign="marea", amount=None),
        order(6, content="p7-2"),
    ),
    date(2026, 10, 1),
    date(2026, 11, 30),
    orders_marked=True,
    today=date(2026, 11, 13),
)


def test_an_order_is_a_campaigns_by_link_post_or_coupon_and_once() -> None:
    assert [owner(each, TOLD) for each in TOLD.orders] == [By.LINK, By.LINK, By.COUPON, None, By.LINK, By.POST]
    report = campaign_report(TOLD)
    assert report.total.sold is not None
    assert (report.total.sold.orders, report.total.sold.money, report.total.sold.unpriced) == (5, (("MXN", 40_000),), 1)
    assert report.total.sold.by == {By.LINK: 3, By.COUPON: 1, By.POST: 1}


def test_what_another_campaign_names_is_never_counted_twice() -> None:
    other = replace(TOLD, names=frozenset({"verano"}), foreign=frozenset({"marea"}), coupons=(), sent=())
    ours = {each.id for each in TOLD.orders if owner(each, TOLD)}
    theirs = {each.id for each in TOLD.orders if owner(each, other)}
    assert not ours & theirs


def test_phases_posts_and_links() -> None:
    report = campaign_report(TOLD)
    told = [
        (
            each.phase.kind if each.phase else None,
            each.brought.posts,
            each.brought.clicks,
            each.brought.sold and each.brought.sold.orders,
        )
        for each in report.phases
    ]
    assert told == [(PhaseKind.TEASER, 1, 10, 1), (PhaseKind.PROMO, 1, None, 3), (None, 0, None, 1)]
    posts = [
        (each.post_id, each.brought.clicks, each.brought.reposts, each.brought.sold and each.brought.sold.orders)
        for each in report.posts
    ]
    assert posts == [(8, None, None, 1), (7, 10, 1, 2)], "the newest first; what nobody counted is no nought"
    assert [(each.post_id, each.handle, each.brought.sold and each.brought.sold.orders) for each in report.links] == [
        (7, "@2", 1),
        (7, "@1", 1),
        (8, "@3", 1),
    ]


def test_the_sums_of_phases_are_the_whole() -> None:
    report = campaign_report(TOLD)
    assert report.total.sold is not None
    assert sum(each.brought.sold.orders for each in report.phases if each.brought.sold) == report.total.sold.orders
    assert sum(each.brought.posts for each in report.phases) == report.total.posts


def test_words_that_several_posts_share_say_nothing_of_one() -> None:
    shared = replace(
        TOLD,
        sent=(
            sent(1, 7, date(2026, 11, 5), "music"),
            sent(2, 8, date(2026, 11, 6), "music"),
            sent(3, 9, date(2026, 11, 6), "own"),
        ),
    )
    report = campaign_report(shared)
    assert [each.brought.sold is None for each in report.posts] == [False, True, True]
    of_one_post = replace(TOLD, sent=(sent(1, 7, date(2026, 11, 5), "music"), sent(2, 7, date(2026, 11, 6), "music")))
    report = campaign_report(of_one_post)
    assert [each.brought.sold is None for each in report.posts] == [False], "it is that post's"
    assert [each.brought.sold is None for each in report.links] == [True, True], "and of no account of it alone"


@pytest.mark.parametrize(("changed", "missing"), [
    ({"orders_first": None, "orders_last": None}, "orders"),
    ({"orders_marked": False}, "marks"),
    ({"orders_last": date(2026, 10, 5)}, "days"),
])  # fmt: skip
def test_sales_that_nobody_could_know_are_not_told(changed: dict[str, object], missing: str) -> None:
    report = campaign_report(replace(TOLD, **changed))  # type: ignore[arg-type]
    assert report.missing == {missing}
    assert report.total.sold is None
    assert report.buyers is None
    assert all(each.brought.sold is None for each in (*report.phases, *report.posts, *report.links))
    assert set(report.by_day) == {None}


def test_a_phase_after_the_last_order_is_not_known_yet() -> None:
    report = campaign_report(replace(TOLD, orders_last=date(2026, 11, 9)))
    assert [each.brought.sold is None for each in report.phases[:2]] == [False, True]
    assert report.by_day[-1] is None


def test_days_go_as_far_as_they_have_come() -> None:
    report = campaign_report(TOLD)
    assert (report.days[0], report.days[-1], len(report.days)) == (date(2026, 11, 1), date(2026, 11, 13), 13)
    assert dict(zip(report.days, report.by_day, strict=True))[date(2026, 11, 12)] == 3
    assert campaign_report(replace(TOLD, plan=replace(PLAN, phases=()))).days == ()


def test_visits_and_goals_are_of_days_that_were_asked_about() -> None:
    visits = (
        Visits(date(2026, 11, 5), "p7-1", "", 9),
        Visits(date(2026, 11, 5), "p7-1", "Purchase", 2),
        Visits(date(2026, 11, 12), "", "", 3),
    )
    told = replace(TOLD, visits=visits, asked_days=frozenset({date(2026, 11, 5), date(2026, 11, 12)}))
    report = campaign_report(told)
    assert (report.total.visits, report.total.goals, report.goals) == (12, 2, {"Purchase": 2})
    assert [(each.brought.visits, each.brought.goals) for each in report.phases] == [(9, 2), (3, 0), (None, None)]
    assert [(each.post_id, each.brought.visits) for each in report.posts] == [(8, 0), (7, 9)]
    days = dict(zip(report.days, report.visits_by_day, strict=True))
    assert (days[date(2026, 11, 5)], days[date(2026, 11, 6)]) == (9, None)
    assert campaign_report(TOLD).total.visits is None


def test_the_cost_of_a_sale() -> None:
    costs = (Cost(1, "Ads", 30_000, "MXN", date(2026, 11, 2)), Cost(1, "Prizes", 20_000, "MXN", date(2026, 11, 3)))
    report = campaign_report(replace(TOLD, costs=costs))
    assert (report.cost, report.cost_of_sale, report.earned) == ((("MXN", 50_000),), ("MXN", 10_000), 0.8)
    two = (*costs, Cost(1, "Video", 5_000, "USD", date(2026, 11, 3)))
    report = campaign_report(replace(TOLD, costs=two))
    assert (report.cost_of_sale, report.earned) == (None, None), "two currencies are never added up"
    none = campaign_report(replace(TOLD, costs=costs, orders=()))
    assert (none.cost_of_sale, none.earned) == (None, None), "no division by nothing"
    assert campaign_report(TOLD).cost_of_sale is None


def test_buyers_who_came_back() -> None:
    buyers = campaign_report(TOLD).buyers
    assert buyers is not None
    assert buyers == (2, 1, 1), "who bought twice within the campaign had not bought before it"


def test_amounts_by_currency() -> None:
    assert summed([("MXN", 5), ("USD", 7), ("MXN", 4)]) == (("MXN", 9), ("USD", 7))
    assert summed([]) == ()
