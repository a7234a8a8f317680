"""The Settings page: sections, forms, and what each setting does at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from app.runtime.settings import GROUPS, Answer, Appearance, Hour, Sending, describe
from app.runtime.settings import Shop as ShopSettings
from app.ui.settings.form import Form
from app.ui.settings.sections import SECTIONS, settings_of
from app.ui.widgets.checks import Switch
from app.ui.widgets.picker import Picker
from app.ui.widgets.select import Select
from app.ui.widgets.stepper import Stepper
from tests.ui.shop import Shop, nameless, texts

WITHOUT_EFFECT = {"keyboard.own", "desktop.paused", "safekeeping.automatic"} | {
    f"lock.{name}" for name in ("on", "minutes", "away", "wrong", "wrong_at", "taken_off_at")
}
"""Settings that are no row of a form: keys of one's own have their list, a pause its commands, copies their own switch."""


def form(shop: Shop, section: str) -> Form:
    shop.shell.window.show_page("settings", section=section)
    found = shop.page.stack.currentWidget()
    assert isinstance(found, Form)
    return found


def test_every_setting_with_an_effect_is_shown_once_and_no_other() -> None:
    shown = [setting.key for section in SECTIONS for group in section.groups for setting in settings_of(group)]
    assert len(shown) == len(set(shown))
    assert {setting.key for group in GROUPS for setting in describe(group)} - set(shown) == WITHOUT_EFFECT


def test_arrow_keys_go_through_the_sections(shop: Shop) -> None:
    entry = shop.page.nav.entry()
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_Down)
    assert shop.page.nav.section == "accounts"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert shop.page.nav.section == "spending"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert shop.page.nav.section == "answer"
    assert "Opening hours" in texts(shop.page.stack.currentWidget())


def test_the_name_of_the_shop_is_kept_when_the_field_is_left(shop: Shop) -> None:
    line = form(shop, "general").row("shop.name").editor.widget
    assert isinstance(line, QLineEdit)
    line.setText("  Discos Aurora ")
    line.editingFinished.emit()
    assert shop.services.settings.get(ShopSettings).name == "Discos Aurora"


def test_country_zone_and_clock_change_how_times_are_written(shop: Shop) -> None:
    shown, words = form(shop, "general"), shop.shell.look.words
    country, zone = shown.row("shop.country").editor.widget, shown.row("shop.zone").editor.widget
    assert isinstance(country, Picker)
    assert isinstance(zone, Picker)
    country.setText("mexico")
    country.settle()
    zone.setText("bogota")
    zone.settle()
    shop.services.settings.change(ShopSettings, clock="12")
    assert (words.region, str(words.zone)) == ("MX", "America/Bogota")
    assert words.time(words.clock.now()) == "11:00 am"


def test_another_language_is_spoken_at_once_by_the_page_itself(shop: Shop) -> None:
    select = form(shop, "general").row("shop.language").editor.widget
    assert isinstance(select, Select)
    select.choose("es")
    select.activated.emit(select.currentIndex())
    QApplication.processEvents()
    assert "Idioma de Tertulia" in texts(shop.page.stack.currentWidget())


def test_numbers_switches_and_choices_act_at_once(shop: Shop) -> None:
    shown = form(shop, "general")
    undo, minutes, enabled = (shown.row(key).editor.widget for key in ("sending.undo_seconds", "hour.minutes", "hour.enabled"))
    assert isinstance(undo, Select)
    assert isinstance(minutes, Stepper)
    assert isinstance(enabled, Switch)
    undo.choose(30)
    undo.activated.emit(undo.currentIndex())
    minutes.more.click()
    enabled.click()
    settings = shop.services.settings
    assert (settings.get(Sending).undo_seconds, settings.get(Hour).minutes, settings.get(Hour).enabled) == (30, 65, False)


def test_text_size_offers_the_steps_of_the_theme_and_the_page_survives_it(shop: Shop) -> None:
    select = form(shop, "appearance").row("appearance.zoom").editor.widget
    assert isinstance(select, Select)
    assert [select.itemData(row) for row in range(select.count())] == [90, 100, 110, 125, 150]
    select.choose(150)
    select.activated.emit(select.currentIndex())
    QApplication.processEvents()
    assert shop.services.settings.get(Appearance).zoom == 150
    assert shop.shell.look.theme.zoom == 150


def test_a_change_made_elsewhere_is_shown(shop: Shop) -> None:
    shown = form(shop, "general")
    shop.services.settings.change(Hour, minutes=90)
    stepper = shown.row("hour.minutes").editor.widget
    assert isinstance(stepper, Stepper)
    assert stepper.value == 90


def test_hours_that_cannot_be_are_refused_beside_them(shop: Shop) -> None:
    shown = form(shop, "answer")
    group = Answer
    setting = next(each for each in describe(group) if each.name == "hours")
    shown.keep(group, setting, ((),) * 6)
    assert "These hours overlap or run past midnight. Each block needs a start before its end." in texts(shown)
    shown.keep(group, setting, ((),) * 7)
    assert shop.services.settings.get(Answer).hours == ((),) * 7
    assert not any("overlap" in text for text in texts(shown))


def test_nothing_can_be_changed_in_a_profile_that_is_open_to_be_read(shop: Shop) -> None:
    shop.services.data.read_only = True
    assert not form(shop, "keyboard").row("keyboard.single_keys").editor.widget.isEnabled()


def test_data_says_where_it_lives_and_runs_its_commands(shop: Shop) -> None:
    shop.shell.window.show_page("settings", section="data")
    pane = shop.page.stack.currentWidget()
    said = texts(pane)
    assert str(shop.services.data.folder) in said
    assert "In the keyring of your system" in said
    for name in ("Back up now", "Open the sample shop"):
        next(each for each in pane.findChildren(QAbstractButton) if each.text() == name).click()
    assert shop.done == ["backed up copy.tertulia-backup", "sample opened"]


def test_escape_leads_from_the_pane_back_to_the_sections(shop: Shop) -> None:
    shown = form(shop, "general")
    shown.row("hour.enabled").editor.widget.setFocus()
    assert shop.page.escape()
    assert QApplication.focusWidget() is shop.page.nav.entry()
    assert not shop.page.escape()


@pytest.mark.parametrize("section", [section.id for section in SECTIONS])
@pytest.mark.parametrize("language", ["en", "es"])
def test_everything_is_named_and_nothing_is_cut_at_the_right(shop: Shop, section: str, language: str) -> None:
    shop.services.settings.change(ShopSettings, language=language)
    shop.shell.look.theme.choose(zoom=150)
    shop.shell.window.resize(1024, 640)
    shop.shell.window.show_page("settings", section=section)
    QApplication.processEvents()
    assert nameless(shop.page) == []
    pane = shop.page.stack.currentWidget()
    assert pane.minimumSizeHint().width() <= shop.page.stack.width()


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("general", ["choose", "open", "back", "all keys"]),
        ("accounts", ["choose", "open", "add account", "back", "all keys"]),
        ("data", ["choose", "open", "back", "all keys"]),
        ("rules", ["choose", "move", "new rule", "back", "all keys"]),
    ],
)
def test_the_footer_says_the_keys_of_the_section(shop: Shop, section: str, says: list[str]) -> None:
    window = shop.shell.window
    window.show_page("settings", section="accounts" if section != "accounts" else "data")
    shop.page.nav.choose(section)
    QApplication.processEvents()
    assert [text for _, text in window.footer.hints()] == says
