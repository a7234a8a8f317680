"""Commands about the publishing service: they bring the place in Settings to the front that does it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import Context, State
from app.commands.publishing import COMMANDS, install, remove


@pytest.mark.parametrize(("made", "wanted"), [(install, "install"), (remove, "remove")])
async def test_each_asks_settings_for_it(made: Any, wanted: str) -> None:
    shown: list[Any] = []
    window = SimpleNamespace(show_page=lambda page, **target: shown.append((page, target)))
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert shown == [("settings", {"section": "general", "service": wanted})]


def test_there_is_none_for_the_sample_shop_and_for_a_profile_that_is_only_read() -> None:
    for made in COMMANDS:
        assert made.when(State())
        assert not made.when(State(sample=True))
        assert not made.when(State(read_only=True))
