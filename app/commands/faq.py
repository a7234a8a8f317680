"""Commands of the FAQ: look for questions, write and publish answers, put right what was grouped, export the page."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command

CONTEXT = "faq"


def _may_write(state: State) -> bool:
    return "entry" in state.facts and not state.read_only


def _may_change(state: State) -> bool:
    return not state.read_only


@command("go.faq", menu="go", icon="chat-circle-dots", at_once=True)
async def go_faq(ctx: Context) -> None:
    """See which questions customers ask again and again, and publish answers to them."""
    ctx.window.show_page("faq")


@command("faq.save", menu="edit", shortcut="Ctrl+S", icon="check", context=CONTEXT, when=_may_write, at_once=True)
async def save(ctx: Context) -> None:
    """Keep question and answer as they stand, as one step that can be taken back."""
    ctx.window.in_page("save")


@command(
    "faq.next_language",
    menu="edit",
    shortcut="Ctrl+Tab",
    context=CONTEXT,
    when=lambda state: "entry" in state.facts,
    at_once=True,
)
async def next_language(ctx: Context) -> None:
    """Go to the question's next language."""
    ctx.window.in_page("language", step=1)


@command(
    "faq.previous_language",
    menu="edit",
    shortcut="Ctrl+Shift+Tab",
    context=CONTEXT,
    when=lambda state: "entry" in state.facts,
    at_once=True,
)
async def previous_language(ctx: Context) -> None:
    """Go to the question's language before."""
    ctx.window.in_page("language", step=-1)


@command("faq.publish", menu="edit", icon="globe", context=CONTEXT, when=_may_write, at_once=True)
async def publish(ctx: Context) -> None:
    """Say at which address the answer stands; from then on Tertulia counts what its link solves."""
    ctx.window.in_page("publish")


@command(
    "faq.withdraw",
    menu="edit",
    context=CONTEXT,
    when=lambda state: _may_write(state) and "published" in state.facts,
    at_once=True,
)
async def withdraw(ctx: Context) -> None:
    """The answer stands nowhere any more: it is a draft again."""
    ctx.window.in_page("withdraw")


@command(
    "faq.make_answer",
    menu="edit",
    icon="book-open",
    context=CONTEXT,
    when=lambda state: _may_write(state) and "answer" not in state.facts,
    at_once=True,
)
async def make_answer(ctx: Context) -> None:
    """Make an answer of the playbook from it, with the messages as its examples."""
    ctx.window.in_page("make_answer")


@command(
    "faq.use_best",
    menu="edit",
    context=CONTEXT,
    when=lambda state: _may_write(state) and "best" in state.facts,
    at_once=True,
)
async def use_best(ctx: Context) -> None:
    """Put the best answer that was given into the editor."""
    ctx.window.in_page("use_best")


@command(
    "faq.merge",
    menu="edit",
    context=CONTEXT,
    when=lambda state: _may_write(state) and "several" in state.facts,
    at_once=True,
)
async def merge(ctx: Context) -> None:
    """Say which other question asks the same."""
    ctx.window.in_page("merge")


@command(
    "faq.move_out",
    menu="edit",
    shortcut="Delete",
    context=CONTEXT,
    when=lambda state: _may_write(state) and "message" in state.facts,
    at_once=True,
)
async def move_out(ctx: Context) -> None:
    """The message asks something else: take it out of this question."""
    ctx.window.in_page("move_out")


@command(
    "faq.open_message",
    menu="edit",
    context=CONTEXT,
    when=lambda state: "message" in state.facts,
    at_once=True,
)
async def open_message(ctx: Context) -> None:
    """Open the conversation of the message."""
    ctx.window.in_page("open_message")


@command(
    "faq.hide",
    menu="edit",
    icon="prohibit",
    context=CONTEXT,
    when=lambda state: _may_write(state) and "hidden" not in state.facts,
    at_once=True,
)
async def hide(ctx: Context) -> None:
    """No question for the FAQ: it and what is like it are not shown."""
    ctx.window.in_page("hide")


@command(
    "faq.show",
    menu="edit",
    context=CONTEXT,
    when=lambda state: _may_write(state) and "hidden" in state.facts,
    at_once=True,
)
async def show(ctx: Context) -> None:
    """A question for the FAQ after all."""
    ctx.window.in_page("show")


@command("faq.hidden", menu="edit", icon="eye", context=CONTEXT, at_once=True)
async def hidden(ctx: Context) -> None:
    """Show the hidden questions as well, or leave them out again."""
    ctx.window.in_page("hidden")


@command("faq.look", menu="edit", icon="arrows-clockwise", context=CONTEXT, when=_may_change, at_once=True)
async def look(ctx: Context) -> None:
    """Look through the messages for questions now."""
    ctx.window.in_page("look")


@command("faq.stop", menu="none", context=CONTEXT, when=lambda state: "searching" in state.facts, at_once=True)
async def stop(ctx: Context) -> None:
    """End the search for questions; what is stored stays."""
    ctx.services.faq_gathering.stop()


@command("faq.export", menu="file", shortcut="Ctrl+E", icon="export", context=CONTEXT, at_once=True)
async def export(ctx: Context) -> None:
    """Write the FAQ as a page for the shop's site (HTML or Markdown)."""
    ctx.window.in_page("export")


COMMANDS: tuple[Command, ...] = (
    go_faq,
    export,
    save,
    next_language,
    previous_language,
    publish,
    withdraw,
    make_answer,
    use_best,
    merge,
    move_out,
    open_message,
    hide,
    show,
    hidden,
    look,
    stop,
)
