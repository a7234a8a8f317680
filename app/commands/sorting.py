"""Commands that sort what came in: tags on messages, what goes before the rest, rules and what they did."""

from __future__ import annotations

from app.commands.command import Command, Context, State, changes_conversation, command, may_change
from app.commands.inbox import CONTEXT, UNDO_SECONDS
from app.models.message import RuleNote
from app.runtime.words import message


def _ruled(state: State) -> bool:
    return changes_conversation(state) and "ruled" in state.facts


@command(
    "inbox.tag",
    menu="message",
    shortcut="Ctrl+Shift+T",
    icon="tag-simple",
    when=changes_conversation,
    context=CONTEXT,
    at_once=True,
)
async def tag(ctx: Context) -> None:
    """Put a tag on the message, or on the last message of each ticked conversation; the same tag again takes it off."""
    ctx.window.in_page("choose_tag")


@command("inbox.tag_chosen", menu="none", when=changes_conversation, context=CONTEXT, in_palette=False)
async def tag_chosen(ctx: Context) -> None:
    """Put on the tag that was chosen."""
    chosen: tuple[int, str] | None = ctx.window.in_page("tag_chosen")
    if chosen is None:
        return
    tag_id, name = chosen
    message_id: int | None = ctx.window.in_page("message_to_tag")
    ids = () if message_id is None else (message_id,)
    conversations = ctx.state.conversations
    put = await ctx.services.tags.toggle(tag_id, messages=ids, conversations=conversations)
    said = "inbox.said.tagged" if put else "inbox.said.untagged"
    ctx.notices.say(message(said, n=len(ids) or len(conversations), tag=name), undo=True, seconds=UNDO_SECONDS)


@command("inbox.feedback", menu="view", icon="chart-bar-horizontal", context=CONTEXT, at_once=True)
async def feedback(ctx: Context) -> None:
    """What customers ask for, think and criticise: tags counted over a stretch of time, as a table too."""
    ctx.window.in_page("show_feedback")


@command("inbox.put_first", menu="message", icon="flag-banner", when=changes_conversation, context=CONTEXT)
async def put_first(ctx: Context) -> None:
    """Give the conversation a high priority, or take it away; the search is:priority finds those that have it."""
    ids = ctx.state.conversations
    first = await ctx.services.rules.put_first(ids)
    ctx.notices.say(
        message("inbox.said.first" if first else "inbox.said.not_first", n=len(ids)), undo=True, seconds=UNDO_SECONDS
    )


@command("inbox.open_rule", menu="message", icon="funnel", when=_ruled, context=CONTEXT, at_once=True)
async def open_rule(ctx: Context) -> None:
    """Show the rule that sorted this message."""
    note: RuleNote | None = ctx.window.in_page("rule_of_message")
    if note is not None and note.by_playbook:
        ctx.window.show_page("playbook")
    elif note is not None:
        ctx.window.show_page("settings", section="rules", rule=note.rule_id)


@command("inbox.undo_rule", menu="message", icon="arrow-counter-clockwise", when=_ruled, context=CONTEXT)
async def undo_rule(ctx: Context) -> None:
    """Take back what a rule did to this message; the rule stays."""
    note: RuleNote | None = ctx.window.in_page("rule_of_message")
    if note is not None and not note.undone:
        await ctx.services.rules.take_back(note.mark_id)
        said = "inbox.said.guess_undone" if note.by_playbook else "inbox.said.rule_undone"
        ctx.notices.say(message(said, name=note.name), undo=True, seconds=UNDO_SECONDS)


@command("settings.rules", menu="file", icon="funnel", at_once=True)
async def rules(ctx: Context) -> None:
    """Rules that sort what comes in: category, priority, tags."""
    ctx.window.show_page("settings", section="rules")


@command("settings.new_rule", menu="none", icon="plus", when=may_change, at_once=True)
async def new_rule(ctx: Context) -> None:
    """Write a rule that sorts what comes in."""
    ctx.window.show_page("settings", section="rules", add=True)


@command("settings.sorting", menu="file", icon="tag-simple", at_once=True)
async def sorting(ctx: Context) -> None:
    """Name, order and add what posts and messages are sorted by."""
    ctx.window.show_page("settings", section="sorting")


COMMANDS: tuple[Command, ...] = (
    tag, tag_chosen, feedback, put_first, open_rule, undo_rule, rules, new_rule, sorting,
)  # fmt: skip
