"""The sheet in which the call centre's figures are typed in, month by month, or taken out of its file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.models.support_figures import CallMonth
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.insights.answer_words import month_name, seconds_text
from app.ui.orders.file_sheet import choose_file
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label


class CallSheet(Sheet):
    """Enter saves all months at once; an empty month is forgotten."""

    def __init__(self, face: PageFace, host: QWidget, months: Sequence[str], known: Mapping[str, CallMonth]) -> None:
        look, text = face.look, face.text
        super().__init__(look, host, text("support.call.title"), width=560)
        self._face = face
        self._known = known
        self.body.addWidget(Label(look, text("support.call.about"), "small", "text.secondary", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.px(10))
        grid.setVerticalSpacing(look.theme.px(6))
        for place, name in enumerate(("month", "calls", "mean")):
            grid.addWidget(Label(look, text(f"support.call.{name}"), "captionStrong", "text.secondary"), 0, place)
        self.fields: dict[str, tuple[LineField, LineField]] = {}
        for line, month in enumerate(months, 1):
            named = month_name(look, month)
            row = known.get(month)
            calls = LineField(look, f"{named}, {text('support.call.calls')}", "" if row is None or row.calls is None else str(row.calls))
            mean = LineField(
                look,
                f"{named}, {text('support.call.mean')}",
                "" if row is None or row.mean_seconds is None else seconds_text(row.mean_seconds),
                placeholder=text("support.call.mean_hint"),
            )
            self.fields[month] = (calls, mean)
            grid.addWidget(Label(look, named), line, 0)
            grid.addWidget(calls, line, 1)
            grid.addWidget(mean, line, 2)
            for field in (calls, mean):
                field.returnPressed.connect(self.take)
        nest(self.body, grid)
        self.complaint = Label(look, "", "caption", "status.danger.text", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.save = Button(look, text("support.call.save"), kind="primary", key="Return", clicked=self.take)
        self.read = Button(look, text("support.call.read_file"), icon="folder-open", clicked=self._ask_file)
        self.foot.addWidget(self.read)
        self.foot.addStretch(1)
        self.foot.addWidget(self.save)

    def take(self) -> None:
        """Save what differs, unless something cannot be read: then that is pointed at."""
        wanted = []
        for month, (calls, mean) in self.fields.items():
            many, seconds = _number(calls.text()), _seconds(mean.text())
            for field, value in ((calls, many), (mean, seconds)):
                field.mark_wrong(value == WRONG)
                if value == WRONG:
                    self.complain(self._look.text("support.call.unsound"))
                    field.setFocus(Qt.FocusReason.OtherFocusReason)
                    return
            row = CallMonth(month, many, seconds)
            if row != self._known.get(month, CallMonth(month, None, None)):
                wanted.append(row)
        self._face.actions.start("insights: call centre", self._save(wanted))

    async def _save(self, wanted: Sequence[CallMonth]) -> None:
        try:
            await self._face.services.call_centre.save(wanted)
        except UserMistake as error:
            self.complain(self._look.text(error.message))
            return
        self.close_now()

    def complain(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
        self.place()

    def _ask_file(self) -> None:
        """The dialog calls back and does not stop the window."""
        choose_file(self._face, self.window(), "support.call.choose_file", self.read_file)

    def read_file(self, path: Path) -> None:
        """All months of a file are saved; what they replace can be brought back by undoing."""
        self._face.actions.start("insights: call centre's file", self._read(path))

    async def _read(self, path: Path) -> None:
        try:
            months, wrong = await self._face.services.call_centre.read_file(path)
            await self._face.services.call_centre.save(months)
        except UserMistake as error:
            self.complain(self._look.text(error.message))
            return
        self._face.notices.say(message("support.call.read", n=len(months), wrong=wrong), undo=bool(months))
        self.close_now()


WRONG = -1


def _number(typed: str) -> int | None:
    plain = re.sub(r"[\s.,'\u202f\u00a0](?=\d{3}\b)", "", typed.strip())
    return None if not plain else int(plain) if plain.isdecimal() and len(plain) < 10 else WRONG


def _seconds(typed: str) -> int | None:
    """ "1:35" minutes and seconds, "1:02:35" hours too, "95" seconds."""
    plain = typed.strip()
    if not plain:
        return None
    if re.fullmatch(r"\d{1,4}(:\d{1,2}){0,2}", plain) is None:
        return WRONG
    found = 0
    for part in plain.split(":"):
        found = found * 60 + int(part)
    return found
