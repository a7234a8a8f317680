"""Settings, Categories and pillars: names, icons, colours and order of both, and which are offered; wholly by keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from app.models.sorting import BUILT_IN, CATEGORY, PILLAR, Kind, Sorts, Uses
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.settings.form import SectionPane
from app.ui.settings.sort_acts import SortActs
from app.ui.settings.sort_rows import NewRow, SortRow
from app.ui.settings.sort_sheets import uses_text
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, SectionLabel

TABLES = ("post", "slot", "pattern", "series")


class Place(NamedTuple):
    """Where the keyboard is, so that it is there again after the section was made anew."""

    kind: Kind
    number: str
    """Empty: the pillar that is being added."""
    part: str
    typed: str | None = None


class SortingPane(SectionPane):
    """Shows the theme's vocabulary; what is done to it is a service's business, and the page makes this anew then."""

    def __init__(self, face: PageFace) -> None:
        look, px = face.look, face.theme.px
        super().__init__(look, look.text("settings.section.sorting"))
        self._face = face
        self._read_only = face.services.data.read_only
        self.acts = SortActs(face, self)
        self._uses: Mapping[str, Uses] = {}
        self.rows_of: dict[Kind, list[SortRow]] = {PILLAR: [], CATEGORY: []}
        self._lists: dict[Kind, QVBoxLayout] = {}
        self.adding: NewRow | None = None
        self._wanted = ""
        """A pillar that is to have the keyboard as soon as it is shown."""
        self._made_for = _manner(look)
        self.new = Button(
            look, look.text("sorting.new"), icon="plus", kind="primary", key="N", clicked=lambda: self.add()
        )
        self.new.setEnabled(not self._read_only)
        self.header.row.addWidget(self.new)
        self._group(PILLAR)
        self.rows.addSpacing(px(14))
        self.rows.addWidget(Line(look))
        self.rows.addSpacing(px(14))
        self._group(CATEGORY)
        self.rows.addStretch(1)
        self.renew()

    def _group(self, kind: Kind) -> None:
        look, px = self._look, self._look.theme.px
        self.rows.addWidget(SectionLabel(look, look.text(f"setting.sorting.{_FIELDS[kind]}")))
        self.rows.addSpacing(px(2))
        self.rows.addWidget(
            Label(look, look.text(f"setting.sorting.{_FIELDS[kind]}.help"), "small", "text.secondary", wrap=True)
        )
        self.rows.addSpacing(px(8))
        column = self._lists[kind] = QVBoxLayout()
        column.setSpacing(px(2))
        nest(self.rows, column)

    # ---- showing

    @property
    def is_current(self) -> bool:
        """Whether it speaks and looks as the window does now; otherwise it is made anew."""
        return self._made_for == _manner(self._look)

    def read(self) -> None:
        """Ask how much there is of each pillar."""
        self._face.services.reads.later(lambda queries: queries.pillar_uses(), self.show_uses)

    def show_uses(self, uses: Mapping[str, Uses]) -> None:
        """Below the names."""
        self._uses = uses
        self.renew()

    def renew(self) -> None:
        """Rows stay with what they show, and the keyboard with its row."""
        lost = self._lost()
        for kind, column in self._lists.items():
            before = {row.sort.id: row for row in self.rows_of[kind]}
            sorts = self._sorts(kind)
            there = sorts.there
            self.rows_of[kind] = []
            for number, sort in enumerate(there):
                row = before.pop(sort.id, None) or self._new_row(kind)
                row.show_sort(sorts, sort, self._said(sorts, sort.id), (number, len(there)))
                self.rows_of[kind].append(row)
                if column.indexOf(row) != number:
                    column.insertWidget(number, row)
            for row in before.values():
                column.removeWidget(row)
                row.hide()
                row.deleteLater()
        if self._wanted or lost is not None:
            self.bring(Place(PILLAR, self._wanted or self._beside(lost or 0), "name"))
            self._wanted = ""

    def _sorts(self, kind: Kind) -> Sorts:
        return self._look.theme.vocabulary.of(kind)

    def _new_row(self, kind: Kind) -> SortRow:
        row = SortRow(self._look, read_only=self._read_only)
        row.asked.connect(lambda what: self._asked(kind, row, what))
        row.named.connect(lambda text: self._named(kind, row, text))
        return row

    def _lost(self) -> int | None:
        """The place of the row that has the keyboard and will be gone."""
        gone = [
            row for row in self.rows_of[PILLAR] if row.sort.id not in {each.id for each in self._sorts(PILLAR).there}
        ]
        return next((self.rows_of[PILLAR].index(row) for row in gone if keyboard_is_in(row)), None)

    def _beside(self, place: int) -> str:
        rows = self.rows_of[PILLAR]
        return rows[min(place, len(rows) - 1)].sort.id if rows else ""

    def _said(self, sorts: Sorts, number: str) -> str:
        look = self._look
        told = [] if sorts.offers(number) else [look.text("sorting.not_offered")]
        if not sorts.may_rest(number):
            told.append(look.text("sorting.stays"))
        if sorts.kind == PILLAR and (uses := uses_text(look, self._uses.get(number, Uses()))):
            told.append(uses)
        return " · ".join(told)

    # ---- the keyboard

    def place(self) -> Place | None:
        """Where it is; None where it is not in one of the lists."""
        focus = self.window().focusWidget()
        if self.adding is not None:
            return Place(PILLAR, "", "name", self.adding.field.line.text())
        for kind, rows in self.rows_of.items():
            for row in rows:
                if row.field is not None:
                    return Place(kind, row.sort.id, "name", row.field.line.text())
                if focus is not None and row.isAncestorOf(focus):
                    part = next((name for name, part in row.parts().items() if part is focus), "name")
                    return Place(kind, row.sort.id, part)
        return None

    def bring(self, place: Place | None) -> None:
        """Back to a place; where its row has gone, to the list."""
        if place is None:
            return
        if not place.number:
            self.add(place.typed or "")
            return
        rows = self.rows_of[place.kind]
        row = next((row for row in rows if row.sort.id == place.number), None)
        if row is None:
            (rows[0].name if rows else self.new).setFocus(Qt.FocusReason.OtherFocusReason)
        elif place.typed is not None:
            row.rename(place.typed)
        else:
            part = row.parts()[place.part]
            (part if part.isEnabled() and not part.isHidden() else row.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> bool:
        """Whether something was being typed, which is forgotten."""
        if self.adding is not None:
            self._stop_adding()
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        editing = next((row for rows in self.rows_of.values() for row in rows if row.field is not None), None)
        if editing is not None:
            editing.stop()
        return editing is not None

    def _walk(self, kind: Kind, row: SortRow, what: str) -> None:
        every = [*self.rows_of[PILLAR], *self.rows_of[CATEGORY]]
        own = self.rows_of[kind]
        place = every.index(row)
        target = {"previous": place - 1, "next": place + 1, "first": every.index(own[0]), "last": every.index(own[-1])}[
            what
        ]
        if 0 <= target < len(every):
            every[target].name.setFocus(Qt.FocusReason.TabFocusReason)

    # ---- acts

    def _asked(self, kind: Kind, row: SortRow, what: str) -> None:
        number = row.sort.id
        if what in ("previous", "next", "first", "last"):
            self._walk(kind, row, what)
        elif what == "rename":
            row.rename()
        elif what == "look":
            self.acts.open_look(kind, number)
        elif what in ("on", "off"):
            self.acts.switch(kind, number, offered=what == "on")
        elif what in ("up", "down"):
            self.acts.move(kind, number, -1 if what == "up" else 1)
        elif what == "menu":
            self._menu(kind, row)
        elif what == "remove":
            self.acts.remove(kind, number)
        elif what == "new":
            self.add()

    def _named(self, kind: Kind, row: SortRow, text: str) -> None:
        """A name was typed, or the field left."""
        if row.field is None:
            return
        sorts, number = self._sorts(kind), row.sort.id
        word = self._look.text(sorts.word(number))
        if text.strip() == (row.sort.name or word):
            row.stop()
            return
        try:
            self.acts.refuse_twice(sorts, number, text)
            after = sorts.renamed(number, text)
        except UserMistake as mistake:
            row.field.complain(self._look.text(mistake.message))
            return
        row.stop()
        self.acts.keep(
            after, message("undone.sort_renamed"), message("sorting.renamed", name=Message(sorts.word(number)))
        )

    def _menu(self, kind: Kind, row: SortRow) -> None:
        look, sorts, number = self._look, self._sorts(kind), row.sort.id
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(look.text("sorting.rename")).triggered.connect(lambda: row.rename())
        if row.sort.name and number in BUILT_IN[kind]:
            back = menu.addAction(look.text("sorting.own_word_back"))
            back.triggered.connect(
                lambda: self.acts.keep(self._sorts(kind).renamed(number, ""), message("undone.sort_renamed"))
            )
        menu.addAction(look.text("sorting.change_look")).triggered.connect(lambda: self.acts.open_look(kind, number))
        if sorts.may_rest(number):
            offered = sorts.offers(number)
            words = look.text("sorting.offer_no_more" if offered else "sorting.offer_again")
            menu.addAction(words).triggered.connect(lambda: self.acts.switch(kind, number, offered=not offered))
        if kind == PILLAR:
            remove = menu.addAction(look.icons.icon("trash", "text.secondary"), look.text("sorting.remove"))
            remove.triggered.connect(lambda: self.acts.remove(kind, number))
        menu.popup(row.menu_place() if row.more.isVisible() else row.mapToGlobal(QPoint(0, row.height())))

    def add(self, typed: str = "") -> None:
        """A new pillar, at the end of the list; `typed` is what there is of its name."""
        if self._read_only:
            return
        if self.adding is None:
            self.adding = NewRow(self._look, self.escape)
            self.adding.kept.connect(self._added)
            self.adding.field.line.setText(typed)
            self._lists[PILLAR].addWidget(self.adding)
            self.adding.show()
        self.adding.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _added(self, text: str) -> None:
        adding = self.adding
        if adding is None:
            return
        if not text.strip():
            if not adding.field.line.hasFocus():  # whoever goes elsewhere without a name wanted none
                self._stop_adding()
            else:
                adding.field.complain(self._look.text("sorting.no_name"))
            return
        sorts = self._sorts(PILLAR)
        try:
            self.acts.refuse_twice(sorts, "", text)
            after, number = sorts.added(text)
        except UserMistake as mistake:
            adding.field.complain(self._look.text(mistake.message))
            return
        self._stop_adding()
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = number
        self.acts.keep(after, message("undone.pillar_added"))

    def _stop_adding(self) -> None:
        adding, self.adding = self.adding, None
        if adding is not None:
            adding.field.line.blockSignals(True)
            self._lists[PILLAR].removeWidget(adding)
            adding.hide()
            adding.deleteLater()


def _manner(look: Look) -> tuple[object, ...]:
    return look.words.language, look.words.region, look.theme.name, look.theme.zoom


_FIELDS: Mapping[Kind, str] = {PILLAR: "pillars", CATEGORY: "categories"}


def keyboard_is_in(pane: QWidget) -> bool:
    """Whether the focus is somewhere in it."""
    focus = QApplication.focusWidget()
    return focus is not None and pane.isAncestorOf(focus)
