"""Commands about what was settled with a customer, and about promises: recorded, looked at, kept, let go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from app.commands.command import Command, Context, State, command, may_change
from app.commands.inbox import CONTEXT, UNDO_SECONDS
from app.commands.services import undo_seconds
from app.models.conversation import View
from app.models.invitation import ToEmail
from app.models.promise import Promised
from app.runtime.errors import UserMistake
from app.runtime.words import message


class OfferedPromise(NamedTuple):
    """What a reply that was sent promises, and nobody has remembered."""

    conversation_id: int
    name: str
    promise: Promised


class FirstLetter(NamedTuple):
    """What the sheet of a first letter hands over."""

    prepared: ToEmail
    name: str
    """The customer's, safe for a sentence."""
    to: str
    subject: str
    text: str


def _alone(state: State) -> bool:
    return state.conversation is not None and not state.read_only and len(state.conversations) <= 1


def _with_promises(state: State) -> bool:
    return _alone(state) and "promises" in state.facts


@command("inbox.agreement", menu="message", icon="scales", when=_alone, context=CONTEXT, at_once=True)
async def agreement(ctx: Context) -> None:
    """Keep what was settled with the customer, dated and with what was said."""
    ctx.window.in_page("record_agreement")


@command(
    "inbox.agreements",
    menu="message",
    icon="scales",
    when=lambda state: state.conversation is not None and "agreements" in state.facts,
    context=CONTEXT,
    at_once=True,
)
async def agreements(ctx: Context) -> None:
    """Look at what was settled with the customer: read it, save it as PDF, replace or remove it."""
    ctx.window.in_page("show_agreements")


@command("inbox.promise_kept", menu="message", icon="check", when=_with_promises, context=CONTEXT, at_once=True)
async def promise_kept(ctx: Context) -> None:
    """Say that what was promised to this customer is done."""
    ctx.window.in_page("end_promise", kept=True)


@command("inbox.promise_let_go", menu="message", icon="x", when=_with_promises, context=CONTEXT, at_once=True)
async def promise_let_go(ctx: Context) -> None:
    """Say that what was promised to this customer need not be done any more."""
    ctx.window.in_page("end_promise", kept=False)


@command("inbox.promise_sent", menu="none", when=may_change, context=CONTEXT, in_palette=False)
async def promise_sent(ctx: Context) -> None:
    """Remember the promise in the reply that was sent last."""
    offered: OfferedPromise | None = ctx.window.in_page("promise_sent")
    if offered is None:
        return
    promise = offered.promise
    await ctx.services.promises.remember(offered.conversation_id, promise.text, promise.due_at)
    ctx.notices.say(message("inbox.said.promised", when=promise.due_at), undo=True, seconds=UNDO_SECONDS)


@command("inbox.to_email", menu="message", icon="envelope-simple", when=_alone, context=CONTEXT)
async def to_email(ctx: Context) -> None:
    """Go on by e-mail: invite the customer, or write to them where their address is known."""
    number = ctx.state.conversation
    if number is None:
        return
    language: str = ctx.window.in_page("language_of_reply") or ""
    prepared = await ctx.services.invitations.prepare(number, language)
    ctx.window.in_page("go_on_by_email", prepared=prepared)


@command("inbox.letter_written", menu="none", when=may_change, context=CONTEXT, in_palette=False)
async def letter_written(ctx: Context) -> None:
    """Send the first letter that was written."""
    letter: FirstLetter | None = ctx.window.in_page("first_letter")
    if letter is None:
        return
    seconds = undo_seconds(ctx.services)
    try:
        await ctx.services.invitations.write(letter.prepared, letter.to, letter.subject, letter.text)
    except UserMistake as error:
        ctx.window.in_page("first_letter_refused", error=error)
        return
    ctx.window.in_page("first_letter_sent")
    if seconds:
        ctx.notices.say(message("inbox.said.leaves", name=letter.name, seconds=seconds), undo=True, seconds=seconds)
    else:
        ctx.notices.say(message("inbox.said.sent", name=letter.name), level="ok")


@command("go.mail", menu="go", icon="envelope-simple", at_once=True)
async def go_mail(ctx: Context) -> None:
    """Set up the mailbox and the managers."""
    ctx.window.show_page("settings", section="mail")


@command("go.promise_due", menu="go", icon="handshake", at_once=True)
async def go_promise_due(ctx: Context) -> None:
    """Open the conversation of the promise that is due first."""
    found = ctx.services.reads.now(lambda queries: queries.promises_due(datetime.max.replace(tzinfo=UTC), 1))
    if found:
        ctx.window.show_page("inbox", view=View.ALL.value, conversation=found[0].conversation_id)
    else:
        ctx.notices.say(message("promise.none"))


COMMANDS: tuple[Command, ...] = (
    agreement,
    agreements,
    promise_kept,
    promise_let_go,
    promise_sent,
    to_email,
    letter_written,
    go_mail,
    go_promise_due,
)
