"""The table of accounts: a model of rows and the delegate that paints them (badge, handle, state, and what works)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from app.models.account import AccountRow, AccountState, Offer
from app.runtime.words import Message, message
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.row_list import paint_row_ground
from app.ui.widgets.text import draw_text, text_width

Index = QModelIndex | QPersistentModelIndex
Offers = Mapping[str, tuple[Offer, Message | None]]

COLUMNS = ("publish", "hear", "private", "metrics")
"""The abilities that have a column of their own."""
INSET, GAP, BADGE = 16, 12, 30
ABILITY, STATE, WIDEST_STATE = 62, 104, 150
NARROW = 600
"""Below this width of the table, the state goes below the handle."""
NEAR, NEAR_GAP = 44, 4
"""Columns stand nearer each other there, and wherever the words below a handle would be cut."""

MARKS: Mapping[Offer, tuple[str, str]] = {
    Offer.WORKS: ("check-circle-fill", "status.success.strong"),
    Offer.WAITS: ("pause-circle", "text.tertiary"),
    Offer.BY_HAND: ("hand-pointing", "text.secondary"),
    Offer.NOT_OFFERED: ("minus", "text.tertiary"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said of an account's state: a glyph (none where all is well), a colour, and the words."""

    icon: str
    colour: str
    said: Message | None
    strong: bool = False


def standing(row: AccountRow) -> Standing:
    """The line below the handle."""
    trouble = trouble_of(row)
    match row.state:
        case AccountState.SIGNED_OUT:
            said = message("settings.signed_out_on", since=row.state_since) if row.state_since else message("settings.signed_out")
            return Standing("warning-circle-fill", "status.danger.text", said, strong=True)
        case AccountState.PAUSED:
            said = message("settings.paused_since", since=row.state_since) if row.state_since else message("settings.paused")
            return Standing("pause-circle", "status.warn.text", trouble or said, strong=trouble is not None)
        case AccountState.BY_HAND:
            return Standing("", "text.secondary", message("settings.by_hand_said"))
        case AccountState.READY:
            if trouble is not None:
                return Standing("warning-fill", "status.warn.text", trouble, strong=True)
            return Standing("", "text.secondary", None)


def trouble_of(row: AccountRow) -> Message | None:
    """Why the last attempt failed."""
    if not row.trouble:
        return None
    try:
        return Message.from_json(row.trouble)
    except ValueError:
        return None


def checked(row: AccountRow) -> Message:
    """The words at the right: when it was last read."""
    if row.state is AccountState.BY_HAND:
        return message("settings.reminder_only")
    if row.checked_at is None:
        return message("settings.not_read")
    return message("settings.checked", at=row.checked_at)


def host(row: AccountRow) -> str:
    """The server's name; empty where the network has only one."""
    return row.server.partition("://")[2].rstrip("/")


def ability_text(look: Look, row: AccountRow, ability: str, offers: Offers) -> str:
    """What one mark means, in a sentence."""
    offer, reason = offers.get(ability, (Offer.NOT_OFFERED, None))
    name = look.text(f"settings.ability.{ability}")
    if reason is not None:
        return look.words.told_of(name, look.text(reason))
    return look.words.told_of(name, look.text(f"settings.offer.{offer.value}", network=network_name(row.network)))


def row_name(look: Look, row: AccountRow, offers: Offers) -> str:
    """The whole row for the screen reader."""
    stands = standing(row)
    parts = [isolated(row.handle), network_name(row.network)]
    if stands.said is not None:
        parts.append(look.text(stands.said))
    parts.append(look.text(checked(row)))
    parts += [ability_text(look, row, ability, offers) for ability in COLUMNS if offers]
    return look.words.facts(parts)


