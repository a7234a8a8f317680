"""Presets of keys: each names commands that exist, and with each every key of a screen means one thing."""

from __future__ import annotations

import pytest

from app.commands import catalogue
from app.commands.key_presets import PRESETS
from app.commands.registry import collect, forbidden
from app.runtime.settings import Keyboard, describe


def test_every_preset_of_the_settings_is_there() -> None:
    choices = next(setting.choices for setting in describe(Keyboard) if setting.name == "preset")
    assert set(PRESETS) == set(choices) - {"tertulia", "modifiers"}


@pytest.mark.parametrize("name", PRESETS)
def test_with_a_preset_no_two_commands_want_one_key(name: str) -> None:
    preset = PRESETS[name]
    known = {command.id: command for commands in catalogue.LISTS for command in commands}
    assert preset.keys() <= known.keys()
    assert not any(forbidden(key) for keys in preset.values() for key in keys)
    for command_id, keys in preset.items():
        known[command_id] = known[command_id]._replace(shortcut=None, keys=keys)
    collect(known.values())  # refuses what clashes
