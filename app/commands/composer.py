"""Commands of the Composer: begin a post, send or plan it, keep it, take it back, and move about in it.

What is written, and whether it is fit to go, is asked of the page by verb; each act is one call of a service, which also knows how to
take it back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from app.commands.command import Command, Context, State, command, may_change
from app.commands.services import undo_seconds
from app.models.post import PostDraft
from app.models.slot import QueueFull
from app.runtime.errors import UserMistake
from app.runtime.words import message

CONTEXT = "composer"
UNDO_SECONDS = 10
"""How long a toast offers to take an act back; Z works for longer."""


class Plan(NamedTuple):
    """What the page hands over to be sent or planned."""

    draft: PostDraft
    at: datetime | None
    """Aware UTC; None means now."""
    settled: Callable[[int | None, str | None], None]
    """Hears the post's id when it is done, or None and the name of the field that is wrong."""


class Wish(NamedTuple):
    """What a good time is looked for."""

    accounts: tuple[int, ...]
    pillar: str
    after: datetime | None
    """Aware UTC; None means now."""
    post: int | None
    sells_in: int | None
    """The campaign for which it sells."""


def _writes(state: State) -> bool:
    return "writes" in state.facts and not state.read_only


def _fact(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts and not state.read_only


@command("post.new", menu="post", shortcut="C", icon="plus", when=may_change, at_once=True)
async def new(ctx: Context) -> None:
    """Begin a post; in the Inbox, from the message shown."""
    if ctx.state.page == CONTEXT:
        ctx.window.in_page("new")
        return
    text = ctx.window.in_page("message_text")
    ctx.window.show_page("composer", new=True, origin=ctx.state.page, text=text if isinstance(text, str) else "")


@command("composer.schedule", menu="post", shortcut="Ctrl+Return", icon="clock", when=_writes, context=CONTEXT)
async def schedule(ctx: Context) -> None:
    """Send the post at its time, or now where it has none; goes to what is to be fixed first."""
    await _send(ctx, ctx.window.in_page("take", command="composer.schedule"))


@command("composer.publish_now", menu="post", icon="arrow-right", when=_writes, context=CONTEXT)
async def publish_now(ctx: Context) -> None:
    """Send the post now, whatever its time; goes to what is to be fixed first."""
    await _send(ctx, ctx.window.in_page("take", command="composer.publish_now", now=True))


async def _send(ctx: Context, plan: Plan | None) -> None:
    if plan is None:
        return
    try:
        post_id = await ctx.services.posts.schedule(plan.draft, plan.at)
    except UserMistake as mistake:
        plan.settled(None, mistake.field)
        raise
    except BaseException:
        plan.settled(None, None)
        raise
    plan.settled(post_id, None)
    if plan.at is None:
        seconds = undo_seconds(ctx.services)
        said = message("composer.said.leaves" if seconds else "composer.said.going", n=len(plan.draft.accounts))
        ctx.notices.say(said, undo=bool(seconds), seconds=seconds or UNDO_SECONDS)
    else:
        ctx.notices.say(message("composer.said.scheduled", when=plan.at), undo=True, seconds=UNDO_SECONDS)


@command("composer.keep", menu="post", shortcut="Ctrl+S", icon="check", when=_writes, context=CONTEXT, at_once=True)
async def keep(ctx: Context) -> None:
    """Keep the post as it is and go back; nothing leaves."""
    ctx.window.in_page("keep")


@command("composer.back_to_draft", menu="post", icon="arrow-counter-clockwise", when=_fact("scheduled"), context=CONTEXT)
async def back_to_draft(ctx: Context) -> None:
    """Take what has not left back and make it a draft again."""
    if ctx.state.post is not None:
        await ctx.services.posts.back_to_draft(ctx.state.post)
        ctx.notices.dismiss_undo()
        ctx.notices.say(message("composer.said.draft"), undone=True)


@command("composer.delete", menu="post", icon="trash", when=_fact("deletes"), context=CONTEXT)
async def delete(ctx: Context) -> None:
    """Delete the post; what is out stays out. Can be undone."""
    plan: Plan | None = ctx.window.in_page("take_away", command="composer.delete")
    if plan is None or plan.draft.id is None:
        return
    await ctx.services.posts.delete(plan.draft.id)
    plan.settled(None, None)
    ctx.notices.say(message("composer.said.deleted"), undo=True, seconds=UNDO_SECONDS)


@command("composer.next_text", menu="post", shortcut="Ctrl+Tab", icon="caret-right", context=CONTEXT, at_once=True)
async def next_text(ctx: Context) -> None:
    """Show the text of the next network."""
    ctx.window.in_page("turn", step=1)


@command("composer.previous_text", menu="post", shortcut="Ctrl+Shift+Tab", icon="caret-left", context=CONTEXT, at_once=True)
async def previous_text(ctx: Context) -> None:
    """Show the text of the network before."""
    ctx.window.in_page("turn", step=-1)


@command("composer.base_again", menu="post", icon="arrow-counter-clockwise", when=_fact("own_text"), context=CONTEXT, at_once=True)
async def base_again(ctx: Context) -> None:
    """Drop this network's own text and use the base text again."""
    ctx.window.in_page("base_again")


@command("composer.add_part", menu="post", shortcut="Ctrl+Shift+Return", icon="plus", when=_writes, context=CONTEXT, at_once=True)
async def add_part(ctx: Context) -> None:
    """Go on in a further part of a thread."""
    ctx.window.in_page("add_part")


@command("composer.picture", menu="post", shortcut="Ctrl+I", icon="image", when=_writes, context=CONTEXT, at_once=True)
async def picture(ctx: Context) -> None:
    """Choose pictures or a video to go with the post."""
    ctx.window.in_page("add_picture")


@command("composer.poll", menu="post", icon="chart-bar-horizontal", when=_writes, context=CONTEXT, at_once=True)
async def poll(ctx: Context) -> None:
    """Ask the readers, or take the poll out again."""
    ctx.window.in_page("toggle_poll")


@command("composer.quote", menu="post", icon="quotes", when=_writes, context=CONTEXT, at_once=True)
async def quote(ctx: Context) -> None:
    """Quote another post: asks for its address."""
    ctx.window.in_page("ask_quote")


@command("composer.warning", menu="post", icon="warning-circle", when=_writes, context=CONTEXT, at_once=True)
async def warning(ctx: Context) -> None:
    """Hide the post behind a content warning, or take the warning away."""
    ctx.window.in_page("toggle_warning")


@command("composer.next_check", menu="post", shortcut="F8", icon="warning-circle", context=CONTEXT, at_once=True)
async def next_check(ctx: Context) -> None:
    """Go to the next thing to fix or to look at."""
    ctx.window.in_page("step_check", step=1)


@command("composer.previous_check", menu="post", shortcut="Shift+F8", icon="warning-circle", context=CONTEXT, at_once=True)
async def previous_check(ctx: Context) -> None:
    """Go to the thing to fix or to look at before."""
    ctx.window.in_page("step_check", step=-1)


@command("composer.time", menu="post", shortcut="Ctrl+T", icon="calendar-blank", when=_writes, context=CONTEXT, at_once=True)
async def time(ctx: Context) -> None:
    """Choose the day and time."""
    ctx.window.in_page("edit_time")


@command("composer.next_good_time", menu="post", shortcut="Ctrl+G", icon="star", when=_writes, context=CONTEXT)
async def next_good_time(ctx: Context) -> None:
    """Plan the post for the next good time that is free; said where there is none."""
    wish: Wish | None = ctx.window.in_page("wish")
    if wish is None:
        return
    found = await ctx.services.slots.next_good_time(wish.accounts, wish.pillar, wish.after, post_id=wish.post, sells_in=wish.sells_in)
    if isinstance(found, QueueFull):
        said = message("composer.said.queue_full", until=found.until) if found.until is not None else message("composer.said.no_good_times")
        ctx.notices.say(said, level="warn")
    else:
        ctx.window.in_page("plan_at", at=found.at)


@command("composer.hashtags", menu="post", shortcut="Ctrl+J", icon="hash", when=_writes, context=CONTEXT, at_once=True)
async def hashtags(ctx: Context) -> None:
    """Insert one of your sets of hashtags, or make one."""
    ctx.window.in_page("ask_hashtags")


@command("composer.spelling", menu="post", shortcut="F7", icon="text-aa", when=_writes, context=CONTEXT, at_once=True)
async def spelling(ctx: Context) -> None:
    """Go to the next misspelt word and show what may have been meant."""
    ctx.window.in_page("next_misspelt")


@command("composer.crop", menu="post", icon="crop", when=_fact("pictures"), context=CONTEXT, at_once=True)
async def crop(ctx: Context) -> None:
    """Cut the chosen picture to a shape."""
    ctx.window.in_page("ask_crop")


@command("composer.title", menu="post", icon="pencil-simple", when=_writes, context=CONTEXT, at_once=True)
async def title(ctx: Context) -> None:
    """Give the post a title of its own, for lists."""
    ctx.window.in_page("edit_title")


@command("composer.by_hand", menu="post", icon="hand-pointing", when=may_change)
async def by_hand(ctx: Context) -> None:
    """Open the post that is to be published by hand now, with its text and pictures at hand."""
    due = await ctx.services.outbox.due_by_hand()
    if due is None:
        ctx.notices.say(message("composer.said.nothing_by_hand"))
    else:
        ctx.window.show_page("composer", post=due)


COMMANDS: tuple[Command, ...] = (
    by_hand, new, schedule, publish_now, keep, back_to_draft, delete, next_text, previous_text, base_again, add_part, picture, poll, quote, warning,
    next_check, previous_check, time, title, next_good_time, hashtags, spelling, crop,
)  # fmt: skip
