"""The one plain list of all commands."""

from __future__ import annotations

from collections.abc import Sequence

from app.commands import accounts, composer, first_run, inbox, publishing, sync, today, view
from app.commands import help as helping
from app.commands.command import Command

LISTS: tuple[Sequence[Command], ...] = (
    view.COMMANDS,
    inbox.COMMANDS,
    composer.COMMANDS,
    accounts.COMMANDS,
    today.COMMANDS,
    first_run.COMMANDS,
    publishing.COMMANDS,
    sync.COMMANDS,
    helping.COMMANDS,
)
