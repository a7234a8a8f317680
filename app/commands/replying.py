"""Commands of the reply box: a link, a picture, the language of the reply, and the one thing that the strip proposes."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command
from app.commands.inbox import CONTEXT

REPLY = f"{CONTEXT}.reply"


def _writes(state: State) -> bool:
    return state.conversation is not None and not state.read_only


@command("reply.link", menu="message", shortcut="Ctrl+L", icon="link-simple", when=_writes, context=REPLY, at_once=True)
async def link(ctx: Context) -> None:
    """Put a link into the reply."""
    ctx.window.in_page("reply_link")


@command("reply.picture", menu="message", shortcut="Ctrl+I", icon="image", when=_writes, context=REPLY, at_once=True)
async def picture(ctx: Context) -> None:
    """Send a picture along with the reply."""
    ctx.window.in_page("reply_picture")


@command(
    "reply.language",
    menu="message",
    shortcut="Ctrl+Shift+L",
    icon="translate",
    when=_writes,
    context=REPLY,
    at_once=True,
)
async def language(ctx: Context) -> None:
    """Choose the language of the reply."""
    ctx.window.in_page("reply_language")


@command("reply.accept", menu="message", shortcut="Ctrl+J", icon="check", when=_writes, context=CONTEXT, at_once=True)
async def accept(ctx: Context) -> None:
    """Do what the strip in the reply box proposes: answer privately, add the terms, begin more calmly."""
    ctx.window.in_page("reply_accept")


COMMANDS: tuple[Command, ...] = (link, picture, language, accept)
