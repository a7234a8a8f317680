"""Misspelt words are underlined after a pause; suggestions come by right click, menu key and F7; own words are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from app.models.post import PostDraft
from app.ui.composer.editor import PartEditor
from app.ui.composer.misspelt import Misspelt
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import X

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def opened(window: Window, text: str = "🎶 El vinlo azul", language: str = "es") -> PartEditor:
    window.store.drafts[3] = PostDraft(id=3, parts=(text,), accounts=(X,), language=language)
    window.open(post=3)
    window.page.bench.text.spelling.look()
    return window.page.bench.text.editors()[0]


def words(editor: PartEditor) -> list[str]:
    return [editor.word_in(span) for span in editor.misspelt.spans]


def menu(window: Window) -> list[str]:
    opened_last = window.page.bench.text.spelling.menu
    assert opened_last is not None
    return [action.text() for action in opened_last.actions()]


def choose(window: Window, text: str) -> None:
    opened_last = window.page.bench.text.spelling.menu
    assert opened_last is not None
    next(action for action in opened_last.actions() if action.text() == text).trigger()
    opened_last.close()


def test_a_wrong_word_is_underlined(window: Window) -> None:
    editor = opened(window)
    assert words(editor) == ["vinlo"]
    formats = editor.document().firstBlock().layout().formats()
    assert any(each.format.underlineStyle() == each.format.UnderlineStyle.SpellCheckUnderline and (each.start, each.length) == (6, 5) for each in formats)


def test_f7_goes_there_and_a_suggestion_takes_its_place(window: Window) -> None:
    editor = opened(window)
    editor.setFocus()
    window.press(Qt.Key.Key_F7)
    assert editor.textCursor().selectedText() == "vinlo"
    assert menu(window)[:3] == ["vinilo", "vino", "“vinlo” is right"]
    choose(window, "vinilo")
    assert editor.toPlainText() == "🎶 El vinilo azul"
    assert window.draft.parts == ("🎶 El vinilo azul",)


def test_the_menu_key_offers_the_same_on_the_word_of_the_cursor(window: Window) -> None:
    editor = opened(window)
    editor.setFocus()
    cursor = editor.textCursor()
    cursor.setPosition(8)
    editor.setTextCursor(cursor)
    QApplication.sendEvent(editor.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1)))
    assert menu(window)[0] == "vinilo"
    choose(window, "“vinlo” is right")
    assert words(editor) == []


def test_the_menu_is_there_at_once_and_suggestions_come_into_it(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    async def none(word: str, language: str) -> list[str]:
        seen.append(menu(window))
        return []

    editor = opened(window)
    editor.setFocus()
    monkeypatch.setattr(window.page.bench.text.spelling._face.services.drafting, "suggestions", none)
    window.press(Qt.Key.Key_F7)
    assert seen[0][:2] == ["Looking for suggestions…", "“vinlo” is right"]
    assert menu(window)[0] == "No suggestion"
    window.page.bench.text.spelling.menu.close()  # type: ignore[union-attr]


def test_a_right_click_beside_wrong_words_opens_the_usual_menu(window: Window) -> None:
    editor = opened(window, "Todo bien")
    at = editor.cursorRect().center()
    QApplication.sendEvent(editor.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, editor.viewport().mapToGlobal(at)))
    assert not any("right" in text for text in menu(window))
    window.page.bench.text.spelling.menu.close()  # type: ignore[union-attr]


def test_chinese_says_that_it_has_none(window: Window) -> None:
    editor = opened(window, "vinlo", "zh")
    card = window.page.bench.text
    assert words(editor) == []
    assert (card._unspelt.isHidden(), card._unspelt.text()) == (False, "There is no spelling check for Chinese")
    window.page.bench.edit(lambda draft: replace(draft, language="es"))
    assert card._unspelt.isHidden()


def test_words_go_along_while_one_types_before_them_and_are_dropped_where_they_change() -> None:
    text = ["El vinlo y la musca"]
    changed: list[int] = []
    misspelt = Misspelt(lambda: text[0], lambda: changed.append(1))
    misspelt.show([(3, 8), (14, 19)])
    misspelt.move(0, 0, 2)
    assert misspelt.spans == ((5, 10), (16, 21))
    misspelt.move(7, 1, 1)
    assert misspelt.spans == ((16, 21),)
    assert misspelt.at(18) == (16, 21)
    assert misspelt.at(3) is None
    assert len(changed) == 1


def test_positions_behind_emoji_are_those_of_the_editor() -> None:
    misspelt = Misspelt(lambda: "🎶🎶 vinlo 🎶 musca", lambda: None)
    misspelt.show([(3, 8), (11, 16)])
    assert misspelt.spans == ((5, 10), (14, 19))
