"""A toast runs down unless somebody looks at it, and may be taken up."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.toast import Toast


def made(look: Look, qtbot: QtBot, seconds: float = 7, **given: object) -> tuple[Toast, list[str]]:
    qtbot.host = host = QWidget()  # toasts go with their host, so somebody must hold it
    qtbot.addWidget(host)
    host.resize(500, 300)
    host.show()
    heard: list[str] = []
    toast = Toast(look, lambda left: f"To Nadia Petit · leaves in {left} s", level="info", seconds=seconds, parent=host, **given)  # type: ignore[arg-type]
    toast.gone.connect(lambda: heard.append("gone"))
    toast.fit(380)
    return toast, heard


def test_it_counts_down_and_goes(look: Look, qtbot: QtBot) -> None:
    toast, heard = made(look, qtbot, counting=True)
    assert toast.accessibleName() == "To Nadia Petit · leaves in 7 s"
    toast.run_down(1500)
    assert toast.accessibleName() == "To Nadia Petit · leaves in 6 s"
    toast.run_down(9000)
    toast.run_down(1)
    toast.end()
    assert heard == ["gone"]


def test_it_stays_while_it_has_the_focus(look: Look, qtbot: QtBot) -> None:
    toast, heard = made(look, qtbot, button="Undo", key="Z")
    toast.rise(QPoint(0, 200))
    toast.settle(QPoint(0, 100))
    assert toast.pos() == QPoint(0, 100)
    toast.window().activateWindow()
    QApplication.processEvents()
    toast._button.setFocus()
    toast.run_down(60_000)
    assert heard == []


def test_its_button_acts_and_ends_it(look: Look, qtbot: QtBot) -> None:
    acts: list[int] = []
    toast, heard = made(look, qtbot, button="Undo", act=lambda: acts.append(1))
    assert isinstance(toast._button, Button)
    toast._button.click()
    assert (acts, heard) == ([1], ["gone"])


def test_without_an_act_it_can_be_closed(look: Look, qtbot: QtBot) -> None:
    toast, heard = made(look, qtbot)
    assert toast._button.accessibleName() == "Close"
    toast._button.click()
    assert heard == ["gone"]


def test_words_from_outside_are_shown_as_they_are(look: Look, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    toast = Toast(look, lambda _left: "<b>Nadia</b> · <i>x</i>", level="ok", seconds=6, parent=host)
    assert toast._label.text() == "<b>&lt;b&gt;Nadia&lt;/b&gt;</b> · &lt;i&gt;x&lt;/i&gt;"


def test_a_long_sentence_makes_it_higher(look: Look, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    toast = Toast(look, lambda _left: "A sentence that says what happened, what is safe and what to do. " * 3, level="danger", seconds=6, parent=host)
    toast.fit(300)
    assert toast.height() - 2 * toast.margin > 44


def test_less_motion_means_it_is_there_at_once(look: Look, qtbot: QtBot) -> None:
    look.theme.choose(motion=False)
    toast, _ = made(look, qtbot)
    toast.rise(QPoint(0, 50))
    assert toast.pos() == QPoint(0, 50)
