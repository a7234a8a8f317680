"""What was settled, to be read: one agreement with what was said before it, to be saved as PDF, replaced or removed; and the list of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.models.agreement import AgreementPaper, AgreementRow
from app.ui.agreement_words import agreement_facts
from app.ui.dialogs import Sheet
from app.ui.inbox.card_sections import agreement_line
from app.ui.inbox.customer_lists import ListSheet
from app.ui.inbox.times import in_full
from app.ui.look import Look
from app.ui.safe_text import isolated, one_line, shown
from app.ui.widgets.button import Button
from app.ui.widgets.fitting import Fitting
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label

WIDTH = 600
SIDES = 48
"""Of a sheet, with room for the bar that scrolls."""


class _AsWide(Fitting):
    """As high as its content is at the width it will have: lines of words that wrap guess too high otherwise."""

    def __init__(self, content: QWidget, width: int) -> None:
        self._wide = width
        super().__init__(content)

    def sizeHint(self) -> QSize:
        content = self.widget()
        if content is None or not content.hasHeightForWidth():
            return super().sizeHint()
        return QSize(self._wide, content.heightForWidth(self._wide))


class AgreementPaperSheet(Sheet):
    """`deeds` are called by the buttons: `pdf`, `replace`, `remove`; those not given are not offered."""

    def __init__(
        self, look: Look, host: QWidget, paper: AgreementPaper, now: datetime, deeds: dict[str, Callable[[], None]]
    ) -> None:
        title = look.text("agreement.paper_title", number=str(paper.row.id), name=isolated(paper.customer))
        super().__init__(look, host, title, width=WIDTH)
        self.paper = paper
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, look.theme.px(8), look.theme.px(2))
        column.setSpacing(look.theme.px(10))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.px(16))
        grid.setVerticalSpacing(look.theme.px(6))
        grid.setColumnStretch(1, 1)
        for row, (label, text, _link) in enumerate(agreement_facts(look, paper)):
            grid.addWidget(Label(look, label, "small", "text.tertiary"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(look, text, "bodyStrong" if row == 0 else "body", wrap=True, selectable=True), row, 1)
        nest(column, grid)
        column.addWidget(Line(look))
        column.addWidget(Label(look, look.text("agreement.paper_said"), "bodyStrong"))
        for quoted in paper.transcript:
            said = f"{one_line(quoted.name)} · {in_full(look, quoted.at, now)}"
            column.addWidget(Label(look, said, "caption", "text.tertiary"))
            column.addWidget(Label(look, shown(quoted.text), "body", wrap=True, selectable=True))
        if not paper.transcript:
            column.addWidget(
                Label(look, look.text("agreement.paper_nothing_said"), "body", "text.secondary", wrap=True)
            )
        column.addStretch(1)
        self._area = _AsWide(inside, look.theme.px(WIDTH - SIDES))
        self._area.verticalScrollBar().setSingleStep(look.theme.px(40))
        self.body.addWidget(self._area)
        self.buttons: dict[str, Button] = {}
        for name, icon in (("remove", "trash"), ("replace", "pencil-simple"), ("pdf", "file-pdf")):
            if name == "pdf":
                self.foot.addStretch(1)
            if name in deeds:
                kind = "primary" if name == "pdf" else "flat"
                button = Button(look, look.text(f"inbox.agreement.{name}"), icon=icon, kind=kind)  # type: ignore[arg-type]
                button.clicked.connect(lambda _checked=False, name=name: deeds[name]())
                self.buttons[name] = button
                self.foot.addWidget(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows read on, wherever the keyboard is."""
        bar = self._area.verticalScrollBar()
        step = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def settle_focus(self) -> None:
        """The paper is what one comes for."""
        button = self.buttons.get("pdf")
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().settle_focus()


class AgreementsSheet(ListSheet):
    """Those with one customer, the newest first; Enter opens one."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        name: str,
        rows: Sequence[AgreementRow],
        now: datetime,
        show: Callable[[int], None],
    ) -> None:
        super().__init__(look, host, look.text("inbox.agreements.title", name=isolated(name)), "open")
        self.lines.show_lines([agreement_line(look, row, now) for row in rows])
        self.lines.wanted.connect(lambda _wanted, number: self._open(number, show))

    def _open(self, number: object, show: Callable[[int], None]) -> None:
        self.close_now()
        if isinstance(number, int):
            show(number)
