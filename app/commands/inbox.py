"""Commands of the Inbox: go through the list, answer, put away, and take care of replies that did not leave as they should.

Which row comes next, what the reply box holds and what was chosen in a menu is asked of the page by verb; each act is one call of a
service, which also knows how to take it back.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from app.commands.command import Command, Context, State, changes_conversation, command, has_conversation
from app.commands.services import undo_seconds
from app.models import reply as reply_models
from app.models.conversation import Category
from app.models.message import Visibility
from app.models.outbox import HandOver
from app.models.prepared import Edited
from app.runtime.clock import from_wall
from app.runtime.words import Message, message

CONTEXT = "inbox"
MANY = 500
"""An act on more conversations than these takes a while."""
OFFER_SECONDS = 20
"""How long a toast offers to keep an edit as a wording; the command works for longer."""
UNDO_SECONDS = 10
"""How long a toast offers to take an act back; Z works for longer."""


class Written(NamedTuple):
    """What the reply box hands over to be sent."""

    conversation_id: int
    name: str
    """The customer's, safe to stand in a sentence."""
    parts: tuple[str, ...]
    visibility: Visibility
    text: str
    """As it was typed, to be given back exactly."""
    said: reply_models.Written | None = None
    """All that was written, as the service keeps it for taking it back."""
    answer_title: str = ""
    back: object = None
    """What the page wants back with it, when it could not be owed."""
    edited: Edited | None = None
    """The playbook's answer it came from, as it was changed."""
    escalates: bool = False
    """The playbook says that the conversation goes on to the person who decides."""


class Jotted(NamedTuple):
    """A note on its way from its box."""

    conversation_id: int
    text: str


class Owed(NamedTuple):
    """A reply of ours that needs a decision."""

    outbox_id: int
    text: str
    url: str
    """Where to look for it at the network; empty when not known."""


def snooze_choices(now: datetime, zone: tzinfo) -> tuple[tuple[str, datetime], ...]:
    """What `S` offers, as (message id, aware UTC): in an hour, in three, this evening or tomorrow's, tomorrow morning, Monday morning."""
    local = now.astimezone(zone)
    evening = local.date() if local.hour < 17 else local.date() + timedelta(days=1)
    monday = local.date() + timedelta(days=7 - local.weekday())

    def at(day: date, hour: int) -> datetime:
        return from_wall(datetime.combine(day, time(hour)), zone).at

    return (
        ("inbox.snooze.hour", now + timedelta(hours=1)),
        ("inbox.snooze.three_hours", now + timedelta(hours=3)),
        ("inbox.snooze.evening", at(evening, 18)),
        ("inbox.snooze.tomorrow", at(local.date() + timedelta(days=1), 9)),
        ("inbox.snooze.monday", at(monday, 9)),
    )


# ---- what applies


def _fact(*names: str) -> Callable[[State], bool]:
    def when(state: State) -> bool:
        return changes_conversation(state) and bool(state.facts & set(names))

    return when


def _writes(state: State) -> bool:
    return state.conversation is not None and not state.read_only


# ---- going through the list


@command("inbox.next", menu="message", shortcut="J", icon="arrow-down-bold", context=CONTEXT, at_once=True)
async def go_next(ctx: Context) -> None:
    """Open the next conversation."""
    ctx.window.in_page("step", step=1)


@command("inbox.previous", menu="message", shortcut="K", icon="arrow-up-bold", context=CONTEXT, at_once=True)
async def go_previous(ctx: Context) -> None:
    """Open the conversation before."""
    ctx.window.in_page("step", step=-1)


@command("inbox.scroll_down", menu="none", shortcut="Space", context=CONTEXT, in_palette=False, at_once=True)
async def scroll_down(ctx: Context) -> None:
    """Read on in the conversation."""
    ctx.window.in_page("scroll", pages=0.8)


@command("inbox.scroll_up", menu="none", shortcut="Shift+Space", context=CONTEXT, in_palette=False, at_once=True)
async def scroll_up(ctx: Context) -> None:
    """Read back in the conversation."""
    ctx.window.in_page("scroll", pages=-0.8)


