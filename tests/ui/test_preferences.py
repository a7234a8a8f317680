"""Settings show in the window at once."""

from __future__ import annotations

from PySide6.QtCore import QAbstractAnimation

from app.models.sorting import CATEGORY, PILLAR, Sorts, speak
from app.runtime.settings import Appearance, Hour, Keyboard, Shop, Sorting
from app.runtime.words import message
from app.ui.preferences import system_language
from app.ui.shell import Shell


def test_appearance_shows_at_once(shell: Shell) -> None:
    settings = shell.face._settings
    settings.change(Appearance, theme="dark", zoom=110, footer_keys=False, density="compact")
    theme = shell.look.theme
    assert (theme.dark, theme.zoom, theme.density) == (True, 110, "compact")
    assert shell.window.footer.isHidden()


def test_contrast_and_movement_are_as_they_are_set_at_once(shell: Shell) -> None:
    settings, theme = shell.face._settings, shell.look.theme
    assert (theme.high_contrast, theme.moves) == (False, True)
    settings.change(Appearance, contrast="high", motion=False)
    assert (theme.high_contrast, theme.moves) == (True, False)
    shell.notices.say(message("shell.crash_title"))
    assert [each for each in shell.window.findChildren(QAbstractAnimation) if each.state() != QAbstractAnimation.State.Stopped] == []
    settings.change(Appearance, contrast="system", motion=True)
    assert (theme.high_contrast, theme.moves) == (False, True)


def test_single_keys_can_be_switched_off(shell: Shell) -> None:
    shell.face._settings.change(Keyboard, single_keys=False)
    assert not shell.actions.table.single_keys
    shell.face._settings.change(Keyboard, single_keys=True, preset="modifiers")
    assert not shell.actions.table.single_keys


def test_the_hour_can_be_set_and_switched_off(shell: Shell) -> None:
    ring = shell.window.rail.hour
    assert ring.isVisible()
    assert ring.accessibleName() == "Your hour: 0 of 60 minutes used today"
    shell.face._settings.change(Hour, minutes=90)
    assert "of 90" in ring.accessibleName()
    shell.face._settings.change(Hour, enabled=False)
    assert ring.isHidden()


def test_the_language_changes_without_a_restart(shell: Shell) -> None:
    shell.face.show_palette()
    shell.face._settings.change(Shop, language="es")
    assert shell.look.words.language == "es"
    assert shell.window.rail.button("today").text() == "Hoy"
    assert shell.window.overlay() is None


def test_times_are_written_as_the_shops_country_zone_and_clock_have_them(shell: Shell) -> None:
    words = shell.look.words
    shell.face._settings.change(Shop, country="MX", zone="America/Bogota", clock="12")
    assert (words.region, str(words.zone), words.clock_hours) == ("MX", "America/Bogota", 12)
    shell.face._settings.change(Shop, clock="region")
    assert words.clock_hours == 24


def test_the_systems_language_is_english_where_it_names_none(shell: Shell) -> None:
    shell.face._settings.change(Shop, language="es")
    shell.face._settings.change(Shop, language="system")
    assert shell.look.words.language == system_language().partition("_")[0]


def test_pillars_and_categories_are_named_look_and_are_offered_as_the_user_has_them(shell: Shell) -> None:
    look, settings = shell.look, shell.face._settings
    speak(look.words, settings)
    repainted: list[bool] = []
    look.theme.changed.connect(lambda: repainted.append(True))
    settings.change(Sorting, pillars=Sorts(PILLAR).renamed("scene", "Trips").dressed("scene", "camera", "gold").switched("offers", offered=False).rows)
    assert look.pillar_name("scene") == "Trips"
    assert look.theme.pillar("scene") == ("gold", "ph.camera")
    assert "offers" not in [each for _, each in look.pillars()]
    settings.change(Sorting, categories=Sorts(CATEGORY).renamed("request", "Wish").switched("contest", offered=False).rows)
    assert look.text("category.request") == "Wish"
    assert "contest" not in [each for _, each in look.categories()]
    assert len(repainted) == 2
    settings.change(Sorting, pillars=(), categories=())
    assert (look.pillar_name("scene"), look.text("category.request")) == ("Scene & concerts", "Music request")
