"""Carries settings into the window: theme, text size, density, keys, footer, the hour, and the language, at once and without a restart."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QLocale

from app.models.sorting import vocabulary
from app.runtime.desktop_settings import MODIFIERS
from app.runtime.settings import Appearance, Hour, Keyboard, Settings, Shop, Sorting
from app.ui.actions import Actions
from app.ui.face import Face
from app.ui.hour import ActiveMinutes
from app.ui.key_table import NONE
from app.ui.look import Look
from app.ui.main_window import MainWindow
from app.ui.theme import sort_by

OTHERS = ("gmail", "tweetdeck")
"""Presets whose keys are read only where they are wanted."""


class Preferences:
    """Applies every group once when made, and a group again when one of its settings changes."""

    def __init__(
        self,
        settings: Settings,
        look: Look,
        window: MainWindow,
        face: Face,
        actions: Actions,
        hour: ActiveMinutes,
    ) -> None:
        self._settings = settings
        self._look = look
        self._window = window
        self._face = face
        self._actions = actions
        self._hour = hour
        hour.changed.connect(self._show_hour)
        settings.changed.connect(self._changed)
        self._speak_as_shop()
        self.let_go = look.words.changed.connect(self._retranslate)
        """The words outlive the window: it hears of them no more."""
        sort_by(look.theme, vocabulary(settings))
        self._show_appearance()
        self._choose_keys()
        self._show_hour(hour.minutes)

    def _changed(self, keys: frozenset[str]) -> None:
        groups = {key.partition(".")[0] for key in keys}
        if Appearance.GROUP in groups:
            self._show_appearance()
        if Keyboard.GROUP in groups:
            self._choose_keys()
        if Hour.GROUP in groups:
            self._show_hour(self._hour.minutes)
        if Sorting.GROUP in groups:
            sort_by(self._look.theme, vocabulary(self._settings))
            self._retranslate()  # what is offered, and in which order, stands in lists everywhere
        if Shop.GROUP in groups:
            self._speak_as_shop()
        if "shop.language" in keys:
            chosen = self._settings.get(Shop).language
            self._look.words.language = chosen if chosen != "system" else system_language()

    def _speak_as_shop(self) -> None:
        """Times and figures as the shop's country, zone and clock have them."""
        shop, words = self._settings.get(Shop), self._look.words
        words.set_clock_hours(None if shop.clock == "region" else int(shop.clock))
        if shop.country:
            words.region = shop.country
        if shop.zone:
            words.zone = shop.zone

    def _show_appearance(self) -> None:
        chosen = self._settings.get(Appearance)
        self._look.theme.choose(mode=chosen.theme, zoom=chosen.zoom, motion=chosen.motion, contrast=chosen.contrast)  # type: ignore[arg-type]
        self._window.choose_density(chosen.density)
        self._window.show_footer(chosen.footer_keys)
        self._face.keep_menu_bar(chosen.always_menu)

    def _choose_keys(self) -> None:
        chosen = self._settings.get(Keyboard)
        presets = import_module("app.commands.key_presets").PRESETS if chosen.preset in OTHERS else {}
        single_keys = chosen.single_keys and chosen.preset != MODIFIERS
        self._actions.choose_keys(single_keys, presets.get(chosen.preset, NONE), dict(chosen.own) or NONE)

    def _show_hour(self, minutes: int) -> None:
        chosen = self._settings.get(Hour)
        self._window.rail.hour.show_minutes(minutes, chosen.minutes if chosen.enabled else 0)

    def _retranslate(self) -> None:
        self._actions.retitle()
        self._window.retranslate()
        self._face.retranslate()


def system_language() -> str:
    """The language of the computer, as "es_MX"; English where it names none."""
    name = QLocale.system().name()
    return "en" if name == "C" else name