@command("inbox.tick", menu="message", shortcut="X", icon="check", when=has_conversation, context=CONTEXT, at_once=True)
async def tick(ctx: Context) -> None:
    """Tick the conversation, or take the tick away; acts are on all ticked ones."""
    ctx.window.in_page("tick")


@command("inbox.tick_down", menu="none", shortcut="Shift+J", when=has_conversation, context=CONTEXT, in_palette=False, at_once=True)
async def tick_down(ctx: Context) -> None:
    """Tick this conversation and the next."""
    ctx.window.in_page("tick_step", step=1)


@command("inbox.tick_up", menu="none", shortcut="Shift+K", when=has_conversation, context=CONTEXT, in_palette=False, at_once=True)
async def tick_up(ctx: Context) -> None:
    """Tick this conversation and the one before."""
    ctx.window.in_page("tick_step", step=-1)


@command("inbox.tick_all", menu="message", shortcut="Ctrl+A", icon="stack", when=has_conversation, context=CONTEXT, at_once=True)
async def tick_all(ctx: Context) -> None:
    """Tick every conversation of this list."""
    ctx.window.in_page("tick_all")


@command("inbox.card", menu="message", shortcut="I", keys_twin="Ctrl+Shift+I", icon="user-circle", context=CONTEXT, at_once=True)
async def card(ctx: Context) -> None:
    """Show or hide the customer card."""
    ctx.window.in_page("card")


@command("inbox.open_there", menu="message", shortcut="O", icon="arrow-square-out", when=has_conversation, context=CONTEXT, at_once=True)
async def open_there(ctx: Context) -> None:
    """Open the customer's last message at its network."""
    url = ctx.window.in_page("message_url")
    if url:
        ctx.window.open_url(url)
    else:
        ctx.notices.say(message("inbox.said.no_address"))


# ---- answering


@command("inbox.reply", menu="message", shortcut="R", keys_twin="Ctrl+Shift+R", icon="pencil-simple", when=_writes, context=CONTEXT, at_once=True)
async def reply(ctx: Context) -> None:
    """Write the reply."""
    ctx.window.in_page("edit_reply")


@command("inbox.send", menu="message", shortcut="Ctrl+Return", icon="arrow-right", when=_writes, context=CONTEXT)
async def send(ctx: Context) -> None:
    """Send what the reply box holds and open the next conversation."""
    await send_reply(ctx, stay=False)


@command("inbox.send_stay", menu="message", shortcut="Ctrl+Shift+Return", icon="arrow-right", when=_writes, context=CONTEXT)
async def send_stay(ctx: Context) -> None:
    """Send what the reply box holds and stay in this conversation."""
    await send_reply(ctx, stay=True)


async def send_reply(ctx: Context, *, stay: bool) -> None:
    jotted: Jotted | None = ctx.window.in_page("take_note")
    if jotted is not None:
        await _keep_note(ctx, jotted)
        return
    written: Written | None = ctx.window.in_page("take_reply")
    if written is None:
        return  # the page has said what is missing
    if stay or written.escalates:
        ctx.window.in_page("stay")
    else:
        ctx.window.in_page("go_on", past=(written.conversation_id,))
    sent = False
    try:
        outbox_id = await ctx.services.inbox.reply(
            written.conversation_id, written.parts, written.visibility, answer_title=written.answer_title, written=written.said
        )
        sent = True
    finally:
        ctx.window.in_page("sent" if sent else "give_back", written=written)
    to_do = await ctx.services.inbox.by_hand(outbox_id)
    seconds = undo_seconds(ctx.services)
    if to_do is not None:
        hand_over(ctx, to_do, written.name)
    elif seconds:
        ctx.notices.say(message("inbox.said.leaves", name=written.name, seconds=seconds), undo=True, seconds=seconds)
    else:
        ctx.notices.say(message("inbox.said.sent", name=written.name), level="ok")
    _after_sending(ctx, written)


