"""Commands about good times and rhythm: the next good time, put first, spread a flood, fill a silence, and the good times themselves."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.calendar import CONTEXT
from app.commands.command import Command, Context, State, command


def _may(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts and not state.read_only


@command(
    "calendar.next_good_time",
    menu="post",
    shortcut="Q",
    context=CONTEXT,
    icon="star",
    when=_may("movable"),
    at_once=True,
)
async def next_good_time(ctx: Context) -> None:
    """Put the post at the next free good time of its accounts."""
    ctx.window.in_page("next_good_time")


@command(
    "calendar.put_first",
    menu="post",
    shortcut="Shift+Q",
    context=CONTEXT,
    icon="star",
    when=_may("movable"),
    at_once=True,
)
async def put_first(ctx: Context) -> None:
    """Put the post ahead: the first good time of any queue, also on a day that is at its limit."""
    ctx.window.in_page("next_good_time", first=True)


@command("calendar.spread", menu="post", context=CONTEXT, icon="warning-circle", when=_may("flood"), at_once=True)
async def spread(ctx: Context) -> None:
    """See how a day with too many posts could be spread."""
    ctx.window.in_page("spread")


@command("calendar.fill", menu="post", context=CONTEXT, icon="moon-stars", when=_may("silence"), at_once=True)
async def fill(ctx: Context) -> None:
    """See which ideas and drafts could end a silence."""
    ctx.window.in_page("fill")


@command("calendar.good_times", menu="post", icon="star", at_once=True)
async def good_times(ctx: Context) -> None:
    """See and change the good times of your accounts."""
    ctx.window.show_page("settings", section="slots")


COMMANDS: tuple[Command, ...] = (next_good_time, put_first, spread, fill, good_times)
