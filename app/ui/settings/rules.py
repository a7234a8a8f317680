"""Settings, Rules: the list in its order, each rule as its sentence; written, switched, moved and done to the last month from here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.models.account import AccountRow
from app.models.rule import Rule, Then, When
from app.models.tag import TagRow
from app.runtime.words import message
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.settings.form import SectionPane
from app.ui.settings.rule_sentences import sentence
from app.ui.settings.rule_sheet import RuleSheet
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.checks import Switch
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label, draw_text

TABLES = ("rule", "tag", "account")
LINES = 5
"""Of a rule's sentence."""

Found = tuple[list[Rule], list[AccountRow], list[TagRow]]


class RulesPane(SectionPane):
    """Follows commits; what is done to a rule is a service's business."""

    def __init__(self, face: PageFace) -> None:
        look = face.look
        super().__init__(look, look.text("settings.section.rules"))
        self._face = face
        self._rules: list[Rule] = []
        self._accounts: list[AccountRow] = []
        self._tags: list[TagRow] = []
        self._applying = False
        self._wanted: int | None = None
        """A rule that is to be shown as soon as it is read."""
        self.cards: list[RuleCard] = []
        read_only = face.services.data.read_only
        px = look.theme.px
        self.new = Button(look, look.text("rules.new"), icon="plus", kind="primary", clicked=self.add)
        self.new.setEnabled(not read_only)
        self.header.row.addWidget(self.new)
        self.rows.addWidget(Label(look, look.text("rules.said"), "small", "text.secondary", wrap=True))
        self.rows.addSpacing(px(10))
        self.none = Label(look, look.text("rules.none"), "body", "text.secondary", wrap=True)
        self.none.hide()
        self.rows.addWidget(self.none)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(6))
        nest(self.rows, self._list)
        self.progress = Label(look, "", "small", "text.secondary", wrap=True)
        self.stop = Button(look, look.text("rules.stop"), size="small", clicked=self._stop)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.stop)
        foot.addWidget(self.progress, 1)
        self.rows.addSpacing(px(8))
        nest(self.rows, foot)
        self.rows.addStretch(1)
        self.stop.hide()

    # ---- reading

    def read(self) -> None:
        """Ask for the rules and for what their sentences name."""
        self._face.services.reads.later(
            lambda queries: (queries.rules(), queries.accounts(), queries.tags(retired=True)), self.show_rules
        )

    def show_rules(self, found: Found) -> None:
        self._rules, self._accounts, self._tags = found
        focused = next((card.rule.id for card in self.cards if card.holds_focus), None)
        for old in self.cards:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = []
        look, read_only = self._look, self._face.services.data.read_only
        for place, rule in enumerate(self._rules):
            said = sentence(look, rule, self._accounts, self._tags)
            card = RuleCard(look, rule, said, place, len(self._rules), read_only=read_only)
            card.edit_wanted.connect(self._edit)
            card.moved.connect(self._move)
            card.walked.connect(self._walk)
            card.switched.connect(self._switch)
            card.more_wanted.connect(self._more)
            self.cards.append(card)
            self._list.addWidget(card)
            if rule.id == focused:
                card.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.none.setVisible(not self._rules)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.bring(wanted)

    def bring(self, rule_id: int) -> None:
        """The keyboard to a rule, and its editor open; as soon as the rules are read."""
        if not self.cards:
            self._wanted = rule_id
            return
        for card in self.cards:
            if card.rule.id == rule_id:
                card.words.setFocus(Qt.FocusReason.OtherFocusReason)
                self._edit(rule_id)
                return
        self._face.notices.say(message("rules.gone"))

    def _walk(self, place: int) -> None:
        """The arrow keys go from rule to rule."""
        if 0 <= place < len(self.cards):
            self.cards[place].words.setFocus(Qt.FocusReason.TabFocusReason)

    # ---- acts

    def add(self) -> None:
        """Write a new rule."""
        self._open(Rule("", When(), Then()))

    def _edit(self, rule_id: int) -> None:
        rule = next((rule for rule in self._rules if rule.id == rule_id), None)
        if rule is not None:
            self._open(rule)

    def _open(self, rule: Rule) -> None:
        sheet = RuleSheet(self._face, self.window(), rule, self._accounts, self._tags, self.apply)
        self._face.window.open_sheet(sheet)

    def _move(self, rule_id: int, step: int) -> None:
        ids = [rule.id for rule in self._rules if rule.id is not None]
        place = ids.index(rule_id)
        target = place + step
        if not 0 <= target < len(ids):
            return
        ids[place], ids[target] = ids[target], ids[place]
        self._face.actions.start("rules: order", self._face.services.rules.order(ids))

    def _switch(self, rule_id: int, active: bool) -> None:
        self._face.actions.start("rules: switch", self._face.services.rules.switch(rule_id, active=active))

    def _more(self, rule_id: int, at: QPoint) -> None:
        rule = next(rule for rule in self._rules if rule.id == rule_id)
        look = self._look
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(look.text("rules.change")).triggered.connect(lambda: self._edit(rule_id))
        menu.addAction(look.text("rules.apply")).triggered.connect(lambda: self.apply(rule_id, rule.name))
        menu.addAction(look.icons.icon("trash", "text.secondary"), look.text("rules.delete")).triggered.connect(
            lambda: self._face.actions.start("rules: delete", self._delete(rule_id, rule.name))
        )
        menu.popup(at)

    async def _delete(self, rule_id: int, name: str) -> None:
        await self._face.services.rules.remove(rule_id)
        self._face.notices.say(message("rules.deleted", name=isolated(name)), undo=True, seconds=10)

    def apply(self, rule_id: int, name: str) -> None:
        """Do to the last month what a rule says; one at a time."""
        if not self._applying:
            self._applying = True
            self._face.actions.start("rules: apply", self._apply(rule_id, name))

    async def _apply(self, rule_id: int, name: str) -> None:
        self.stop.show()
        try:
            many = await self._face.services.rules.apply(rule_id, self._went_on)
        finally:
            self._applying = False
            self.stop.hide()
            self.progress.setText("")
        self._face.notices.say(message("rules.applied", n=many, name=isolated(name)), undo=many > 0, seconds=10)

    def _went_on(self, done: int, of: int) -> bool:
        self.progress.setText(self._look.text("rules.applying", done=done, of=of))
        return self._applying

    def _stop(self) -> None:
        self._applying = False


