"""The strip above the composer: back, the post's title and state, when it was kept, and what is done with it."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.models.outbox import DeliveryState
from app.models.post import PostState
from app.ui.composer.composition import Composition
from app.ui.composer.drafting import first_line
from app.ui.page import PageFace
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.chip import Chip, ChipLabel
from app.ui.widgets.field import LineField
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import ElidedLabel, Label

HUES = {"failed": "rose", "unsure": "gold", "out": "green", "scheduled": "blue", "amber": "gold", "leaving": "sky", "going": "sky", "by_hand": "green"}
HANDED = (DeliveryState.BY_HAND, DeliveryState.OUT)
"""States in which all that is left is the user's to do, below."""
NARROW = 1100
"""Below this width hints of keys and the time of the last save give their room to the words."""


class TitleField(LineField):
    """Enter or leaving takes the title, Esc leaves it as it was."""

    taken = Signal(str)
    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self.text().strip())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isVisible():
            self.taken.emit(self.text().strip())


class Header(Pane):
    """Buttons run commands; `titled` says another title, `back` the way back."""

    titled = Signal(str)
    back = Signal()

    def __init__(self, face: PageFace) -> None:
        super().__init__(face.look, "base", ("bottom",))
        self._face = face
        self._composition: Composition | None = None
        self._may_publish = False
        self.at_once = True
        """Whether the main button publishes, and does not plan."""
        look, actions = face.look, face.actions
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self.back_button = Button(look, "", icon="caret-left", kind="flat", clicked=self.back.emit)
        self.title = ElidedLabel(look, "", "title")
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.title_field = TitleField(look, look.text("composer.title"))
        self.title_field.taken.connect(self._take_title)
        self.title_field.hide()
        self.pencil = IconButton(look, "pencil-simple", actions.title("composer.title"), size=26, clicked=lambda: actions.run("composer.title"))
        self.state = ChipLabel(look)
        self.kept = Label(look, "", "caption", "text.tertiary")
        row.addWidget(self.back_button)
        row.addWidget(_Divider(face))
        row.addSpacing(4)
        row.addWidget(self.title, 100)
        row.addWidget(self.title_field, 100)
        row.addWidget(self.pencil)
        row.addWidget(self.state)
        row.addWidget(self.kept)
        row.addStretch(1)
        self.delete = IconButton(look, "trash", actions.title("composer.delete"), clicked=lambda: actions.run("composer.delete"))
        self.draft = self._button("composer.back_to_draft", "composer.back_to_draft")
        self.keep = self._button("composer.keep", "composer.keep_draft")
        self.publish = self._button("composer.publish_now", "composer.publish_now")
        self.good_time = self._button("composer.next_good_time", "composer.next_good_time")
        self.good_time.choose_key(None)
        self.primary = Button(look, "", kind="primary", key=self._key("composer.schedule"), clicked=lambda: actions.run("composer.schedule"))
        for button in (self.delete, self.draft, self.keep, self.publish, self.good_time, self.primary):
            row.addWidget(button)
        look.theme.changed.connect(self._resize)
        self._resize()

    def _button(self, command: str, text_id: str) -> Button:
        actions = self._face.actions
        return Button(self._face.look, self._face.text(text_id), key=self._key(command), clicked=lambda: actions.run(command))

    def _key(self, command: str) -> str | None:
        keys = self._face.actions.keys(command)
        return keys[0] if keys else None

    # ---- what the page asks

    def show_origin(self, title: str) -> None:
        """The page that "back" leads to."""
        self.back_button.setText(title)

    def show_kept(self, at: datetime | None) -> None:
        self.kept.setText(self._face.text("composer.kept_at", at=at) if at is not None else "")

    def edit_title(self) -> None:
        """Put a field in the title's place."""
        composition = self._composition
        if composition is None:
            return
        self.title_field.setText(composition.draft.title)
        self.title_field.setPlaceholderText(first_line(composition.draft))
        self.title.hide()
        self.title_field.show()
        self.title_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop_title(self) -> bool:
        """Esc in the field: whether it was open."""
        if self.title_field.isHidden():
            return False
        self.title_field.hide()
        self.title.show()
        return True

    def show_composition(self, composition: Composition) -> None:
        self._composition = composition
        look, draft = self._face.look, composition.draft
        self.title.setText(draft.title or first_line(draft) or look.text("composer.untitled"))
        self._show_state(composition)
        locked, scheduled, leaving = composition.locked, composition.scheduled, composition.leaves_at is not None
        self.delete.setVisible(draft.id is not None and not locked)
        self.draft.setVisible(scheduled and not composition.served)
        self.draft.setText(self._face.actions.title("edit.undo") if leaving else look.text("composer.back_to_draft"))
        self.draft.choose_key(self._key("edit.undo") if leaving else self._key("composer.back_to_draft"))
        self.keep.setVisible(not scheduled and not locked)
        self._may_publish = draft.planned_at is not None and not scheduled and not locked
        self.good_time.setVisible(not locked)
        self.pencil.setVisible(not locked)
        at = draft.planned_at
        past = at is not None and composition.now is not None and at <= composition.now and scheduled
        at_once = self.at_once = at is None or past
        handed = scheduled and bool(composition.deliveries) and all(row.state in HANDED for row in composition.deliveries)
        self.primary.setVisible(not locked and not (handed and at_once))
        if at_once:
            self.primary.setText(look.text("composer.publish_now"))
        else:
            self.primary.setText(look.text("composer.schedule_again" if scheduled else "composer.schedule_at", when=at))
        self._fit()

    # ---- inside

    def _show_state(self, composition: Composition) -> None:
        state, values = state_of(composition)
        hue = HUES.get(state)
        if composition.leaves_at is not None and composition.now is not None:
            values = {"seconds": max(0, ceil((composition.leaves_at - composition.now).total_seconds()))}
        text = self._face.text(f"composer.state.{state}", **values)
        self.state.show_chip(Chip(text, kind="hue", hue=hue) if hue else Chip(text, kind="soft"))

    def _take_title(self, title: str) -> None:
        if self.drop_title():
            self.titled.emit(title)

    def _fit(self) -> None:
        narrow = self.width() < self._face.theme.px(NARROW)
        self.kept.setVisible(not narrow)
        self.publish.setVisible(self._may_publish and not narrow)
        self.good_time.setText(self._face.text("composer.good_time" if narrow else "composer.next_good_time"))
        for button, command in ((self.keep, "composer.keep"), (self.primary, "composer.schedule")):
            button.choose_key(None if narrow else self._key(command))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _resize(self) -> None:
        self.setFixedHeight(self._face.theme.size("toolbar"))


