"""What campaigns sold and cost: which orders are a campaign's, and its report by phase, post and link. Pure, standard library only.

An order is a campaign's by the name in the link it came from (utm_campaign), else by the post in it (utm_content), else by a coupon; each
order once. Amounts of several currencies are never added up. What nobody counted is None, and no nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.models.campaign import CampaignPhase, CampaignPlan, phase_at

Money = tuple[tuple[str, int], ...]
"""(currency code, hundredths), the largest amount first; empty where nothing is priced."""


def summed(amounts: Iterable[tuple[str, int]]) -> Money:
    """Amounts by currency."""
    totals: dict[str, int] = {}
    for currency, amount in amounts:
        totals[currency] = totals.get(currency, 0) + amount
    return tuple(sorted(totals.items(), key=lambda each: (-each[1], each[0])))


class By(StrEnum):
    """Why an order is a campaign's."""

    LINK = "link"
    POST = "post"
    COUPON = "coupon"


class ShopOrder(NamedTuple):
    """An order that may be a campaign's: what it says of where it came from, and who bought. `day` is the shop's; None where it has none."""

    id: int
    number: str
    day: date | None
    amount: int | None
    currency: str
    campaign: str = ""
    content: str = ""
    coupon: str = ""
    buyer: str = ""
    """One key for one buyer; empty where the order names nobody."""
    bought_before: bool = False
    bought_again: bool = False


class Cost(NamedTuple):
    """Money that a campaign cost, as typed; `amount` in hundredths."""

    campaign_id: int
    title: str
    amount: int
    currency: str
    on_day: date
    id: int | None = None


class SentPost(NamedTuple):
    """A post on one account: what it got until now, and by which words in its links sales and visits are known to be its."""

    outbox_id: int
    post_id: int
    account_id: int
    network: str
    handle: str
    title: str
    pillar: str
    sells: bool
    sent_at: datetime
    sent_on: date
    links: tuple[str, ...] = ()
    """As they left: short where they are."""
    contents: frozenset[str] = frozenset()
    figures: Mapping[str, int] = {}
    """clicks, reposts, replies, likes: the latest, where any was measured."""


class Visits(NamedTuple):
    """What the analytics server counted on one day for one pair of words."""

    day: date
    content: str
    goal: str
    """Empty: visits."""
    times: int


@dataclass(frozen=True, slots=True)
class CampaignTold:
    """All that was read for one report."""

    plan: CampaignPlan
    names: frozenset[str] = frozenset()
    """Its names in links."""
    foreign: frozenset[str] = frozenset()
    """Names of other campaigns."""
    coupons: tuple[str, ...] = ()
    sent: Sequence[SentPost] = ()
    orders: Sequence[ShopOrder] = ()
    """Sales alone; some of them may be another campaign's."""
    orders_first: date | None = None
    """Of all orders of the shop: between the first and the last the export tells of every day."""
    orders_last: date | None = None
    orders_marked: bool = False
    """Whether any order of the shop says where it came from."""
    visits: Sequence[Visits] = ()
    asked_days: frozenset[date] = frozenset()
    """Days about which the analytics server was asked."""
    costs: tuple[Cost, ...] = ()
    today: date = date.max
    of_accounts: bool = False
    """Only some accounts are looked at: `sent` is theirs, and of orders and visits only those count that name one of these posts."""


class Sold(NamedTuple):
    """Some orders together."""

    orders: int
    money: Money = ()
    by: Mapping[By, int] = {}
    unpriced: int = 0
    """How many of them have no amount."""


class Brought(NamedTuple):
    """What posts, days or a link brought; None: not counted by anybody."""

    posts: int = 0
    clicks: int | None = None
    reposts: int | None = None
    replies: int | None = None
    visits: int | None = None
    goals: int | None = None
    sold: Sold | None = None


class PhaseReport(NamedTuple):
    """A phase; `phase` None: everything outside of all phases. Clicks, reposts and replies are those of the posts that went out in it,
    visits and sales those of its days.
    """

    phase: CampaignPhase | None
    brought: Brought


