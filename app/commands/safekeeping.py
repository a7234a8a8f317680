"""Commands about the data as a whole: back up, restore, take a restore back, take everything along or out, delete everything.

Files and questions are the Settings page's: commands bring it to the front and name what is to be done.
"""

from __future__ import annotations

from app.commands.command import Command, Context, State, command, may_change
from app.runtime.words import message


def _is_real_and_open(state: State) -> bool:
    """The sample shop is made anew each day: nothing of it is kept or moved."""
    return not state.read_only and not state.sample


def _show(ctx: Context, act: str) -> None:
    ctx.window.show_page("settings", section="data", data=act)


@command("data.backup", menu="file", shortcut="Ctrl+Shift+B", icon="hard-drives", when=may_change)
async def backup(ctx: Context) -> None:
    """Copy all data into the backups folder of this profile, as one file that is read back."""
    path = await ctx.services.safekeeping.backup()
    if path is not None:
        ctx.notices.say(message("data.backed_up", file=path.name), level="ok")


@command("data.backup_to", menu="file", icon="export", when=may_change, at_once=True)
async def backup_to(ctx: Context) -> None:
    """Copy all data into a file of your choice, on another drive for example."""
    _show(ctx, "backup")


@command("data.restore", menu="file", icon="arrow-counter-clockwise", when=_is_real_and_open, at_once=True)
async def restore(ctx: Context) -> None:
    """Put a backup in the place of the data; what is replaced is kept."""
    _show(ctx, "restore")


@command("data.undo_restore", menu="file", icon="arrow-counter-clockwise", when=_is_real_and_open, at_once=True)
async def undo_restore(ctx: Context) -> None:
    """Go back to the data that the last restored backup took the place of."""
    _show(ctx, "undo_restore")


@command("data.export", menu="file", icon="folder-open", at_once=True)
async def export(ctx: Context) -> None:
    """Write everything into files that people and other programs read."""
    _show(ctx, "export")


@command("data.move", menu="file", icon="hard-drive", when=_is_real_and_open, at_once=True)
async def move(ctx: Context) -> None:
    """Go on at another computer: stop sending here and take everything along in one file."""
    _show(ctx, "move")


@command("data.erase", menu="file", icon="trash", when=_is_real_and_open, at_once=True)
async def erase(ctx: Context) -> None:
    """Sign out everywhere and delete everything that Tertulia keeps on this computer."""
    _show(ctx, "erase")


@command("data.stop", menu="file", icon="x", at_once=True)
async def stop(ctx: Context) -> None:
    """Stop copying, restoring or exporting; nothing of it remains."""
    ctx.services.safekeeping.stop()


@command("data.mend", menu="none", icon="warning-circle", in_palette=False, at_once=True)
async def mend(ctx: Context) -> None:
    """Close the damaged data and choose: put a backup back, or save what can be read."""
    ctx.window.mend()


COMMANDS: tuple[Command, ...] = (backup, backup_to, restore, undo_restore, export, move, erase, stop, mend)
