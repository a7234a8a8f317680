"""What is to be placed: ideas and drafts without a time, as cards to drag to a day or to open."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QVBoxLayout, QWidget

from app.models.calendar import CalendarPost
from app.models.post import PostState
from app.ui.calendar.chips import spoken
from app.ui.calendar.desk import Desk
from app.ui.calendar.dragging import Dragging
from app.ui.calendar.idea_openings import show_menu
from app.ui.calendar.origins import origin_text
from app.ui.calendar.pillars import PillarPanel
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import IconButton
from app.ui.widgets.inside import nest
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.surface import Pane, PaneHeader, Scrolling
from app.ui.widgets.text import Label, draw_text

WIDTH = 268
STATES = (PostState.IDEA, PostState.DRAFT)


class Card(QAbstractButton):
    """An idea or a draft: pillar, title in two lines, when it was kept, networks."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, face: PageFace, post: CalendarPost, dragging: Dragging) -> None:
        super().__init__()
        self.post = post
        self._face = face
        self._dragging = dragging
        self._pressed: QPoint | None = None
        self._font = QFont(face.theme.font("small", weight=500))
        self.setObjectName(f"card {post.id}")
        self.setAccessibleName(", ".join(filter(None, (spoken(face.look, post), origin_text(face, post)))))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)  # a scroll bar beside it may turn one line of the title into two
        self.setSizePolicy(policy)
        self.setToolTip(isolated(post.title))

    def sizeHint(self) -> QSize:
        theme = self._face.theme
        return QSize(theme.px(120), self.heightForWidth(theme.px(WIDTH - 24)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        theme = self._face.theme
        return theme.px(14) + len(self._lines(width)) * theme.line("small") + theme.line("caption") + theme.px(3)

    def _lines(self, width: int) -> list[str]:
        """The title in at most two lines."""
        px = self._face.theme.px
        title = isolated(self.post.title) if self.post.title else self._face.text("calendar.untitled")
        layout = QTextLayout(title, self._font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) < 3 and (line := layout.createLine()).isValid():
            line.setLineWidth(max(20, width - px(26)))
            starts.append(line.textStart())
        layout.endLayout()
        if len(starts) < 2:
            return [title]
        return [title[: starts[1]].rstrip(), title[starts[1] :]]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme, px = self._face.look, self._face.theme, self._face.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        lifted = self._dragging.holds(self.post.id)
        painter.setOpacity(0.45 if lifted else 1.0)
        painter.setPen(
            QPen(
                theme.color("border.strong" if lifted else "border.subtle"),
                1,
                Qt.PenStyle.DashLine if lifted else Qt.PenStyle.SolidLine,
            )
        )
        painter.setBrush(theme.color("surface.hover" if self.underMouse() else "surface.raised"))
        painter.drawRoundedRect(body, theme.radius("m"), theme.radius("m"))
        hue, icon = theme.pillar(self.post.pillar) if self.post.pillar else ("slate", "ph.calendar-blank")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.hue(hue, "strong"))
        painter.drawRoundedRect(QRectF(0, 0, px(4), self.height()), 2, 2)
        x, top = px(14), px(7)
        painter.setPen(theme.color("text.primary"))
        for line in self._lines(self.width()):
            draw_text(painter, QRectF(x, top, self.width() - px(22), theme.line("small")), line, self._font)
            top += theme.line("small")
        box = QRectF(x, top + px(2), px(13), theme.line("caption"))
        look.icons.paint(painter, box, icon, theme.hue(hue, "text"))
        painter.setPen(theme.color("text.secondary"))
        networks = self.post.networks[:5]
        right = self.width() - px(10)
        for network in reversed(networks):
            right -= px(13)
            painter.drawPixmap(
                right,
                round(box.center().y() - px(13) / 2),
                look.icons.brand(network, "text.secondary", px(13), self.devicePixelRatioF()),
            )
            right -= px(4)
        kept = origin_text(self._face, self.post)
        draw_text(
            painter,
            QRectF(x + px(19), box.top(), max(0, right - x - px(22)), box.height()),
            kept,
            theme.font("caption"),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.chosen.emit(self.post.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragging.active:
            if (event.position().toPoint() - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._pressed = None  # put back by Escape, it is not lifted again by the same press
            self._dragging.begin(self.post, QPoint(self._face.theme.px(20), self._face.theme.px(8)))
            self.update()
        if self._dragging.active:
            self._dragging.follow(event.globalPosition().toPoint(), event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._dragging.active:
            self._dragging.drop(event.globalPosition().toPoint(), event.modifiers())
            self.update()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.opened.emit(self.post.id)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.chosen.emit(self.post.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        elif step > 0:
            self.focusNextChild()
        else:
            self.focusPreviousChild()


class Tray(Pane):
    """Ideas or drafts, the newest first."""

    def __init__(self, face: PageFace, desk: Desk, dragging: Dragging) -> None:
        super().__init__(face.look, "base", ("left",))
        self._face = face
        self._desk = desk
        self._dragging = dragging
        self._holds: tuple[int, tuple[CalendarPost, ...]] | None = None
        """Which list is shown, and what of it; the cards are made anew only where that is another."""
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self.header = PaneHeader(face.look, face.text("calendar.to_place"))
        self.header.row.addStretch(1)
        self.add = IconButton(
            face.look, "plus", face.text("ideas.add"), clicked=lambda: show_menu(face, self.add)
        )
        self.header.row.addWidget(self.add)
        column.addWidget(self.header)
        self.which = Segmented(face.look, face.text("calendar.to_place"), [("", None), ("", None)])
        self.which.chosen.connect(lambda _index: self.refill())
        inset = QVBoxLayout()
        inset.setContentsMargins(face.theme.px(12), face.theme.px(10), face.theme.px(12), face.theme.px(6))
        inset.addWidget(self.which)
        nest(column, inset)
        self.area = Scrolling()
        column.addWidget(self.area, 1)
        self.help = Label(face.look, face.text("calendar.tray_help"), "caption", "text.tertiary", wrap=True)
        self.help.setContentsMargins(face.theme.px(14), face.theme.px(8), face.theme.px(14), face.theme.px(12))
        column.addWidget(self.help)
        self.pillars = PillarPanel(face, desk)
        column.addWidget(self.pillars)
        self.setFixedWidth(face.theme.px(WIDTH))
        face.theme.changed.connect(lambda: self.setFixedWidth(face.theme.px(WIDTH)))
        self.refill()

    def cards(self) -> list[Card]:
        content = self.area.widget()
        return content.findChildren(Card) if content is not None else []

    def refill(self) -> None:
        """What is to be placed may have changed; the keyboard stays on its card, or the one after it."""
        face, desk = self._face, self._desk
        self.pillars.refill()
        if self._dragging.active:  # the card under the pointer has the mouse
            return
        focused = next((number for number, card in enumerate(self.cards()) if card.hasFocus()), None)
        counts = [sum(post.state is state for post in desk.to_place) for state in STATES]
        self.which.relabel([face.text("calendar.ideas", n=counts[0]), face.text("calendar.drafts", n=counts[1])])
        shown = [post for post in desk.to_place if post.state is STATES[self.which.index] and desk.filters.lets(post)]
        holds = (self.which.index, tuple(shown))
        if holds == self._holds:
            return
        self._holds = holds
        content = QWidget()
        column = QVBoxLayout(content)
        px = face.theme.px
        column.setContentsMargins(px(12), px(4), px(12), px(8))
        column.setSpacing(px(9))
        for post in shown:
            card = Card(face, post, self._dragging)
            card.chosen.connect(lambda number: desk.choose(number))
            card.opened.connect(lambda _number: face.actions.run("calendar.open"))
            column.addWidget(card)
        if not shown:
            column.addWidget(
                Label(
                    face.look,
                    face.text(("calendar.no_ideas", "calendar.no_drafts")[self.which.index]),
                    "small",
                    "text.tertiary",
                    wrap=True,
                )
            )
        column.addStretch(1)
        self.area.hold(content)
        if focused is not None and shown:
            self.cards()[min(focused, len(shown) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, state: PostState) -> None:
        """The list in which something is."""
        if state in STATES and self.which.index != STATES.index(state):
            self.which.choose(STATES.index(state))
            self.refill()

    def retranslate(self) -> None:
        face = self._face
        self.header.title.setText(face.text("calendar.to_place"))
        self.help.setText(face.text("calendar.tray_help"))
        self.which.setAccessibleName(face.text("calendar.to_place"))
        self._holds = None
        self.refill()
