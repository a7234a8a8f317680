"""Commands of the Inbox beside answering: kind words, people who are ignored politely, and promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from app.commands.command import Command, Context, State, changes_conversation, command
from app.commands.inbox import CONTEXT, UNDO_SECONDS, put_away
from app.commands.services import undo_seconds
from app.models.conversation import Category
from app.models.courtesy import THANKS_A_DAY
from app.models.outbox import Reacted
from app.runtime.words import message


class Promised(NamedTuple):
    """What the sheet of a promise hands over."""

    conversation_id: int
    text: str
    due_at: datetime
    """Aware UTC."""
    message_id: int | None


def _alone(*facts: str) -> Callable[[State], bool]:
    """For acts on the open conversation alone, where one of the facts is so."""

    def when(state: State) -> bool:
        open_alone = state.conversation is not None and not state.read_only and len(state.conversations) <= 1
        return open_alone and bool(state.facts & set(facts))

    return when


def _on_messages(ability: str) -> Callable[[State], bool]:
    def when(state: State) -> bool:
        return changes_conversation(state) and (ability in state.facts or len(state.conversations) > 1)

    return when


# ---- kind words


@command("inbox.thank", menu="message", shortcut="1", icon="heart-straight", when=_alone("praise"), context=CONTEXT)
async def thank(ctx: Context) -> None:
    """Thank for kind words in the customer's language, with the next wording of the playbook."""
    number = ctx.state.conversation
    if number is None:
        return
    thanked = await ctx.services.courtesies.thank(number)
    ctx.window.in_page("go_on", past=(number,))
    many = thanked.today > THANKS_A_DAY
    said = "inbox.said.thanked_many" if many else "inbox.said.thanked"
    seconds = undo_seconds(ctx.services)
    if seconds:
        said_now = message(said, name=thanked.name, text=thanked.text, n=thanked.today, seconds=seconds)
        ctx.notices.say(said_now, undo=True, seconds=seconds)
    else:
        ctx.notices.say(message("inbox.said.sent", name=thanked.name), level="ok")


@command("inbox.like", menu="message", shortcut="L", icon="heart-straight", when=_on_messages("like"), context=CONTEXT)
async def like(ctx: Context) -> None:
    """Like the customer's last message, or take the like back."""
    _say_reaction(ctx, "like", await ctx.services.inbox.like(ctx.state.conversations))


@command(
    "inbox.boost", menu="message", shortcut="B", icon="arrows-clockwise", when=_on_messages("boost"), context=CONTEXT
)
async def boost(ctx: Context) -> None:
    """Show the customer's last message to your own followers, or take that back."""
    _say_reaction(ctx, "boost", await ctx.services.inbox.boost(ctx.state.conversations))


def _say_reaction(ctx: Context, kind: str, reacted: Reacted) -> None:
    seconds = undo_seconds(ctx.services)
    if reacted.many == 0:
        ctx.notices.say(
            message(f"inbox.said.no_{kind}" if reacted.on else f"inbox.said.{kind}_not_sent"), undone=not reacted.on
        )
    elif seconds:
        said = f"inbox.said.{kind}" if reacted.on else f"inbox.said.{kind}_back"
        ctx.notices.say(message(said, n=reacted.many, seconds=seconds), undo=True, seconds=seconds)


# ---- ignored politely


@command("inbox.ignore", menu="message", shortcut="M", icon="speaker-slash", when=changes_conversation, context=CONTEXT)
async def ignore(ctx: Context) -> None:
    """Ignore politely: nothing is answered, nobody is blocked, and what the person writes is not shown among the rest."""
    why = _why(ctx)
    await put_away(
        ctx, "inbox.said.ignored", lambda ids: ctx.services.inbox.ignore(ids, Category.TROLL, mute=True, why=why)
    )


@command("inbox.closing", menu="message", icon="speaker-slash", when=_alone("closing"), context=CONTEXT)
async def closing(ctx: Context) -> None:
    """Answer once, courteously, and ignore the person politely from then on."""
    number = ctx.state.conversation
    if number is None:
        return
    closed = await ctx.services.courtesies.close(number, _why(ctx))
    ctx.window.in_page("go_on", past=(number,))
    seconds = undo_seconds(ctx.services)
    said = message("inbox.said.closing", name=closed.name, text=closed.text, seconds=seconds)
    ctx.notices.say(said, undo=bool(seconds), seconds=seconds)


@command("inbox.hear", menu="message", icon="user-plus", when=_alone("muted"), context=CONTEXT)
async def hear(ctx: Context) -> None:
    """Hear somebody again who was ignored politely."""
    if await ctx.services.courtesies.hear(ctx.state.conversations):
        ctx.notices.say(message("inbox.said.heard"), undo=True, seconds=UNDO_SECONDS)


def _why(ctx: Context) -> str:
    """The note that is kept of it: what was said last."""
    snippet: str = ctx.window.in_page("snippet") or "" if len(ctx.state.conversations) <= 1 else ""
    return ctx.words.text("inbox.ignored_why", text=snippet) if snippet else ctx.words.text("inbox.ignored_note")


# ---- promises


@command(
    "inbox.promise", menu="message", shortcut="P", icon="handshake", when=_alone("read"), context=CONTEXT, at_once=True
)
async def promise(ctx: Context) -> None:
    """Remember what was promised, and by when."""
    ctx.window.in_page("choose_promise")


@command("inbox.promise_chosen", menu="none", when=changes_conversation, context=CONTEXT, in_palette=False)
async def promise_chosen(ctx: Context) -> None:
    """Remember the promise that was written down."""
    promised: Promised | None = ctx.window.in_page("promise_chosen")
    if promised is None:
        return
    await ctx.services.promises.remember(promised.conversation_id, promised.text, promised.due_at, promised.message_id)
    ctx.notices.say(message("inbox.said.promised", when=promised.due_at), undo=True, seconds=UNDO_SECONDS)


COMMANDS: tuple[Command, ...] = (thank, like, boost, ignore, closing, hear, promise, promise_chosen)
