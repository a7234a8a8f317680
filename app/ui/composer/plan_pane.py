"""The right pane: when it leaves, where it belongs, and what the checks found."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.composer.check_list import CheckList
from app.ui.composer.composition import Composition, Edit
from app.ui.composer.plan_part import PlanPart
from app.ui.composer.spacing import SpacingRow
from app.ui.composer.when import WhenSection, show_picks
from app.ui.page import PageFace
from app.ui.widgets.surface import Line, Pane, Scrolling

WIDTH = 340


class PlanPane(Pane):
    """Scrolls where the window is low."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        super().__init__(face.look, "base", ("left",))
        self._face = face
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
        self.spacing = SpacingRow(face, edit)
        leaving = QWidget()
        parts = QVBoxLayout(leaving)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(8)
        parts.addWidget(self.when)
        parts.addWidget(self.spacing)
        column.addWidget(self._framed(leaving))
        column.addWidget(Line(look))
        self.part = PlanPart(face, edit)
        column.addWidget(self._framed(self.part))
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

    def show_composition(self, composition: Composition) -> None:
        self.when.show_moment(composition.at, composition.row.keeper if composition.row is not None and composition.scheduled else None)
        self.when.set_read_only(composition.locked)
        self.when.promise.setVisible(not composition.finished)
        self.when.good.show_composition(composition)
        show_picks(self.when, good=bool(composition.around.times))
        self.spacing.show_composition(composition)
        self.part.show_composition(composition)

    def _resize(self) -> None:
        self.setFixedWidth(self._face.theme.px(WIDTH))
