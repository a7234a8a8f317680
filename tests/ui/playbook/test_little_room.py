"""What gives way in the Playbook's editor where there is little room, and what never does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.playbook.drafting import LanguageState
from app.ui.playbook.language_tabs import TabFace
from tests.ui.playbook.acting import page_of, write
from tests.ui.shop import Shop

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

Open = Callable[..., Shop]


def test_fields_of_a_placeholder_show_all_of_their_hint_and_the_switch_goes_below_where_it_must(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page = page_of(shop)
    write(page, "En {horas}.")
    qapp.processEvents()
    placeholders = page.editor.placeholders
    fields, switch = (placeholders.labels["horas"], placeholders.fallbacks["horas"]), placeholders.needed["horas"]
    assert switch.y() < fields[0].geometry().bottom()
    for field in fields:
        field.setPlaceholderText("what you are asked for, in all its length")
    switch.setText("Ask before sending, whatever it is")
    placeholders.resize(placeholders.width() - 1, placeholders.height())
    qapp.processEvents()
    assert switch.y() > fields[0].geometry().bottom()
    assert all(field.width() > field.fontMetrics().horizontalAdvance(field.placeholderText()) for field in fields)


def test_tabs_of_languages_leave_out_what_needs_no_act_where_there_is_no_room(open_page: Open, qapp: QApplication) -> None:
    tabs = page_of(open_page()).editor.tabs
    faces = [
        TabFace("es", "Spanish", LanguageState.MAIN, "main"),
        TabFace("en", "English", LanguageState.FRESH, "fresh"),
        TabFace("ru", "Russian", LanguageState.OLDER, "older"),
    ]
    tabs.show_faces(faces, "es", may_add=True)

    def wide() -> int:
        return sum(tab.sizeHint().width() for tab in tabs.tabs())

    margins = tabs._row.contentsMargins()
    around = margins.left() + margins.right() + tabs.plus.sizeHint().width()
    all_said, older = wide(), tabs.tabs()[2].sizeHint().width()
    tabs.resize(all_said + around - 1, tabs.height())
    without_main = wide()
    assert without_main < all_said
    tabs.resize(without_main + around - 1, tabs.height())
    assert wide() < without_main
    assert tabs.tabs()[2].sizeHint().width() == older
    assert [tab.toolTip() for tab in tabs.tabs()] == ["Spanish, main", "English, fresh", "Russian, older"]
    tabs.resize(all_said + around, tabs.height())
    assert wide() == all_said
