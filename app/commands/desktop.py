"""Commands about the program on its desktop: pausing all that is sent and read, and a notification on trial."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.commands.command import Command, Context, command, may_change
from app.commands.services import Queries
from app.models.outbox import DeliveryState, Keeper, OutboxKind
from app.runtime.words import message

HOUR = timedelta(hours=1)


@command("desktop.pause_hour", menu="post", shortcut="Ctrl+Shift+P", icon="pause-circle", when=may_change, at_once=True)
async def pause_hour(ctx: Context) -> None:
    """Send and read nothing for an hour; pressed again, go on."""
    if ctx.services.pausing.until is not None:
        ctx.window.go_on()
    else:
        _say_paused(ctx, ctx.services.pausing.pause(HOUR))


@command("desktop.pause_tomorrow", menu="post", when=may_change, at_once=True)
async def pause_tomorrow(ctx: Context) -> None:
    """Send and read nothing until tomorrow morning."""
    _say_paused(ctx, ctx.services.pausing.pause_until_tomorrow())


@command("desktop.resume", menu="post", when=may_change, at_once=True)
async def resume(ctx: Context) -> None:
    """Send and read again; posts whose time passed meanwhile are asked about."""
    ctx.window.go_on()


@command("notifications.try", menu="none", icon="bell", at_once=True, in_palette=False)
async def try_notification(ctx: Context) -> None:
    """Show a notification, to see what it looks like here."""
    ctx.window.try_notification()


def _say_paused(ctx: Context, until: datetime) -> None:
    """With how many posts wait for it."""
    n = ctx.services.reads.now(lambda queries: _planned(queries, until))
    said = message("desktop.paused.posts", until=until, n=n) if n else message("desktop.paused", until=until)
    ctx.notices.say(said, command="desktop.resume")


def _planned(queries: Queries, until: datetime) -> int:
    """Posts that would leave from here before then."""
    waiting = (row for row in queries.outbox() if row.state is DeliveryState.WAITING and row.kind is OutboxKind.POST)
    return len({row.post_id for row in waiting if row.keeper is not Keeper.SERVER and row.due_at < until})


COMMANDS: tuple[Command, ...] = (pause_hour, pause_tomorrow, resume, try_notification)
