"""The strip above the calendar: which days, the way to others, the view, the filters, and a new post."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.calendar.chips import Stance
from app.ui.calendar.days import View
from app.ui.calendar.desk import Desk, Filters
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.surface import PaneHeader

VIEWS: tuple[View, ...] = ("week", "month", "agenda")
PILLARS = ("releases", "catalogue", "scene", "community", "offers", "contest", "help", "house")


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
        many = self._desk.filters.many
        words = {
            self.new: face.text("calendar.new_post"),
            self.filters: face.text("calendar.filtered", n=many) if many else face.text("calendar.everything"),
        }
        title = self.title.fontMetrics().horizontalAdvance(self.title.text()) + 2
        others = [self.before, self.today, self.after, self.views, self.filters, self.new]

        def left() -> int:
            return self.width() - 2 * px(16) - 8 * (len(others) + 1) - sum(each.sizeHint().width() for each in others)

        for button, text in words.items():
            button.setText(text)
        for button, text in words.items():
            if left() < title:
                button.setText("")
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


def make_menu(face: PageFace, desk: Desk, parent: QWidget) -> QMenu:
    """Accounts, pillars, campaigns and states, and the way back to everything."""
    menu = QMenu(parent)
    everything = menu.addAction(face.text("calendar.show_everything"))
    everything.setEnabled(desk.filters.many > 0)
    everything.triggered.connect(lambda: desk.filter(Filters()))
    menu.addSeparator()
    accounts = [(each.id, f"{isolated(each.handle)} · {network_name(each.network)}") for each in desk.accounts]
    _add(menu, face, desk, "accounts", accounts)
    _add(menu, face, desk, "pillars", [(each, face.text(f"pillar.{each}")) for each in PILLARS])
    _add(menu, face, desk, "campaigns", [(number, isolated(name)) for number, name in desk.campaigns.items()])
    _add(menu, face, desk, "stances", [(str(each), face.text(f"calendar.state.{each}")) for each in Stance])
    return menu


def _add(menu: QMenu, face: PageFace, desk: Desk, group: str, choices: Sequence[tuple[int | str, str]]) -> None:
    if not choices:
        return
    below = menu.addMenu(face.text(f"calendar.filter.{group}"))
    for value, title in choices:
        action = QAction(title, below)
        action.setCheckable(True)
        action.setChecked(value in getattr(desk.filters, group))
        action.triggered.connect(partial(_toggle, desk, group, value))
        below.addAction(action)


def _toggle(desk: Desk, group: str, value: int | str, _checked: bool = False) -> None:
    desk.filter(desk.filters.toggled(group, value))
