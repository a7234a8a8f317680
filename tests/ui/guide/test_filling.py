"""Marks of the guide stand for the program as it is now: keys of the user's own, words of the language, settings as they come."""

from __future__ import annotations

from app.commands.registry import collect
from app.ui.guide.filling import ProgramFilling, contexts
from app.ui.guide.sheet import GuideSheet
from app.ui.look import Look
from app.ui.shell import Shell
from tests.ui.stand_ins import make_registry


def test_keys_are_those_in_force(shell: Shell) -> None:
    shell.actions.choose_keys(True, {}, {"help.about": ("Ctrl+F9",)})
    shell.face.show_guide("keys")
    sheet = shell.window.overlay()
    assert isinstance(sheet, GuideSheet)
    assert "Ctrl F9" in sheet.reader.toPlainText().replace("\xa0", " ")


def test_a_default_a_key_and_a_word_that_is_not_there(look: Look) -> None:
    registry = make_registry([])
    filling = ProgramFilling(look.words, registry, lambda name: registry[name].all_keys, apple=False)
    assert filling.default("hour.minutes") == "60"
    assert filling.default("nothing.there") == "nothing.there"
    assert filling.word("nothing.there") == "nothing.there"
    assert filling.title("nothing.there") == "nothing.there"
    assert filling.keys("nothing.there") == ()
    assert filling.cap("Ctrl+Return") == "Ctrl ↵"
    assert contexts(collect()) == []
    assert contexts(registry)[0] == "everywhere"
