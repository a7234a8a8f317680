"""The card in which the post is written: tabs for each text, a content warning, the parts of a thread, and the row of tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.composer.composition import Composition, Edit, Measure, Place, fullest, lengths
from app.ui.composer.drafting import has_own, with_parts
from app.ui.composer.editor import PartEditor
from app.ui.composer.findings import Check, Level
from app.ui.composer.hashtags import Hashtags
from app.ui.composer.languages import language_name
from app.ui.composer.part_box import PartBox
from app.ui.composer.spelling import Spelling
from app.ui.composer.tabs import BASE, PREVIEW, TabFace, Tabs
from app.ui.composer.tools import Tools
from app.ui.page import PageFace
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.field import LineField
from app.ui.widgets.inside import nest
from app.ui.widgets.length_ring import LengthRing
from app.ui.widgets.strip import IconSpot, Strip
from app.ui.widgets.surface import Card, Line
from app.ui.widgets.text import Label


class TextCard(Card):
    """`turned` says the tab that was chosen, `pictures` what was pasted, `mended` the click on the offer to split."""

    turned = Signal(int)
    pictures = Signal(object)
    mended = Signal(object)

    def __init__(self, face: PageFace, measure: Measure, edit: Edit) -> None:
        super().__init__(face.look, "raised", "border.strong")
        self._face = face
        self._measure = measure
        self._edit = edit
        self._composition: Composition | None = None
        self._boxes: list[PartBox] = []
        self._checks: Sequence[Check] = ()
        self._narrow = False
        self._asks_warning = False
        self.hashtags = Hashtags(face, self.editors, self.current_part)
        self.spelling = Spelling(face, self.editors)
        look = face.look
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        self.tabs = Tabs(look)
        self.tabs.chosen.connect(self.turned)
        holder = QHBoxLayout()
        holder.setContentsMargins(5, 2, 5, 0)
        holder.addWidget(self.tabs)
        nest(column, holder)
        column.addWidget(Line(look))
        self.body = QWidget()
        self._fill(QVBoxLayout(self.body))
        column.addWidget(self.body)
        self.preview_place = QVBoxLayout()
        self.preview_place.setContentsMargins(0, 0, 0, 6)
        nest(column, self.preview_place)
        self.tools = Tools(face, edit)
        column.addWidget(self.tools)

    def _fill(self, column: QVBoxLayout) -> None:
        look = self._face.look
        column.setContentsMargins(15, 10, 15, 10)
        column.setSpacing(8)
        self.whose = QWidget()
        row = QHBoxLayout(self.whose)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._whose_words = Label(look, "", "caption", "text.tertiary", wrap=True)
        self.base_again = Button(
            look, look.text("composer.base_again"), kind="flat", size="small",
            clicked=lambda: self._face.actions.run("composer.base_again"),
        )  # fmt: skip
        row.addWidget(self._whose_words, 1)
        row.addWidget(self.base_again, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.whose)
        self.warning = QWidget()
        row = QHBoxLayout(self.warning)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconSpot(look, "warning-circle", "status.warn.text"))
        self.warning_line = LineField(look, look.text("composer.warning"), placeholder=look.text("composer.warning_hint"))
        self.warning_line.textEdited.connect(self._warned)
        row.addWidget(self.warning_line, 1)
        row.addWidget(IconButton(look, "x", look.text("composer.remove_warning"), size=24, clicked=lambda: self.show_warning(False)))
        column.addWidget(self.warning)
        self._parts = QVBoxLayout()
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(8)
        nest(column, self._parts)
        self._unspelt = Label(look, "", "caption", "text.tertiary", wrap=True)
        column.addWidget(self._unspelt)
        self.offer = Strip(look, "warn")
        self.split = self.offer.add_button("")
        self.split.clicked.connect(self._split_clicked)
        column.addWidget(self.offer)

    # ---- what the page asks

    @property
    def ring(self) -> LengthRing:
        """How full the text is while there is one part."""
        return self.tools.ring

    @property
    def asks_warning(self) -> bool:
        """Whether the field for the content warning is open."""
        return self._asks_warning

    def editors(self) -> list[PartEditor]:
        return [box.editor for box in self._boxes]

    def current_part(self) -> int:
        """The part the keyboard is in, else the last."""
        for index, box in enumerate(self._boxes):
            if box.editor.hasFocus():
                return index
        return len(self._boxes) - 1

    def edit_part(self, index: int) -> None:
        """Put the cursor at the end of a part."""
        if self._boxes:
            editor = self._boxes[min(max(index, 0), len(self._boxes) - 1)].editor
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            editor.moveCursor(editor.textCursor().MoveOperation.End)

    def show_warning(self, wanted: bool) -> None:
        """Open the field for the content warning, or close it and drop what it says."""
        self._asks_warning = wanted
        if wanted:
            self.warning.show()
            self.warning_line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._warned("")
            self.edit_part(0)

    def begin(self) -> None:
        """Another post: nothing of the one before may be undone into it."""
        self._asks_warning = False
        for box in self._boxes:
            box.editor.show_text("")
            box.editor.document().clearUndoRedoStacks()

    # ---- showing

    def show_composition(self, composition: Composition, *, narrow: bool, previewing: bool) -> None:
        """Everything but the lengths and what the checks found."""
        self._composition = composition
        self._narrow = narrow
        look, draft = self._face.look, composition.draft
        self._show_tabs(composition, previewing)
        place = composition.place(composition.tab)
        own = has_own(draft, composition.tab)
        self.whose.setVisible(place is not None)
        if place is not None:
            said = "composer.whose_own" if own else "composer.whose_base"
            self._whose_words.setText(look.text(said, network=place.name))
        read_only = composition.locked or composition.tab in composition.served
        self.base_again.setVisible(own and not read_only)
        self._asks_warning = self._asks_warning or bool(draft.warning)
        self.warning.setVisible(self._asks_warning)
        if self.warning_line.text() != draft.warning:
            self.warning_line.setText(draft.warning)
        self.warning_line.setReadOnly(read_only)
        parts = composition.parts(composition.tab)
        self._keep_boxes(len(parts))
        name = place.name if place is not None else look.text("composer.base_text")
        for box, part in zip(self._boxes, parts, strict=True):
            box.show_part(part, len(parts), name, read_only=read_only)
        self.body.setVisible(not previewing)
        self.tools.setVisible(not previewing and not composition.locked)
        self.tools.show_composition(composition, warning=self._asks_warning)
        self.hashtags.show_composition(composition)
        self.spelling.show_composition(composition)
        self._unspelt.setVisible(bool(draft.language) and not self.spelling.knows and not read_only)
        self._unspelt.setText(look.text("composer.no_dictionary", language=language_name(look, draft.language)))
        self.show_lengths(composition)

    def show_lengths(self, composition: Composition) -> None:
        """The rings; asked at each key."""
        self._composition = composition
        place = composition.place(composition.tab)
        places = (place,) if place is not None else self._base_readers(composition)
        measured = [lengths(composition, self._measure, place.id) for place in places]
        per_part = [fullest(part) for part in zip(*measured, strict=False)] if measured else []
        for index, box in enumerate(self._boxes):
            length, limit = per_part[index] if index < len(per_part) else (0, 0)
            box.ring.show_length(length, limit)
        alone = len(self._boxes) == 1
        self.ring.setVisible(alone)
        if alone:
            self.ring.show_length(*(per_part[0] if per_part else (0, 0)))

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Offer to split what is too long; mark the tabs where something is to be fixed."""
        self._checks = checks
        offered = self._offered()
        self.offer.setVisible(offered is not None)
        if offered is not None and offered.mend is not None:
            look = self._face.look
            self.offer.show_message("warn", look.text(offered.said).replace("&", "&amp;").replace("<", "&lt;"))
            self.split.setText(look.text(offered.mend.label_id, n=offered.mend.n))
        if self._composition is not None:
            self._show_tabs(self._composition, self.tabs.key == PREVIEW)

    # ---- inside

    def _offered(self) -> Check | None:
        composition = self._composition
        for each in self._checks:
            if each.mend is None or each.mend.verb != "split" or composition is None:
                continue
            account = each.mend.account
            if account == composition.tab or (composition.tab is None and not has_own(composition.draft, account)):
                return each
        return None

    def _show_tabs(self, composition: Composition, previewing: bool) -> None:
        look = self._face.look
        wrong = {each.mend.account for each in self._checks if each.level is Level.FIX and each.field == "text" and each.mend}
        faces = [TabFace(BASE, look.text("composer.base_text"))]
        for place in composition.chosen:
            faces.append(TabFace(place.id, place.name, has_own(composition.draft, place.id), place.id in wrong))
        if self._narrow:
            faces.append(TabFace(PREVIEW, look.text("composer.preview_tab")))
        self.tabs.show_faces(faces, PREVIEW if previewing else composition.tab or BASE)

    @staticmethod
    def _base_readers(composition: Composition) -> tuple[Place, ...]:
        return tuple(place for place in composition.chosen if not has_own(composition.draft, place.id))

    def _keep_boxes(self, count: int) -> None:
        while len(self._boxes) > count:
            box = self._boxes.pop()
            self._parts.removeWidget(box)
            box.hide()
            box.deleteLater()
        while len(self._boxes) < count:
            index = len(self._boxes)
            box = PartBox(self._face.look, index)
            box.edited.connect(lambda text, index=index: self._part_edited(index, text))
            box.removed.connect(lambda index=index: self._part_removed(index))
            box.pictures.connect(self.pictures)
            self._parts.addWidget(box)
            self._boxes.append(box)
            self.hashtags.watch(box.editor)
            self.spelling.watch(box.editor)

    def _part_edited(self, index: int, text: str) -> None:
        composition = self._composition
        if composition is None:
            return
        parts = list(composition.parts(composition.tab))
        if index < len(parts) and parts[index] != text:
            parts[index] = text
            self._edit(lambda draft: with_parts(draft, composition.tab, tuple(parts)))

    def _part_removed(self, index: int) -> None:
        composition = self._composition
        if composition is None:
            return
        parts = list(composition.parts(composition.tab))
        gone = parts.pop(index)
        if gone.strip():  # never lose words: they join the part before, or the one after
            other = max(index - 1, 0)
            joined = (parts[other], gone) if index else (gone, parts[other])
            parts[other] = "\n\n".join(text for text in joined if text.strip())
        self._edit(lambda draft: with_parts(draft, composition.tab, tuple(parts)))
        self.edit_part(max(index - 1, 0))

    def _warned(self, text: str) -> None:
        self._edit(lambda draft: replace(draft, warning=text))

    def _split_clicked(self) -> None:
        offered = self._offered()
        if offered is not None:
            self.mended.emit(offered.mend)

