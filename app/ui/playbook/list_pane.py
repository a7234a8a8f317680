"""The left pane: how many answers there are, a search, and the list of them."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.playbook.desk import NEW, Desk
from app.ui.playbook.rows import RIGHT, SOLVED_WIDTH, USES_WIDTH, AnswerModel, AnswerRows, languages_of, rows_of
from app.ui.playbook.tabs import playbook_tabs
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import IconButton
from app.ui.widgets.field import LineField
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import Strip
from app.ui.widgets.surface import Pane, PaneHeader
from app.ui.widgets.text import Label, draw_text, text_width

WIDTH = 340


class SearchField(LineField):
    """Says `left` when the keyboard wants to go to the list below."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ListPane(Pane):
    """Shows what the desk lists and opens what is chosen."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        look = face.look
        super().__init__(look, "base", ("right",))
        self._face = face
        self._desk = desk
        px = look.theme.px
        self.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        self.header = PaneHeader(look)
        self.header.title.hide()
        self.header.row.addWidget(playbook_tabs(face, "playbook"))
        self.count = Label(look, "", "caption", "text.tertiary")
        self.header.row.addStretch(1)
        self.facts = IconButton(
            look,
            "calendar",
            look.text("playbook.facts"),
            key="F",
            of="playbook.facts",
            clicked=lambda: face.actions.run("playbook.facts"),
        )
        self.more = IconButton(look, "dots-three-bold", look.text("playbook.more"), clicked=self._ask_more)
        self.new = IconButton(
            look,
            "plus",
            look.text("playbook.new"),
            key="Ctrl+N",
            of="view.new",
            framed=True,
            clicked=lambda: face.actions.run("view.new"),
        )
        for button in (self.facts, self.more, self.new):
            self.header.row.addWidget(button)
        column.addWidget(self.header)
        around = QVBoxLayout()
        around.setContentsMargins(px(12), px(10), px(12), px(2))
        self.search = SearchField(look, look.text("playbook.find"), "", look.text("playbook.find"))
        self.search.addAction(
            look.icons.icon("magnifying-glass", "text.tertiary"), SearchField.ActionPosition.LeadingPosition
        )
        self.search.setClearButtonEnabled(True)
        around.addWidget(self.search)
        nest(column, around)
        nest(column, self._made_warning())
        nest(column, self._made_heads())
        self.model = AnswerModel(look)
        self.rows = AnswerRows(look, self.model)
        column.addWidget(self.rows, 1)
        self.nothing = Label(look, "", "body", "text.secondary", wrap=True)
        self.nothing.setContentsMargins(px(16), px(16), px(16), px(16))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.nothing)
        column.addStretch(0)
        self.nothing.hide()
        self.search.textChanged.connect(lambda _text: self.show_rows())
        self.search.left.connect(self._to_rows)
        self.rows.current_changed.connect(self._chosen)
        self.rows.menu_asked.connect(self._ask_menu)
        desk.listed.connect(self.show_rows)
        desk.opened.connect(self.show_rows)
        desk.edited.connect(self._follow)
        self._unsaved: frozenset[int] = frozenset()

    def _made_warning(self) -> QVBoxLayout:
        look, px = self._look, self._look.theme.px
        self.warning = Strip(look, "warn")
        facts = self.warning.add_button(look.text("playbook.change_facts"))
        facts.clicked.connect(lambda: self._face.actions.run("playbook.facts"))
        around = QVBoxLayout()
        around.setContentsMargins(px(12), px(6), px(12), px(4))
        around.addWidget(self.warning)
        return around

    def _made_heads(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(self._look.theme.px(16), 0, 0, 0)
        row.setSpacing(0)
        self._captions = _Captions(self._look)
        row.addWidget(self.count)
        row.addWidget(self._captions, 1)
        return row

    def show_rows(self) -> None:
        """What fits the search; the open answer stays chosen."""
        look, desk = self._look, self._desk
        self._unsaved = self._unsaved_now()
        today = self._face.clock.now().astimezone(look.words.zone).date()
        rows = rows_of(look, desk.listing, self.search.text(), self._unsaved, today)
        languages = languages_of(desk.listing.answers)
        blocked = self.rows.blockSignals(True)
        top = self.rows.verticalScrollBar().value()
        self.model.show(rows, languages)
        self.rows.verticalScrollBar().setValue(top)
        self.rows.choose(self.model.place_of(desk.answer_id))
        self.rows.blockSignals(blocked)
        many = len(desk.listing.answers)
        self.count.setText(look.text("playbook.count", n=many) if many else "")
        self._captions.show_languages(len(languages))
        none = not rows and bool(self.search.text().strip())
        self.nothing.setText(
            look.text("playbook.nothing_found", typed=self.search.text().strip(), n=many) if none else ""
        )
        self._show_warning()
        self.nothing.setVisible(none)
        self.rows.setVisible(not none)

    def _show_warning(self) -> None:
        """Facts that answers draw on and that hold no more, or not for long."""
        look, today = self._look, self._face.clock.now().astimezone(self._look.words.zone).date()
        used = [fact for fact in self._desk.listing.facts if fact.used_by]
        expired = [fact for fact in used if fact.expired(today)]
        soon = [fact for fact in used if fact.expires_soon(today)]
        told = expired or soon
        self.warning.setVisible(bool(told))
        if told:
            said = "playbook.facts_expired" if expired else "playbook.facts_expiring"
            titles = [isolated(one_line(fact.title)) for fact in told]
            day = None if expired else min(fact.expires_on for fact in soon if fact.expires_on)
            text = (
                look.text(said, n=len(told), titles=titles, day=day)
                if day
                else look.text(said, n=len(told), titles=titles)
            )
            self.warning.show_message("danger" if expired else "warn", escape(text))

    def _follow(self) -> None:
        if self._unsaved_now() != self._unsaved:
            self.show_rows()

    def _unsaved_now(self) -> frozenset[int]:
        desk = self._desk
        found = {number for number in desk.listing.drafts if number != desk.answer_id}
        if desk.answer_id is not None and (desk.unsaved or desk.answer_id == NEW):
            found.add(desk.answer_id)
        return frozenset(found)

    def _to_rows(self) -> None:
        if self.model.rows:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.rows.current_row < 0:
                self.rows.choose(0)

    def _chosen(self, place: int) -> None:
        if 0 <= place < len(self.model.rows):
            number = self.model.rows[place].answer_id
            if number is None:
                self.rows.choose(place + 1)
            else:
                self._desk.open(number)

    def _ask_menu(self, _row: int, at: QPoint) -> None:
        self._menu(("playbook.duplicate", "playbook.versions", "playbook.remove"), at)

    def _ask_more(self) -> None:
        self._menu(
            ("playbook.facts", "playbook.starter", "playbook.import_file", "playbook.export_file"),
            self.more.mapToGlobal(QPoint(0, self.more.height())),
        )

    def _menu(self, commands: tuple[str, ...], at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in commands:
            menu.addAction(self._face.actions.action(command))
        menu.popup(at)


class _Captions(QWidget):
    """What the columns of the list are."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._languages = 5
        self.setFixedHeight(look.theme.px(20))

    def show_languages(self, many: int) -> None:
        self._languages = many
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px, text = self._look.theme, self._look.theme.px, self._look.text
        painter = QPainter(self)
        painter.setPen(theme.color("text.tertiary"))
        font = theme.font("micro", weight=400)
        right = float(self.width() - px(16))
        for words, width in (("playbook.solved_column", SOLVED_WIDTH), ("playbook.uses_column", USES_WIDTH)):
            wide = max(float(px(width)), text_width(text(words), font) + px(6))
            draw_text(painter, QRectF(right - wide, 0, wide, self.height()), text(words), font, RIGHT)
            right -= wide
        draw_text(painter, QRectF(0, 0, right - px(6), self.height()), text("playbook.languages_column"), font, RIGHT)
