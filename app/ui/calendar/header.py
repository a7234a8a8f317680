"""The strip above the calendar: which days, the way to others, the view, the filters, and a new post."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu

from app.ui.calendar.days import View
from app.ui.calendar.desk import Desk
from app.ui.calendar.filters import button_words, filter_words, make_menu
from app.ui.page import PageFace
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.surface import PaneHeader

VIEWS: tuple[View, ...] = ("week", "month", "agenda")


class Header(PaneHeader):
    """Says nothing itself: everything goes through commands and the desk."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__(face.look, "")
        self._face = face
        self._desk = desk
        run = face.actions.run
        self.before = IconButton(
            face.look,
            "caret-left",
            face.text("calendar.before"),
            key="PageUp",
            framed=True,
            clicked=lambda: run("calendar.previous_page"),
        )
        self.today = Button(face.look, face.text("calendar.today"), clicked=lambda: run("calendar.today"))
        self.after = IconButton(
            face.look,
            "caret-right",
            face.text("calendar.after"),
            key="PageDown",
            framed=True,
            clicked=lambda: run("calendar.next_page"),
        )
        for widget in (self.before, self.today, self.after):
            self.row.addWidget(widget)
        self.row.addStretch(1)
        self.views = Segmented(
            face.look, face.text("calendar.view"), [(face.text(f"calendar.view_{view}"), None) for view in VIEWS]
        )
        self.views.chosen.connect(lambda index: run(f"calendar.{VIEWS[index]}"))
        self.row.addWidget(self.views)
        self.filters = Button(face.look, "", icon="funnel", menu_arrow=True, clicked=self.ask_filters)
        self.row.addWidget(self.filters)
        self.new = Button(
            face.look,
            face.text("calendar.new_post"),
            icon="plus",
            key="N",
            kind="primary",
            clicked=lambda: run("calendar.new"),
        )
        self.row.addWidget(self.new)
        self.menu: QMenu | None = None
        self.refill()

    def refill(self) -> None:
        """Which days are shown, and how many filters hold."""
        face, shown = self._face, self._desk.shown
        words = face.words
        title = words.month(shown.anchor) if shown.view == "month" else words.range(shown.days[0], shown.days[-1])
        self.title.setText(title[:1].upper() + title[1:])
        self.views.choose(VIEWS.index(shown.view))
        self.new.setEnabled(not face.services.data.read_only)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for all words, those of the new post go first, then those of the filters; the title is cut last."""
        face, px = self._face, self._face.theme.px
        words = {
            self.new: face.text("calendar.new_post"),
            self.filters: button_words(face, self._desk),
        }
        title = self.title.fontMetrics().horizontalAdvance(self.title.text()) + 2
        others = [self.before, self.today, self.after, self.views, self.filters, self.new]

        def left() -> int:
            return self.width() - 2 * px(16) - 8 * (len(others) + 1) - sum(each.sizeHint().width() for each in others)

        for button, text in words.items():
            button.setText(text)
        many = self._desk.filters.many
        self.filters.setAccessibleName(words[self.filters])
        self.filters.setToolTip(filter_words(face, self._desk))
        for button, text in words.items():
            if left() < title:
                button.setText(face.words.number(many) if many and button is self.filters else "")
                button.setAccessibleName(text)
                button.setToolTip(text)
        self.title.setMinimumWidth(max(px(60), min(title, left())))

    def ask_filters(self) -> None:
        """A menu of what may be shown; each line switches one thing on or off."""
        menu = self.menu = make_menu(self._face, self._desk, self)
        menu.popup(self.filters.mapToGlobal(QPoint(0, self.filters.height() + 2)))

    def retranslate(self) -> None:
        face = self._face
        self.today.setText(face.text("calendar.today"))
        self.views.relabel([face.text(f"calendar.view_{view}") for view in VIEWS])
        self.refill()
