"""The tabs over the editor: one a language with how it stands, a way to add one, and "how it does" where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.playbook.drafting import LANGUAGES, LanguageState, next_of
from app.ui.roles import spoken_as
from app.ui.widgets.button import IconButton
from app.ui.widgets.fill import fill
from app.ui.widgets.text import draw_text, text_width

FIGURES = "figures"
"""The tab that is no language."""
GIVE_WAY = (frozenset[LanguageState](), frozenset({LanguageState.MAIN}), frozenset({LanguageState.MAIN, LanguageState.FRESH}))
"""What tabs leave unsaid where there is little room, and where there is less: never what there is to do."""
_MARKS = {
    LanguageState.FRESH: ("check", "text.secondary"),
    LanguageState.OLDER: ("warning-fill", "status.warn.text"),
    LanguageState.MISSING: ("circle", "text.tertiary"),
}


class TabFace(NamedTuple):
    """What a tab shows."""

    key: str
    text: str
    state: LanguageState | None = None
    said: str = ""
    """How it stands, in words."""


def language_name(look: Look, code: str) -> str:
    """A language's name in the language of the window."""
    found = f"inbox.language.{code}"
    name = look.text(found) if look.words.knows(found) else code.upper()
    return name[:1].upper() + name[1:]


class Tab(QAbstractButton):
    """One of them."""

    def __init__(self, look: Look, face: TabFace) -> None:
        super().__init__()
        self._look = look
        self.face = face
        self._left_out: frozenset[LanguageState] = frozenset()
        self.setCheckable(True)
        spoken_as(self, "tab")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)
        self.show_face(face)

    def show_face(self, face: TabFace) -> None:
        self.face = face
        said = f"{face.text}, {face.said}" if face.said else face.text
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """Lit by the row."""

    def leave_out(self, states: frozenset[LanguageState]) -> None:
        """States that only the tooltip tells, for want of room."""
        if states != self._left_out:
            self._left_out = states
            self.updateGeometry()
            self.update()

    def _word(self) -> str:
        if self.face.state in (LanguageState.MAIN, LanguageState.OLDER) and self.face.state not in self._left_out:
            return self._look.text(f"playbook.tab_{self.face.state}")
        return ""

    def _mark(self) -> tuple[str, str] | None:
        return _MARKS.get(self.face.state) if self.face.state is not None and self.face.state not in self._left_out else None

    def sizeHint(self) -> QSize:
        theme, px = self._look.theme, self._look.theme.px
        width = px(20) + text_width(self.face.text, theme.font("small", weight=600)) + 1
        if self._mark() is not None:
            width += px(16)
        word = self._word()
        if word:
            width += px(5) + text_width(word, theme.font("caption", weight=600)) + 1
        return QSize(int(width), px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the row moves the choice
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ink = "accent.text" if chosen else "text.primary" if self.underMouse() else "text.secondary"
        painter.setPen(theme.color(ink))
        x = float(px(10))
        font = theme.font("small", weight=600 if chosen else 500)
        x += draw_text(painter, QRectF(x, 0, self.width(), self.height()), self.face.text, font)
        mark = self._mark()
        if mark is not None:
            icon, role = mark
            self._look.icons.paint(painter, QRectF(x + px(4), 0, px(12), self.height()), icon, role)
            x += px(16)
        word = self._word()
        if word:
            older = self.face.state is LanguageState.OLDER
            painter.setPen(theme.color("status.warn.text" if older else "text.tertiary"))
            place = QRectF(x + px(4), 0, self.width(), self.height())
            draw_text(painter, place, word, theme.font("caption", weight=600 if older else 400))
        if chosen:
            fill(painter, QRectF(0, self.height() - 2, self.width(), 2), theme.color("accent.fill"))


class LanguageTabs(QWidget):
    """The row. `chosen` says a language (or FIGURES), `added` one that the answer has not."""

    chosen = Signal(str)
    added = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        spoken_as(self, "tabs")
        self._tabs: list[Tab] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.theme.px(12), 0, look.theme.px(12), 0)
        self._row.setSpacing(0)
        self.plus = IconButton(look, "plus", look.text("playbook.add_language"), clicked=self._ask_language)
        self._row.addWidget(self.plus)
        self._row.addStretch(1)
        self.setAccessibleName(look.text("playbook.languages"))

    def tabs(self) -> list[Tab]:
        return self._tabs

    @property
    def key(self) -> str:
        return next((tab.face.key for tab in self._tabs if tab.isChecked()), "")

    def show_faces(self, faces: Sequence[TabFace], chosen: str, *, may_add: bool) -> None:
        if [tab.face.key for tab in self._tabs] != [face.key for face in faces]:
            self._remake(faces)
        for tab, face in zip(self._tabs, faces, strict=True):
            if tab.face != face:
                tab.show_face(face)
            tab.setChecked(face.key == chosen)
            focus = Qt.FocusPolicy.StrongFocus if face.key == chosen else Qt.FocusPolicy.ClickFocus
            tab.setFocusPolicy(focus)
        self.plus.setEnabled(may_add)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.plus.sizeHint().width()
        for states in GIVE_WAY:
            for tab in self._tabs:
                tab.leave_out(states)
            if sum(tab.sizeHint().width() for tab in self._tabs) <= room:
                break

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._tabs:
            super().keyPressEvent(event)
            return
        key = next_of([tab.face.key for tab in self._tabs], self.key, step)
        self.chosen.emit(key)
        tab = next((tab for tab in self._tabs if tab.face.key == key), None)
        if tab is not None:
            tab.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        line = QRectF(0, self.height() - 1, self.width(), 1)
        fill(QPainter(self), line, self._look.theme.color("border.subtle"))

    def _remake(self, faces: Sequence[TabFace]) -> None:
        for tab in self._tabs:
            self._row.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        self._tabs = []
        for place, face in enumerate(faces):
            tab = Tab(self._look, face)
            tab.clicked.connect(lambda _on=False, key=face.key: self.chosen.emit(key))
            self._row.insertWidget(place, tab)
            self._tabs.append(tab)

    def _ask_language(self) -> None:
        there = {tab.face.key for tab in self._tabs}
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code in LANGUAGES:
            if code not in there:
                action = menu.addAction(language_name(self._look, code))
                action.triggered.connect(lambda _on=False, code=code: self.added.emit(code))
        menu.popup(self.plus.mapToGlobal(QPoint(0, self.plus.height())))
