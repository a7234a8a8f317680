"""Looking for messages now, stopping a reading and going on with it, and emptying what is kept of pictures."""

from __future__ import annotations

from app.commands.command import Command, Context, command, may_change
from app.runtime.words import message


@command("sync.now", menu="message", shortcut="F5", icon="arrows-clockwise", when=may_change)
async def now(ctx: Context) -> None:
    """Look for messages on every account now."""
    new = await ctx.services.sync.look_now()
    ctx.notices.say(message("sync.new", n=new) if new else message("sync.nothing_new"), level="ok" if new else "info")


@command("sync.stop", menu="message", icon="x", at_once=True)
async def stop(ctx: Context) -> None:
    """Stop reading; what was read stays."""
    ctx.services.sync.stop()


@command("sync.go_on", menu="message", when=may_change)
async def go_on(ctx: Context) -> None:
    """Go on with the first reading that was stopped."""
    await ctx.services.sync.go_on()


@command("data.clear_pictures", menu="file", icon="trash", when=may_change)
async def clear_pictures(ctx: Context) -> None:
    """Delete the pictures of customers that are kept on this computer."""
    await ctx.services.pictures.clear()
    ctx.notices.say(message("data.pictures_cleared"), level="ok")


COMMANDS: tuple[Command, ...] = (now, stop, go_on, clear_pictures)
