"""What a report is made of, read from a data file; and on random data its figures against the same counted a second way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from app.models.campaign import CampaignPhase, PhaseKind
from app.models.order import ReadOrder
from app.models.outbox import DeliveryState
from app.models.sale import CampaignReport, Cost, campaign_report
from app.models.tables.outbox import OutboxItem
from app.models.tables.post import TrackedLink
from app.runtime.clock import from_ms, to_ms
from app.store.database import Database
from app.store.reading import campaigns
from app.store.reading import sales as reading
from app.store.writing import orders, posts, sales, samples
from tests.store.making import NOW, NOW_MS, add_account, owe
from tests.store.reading.test_campaigns import post, save

ZONE = ZoneInfo("America/Mexico_City")
FIRST = date(2026, 10, 20)
"""The clocks of the United States, not Mexico's, go back in these weeks."""
PHASES = (
    CampaignPhase(PhaseKind.TEASER, FIRST, FIRST + timedelta(days=9)),
    CampaignPhase(PhaseKind.PROMO, FIRST + timedelta(days=12), FIRST + timedelta(days=20)),
)


def day_of(at: int) -> date:
    return from_ms(at).astimezone(ZONE).date()


def report(database: Database, campaign_id: int, today: date = date(2026, 11, 18)) -> CampaignReport:
    plan = database.reader.now(campaigns.campaign, campaign_id)
    assert plan is not None
    return campaign_report(database.reader.now(reading.told, plan, day_of, today))


def send(database: Database, post_id: int, account_id: int, at: datetime, tracked: str = "", **figures: int) -> int:
    """A delivery that is out, with its link and its last figures."""
    number = owe(database, account_id, post_id=post_id)

    def out(session: Session) -> None:
        item = session.get_one(OutboxItem, number)
        item.state, item.sent_at, item.due_at = DeliveryState.OUT, to_ms(at), to_ms(at)
        if tracked:
            session.add(
                TrackedLink(
                    post_id=post_id, account_id=account_id, url="https://a.example", tracked=tracked, made_at=NOW_MS
                )
            )
        samples.add(session, [(metric, "post", number, to_ms(at) + 1000, value) for metric, value in figures.items()])

    database.write_now(out)
    return number


def bring(database: Database, *read: ReadOrder) -> None:
    database.write_now(orders.keep, read, {}, NOW_MS)


def order(number: int, at: datetime | None, **fields: Any) -> ReadOrder:
    return ReadOrder(
        number, f"A-{number}", amount=10_000, currency="MXN", ordered_at=None if at is None else to_ms(at)
    )._replace(**fields)


