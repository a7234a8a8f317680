"""A campaign's report in words: figures, amounts of money, and the rows of its tables. What nobody counted is "—"."""

from __future__ import annotations

from app.models.campaign import Goal
from app.models.sale import Brought, By, CampaignReport, Money, PhaseReport, Sold
from app.ui.agreement_words import amount_text
from app.ui.insights.campaign_cards import Line
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated, one_line

FIGURES = ("posts", "clicks", "reposts", "replies", "visits", "goals", "orders")
LONGEST_LINK = 60


def number(look: Look, value: int | None) -> str:
    return look.text("insights.nothing") if value is None else look.number(value)


def money(look: Look, amounts: Money) -> str:
    """Each currency by itself."""
    return " · ".join(amount_text(look, amount, currency) for currency, amount in amounts)


def earned(look: Look, sold: Sold | None) -> str:
    """What sales brought; "—" where none has an amount."""
    return look.text("insights.nothing") if sold is None or not sold.money else money(look, sold.money)


def orders(sold: Sold | None) -> int | None:
    return sold.orders if sold is not None else None


def why(look: Look, sold: Sold) -> str:
    """How many orders came by link, by post and by coupon."""
    parts = [look.text(f"sales.by_{way}", n=sold.by[way]) for way in By if sold.by.get(way)]
    if sold.unpriced:
        parts.append(look.text("sales.unpriced", n=sold.unpriced))
    return " · ".join(parts)


def beside_goal(look: Look, value: int | None, wanted: int, otherwise: str = "") -> str:
    """How much of a goal is reached; `otherwise` where none is set."""
    if not wanted:
        return otherwise
    if value is None:
        return look.text("campaigns.goal_of", goal=wanted)
    return look.text("sales.of_goal", goal=look.number(wanted), share=look.words.percent(value / wanted, 0))


def goal_of(goal: Goal, name: str) -> int:
    wanted: int = getattr(goal, name, 0)
    return wanted


def phase_name(look: Look, part: PhaseReport) -> str:
    if part.phase is None:
        return look.text("sales.outside")
    kind = look.text(f"calendar.phase.{part.phase.kind}")
    days = look.words.range(part.phase.starts_on, part.phase.ends_on)
    title = isolated(one_line(part.phase.title))
    return " · ".join(filter(None, (kind, days, title)))


def cells(look: Look, brought: Brought, *, posts: bool = True) -> tuple[str, ...]:
    """The figures of a row, in the order of the columns."""
    counts = (brought.clicks, brought.reposts, brought.replies, brought.visits, brought.goals, orders(brought.sold))
    told = tuple(number(look, each) for each in counts)
    return (*((look.number(brought.posts),) if posts else ()), *told, earned(look, brought.sold))


def phase_lines(look: Look, report: CampaignReport) -> list[Line]:
    campaign = report.plan.id or 0
    rows = [Line((phase_name(look, part), *cells(look, part.brought)), campaign) for part in report.phases]
    return [*rows, Line((look.text("sales.whole"), *cells(look, report.total)), campaign)] if rows else rows


def post_lines(look: Look, report: CampaignReport) -> list[Line]:
    words = look.words
    return [
        Line(
            (isolated(one_line(each.title)), words.day(each.sent_on), *cells(look, each.brought, posts=False)),
            each.post_id,
        )
        for each in report.posts
    ]


def link_lines(look: Look, report: CampaignReport) -> list[Line]:
    found = []
    for each in report.links:
        shown = look.words.enumeration(_short(link) for link in each.links)
        handle = f"{network_name(each.network)} {isolated(each.handle)}"
        figures = (each.brought.clicks, each.brought.visits, each.brought.goals, orders(each.brought.sold))
        told = tuple(number(look, value) for value in figures)
        found.append(
            Line((shown, handle, isolated(one_line(each.title)), *told, earned(look, each.brought.sold)), each.post_id)
        )
    return found


def cost_lines(look: Look, report: CampaignReport) -> list[Line]:
    return [
        Line(
            (
                isolated(one_line(each.title)),
                look.words.day(each.on_day),
                amount_text(look, each.amount, each.currency),
            ),
            each.id or 0,
        )
        for each in report.costs
    ]


def _short(link: str) -> str:
    plain = one_line(link.removeprefix("https://").removeprefix("http://").partition("?")[0])
    return plain if len(plain) <= LONGEST_LINK else plain[: LONGEST_LINK - 1] + "…"
