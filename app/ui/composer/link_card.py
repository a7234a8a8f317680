"""The card of the post's first link, for networks that leave it to us: fetched after a pause, shown, and left out on request.

What is shown here is what goes out: a link that is still being fetched when the post is planned goes without a card, and opening a
planned post fetches nothing, for that would change it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.post import LinkPreview, Picture
from app.ui.composer.composition import Composition, Edit, Place
from app.ui.composer.goes_to import PartCard
from app.ui.composer.link_view import LinkView
from app.ui.composer.thumbnails import Thumbnails
from app.ui.page import PageFace, Started
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.text import ElidedLabel, Label

PAUSE_MS = 900
"""After the last key in the link: half an address is nobody's page."""


class Phase(Enum):
    """Where the link stands; the id of its sentence and of its button."""

    FETCHING = ("composer.link_card.fetching", "composer.link_card.stop")
    SHOWN = ("", "composer.link_card.leave_out")
    NONE = ("composer.link_card.none", "composer.link_card.again")
    WITHOUT = ("composer.link_card.without", "composer.link_card.fetch")


class LinkCard(PartCard):
    """Hidden while no network needs it. An answer about an older link is dropped."""

    def __init__(
        self, face: PageFace, thumbnails: Thumbnails, path: Callable[[Picture], Path], edit: Edit, left_out: set[str]
    ) -> None:
        """`left_out`: the links that the user wants no card of; filled here."""
        super().__init__(face.look, "link-simple", face.text("composer.link_card"))
        self._face = face
        self._thumbnails = thumbnails
        self._path = path
        self._edit = edit
        self._left_out = left_out
        self._link = ""
        self._phase = Phase.WITHOUT
        self._planned = False
        self._work: Started | None = None
        self._asked: object | None = None
        """Of the question under way: its answer is the one that counts."""
        self._shown: tuple[str, Phase, LinkPreview | None] | None = None
        self._content: QWidget | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.ask_now)
        row = QHBoxLayout()
        row.setSpacing(10)
        self._place = QHBoxLayout()
        nest(row, self._place, 1)
        self.act = Button(face.look, "", size="small", clicked=self._pressed)
        row.addWidget(self.act, 0, Qt.AlignmentFlag.AlignTop)
        nest(self.column, row)
        self.hide()

    # ---- what the page asks

    def begin(self) -> None:
        """Another post, or the page goes: what is under way is not wanted any more."""
        self._drop()
        self._link, self._planned = "", False

    def stop(self) -> None:
        """The post is sent: what is not there by now does not go along."""
        if self._phase is Phase.FETCHING:
            self._drop()
            self._phase = Phase.WITHOUT
            self._repaint()

    def show_composition(self, composition: Composition) -> None:
        """May change the draft, and then comes back to itself through the page: nothing may follow it."""
        draft, card = composition.draft, composition.draft.link_card
        newly_planned = composition.scheduled and not self._planned
        self._planned = composition.scheduled
        if composition.locked:
            self._drop()
            takers = tuple(place for place in composition.chosen if place.limits.link_card)
            self._show(takers if not draft.pictures and card is not None else (), Phase.SHOWN, card, locked=True)
            return
        takers = tuple(place for place in composition.open if place.limits.link_card)
        link = self._first_link(composition, takers)
        if link != self._link or newly_planned:
            self._turn_to(link, fetch=not newly_planned and link != draft.no_card_of)
        fits = card is not None and card.url == link
        if not link or draft.pictures:
            self._drop()
            self._link = ""
            self._show((), Phase.WITHOUT, None)
        elif fits:
            self._drop()
            self._phase = Phase.SHOWN
            self._show(takers, Phase.SHOWN, card)
        else:
            if self._phase is Phase.SHOWN:  # taken out elsewhere
                self._phase = Phase.WITHOUT
            self._show(takers, self._phase, None)
        if card is not None and takers and not fits:
            self._edit(lambda draft: replace(draft, link_card=None))

    def ask_now(self) -> None:
        """The pause is over."""
        self._soon.stop()
        if not self.isVisible():  # the page is gone; it asks when it is back
            self._link = ""
        elif self._phase is Phase.FETCHING and self._asked is None:
            self._asked = object()
            self._work = self._face.actions.start("card of a link", self._ask(self._link, self._asked))

    # ---- inside

    def _first_link(self, composition: Composition, takers: tuple[Place, ...]) -> str:
        """Of the first part as the first of these networks gets it: a card belongs to one link."""
        links = (self._face.services.links.link_of(composition.parts(place.id)[0]) for place in takers)
        return next((link for link in links if link), "")

    def _turn_to(self, link: str, *, fetch: bool) -> None:
        self._drop()
        self._link = link
        self._phase = Phase.WITHOUT
        if link and fetch and link not in self._left_out:
            self._phase = Phase.FETCHING
            self._soon.start()

    def _drop(self) -> None:
        """Whatever was asked is not to be answered."""
        self._soon.stop()
        work, self._work, self._asked = self._work, None, None
        if work is not None:
            work.cancel()

    async def _ask(self, link: str, asked: object) -> None:
        card = None
        try:
            card = await self._face.services.links.preview(link)
        finally:  # an error is told by whoever started this; the card is not waited for any longer
            if asked is self._asked:
                self._asked = self._work = None
                self._came(card)

    def _came(self, card: LinkPreview | None) -> None:
        self._phase = Phase.NONE if card is None else Phase.SHOWN
        if card is None:
            self._repaint()
        else:
            self._edit(lambda draft: replace(draft, link_card=replace(card, url=self._link)))

    def _pressed(self) -> None:
        """The one button: leaves the card out, or wants it after all."""
        if self._phase in (Phase.FETCHING, Phase.SHOWN):
            self._left_out.add(self._link)
            self._drop()
            self._phase = Phase.WITHOUT
            self._edit(lambda draft: replace(draft, link_card=None, no_card_of=self._link))
            self._repaint()
        else:
            self._left_out.discard(self._link)
            self._edit(lambda draft: replace(draft, no_card_of=""))
            self._phase = Phase.FETCHING
            self._repaint()
            self.ask_now()

    def _show(self, takers: tuple[Place, ...], phase: Phase, card: LinkPreview | None, *, locked: bool = False) -> None:
        self.setVisible(bool(takers))
        if not takers:
            return
        self.goes_to.show_places(takers, [self._face.text("composer.link_card.takes_it")] * len(takers))
        self.act.setVisible(not locked)
        self._fill(phase, card)

    def _repaint(self) -> None:
        self._fill(self._phase, None)

    def _fill(self, phase: Phase, card: LinkPreview | None) -> None:
        if self._shown == (self._link, phase, card):
            return
        self._shown = (self._link, phase, card)
        if self._content is not None:
            self._place.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        look, (said, button) = self._face.look, phase.value
        self.act.setText(look.text(button))
        if card is not None:
            self._content = LinkView(look, self._thumbnails, self._path, card)
        elif phase is Phase.FETCHING:
            self._content = ElidedLabel(look, look.text(said, link=isolated(self._link)), "small", "text.secondary")
        else:
            self._content = Label(look, look.text(said), "small", "text.secondary", wrap=True)
        self._place.addWidget(self._content)
