"""Commands of Today: begin with what is most urgent, or open one of the answers shown."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.command import Command, Context, State, command

CONTEXT = "today"


def _shows(number: int) -> Callable[[State], bool]:
    return lambda state: f"answer_{number}" in state.facts


def _promised(state: State) -> bool:
    return "promises" in state.facts and not state.read_only


@command("today.start", menu="message", shortcut="Return", icon="arrow-right", context=CONTEXT, at_once=True)
async def start(ctx: Context) -> None:
    """Open what is most urgent: the first answer, else the first thing to decide."""
    ctx.window.in_page("start")


@command("today.answer_first", menu="message", shortcut="1", icon="tray", context=CONTEXT, when=_shows(1), at_once=True)
async def answer_first(ctx: Context) -> None:
    """Open the first conversation of Answer."""
    ctx.window.in_page("answer", number=1)


@command(
    "today.answer_second", menu="message", shortcut="2", icon="tray", context=CONTEXT, when=_shows(2), at_once=True
)
async def answer_second(ctx: Context) -> None:
    """Open the second conversation of Answer."""
    ctx.window.in_page("answer", number=2)


@command("today.answer_third", menu="message", shortcut="3", icon="tray", context=CONTEXT, when=_shows(3), at_once=True)
async def answer_third(ctx: Context) -> None:
    """Open the third conversation of Answer."""
    ctx.window.in_page("answer", number=3)


@command(
    "today.answer_fourth", menu="message", shortcut="4", icon="tray", context=CONTEXT, when=_shows(4), at_once=True
)
async def answer_fourth(ctx: Context) -> None:
    """Open the fourth conversation of Answer."""
    ctx.window.in_page("answer", number=4)


@command("today.promise_kept", menu="message", icon="check", context=CONTEXT, when=_promised, at_once=True)
async def promise_kept(ctx: Context) -> None:
    """Say that the promise that is due first is done."""
    ctx.window.in_page("promise_kept")


@command("today.promise_let_go", menu="message", icon="x", context=CONTEXT, when=_promised, at_once=True)
async def promise_let_go(ctx: Context) -> None:
    """Say that the promise that is due first need not be done any more."""
    ctx.window.in_page("promise_let_go")


@command(
    "today.put_aside",
    menu="message",
    icon="x",
    context=CONTEXT,
    when=lambda state: "suggestion" in state.facts and not state.read_only,
    at_once=True,
)
async def put_aside(ctx: Context) -> None:
    """Do not show the suggestion for a week."""
    ctx.window.in_page("put_aside")


COMMANDS: tuple[Command, ...] = (
    start,
    answer_first,
    answer_second,
    answer_third,
    answer_fourth,
    promise_kept,
    promise_let_go,
    put_aside,
)
