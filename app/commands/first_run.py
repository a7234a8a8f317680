"""Commands of the first run: choose how to begin, and go on."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command

CONTEXT = "first_run"


def _begins(state: State) -> bool:
    return "begins" in state.facts


@command("first_run.connect", menu="none", shortcut="1", context=CONTEXT, when=_begins, in_palette=False, at_once=True)
async def connect(ctx: Context) -> None:
    """Choose to connect an account."""
    ctx.window.in_page("choose", way="connect")


@command("first_run.sample", menu="none", shortcut="2", context=CONTEXT, when=_begins, in_palette=False, at_once=True)
async def sample(ctx: Context) -> None:
    """Choose to look around in the sample shop."""
    ctx.window.in_page("choose", way="sample")


@command("first_run.go_on", menu="none", shortcut="Return", context=CONTEXT, in_palette=False, at_once=True)
async def go_on(ctx: Context) -> None:
    """Go on with what is chosen."""
    ctx.window.in_page("go_on")


COMMANDS: tuple[Command, ...] = (connect, sample, go_on)
