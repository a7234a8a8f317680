"""Commands that explain: the guide, the keys of the screen, what was said, what this program is."""

from __future__ import annotations

from app.commands.command import Command, Context, command


@command("help.guide", menu="help", shortcut="Shift+F1", icon="book-open", at_once=True)
async def guide(ctx: Context) -> None:
    """Read the user's guide, opened at the page that fits this screen."""
    ctx.window.show_guide()


@command("help.keys", menu="help", shortcut="?", keys=("F1",), icon="keyboard", at_once=True)
async def keys(ctx: Context) -> None:
    """See every key of this screen."""
    ctx.window.show_help("keys")


@command("help.history", menu="help", icon="clock", at_once=True)
async def history(ctx: Context) -> None:
    """Read again what Tertulia told you since it started."""
    ctx.window.show_help("history")


@command("help.kept_texts", menu="help", icon="pencil-simple")
async def kept_texts(ctx: Context) -> None:
    """See the replies and posts that you began and did not send, newest first."""
    ctx.window.show_kept_texts(ctx.services.reads.now(lambda queries: queries.kept_texts()))


@command("help.news", menu="help", icon="star", at_once=True)
async def news(ctx: Context) -> None:
    """See what each version of Tertulia brought."""
    ctx.window.show_help("news")


@command("help.about", menu="help", icon="info", at_once=True)
async def about(ctx: Context) -> None:
    """See what Tertulia is, its licence and where your data is."""
    ctx.window.show_about(ctx.services.data.folder)


COMMANDS: tuple[Command, ...] = (guide, keys, history, kept_texts, news, about)
