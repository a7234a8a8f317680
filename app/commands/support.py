"""Commands of the Answers and Audience tabs: the call centre's figures, lists of interests, and names that are none."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command

CONTEXT = "insights"


def _answers(state: State) -> bool:
    return "answers" in state.facts and not state.read_only


def _audience(state: State) -> bool:
    return "audience" in state.facts


def _interests(state: State) -> bool:
    return _audience(state) and not state.read_only


@command("go.answer_figures", menu="go", icon="chart-line-up", at_once=True)
async def answer_figures(ctx: Context) -> None:
    """See what answering came to, beside the call centre."""
    ctx.window.show_page("insights", tab="answers")


@command("go.audience", menu="go", icon="users-three", at_once=True)
async def audience(ctx: Context) -> None:
    """See who follows, who writes and what they speak of."""
    ctx.window.show_page("insights", tab="audience")


@command("insights.call_centre", menu="view", shortcut="N", icon="pencil-simple", when=_answers, context=CONTEXT, at_once=True)
async def call_centre(ctx: Context) -> None:
    """Type in, or read from a file, what the call centre counted each month."""
    ctx.window.in_page("call_centre")


@command("insights.purchasing", menu="view", icon="export", when=_audience, context=CONTEXT, at_once=True)
async def purchasing(ctx: Context) -> None:
    """Save what customers speak of as a CSV for purchasing, without anybody's name."""
    ctx.window.in_page("list", which="purchasing")


@command("insights.newsletter", menu="view", icon="envelope-simple", when=_audience, context=CONTEXT, at_once=True)
async def newsletter(ctx: Context) -> None:
    """Save who wants the newsletter, with what each spoke of, as a CSV."""
    ctx.window.in_page("list", which="newsletter")


@command("insights.put_away", menu="view", icon="x", when=_interests, context=CONTEXT, at_once=True)
async def put_away(ctx: Context) -> None:
    """The chosen name is a common word: count it as an interest no more."""
    ctx.window.in_page("put_away")


@command("insights.put_back", menu="view", icon="arrow-counter-clockwise", when=_interests, context=CONTEXT, at_once=True)
async def put_back(ctx: Context) -> None:
    """Choose among the names that were put away, to count one again."""
    ctx.window.in_page("put_back")


COMMANDS: tuple[Command, ...] = (answer_figures, audience, call_centre, purchasing, newsletter, put_away, put_back)