class PostReport(NamedTuple):
    """A post on all its accounts."""

    post_id: int
    title: str
    pillar: str
    sells: bool
    networks: tuple[str, ...]
    sent_on: date
    brought: Brought


class LinkReport(NamedTuple):
    """The link, or links, of a post on one account: their clicks are counted together."""

    post_id: int
    title: str
    network: str
    handle: str
    links: tuple[str, ...]
    brought: Brought


class Buyers(NamedTuple):
    """Who bought: how many are known by name, how many of them had bought before, and how many came again since."""

    known: int
    before: int
    again: int


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """The report of a whole campaign, up to now."""

    plan: CampaignPlan
    total: Brought
    phases: tuple[PhaseReport, ...] = ()
    posts: tuple[PostReport, ...] = ()
    links: tuple[LinkReport, ...] = ()
    costs: tuple[Cost, ...] = ()
    cost: Money = ()
    cost_of_sale: tuple[str, int] | None = None
    """(currency, hundredths); None without sales, without costs, or where costs are in several currencies."""
    earned: float | None = None
    """Sales for each unit of cost, where both are in one currency."""
    buyers: Buyers | None = None
    coupons: tuple[str, ...] = ()
    orders_until: date | None = None
    """The day of the shop's last order that was read; None: none ever was."""
    days: tuple[date, ...] = ()
    by_day: tuple[int | None, ...] = ()
    """Sales of each day of its phases."""
    visits_by_day: tuple[int | None, ...] = ()
    goals: Mapping[str, int] = field(default_factory=dict)
    """What the analytics server counted as reached, by its goals' names."""
    of_accounts: bool = False
    """Of some accounts alone: what names none of their posts is left out, and no cost belongs to an account."""
    missing: frozenset[str] = frozenset()
    """What is wanted for sales to be known: `orders`, `marks`, `days`."""


def owner(order: ShopOrder, told: CampaignTold) -> By | None:
    """Why an order is this campaign's; None where it is not."""
    if told.of_accounts:
        named = any(order.content in each.contents for each in told.sent) if order.content else False
        return By.POST if named and (not order.campaign or order.campaign in told.names) else None
    if order.campaign:
        if order.campaign in told.names:
            return By.LINK
        if order.campaign in told.foreign:
            return None
    if order.content and not order.campaign and any(order.content in each.contents for each in told.sent):
        return By.POST
    codes = order.coupon.split(",") if order.coupon else ()
    return By.COUPON if any(code in told.coupons for code in codes) else None


def campaign_report(told: CampaignTold) -> CampaignReport:
    """All figures of the report."""
    ours = [(order, why) for order in told.orders if (why := owner(order, told)) is not None]
    phases = told.plan.phases
    counted = _Counted(told, ours)
    total = counted.brought(told.sent, ours, None)
    parts = [PhaseReport(each, counted.of_phase(each)) for each in phases]
    rest = counted.outside()
    if rest is not None:
        parts.append(PhaseReport(None, rest))
    cost = summed((each.currency, each.amount) for each in told.costs)
    days = _days(told)
    return CampaignReport(
        told.plan,
        total,
        tuple(parts),
        counted.posts(),
        counted.links(),
        told.costs,
        cost,
        None if told.of_accounts else _cost_of_sale(cost, total.sold),
        None if told.of_accounts else _earned(cost, total.sold),
        _buyers([order for order, _ in ours]) if total.sold is not None else None,
        told.coupons,
        told.orders_last,
        days,
        tuple(counted.sold_on(day) for day in days),
        tuple(counted.visits_on(day) for day in days),
        _goals(told.visits),
        told.of_accounts,
        counted.missing,
    )


