"""Commands about searching: saved searches, hits in the open conversation, and what suddenly repeats."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.command import Command, Context, State, command
from app.commands.inbox import CONTEXT
from app.runtime.words import message

UNDO_SECONDS = 10


def _fact(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts


def _writes(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts and not state.read_only


@command("go.searches", menu="go", shortcut="G S", icon="bookmark-simple", at_once=True)
async def go_searches(ctx: Context) -> None:
    """See what a saved search found; again for the next one."""
    ctx.window.show_page("inbox", searches=True)


@command(
    "inbox.save_search",
    menu="message",
    shortcut="Ctrl+S",
    icon="bookmark-simple",
    when=_writes("search"),
    context=CONTEXT,
    at_once=True,
)
async def save_search(ctx: Context) -> None:
    """Keep these words as a search of its own, with a count, and perhaps have the networks searched for them."""
    ctx.window.in_page("save_search")


@command(
    "inbox.edit_search",
    menu="message",
    icon="pencil-simple",
    when=_writes("saved_search"),
    context=CONTEXT,
    at_once=True,
)
async def edit_search(ctx: Context) -> None:
    """Change the name, the words or the accounts of this saved search."""
    ctx.window.in_page("edit_search")


@command("inbox.search_up", menu="message", icon="arrow-up-bold", when=_writes("saved_search"), context=CONTEXT)
async def search_up(ctx: Context) -> None:
    """Move this saved search up in the list."""
    await _move(ctx, -1)


@command("inbox.search_down", menu="message", icon="arrow-down-bold", when=_writes("saved_search"), context=CONTEXT)
async def search_down(ctx: Context) -> None:
    """Move this saved search down in the list."""
    await _move(ctx, 1)


async def _move(ctx: Context, step: int) -> None:
    order: tuple[int, ...] = ctx.window.in_page("searches_moved", step=step)
    if order:
        await ctx.services.searches.order(order)


@command("inbox.remove_search", menu="message", icon="trash", when=_writes("saved_search"), context=CONTEXT)
async def remove_search(ctx: Context) -> None:
    """Forget this saved search; the conversations stay."""
    number, name = ctx.window.in_page("saved_search")
    await ctx.services.searches.remove(number)
    ctx.window.in_page("leave_search")
    ctx.notices.say(message("find.removed", name=name), undo=True, seconds=UNDO_SECONDS)


@command(
    "inbox.next_hit",
    menu="message",
    shortcut="F3",
    icon="arrow-down-bold",
    when=_fact("hits"),
    context=CONTEXT,
    at_once=True,
)
async def next_hit(ctx: Context) -> None:
    """Go to the next place in the conversation that was found."""
    ctx.window.in_page("hit", step=1)


@command(
    "inbox.previous_hit",
    menu="message",
    shortcut="Shift+F3",
    icon="arrow-up-bold",
    when=_fact("hits"),
    context=CONTEXT,
    at_once=True,
)
async def previous_hit(ctx: Context) -> None:
    """Go to the place before that was found."""
    ctx.window.in_page("hit", step=-1)


@command("inbox.show_spike", menu="message", icon="warning-circle", when=_fact("spike"), context=CONTEXT, at_once=True)
async def show_spike(ctx: Context) -> None:
    """See the conversations of what suddenly repeats."""
    ctx.window.in_page("show_spike")


@command("inbox.dismiss_spike", menu="message", icon="x", when=_writes("spike"), context=CONTEXT)
async def dismiss_spike(ctx: Context) -> None:
    """Say that this is no problem: for a week nothing is said about it."""
    topic = await ctx.services.spikes.dismiss()
    if topic:
        ctx.notices.say(message("find.spike_dismissed", topic=topic), undo=True, seconds=UNDO_SECONDS)


COMMANDS: tuple[Command, ...] = (
    go_searches, save_search, edit_search, search_up, search_down, remove_search, next_hit, previous_hit, show_spike, dismiss_spike,
)  # fmt: skip