class _Divider(QWidget):
    """A short upright line."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.setFixedSize(1, face.theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self._face.theme.color("border.default"), 1))
        painter.drawLine(0, 0, 0, self.height())


def state_of(composition: Composition) -> tuple[str, dict[str, int]]:
    """The word that tells where the post stands, and its figures."""
    row = composition.row
    if row is None or (row.state is not PostState.SCHEDULED and not composition.deliveries):
        return ("idea" if row is not None and row.state is PostState.IDEA else "draft"), {}
    states = [delivery.state for delivery in composition.deliveries]
    out = sum(state is DeliveryState.OUT for state in states)
    if DeliveryState.UNSURE in states:
        return "unsure", {}
    if DeliveryState.FAILED in states:
        return ("partly" if out else "failed"), {"out": out, "count": len(states)}
    if states and out == len(states):
        return "out", {}
    if DeliveryState.CLAIMED in states or out:
        return "going", {"out": out, "count": len(states)}
    if composition.leaves_at is not None:
        return "leaving", {}
    if states and all(state is DeliveryState.BY_HAND for state in states):
        return "by_hand", {}
    if row.state is not PostState.SCHEDULED:
        return "draft", {}
    found = len({warning for delivery in composition.deliveries for warning in delivery.warnings})
    return ("amber", {"n": found}) if found else ("scheduled", {})
