"""The row under the editor: picture, poll, warning, a further part; who may read it, in which language; and its length."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.message import Visibility
from app.ui.composer.composition import Composition, Edit
from app.ui.composer.drafting import with_visibility
from app.ui.composer.languages import LANGUAGES, language_name
from app.ui.page import PageFace
from app.ui.widgets.button import IconButton
from app.ui.widgets.inside import nest
from app.ui.widgets.length_ring import LengthRing
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Line

OFFERED = (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.FOLLOWERS)
"""A post to everybody, to those who look, to followers; a private message is no post."""


class Tools(QWidget):
    """Runs commands; visibility and language change the draft."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        super().__init__()
        self._face = face
        look = face.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line(look))
        row = QHBoxLayout()
        nest(column, row)
        row.setContentsMargins(8, 5, 10, 5)
        row.setSpacing(2)
        self.link = self._button("link-simple", "composer.link")
        self.hashtags = self._button("hash", "composer.hashtags")
        self.picture = self._button("image", "composer.picture")
        self.poll = self._button("chart-bar-horizontal", "composer.poll", checkable=True)
        self.warning = self._button("warning-circle", "composer.warning", checkable=True)
        self.quote = self._button("quotes", "composer.quote", checkable=True)
        self.part = self._button("arrow-elbow-down-right", "composer.add_part")
        for button in (self.link, self.hashtags, self.picture, self.poll, self.quote, self.warning, self.part):
            row.addWidget(button)
        row.addStretch(1)
        self.visibility = Select(look, look.text("composer.visibility"))
        self.visibility.activated.connect(lambda: edit(lambda draft: with_visibility(draft, Visibility(self.visibility.currentData()))))
        self.language = Select(look, look.text("composer.language"))
        self.language.offer([(language_name(look, code), code) for code in LANGUAGES])
        self.language.activated.connect(lambda: edit(lambda draft: replace(draft, language=str(self.language.currentData()))))
        self.visibility.setToolTip(look.text("composer.visibility"))
        self.language.setToolTip(look.text("composer.language"))
        row.addWidget(self.visibility)
        row.addSpacing(6)
        row.addWidget(self.language)
        row.addSpacing(10)
        self.ring = LengthRing(look)
        row.addWidget(self.ring)

    def show_composition(self, composition: Composition, *, warning: bool) -> None:
        """`warning`: whether the field for it is open."""
        look, draft = self._face.look, composition.draft
        self.poll.setChecked(draft.poll is not None)
        self.warning.setChecked(warning)
        self.quote.setChecked(draft.quote is not None)
        possible = {each for place in composition.chosen for each in place.limits.visibilities}
        choices = [each for each in OFFERED if each in possible or each in (draft.visibility, Visibility.PUBLIC)]
        self.visibility.offer([(look.text(f"composer.visibility.{each}"), each.value) for each in choices])
        self.visibility.choose(draft.visibility.value)
        self.visibility.setVisible(len(choices) > 1)
        if draft.language and self.language.findData(draft.language) < 0:
            self.language.addItem(language_name(look, draft.language), draft.language)
        self.language.choose(draft.language)

    def _button(self, icon: str, command: str, *, checkable: bool = False) -> IconButton:
        keys = self._face.actions.keys(command)
        run: Callable[[], None] = lambda: self._face.actions.run(command)  # noqa: E731
        name = self._face.actions.title(command)
        return IconButton(self._face.look, icon, name, key=keys[0] if keys else None, checkable=checkable, clicked=run)
