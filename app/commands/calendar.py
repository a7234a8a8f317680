"""Commands of the Calendar: go about in time, choose, move, copy and open posts. Every drag has its twin here."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.command import Command, Context, State, command, may_change

CONTEXT = "calendar"


def _fact(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts


def _may(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts and not state.read_only


@command("go.calendar", menu="go", shortcut="Ctrl+3", keys=("G C",), icon="calendar-blank", at_once=True)
async def go_calendar(ctx: Context) -> None:
    """See what is planned, and move it."""
    ctx.window.show_page("calendar")


@command("calendar.week", menu="view", shortcut="W", context=CONTEXT, icon="calendar-blank", at_once=True)
async def week(ctx: Context) -> None:
    """Show the days of a week, hour by hour."""
    ctx.window.in_page("show", view="week")


@command("calendar.month", menu="view", shortcut="M", context=CONTEXT, icon="calendar-blank", at_once=True)
async def month(ctx: Context) -> None:
    """Show a month at a glance."""
    ctx.window.in_page("show", view="month")


@command("calendar.agenda", menu="view", shortcut="A", context=CONTEXT, icon="calendar-blank", at_once=True)
async def agenda(ctx: Context) -> None:
    """Show four weeks as a list."""
    ctx.window.in_page("show", view="agenda")


@command("calendar.today", menu="view", shortcut="T", context=CONTEXT, icon="sun-horizon", at_once=True)
async def today(ctx: Context) -> None:
    """Go back to today."""
    ctx.window.in_page("today")


@command("calendar.next_page", menu="view", shortcut="PageDown", context=CONTEXT, icon="caret-right", at_once=True)
async def next_page(ctx: Context) -> None:
    """Show the days that follow."""
    ctx.window.in_page("turn", step=1)


@command("calendar.previous_page", menu="view", shortcut="PageUp", context=CONTEXT, icon="caret-left", at_once=True)
async def previous_page(ctx: Context) -> None:
    """Show the days before."""
    ctx.window.in_page("turn", step=-1)


@command("calendar.next", menu="none", shortcut="J", context=CONTEXT, in_palette=False, at_once=True)
async def next_post(ctx: Context) -> None:
    """Go to the next post in time."""
    ctx.window.in_page("step", step=1)


@command("calendar.previous", menu="none", shortcut="K", context=CONTEXT, in_palette=False, at_once=True)
async def previous_post(ctx: Context) -> None:
    """Go to the post before in time."""
    ctx.window.in_page("step", step=-1)


@command("calendar.right", menu="none", shortcut="Right", context=CONTEXT, in_palette=False, at_once=True)
async def right(ctx: Context) -> None:
    """Go to the day after."""
    ctx.window.in_page("arrow", right=1, down=0)


@command("calendar.left", menu="none", shortcut="Left", context=CONTEXT, in_palette=False, at_once=True)
async def left(ctx: Context) -> None:
    """Go to the day before."""
    ctx.window.in_page("arrow", right=-1, down=0)


@command("calendar.down", menu="none", shortcut="Down", context=CONTEXT, in_palette=False, at_once=True)
async def down(ctx: Context) -> None:
    """Go to the place below."""
    ctx.window.in_page("arrow", right=0, down=1)


@command("calendar.up", menu="none", shortcut="Up", context=CONTEXT, in_palette=False, at_once=True)
async def up(ctx: Context) -> None:
    """Go to the place above."""
    ctx.window.in_page("arrow", right=0, down=-1)


@command("calendar.later", menu="post", shortcut="Shift+Down", context=CONTEXT, when=_may("post"), at_once=True)
async def later(ctx: Context) -> None:
    """Move the post a quarter of an hour later."""
    ctx.window.in_page("nudge", minutes=15)


@command("calendar.earlier", menu="post", shortcut="Shift+Up", context=CONTEXT, when=_may("post"), at_once=True)
async def earlier(ctx: Context) -> None:
    """Move the post a quarter of an hour earlier."""
    ctx.window.in_page("nudge", minutes=-15)


@command("calendar.day_later", menu="post", shortcut="Shift+Right", context=CONTEXT, when=_may("post"), at_once=True)
async def day_later(ctx: Context) -> None:
    """Move the post to the next day, at the same time."""
    ctx.window.in_page("nudge", days=1)


@command("calendar.day_earlier", menu="post", shortcut="Shift+Left", context=CONTEXT, when=_may("post"), at_once=True)
async def day_earlier(ctx: Context) -> None:
    """Move the post to the day before, at the same time."""
    ctx.window.in_page("nudge", days=-1)


@command(
    "calendar.retime", menu="post", shortcut="Ctrl+T", context=CONTEXT, icon="clock", when=_may("movable"), at_once=True
)
async def retime(ctx: Context) -> None:
    """Type the day and time the post moves to."""
    ctx.window.in_page("retime")


@command("calendar.open", menu="post", shortcut="Return", context=CONTEXT, icon="pencil-simple", at_once=True)
async def open_post(ctx: Context) -> None:
    """Open the post in the composer, or begin one at the chosen place."""
    ctx.window.in_page("open")


@command("calendar.look", menu="post", shortcut="Space", context=CONTEXT, icon="eye", when=_fact("post"), at_once=True)
async def look(ctx: Context) -> None:
    """See the post and where it stands without leaving."""
    ctx.window.in_page("look")


@command("calendar.new", menu="post", shortcut="N", context=CONTEXT, icon="plus", when=may_change, at_once=True)
async def new(ctx: Context) -> None:
    """Begin a post at the chosen place."""
    ctx.window.in_page("new")


@command("calendar.duplicate", menu="post", shortcut="D", context=CONTEXT, icon="copy", when=_may("post"), at_once=True)
async def duplicate(ctx: Context) -> None:
    """Make a draft with the same text, a day later."""
    ctx.window.in_page("duplicate")


@command(
    "calendar.to_ideas",
    menu="post",
    shortcut="Delete",
    keys=("Backspace",),
    context=CONTEXT,
    icon="lightbulb",
    when=_may("planned"),
    at_once=True,
)
async def to_ideas(ctx: Context) -> None:
    """Take the post off the calendar; it waits among the ideas."""
    ctx.window.in_page("to_ideas")


@command("calendar.tick", menu="post", shortcut="X", context=CONTEXT, icon="check", when=_fact("post"), at_once=True)
async def tick(ctx: Context) -> None:
    """Tick the post; what is done next is done to all that are ticked."""
    ctx.window.in_page("tick")


@command("calendar.next_warning", menu="post", shortcut="]", context=CONTEXT, icon="warning-circle", at_once=True)
async def next_warning(ctx: Context) -> None:
    """Go to the next post that failed or needs a decision."""
    ctx.window.in_page("warning", step=1)


@command("calendar.previous_warning", menu="post", shortcut="[", context=CONTEXT, icon="warning-circle", at_once=True)
async def previous_warning(ctx: Context) -> None:
    """Go to the post before that failed or needs a decision."""
    ctx.window.in_page("warning", step=-1)


@command("calendar.show_all", menu="view", context=CONTEXT, icon="funnel", when=_fact("filtered"), at_once=True)
async def show_all(ctx: Context) -> None:
    """Show every post again, whatever was filtered out."""
    ctx.window.in_page("show_all")


@command("calendar.export", menu="file", shortcut="Ctrl+E", context=CONTEXT, icon="export", at_once=True)
async def export(ctx: Context) -> None:
    """Save the plan as a calendar file, a spreadsheet or pages to print."""
    ctx.window.in_page("export")


@command("calendar.print", menu="file", shortcut="Ctrl+P", context=CONTEXT, icon="file-pdf", at_once=True)
async def print_plan(ctx: Context) -> None:
    """Make pages of the plan to print, as a month or as a list."""
    ctx.window.in_page("export", kind="pdf")


@command("plan.folder", menu="file", icon="folder-open", at_once=True)
async def calendar_folder(ctx: Context) -> None:
    """Keep the plan in a folder that calendar programs read."""
    ctx.window.show_page("settings", section="calendars")


COMMANDS: tuple[Command, ...] = (
    go_calendar, week, month, agenda, today, next_page, previous_page, next_post, previous_post, right, left, down, up, later, earlier,
    day_later, day_earlier, retime, open_post, look, new, duplicate, to_ideas, tick, next_warning, previous_warning,
    show_all, export, print_plan, calendar_folder,
)  # fmt: skip
