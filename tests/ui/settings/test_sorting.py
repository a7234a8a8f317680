"""The section of categories and pillars: by keys alone, in place, at once everywhere, and with names that mean harm."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.models.sorting import CATEGORY, PILLAR, PILLARS, Sorts, Uses, speak, vocabulary
from app.runtime.settings import Keyboard, Sorting
from app.services.pillars import Pillars
from app.services.undo import Undo
from app.store.writing.pillars import Given
from app.ui.look import Look
from app.ui.settings.sort_rows import SortRow
from app.ui.settings.sort_sheets import LookSheet, RemoveSheet
from app.ui.settings.sorting import SortingPane
from tests.ui.shop import Shop, Work, nameless
from tests.ui.stand_ins import TouchedAll

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Moves:
    """Stands for the data file: notes what is given to whom."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    async def write(self, act: Callable[..., Any], *values: Any) -> Given:
        self.asked.append((act.__name__, *values))
        return Given(posts=(1, 2, 3))


class Desk:
    """The section over the real service; only rows of the data file are made up."""

    def __init__(self, shop: Shop, application: QApplication) -> None:
        self.shop, self.application = shop, application
        self.settings, self.undo, self.moves = shop.services.settings, Undo(), Moves()
        self.uses: dict[str, Uses] = {"offers": Uses(posts=12, slots=1)}
        speak(shop.shell.look.words, self.settings)
        say: Callable[..., str] = shop.shell.look.text
        shop.services.pillars = Pillars(self.moves, self.undo, self.settings, say)  # type: ignore[arg-type]
        shop.store.pillar_uses = lambda: dict(self.uses)  # type: ignore[attr-defined]
        shop.shell.window.show_page("settings", section="sorting")
        application.processEvents()

    @property
    def pane(self) -> SortingPane:
        found = self.shop.page.stack.currentWidget()
        assert isinstance(found, SortingPane)
        return found

    def row(self, number: str, kind: str = PILLAR) -> SortRow:
        return next(row for row in self.pane.rows_of[kind] if row.sort.id == number)  # type: ignore[index]

    def order(self, kind: str = PILLAR) -> list[str]:
        return [row.sort.id for row in self.pane.rows_of[kind]]  # type: ignore[index]

    def sorts(self, kind: str = PILLAR) -> Sorts:
        return vocabulary(self.settings).of(kind)

    def focus(self) -> QWidget | None:
        return self.shop.shell.window.focusWidget()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Where the keyboard is; then all that follows from it."""
        focus = self.focus()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)
        self.application.processEvents()

    def type(self, text: str) -> None:
        focus = self.focus()
        assert focus is not None
        QTest.keyClicks(focus, text)

    def go_to(self, number: str, kind: str = PILLAR) -> SortRow:
        row = self.row(number, kind)
        row.name.setFocus(Qt.FocusReason.TabFocusReason)
        return row

    def take_back(self) -> str:
        self.run(self.undo.undo())
        return ""

    def run(self, act: Awaitable[Any]) -> None:
        Work(act, self.shop.shell.notices.fail)  # type: ignore[arg-type]
        self.application.processEvents()

    def sheet(self) -> Any:
        return self.shop.shell.window.overlay()

    def words(self) -> Look:
        return self.shop.shell.look


@pytest.fixture
def desk(shop: Shop, qapp: QApplication) -> Desk:
    return Desk(shop, qapp)


def test_all_of_both_kinds_stand_there_with_what_there_is_of_them(desk: Desk):
    assert desk.order() == list(PILLARS)
    assert desk.row("offers").name.accessibleName() == "5 of 8: Offers"
    assert desk.row("offers").name.said == "12 posts and 1 good time"
    assert desk.row("scene").name.said == ""
    assert desk.row("spam", CATEGORY).name.said == "always offered: the program acts by it"
    assert desk.row("spam", CATEGORY).switch.isHidden()
    assert not desk.row("contest", CATEGORY).switch.isHidden()
    assert nameless(desk.pane) == []


def test_arrow_keys_go_from_row_to_row_and_from_list_to_list(desk: Desk):
    desk.go_to("releases")
    desk.press(Qt.Key.Key_Up)
    assert desk.focus() is desk.row("releases").name
    desk.press(Qt.Key.Key_End)
    assert desk.focus() is desk.row("house").name
    desk.press(Qt.Key.Key_Down)
    assert desk.focus() is desk.row("question", CATEGORY).name
    desk.press(Qt.Key.Key_J)
    assert desk.focus() is desk.row("order", CATEGORY).name
    desk.press(Qt.Key.Key_K)
    desk.press(Qt.Key.Key_Up)
    assert desk.focus() is desk.row("house").name
    desk.press(Qt.Key.Key_Home)
    assert desk.focus() is desk.row("releases").name


def test_rows_are_walked_by_the_keys_that_lists_have_now(desk: Desk):
    desk.go_to("releases")
    first = desk.row("releases").name
    desk.settings.change(Keyboard, own=(("list.next", ("Y",)),))
    desk.press(Qt.Key.Key_J)
    assert desk.focus() is first
    desk.press(Qt.Key.Key_Y)
    assert desk.focus() not in (first, None)
    desk.press(Qt.Key.Key_K)
    assert desk.focus() is first


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_name_is_written_over_in_place_and_holds_at_once(desk: Desk, key: Qt.Key):
    row = desk.go_to("scene")
    desk.press(key)
    assert row.field is not None
    assert row.field.line.hasFocus()
    desk.type("Trips")
    desk.press(Qt.Key.Key_Return)
    assert desk.sorts().texts() == {"pillar.scene": "Trips"}
    assert desk.words().text("pillar.scene") == "Trips"
    assert desk.row("scene") is row
    assert row.name.title == "Trips"
    assert desk.focus() is row.name
    assert desk.shop.said()[-1] == "It is called Trips now · everywhere"
    desk.take_back()
    assert row.name.title == "Scene & concerts"


def test_escape_forgets_what_was_typed(desk: Desk):
    row = desk.go_to("scene")
    desk.press(Qt.Key.Key_F2)
    desk.type("Trips")
    desk.press(Qt.Key.Key_Escape)
    assert row.field is None
    assert desk.focus() is row.name
    assert desk.sorts() == Sorts(PILLAR)


def test_whoever_goes_elsewhere_keeps_what_was_typed_and_gets_there(desk: Desk):
    desk.go_to("scene")
    desk.press(Qt.Key.Key_F2)
    desk.type("Trips")
    QTest.mouseClick(desk.row("offers").switch, Qt.MouseButton.LeftButton)
    desk.application.processEvents()
    assert desk.sorts().texts() == {"pillar.scene": "Trips"}
    assert not desk.sorts().offers("offers")


def test_a_name_that_another_one_has_is_refused_beside_it(desk: Desk):
    row = desk.go_to("scene")
    desk.press(Qt.Key.Key_F2)
    desk.type("community")
    desk.press(Qt.Key.Key_Return)
    assert row.field is not None
    assert row.field.wrong == "There is one called community already."
    desk.press(Qt.Key.Key_Escape)
    assert desk.sorts() == Sorts(PILLAR)


def test_an_emptied_name_gives_the_programs_word_back(desk: Desk):
    desk.settings.change(Sorting, pillars=Sorts(PILLAR).renamed("scene", "Trips").rows)
    desk.application.processEvents()
    row = desk.go_to("scene")
    assert row.name.title == "Trips"
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_Return)
    assert row.name.title == "Scene & concerts"


def test_space_switches_and_alt_with_arrows_moves(desk: Desk):
    row = desk.go_to("offers")
    desk.press(Qt.Key.Key_Space)
    assert not desk.sorts().offers("offers")
    assert row.name.accessibleName() == "5 of 8: Offers, not offered"
    assert row.name.said == "not offered · 12 posts and 1 good time"
    assert not row.switch.isChecked()
    desk.press(Qt.Key.Key_Up, ALT)
    desk.press(Qt.Key.Key_Up, ALT)
    assert desk.order()[2:5] == ["offers", "scene", "community"]
    assert desk.focus() is row.name
    desk.press(Qt.Key.Key_Down, ALT)
    assert desk.order()[2:5] == ["scene", "offers", "community"]
    for _ in range(4):
        desk.take_back()
    assert desk.sorts() == Sorts(PILLAR)
    assert row.switch.isChecked()


def test_categories_that_act_cannot_be_switched_off(desk: Desk):
    desk.go_to("spam", CATEGORY)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Delete)
    assert desk.sorts(CATEGORY) == Sorts(CATEGORY)
    desk.go_to("contest", CATEGORY)
    desk.press(Qt.Key.Key_Space)
    assert [each for _, each in desk.words().categories()].count("contest") == 0


def test_icon_and_colour_are_chosen_with_arrow_keys(desk: Desk):
    row = desk.go_to("scene")
    desk.press(Qt.Key.Key_I)
    sheet = desk.sheet()
    assert isinstance(sheet, LookSheet)
    assert nameless(sheet) == []
    assert desk.focus().accessibleName() == "Microphone"  # type: ignore[union-attr]
    desk.press(Qt.Key.Key_Right)
    assert desk.focus().accessibleName() == "People"  # type: ignore[union-attr]
    sheet._chosen("hue").setFocus()
    desk.press(Qt.Key.Key_Home)
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Return)
    assert desk.words().theme.pillar("scene") == ("orange", "ph.users-three")
    assert (row.tile.hue, row.tile.icon_name) == ("orange", "ph.users-three")
    desk.go_to("scene")
    desk.press(Qt.Key.Key_I)
    next(
        each
        for each in desk.sheet().findChildren(QWidget)
        if getattr(each, "text", None) and each.text() == "As it came"
    ).click()
    desk.application.processEvents()
    assert desk.words().theme.pillar("scene") == ("sky", "ph.microphone")


def test_a_new_one_is_named_and_has_the_keyboard(desk: Desk):
    desk.go_to("releases")
    desk.press(Qt.Key.Key_N)
    assert desk.pane.adding is not None
    desk.press(Qt.Key.Key_Return)
    assert desk.pane.adding.field.wrong == "It needs a name."
    desk.type("Trips & hotels")
    desk.press(Qt.Key.Key_Return)
    assert desk.pane.adding is None
    assert desk.order()[-1] == "own1"
    assert desk.focus() is desk.row("own1").name
    assert desk.words().pillars()[-1] == ("Trips & hotels", "own1")
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_Return)
    assert desk.row("own1").field.wrong == "It needs a name."  # type: ignore[union-attr]
    desk.press(Qt.Key.Key_Escape)
    desk.take_back()
    assert desk.order() == list(PILLARS)


def test_ctrl_n_adds_and_escape_adds_nothing(desk: Desk):
    assert desk.shop.page.perform("new")
    desk.type("Trips")
    desk.press(Qt.Key.Key_Escape)
    assert desk.pane.adding is None
    assert desk.order() == list(PILLARS)
    assert desk.focus() is desk.pane.new


def test_one_that_nothing_has_goes_at_once_and_comes_back(desk: Desk):
    desk.go_to("scene")
    desk.press(Qt.Key.Key_Delete)
    assert desk.order() == [each for each in PILLARS if each != "scene"]
    assert desk.focus() is desk.row("community").name
    assert desk.shop.said()[-1] == "Scene & concerts is removed"
    desk.take_back()
    assert "scene" in desk.order()


def test_one_that_posts_have_is_given_to_another_or_only_set_aside(desk: Desk):
    desk.go_to("offers")
    desk.press(Qt.Key.Key_Delete)
    sheet = desk.sheet()
    assert isinstance(sheet, RemoveSheet)
    assert "offers" not in [sheet.into.itemData(row) for row in range(sheet.into.count())]
    sheet.into.choose("house")
    sheet.go.click()
    desk.application.processEvents()
    assert desk.moves.asked == [("give", "offers", "house")]
    assert "offers" not in desk.order()
    assert desk.shop.said()[-1] == "Offers is removed · 3 posts are The shop itself now"
    desk.take_back()
    assert desk.moves.asked[-1][:2] == ("take_back", "offers")
    assert desk.sorts() == Sorts(PILLAR)
    desk.go_to("offers")
    desk.press(Qt.Key.Key_Delete)
    desk.sheet().rest.click()
    desk.application.processEvents()
    assert desk.sorts().find("offers").stand == "kept"  # type: ignore[union-attr]
    desk.go_to("offers")
    desk.press(Qt.Key.Key_Delete)
    assert desk.sheet().rest is None


def test_the_menu_of_a_row_offers_what_its_keys_do(desk: Desk):
    desk.settings.change(Sorting, pillars=Sorts(PILLAR).renamed("scene", "Trips").rows)
    desk.application.processEvents()
    desk.go_to("scene")
    desk.press(Qt.Key.Key_Menu)
    menu = next(menu for menu in desk.pane.findChildren(QMenu) if menu.isVisible())
    assert [each.text() for each in menu.actions()] == [
        "Rename", "Use the program’s own word again", "Icon and colour…", "Stop offering it", "Remove…",
    ]  # fmt: skip
    menu.actions()[1].trigger()
    menu.close()
    desk.application.processEvents()
    assert desk.row("scene").name.title == "Scene & concerts"


@pytest.mark.parametrize(
    "name", ["<b>{n}</b> & %s", "{name}{", "مبيعات اليوم", "Z" + "\u0338" * 20, "W" * 40, "\u202egnol"]
)
def test_names_that_mean_harm_stand_as_they_are(desk: Desk, name: str):
    desk.go_to("releases")
    desk.press(Qt.Key.Key_N)
    assert desk.pane.adding is not None
    desk.pane.adding.field.line.setText(name)
    desk.press(Qt.Key.Key_Return)
    kept = desk.sorts().find("own1").name  # type: ignore[union-attr]
    shown = desk.words().text("pillar.own1").strip("\u2068\u2069")
    assert shown == kept
    assert kept.strip("\u202e") in name
    row = desk.row("own1")
    assert row.width() <= desk.pane.width()
    row.grab()


def test_another_language_keeps_place_and_what_is_being_typed(desk: Desk):
    desk.go_to("scene")
    desk.press(Qt.Key.Key_F2)
    desk.type("Trip")
    desk.words().words.language = "es"
    desk.application.processEvents()
    row = desk.row("scene")
    assert row.field is not None
    assert row.field.line.text() == "Trip"
    assert desk.row("offers").name.title == "Ofertas"


def test_what_another_process_changed_is_shown(desk: Desk):
    desk.settings.change(Sorting, pillars=Sorts(PILLAR).renamed("scene", "Trips").switched("help", offered=False).rows)
    desk.uses["scene"] = Uses(posts=1)
    desk.shop.services.changed.emit(TouchedAll("post"))
    desk.application.processEvents()
    assert (desk.row("scene").name.title, desk.row("scene").name.said) == ("Trips", "1 post")
    assert not desk.row("help").switch.isChecked()


def test_where_nothing_may_be_changed_nothing_is_offered(shop: Shop, qapp: QApplication):
    shop.services.data.read_only = True
    desk = Desk(shop, qapp)
    row = desk.go_to("scene")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_N, Qt.Key.Key_I):
        desk.press(key)
    desk.press(Qt.Key.Key_Up, ALT)
    assert row.field is None
    assert desk.pane.adding is None
    assert desk.sheet() is None
    assert desk.sorts() == Sorts(PILLAR)
    assert not any(each.isEnabled() for each in (desk.pane.new, row.switch, row.up, row.down, row.more, row.tile))
