"""Commands of Insights: other periods, other lengths, and the figures as a file."""

from __future__ import annotations

from app.commands.command import Command, Context, command

CONTEXT = "insights"
LENGTHS = (7, 28, 90)
"""Days of a period."""


@command("go.insights", menu="go", shortcut="Ctrl+5", keys=("G N",), icon="chart-line-up", at_once=True)
async def go_insights(ctx: Context) -> None:
    """See what posts and answers brought."""
    ctx.window.show_page("insights")


@command("insights.earlier", menu="view", shortcut="Left", keys=("PageUp",), icon="caret-left", context=CONTEXT, at_once=True)
async def earlier(ctx: Context) -> None:
    """Show the period before."""
    ctx.window.in_page("step", step=-1)


@command("insights.later", menu="view", shortcut="Right", keys=("PageDown",), icon="caret-right", context=CONTEXT, at_once=True)
async def later(ctx: Context) -> None:
    """Show the next period."""
    ctx.window.in_page("step", step=1)


@command("insights.now", menu="view", shortcut="T", icon="calendar-blank", context=CONTEXT, at_once=True)
async def now(ctx: Context) -> None:
    """Show the last full days again."""
    ctx.window.in_page("now")


@command("insights.week", menu="view", context=CONTEXT, at_once=True)
async def week(ctx: Context) -> None:
    """Show seven days beside the seven before."""
    ctx.window.in_page("length", days=LENGTHS[0])


@command("insights.four_weeks", menu="view", context=CONTEXT, at_once=True)
async def four_weeks(ctx: Context) -> None:
    """Show 28 days beside the 28 before."""
    ctx.window.in_page("length", days=LENGTHS[1])


@command("insights.quarter", menu="view", context=CONTEXT, at_once=True)
async def quarter(ctx: Context) -> None:
    """Show 90 days beside the 90 before."""
    ctx.window.in_page("length", days=LENGTHS[2])


@command("insights.export", menu="file", shortcut="Ctrl+E", icon="export", context=CONTEXT, when=lambda state: "summary" in state.facts)
async def export(ctx: Context) -> None:
    """Save all tables of the page as CSV files in a folder."""
    ctx.window.in_page("export")


COMMANDS: tuple[Command, ...] = (go_insights, earlier, later, now, week, four_weeks, quarter, export)
