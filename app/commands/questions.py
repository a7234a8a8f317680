"""Commands of questions to the community, and of posts that come again: repeat, skip, evergreen ones."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.command import Command, Context, State, command

CONTEXT = "questions"


def _may(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts and not state.read_only


def _fact(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts


@command("go.questions", menu="go", keys=("G Q",), icon="users-three", at_once=True)
async def go_questions(ctx: Context) -> None:
    """See what the community replied to your questions, on all accounts together."""
    ctx.window.show_page("questions")


@command(
    "composer.repeat",
    menu="post",
    shortcut="Ctrl+Shift+R",
    icon="arrows-clockwise",
    context="composer",
    when=_may("writes"),
    at_once=True,
)
async def repeat_this(ctx: Context) -> None:
    """Let this post come again by a rule, or change the rule it comes by."""
    ctx.window.in_page("repeat")


@command(
    "calendar.repeat",
    menu="post",
    shortcut="Shift+R",
    icon="arrows-clockwise",
    context="calendar",
    when=_may("post"),
    at_once=True,
)
async def repeat(ctx: Context) -> None:
    """Let the post come again by a rule, or change the rule it comes by."""
    ctx.window.in_page("repeat")


@command("calendar.replies", menu="post", shortcut="R", icon="users-three", context="calendar", when=_fact("question"), at_once=True)
async def replies_to(ctx: Context) -> None:
    """See what the community replied to the question."""
    ctx.window.show_page("questions", post=ctx.state.post)


@command(
    "calendar.skip",
    menu="post",
    shortcut="S",
    icon="minus-circle",
    context="calendar",
    when=_may("occurrence"),
    at_once=True,
)
async def skip(ctx: Context) -> None:
    """Leave out this one occurrence; the others come as before."""
    ctx.window.in_page("skip")


@command(
    "calendar.evergreen", menu="post", shortcut="V", icon="arrow-counter-clockwise", context="calendar", at_once=True
)
async def evergreen(ctx: Context) -> None:
    """See which posts may go out again, and plan one."""
    ctx.window.in_page("evergreen")


@command(
    "questions.keep",
    menu="edit",
    shortcut="Q",
    icon="bookmark-simple",
    context=CONTEXT,
    when=_may("replies"),
    at_once=True,
)
async def keep(ctx: Context) -> None:
    """Keep the reply, or all of the group, among the best; pressed again, not any more."""
    ctx.window.in_page("keep")


@command(
    "questions.like",
    menu="edit",
    shortcut="L",
    icon="heart-straight",
    context=CONTEXT,
    when=_may("replies"),
    at_once=True,
)
async def like(ctx: Context) -> None:
    """Like the reply, or all of the group."""
    ctx.window.in_page("like")


@command(
    "questions.thank", menu="edit", shortcut="1", icon="handshake", context=CONTEXT, when=_may("replies"), at_once=True
)
async def thank(ctx: Context) -> None:
    """Thank in words; after five public thanks a day more look staged, and you are asked."""
    ctx.window.in_page("thank")


@command(
    "questions.group", menu="edit", shortcut="T", icon="tag-simple", context=CONTEXT, when=_may("replies"), at_once=True
)
async def group(ctx: Context) -> None:
    """Put the reply into a group of your own."""
    ctx.window.in_page("group")


@command(
    "questions.open", menu="edit", shortcut="Return", icon="tray", context=CONTEXT, when=_fact("reply"), at_once=True
)
async def open_reply(ctx: Context) -> None:
    """Open the conversation of the reply in the Inbox."""
    ctx.window.in_page("open")


@command(
    "questions.follow_up",
    menu="post",
    shortcut="F",
    icon="pencil-simple",
    context=CONTEXT,
    when=_may("kept"),
    at_once=True,
)
async def follow_up(ctx: Context) -> None:
    """Begin a post made of the replies you kept."""
    ctx.window.in_page("follow_up")


@command(
    "questions.export",
    menu="file",
    shortcut="Ctrl+E",
    icon="export",
    context=CONTEXT,
    when=_fact("question"),
    at_once=True,
)
async def export(ctx: Context) -> None:
    """Save all replies in their groups as a table (CSV)."""
    ctx.window.in_page("export")


@command(
    "questions.ask",
    menu="post",
    shortcut="N",
    icon="plus",
    context=CONTEXT,
    when=lambda state: not state.read_only,
    at_once=True,
)
async def ask(ctx: Context) -> None:
    """Begin a post that asks the community something."""
    ctx.window.show_page("composer", new=True, origin="questions", question=True)


COMMANDS: tuple[Command, ...] = (
    go_questions, repeat_this, repeat, replies_to, skip, evergreen, keep, like, thank, group, open_reply, follow_up, export, ask,
)  # fmt: skip
