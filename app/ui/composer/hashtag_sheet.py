"""The sets of hashtags: one click inserts one; made, renamed, changed and removed in the same place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.hashtags import HashtagSet, typed_tags
from app.runtime.errors import UserMistake
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Line, Scrolling
from app.ui.widgets.text import ElidedLabel, Label

ROW = 46
MOST_SHOWN = 6
"""More are scrolled."""


class SetRow(QWidget):
    """One of them."""

    def __init__(self, face: PageFace, kept: HashtagSet, insert: Callable[[], object], change: Callable[[], object], remove: Callable[[], object]) -> None:
        super().__init__()
        look = face.look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(look, kept.name, "bodyStrong"))
        words.addWidget(ElidedLabel(look, " ".join(f"#{tag}" for tag in kept.tags), "caption", "text.tertiary"))
        nest(row, words, 1)
        self.insert = Button(look, look.text("hashtags.insert"), size="small", clicked=insert)
        self.insert.setAccessibleName(look.text("hashtags.insert_named", name=kept.name))
        row.addWidget(self.insert)
        self.change = IconButton(look, "pencil-simple", look.text("hashtags.change", name=kept.name), size=26, clicked=change)
        row.addWidget(self.change)
        self.remove = IconButton(look, "trash", look.text("hashtags.remove", name=kept.name), size=26, clicked=remove)
        row.addWidget(self.remove)


class HashtagSheet(Sheet):
    """`insert` hears the set that was chosen; then the sheet closes."""

    def __init__(self, face: PageFace, host: QWidget, insert: Callable[[HashtagSet], object]) -> None:
        look = face.look
        super().__init__(look, host, look.text("hashtags.title"))
        self._face = face
        self._insert = insert
        self._changing: int | None = None
        self.sets: list[HashtagSet] = []
        self.rows: list[SetRow] = []
        self._nothing = Label(look, look.text("hashtags.nothing"), "body", "text.secondary", wrap=True)
        self.body.addWidget(self._nothing)
        self._area = Scrolling()
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._area.hold(holder)
        self.body.addWidget(self._area)
        self.body.addWidget(Line(look))
        self.name = Field(look, look.text("hashtags.name"))
        self.body.addWidget(self.name)
        self.tags = Field(look, look.text("hashtags.tags"), placeholder=look.text("hashtags.tags_hint"))
        self.tags.line.returnPressed.connect(self.save)
        self.body.addWidget(self.tags)
        self.foot.addStretch(1)
        self.keep = Button(look, look.text("hashtags.make"), kind="primary", clicked=self.save)
        self.foot.addWidget(self.keep)
        self._read()

    def _read(self) -> None:
        self.show_sets(self._face.services.reads.now(lambda queries: queries.hashtag_sets()))

    def show_sets(self, sets: Sequence[HashtagSet]) -> None:
        self.sets = list(sets)
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for kept in sets:
            made = SetRow(self._face, kept, partial(self._chosen, kept), partial(self._change, kept), partial(self._remove, kept))
            made.setFixedHeight(self._look.theme.px(ROW))
            self._list.insertWidget(len(self.rows), made)
            self.rows.append(made)
        self._nothing.setVisible(not sets)
        self._area.setVisible(bool(sets))
        self._area.setFixedHeight(self._look.theme.px(ROW) * min(len(sets), MOST_SHOWN))
        self._column.invalidate()
        self._column.activate()
        self.place()

    def settle_focus(self) -> None:
        """The first set, to insert it with Enter."""
        (self.rows[0].insert if self.rows else self.name.line).setFocus()

    def _chosen(self, kept: HashtagSet) -> None:
        self.close_now()
        self._insert(kept)

    def _change(self, kept: HashtagSet) -> None:
        self._changing = kept.id
        self.name.line.setText(kept.name)
        self.tags.line.setText(" ".join(f"#{tag}" for tag in kept.tags))
        self.keep.setText(self._look.text("hashtags.keep"))
        self.name.line.setFocus()

    def _remove(self, kept: HashtagSet) -> None:
        if kept.id is not None:
            self._face.actions.start("remove hashtags", self._removed(kept.id))

    async def _removed(self, set_id: int) -> None:
        await self._face.services.drafting.remove_hashtags(set_id)
        self._read()

    def save(self) -> None:
        """Make the set, or keep its changes."""
        self.name.be_content()
        self.tags.be_content()
        kept = HashtagSet(self._changing, self.name.text, typed_tags(self.tags.text))
        self._face.actions.start("keep hashtags", self._save(kept))

    async def _save(self, kept: HashtagSet) -> None:
        try:
            await self._face.services.drafting.save_hashtags(kept)
        except UserMistake as mistake:
            (self.name if mistake.field == "name" else self.tags).complain(self._look.text(mistake.message))
            self.place()
            return
        self._changing = None
        self.name.line.clear()
        self.tags.line.clear()
        self.keep.setText(self._look.text("hashtags.make"))
        self._read()
