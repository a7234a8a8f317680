"""Settings show in the window at once."""

from __future__ import annotations

from app.runtime.settings import Appearance, Hour, Keyboard, Shop
from app.ui.preferences import system_language
from app.ui.shell import Shell


def test_appearance_shows_at_once(shell: Shell) -> None:
    settings = shell.face._settings
    settings.change(Appearance, theme="dark", zoom=110, footer_keys=False, density="compact")
    theme = shell.look.theme
    assert (theme.dark, theme.zoom, theme.density) == (True, 110, "compact")
    assert shell.window.footer.isHidden()


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
