"""Commands about ideas: made of a message, of kind words, of a question, of older posts and of products; and what comes in from files."""

from __future__ import annotations

from app.commands.command import Command, Context, State, changes_conversation, command, may_change
from app.commands.composer import UNDO_SECONDS
from app.runtime.words import message


def _question(state: State) -> bool:
    return "entry" in state.facts and not state.read_only


@command(
    "ideas.from_message",
    menu="message",
    shortcut="C",
    icon="lightbulb",
    context="inbox",
    when=changes_conversation,
    instead_of="post.new",
)
async def from_message(ctx: Context) -> None:
    """Make an idea for a post out of what the customer said; it waits beside the calendar."""
    number = ctx.state.conversation
    if number is None and ctx.state.conversations:
        number = ctx.state.conversations[0]
    if number is not None:
        await ctx.services.ideas.from_message(number)
        ctx.notices.say(message("ideas.said.made", n=1), undo=True, seconds=UNDO_SECONDS)


@command("ideas.from_faq", menu="edit", icon="lightbulb", context="faq", when=_question)
async def from_faq(ctx: Context) -> None:
    """Make an idea for a post out of this question and its answer."""
    number = ctx.window.in_page("entry")
    if isinstance(number, int) and not isinstance(number, bool):
        await ctx.services.ideas.from_faq(number)
        ctx.notices.say(message("ideas.said.made", n=1), undo=True, seconds=UNDO_SECONDS)


@command("ideas.praise", menu="post", icon="heart-straight", when=may_change, at_once=True)
async def praise(ctx: Context) -> None:
    """Make an idea out of kind words that were kept."""
    ctx.window.show_page("calendar", sheet="praise")


@command("ideas.older", menu="post", icon="arrow-counter-clockwise", when=may_change, at_once=True)
async def older(ctx: Context) -> None:
    """Make ideas out of older posts that went well, those of this season first."""
    ctx.window.show_page("calendar", sheet="older")


@command("ideas.products", menu="post", icon="package", when=may_change, at_once=True)
async def products(ctx: Context) -> None:
    """Make ideas out of the shop's products; what was not featured for long comes first."""
    ctx.window.show_page("calendar", sheet="products")


@command("ideas.import_posts", menu="file", icon="stack", when=may_change, at_once=True)
async def import_posts(ctx: Context) -> None:
    """Bring posts in from a spreadsheet (CSV), also as Buffer and Hootsuite write it."""
    ctx.window.show_page("calendar", sheet="import_posts")


@command("ideas.import_archive", menu="file", icon="hard-drive", when=may_change, at_once=True)
async def import_archive(ctx: Context) -> None:
    """Bring in the posts that an account published before: from an archive of X or an export of Mastodon."""
    ctx.window.show_page("calendar", sheet="import_archive")


COMMANDS: tuple[Command, ...] = (from_message, from_faq, praise, older, products, import_posts, import_archive)
"""In the order of the menus."""