def _after_sending(ctx: Context, written: Written) -> None:
    """An answer that was changed may be kept as it was sent; one that asks for a decision is handed on."""
    offer: Message | None = ctx.window.in_page("offer_wording", written=written)
    if offer is not None:
        ctx.notices.say(offer, seconds=OFFER_SECONDS, command="inbox.keep_wording")
    if written.escalates:
        ctx.window.in_page("escalate_after")


def hand_over(ctx: Context, to_do: HandOver, name: str) -> None:
    """The text on the clipboard, the place opened in the browser; the conversation waits for "it is out"."""
    ctx.window.copy(to_do.text)
    if to_do.url:
        ctx.window.open_url(to_do.url)
    ctx.notices.say(message("inbox.said.by_hand", name=name, network=to_do.network), undo=True)


async def _keep_note(ctx: Context, jotted: Jotted) -> None:
    kept = False
    try:
        await ctx.services.inbox.note(jotted.conversation_id, jotted.text)
        kept = True
    finally:
        if not kept:
            ctx.window.in_page("give_note_back", jotted=jotted)


@command("inbox.note", menu="message", shortcut="N", icon="note", when=_writes, context=CONTEXT, at_once=True)
async def note(ctx: Context) -> None:
    """Write a note for yourself; it stays on this computer."""
    ctx.window.in_page("write_note")


# ---- putting away


async def put_away(ctx: Context, said: str, act: Callable[[Sequence[int]], Awaitable[int]], **values: object) -> None:
    """Act on the ticked conversations, or the open one, with the next one open already. The word is said at once; of very many, when it
    is known how many it was.
    """
    ids = ctx.state.conversations
    ctx.window.in_page("go_on", past=ids)
    if len(ids) <= MANY:
        ctx.notices.say(message(said, n=len(ids), **values), undo=True, seconds=UNDO_SECONDS)
        await act(ids)
    else:
        count = await act(ids)
        ctx.notices.say(message(said, n=count, **values), undo=True, seconds=UNDO_SECONDS)


@command("inbox.done", menu="message", shortcut="E", keys_twin="Ctrl+Shift+D", icon="check", when=changes_conversation, context=CONTEXT)
async def done(ctx: Context) -> None:
    """Mark it as done and open the next conversation."""
    await put_away(ctx, "inbox.said.done", ctx.services.inbox.close)


@command("inbox.needs_answer", menu="message", shortcut="U", icon="tray", when=changes_conversation, context=CONTEXT)
async def needs_answer(ctx: Context) -> None:
    """Put it back among those that need an answer."""
    await put_away(ctx, "inbox.said.needs_answer", ctx.services.inbox.reopen)


@command(
    "inbox.snooze", menu="message", shortcut="S", keys_twin="Ctrl+Shift+S", icon="bell-z", when=changes_conversation, context=CONTEXT,
    at_once=True,
)  # fmt: skip
async def snooze(ctx: Context) -> None:
    """Put it aside until later: choose the time with 1 to 5, or type one."""
    ctx.window.in_page("choose_snooze")


@command("inbox.snooze_chosen", menu="none", when=changes_conversation, context=CONTEXT, in_palette=False)
async def snooze_chosen(ctx: Context) -> None:
    """Put it aside until the time that was chosen."""
    until: datetime | None = ctx.window.in_page("snooze_chosen")
    if until is None:
        return
    await put_away(ctx, "inbox.said.snoozed", lambda ids: ctx.services.inbox.snooze(ids, until), until=until)


@command("inbox.keep", menu="message", shortcut="Q", icon="heart-straight", when=changes_conversation, context=CONTEXT)
async def keep(ctx: Context) -> None:
    """Keep the kind words in the collection of praise."""
    await put_away(ctx, "inbox.said.kept", ctx.services.inbox.keep)


@command("inbox.spam", menu="message", shortcut="Shift+M", keys=("!",), icon="prohibit", when=changes_conversation, context=CONTEXT)
async def spam(ctx: Context) -> None:
    """Put it away as spam."""
    await put_away(ctx, "inbox.said.spam", lambda ids: ctx.services.inbox.ignore(ids, Category.SPAM))


@command("inbox.category", menu="message", shortcut="T", icon="tag-simple", when=changes_conversation, context=CONTEXT, at_once=True)
async def category(ctx: Context) -> None:
    """Choose what the conversation is about."""
    ctx.window.in_page("choose_category")