class _Counted:
    """Orders and visits by what they are asked for."""

    def __init__(self, told: CampaignTold, ours: Sequence[tuple[ShopOrder, By]]) -> None:
        self._told = told
        self._ours = ours
        self.missing = _missing(told)
        self._bearers: dict[str, set[int]] = {}
        """Deliveries by the words in their links."""
        for each in told.sent:
            for content in each.contents:
                self._bearers.setdefault(content, set()).add(each.outbox_id)
        self._ours_by_words: dict[str, list[tuple[ShopOrder, By]]] = {}
        for pair in ours:
            self._ours_by_words.setdefault(pair[0].content, []).append(pair)
        self._visits_by_words: dict[str, list[Visits]] = {}
        for visited in told.visits:
            self._visits_by_words.setdefault(visited.content, []).append(visited)
        self._per_day: dict[date, int] = {}
        for counted in told.visits:
            if not counted.goal:
                self._per_day[counted.day] = self._per_day.get(counted.day, 0) + counted.times
        self._sales_per_day: dict[date, int] = {}
        for order, _ in ours:
            if order.day is not None:
                self._sales_per_day[order.day] = self._sales_per_day.get(order.day, 0) + 1

    def brought(
        self, sent: Sequence[SentPost], ours: Sequence[tuple[ShopOrder, By]], phase: CampaignPhase | None
    ) -> Brought:
        asked = [day for day in self._told.asked_days if phase is None or phase.starts_on <= day <= phase.ends_on]
        visits = [each for each in self._told.visits if phase is None or phase.starts_on <= each.day <= phase.ends_on]
        return _with_posts(sent)._replace(
            visits=sum(each.times for each in visits if not each.goal) if asked else None,
            goals=sum(each.times for each in visits if each.goal) if asked else None,
            sold=_sold(ours) if self._knows(phase) else None,
        )

    def of_phase(self, phase: CampaignPhase) -> Brought:
        def within(day: date | None) -> bool:
            return day is not None and phase_at(self._told.plan.phases, day) == phase

        sent = [each for each in self._told.sent if within(each.sent_on)]
        return self.brought(sent, [each for each in self._ours if within(each[0].day)], phase)

    def outside(self) -> Brought | None:
        """Posts and orders of the campaign on days of no phase; None where there is none."""
        phases = self._told.plan.phases
        sent = [each for each in self._told.sent if phase_at(phases, each.sent_on) is None]
        ours = [each for each in self._ours if each[0].day is None or phase_at(phases, each[0].day) is None]
        if not sent and not ours:
            return None
        visits = [each for each in self._told.visits if phase_at(phases, each.day) is None]
        asked = any(phase_at(phases, day) is None for day in self._told.asked_days)
        return _with_posts(sent)._replace(
            visits=sum(each.times for each in visits if not each.goal) if asked else None,
            goals=sum(each.times for each in visits if each.goal) if asked else None,
            sold=_sold(ours) if not self.missing else None,
        )

    def posts(self) -> tuple[PostReport, ...]:
        """The newest first."""
        by_post: dict[int, list[SentPost]] = {}
        for each in self._told.sent:
            by_post.setdefault(each.post_id, []).append(each)
        rows = []
        for post_id, sent in by_post.items():
            first = min(sent, key=lambda each: each.sent_at)
            networks = tuple(dict.fromkeys(each.network for each in sent))
            rows.append(
                (
                    first.sent_at,
                    PostReport(
                        post_id, first.title, first.pillar, first.sells, networks, first.sent_on, self._by_words(sent)
                    ),
                )
            )
        return tuple(row for _, row in sorted(rows, key=lambda each: (each[0], each[1].post_id), reverse=True))

    def links(self) -> tuple[LinkReport, ...]:
        """Those that brought most sales, then most clicks, first."""
        rows = [
            LinkReport(each.post_id, each.title, each.network, each.handle, each.links, self._by_words([each]))
            for each in self._told.sent
            if each.links
        ]
        return tuple(
            sorted(rows, key=lambda row: (-_orders(row.brought), -(row.brought.clicks or 0), row.post_id, row.handle))
        )

    def sold_on(self, day: date) -> int | None:
        if self.missing or not self._told_of(day):
            return None
        return self._sales_per_day.get(day, 0)

    def visits_on(self, day: date) -> int | None:
        return self._per_day.get(day, 0) if day in self._told.asked_days else None

    def _by_words(self, sent: Sequence[SentPost]) -> Brought:
        """What is known of some posts by the words in their links alone; None where those words say nothing of them alone."""
        which = {each.outbox_id for each in sent}
        # Words that the accounts of one post share say something of the post, though of none of them.
        words = {content for each in sent for content in each.contents if self._bearers[content] <= which}
        ours = [pair for content in words for pair in self._ours_by_words.get(content, ())]
        visits = [each for content in words for each in self._visits_by_words.get(content, ())]
        knows_visits = bool(words and self._told.asked_days)
        return _with_posts(sent)._replace(
            visits=sum(each.times for each in visits if not each.goal) if knows_visits else None,
            goals=sum(each.times for each in visits if each.goal) if knows_visits else None,
            sold=_sold(ours) if words and not self.missing else None,
        )

    def _knows(self, phase: CampaignPhase | None) -> bool:
        if self.missing:
            return False
        if phase is None:
            return True
        first, last = self._told.orders_first, self._told.orders_last
        return first is not None and last is not None and phase.starts_on <= last and phase.ends_on >= first

    def _told_of(self, day: date) -> bool:
        first, last = self._told.orders_first, self._told.orders_last
        return first is not None and last is not None and first <= day <= last


