"""Commands of the lock: lock now, set or change the passphrase, do without."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command
from app.runtime.settings import Lock


def _is_real(state: State) -> bool:
    """In the sample shop there is nothing to hide."""
    return not state.sample


def _may_set(state: State) -> bool:
    return not state.sample and not state.read_only


@command("file.lock", menu="file", shortcut="Ctrl+Shift+K", icon="lock-simple", when=_is_real, at_once=True)
async def lock(ctx: Context) -> None:
    """Show nothing until the passphrase was typed; posts still leave and messages are still read."""
    if ctx.services.settings.get(Lock).on:
        ctx.window.lock()
    else:
        ctx.window.show_page("settings", section="data", lock="set")


@command("lock.set", menu="file", icon="lock-simple", when=_may_set, in_palette=True, at_once=True)
async def set_passphrase(ctx: Context) -> None:
    """Set the passphrase that opens the window, or change it."""
    ctx.window.show_page("settings", section="data", lock="set")


@command("lock.off", menu="none", icon="x", when=_may_set, in_palette=False, at_once=True)
async def turn_off(ctx: Context) -> None:
    """Open the window without a passphrase again."""
    ctx.window.show_page("settings", section="data", lock="off")


COMMANDS: tuple[Command, ...] = (lock, set_passphrase, turn_off)
