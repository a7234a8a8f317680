"""A page need override nothing to be shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.ui.page import Page, PageFace, made_later
from app.ui.shell import Shell
from tests.ui.stand_ins import PlainPage, TouchedAll


def test_a_page_says_nothing_of_itself_by_default(qapp: QApplication) -> None:
    page = Page()
    page.shown()
    page.hidden()
    page.opened(conversation=1)
    page.on_changes(TouchedAll())
    page.resume({})
    page.retranslate()
    page.toggle_side_pane()
    assert (page.first_focus(), page.toast_room(), page.perform("anything")) == (None, None, None)
    assert (tuple(page.panes()), tuple(page.footer_keys()), tuple(page.finders())) == ((), (), ())
    assert (page.state(), page.resumable(), page.escape()) == ({}, {}, False)
    assert page.context == "everywhere"


def test_the_face_gives_a_page_all_it_needs(shell: Shell, services: Any) -> None:
    page = shell.window.page()
    assert isinstance(page, PlainPage)
    face: PageFace = page.face
    assert (face.theme, face.icons, face.words) == (shell.look.theme, shell.look.icons, shell.look.words)
    assert face.services is services
    assert face.text("page.inbox") == "Inbox"


def test_a_page_in_the_list_is_imported_when_it_is_made(shell: Shell) -> None:
    page = shell.window.page()
    assert isinstance(page, PlainPage)
    assert type(made_later("starting", "StartingPage")(page.face)).__name__ == "StartingPage"
