"""Commands of sales: other campaigns' reports, costs and coupons, the shop's analytics server, figures of the past."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command, may_change
from app.runtime.words import message

CONTEXT = "insights"
SECTION = "analytics"


def _reports(state: State) -> bool:
    return "campaign_report" in state.facts


def _writes(state: State) -> bool:
    return _reports(state) and not state.read_only


@command(
    "insights.previous_campaign",
    menu="view",
    shortcut="[",
    icon="caret-left",
    when=_reports,
    context=CONTEXT,
    at_once=True,
)
async def previous_campaign(ctx: Context) -> None:
    """Show the report of the campaign before."""
    ctx.window.in_page("turn_campaign", by=-1)


@command(
    "insights.next_campaign",
    menu="view",
    shortcut="]",
    icon="caret-right",
    when=_reports,
    context=CONTEXT,
    at_once=True,
)
async def next_campaign(ctx: Context) -> None:
    """Show the report of the next campaign."""
    ctx.window.in_page("turn_campaign", by=1)


@command("sales.add_cost", menu="view", shortcut="O", icon="coins", when=_writes, context=CONTEXT, at_once=True)
async def add_cost(ctx: Context) -> None:
    """Write down what the campaign cost: then the cost of a sale is known."""
    ctx.window.in_page("add_cost")


@command("sales.coupons", menu="view", icon="tag-simple", when=_writes, context=CONTEXT, at_once=True)
async def coupons(ctx: Context) -> None:
    """Say which coupons are the campaign's: their orders are its sales."""
    ctx.window.in_page("coupons")


@command("go.campaign_report", menu="go", icon="chart-line-up", at_once=True)
async def campaign_report(ctx: Context) -> None:
    """See what a campaign sold, and what a sale cost."""
    ctx.window.show_page("insights", tab="campaigns")


@command("analytics.settings", menu="go", icon="globe", at_once=True)
async def settings(ctx: Context) -> None:
    """Choose the shop's analytics server, for visits and goals by campaign."""
    ctx.window.show_page("settings", section=SECTION)


@command("analytics.read", menu="file", icon="arrows-clockwise", when=may_change)
async def read(ctx: Context) -> None:
    """Ask the analytics server now what it counted."""
    answered = await ctx.services.analytics.read_now()
    trouble = ctx.services.analytics.trouble
    if answered or trouble is None:
        ctx.notices.say(message("analytics.said.read"), level="ok")
    else:
        ctx.notices.say(trouble, level="warn")


@command("figures.import", menu="file", icon="package", when=may_change, at_once=True)
async def import_figures(ctx: Context) -> None:
    """Read figures of days before we measured from a file (CSV): followers, clicks and more by day."""
    ctx.window.show_page("settings", section="data", figures="import")


COMMANDS: tuple[Command, ...] = (
    *(previous_campaign, next_campaign, add_cost, coupons, campaign_report),
    *(settings, read, import_figures),
)
