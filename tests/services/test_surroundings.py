"""What services ask of the settings holds at once when it is changed."""

from __future__ import annotations

from datetime import timedelta

from app.models.lateness import LateRule
from app.runtime.settings import Posting, Reading, Sending, Settings, Shop
from app.services.surroundings import Wishes


def test_a_changed_setting_is_asked_anew() -> None:
    settings = Settings(dict, lambda _name, _value: None)
    wishes = Wishes(settings)
    assert str(wishes.shops_zone()) == "UTC"
    settings.change(Shop, zone="America/Mexico_City")
    settings.change(Sending, undo_seconds=30)
    settings.change(Reading, minutes=7)
    settings.change(Posting, late="drop", server_holds=False)
    assert str(wishes.shops_zone()) == "America/Mexico_City"
    assert wishes.undo_seconds() == 30
    assert wishes.interval() == timedelta(minutes=7)
    assert wishes.late().rule is LateRule.DROP
    assert not wishes.server_holds()


def test_papers_are_written_in_a_language_they_are_known_in() -> None:
    settings = Settings(dict, lambda _name, _value: None)
    wishes = Wishes(settings, lambda: "es")
    assert wishes.words_for("fr").language == "fr"
    assert wishes.words_for("tlh").language == "es"
