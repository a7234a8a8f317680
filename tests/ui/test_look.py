"""The bundle speaks the window's language and counts as badges do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.conversation import Category
from app.models.rule import Rule, Then, When
from app.models.sorting import CATEGORY, PILLAR, Sorts, Vocabulary
from app.runtime.words import message
from app.ui.inbox.choices import category_menu
from app.ui.look import Look
from app.ui.settings.rule_editor import RuleEditor
from app.ui.settings.rule_sentences import sentence
from app.ui.settings.slot_grid import slot_text
from app.ui.settings.targets import category_choices
from app.ui.theme import sort_by
from app.ui.widgets.chip import category_chip


def test_it_speaks(look: Look) -> None:
    assert look.text("page.inbox") == "Inbox"
    assert look.text(message("shell.minutes", minutes=33)) == "33 min"
    look.words.language = "es"
    assert look.text("page.inbox") == "Bandeja"


def test_numbers_are_grouped_and_counts_end_at_99(look: Look) -> None:
    assert look.number(12846) == "12,846"
    assert (look.count_text(99), look.count_text(100)) == ("99", "99+")


def sorted_look(look: Look) -> Look:
    """A travel agency's: one renamed, one set aside, one its own; a category less, and one that is called otherwise."""
    pillars, _ = Sorts(PILLAR).renamed("scene", "Trips & {n}").dressed("scene", "airplane-tilt", "rose").switched("offers", offered=False).added("Hotels")
    categories = Sorts(CATEGORY).switched("contest", offered=False).renamed("request", "Trip wish").moved("other", -7)
    vocabulary = Vocabulary(pillars.without("releases"), categories)
    look.words.own = vocabulary.texts()
    sort_by(look.theme, vocabulary)
    return look


def test_what_is_offered_is_what_the_user_has_in_the_users_order(look: Look) -> None:
    assert look.pillars()[0] == ("New releases", "releases")
    sorted_look(look)
    assert [each for _, each in look.pillars()] == ["catalogue", "scene", "community", "contest", "help", "house", "own1"]
    assert look.pillars("offers", "scene", "")[-1] == ("Offers", "offers")
    assert {number: name for name, number in look.pillars()}["scene"] == "Trips & {n}"
    assert [each for _, each in look.categories()][:3] == ["other", "question", "order"]
    assert [each for _, each in look.categories("contest")][-1] == "contest"
    assert (look.pillar_name("own1"), look.pillar_name("releases"), look.pillar_name("nobody"), look.pillar_name("")) == (
        "Hotels", "New releases", "", "",
    )  # fmt: skip


def test_hue_and_icon_are_the_users(look: Look) -> None:
    assert look.theme.pillar("scene") == ("sky", "ph.microphone")
    heard: list[bool] = []
    look.theme.changed.connect(lambda: heard.append(True))
    sorted_look(look)
    assert heard == [True]
    assert look.theme.pillar("scene") == ("rose", "ph.airplane-tilt")
    assert look.theme.pillar("own1") == ("blue", "ph.star")
    assert look.theme.pillar("nobody") == ("slate", "ph.storefront")
    assert look.theme.category("request") == ("violet", "ph.disc")
    sorted_look(look)
    assert heard == [True], "the same again is no change"


def test_the_menu_of_categories_offers_them_in_the_users_order_with_digits(look: Look, qapp: QApplication) -> None:
    sorted_look(look)
    host, chosen = QWidget(), list[Category]()
    menu = category_menu(look, Category.CONTEST, host, chosen.append)
    assert [action.text() for action in menu.actions()] == [
        "1  Other", "2  Before buying", "3  Order && delivery", "4  Technical", "5  Trip wish", "6  Complaint", "7  Praise", "8  Troll",
        "9  Spam", "0  Contest",
    ]  # fmt: skip
    assert menu.actions()[-1].isChecked()
    QTest.keyClick(menu, Qt.Key.Key_5)
    assert chosen == [Category.REQUEST]
    host.deleteLater()


def test_forms_offer_what_the_user_has_and_what_was_chosen_before(look: Look, qapp: QApplication) -> None:
    sorted_look(look)
    assert ("Contest", "contest") not in category_choices(look)
    assert ("Contest", "contest") in category_choices(look, "contest")
    editor = RuleEditor(look, Rule("a", When(categories=(Category.CONTEST,)), Then(Category.REQUEST)), [], [])
    assert editor.rule.when.categories == (Category.CONTEST,)
    assert sentence(look, editor.rule, [], []) == "When a message has the category Contest: category Trip wish."
    chip = category_chip(look, "request")
    assert (chip.text, chip.icon) == ("Trip wish", "ph.disc")
    editor.deleteLater()


def test_good_times_say_their_queue_by_its_name(look: Look) -> None:
    sorted_look(look)
    assert "Hotels" in slot_text(look, 0, 660, "own1")
    assert "Offers" in slot_text(look, 0, 660, "offers")
