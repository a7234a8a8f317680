"""What commands and screens ask of several services at once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.commands.services import undo_seconds
from app.runtime.settings import Sending, Settings
from app.services.undo import Undo


def test_the_time_to_undo_is_the_chosen_one_and_longer_with_a_screen_reader() -> None:
    settings = Settings(dict, lambda _name, _text: None)
    services: Any = SimpleNamespace(settings=settings, undo=Undo())
    settings.change(Sending, undo_seconds=20)
    assert undo_seconds(services) == 20
    services.undo = Undo(lambda: True)
    assert undo_seconds(services) == 30