class AccountsModel(QAbstractTableModel):
    """One column; the row itself is in `RowRole`."""

    RowRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rows: Sequence[AccountRow] = ()
        self.offers: Mapping[int, Offers] = {}

    def show(self, rows: Sequence[AccountRow]) -> None:
        """Other rows; what works of each comes by `show_offers`."""
        if [row.id for row in rows] != [row.id for row in self.rows]:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()
        else:
            self.rows = tuple(rows)
            self._all_changed()

    def show_offers(self, offers: Mapping[int, Offers]) -> None:
        self.offers = offers
        self._all_changed()

    def _all_changed(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == self.RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row_name(self._look, row, self.offers.get(row.id, {}))
        return None


class Columns(NamedTuple):
    """Where the parts of a row stand, in a table of some width."""

    text_right: float
    abilities: tuple[tuple[float, float], ...]
    """(left, width) of each."""
    state: tuple[float, float] | None


def state_width(look: Look, rows: Sequence[AccountRow]) -> float:
    """Room for the longest words of the last column, within reason."""
    px, font = look.theme.px, look.theme.font("caption", tabular=True)
    widest = max((text_width(look.text(checked(row)), font) for row in rows), default=0)
    return min(max(widest + 2, px(STATE)), px(WIDEST_STATE))


def columns(look: Look, width: float, rows: Sequence[AccountRow]) -> Columns:
    """The same for the header and for the rows."""
    px = look.theme.px
    x = width - px(INSET)
    if width < px(NARROW):
        return _abilities(look, x, NEAR, NEAR_GAP)
    room = state_width(look, rows)
    x -= room
    usual = _abilities(look, x - px(GAP), ABILITY, GAP, even=True)
    fits = usual.text_right - px(INSET + BADGE + GAP) >= _widest_words(look, rows)
    return (usual if fits else _abilities(look, x - px(NEAR_GAP), NEAR, NEAR_GAP))._replace(state=(x, room))


def _abilities(look: Look, right: float, least: int, gap: int, *, even: bool = False) -> Columns:
    """The columns of abilities, ending at `right`: all as wide as the widest one's name, or each as its own."""
    px, font = look.theme.px, look.theme.font("captionStrong")
    widths = [max(text_width(look.text(f"settings.column.{ability}"), font) + 2, px(least)) for ability in COLUMNS]
    x, abilities = right, []
    for width in reversed(widths):
        x -= max(widths) if even else width
        abilities.append((x, max(widths) if even else width))
        x -= px(gap)
    return Columns(x, tuple(reversed(abilities)), None)


def _widest_words(look: Look, rows: Sequence[AccountRow]) -> float:
    """Of what we say below handles where all is as it should be; what is wrong may be told at any length."""
    font = look.theme.font("caption", tabular=True)
    said = (stands.said for stands in map(standing, rows) if stands.said is not None and not stands.icon)
    return max((text_width(look.text(each), font) for each in said), default=0.0)


class AccountDelegate(QStyledItemDelegate):
    """Paints the rows. A signed-out account has a button, which `sign_in` hears of."""

    def __init__(self, look: Look, view: QAbstractItemView, sign_in: Callable[[int], None]) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self._sign_in = sign_in

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(AccountsModel.RowRole)
        model = index.model()
        if not isinstance(row, AccountRow) or not isinstance(model, AccountsModel):
            return
        look, px = self._look, self._look.theme.px
        rect, state = QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(
            painter,
            rect,
            look,
            selected=bool(state & QStyle.StateFlag.State_Selected),
            list_focused=self._view.hasFocus(),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            ring=bool(state & QStyle.StateFlag.State_KeyboardFocusChange),
        )
        places = columns(look, rect.width(), model.rows)
        side = px(BADGE)
        pixmap = look.icons.network(row.network, side, painter.device().devicePixelRatio())
        painter.drawPixmap(round(rect.left() + px(INSET)), round(rect.center().y() - side / 2), pixmap)
        self._paint_words(painter, rect, row, places)
        offers = model.offers.get(row.id, {})
        for ability, (left, width) in zip(COLUMNS, places.abilities, strict=True):
            if ability in offers:
                icon, colour = MARKS[offers[ability][0]]
                look.icons.paint(painter, QRectF(rect.left() + left + (width - px(16)) / 2, rect.top(), px(16), rect.height()), icon, colour)
        if places.state is not None:
            self._paint_state(painter, rect, row, places.state)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, row: AccountRow, places: Columns) -> None:
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        left = rect.left() + px(INSET) + px(BADGE) + px(GAP)
        right = rect.left() + places.text_right
        below = self._below(row, places)
        lines = theme.line("body") + (theme.line("caption") if below is not None else 0)
        top = rect.center().y() - lines / 2
        painter.setPen(theme.color("text.primary"))
        handle = QRectF(left, top, right - left, theme.line("body"))
        used = draw_text(painter, handle, isolated(row.handle), theme.font("bodyStrong"))
        painter.setPen(theme.color("text.tertiary"))
        rest = QRectF(left + used + px(6), top, right - left - used - px(6), theme.line("body"))
        network = network_name(row.network)
        told = (f"{network} · {host(row)}", network) if host(row) else (network,)
        fitting = [each for each in told if text_width(each, theme.font("caption")) <= rest.width()]
        if fitting:  # the badge says it, too
            draw_text(painter, rest, fitting[0], theme.font("caption"))
        if below is None:
            return
        top += theme.line("body")
        stands, said = below
        if stands.icon:
            look.icons.paint(painter, QRectF(left, top, px(13), theme.line("caption")), stands.icon, stands.colour)
            left += px(13 + 4)
        painter.setPen(theme.color(stands.colour))
        draw_text(painter, QRectF(left, top, right - left, theme.line("caption")), said, theme.font("caption", tabular=True, weight=600 if stands.strong else 400))

    def _below(self, row: AccountRow, places: Columns) -> tuple[Standing, str] | None:
        """The second line: the state, else the name, else (where there is no column for it) when it was read."""
        stands = standing(row)
        if stands.said is not None:
            return stands, self._look.text(stands.said)
        if places.state is None:
            return stands, self._look.text(checked(row))
        name = one_line(row.name)
        return (stands, isolated(name)) if name and name != row.handle.lstrip("@") else None

    def _paint_state(self, painter: QPainter, rect: QRectF, row: AccountRow, place: tuple[float, float]) -> None:
        look, theme = self._look, self._look.theme
        if row.state is AccountState.SIGNED_OUT:
            button = self._button(rect, place)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent.fill"))
            painter.drawRoundedRect(button, theme.radius("button"), theme.radius("button"))
            painter.setPen(theme.color("accent.onFill"))
            painter.setFont(theme.font("small", weight=600))
            painter.drawText(button, int(Qt.AlignmentFlag.AlignCenter), look.text("settings.sign_in"))
            return
        painter.setPen(theme.color("text.tertiary"))
        words = QRectF(rect.left() + place[0], rect.top(), place[1], rect.height())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        draw_text(painter, words, look.text(checked(row)), theme.font("caption", tabular=True), flags)

    def _button(self, rect: QRectF, place: tuple[float, float]) -> QRectF:
        theme, px = self._look.theme, self._look.theme.px
        width = min(text_width(self._look.text("settings.sign_in"), theme.font("small", weight=600)) + px(18), place[1])
        height = theme.size("control.buttonSmall")
        return QRectF(rect.left() + place[0] + place[1] - width, rect.center().y() - height / 2, width, height)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        row = index.data(AccountsModel.RowRole)
        released = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if released and isinstance(event, QMouseEvent) and isinstance(row, AccountRow) and isinstance(model, AccountsModel):
            rect = QRectF(option.rect)
            place = columns(self._look, rect.width(), model.rows).state
            if row.state is AccountState.SIGNED_OUT and place is not None and self._button(rect, place).contains(event.position()):
                self._sign_in(row.id)
                return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        row, model = index.data(AccountsModel.RowRole), index.model()
        if not isinstance(row, AccountRow) or not isinstance(model, AccountsModel):
            return False
        rect = QRectF(option.rect)
        offers = model.offers.get(row.id, {})
        for ability, (left, width) in zip(COLUMNS, columns(self._look, rect.width(), model.rows).abilities, strict=True):
            if rect.left() + left <= event.pos().x() <= rect.left() + left + width and offers:
                QToolTip.showText(event.globalPos(), ability_text(self._look, row, ability, offers), view)
                return True
        stands = standing(row)
        QToolTip.showText(event.globalPos(), self._look.text(stands.said) if stands.said is not None else isolated(row.handle), view)
        return True
