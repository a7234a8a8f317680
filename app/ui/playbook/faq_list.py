"""The left pane of the FAQ: what is counted, how far the search is, and the questions."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.models.faq import FaqFilter
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.playbook.faq_desk import PERIODS, FaqDesk
from app.ui.playbook.faq_rows import FaqModel, FaqRows, line_of
from app.ui.playbook.language_tabs import language_name
from app.ui.playbook.tabs import playbook_tabs
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Pane, PaneHeader
from app.ui.widgets.text import ElidedLabel, Label

WIDTH = 380
MENU = ("faq.look", "faq.export", "faq.hidden", "faq.merge", "faq.hide", "faq.show")


class FaqList(Pane):
    """Shows what the desk lists and opens what is chosen; `entered` when Enter was pressed on a question."""

    entered = Signal()

    def __init__(self, face: PageFace, desk: FaqDesk) -> None:
        look = face.look
        super().__init__(look, "base", ("right",))
        self._face = face
        self._desk = desk
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        header = PaneHeader(look, "")
        header.title.hide()
        self.tabs = playbook_tabs(face, "faq")
        header.row.addWidget(self.tabs)
        header.row.addStretch(1)
        self.period = Select(look, look.text("faq.period"), [(look.text(f"faq.days_{days}"), days) for days in PERIODS])
        self.period.choose(desk.chosen.days)
        header.row.addWidget(self.period)
        self.export = self._button("export", "faq.export", "Ctrl+E")
        self.more = IconButton(look, "dots-three-bold", look.text("playbook.more"), clicked=self._ask_more)
        header.row.addWidget(self.export)
        header.row.addWidget(self.more)
        self.setFixedWidth(max(px(WIDTH), header.minimumSizeHint().width() + 1))
        column.addWidget(header)
        chosen = QHBoxLayout()
        chosen.setContentsMargins(px(12), px(10), px(12), px(8))
        chosen.setSpacing(px(6))
        self.account = Select(look, look.text("faq.account"))
        self.spoken = Select(look, look.text("faq.language"))
        for select in (self.account, self.spoken):
            chosen.addWidget(select, 1)
        for select in (self.period, self.account, self.spoken):
            select.activated.connect(lambda _row: self._choose())
        nest(column, chosen)
        self.said = ElidedLabel(look, "", "caption", "text.secondary")
        self.said.setContentsMargins(px(16), 0, px(16), px(6))
        column.addWidget(self.said)
        self.model = FaqModel()
        self.rows = FaqRows(look, self.model)
        column.addWidget(self.rows, 1)
        column.addWidget(self._make_going())
        self.rows.current_changed.connect(self._chosen)
        self.rows.activated_row.connect(lambda _row: self.entered.emit())
        self.rows.menu_asked.connect(
            lambda _row, at: self._menu(("faq.publish", "faq.make_answer", "faq.merge", "faq.hide", "faq.show"), at)
        )
        desk.listed.connect(self.show_rows)
        desk.opened.connect(self._follow)
        desk.search.went.connect(self.show_going)
        self._offer()

    def _button(self, icon: str, command: str, key: str | None) -> IconButton:
        face = self._face
        return IconButton(
            face.look, icon, face.actions.title(command), key=key, clicked=lambda: face.actions.run(command)
        )

    def _make_going(self) -> QWidget:
        look, px = self._look, self._look.theme.px
        self.going = QWidget()
        row = QHBoxLayout(self.going)
        row.setContentsMargins(px(16), px(8), px(12), px(8))
        self.going_said = Label(look, "", "small", "text.secondary", wrap=True)
        row.addWidget(self.going_said, 1)
        self.stop = Button(
            look, look.text("rules.stop"), size="small", clicked=lambda: self._face.actions.run("faq.stop")
        )
        row.addWidget(self.stop)
        self.again = Button(
            look, look.text("faq.look_now"), size="small", clicked=lambda: self._face.actions.run("faq.look")
        )
        row.addWidget(self.again)
        self.going.hide()
        return self.going

    # ---- showing

    def show_rows(self) -> None:
        """What the desk lists; the open question stays chosen."""
        look, desk = self._look, self._desk
        blocked = self.rows.blockSignals(True)
        top = self.rows.verticalScrollBar().value()
        self.model.show([line_of(look, row) for row in desk.rows])
        self.rows.verticalScrollBar().setValue(top)
        self.rows.choose(self.model.place_of(desk.entry_id))
        self.rows.blockSignals(blocked)
        self._offer()
        listing = desk.now.listing
        said = ""
        if listing.gathered_at is not None:
            said = look.text("faq.questions", n=listing.questions)
            said = f"{said} · {look.text('faq.looked_at', at=look.words.moment(listing.gathered_at, self._face.clock.now()))}"
        self.said.setText(said)
        self.show_going()

    def show_going(self) -> None:
        """How far the search is, or that it was stopped."""
        look, desk = self._look, self._desk
        done, of = desk.search.going
        if desk.search.is_shown:
            key = "faq.reading_questions" if not done else "faq.comparing"
            self.going_said.setText(look.text(key, n=of, done=done, of=of))
        elif desk.search.stopped:
            self.going_said.setText(look.text("faq.stopped"))
        self.going.setVisible(desk.search.is_shown or desk.search.stopped)
        self.stop.setVisible(desk.search.is_shown)
        self.again.setVisible(not desk.search.is_shown)

    def _follow(self) -> None:
        blocked = self.rows.blockSignals(True)
        self.rows.choose(self.model.place_of(self._desk.entry_id))
        self.rows.blockSignals(blocked)

    def _offer(self) -> None:
        look, desk = self._look, self._desk
        several = [(look.text("faq.all_accounts"), None)]
        self.account.offer(
            [*several, *((f"{network_name(each.network)} {each.handle}", each.id) for each in desk.now.accounts)]
        )
        spoken = dict.fromkeys([*desk.now.listing.languages, *([desk.chosen.language] if desk.chosen.language else [])])
        self.spoken.offer(
            [(look.text("faq.all_languages"), ""), *((language_name(look, code), code) for code in spoken)]
        )
        self.account.choose(desk.chosen.account_id)
        self.spoken.choose(desk.chosen.language)

    # ---- acts

    def _choose(self) -> None:
        self._desk.choose(
            FaqFilter(self.period.currentData(), self.account.currentData(), self.spoken.currentData() or "")
        )

    def _chosen(self, place: int) -> None:
        if 0 <= place < len(self.model.rows):
            self._desk.open(self.model.rows[place].entry_id)

    def _ask_more(self) -> None:
        self._menu(MENU, self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _menu(self, commands: tuple[str, ...], at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in commands:
            menu.addAction(self._face.actions.action(command))
        menu.popup(at)
