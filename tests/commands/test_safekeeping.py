"""Commands about the data: what they ask of the page and of the services."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.commands import safekeeping
from app.commands.command import Context, State
from app.runtime.words import Message


def context(done: list[Any], made: Path | None = None) -> Any:
    async def backup() -> Path | None:
        return made

    services = SimpleNamespace(safekeeping=SimpleNamespace(backup=backup, stop=lambda: done.append("stop")))
    window = SimpleNamespace(show_page=lambda page, **target: done.append((page, target)))
    notices = SimpleNamespace(say=lambda said, **_how: done.append(said))
    return Context(State(), services, window, notices, None)  # type: ignore[arg-type]


async def test_a_backup_says_which_file_it_is_and_nothing_when_it_was_stopped() -> None:
    done: list[Any] = []
    await safekeeping.backup.run(context(done, Path("backups/a.tertulia-backup")))
    assert done == [Message("data.backed_up", {"file": "a.tertulia-backup"})]
    done.clear()
    await safekeeping.backup.run(context(done))
    assert done == []


@pytest.mark.parametrize("command", safekeeping.COMMANDS[1:-2], ids=lambda command: command.id)
async def test_the_page_asks_for_files_and_words(command: Any) -> None:
    done: list[Any] = []
    await command.run(context(done))
    act = command.id.removeprefix("data.").replace("backup_to", "backup")
    assert done == [("settings", {"section": "data", "data": act})]


async def test_stopping_is_passed_on() -> None:
    done: list[Any] = []
    await safekeeping.stop.run(context(done))
    assert done == ["stop"]


def test_what_changes_the_data_is_not_for_who_only_looks_and_not_for_the_sample_shop() -> None:
    for command in (safekeeping.restore, safekeeping.undo_restore, safekeeping.move, safekeeping.erase):
        assert not command.when(State(read_only=True))
        assert not command.when(State(sample=True))
        assert command.when(State())
    assert not safekeeping.backup.when(State(read_only=True))
    assert safekeeping.export.when(State(read_only=True))
