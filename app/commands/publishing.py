"""Commands about the publishing service, which sends without the window: installed, started and removed in Settings, where it says how it stands."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command


def _may_install(state: State) -> bool:
    """The sample shop needs none: its networks are simulated."""
    return not state.read_only and not state.sample


@command("publishing.install_service", menu="file", icon="hard-drives", when=_may_install, at_once=True)
async def install(ctx: Context) -> None:
    """Have posts sent without the window, from now on and at each login."""
    ctx.window.show_page("settings", section="general", service="install")


@command("publishing.remove_service", menu="file", icon="trash", when=_may_install, at_once=True)
async def remove(ctx: Context) -> None:
    """Stop sending without the window."""
    ctx.window.show_page("settings", section="general", service="remove")


@command("publishing.start_service", menu="file", icon="hard-drives", when=_may_install, at_once=True)
async def start(ctx: Context) -> None:
    """Start it where it is installed and does not run."""
    ctx.window.show_page("settings", section="general", service="start")


COMMANDS: tuple[Command, ...] = (install, start, remove)
