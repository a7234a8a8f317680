"""Looking for messages now, stopping a reading, and copying the data."""

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
    """Stop reading; what was read stays, the rest comes next time."""
    ctx.services.sync.stop()


@command("data.backup", menu="file", shortcut="Ctrl+Shift+B", icon="hard-drives", when=may_change)
async def backup(ctx: Context) -> None:
    """Copy all data into the backups folder of this profile."""
    path = await ctx.services.data.backup()
    ctx.notices.say(message("data.backed_up", file=path.name), level="ok")


COMMANDS: tuple[Command, ...] = (now, stop, backup)
