"""Sheets: questions and small forms over the window that never stop the loop. They answer by calling back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.runtime.words import Message
from app.ui.look import Look
from app.ui.safe_text import breakable
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.inside import nest, parts_in, standing_in
from app.ui.widgets.overlay import Overlay
from app.ui.widgets.strip import TOKENS, IconSpot
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import Label


class Sheet(Overlay):
    """A card with a title, any content and a row of buttons. `body` and `foot` are the layouts to fill.

    Where the window is too low for it the body scrolls; where it is too narrow for the buttons they stand one below the other.
    """

    def __init__(
        self, look: Look, host: QWidget, title: str, *, width: int = 480, closable: bool = True, insist: bool = False
    ) -> None:
        super().__init__(look, host, insist=insist)
        self._width = width
        self._body_area: Scrolling | None = None
        self.panel.setAccessibleName(title)
        self._column = column = QVBoxLayout(self.panel)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.title = Label(look, breakable(title), "title", wrap=True)
        self.title.setAccessibleName(title)
        self.head.addWidget(self.title, 1)
        self._closes: QWidget | None = None
        self._main: QWidget | None = None
        if closable and not insist:
            self._closes = IconButton(look, "x", look.text("shell.close"), key="Escape", clicked=self.close_now)
            self.head.addWidget(self._closes)
        nest(column, self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        nest(column, self.body)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        nest(column, self.foot)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Measured anew: what was measured before it was whole is remembered by Qt, and what takes its size from its width says so later."""
        parts = list(parts_in(self.panel))
        for part in parts:
            part.updateGeometry()
        for layout in filter(None, (part.layout() for part in (*reversed(parts), self.panel))):
            layout.activate()  # which forgets what the rows inside it have measured, too
        super().open()
        QTimer.singleShot(0, self, self.place)

    def offer(self, main: QWidget, *others: QWidget, aside: Sequence[QWidget] = ()) -> None:
        """The main button at the right end, what else can be done before it. `aside`, at the left: what is done seldom, or takes something
        away.
        """
        self._main = main
        for widget in aside:
            self.foot.addWidget(widget)
        self.foot.addStretch(1)
        for widget in (*reversed(others), main):
            self.foot.addWidget(widget)

    def settle_focus(self) -> None:
        """The first field, else the main button; the cross comes last, Enter must not close what asks something."""
        takes = [widget for widget in parts_in(self.panel) if self._takes_focus(widget) and widget is not self._closes]
        fields = [widget for widget in takes if self.foot.indexOf(widget) < 0]
        main = [widget for widget in takes if widget is self._main]
        for widget in (*fields, *main, *takes):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().settle_focus()

    def _takes_focus(self, widget: QWidget) -> bool:
        by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return by_tab and widget.isVisibleTo(self) and widget.isEnabled()

    def place(self) -> None:
        theme = self._look.theme
        width = min(max(theme.px(self._width), self._least_width()), self.width() - theme.px(48))
        layout = self._column
        self._fit_buttons(width)
        self._fit_body(width, self.height() - theme.px(48))
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        size = QSize(width, min(max(height, theme.px(80)), self.height() - theme.px(48)))
        self.panel.resize(size)
        self.panel.move((self.width() - width) // 2, max(theme.px(24), (self.height() - size.height()) // 3))

    def _least_width(self) -> int:
        """With which the words of all buttons stand beside each other."""
        margins = self._column.contentsMargins()
        parts = [part for part in standing_in(self.panel) if self.foot.indexOf(part) >= 0 and not part.isHidden()]
        hints = [part.sizeHint() if isinstance(part, QAbstractButton) else part.minimumSizeHint() for part in parts]
        gaps = max(0, self.foot.count() - 1) * self.foot.spacing()
        return sum(hint.width() for hint in hints) + gaps + margins.left() + margins.right()

    def _fit_buttons(self, width: int) -> None:
        fits = self._least_width() <= width
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self.foot.direction() != direction:  # said again it would forget every height
            self.foot.setDirection(direction)

    def _fit_body(self, width: int, room: int) -> None:
        """What is higher than its room scrolls, once there was too little."""
        layout, host = self._column, self.parentWidget()
        least = _least_height(layout, width)
        if self._body_area is None:
            if least <= room or host is None or self.size() != host.size():  # not over the window yet
                return
            self._body_area = self._made_area()
            least = _least_height(layout, width)
        area, content = self._body_area, self.body.parentWidget()
        assert content is not None
        margins = layout.contentsMargins()
        inner = width - margins.left() - margins.right() - area.verticalScrollBar().sizeHint().width()
        rest = least - area.minimumSizeHint().height() if area.minimumHeight() == 0 else least - area.minimumHeight()
        wanted = content.heightForWidth(inner) if content.hasHeightForWidth() else content.sizeHint().height()
        height = max(self._look.theme.px(80), min(wanted, room - rest))
        if area.minimumHeight() != height:
            area.setFixedHeight(height)

    def _made_area(self) -> Scrolling:
        """Put between title and buttons, around the body. Whatever has the focus keeps it."""
        focus = self.window().focusWidget()
        place = self._column.indexOf(self.body)
        self._column.takeAt(place)
        self.body.setParent(None)
        content = QWidget()
        content.setLayout(self.body)
        room = self._look.theme.stroke("focus") + self._look.theme.stroke("focusGap")
        self.body.setContentsMargins(room, room, room, room)  # rings around what stands at its edges
        area = Scrolling()
        area.hold(content)
        self._column.insertWidget(place, area, 1)
        area.show()  # in a panel that is shown already it would count for nothing until the next turn of the loop
        if focus is not None and self.panel.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        return area


def _least_height(layout: QVBoxLayout, width: int) -> int:
    return (
        layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalMinimumSize().height()
    )


def ask(
    look: Look,
    host: QWidget,
    question: Message,
    choices: Sequence[Message],
    then: Callable[[int], None],
    *,
    detail: Message | None = None,
    danger: bool = False,
    insist: bool = False,
) -> Sheet:
    """Open a question. The first choice is the main one; `then` hears the number chosen, -1 when it was closed without."""
    sheet = Sheet(look, host, look.text(question), closable=True, insist=insist)
    if danger or insist:
        level = "danger" if danger else "warn"
        token, glyph = TOKENS["danger" if danger else "warn"]
        sheet.head.insertWidget(0, IconSpot(look, glyph, f"status.{token}.text", 18), 0, Qt.AlignmentFlag.AlignTop)
        sheet.panel.setAccessibleDescription(level)
    if detail is not None:
        sheet.body.addWidget(Label(look, look.text(detail), "body", "text.secondary", wrap=True, selectable=True))
    answered: list[int] = []

    def choose(number: int) -> None:
        answered.append(number)
        sheet.close_now()

    buttons = []
    for number, choice in enumerate(choices):
        kind = "primary" if number == 0 else "plain" if number == 1 else "flat"
        button = Button(look, look.text(choice), kind=kind)  # type: ignore[arg-type]
        button.clicked.connect(lambda _checked=False, number=number: choose(number))
        buttons.append(button)
    sheet.offer(*buttons)
    sheet.closed.connect(lambda: then(answered[0] if answered else -1))
    sheet.open()
    return sheet