@command("inbox.category_chosen", menu="none", when=changes_conversation, context=CONTEXT, in_palette=False)
async def category_chosen(ctx: Context) -> None:
    """Set the category that was chosen."""
    chosen: Category | None = ctx.window.in_page("category_chosen")
    if chosen is None:
        return
    await ctx.services.inbox.categorize(ctx.state.conversations, chosen)
    said = message("inbox.said.category", n=len(ctx.state.conversations), category=Message(f"category.{chosen}"))
    ctx.notices.say(said, undo=True, seconds=UNDO_SECONDS)


@command("inbox.quote", menu="message", icon="quotes", when=_fact("quote"), context=CONTEXT)
async def quote(ctx: Context) -> None:
    """Begin a post that quotes the customer's last message."""
    asked: tuple[int, str] | Message | None = ctx.window.in_page("message_to_quote")
    if asked is not None and not isinstance(asked, Message):
        account_id, url = asked
        found = await ctx.services.posts.quoted(url, (account_id,))
        ctx.window.show_page("composer", new=True, origin=ctx.state.page, quote=found)


# ---- replies that need a decision


@command("inbox.retry", menu="message", icon="arrows-clockwise", when=_fact("failed"), context=CONTEXT)
async def retry(ctx: Context) -> None:
    """Send the reply that failed once more."""
    owed: Owed | None = ctx.window.in_page("owed")
    if owed is not None:
        await ctx.services.outbox.retry(owed.outbox_id)


@command("inbox.edit_reply", menu="message", icon="pencil-simple", when=_fact("failed", "by_hand"), context=CONTEXT)
async def edit_reply(ctx: Context) -> None:
    """Take the reply that did not leave back into the reply box."""
    owed: Owed | None = ctx.window.in_page("owed")
    if owed is not None:
        ctx.window.in_page("expect_back")
        await ctx.services.outbox.cancel(owed.outbox_id)


@command("inbox.look_there", menu="message", icon="arrow-square-out", when=_fact("unsure"), context=CONTEXT, at_once=True)
async def look_there(ctx: Context) -> None:
    """Look at the network whether the reply is out."""
    owed: Owed | None = ctx.window.in_page("owed")
    url = (owed.url if owed is not None else "") or ctx.window.in_page("message_url")
    if url:
        ctx.window.open_url(url)
    else:
        ctx.notices.say(message("inbox.said.no_address"))


@command("inbox.is_out", menu="message", icon="check-circle", when=_fact("unsure", "by_hand"), context=CONTEXT)
async def is_out(ctx: Context) -> None:
    """Say that the reply is out: it stays as it is and is not sent again."""
    owed: Owed | None = ctx.window.in_page("owed")
    if owed is not None:
        await ctx.services.outbox.settle(owed.outbox_id, is_out=True)


@command("inbox.is_not_out", menu="message", icon="minus-circle", when=_fact("unsure"), context=CONTEXT)
async def is_not_out(ctx: Context) -> None:
    """Say that the reply is not out, so that it may be sent again."""
    owed: Owed | None = ctx.window.in_page("owed")
    if owed is not None:
        await ctx.services.outbox.settle(owed.outbox_id, is_out=False)


@command("inbox.copy_reply", menu="message", icon="copy", when=_fact("by_hand"), context=CONTEXT, at_once=True)
async def copy_reply(ctx: Context) -> None:
    """Copy the reply, to send it at the network yourself."""
    owed: Owed | None = ctx.window.in_page("owed")
    if owed is not None:
        ctx.window.copy(owed.text)
        ctx.notices.say(message("inbox.said.copied"), level="ok")


COMMANDS: tuple[Command, ...] = (
    go_next, go_previous, reply, send, send_stay, done, snooze, needs_answer, note, category, card, open_there, quote, keep,
    spam, tick, tick_all, retry, edit_reply, look_there, is_out, is_not_out, copy_reply, scroll_down, scroll_up, tick_down,
    tick_up, snooze_chosen, category_chosen,
)  # fmt: skip
