"""The composer's surface: header, editor column, preview and plan; shows a composition on all of them and finds them room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.post import PostDraft
from app.ui.composer.account_cards import AccountCards
from app.ui.composer.checks import check
from app.ui.composer.composition import Composition
from app.ui.composer.deliveries_card import DeliveriesCard
from app.ui.composer.desk import Desk
from app.ui.composer.drafting import own_texts
from app.ui.composer.findings import Check, Level
from app.ui.composer.header import Header
from app.ui.composer.languages import heard_in
from app.ui.composer.link_card import LinkCard
from app.ui.composer.pictures_card import PicturesCard
from app.ui.composer.plan_pane import PlanPane
from app.ui.composer.poll_card import PollCard
from app.ui.composer.preview_pane import PreviewPane
from app.ui.composer.price_line import PriceLine
from app.ui.composer.quote_card import QuoteCard
from app.ui.composer.series_card import SeriesCard
from app.ui.composer.set_card import SetCard
from app.ui.composer.tabs import BASE, PREVIEW
from app.ui.composer.text_card import TextCard
from app.ui.composer.thumbnails import Thumbnails
from app.ui.composer.tracked_link_card import TrackedLinkCard
from app.ui.page import PageFace
from app.ui.widgets.focus_order import move_focus
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Pane, Scrolling

CHECK_MS = 150
"""After the last key."""
NARROW = 1164
"""Below it (the window below 1240) the preview is a tab of the editor."""
EDITOR = 580
COUNTING_MS = 1000
EMPTY = "composer.check.empty"
ANY_WIDTH = 16_777_215


class EditorPane(Pane):
    """The column that is written in; it ends above what is said at its bottom."""

    def leave_room(self, height: int) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 1, height)


class Bench(QWidget):
    """Reads the desk, never a service's data. Cards change the draft through `edit`."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        self._face = face
        self._desk = desk
        self.tab: int | None = None
        """The account whose text is shown; None for the base text."""
        self.previewing = False
        self.checks: list[Check] = []
        self._begun = False
        self.asked = False
        """Somebody wanted to send it: from now on an empty post is told to be empty."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHECK_MS)
        self._soon.timeout.connect(self.rested)
        self._language_chosen = False
        """Until then the post's language is that of its words."""
        self._counting = QTimer(self)
        """Runs while the post waits out its undo time."""
        self._counting.setInterval(COUNTING_MS)
        self._counting.timeout.connect(self.show_all)
        self._was_leaving = False
        """The post was shown waiting out its undo time, and has not been shown as a draft since."""
        self._build()
        desk.kept.connect(self.header.show_kept)
        desk.changed.connect(self.show_all)
        face.look.theme.changed.connect(self._arrange)

    def _build(self) -> None:
        face, thumbnails, path = self._face, Thumbnails(), self._face.services.posts.picture_path
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = Header(face)
        self.header.titled.connect(lambda title: self.edit(lambda draft: replace(draft, title=title)))
        column.addWidget(self.header)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.editor_pane = EditorPane(face.look, "base", ("right",))
        self._row.addWidget(self.editor_pane)
        self.preview = PreviewPane(face, thumbnails, path)
        self._row.addWidget(self.preview, 1)
        self.plan = PlanPane(face, self.edit)
        self.plan.when.changed.connect(self._time_chosen)
        self._row.addWidget(self.plan)
        nest(column, self._row, 1)
        measure = face.services.posts.measure
        self.deliveries = DeliveriesCard(face)
        self.accounts = AccountCards(face.look, measure)
        self.text = TextCard(face, measure, self.edit)
        self.text.turned.connect(self.turn_to)
        self.quote = QuoteCard(face, self.edit)
        self.price = PriceLine(face)
        self.link_card = LinkCard(face, thumbnails, path, self.edit, self._desk.left_out)
        self.tracked = TrackedLinkCard(face, self.edit)
        self.poll = PollCard(face, self.edit)
        self.pictures = PicturesCard(face, thumbnails, path, self.edit)
        self.set_card = SetCard(face, self.edit)
        self.series = SeriesCard(face, self.edit)
        self._build_editor()

    def _build_editor(self) -> None:
        outer = QVBoxLayout(self.editor_pane)
        outer.setContentsMargins(0, 0, 1, 0)
        self.area = Scrolling()
        outer.addWidget(self.area)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 14, 20, 20)
        column.setSpacing(12)
        for card in (self.deliveries, self.accounts, self.text, self.quote, self.tracked, self.link_card, self.price, self.poll, self.pictures, self.set_card, self.series):
            column.addWidget(card)
        column.addStretch(1)
        self.area.hold(content)

    # ---- the draft

    def edit(self, change: Callable[[PostDraft], PostDraft]) -> None:
        """Everything that changes the draft goes through here. Words are shown at once, what follows from them after a pause."""
        before = self._desk.draft
        if not self._desk.edit(change):
            return
        after = self._desk.draft
        self._language_chosen = self._language_chosen or after.language != before.language
        if replace(after, parts=before.parts, variants=before.variants) == before:
            if (len(before.parts), list(own_texts(before))) != (len(after.parts), list(own_texts(after))):
                self.show_text()
            else:
                self._show_lengths()
            self._soon.start()
        else:
            self.show_all()

    def composition(self) -> Composition:
        """What is shown now."""
        return replace(self._desk.composition(), tab=self.tab, wrong_time=self.plan.when.wrong)

    def begin(self, origin_title: str) -> None:
        """Another post came to the desk."""
        self._begun = True
        self._language_chosen = heard_in(self._desk.draft) not in ("", self._desk.draft.language)
        self._counting.stop()
        self._was_leaving = False
        self.tab, self.previewing, self.checks = None, False, []
        self.asked = False
        self.header.drop_title()
        self.header.show_kept(self._desk.kept_at)
        self.header.show_origin(origin_title)
        self.text.begin()
        self.link_card.begin()
        self.quote.begin()
        self.plan.when.begin(self.composition().at)
        self._arrange()
        self.show_all()
        self.area.verticalScrollBar().setValue(0)

    def retire(self) -> None:
        """Another bench takes over: hear nothing any more."""
        self._soon.stop()
        self._counting.stop()
        self.pictures.fit.stop()
        self.text.spelling.stop()
        self.link_card.begin()
        self.quote.begin()
        self._desk.kept.disconnect(self.header.show_kept)
        self._desk.changed.disconnect(self.show_all)
        self._face.theme.changed.disconnect(self._arrange)

    # ---- showing

    def show_all(self) -> None:
        """Everything, the checks included."""
        if not self._begun:
            return
        composition = self.composition()
        if self.tab is not None and composition.place(self.tab) not in composition.chosen:
            self.tab = None
            composition = self.composition()
        self.deliveries.show_composition(composition, self._face.clock.now())
        self.poll.show_composition(composition)
        self.pictures.show_composition(composition)
        self.set_card.show_composition(composition)
        self.series.show_composition(composition)
        self.plan.show_composition(composition)
        self.show_text()
        self.look_over()
        self._count_down(composition)
        self._desk.films.ask(composition.draft.pictures)

    def show_text(self) -> None:
        """The words and whose they are."""
        composition = self.composition()
        self.header.show_composition(composition)
        self.accounts.show_composition(composition)
        self.text.show_composition(composition, narrow=self._narrow(), previewing=self.previewing)

    def _show_lengths(self) -> None:
        """At each key: how full the texts are, and nothing else."""
        composition = self.composition()
        self.accounts.show_composition(composition)
        self.text.show_lengths(composition)

    def rested(self) -> None:
        """A moment after the last key."""
        heard = heard_in(self._desk.draft)
        if heard and not self._language_chosen and self._desk.edit(lambda draft: replace(draft, language=heard)):
            self.show_text()
        self.look_over()

    def look_over(self) -> None:
        """Check, name and preview; 150 ms after the last key."""
        self._soon.stop()
        self._desk.around.ask(self._desk.draft)
        composition = self.composition()
        posts = self._face.services.posts
        self.checks = check(composition, posts.measure, posts.split)
        self.plan.checks.show_checks(self.checks if self.asked else [each for each in self.checks if each.said.id != EMPTY])
        self.text.show_checks(self.checks)
        self.header.show_composition(composition)
        self.preview.show_composition(composition)
        self.plan.part.show_counts(composition)
        self.price.show_composition(composition)
        self.quote.show_composition(composition)
        self.link_card.show_composition(composition)
        self.tracked.show_composition(composition)
        self._face.actions.refresh()

    def to_fix(self) -> Check | None:
        """The first finding that is in the way of sending, looked for now."""
        self.plan.when.commit()
        self.look_over()
        return next((each for each in self.checks if each.level is Level.FIX), None)

    def turn_to(self, key: int) -> None:
        """Show another text, or the preview."""
        self.previewing = key == PREVIEW and self._narrow()
        if key != PREVIEW:
            self.tab = None if key == BASE else key
        self._arrange()
        self.show_text()
        self.look_over()

    def _count_down(self, composition: Composition) -> None:
        """While it can be taken back the seconds are shown; taken back, the keyboard is in its words again, also where that is heard of after
        the last second.
        """
        if composition.leaves_at is not None:
            self._was_leaving = True
            if not self._counting.isActive():
                self._counting.start()
            return
        self._counting.stop()
        if composition.scheduled:
            return
        taken_back, self._was_leaving = self._was_leaving and not composition.served, False
        if taken_back and self.isVisible():
            self.text.edit_part(0)

    # ---- room

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move_focus(self, forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self._begun:
            self.show_text()

    def _narrow(self) -> bool:
        return self.width() < self._face.theme.px(NARROW)

    def _arrange(self) -> None:
        """The preview in its own column, or in the editor's card while its tab is chosen."""
        narrow = self._narrow()
        if narrow:
            self.editor_pane.setMinimumWidth(0)
            self.editor_pane.setMaximumWidth(ANY_WIDTH)
            if self.text.preview_place.indexOf(self.preview) < 0:
                self.text.preview_place.addWidget(self.preview)
        else:
            self.previewing = False
            self.editor_pane.setFixedWidth(self._face.theme.px(EDITOR))
            if self._row.indexOf(self.preview) < 0:
                self._row.insertWidget(1, self.preview, 1)
        self._row.setStretchFactor(self.editor_pane, 1 if narrow else 0)
        self.preview.stand_in_card(narrow)
        self.preview.setVisible(not narrow or self.previewing)

    def _time_chosen(self, at: datetime | None) -> None:
        zone = str(self._face.words.zone)
        self.edit(lambda draft: replace(draft, planned_at=at, zone=zone if at is not None else ""))
        self.show_all()
