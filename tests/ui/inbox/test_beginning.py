"""The list alone comes first, and the page takes it over as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.commands import inbox as inbox_commands
from app.commands import view as view_commands
from app.commands.registry import collect
from app.models.conversation import View
from app.runtime.paths import resources
from app.ui.application import dress
from app.ui.first_frame import FirstFrame
from app.ui.inbox.beginning import Begun, begin, stand_in
from app.ui.inbox.page import InboxPage
from app.ui.inbox.widths import chosen_widths
from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.shell import Shell, build
from tests.fakes.clock import FakeClock
from tests.ui.inbox.fake_services import FakeServices, runner
from tests.ui.inbox.window import close_window, make_look


@pytest.fixture
def look(page_clock: FakeClock) -> Look:
    return make_look(page_clock, "en", "Inter")


@pytest.fixture
def begun(qapp: QApplication, look: Look, services: FakeServices) -> Begun:
    dress(qapp, look.theme)
    begun = begin(look, services.reads, services.clock.now, {})
    assert begun is not None
    return begun


def put_together(application: QApplication, folder: Path, look: Look, services: FakeServices, begun: Begun, frame: FirstFrame) -> Shell:
    entries = [PageEntry("inbox", "tray", "page.inbox", lambda face: InboxPage(face, begun))]
    remembered = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    registry = collect(view_commands.COMMANDS, inbox_commands.COMMANDS)
    shell = build(application, look, services, registry, entries, services.clock, remembered)  # type: ignore[arg-type]
    shell.actions.starts.ready(runner(shell.notices.fail))
    shell.open_in(frame, "inbox")
    for _ in range(8):
        application.processEvents()
    return shell


def test_the_list_answers_before_the_page_is_there_and_keeps_its_place(
    qapp: QApplication, tmp_path: Path, look: Look, services: FakeServices, begun: Begun
) -> None:
    frame = FirstFrame(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), resources(), "inbox")
    frame.resize(1440, 900)
    frame.show_shapes()
    frame.show_list(begun.pane, begun.pane.rows, lambda size: stand_in(size, begun, look, {}, footer=True))
    assert begun.pane.title.text() == look.text("inbox.view.needs_answer")
    before = begun.pane.geometry().translated(begun.pane.parentWidget().mapTo(frame, begun.pane.parentWidget().rect().topLeft()))
    QTest.keyClick(begun.pane.rows, "j")
    assert begun.pane.rows.current_row == 1
    shell = put_together(qapp, tmp_path, look, services, begun, frame)
    page = shell.window.page()
    assert isinstance(page, InboxPage)
    page.desk.seen.stop()
    assert page.list is begun.pane
    assert page.list.rows.current_row == 1
    assert page.desk.row == page.desk.model.row_at(1)
    assert page.conversation.reply.conversation == page.desk.row.id  # type: ignore[union-attr]
    after = begun.pane.mapTo(frame, begun.pane.rect().topLeft())
    assert (after, begun.pane.size()) == (before.topLeft(), before.size())
    assert frame.focusWidget() is begun.pane.rows
    frame.close_for_good()
    close_window(qapp, shell)
    frame.deleteLater()


def test_what_a_key_begins_waits_and_what_follows_waits_with_it(qapp: QApplication, tmp_path: Path, look: Look, begun: Begun) -> None:
    frame = FirstFrame(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), resources(), "inbox")
    frame.show_shapes()
    frame.show_list(begun.pane, begun.pane.rows, lambda size: stand_in(size, begun, look, {}, footer=True))
    for key in ("e", "j"):  # done with this one, and on: J must not move before E was heard
        QTest.keyClick(frame.focusWidget() or frame, key)
    assert begun.pane.rows.current_row == 0
    frame.close_for_good()
    frame.deleteLater()


def test_it_opens_the_view_of_the_last_time(qapp: QApplication, look: Look, services: FakeServices) -> None:
    begun = begin(look, services.reads, services.clock.now, {"view": "done"})
    assert begun is not None
    assert begun.listing.view is View.DONE
    assert begun.pane.title.text() == look.text("inbox.view.done")


def test_without_a_row_there_is_no_list(qapp: QApplication, look: Look, services: FakeServices) -> None:
    services.rows.clear()
    assert begin(look, services.reads, services.clock.now, {"view": "no such view"}) is None


@pytest.mark.parametrize(("width", "narrow", "left", "wide"), [(1440, False, 76 + 200, 355), (1100, True, 76, 355), (1024, True, 76, 315)])
def test_its_place_is_that_of_the_columns(begun: Begun, look: Look, width: int, narrow: bool, left: int, wide: int) -> None:
    box = stand_in(QSize(width, 800), begun, look, {}, footer=True)
    px = look.theme.px
    assert begun.pane.title.opens is narrow
    assert (box.left(), box.width(), box.height()) == (px(76) + (px(left) - px(76)), px(wide + 1) - 1, 800 - look.theme.size("footer"))
    assert stand_in(QSize(width, 800), begun, look, {}, footer=False).height() == 800


def test_chosen_widths_are_kept(begun: Begun, look: Look) -> None:
    remembered = {"widths": ["220", "400", "0"]}
    box = stand_in(QSize(1440, 800), begun, look, remembered, footer=True)
    assert (box.left(), box.width()) == (look.theme.px(76) + look.theme.px(220), look.theme.px(400) - 1)
    assert chosen_widths(["220", "400", "0"]) == {"views": 220, "list": 400}
    for nonsense in (None, "220", ["1"], ["a", "b", "c"]):
        assert chosen_widths(nonsense) == {}


def test_a_resized_window_takes_the_list_along(qapp: QApplication, tmp_path: Path, look: Look, begun: Begun) -> None:
    frame = FirstFrame(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), resources(), "inbox")
    frame.show_shapes()
    frame.show_list(begun.pane, begun.pane.rows, lambda size: stand_in(size, begun, look, {}, footer=True))
    frame.resize(1300, 700)
    qapp.processEvents()
    assert begun.pane.height() == 700 - look.theme.size("footer")
    assert begun.pane.rows.focusPolicy() is not Qt.FocusPolicy.NoFocus
    frame.close_for_good()
    frame.deleteLater()
