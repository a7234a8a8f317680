"""Commands about the customer of the open conversation: described, joined, flagged, looked back at; and the orders of all."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.command import Command, Context, State, command, may_change
from app.commands.inbox import CONTEXT


def _has(*facts: str, writes: bool = True) -> Callable[[State], bool]:
    def when(state: State) -> bool:
        return set(facts) <= state.facts and not (writes and state.read_only)

    return when


@command("customer.edit", menu="message", icon="pencil-simple", when=_has("customer"), context=CONTEXT, at_once=True)
async def edit(ctx: Context) -> None:
    """Write down name, city, language, e-mail address, flags and tags of the customer."""
    ctx.window.in_page("edit_customer")


@command("customer.tags", menu="message", icon="tag-simple", when=_has("customer"), context=CONTEXT, at_once=True)
async def tags(ctx: Context) -> None:
    """Change the tags of the customer."""
    ctx.window.in_page("edit_customer_tags")


@command("customer.flags", menu="message", icon="star", when=_has("customer"), context=CONTEXT, at_once=True)
async def flags(ctx: Context) -> None:
    """Mark the customer as VIP, press, partner, or one to be careful with: choose with 1 to 4."""
    ctx.window.in_page("choose_flags")


@command("customer.join", menu="message", icon="user-plus", when=_has("customer"), context=CONTEXT, at_once=True)
async def join(ctx: Context) -> None:
    """Join the customer with another profile of the same person; it can be undone at any time."""
    ctx.window.in_page("join_customer")


@command("customer.separate", menu="message", icon="users-three", when=_has("joined"), context=CONTEXT, at_once=True)
async def separate(ctx: Context) -> None:
    """Separate the profile that was joined last; each has its own again."""
    ctx.window.in_page("separate_customer")


@command(
    "customer.mood", menu="message", icon="chart-bar-horizontal", when=_has("moods"), context=CONTEXT, at_once=True
)
async def mood(ctx: Context) -> None:
    """Say how the last message sounds, where the program heard it wrong."""
    ctx.window.in_page("choose_mood")


@command(
    "customer.history", menu="message", icon="clock", when=_has("customer", writes=False), context=CONTEXT, at_once=True
)
async def history(ctx: Context) -> None:
    """Everything that was said with the customer, on all networks, as one line of time."""
    ctx.window.in_page("show_history")


@command(
    "customer.orders", menu="message", icon="package", when=_has("orders", writes=False), context=CONTEXT, at_once=True
)
async def orders(ctx: Context) -> None:
    """All orders of the customer."""
    ctx.window.in_page("show_orders")


@command("orders.import", menu="file", icon="package", when=may_change, at_once=True)
async def import_orders(ctx: Context) -> None:
    """Read the shop's orders from a file (CSV), to see them beside their customers."""
    ctx.window.show_page("settings", section="data", orders="import")


COMMANDS: tuple[Command, ...] = (edit, tags, flags, join, separate, mood, history, orders, import_orders)