def local(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def test_orders_are_found_by_link_and_coupon_and_cancelled_ones_are_none(database: Database, account_id: int) -> None:
    number = save(database, phases=PHASES)
    other = save(database, "Verano", slug="verano", phases=())
    first = post(database, number)
    send(database, first, account_id, local(FIRST), "https://a.example?utm_campaign=marea&utm_content=p1-1", clicks=5)
    database.write_now(sales.set_coupons, number, ["marea10"])
    bring(
        database,
        order(1, local(FIRST), campaign="marea", content="p1-1", email="x@correo.example"),
        order(2, local(FIRST, 23), coupon="vip,marea10"),
        order(3, local(FIRST), campaign="marea", sold=False),
        order(4, local(FIRST), campaign="verano", coupon="marea10"),
        order(5, local(FIRST), content="p1-1"),
        order(6, local(FIRST - timedelta(days=40)), email="x@correo.example"),
        order(7, None, campaign="newsletter", coupon="marea10"),
    )
    found = report(database, number)
    assert found.total.sold is not None
    assert (found.total.sold.orders, dict(found.total.sold.by)) == (4, {"link": 1, "coupon": 2, "post": 1})
    assert found.buyers == (1, 1, 0)
    assert found.coupons == ("marea10",)
    assert [(each.brought.clicks, each.brought.sold and each.brought.sold.orders) for each in found.posts] == [(5, 2)]
    theirs = report(database, other)
    assert theirs.total.sold is not None
    assert theirs.total.sold.orders == 1
    assert database.reader.now(reading.currency) == "MXN"


def test_of_some_accounts_only_what_names_their_posts_counts(database: Database, account_id: int) -> None:
    number = save(database, phases=PHASES)
    other = add_account(database, "@otra", "x")
    first = post(database, number)
    link = "https://a.example?utm_campaign=marea&utm_content=p1-"
    send(database, first, account_id, local(FIRST), f"{link}{account_id}", clicks=5)
    send(database, first, other, local(FIRST), f"{link}{other}", clicks=7)
    database.write_now(sales.set_coupons, number, ["marea10"])
    database.write_now(sales.save_cost, Cost(number, "Volantes", 5_000, "MXN", FIRST), NOW_MS)
    bring(
        database,
        order(1, local(FIRST), campaign="marea", content=f"p1-{account_id}"),
        order(2, local(FIRST), campaign="marea", content=f"p1-{other}"),
        order(3, local(FIRST), campaign="marea"),
        order(4, local(FIRST), coupon="marea10"),
        order(5, local(FIRST), content=f"p1-{account_id}"),
    )
    plan = database.reader.now(campaigns.campaign, number)
    assert plan is not None
    found = campaign_report(database.reader.now(reading.told, plan, day_of, date(2026, 11, 18), (account_id,)))
    assert found.total.sold is not None
    assert (found.total.sold.orders, found.total.clicks, found.of_accounts) == (2, 5, True)
    assert (found.cost, found.cost_of_sale, found.earned) == ((("MXN", 5_000),), None, None)
    assert [(each.handle, each.brought.clicks) for each in found.links] == [("@aurora", 5)]
    whole = report(database, number)
    assert whole.total.sold is not None
    assert (whole.total.sold.orders, whole.total.clicks, whole.of_accounts) == (5, 12, False)


def test_a_campaign_that_was_renamed_keeps_what_its_links_brought(database: Database, account_id: int) -> None:
    number = save(database, slug="nueva", phases=PHASES)
    send(
        database,
        post(database, number),
        account_id,
        local(FIRST),
        "https://a.example?utm_campaign=Marea&utm_content=p1-1",
    )
    bring(database, order(1, local(FIRST), campaign="marea"))
    found = report(database, number)
    assert found.total.sold is not None
    assert found.total.sold.orders == 1


@pytest.mark.parametrize(("url", "marks"), [
    ("https://a.example/?utm_campaign=Marea%20Dos&x=1&UTM_Content=P1#f", {"utm_campaign": "marea dos", "utm_content": "p1"}),
    ("https://a.example/", {}),
    ("https://a.example/?" + "a&" * 300, {}),
])  # fmt: skip
def test_what_a_link_says_of_its_visits(url: str, marks: dict[str, str]) -> None:
    assert reading.marks_of(url) == marks


def test_visits_of_the_campaign_alone(database: Database, account_id: int) -> None:
    number = save(database, phases=PHASES)
    send(database, post(database, number), account_id, local(FIRST), "https://a.example?utm_content=p1-1")
    day = FIRST.toordinal()
    database.write_now(
        sales.set_visits,
        FIRST,
        FIRST,
        [
            (day, "marea", "p9-9", "", 3),
            (day, "", "p1-1", "", 2),
            (day, "marea", "p9-9", "Purchase", 1),
            (day, "verano", "p1-1", "", 50),
            (day, "", "", "", 99),
        ],
    )
    found = report(database, number)
    assert (found.total.visits, found.total.goals) == (5, 1)
    assert [each.brought.visits for each in found.posts] == [2]
    assert found.visits_by_day[:2] == (5, None)


Row = dict[str, Any]


def random_posts(database: Database, random: Random, number: int) -> list[Row]:
    """What went out of a campaign on several accounts; some of it deleted since, some of it without a link of its own."""
    accounts = [add_account(database, f"@a{place}") for place in range(3)]
    sent: list[Row] = []
    for _ in range(random.randint(3, 9)):
        post_id, gone = post(database, number), random.random() < 0.2
        for account in random.sample(accounts, random.randint(1, 3)):
            at = local(FIRST + timedelta(days=random.randint(-3, 25)), random.randint(0, 23))
            content = f"p{post_id}-{account}" if random.random() < 0.8 else ""
            figures = {
                name: random.randint(0, 50) for name in ("clicks", "reposts", "replies") if random.random() < 0.6
            }
            send(
                database,
                post_id,
                account,
                at,
                f"https://a.example?utm_campaign=marea&utm_content={content}" if content else "",
                **figures,
            )
            sent.append({"post": post_id, "content": content, "day": at.date(), "gone": gone, **figures})
        if gone:
            database.write_now(posts.delete, post_id, NOW_MS)
    return sent


def random_orders(database: Database, random: Random, sent: list[Row]) -> list[Row]:
    contents = [each["content"] for each in sent if each["content"]] or ["p0-0"]
    bought: list[Row] = []
    for place in range(60):
        marks = {
            "campaign": random.choice(["", "", "marea", "verano", "elsewhere"]),
            "content": random.choice(["", *contents]),
            "coupon": random.choice(["", "", "c1", "x,c2", "x"]),
            "amount": random.choice([None, random.randint(1, 90_000)]),
            "currency": random.choice(["MXN", "USD"]),
            "sold": random.random() < 0.9,
            "email": random.choice(["", "a@b.example", "c@d.example"]),
        }
        day, hour = FIRST + timedelta(days=random.randint(-10, 28)), random.randint(0, 23)
        bring(database, order(place, local(day, hour), **marks))
        bought.append({**marks, "day": day, "at": local(day, hour)})
    return bought


def ours_of(bought: list[Row], there: list[Row]) -> list[Row]:
    """The campaign's sales among orders, by the rules as they are told to the user."""
    contents = {each["content"] for each in there} - {""}
    return [
        row
        for row in bought
        if row["sold"]
        and (
            row["campaign"] == "marea"
            or (not row["campaign"] and row["content"] in contents)
            or (row["campaign"] not in ("marea", "verano") and {"c1", "c2"} & set(row["coupon"].split(",")))
        )
    ]


def inside(day: date, phase: CampaignPhase | None) -> bool:
    if phase is None:
        return not any(each.starts_on <= day <= each.ends_on for each in PHASES)
    return phase.starts_on <= day <= phase.ends_on


@pytest.mark.parametrize("seed", range(8))
def test_every_figure_counted_a_second_way(database: Database, seed: int) -> None:
    """Random posts, deleted ones among them, orders with and without marks; counted again in plain Python."""
    random = Random(seed)
    number = save(database, phases=PHASES)
    save(database, "Verano", slug="verano", phases=())
    database.write_now(sales.set_coupons, number, ["c1", "c2"])
    sent = random_posts(database, random, number)
    bought = random_orders(database, random, sent)
    found = report(database, number)
    there = [each for each in sent if not each["gone"]]
    ours = ours_of(bought, there)
    sold = found.total.sold
    assert sold is not None
    assert sold.orders == len(ours)
    money = {name: sum(row["amount"] or 0 for row in ours if row["currency"] == name) for name in ("MXN", "USD")}
    assert dict(sold.money) == {name: amount for name, amount in money.items() if amount}
    for metric in ("clicks", "reposts", "replies"):
        known = [each[metric] for each in there if metric in each]
        assert getattr(found.total, metric) == (sum(known) if known else None)
    for part in found.phases:
        assert part.brought.sold is not None
        assert part.brought.sold.orders == sum(inside(row["day"], part.phase) for row in ours)
        assert part.brought.posts == len({each["post"] for each in there if inside(each["day"], part.phase)})
    for line in found.posts:
        words = {each["content"] for each in there if each["post"] == line.post_id and each["content"]}
        assert (line.brought.sold.orders if line.brought.sold else None) == (
            sum(row["content"] in words for row in ours) if words else None
        )
    by_day = dict(zip(found.days, found.by_day, strict=True))
    assert all(count is None or count == sum(row["day"] == day for row in ours) for day, count in by_day.items())
    assert found.buyers is not None
    emails = {row["email"] for row in ours} - {""}
    firsts = [min(row["day"] for row in ours if row["email"] == email) for email in sorted(emails)]
    earlier = [
        any(row["sold"] and row["email"] == email and row["day"] < first for row in bought)
        for email, first in zip(sorted(emails), firsts, strict=True)
    ]
    assert found.buyers.known == len(emails)
    assert found.buyers.before >= sum(earlier), "those of an earlier day at least; of the same day, by the hour"


def test_the_last_moment_of_a_day_is_the_shops(database: Database) -> None:
    number = save(database, phases=PHASES)
    bring(database, order(1, local(PHASES[0].ends_on, 23), campaign="marea"), order(2, NOW, campaign="marea"))
    found = report(database, number)
    assert [each.brought.sold and each.brought.sold.orders for each in found.phases] == [1, 0, 1]