class RuleCard(QWidget):
    """One rule: its words as a button that opens it, a switch, and the ways to move it."""

    edit_wanted = Signal(int)
    moved = Signal(int, int)
    walked = Signal(int)
    """The keyboard wants to go to the rule at this place."""
    switched = Signal(int, bool)
    more_wanted = Signal(int, QPoint)

    def __init__(self, look: Look, rule: Rule, said: str, place: int, of: int, *, read_only: bool) -> None:
        super().__init__()
        self._look = look
        self.rule = rule
        number = rule.id or 0
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        self.words = _Words(look, rule, said, place, of)
        self.words.clicked.connect(lambda: self.edit_wanted.emit(number))
        self.words.step = lambda step: self.moved.emit(number, step)
        self.words.walk = lambda step: self.walked.emit(place + step)
        row.addWidget(self.words, 1)
        name = one_line(rule.name)
        self.switch = Switch(look, look.text("rules.switch", name=name), checked=rule.active)
        self.switch.toggled.connect(lambda on: self.switched.emit(number, on))
        self.up = IconButton(
            look, "arrow-up-bold", look.text("rules.up", name=name), clicked=lambda: self.moved.emit(number, -1)
        )
        self.down = IconButton(
            look, "arrow-down-bold", look.text("rules.down", name=name), clicked=lambda: self.moved.emit(number, 1)
        )
        self.more = IconButton(look, "dots-three-bold", look.text("rules.more", name=name), clicked=self._ask_more)
        self.up.setEnabled(place > 0 and not read_only)
        self.down.setEnabled(place < of - 1 and not read_only)
        for widget in (self.switch, self.more):
            widget.setEnabled(not read_only)
        for widget in (self.switch, self.up, self.down, self.more):
            row.addWidget(widget)

    @property
    def holds_focus(self) -> bool:
        """Whether the keyboard is in it."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _ask_more(self) -> None:
        self.more_wanted.emit(self.rule.id or 0, self.more.mapToGlobal(QPoint(0, self.more.height())))


class _Words(QAbstractButton):
    """Number, name and sentence of a rule. Shift and the arrow keys move it."""

    def __init__(self, look: Look, rule: Rule, said: str, place: int, of: int) -> None:
        super().__init__()
        self._look = look
        self._rule = rule
        self._said = said
        self.place = place
        self.step: Callable[[int], object] = _stay
        self.walk: Callable[[int], object] = _stay
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        state = "" if rule.active else f", {look.text('rules.is_off')}"
        self.setAccessibleName(look.text("rules.card_name", place=place + 1, of=of, name=one_line(rule.name)) + state)
        self.setAccessibleDescription(said)
        self.setToolTip(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.step(step)
        elif step is not None:
            self.walk(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        theme = self._look.theme
        return round(theme.px(8) * 2 + theme.line("bodyStrong") + self._wrapped(width))

    def sizeHint(self) -> QSize:
        width = self._look.theme.px(360)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(160), self._look.theme.px(48))

    def _wrapped(self, width: int) -> float:
        theme = self._look.theme
        font = theme.font("small")
        room = QRectF(0, 0, width - self._left - theme.px(10), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        lines = QFontMetricsF(font).boundingRect(room, flags, self._said).height()
        return min(lines, float(theme.line("small") * LINES))

    @property
    def _left(self) -> int:
        return self._look.theme.px(36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.setBrush(theme.color("surface.hover" if self.underMouse() else "surface.raised"))
        radius = theme.radius("card")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        off = not self._rule.active
        painter.setPen(theme.color("text.tertiary"))
        number = QRectF(px(8), px(8), self._left - px(12), theme.line("bodyStrong"))
        draw_text(
            painter,
            number,
            self._look.number(self.place + 1),
            theme.font("body", tabular=True),
            Qt.AlignmentFlag.AlignCenter,
        )
        painter.setPen(theme.color("text.tertiary" if off else "text.primary"))
        room = QRectF(self._left, px(8), self.width() - self._left - px(10), theme.line("bodyStrong"))
        draw_text(painter, room, one_line(self._rule.name), theme.font("bodyStrong"))
        painter.setPen(theme.color("text.tertiary" if off else "text.secondary"))
        painter.setFont(theme.font("small"))
        room = QRectF(self._left, room.bottom(), room.width(), self.height() - room.bottom() - px(6))
        painter.setClipRect(room)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self._said)


def _stay(_step: int) -> None:
    """Before anybody listens."""
