"""Commands of the lock: locking where there is a passphrase, else asking for one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.commands import locking
from app.commands.command import Context, State
from app.runtime.settings import Lock, Settings


def context(done: list[Any], *, on: bool) -> Any:
    settings = Settings(dict, lambda *_kept: None)
    settings.change(Lock, on=on)
    window = SimpleNamespace(
        show_page=lambda page, **target: done.append((page, target)), lock=lambda: done.append("locked")
    )
    return Context(State(), SimpleNamespace(settings=settings), window, None, None)  # type: ignore[arg-type]


async def test_it_locks_where_there_is_a_passphrase_and_else_asks_for_one() -> None:
    done: list[Any] = []
    await locking.lock.run(context(done, on=True))
    await locking.lock.run(context(done, on=False))
    assert done == ["locked", ("settings", {"section": "data", "lock": "set"})]


async def test_the_page_asks_for_words() -> None:
    done: list[Any] = []
    await locking.set_passphrase.run(context(done, on=True))
    await locking.turn_off.run(context(done, on=True))
    assert done == [("settings", {"section": "data", "lock": name}) for name in ("set", "off")]


def test_not_in_the_sample_shop_and_nothing_is_set_where_nothing_can_be_written() -> None:
    for command in locking.COMMANDS:
        assert not command.when(State(sample=True))
    assert locking.lock.when(State(read_only=True))
    assert not locking.set_passphrase.when(State(read_only=True))
    assert not locking.turn_off.when(State(read_only=True))
