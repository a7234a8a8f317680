"""The poll of the post: its options with the room each network leaves, how long it runs, and who can show it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.models.post import Poll, PostDraft
from app.ui.composer.composition import Composition, Edit, Place
from app.ui.composer.goes_to import PartCard
from app.ui.page import PageFace
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import LineField
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

HOURS = (1, 6, 12, 24, 72, 168)
MOST_OPTIONS = 10


class OptionField(QWidget):
    """One option: number, field, figures, and a way to take it out."""

    def __init__(self, face: PageFace, index: int, card: PollCard) -> None:
        super().__init__()
        look = face.look
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Label(look, look.number(index + 1), "small", "text.tertiary"))
        self.line = LineField(look, look.text("composer.poll_option", number=index + 1))
        self.line.textEdited.connect(lambda text: card.write(index, text))
        row.addWidget(self.line, 1)
        self._figures = Label(look, "", "caption", "text.tertiary")
        row.addWidget(self._figures)
        self.remove = IconButton(look, "x", look.text("composer.poll_remove_option", number=index + 1), size=24)
        self.remove.clicked.connect(lambda: card.take_out(index))
        row.addWidget(self.remove)

    def show_option(self, text: str, limit: int, *, removable: bool, read_only: bool) -> None:
        if self.line.text() != text:
            self.line.setText(text)
        over = bool(limit) and len(text) > limit
        self.line.mark_wrong(over)
        self.line.setReadOnly(read_only)
        self._figures.setText(f"{self._look.number(len(text))} / {self._look.number(limit)}" if limit else "")
        self._figures.recolour("status.danger.text" if over else "text.tertiary")
        self.remove.setVisible(removable and not read_only)


class PollCard(PartCard):
    """Shown while the post has a poll."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        super().__init__(face.look, "chart-bar-horizontal", face.text("composer.poll"))
        self._face = face
        self._edit = edit
        self._composition: Composition | None = None
        self._fields: list[OptionField] = []
        look = face.look
        self.hours = Select(look, look.text("composer.poll_hours"), [(self._hours_text(hours), hours) for hours in HOURS])
        self.hours.activated.connect(lambda: self._change(hours=int(self.hours.currentData())))
        self.head.addWidget(self.hours)
        close = IconButton(look, "x", look.text("composer.poll_remove"), size=26, clicked=lambda: face.actions.run("composer.poll"))
        self.head.addWidget(close)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        nest(self.column, self._grid)
        foot = QHBoxLayout()
        self.add = Button(look, look.text("composer.poll_add"), icon="plus", size="small", clicked=self._add)
        self.multiple = CheckBox(look, look.text("composer.poll_multiple"))
        self.multiple.toggled.connect(lambda on: self._change(multiple=on))
        foot.addWidget(self.add)
        foot.addSpacing(8)
        foot.addWidget(self.multiple)
        foot.addStretch(1)
        nest(self.column, foot)

    def fields(self) -> list[OptionField]:
        return self._fields

    def edit_option(self, index: int) -> None:
        if self._fields:
            self._fields[min(index, len(self._fields) - 1)].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_composition(self, composition: Composition) -> None:
        self._composition = composition
        poll = composition.draft.poll
        self.setVisible(poll is not None)
        if poll is None:
            return
        look = self._face.look
        takers = [place for place in composition.chosen if place.limits.poll_options]
        limits = [look.text("composer.poll_limit", n=place.limits.poll_options, length=place.limits.poll_option_length) for place in takers]
        self.goes_to.show_places(takers, limits)
        if self.hours.findData(poll.hours) < 0:
            self.hours.addItem(self._hours_text(poll.hours), poll.hours)
        self.hours.choose(poll.hours)
        self.multiple.blockSignals(True)
        self.multiple.setChecked(poll.multiple)
        self.multiple.blockSignals(False)
        self._keep_fields(len(poll.options))
        longest = min((place.limits.poll_option_length for place in takers), default=0)
        for field, option in zip(self._fields, poll.options, strict=True):
            field.show_option(option, longest, removable=len(poll.options) > 2, read_only=composition.locked)
        self.add.setEnabled(len(poll.options) < self._most(takers) and not composition.locked)

    def write(self, index: int, text: str) -> None:
        """An option was typed."""
        poll = self._poll()
        if poll is not None and index < len(poll.options):
            options = list(poll.options)
            options[index] = text
            self._change(options=tuple(options))

    def take_out(self, index: int) -> None:
        poll = self._poll()
        if poll is not None and len(poll.options) > 2:
            self._change(options=(*poll.options[:index], *poll.options[index + 1 :]))
            self.edit_option(max(index - 1, 0))

    # ---- inside

    @staticmethod
    def _most(takers: list[Place]) -> int:
        return max((place.limits.poll_options for place in takers), default=MOST_OPTIONS)

    def _poll(self) -> Poll | None:
        return self._composition.draft.poll if self._composition is not None else None

    def _add(self) -> None:
        poll = self._poll()
        if poll is not None:
            self._change(options=(*poll.options, ""))
            self.edit_option(len(self._fields) - 1)

    def _change(self, options: tuple[str, ...] | None = None, hours: int = 0, multiple: bool | None = None) -> None:
        def changed(draft: PostDraft) -> PostDraft:
            poll = draft.poll or Poll(("", ""))
            poll = Poll(options or poll.options, hours or poll.hours, poll.multiple if multiple is None else multiple)
            return replace(draft, poll=poll)

        self._edit(changed)

    def _keep_fields(self, count: int) -> None:
        while len(self._fields) > count:
            field = self._fields.pop()
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        while len(self._fields) < count:
            index = len(self._fields)
            field = OptionField(self._face, index, self)
            self._grid.addWidget(field, index // 2, index % 2)
            self._fields.append(field)

    def _hours_text(self, hours: int) -> str:
        look = self._face.look
        return look.text("composer.poll_days", n=hours // 24) if hours % 24 == 0 and hours > 24 else look.text("composer.poll_h", n=hours)
