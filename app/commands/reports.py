"""Commands of reports: the report on what Insights shows, and its charts as pictures."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command
from app.commands.insights import CONTEXT


def _shows(state: State) -> bool:
    return "summary" in state.facts


@command("insights.report", menu="file", shortcut="Ctrl+E", icon="file-pdf", context=CONTEXT, when=_shows, at_once=True)
async def report(ctx: Context) -> None:
    """Make a report on these days: as PDF or HTML, with all tables and pictures, or as a letter to colleagues."""
    ctx.window.in_page("report")


@command("insights.pictures", menu="file", icon="image", context=CONTEXT, when=_shows, at_once=True)
async def pictures(ctx: Context) -> None:
    """Save every chart of the report as PNG and SVG in a folder."""
    ctx.window.in_page("report", kind="pictures")


@command("reports.settings", menu="file", icon="calendar-blank", at_once=True)
async def settings(ctx: Context) -> None:
    """Choose when reports are made by themselves, where they go, and the logo they bear."""
    ctx.window.show_page("settings", section="reports")


COMMANDS: tuple[Command, ...] = (report, pictures, settings)
