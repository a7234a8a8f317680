"""Commands of Insights: other periods, other lengths, and the figures as a file."""

from __future__ import annotations

from app.commands.command import Command, Context, command

CONTEXT = "insights"


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
    ctx.window.in_page("length", days=7)


@command("insights.four_weeks", menu="view", context=CONTEXT, at_once=True)
async def four_weeks(ctx: Context) -> None:
    """Show 28 days beside the 28 before."""
    ctx.window.in_page("length", days=28)


@command("insights.quarter", menu="view", context=CONTEXT, at_once=True)
async def quarter(ctx: Context) -> None:
    """Show 90 days beside the 90 before."""
    ctx.window.in_page("length", days=90)


@command("insights.own_days", menu="view", shortcut="Shift+P", icon="calendar-blank", context=CONTEXT, at_once=True)
async def own_days(ctx: Context) -> None:
    """Choose the first and the last day, and what to compare with."""
    ctx.window.in_page("own_days")


@command("insights.beside_before", menu="view", context=CONTEXT, at_once=True)
async def beside_before(ctx: Context) -> None:
    """Compare with as many days right before."""
    ctx.window.in_page("compare", comparison="before")


@command("insights.beside_last_year", menu="view", context=CONTEXT, at_once=True)
async def beside_last_year(ctx: Context) -> None:
    """Compare with the same days of last year."""
    ctx.window.in_page("compare", comparison="last_year")


@command("insights.next_tab", menu="view", shortcut="Ctrl+Tab", icon="caret-right", context=CONTEXT, at_once=True)
async def next_tab(ctx: Context) -> None:
    """Show the next tab: summary, posts, answers, audience, campaigns."""
    ctx.window.in_page("turn", by=1)


@command("insights.previous_tab", menu="view", shortcut="Ctrl+Shift+Tab", icon="caret-left", context=CONTEXT, at_once=True)
async def previous_tab(ctx: Context) -> None:
    """Show the tab before."""
    ctx.window.in_page("turn", by=-1)


@command("insights.export", menu="file", shortcut="Shift+E", icon="export", context=CONTEXT, when=lambda state: "summary" in state.facts)
async def export(ctx: Context) -> None:
    """Save all tables of the page as CSV files in a folder."""
    ctx.window.in_page("export")


COMMANDS: tuple[Command, ...] = (
    *(go_insights, earlier, later, now, week, four_weeks, quarter, own_days),
    *(beside_before, beside_last_year, next_tab, previous_tab, export),
)
