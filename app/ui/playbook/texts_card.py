"""The card a language is written in: its wordings that take turns, whom each is for, and how long it is on each network."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.language.filling import KNOWN
from app.models.account import AccountRow, AccountState
from app.models.playbook import Address
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.playbook.desk import Desk
from app.ui.playbook.drafting import placeholders, with_text, with_use, without_wording, wordings
from app.ui.playbook.text_editor import TextEditor
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Line
from app.ui.widgets.text import draw_text, text_width

USES: tuple[tuple[str, tuple[Address, bool]], ...] = (
    ("playbook.for_all", (Address.ANY, False)),
    ("playbook.for_informal", (Address.INFORMAL, False)),
    ("playbook.for_formal", (Address.FORMAL, False)),
    ("playbook.for_email", (Address.ANY, True)),
)


class TextsCard(QWidget):
    """Shows and edits the open wording of the open language."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        look = face.look
        self._face = face
        self._look = look
        self._desk = desk
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(1), px(1), px(1), px(1))
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(px(10), px(6), px(8), px(6))
        top.setSpacing(px(4))
        self._turns = QHBoxLayout()
        self._turns.setSpacing(px(2))
        self.turns: list[Button] = []
        nest(top, self._turns)
        self.another = Button(
            look, look.text("playbook.another_wording"), icon="plus", kind="flat", size="small", clicked=self._add
        )
        top.addWidget(self.another)
        top.addStretch(1)
        self.use = Select(
            look,
            look.text("playbook.for_whom"),
            [(look.text(title), place) for place, (title, _use) in enumerate(USES)],
        )
        self.use.activated.connect(lambda _row: self._choose_use())
        top.addWidget(self.use)
        self.away = IconButton(look, "trash", look.text("playbook.remove_wording"), clicked=self._remove)
        top.addWidget(self.away)
        nest(column, top)
        column.addWidget(Line(look))
        around = QVBoxLayout()
        around.setContentsMargins(px(14), px(10), px(14), px(8))
        self.editor = TextEditor(look, self._stops)
        self.editor.edited.connect(self._typed)
        around.addWidget(self.editor)
        nest(column, around)
        column.addWidget(Line(look))
        tools = QHBoxLayout()
        tools.setContentsMargins(px(8), px(5), px(10), px(5))
        tools.setSpacing(px(4))
        self.placeholder = Button(
            look,
            look.text("playbook.placeholder"),
            icon="plus",
            key="{",
            kind="flat",
            size="small",
            clicked=self.editor.begin_placeholder,
        )
        tools.addWidget(self.placeholder)
        self.picture = IconButton(
            look,
            "image",
            look.text("playbook.picture_add"),
            key="Ctrl+I",
            of="playbook.picture",
            size=26,
            clicked=lambda: face.actions.run("playbook.picture"),
        )
        tools.addWidget(self.picture)
        self.lengths = _Lengths(look)
        tools.addWidget(self.lengths, 1)
        nest(column, tools)

    def show_content(self) -> None:
        """What the desk holds now."""
        desk, look = self._desk, self._look
        there = wordings(desk.content, desk.language)
        read_only = self._face.services.data.read_only
        self._show_turns(max(1, len(there)), desk.place)
        text = there[desk.place].text if desk.place < len(there) else ""
        self.editor.setReadOnly(read_only)
        self.editor.setAccessibleName(look.text("playbook.wording_name", number=desk.place + 1, all=max(1, len(there))))
        self.editor.setPlaceholderText(look.text("playbook.write_here"))
        self.editor.show_text(text)
        facts = [f"fact:{fact.key}" for fact in desk.listing.facts]
        own = [name for language in desk.content.languages for name in placeholders(desk.content, language)]
        self.editor.offer(list(dict.fromkeys([*KNOWN, *own, *facts])))
        used = (there[desk.place].address, there[desk.place].is_long) if desk.place < len(there) else USES[0][1]
        self.use.choose(next((place for place, (_title, use) in enumerate(USES) if use == used), 0))
        self.use.setEnabled(bool(there) and not read_only)
        self.away.setVisible(len(there) > 1)
        self.away.setEnabled(not read_only)
        self.placeholder.setEnabled(not read_only)
        self.picture.setEnabled(not read_only)
        self.another.setEnabled(bool(there) and bool(there[-1].text.strip()) and not read_only)

    def show_lengths(self, text: str) -> None:
        """How long the words are, as a customer reads them, on the networks of the accounts."""
        shown: list[tuple[str, int, int]] = []
        for account in self._desk.listing.accounts:
            if account.state is not AccountState.BY_HAND and account.network not in [each[0] for each in shown]:
                length, limit = self._face.services.posts.measure(account.id, text)
                if limit:
                    shown.append((account.network, length, limit))
        self.lengths.show_lengths(shown)

    def too_long_for(self, text: str) -> list[AccountRow]:
        """The accounts whose network takes it in one post no more."""
        found = []
        for account in self._desk.listing.accounts:
            length, limit = self._face.services.posts.measure(account.id, text)
            if limit and length > limit:
                found.append(account)
        return found

    def _stops(self, name: str, is_fact: bool) -> bool:
        """Whether a placeholder stops every answer: a fact that holds no more or is not there."""
        if not is_fact:
            return False
        fact = next((fact for fact in self._desk.listing.facts if fact.key == name), None)
        today = self._face.clock.now().astimezone(self._look.words.zone).date()
        return fact is None or fact.expired(today) or not fact.text.get(self._desk.language)

    def _show_turns(self, many: int, chosen: int) -> None:
        while len(self.turns) > many:
            button = self.turns.pop()
            self._turns.removeWidget(button)
            button.hide()
            button.deleteLater()
        while len(self.turns) < many:
            place = len(self.turns)
            button = Button(self._look, self._look.number(place + 1), kind="flat", size="small")
            button.clicked.connect(lambda _on=False, place=place: self._desk.show_wording(place))
            button.setCheckable(True)
            self.turns.append(button)
            self._turns.addWidget(button)
        for place, button in enumerate(self.turns):
            button.setChecked(place == chosen)
            button.setVisible(many > 1)
            name = self._look.text("playbook.wording_name", number=place + 1, all=many)
            button.setAccessibleName(name)
            button.setToolTip(name)

    def _typed(self, text: str) -> None:
        desk = self._desk
        desk.edit(with_text(desk.content, desk.language, desk.place, text))

    def _add(self) -> None:
        desk = self._desk
        place = len(wordings(desk.content, desk.language))
        desk.place = place
        desk.edit(with_text(desk.content, desk.language, place, ""))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        desk = self._desk
        place, desk.place = desk.place, max(0, desk.place - 1)
        desk.edit(without_wording(desk.content, desk.language, place))

    def _choose_use(self) -> None:
        desk = self._desk
        address, is_long = USES[self.use.currentIndex()][1]
        desk.edit(with_use(desk.content, desk.language, desk.place, address, is_long=is_long))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.editor.hasFocus()
        width = 2 if focused else 1
        painter.setPen(QPen(theme.color("accent.fill" if focused else "border.strong"), width))
        painter.setBrush(theme.color("surface.raised"))
        half = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), theme.radius("card"), theme.radius("card")
        )


class _Lengths(QWidget):
    """Glyph, length and limit of each network, at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: list[tuple[str, int, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.theme.px(26))

    def show_lengths(self, shown: list[tuple[str, int, int]]) -> None:
        self._shown = shown
        said = [
            self._look.text("playbook.length", network=network.title(), length=length, limit=limit)
            for network, length, limit in shown
        ]
        self.setAccessibleName(", ".join(said))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._look.theme.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        x = float(self.width())
        for network, length, limit in reversed(self._shown):
            over = length > limit
            words = f"{self._look.number(length)} / {self._look.number(limit)}"
            font = theme.font("caption", tabular=True, weight=600 if over else 400)
            wide = text_width(words, font) + 1
            if x - wide - px(18) < 0:
                break
            painter.setPen(theme.color("status.danger.text" if over else "text.secondary"))
            draw_text(painter, QRectF(x - wide, 0, wide, self.height()), words, font)
            glyph = self._look.icons.brand(network, "status.danger.text" if over else "text.secondary", px(11))
            side = px(11)
            painter.drawPixmap(int(x - wide - px(5) - side), int((self.height() - side) / 2), glyph)
            x -= wide + px(5) + side + px(12)
