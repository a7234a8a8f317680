"""Commands of the window itself: where to go, what lies on top, how large and how light everything is, and undo."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command
from app.runtime.words import message

UNDO_SECONDS = 10
"""How long a toast offers to take an act back; Z works for longer."""


def _can_undo(state: State) -> bool:
    return state.can_undo and not state.read_only


def _can_redo(state: State) -> bool:
    return state.can_redo and not state.read_only


@command("file.close", menu="file", shortcut="Ctrl+Q", icon="x", at_once=True)
async def close(ctx: Context) -> None:
    """Close the window; what is being sent is asked about first."""
    ctx.window.close()


@command("edit.undo", menu="edit", shortcut="Z", keys=("Ctrl+Z",), icon="arrow-counter-clockwise", when=_can_undo)
async def undo(ctx: Context) -> None:
    """Take back the last thing you did."""
    said = await ctx.services.undo.undo(ctx.under_way)
    ctx.notices.dismiss_undo()
    if said is not None:
        ctx.window.in_page("undone", about=ctx.services.undo.about)
        ctx.notices.say(said, undone=True)


@command("edit.redo", menu="edit", shortcut="Ctrl+Shift+Z", keys=("Ctrl+Y",), icon="arrows-clockwise", when=_can_redo)
async def redo(ctx: Context) -> None:
    """Do again what you took back."""
    if await ctx.services.undo.redo(ctx.under_way) is not None:
        ctx.notices.say(message("view.said.redone"), undo=True, seconds=UNDO_SECONDS)


@command("view.find", menu="edit", shortcut="/", keys=("Ctrl+F",), icon="magnifying-glass", at_once=True)
async def find(ctx: Context) -> None:
    """Search what this page shows; where it has no search of its own, search everything."""
    if ctx.window.in_page("find") is None:
        ctx.window.show_palette()


@command("view.new", menu="file", shortcut="Ctrl+N", icon="plus", at_once=True)
async def new(ctx: Context) -> None:
    """Begin something new: a post, or what this page holds."""
    if ctx.window.in_page("new") is None:
        ctx.window.show_page("composer", new=True, origin=ctx.state.page)


@command("go.today", menu="go", shortcut="Ctrl+1", keys=("G T",), icon="sun-horizon", at_once=True)
async def go_today(ctx: Context) -> None:
    """See what the day asks for."""
    ctx.window.show_page("today")


@command("go.inbox", menu="go", shortcut="Ctrl+2", keys=("G I",), icon="tray", at_once=True)
async def go_inbox(ctx: Context) -> None:
    """Answer what came in."""
    ctx.window.show_page("inbox")


@command("go.due_soon", menu="go", shortcut="G D", icon="hourglass-medium", at_once=True)
async def go_due_soon(ctx: Context) -> None:
    """See the conversations whose answer is due within the hour."""
    ctx.window.show_page("inbox", view="due_soon")


@command("go.escalated", menu="go", shortcut="G E", icon="envelope-simple", at_once=True)
async def go_escalated(ctx: Context) -> None:
    """See the conversations that wait for a manager."""
    ctx.window.show_page("inbox", view="escalated")


@command("go.praise", menu="go", shortcut="G P", icon="heart-straight", at_once=True)
async def go_praise(ctx: Context) -> None:
    """See the kind words you kept."""
    ctx.window.show_page("inbox", view="praise")


@command("go.playbook", menu="go", shortcut="Ctrl+6", keys=("G B",), icon="book-open", at_once=True)
async def go_playbook(ctx: Context) -> None:
    """Write and look after the prepared answers."""
    ctx.window.show_page("playbook")


@command("go.settings", menu="go", shortcut="Ctrl+,", icon="gear-six", at_once=True)
async def go_settings(ctx: Context) -> None:
    """Change how Tertulia works for you."""
    ctx.window.show_page("settings")


@command("view.palette", menu="view", shortcut="Ctrl+K", icon="magnifying-glass", in_palette=False, at_once=True)
async def palette(ctx: Context) -> None:
    """Type a few letters of what you want to do or find."""
    ctx.window.show_palette()


@command("view.side_pane", menu="view", shortcut="Ctrl+B", icon="sliders-horizontal", at_once=True)
async def side_pane(ctx: Context) -> None:
    """Show or hide the pane at the side of the page."""
    ctx.window.toggle_side_pane()


@command("view.next_pane", menu="view", shortcut="F6", in_palette=False, at_once=True)
async def next_pane(ctx: Context) -> None:
    """Move the keyboard to the next pane."""
    ctx.window.focus_next_pane(1)


@command("view.previous_pane", menu="view", shortcut="Shift+F6", in_palette=False, at_once=True)
async def previous_pane(ctx: Context) -> None:
    """Move the keyboard to the pane before."""
    ctx.window.focus_next_pane(-1)


@command("view.larger", menu="view", shortcut="Ctrl++", keys=("Ctrl+=",), icon="plus", at_once=True)
async def larger(ctx: Context) -> None:
    """Make text and everything around it larger."""
    ctx.window.zoom(1)


@command("view.smaller", menu="view", shortcut="Ctrl+-", icon="minus", at_once=True)
async def smaller(ctx: Context) -> None:
    """Make text and everything around it smaller."""
    ctx.window.zoom(-1)


@command("view.normal_size", menu="view", shortcut="Ctrl+0", icon="text-aa", at_once=True)
async def normal_size(ctx: Context) -> None:
    """Show text as large as the system does."""
    ctx.window.zoom(0)


@command("view.full_screen", menu="view", shortcut="F11", icon="arrow-square-out", at_once=True)
async def full_screen(ctx: Context) -> None:
    """Fill the screen, or return from it."""
    ctx.window.full_screen()


@command("view.theme_system", menu="view", icon="sun-horizon", at_once=True)
async def theme_system(ctx: Context) -> None:
    """Be light or dark as the system is."""
    ctx.window.choose_theme("system")


@command("view.theme_light", menu="view", icon="sun-horizon", at_once=True)
async def theme_light(ctx: Context) -> None:
    """Use light colours."""
    ctx.window.choose_theme("light")


@command("view.theme_dark", menu="view", icon="moon-stars", at_once=True)
async def theme_dark(ctx: Context) -> None:
    """Use dark colours."""
    ctx.window.choose_theme("dark")


@command("view.comfortable", menu="view", icon="stack", at_once=True)
async def comfortable(ctx: Context) -> None:
    """Give rows their full height."""
    ctx.window.choose_density("comfortable")


@command("view.compact", menu="view", icon="stack", at_once=True)
async def compact(ctx: Context) -> None:
    """Show more rows, each lower."""
    ctx.window.choose_density("compact")


@command("view.menu_bar", menu="view", shortcut="F10", in_palette=False, at_once=True)
async def menu_bar(ctx: Context) -> None:
    """Show the menu bar."""
    ctx.window.show_menu_bar()


@command("view.escape", menu="none", shortcut="Escape", in_palette=False, at_once=True)
async def escape(ctx: Context) -> None:
    """Close what lies on top, leave the field, clear the ticks, or go back."""
    ctx.window.escape()


COMMANDS: tuple[Command, ...] = (
    new, close, undo, redo, find, go_today, go_inbox, go_due_soon, go_escalated, go_praise, go_playbook, go_settings, palette, side_pane,
    next_pane, previous_pane, larger, smaller, normal_size, full_screen, theme_system, theme_light, theme_dark, comfortable,
    compact, menu_bar, escape,
)  # fmt: skip
