"""Where the post belongs: campaign with its phase, pillar, format and what that does to the mix, and what becomes of it when it is late."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.models.campaign import PhaseKind
from app.models.lateness import lateness_of
from app.models.mix import sells
from app.models.post import PostFormat
from app.ui.composer.around import campaign_of, phase_of
from app.ui.composer.composition import Composition, Edit
from app.ui.composer.plan_checks import week_mix
from app.ui.page import PageFace
from app.ui.widgets.inside import nest
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label, SectionLabel, text_width

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
NAME_ROOM = 158
"""For a campaign and its phase."""
HUE = "blue"
"""Of a campaign without one of its own."""


class PlanPart(QWidget):
    """Changes the draft through `edit`."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        super().__init__()
        self._face = face
        self._composition: Composition | None = None
        self._offered: list[tuple[str, object]] = []
        look = face.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(SectionLabel(look, look.text("composer.plan")))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.campaign = self._select(0, "composer.campaign")
        self.campaign.activated.connect(lambda: edit(lambda draft: replace(draft, campaign_id=self._chosen_campaign())))
        self.pillar = self._select(1, "composer.pillar")
        self.pillar.activated.connect(lambda: edit(lambda draft: replace(draft, pillar=str(self.pillar.currentData()))))
        self.late = self._select(2, "composer.late")
        self.late.setToolTip(look.text("composer.late.help"))
        self.late.offer([(look.text(f"composer.late.{name}"), text) for name, text in LATE.items()])
        self.late.activated.connect(lambda: edit(lambda draft: replace(draft, lateness=lateness_of(str(self.late.currentData())))))
        nest(column, self._grid)
        column.addWidget(Label(look, look.text("composer.format"), "small", "text.secondary"))
        formats = [(look.text(f"composer.format.{each}"), icon) for each, icon in FORMATS.items()]
        self.format = Segmented(look, look.text("composer.format"), formats, stacked=True)
        self.format.chosen.connect(lambda index: edit(lambda draft: replace(draft, format=list(FORMATS)[index])))
        column.addWidget(self.format)
        self.counts = Label(look, "", "caption", "text.tertiary", wrap=True)
        self.counts.setTextFormat(Qt.TextFormat.RichText)
        column.addWidget(self.counts)
        self._offer_pillars()
        look.theme.changed.connect(self._recolour)

    def _select(self, row: int, name: str) -> Select:
        look = self._face.look
        self._grid.addWidget(Label(look, look.text(name), "small", "text.secondary"), row, 0)
        made = Select(look, look.text(name))
        made.setIconSize(QSize(look.theme.px(16), look.theme.px(16)))
        self._grid.addWidget(made, row, 1)
        return made

    def _chosen_campaign(self) -> int | None:
        found = self.campaign.currentData()
        return found if isinstance(found, int) and found else None

    def _recolour(self) -> None:
        self._offer_pillars()
        self._offered = []
        if self._composition is not None:
            self.show_composition(self._composition)

    def _offer_pillars(self) -> None:
        look = self._face.look
        worn = self._composition.draft.pillar if self._composition is not None else ""
        self.pillar.offer([(look.text("composer.no_pillar"), ""), *look.pillars(worn)])
        for row in range(1, self.pillar.count()):
            hue, icon = look.theme.pillar(str(self.pillar.itemData(row)))
            self.pillar.setItemIcon(row, look.icons.icon(icon, look.theme.hue(hue, "text")))

    # ---- showing

    def show_composition(self, composition: Composition) -> None:
        self._composition = composition
        draft, look = composition.draft, self._face.look
        self._show_campaigns(composition)
        if self.pillar.findData(draft.pillar) < 0:
            self._offer_pillars()
        self.pillar.choose(draft.pillar)
        late = draft.lateness.to_text() if draft.lateness is not None else ""
        if self.late.findData(late) < 0 and draft.lateness is not None:
            self.late.addItem(look.text("composer.late.minutes", n=draft.lateness.minutes), late)
        self.late.choose(late)
        self.late.setEnabled(not composition.finished)
        self.format.choose(list(FORMATS).index(draft.format))
        self.show_counts(composition)

    def show_counts(self, composition: Composition) -> None:
        """What the post counts as, and what its week comes to with it."""
        mix = week_mix(composition)
        selling = sells(composition.draft.format)
        if mix is None:
            self.counts.setText(self._face.text("composer.counts_sells" if selling else "composer.counts_informs"))
        else:
            said = "composer.counts_sells.week" if selling else "composer.counts_informs.week"
            self.counts.setText(self._face.text(said, informs=mix.informs, sells=mix.sells))

    def _show_campaigns(self, composition: Composition) -> None:
        look, facts, chosen = self._face.look, composition.around, composition.draft.campaign_id
        offered: list[tuple[str, object]] = [(look.text("composer.no_campaign"), 0)]
        hues = [""]
        for row in facts.campaigns:
            phase = phase_of(facts, row.plan.id, composition.day)
            known = phase is not None and phase.kind in set(PhaseKind)
            offered.append((self._named(row.plan.name, look.text(f"composer.phase.{phase.kind}") if phase and known else ""), row.plan.id or 0))
            hues.append(row.plan.hue or HUE)
        if chosen and campaign_of(facts, chosen) is None:
            offered.append((look.text("composer.campaign_gone"), chosen))
            hues.append(HUE)
        if offered != self._offered:
            self._offered = offered
            self.campaign.offer(offered)
            for row_number, hue in enumerate(hues):
                if hue:
                    self.campaign.setItemIcon(row_number, _square(look.theme.hue(hue, "strong"), look.theme.px(16)))
        self.campaign.choose(chosen or 0)
        of_post = campaign_of(facts, chosen)
        self.campaign.setToolTip(of_post.plan.name if of_post is not None else "")

    def _named(self, campaign: str, phase: str) -> str:
        """With its phase; a long name gives way, the phase does not."""
        look = self._face.look
        if not phase:
            return campaign
        font = look.theme.font("body")
        whole = look.text("composer.campaign_phase", campaign=campaign, phase=phase)
        room = look.theme.px(NAME_ROOM) - text_width(look.text("composer.campaign_phase", campaign="", phase=phase), font)
        if text_width(whole, font) <= look.theme.px(NAME_ROOM):
            return whole
        short = QFontMetricsF(font).elidedText(campaign, Qt.TextElideMode.ElideRight, room)
        return look.text("composer.campaign_phase", campaign=short, phase=phase)


def _square(colour: QColor, side: int) -> QIcon:
    """A small square of a campaign's colour."""
    pixmap = QPixmap(side * 2, side * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    inset = side * 0.22
    painter.drawRoundedRect(QRectF(inset, inset, side - 2 * inset, side - 2 * inset), 2, 2)
    painter.end()
    return QIcon(pixmap)
