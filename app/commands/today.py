"""Commands of Today: begin with what is most urgent, or open one of the answers shown."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.command import Command, Context, State, command

CONTEXT = "today"


def _shows(number: int) -> Callable[[State], bool]:
    return lambda state: f"answer_{number}" in state.facts


@command("today.start", menu="message", shortcut="Return", icon="arrow-right", context=CONTEXT, at_once=True)
async def start(ctx: Context) -> None:
    """Open what is most urgent: the first answer, else the first thing to decide."""
    ctx.window.in_page("start")


@command("today.answer_first", menu="message", shortcut="1", icon="tray", context=CONTEXT, when=_shows(1), at_once=True)
async def answer_first(ctx: Context) -> None:
    """Open the first conversation of Answer."""
    ctx.window.in_page("answer", number=1)


@command("today.answer_second", menu="message", shortcut="2", icon="tray", context=CONTEXT, when=_shows(2), at_once=True)
async def answer_second(ctx: Context) -> None:
    """Open the second conversation of Answer."""
    ctx.window.in_page("answer", number=2)


@command("today.answer_third", menu="message", shortcut="3", icon="tray", context=CONTEXT, when=_shows(3), at_once=True)
async def answer_third(ctx: Context) -> None:
    """Open the third conversation of Answer."""
    ctx.window.in_page("answer", number=3)


@command("today.answer_fourth", menu="message", shortcut="4", icon="tray", context=CONTEXT, when=_shows(4), at_once=True)
async def answer_fourth(ctx: Context) -> None:
    """Open the fourth conversation of Answer."""
    ctx.window.in_page("answer", number=4)


COMMANDS: tuple[Command, ...] = (start, answer_first, answer_second, answer_third, answer_fourth)
