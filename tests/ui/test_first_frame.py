"""The window is painted before its content is there, where and as it was the last time, and the content comes into the same window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.runtime.paths import resources
from app.ui.first_frame import (
    GEOMETRY,
    SCALE,
    THEME,
    FirstFrame,
    is_dark,
    is_on_screen,
    least_size,
    place,
    remembered_in,
)


def frame_in(folder: Path, page: str = "inbox", **remembered: object) -> FirstFrame:
    kept = remembered_in(folder / "window.ini")
    for key, value in remembered.items():
        kept.setValue({"theme": THEME, "scale": SCALE}[key], value)
    return FirstFrame(kept, resources(), page)


def close(frame: FirstFrame) -> None:
    frame.close_for_good()
    frame.deleteLater()


def test_the_shapes_are_painted_before_it_returns(qapp: QApplication, tmp_path: Path) -> None:
    frame = frame_in(tmp_path)
    frame.show_shapes()
    assert frame.isVisible()
    assert frame.centralWidget() is None
    colours = {QColor(frame.grab().toImage().pixel(x, 70)).name() for x in range(frame.width())}
    assert len(colours) >= 4, "rail, pane, line and shapes"
    close(frame)


@pytest.mark.parametrize(("theme", "dark"), [("dark", True), ("light", False)])
def test_it_has_the_colours_of_the_last_run(theme: str, dark: bool, qapp: QApplication, tmp_path: Path) -> None:
    frame = frame_in(tmp_path, "today", theme=theme)
    frame.show_shapes()
    assert (QColor(frame.grab().toImage().pixel(10, 10)).lightness() < 128) is dark
    assert is_dark(theme) is dark
    close(frame)


def test_a_broken_window_file_does_no_harm(qapp: QApplication, tmp_path: Path) -> None:
    frame = frame_in(tmp_path, scale="large")
    frame.show_shapes()
    assert frame.isVisible()
    assert frame.width() >= least_size((1024, 640)).width()
    close(frame)


def test_keys_pressed_early_reach_the_content(qapp: QApplication, tmp_path: Path) -> None:
    frame = frame_in(tmp_path)
    frame.show_shapes()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(frame, QKeyEvent(kind, Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, "j"))
    field = QLineEdit()
    frame.hold(field)
    field.setFocus()
    frame.give_keys()
    qapp.processEvents()
    assert frame.centralWidget() is field
    assert field.text() == "j"
    close(frame)


def test_closing_early_is_remembered_and_closes_nothing_by_itself(qapp: QApplication, tmp_path: Path) -> None:
    frame = frame_in(tmp_path)
    frame.show_shapes()
    frame.close()
    assert frame.wants_to_close
    assert frame.isVisible()
    close(frame)
    assert not frame.isVisible()


def test_the_window_answers_while_a_thread_works_and_hears_of_its_error(qapp: QApplication, tmp_path: Path) -> None:
    frame = frame_in(tmp_path)
    frame.show_shapes()
    done: list[int] = []
    frame.answer_during(lambda: done.append(1))
    assert done == [1]

    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        frame.answer_during(fail)
    close(frame)


def test_the_content_keeps_the_keyboard_where_it_had_it(qapp: QApplication, tmp_path: Path) -> None:
    frame = frame_in(tmp_path)
    frame.show_shapes()
    content = QWidget()
    fields = [QLineEdit(content), QLineEdit(content)]
    fields[1].setFocus()
    frame.hold(content)
    assert frame.focusWidget() is fields[1]
    close(frame)


def test_a_window_whose_screen_has_gone_comes_back_to_the_middle(qapp: QApplication, tmp_path: Path) -> None:
    remembered = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = QWidget()
    window.setGeometry(20_000, 20_000, 900, 600)
    remembered.setValue(GEOMETRY, window.saveGeometry())
    window.setGeometry(0, 0, 100, 100)
    place(window, remembered, (700, 500))
    assert any(screen.availableGeometry().contains(window.geometry().center()) for screen in qapp.screens())
    window.move(window.screen().availableGeometry().right() - 30, 10)  # no more than a sliver of its title is to be seen
    assert not is_on_screen(window)
