"""The sheet of a manager: who it is, what is theirs, in which language and when they are asked, and what of customers they may see."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.conversation import Category
from app.models.manager import ManagerRow
from app.runtime.errors import UserMistake
from app.runtime.settings import WEEKDAY
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.places import zones
from app.ui.settings.hours import HoursEditor
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox, Switch
from app.ui.widgets.field import Field
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.select import Select
from app.ui.widgets.strip import Strip
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import Label

WIDTH = 560
REST = 200
LANGUAGES = ("es", "en", "fr", "ru", "zh")
USUAL = (WEEKDAY,) * 5 + ((),) * 2
"""Hours of their own begin as a working week."""


class ManagerSheet(Sheet):
    """Stays open while something is missing, and says what."""

    def __init__(self, face: PageFace, host: QWidget, row: ManagerRow) -> None:
        look = face.look
        super().__init__(look, host, look.text("managers.edit_title" if row.id else "managers.new"), width=WIDTH)
        self._face = face
        self._row = row
        self._fields = QWidget()
        self._form = QVBoxLayout(self._fields)
        self._form.setContentsMargins(0, 0, look.theme.px(6), 0)
        self._form.setSpacing(look.theme.px(12))
        self._make_person(row)
        self._make_topics(row)
        self._make_language(row)
        self._make_hours(row)
        self.masked = self._switch("managers.masked", "managers.masked_said", row.is_masked)
        self._form.addStretch(1)
        self.area = Scrolling()
        self.area.hold(self._fields)
        self.body.addWidget(self.area)
        self.trouble = Strip(look, "danger")
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.keep_button = Button(look, look.text("managers.keep"), kind="primary", key="Return", clicked=self.keep)
        self.keep_button.setEnabled(not face.services.data.read_only)
        self.offer(self.keep_button)

    def _make_person(self, row: ManagerRow) -> None:
        look = self._look
        self.name = Field(look, look.text("managers.name"), row.name)
        self.role = Field(look, look.text("managers.role"), row.role, placeholder=look.text("managers.role_example"))
        self.email = Field(look, look.text("managers.email"), row.email, placeholder="marta@tienda.example")
        pair = QHBoxLayout()
        pair.setSpacing(look.theme.px(12))
        pair.addWidget(self.name, 1)
        pair.addWidget(self.role, 1)
        nest(self._form, pair)
        self._form.addWidget(self.email)
        for field in (self.name, self.role, self.email):
            field.line.returnPressed.connect(self.keep)

    def _make_topics(self, row: ManagerRow) -> None:
        look = self._look
        self._form.addWidget(Label(look, look.text("managers.topics"), "bodyStrong"))
        self._form.addWidget(Label(look, look.text("managers.topics_hint"), "caption", "text.tertiary", wrap=True))
        holder = QWidget()
        flow = FlowLayout(holder, look.theme.px(12))
        self.categories: dict[str, CheckBox] = {}
        for name, each in look.categories(*(topic for topic in row.topics if topic in list(Category))):
            box = CheckBox(look, name, checked=each in row.topics)
            self.categories[each] = box
            flow.addWidget(box)
        self._form.addWidget(holder)
        own = [each for each in row.topics if each not in self.categories]
        self.words = Field(look, look.text("managers.words"), ", ".join(own), hint=look.text("managers.words_hint"))
        self.words.line.returnPressed.connect(self.keep)
        self._form.addWidget(self.words)

    def _make_language(self, row: ManagerRow) -> None:
        look = self._look
        known = dict.fromkeys([*row.languages, *LANGUAGES])
        line = QHBoxLayout()
        line.addWidget(Label(look, look.text("managers.language"), "body", wrap=True), 1)
        choices: list[tuple[str, object]] = [(look.text("managers.language_any"), "")]
        self.language = Select(
            look, look.text("managers.language"), [*choices, *((self._language_name(each), each) for each in known)]
        )
        self.language.choose(row.languages[0] if row.languages else "")
        line.addWidget(self.language)
        nest(self._form, line)

    def _language_name(self, code: str) -> str:
        found = f"inbox.language.{code}"
        name = self._look.text(found) if self._look.words.knows(found) else code.upper()
        return name[:1].upper() + name[1:]

    def _make_hours(self, row: ManagerRow) -> None:
        look = self._look
        self.own_hours = self._switch("managers.own_hours", "managers.own_hours_said", bool(row.hours))
        self.own_hours.toggled.connect(self._show_hours)
        self.hours = HoursEditor(look, row.hours if len(row.hours) == 7 else USUAL)
        self.zone_label = Label(look, look.text("managers.zone"), "bodyStrong")
        choices = [Choice("", look.text("managers.zone_shop")), *zones()]
        self.zone = Picker(look, look.text("managers.zone"), choices, row.zone, look.text("settings.zone_hint"))
        for widget in (self.hours, self.zone_label, self.zone):
            self._form.addWidget(widget)
            widget.setVisible(bool(row.hours))

    def _switch(self, words: str, help_words: str, on: bool) -> Switch:
        look = self._look
        line = QHBoxLayout()
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Label(look, look.text(words), "body", wrap=True))
        said.addWidget(Label(look, look.text(help_words), "caption", "text.tertiary", wrap=True))
        nest(line, said, 1)
        switch = Switch(look, look.text(words), checked=on)
        switch.setAccessibleDescription(look.text(help_words))
        line.addWidget(switch)
        nest(self._form, line)
        return switch

    def _show_hours(self, on: bool) -> None:
        for widget in (self.hours, self.zone_label, self.zone):
            widget.setVisible(on)
        self._settle()

    @property
    def row(self) -> ManagerRow:
        """The manager as the fields say it."""
        topics = [each for each, box in self.categories.items() if box.isChecked()]
        topics += [
            each.strip() for each in self.words.text.replace(";", ",").replace("，", ",").split(",") if each.strip()
        ]
        first = str(self.language.currentData() or "")
        others = [each for each in self._row.languages if each != first]
        own = self.own_hours.isChecked()
        return self._row._replace(
            name=self.name.text,
            role=self.role.text,
            email=self.email.text,
            topics=tuple(topics),
            languages=(first, *others) if first else (),
            zone=self.zone.value if own else "",
            hours=self.hours.hours if own else (),
            is_masked=self.masked.isChecked(),
        )

    def keep(self) -> None:
        """Keep what is written."""
        if not self._face.services.data.read_only:
            self._face.actions.start("settings: manager", self._kept())

    async def _kept(self) -> None:
        for field in (self.name, self.email):
            field.be_content()
        self.trouble.hide()
        try:
            await self._face.services.managers.save(self.row)
        except UserMistake as mistake:
            sentence = self._look.text(mistake.message)
            beside = {"name": self.name, "email": self.email}.get(mistake.field or "")
            if beside is None:
                self.trouble.show_message("danger", sentence)
                self.trouble.show()
            else:
                beside.complain(sentence)
                self.area.ensureWidgetVisible(beside)
                beside.line.setFocus()
            self._settle()
            return
        self.close_now()

    def place(self) -> None:
        """The fields get what the rest leaves them, and scroll."""
        px = self._look.theme.px
        width = min(px(WIDTH), self.width() - px(48)) - 40
        rest = px(REST) + (self.trouble.sizeHint().height() + self.body.spacing() if not self.trouble.isHidden() else 0)
        inner = self._fields
        wanted = inner.heightForWidth(width - px(16)) if inner.hasHeightForWidth() else inner.sizeHint().height()
        self.area.setFixedHeight(max(px(120), min(wanted, self.height() - rest)))
        super().place()

    def _settle(self) -> None:
        """What was shown or hidden just now is measured after its next layout."""
        self.place()
        QTimer.singleShot(0, self, self.place)
