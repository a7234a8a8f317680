"""Commands of the guided hour: begin it, go to the next step, take a break, leave it. It never holds anything up."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command

GUIDED, PAUSED = "guided", "guide_paused"
"""Facts: a guided hour is under way; it takes a break."""


BEFORE = ("first_run", "starting")
"""Pages on which there is nothing to go through yet."""


def _may_begin(state: State) -> bool:
    return GUIDED not in state.facts and not state.read_only and state.page not in BEFORE


def _guided(state: State) -> bool:
    return GUIDED in state.facts


def _goes_on(state: State) -> bool:
    return GUIDED in state.facts and PAUSED not in state.facts


@command("hour.begin", menu="go", shortcut="G H", icon="clock", when=_may_begin, at_once=True)
async def begin(ctx: Context) -> None:
    """Go through the day step by step: who waits too long, answers, decisions, the plan, the figures."""
    ctx.window.guide("begin")


@command("hour.next", menu="go", shortcut="F9", icon="arrow-right", when=_goes_on, at_once=True)
async def next_step(ctx: Context) -> None:
    """Go to the next step of the guided hour that has something to do."""
    ctx.window.guide("next")


@command("hour.show", menu="go", shortcut="Ctrl+F9", icon="arrow-elbow-down-right", when=_goes_on, at_once=True)
async def show(ctx: Context) -> None:
    """Come back to the page of the step that is under way."""
    ctx.window.guide("show")


@command("hour.pause", menu="go", shortcut="Shift+F9", icon="pause-circle", when=_guided, at_once=True)
async def pause(ctx: Context) -> None:
    """Take a break from the guided hour, or go on with it; no minutes are counted meanwhile."""
    ctx.window.guide("pause")


@command("hour.leave", menu="go", icon="x", when=_guided, at_once=True)
async def leave(ctx: Context) -> None:
    """End the guided hour; what was done stays done."""
    ctx.window.guide("leave")


COMMANDS: tuple[Command, ...] = (begin, next_step, show, pause, leave)
