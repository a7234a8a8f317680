"""Commands about the program on its desktop: pausing all that is sent and read, and a notification on trial."""

from __future__ import annotations

from datetime import timedelta

from app.commands.command import Command, Context, command, may_change
from app.runtime.words import message

HOUR = timedelta(hours=1)


@command("desktop.pause_hour", menu="post", shortcut="Ctrl+Shift+P", icon="pause-circle", when=may_change, at_once=True)
async def pause_hour(ctx: Context) -> None:
    """Send and read nothing for an hour; pressed again, go on."""
    if ctx.services.pausing.until is not None:
        _resume(ctx)
    else:
        ctx.notices.say(message("desktop.paused", until=ctx.services.pausing.pause(HOUR)), command="desktop.resume")


@command("desktop.pause_tomorrow", menu="post", when=may_change, at_once=True)
async def pause_tomorrow(ctx: Context) -> None:
    """Send and read nothing until tomorrow morning."""
    ctx.notices.say(
        message("desktop.paused", until=ctx.services.pausing.pause_until_tomorrow()), command="desktop.resume"
    )


@command("desktop.resume", menu="post", when=may_change, at_once=True)
async def resume(ctx: Context) -> None:
    """Send and read again."""
    _resume(ctx)


@command("notifications.try", menu="none", icon="bell", at_once=True, in_palette=False)
async def try_notification(ctx: Context) -> None:
    """Show a notification, to see what it looks like here."""
    ctx.window.try_notification()


def _resume(ctx: Context) -> None:
    ctx.services.pausing.resume()
    ctx.notices.say(message("desktop.resumed"), level="ok")


COMMANDS: tuple[Command, ...] = (pause_hour, pause_tomorrow, resume, try_notification)
