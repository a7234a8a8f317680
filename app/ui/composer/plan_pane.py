"""The right pane: when it leaves, which pillar and format it belongs to, and what the checks found."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.models.lateness import lateness_of
from app.models.post import PostFormat
from app.ui.composer.check_list import CheckList
from app.ui.composer.composition import Composition, Edit
from app.ui.composer.when import WhenSection
from app.ui.page import PageFace
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Line, Pane, Scrolling
from app.ui.widgets.text import Label, SectionLabel

PILLARS = ("releases", "catalogue", "scene", "community", "offers", "contest", "help", "house")
WIDTH = 340
FORMATS: dict[PostFormat, str] = {
    PostFormat.INFORMS: "info",
    PostFormat.ANNOUNCES: "newspaper",
    PostFormat.MEDIA: "image",
    PostFormat.POLL: "chart-bar-horizontal-fill",
    PostFormat.PROMO: "tag-simple",
}
"""All formats, in their order, and their icons."""
LATE = {"setting": "", "hour": "fine_until:60", "day": "fine_until:1440", "next_slot": "next_slot", "ask": "ask", "drop": "drop"}
"""What becomes of the post when its time passes while nothing can send it, as tables keep it."""


class PlanPane(Pane):
    """Scrolls where the window is low."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        super().__init__(face.look, "base", ("left",))
        self._face = face
        self._edit = edit
        look = face.look
        self.setAccessibleName(look.text("composer.plan"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        self.area = Scrolling()
        outer.addWidget(self.area)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.when = WhenSection(face)
        column.addWidget(self._framed(self.when))
        column.addWidget(Line(look))
        column.addWidget(self._framed(self._made_plan()))
        column.addWidget(Line(look))
        self.checks = CheckList(look)
        column.addWidget(self._framed(self.checks))
        column.addStretch(1)
        self.area.hold(content)
        look.theme.changed.connect(self._resize)
        self._resize()

    def _framed(self, inner: QWidget) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 12, 16, 14)
        column.addWidget(inner)
        return holder

    def _made_plan(self) -> QWidget:
        look, edit = self._face.look, self._edit
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(SectionLabel(look, look.text("composer.plan")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Label(look, look.text("composer.pillar"), "small", "text.secondary"), 0, 0)
        self.pillar = Select(look, look.text("composer.pillar"))
        self.pillar.activated.connect(lambda: edit(lambda draft: replace(draft, pillar=str(self.pillar.currentData()))))
        grid.addWidget(self.pillar, 0, 1)
        grid.addWidget(Label(look, look.text("composer.late"), "small", "text.secondary"), 1, 0)
        self.late = Select(look, look.text("composer.late"))
        self.late.setToolTip(look.text("composer.late.help"))
        self.late.offer([(look.text(f"composer.late.{name}"), text) for name, text in LATE.items()])
        self.late.activated.connect(lambda: edit(lambda draft: replace(draft, lateness=lateness_of(str(self.late.currentData())))))
        grid.addWidget(self.late, 1, 1)
        column.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(Label(look, look.text("composer.format"), "small", "text.secondary"))
        row.addStretch(1)
        self._counts = Label(look, "", "caption", "text.tertiary")
        row.addWidget(self._counts)
        column.addLayout(row)
        formats = [(look.text(f"composer.format.{each}"), icon) for each, icon in FORMATS.items()]
        self.format = Segmented(look, look.text("composer.format"), formats, stacked=True)
        self.format.chosen.connect(lambda index: edit(lambda draft: replace(draft, format=list(FORMATS)[index])))
        column.addWidget(self.format)
        self._offer_pillars()
        look.theme.changed.connect(self._offer_pillars)
        return holder

    def _offer_pillars(self) -> None:
        look = self._face.look
        self.pillar.offer([(look.text("composer.no_pillar"), ""), *((look.text(f"pillar.{pillar}"), pillar) for pillar in PILLARS)])
        self.pillar.setIconSize(QSize(look.theme.px(16), look.theme.px(16)))
        for row in range(1, self.pillar.count()):
            hue, icon = look.theme.pillar(str(self.pillar.itemData(row)))
            self.pillar.setItemIcon(row, look.icons.icon(icon, look.theme.hue(hue, "text")))

    def show_composition(self, composition: Composition) -> None:
        draft, look = composition.draft, self._face.look
        self.when.show_moment(composition.at, composition.row.keeper if composition.row is not None and composition.scheduled else None)
        self.when.set_read_only(composition.locked)
        self.when.promise.setVisible(not composition.finished)
        if draft.pillar and self.pillar.findData(draft.pillar) < 0:
            self.pillar.addItem(draft.pillar, draft.pillar)
        self.pillar.choose(draft.pillar)
        late = draft.lateness.to_text() if draft.lateness is not None else ""
        if self.late.findData(late) < 0 and draft.lateness is not None:
            self.late.addItem(look.text("composer.late.minutes", n=draft.lateness.minutes), late)
        self.late.choose(late)
        self.late.setEnabled(not composition.finished)
        self.format.choose(list(FORMATS).index(draft.format))
        sells = draft.format is PostFormat.PROMO
        self._counts.setText(look.text("composer.counts_sells" if sells else "composer.counts_informs"))

    def _resize(self) -> None:
        self.setFixedWidth(self._face.theme.px(WIDTH))
