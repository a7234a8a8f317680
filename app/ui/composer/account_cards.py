"""The row of accounts: which of them the post goes to, and how full each one's text is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.models.account import AccountState
from app.ui.composer.composition import Composition, Measure, Place, fullest, lengths
from app.ui.look import Look
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.checks import paint_check
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.text import draw_text, text_width


class AccountCard(QAbstractButton):
    """One account: badge, name, check box, ring. Space or a click ticks it."""

    def __init__(self, look: Look, place: Place) -> None:
        super().__init__()
        self._look = look
        self.place = place
        self._length, self._limit = 0, 0
        self._current = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def show_place(self, place: Place, chosen: bool, length: int, limit: int, current: bool) -> None:
        """All of it at once; `current` marks the account whose text is shown."""
        new = (place, chosen, length, limit, current)
        if new == (self.place, self.isChecked(), self._length, self._limit, self._current) and self.accessibleName():
            return
        self.place, self._length, self._limit, self._current = place, length, limit, current
        self.setChecked(chosen)
        look = self._look
        name = f"{place.name} {place.account.handle}"
        spoken = look.text("composer.card_name", name=name, length=length, limit=limit) if chosen else name
        self.setAccessibleName(spoken)
        self.setToolTip(f"{name}\n{look.text('composer.card_hint')}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        name = theme.px(12 + 16 + 6 + 10 + 16 + 10) + text_width(self.place.name, theme.font("small", weight=500))
        figures = theme.px(12 + 16 + 6 + 12) + text_width(self._figures(), theme.font("caption", tabular=True, weight=600))
        return QSize(int(max(name, figures, theme.px(92))), theme.px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.55)
        chosen = self.isChecked()
        line = "accent.fill" if self._current and chosen else "text.secondary" if self.underMouse() else "border.default"
        width = 2 if self._current and chosen else 1
        style = Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.color("border.strong" if not chosen and line == "border.default" else line), width, style))
        painter.setBrush(theme.color("surface.raised" if chosen else "surface.base"))
        half = width / 2
        radius = theme.radius("m")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
        left, top = theme.px(11), theme.px(8)
        badge = theme.px(16)
        painter.drawPixmap(left, top, look.icons.network(self.place.account.network, badge, self.devicePixelRatioF()))
        painter.setPen(theme.color("text.primary" if chosen else "text.secondary"))
        check = QRectF(self.width() - theme.px(10) - badge, top, badge, badge)
        room = QRectF(left + theme.px(22), top, check.left() - left - theme.px(22), badge)
        draw_text(painter, room, self.place.name, theme.font("small", weight=500))
        paint_check(painter, check, look, checked=chosen)
        self._paint_figures(painter, QRectF(left, theme.px(28), self.width() - left, theme.px(18)))

    def _paint_figures(self, painter: QPainter, box: QRectF) -> None:
        theme = self._look.theme
        ink, arc, weight = "text.tertiary", "accent.fill", 400
        if self.place.account.state is AccountState.SIGNED_OUT and self.isChecked():
            ink = "status.danger.text"
        elif self.isChecked() and self._limit:
            part = self._length / self._limit
            if part > 1:
                ink, arc, weight = "status.danger.text", "status.danger.strong", 600
            elif part >= 0.9:
                ink, arc, weight = "status.warn.text", "status.warn.strong", 600
            side = theme.px(12)
            ring = QRectF(box.left() + theme.px(2), box.center().y() - side / 2, side, side)
            paint_arc(painter, ring, part, theme.color(arc), theme.color("border.default"), 2.5 * theme.scale)
            box = box.adjusted(theme.px(22), 0, 0, 0)
        painter.setPen(theme.color(ink))
        draw_text(painter, box, self._figures(), theme.font("caption", tabular=True, weight=weight))

    def _figures(self) -> str:
        look, state = self._look, self.place.account.state
        if not self.isChecked():
            return look.text("composer.not_there")
        if state is AccountState.SIGNED_OUT:
            return look.text("composer.signed_out")
        return f"{look.number(self._length)}/{look.number(self._limit)}"


class AccountCards(QWidget):
    """All accounts. `ticked` says an account and whether the post goes there."""

    ticked = Signal(int, bool)

    def __init__(self, look: Look, measure: Measure) -> None:
        super().__init__()
        self._look = look
        self._measure = measure
        self._cards: list[AccountCard] = []
        self._flow = FlowLayout(self, gap=6)
        self.setAccessibleName(look.text("composer.accounts"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def cards(self) -> list[AccountCard]:
        return self._cards

    def show_composition(self, composition: Composition) -> None:
        if [card.place.id for card in self._cards] != [place.id for place in composition.places]:
            self._remake(composition.places)
        for card, place in zip(self._cards, composition.places, strict=True):
            chosen = place.id in composition.draft.accounts
            length, limit = fullest(lengths(composition, self._measure, place.id)) if chosen else (0, place.limits.text)
            card.show_place(place, chosen, length, limit, composition.tab == place.id)
            card.setEnabled(place.id not in composition.served and not composition.locked)

    def _remake(self, places: tuple[Place, ...]) -> None:
        for card in self._cards:
            self._flow.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for place in places:
            card = AccountCard(self._look, place)
            card.toggled.connect(lambda on, account=place.id: self.ticked.emit(account, on))
            self._flow.addWidget(card)
            self._cards.append(card)
