"""Commands of the playbook's answers in the Inbox: show a suggested one, send it, refuse it, choose from all, keep an edit as a wording."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.commands.command import Command, Context, State, command
from app.commands.inbox import CONTEXT, UNDO_SECONDS, send_reply
from app.models.prepared import Edited
from app.runtime.words import message


class Refused(NamedTuple):
    """A suggestion that does not fit."""

    answer: str
    """The answer's key."""
    message_id: int
    title: str


def _offers(fact: str) -> Callable[[State], bool]:
    def when(state: State) -> bool:
        return state.conversation is not None and not state.read_only and fact in state.facts

    return when


def _writes(state: State) -> bool:
    return state.conversation is not None and not state.read_only


@command(
    "inbox.answer_1",
    menu="message",
    shortcut="1",
    icon="book-open",
    when=_offers("answer_1"),
    context=CONTEXT,
    at_once=True,
    instead_of="inbox.thank",
)
async def answer_1(ctx: Context) -> None:
    """Put the first suggested answer into the reply box; once more brings your own text back."""
    ctx.window.in_page("show_answer", number=1)


@command(
    "inbox.answer_2",
    menu="message",
    shortcut="2",
    icon="book-open",
    when=_offers("answer_2"),
    context=CONTEXT,
    at_once=True,
)
async def answer_2(ctx: Context) -> None:
    """Put the second suggested answer into the reply box."""
    ctx.window.in_page("show_answer", number=2)


@command(
    "inbox.answer_3",
    menu="message",
    shortcut="3",
    icon="book-open",
    when=_offers("answer_3"),
    context=CONTEXT,
    at_once=True,
)
async def answer_3(ctx: Context) -> None:
    """Put the third suggested answer into the reply box."""
    ctx.window.in_page("show_answer", number=3)


@command(
    "inbox.send_answer_1",
    menu="message",
    shortcut="Shift+1",
    icon="arrow-right",
    when=_offers("answer_1"),
    context=CONTEXT,
)
async def send_answer_1(ctx: Context) -> None:
    """Send the first suggested answer as it stands on its card and open the next conversation."""
    await _send(ctx, 1)


@command(
    "inbox.send_answer_2",
    menu="message",
    shortcut="Shift+2",
    icon="arrow-right",
    when=_offers("answer_2"),
    context=CONTEXT,
)
async def send_answer_2(ctx: Context) -> None:
    """Send the second suggested answer as it stands on its card and open the next conversation."""
    await _send(ctx, 2)


@command(
    "inbox.send_answer_3",
    menu="message",
    shortcut="Shift+3",
    icon="arrow-right",
    when=_offers("answer_3"),
    context=CONTEXT,
)
async def send_answer_3(ctx: Context) -> None:
    """Send the third suggested answer as it stands on its card and open the next conversation."""
    await _send(ctx, 3)


async def _send(ctx: Context, number: int) -> None:
    if ctx.window.in_page("answer_to_send", number=number):
        await send_reply(ctx, stay=False)


@command(
    "inbox.find_answer",
    menu="message",
    shortcut="A",
    icon="magnifying-glass",
    when=_writes,
    context=CONTEXT,
    at_once=True,
)
async def find_answer(ctx: Context) -> None:
    """Choose from all answers of the playbook; it comes where the cursor stands."""
    ctx.window.in_page("find_answer")


@command("inbox.not_this", menu="message", icon="x", when=_offers("answers"), context=CONTEXT)
async def not_this(ctx: Context) -> None:
    """Say that a suggested answer does not fit: the next one comes up, and such messages bring it up less."""
    refused: Refused | None = ctx.window.in_page("refuse_answer")
    if refused is None:
        return
    ctx.notices.say(message("suggestion.said_not_this", title=refused.title), undo=True, seconds=UNDO_SECONDS)
    await ctx.services.suggesting.not_this(refused.answer, refused.message_id)


@command("inbox.keep_wording", menu="message", icon="plus", when=_offers("edited_answer"), context=CONTEXT)
async def keep_wording(ctx: Context) -> None:
    """Keep the answer that you sent last, as you changed it, as a new wording in the playbook."""
    edited: Edited | None = ctx.window.in_page("wording_to_keep")
    if edited is None:
        return
    new = await ctx.services.playbook.add_wording(edited.answer_id, edited.wording)
    said = message("suggestion.said_kept" if new else "suggestion.said_known", title=edited.title)
    ctx.notices.say(said, undo=new, seconds=UNDO_SECONDS)


COMMANDS: tuple[Command, ...] = (
    answer_1,
    answer_2,
    answer_3,
    send_answer_1,
    send_answer_2,
    send_answer_3,
    find_answer,
    not_this,
    keep_wording,
)
