"""Commands about asking a manager: the sheet, what becomes of the question, and the answer made into the reply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from app.commands.command import Command, Context, State, changes_conversation, command
from app.commands.inbox import CONTEXT, UNDO_SECONDS, hand_over
from app.commands.services import undo_seconds
from app.models.escalation import Asking, Goes
from app.runtime.errors import UserMistake
from app.runtime.words import message


class Sheet(NamedTuple):
    """What the sheet hands over to be sent."""

    asking: Asking
    goes: Goes
    name: str
    """The customer's, safe for a sentence."""


class Answer(NamedTuple):
    """A letter that is to become the reply."""

    letter_id: int
    conversation_id: int


class Waiting(NamedTuple):
    """An escalation, and until when to wait for it."""

    escalation_id: int
    until: datetime


class Pasted(NamedTuple):
    """An answer that came another way."""

    escalation_id: int
    text: str
    name: str


def _alone(*facts: str) -> Callable[[State], bool]:
    """For acts on the open conversation alone, where one of the facts is so; without facts, wherever one is open."""

    def when(state: State) -> bool:
        alone = state.conversation is not None and not state.read_only and len(state.conversations) <= 1
        return alone and (not facts or bool(state.facts & set(facts)))

    return when


@command(
    "inbox.escalate", menu="message", shortcut="F", icon="envelope-simple", when=_alone(), context=CONTEXT, at_once=True
)
async def escalate(ctx: Context) -> None:
    """Ask a manager who may decide, and tell the customer to wait."""
    ctx.window.in_page("escalate")


@command(
    "inbox.escalate_by_hand", menu="message", icon="arrow-square-out", when=_alone(), context=CONTEXT, at_once=True
)
async def escalate_by_hand(ctx: Context) -> None:
    """Ask a manager with your own mail program."""
    ctx.window.in_page("escalate", by_hand=True)


@command("inbox.escalate_send", menu="none", when=changes_conversation, context=CONTEXT, in_palette=False)
async def escalate_send(ctx: Context) -> None:
    """Send what stands in the sheet."""
    sheet: Sheet | None = ctx.window.in_page("escalation_written")
    if sheet is None:
        return
    try:
        if sheet.goes is Goes.BY_HAND:
            asked, path = await ctx.services.escalations.hand_over(sheet.asking)
        else:
            asked, path = await ctx.services.escalations.ask(sheet.asking, sheet.goes), None
    except UserMistake as mistake:
        if not ctx.window.in_page("escalation_wrong", field=mistake.field, said=mistake.message):
            raise
        return
    ctx.window.in_page("escalation_sent")
    if path is not None:
        ctx.window.in_page("open_letter", path=path)
        ctx.notices.say(message("escalation.said.by_hand", name=asked.manager), undo=True, seconds=UNDO_SECONDS)
        return
    ctx.window.in_page("go_on", past=(sheet.asking.conversation_id,))
    to_do = await ctx.services.inbox.by_hand(asked.reply_id) if asked.reply_id is not None else None
    if to_do is not None:
        hand_over(ctx, to_do, sheet.name)
        return
    seconds = undo_seconds(ctx.services)
    both = sheet.goes is Goes.BOTH
    if seconds:
        said = "escalation.said.both" if both else "escalation.said.mail"
        leaving = message(said, name=sheet.name, manager=asked.manager, seconds=seconds)
        ctx.notices.say(leaving, undo=True, seconds=seconds)
    else:
        said = "escalation.said.both_sent" if both else "escalation.said.mail_sent"
        ctx.notices.say(message(said, name=sheet.name, manager=asked.manager), level="ok")


@command("inbox.use_answer", menu="message", icon="check", when=_alone("answered"), context=CONTEXT)
async def use_answer(ctx: Context) -> None:
    """Put the manager's answer into the reply box."""
    answer: Answer | None = ctx.window.in_page("use_answer")
    if answer is not None:
        await ctx.services.escalations.use(answer.letter_id, answer.conversation_id)


@command(
    "inbox.ask_again", menu="message", icon="arrows-clockwise", when=_alone("escalation"), context=CONTEXT, at_once=True
)
async def ask_again(ctx: Context) -> None:
    """Ask the manager again, or another one."""
    ctx.window.in_page("escalate", again=True)


@command("inbox.wait_longer", menu="message", icon="bell", when=_alone("escalation"), context=CONTEXT, at_once=True)
async def wait_longer(ctx: Context) -> None:
    """Wait for the manager's answer until another time."""
    ctx.window.in_page("choose_wait")


@command("inbox.wait_chosen", menu="none", when=changes_conversation, context=CONTEXT, in_palette=False)
async def wait_chosen(ctx: Context) -> None:
    """Wait until the time that was chosen."""
    waiting: Waiting | None = ctx.window.in_page("wait_chosen")
    if waiting is not None:
        await ctx.services.escalations.wait_longer(waiting.escalation_id, waiting.until)
        ctx.notices.say(message("escalation.said.waits", when=waiting.until), undo=True, seconds=UNDO_SECONDS)


@command("inbox.close_escalation", menu="message", icon="x", when=_alone("escalation"), context=CONTEXT)
async def close_escalation(ctx: Context) -> None:
    """Wait for the manager no more."""
    number: int | None = ctx.window.in_page("escalation")
    if number is not None:
        await ctx.services.escalations.close(number)
        ctx.notices.say(message("escalation.said.closed"), undo=True, seconds=UNDO_SECONDS)


@command(
    "inbox.paste_answer", menu="message", icon="pencil-simple", when=_alone("escalation"), context=CONTEXT, at_once=True
)
async def paste_answer(ctx: Context) -> None:
    """Write down the manager's answer that came another way."""
    ctx.window.in_page("paste_answer")


@command("inbox.answer_pasted", menu="none", when=changes_conversation, context=CONTEXT, in_palette=False)
async def answer_pasted(ctx: Context) -> None:
    """Keep the answer that was written down."""
    pasted: Pasted | None = ctx.window.in_page("answer_pasted")
    if pasted is not None:
        await ctx.services.escalations.answered_elsewhere(pasted.escalation_id, pasted.text)
        ctx.notices.say(message("escalation.said.pasted", name=pasted.name), undo=True, seconds=UNDO_SECONDS)


@command("inbox.is_answer", menu="message", icon="check-circle", when=_alone("unsure_letter"), context=CONTEXT)
async def is_answer(ctx: Context) -> None:
    """Say that a letter is the manager's answer."""
    await _judge(ctx, is_answer=True)


@command("inbox.is_no_answer", menu="message", icon="minus-circle", when=_alone("unsure_letter"), context=CONTEXT)
async def is_no_answer(ctx: Context) -> None:
    """Say that a letter is about something else; it is not kept here."""
    await _judge(ctx, is_answer=False)


async def _judge(ctx: Context, *, is_answer: bool) -> None:
    number: int | None = ctx.window.in_page("unsure_letter")
    if number is not None:
        await ctx.services.escalations.judge(number, is_answer=is_answer)


@command(
    "inbox.correct_address", menu="message", icon="pencil-simple", when=_alone("bounced"), context=CONTEXT, at_once=True
)
async def correct_address(ctx: Context) -> None:
    """Correct the manager's address in the settings."""
    ctx.window.show_page("settings", section="mail")


COMMANDS: tuple[Command, ...] = (
    escalate, escalate_by_hand, escalate_send, use_answer, ask_again, wait_longer, wait_chosen, close_escalation, paste_answer, answer_pasted,
    is_answer, is_no_answer, correct_address,
)  # fmt: skip
