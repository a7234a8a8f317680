"""Commands of tracked links: put one into a post, count their clicks now, set up who makes them short."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command, may_change
from app.runtime.words import message

SECTION = "links"
COMPOSER = "composer"


def _writes(state: State) -> bool:
    return "writes" in state.facts and not state.read_only


@command(
    "composer.link", menu="post", shortcut="Ctrl+L", icon="link-simple", when=_writes, context=COMPOSER, at_once=True
)
async def link(ctx: Context) -> None:
    """Put a link into the post, or change the one the cursor is in; its clicks are counted."""
    ctx.window.in_page("ask_link")


@command("composer.count_clicks", menu="post", icon="cursor", when=_writes, context=COMPOSER, at_once=True)
async def count_clicks(ctx: Context) -> None:
    """Count the clicks on this post's links, or leave its links as they are written."""
    ctx.window.in_page("toggle_tracking")


@command("links.settings", menu="go", icon="link-simple", at_once=True)
async def settings(ctx: Context) -> None:
    """Choose who makes links short and what is added to them."""
    ctx.window.show_page("settings", section=SECTION)


@command("links.count", menu="post", icon="arrows-clockwise", when=may_change)
async def count(ctx: Context) -> None:
    """Ask the shortener now how often links were clicked."""
    if not ctx.services.tracked_links.shortener_name:
        ctx.notices.say(message("links.error.none"))
        ctx.window.show_page("settings", section=SECTION)
        return
    answered = await ctx.services.clicks.count(asked=True)
    trouble = ctx.services.clicks.trouble
    if answered or trouble is None:
        ctx.notices.say(message("links.said.counted"), level="ok")
    else:
        ctx.notices.say(trouble, level="warn")


COMMANDS: tuple[Command, ...] = (link, count_clicks, settings, count)