def _missing(told: CampaignTold) -> frozenset[str]:
    """Why nothing can be said of its sales: no order was read, none says where it came from, or none is of its days."""
    if told.orders_last is None or told.orders_first is None:
        return frozenset({"orders"})
    if not told.orders_marked:
        return frozenset({"marks"})
    begins, ends = told.plan.starts_on, told.plan.ends_on
    if begins is not None and ends is not None and (told.orders_last < begins or told.orders_first > ends):
        return frozenset({"days"})
    return frozenset()


def _with_posts(sent: Sequence[SentPost]) -> Brought:
    def total(name: str) -> int | None:
        known = [each.figures[name] for each in sent if name in each.figures]
        return sum(known) if known else None

    return Brought(len({each.post_id for each in sent}), total("clicks"), total("reposts"), total("replies"))


def _sold(ours: Sequence[tuple[ShopOrder, By]]) -> Sold:
    by: dict[By, int] = {}
    for _, why in ours:
        by[why] = by.get(why, 0) + 1
    priced = [(order.currency, order.amount) for order, _ in ours if order.amount is not None]
    return Sold(len(ours), summed(priced), by, len(ours) - len(priced))


def _orders(brought: Brought) -> int:
    return brought.sold.orders if brought.sold is not None else 0


def _cost_of_sale(cost: Money, sold: Sold | None) -> tuple[str, int] | None:
    if sold is None or not sold.orders or len(cost) != 1:
        return None
    currency, amount = cost[0]
    return currency, round(amount / sold.orders)


def _earned(cost: Money, sold: Sold | None) -> float | None:
    if sold is None or len(cost) != 1 or len(sold.money) != 1 or cost[0][0] != sold.money[0][0] or cost[0][1] <= 0:
        return None
    return sold.money[0][1] / cost[0][1]


def _buyers(orders: Sequence[ShopOrder]) -> Buyers:
    known = {order.buyer for order in orders if order.buyer}
    before = {order.buyer for order in orders if order.buyer and order.bought_before}
    firsts: dict[str, ShopOrder] = {}
    for order in sorted(orders, key=lambda each: (each.day or date.min, each.id)):
        firsts.setdefault(order.buyer, order)
    again = {order.buyer for order in firsts.values() if order.buyer and order.bought_again}
    # Who bought twice within the campaign had not bought before it by that.
    before = {buyer for buyer in before if firsts[buyer].bought_before}
    return Buyers(len(known), len(before), len(again))


def _days(told: CampaignTold) -> tuple[date, ...]:
    """From its first day to its last, as far as they have come."""
    begins, ends = told.plan.starts_on, told.plan.ends_on
    if begins is None or ends is None:
        return ()
    last = min(ends, told.today)
    return tuple(date.fromordinal(number) for number in range(begins.toordinal(), last.toordinal() + 1))


def _goals(visits: Iterable[Visits]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in visits:
        if each.goal:
            found[each.goal] = found.get(each.goal, 0) + each.times
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))
