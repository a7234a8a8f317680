"""Publishes the pictures as a set on one account; the others carry the first one and the set's link. And what can be done while they wait for it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.image_set import PLACE, is_set, waits
from app.models.outbox import DeliveryState, OutboxRow
from app.runtime.words import Message
from app.ui.composer.composition import Composition, Edit
from app.ui.composer.drafting import is_video
from app.ui.composer.goes_to import PartCard
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

NO_SET = 0
NO_LINK = "set.no_link"


class SetCard(PartCard):
    """Shown where there are pictures and more than one account."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        look = face.look
        super().__init__(look, "stack", face.text("set.title"))
        self._face = face
        self._edit = edit
        self.account = Select(look, look.text("set.title"))
        self.account.activated.connect(lambda _row: self._choose())
        self.head.insertWidget(2, self.account)
        self.said = Label(look, "", "small", "text.secondary", wrap=True)
        self.column.addWidget(self.said)

    def show_composition(self, composition: Composition) -> None:
        draft, look = composition.draft, self._face.look
        stills = [picture for picture in draft.pictures if not is_video(picture)]
        fits = len(composition.chosen) > 1 and bool(stills) and len(stills) == len(draft.pictures)
        self.setVisible(fits or is_set(draft))
        self.account.offer([(look.text("set.none"), NO_SET), *((place.name, place.id) for place in composition.chosen)])
        self.account.choose(draft.set_account_id if is_set(draft) else NO_SET)
        self.account.setEnabled(not composition.locked)
        others = [place for place in composition.chosen if waits(draft, place.id)]
        self.goes_to.setVisible(bool(others))
        self.goes_to.show_places(others, [look.text("set.goes_hint")] * len(others))
        if others:
            names = look.words.listing([place.name for place in others])
            self.said.setText(look.text("set.said", networks=names, place=PLACE))
        else:
            self.said.setText(look.text("set.offer"))

    def _choose(self) -> None:
        chosen = int(self.account.currentData()) or None
        self._edit(lambda draft: replace(draft, set_account_id=chosen))


class WaitingRow(QWidget):
    """Under a delivery that waits for a set: its link, where nobody but the user knows it, and leaving without."""

    def __init__(self, face: PageFace, row: OutboxRow) -> None:
        super().__init__()
        look, sets = face.look, face.services.image_sets
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.link = LineField(look, look.text("set.paste_link"), placeholder=look.text("set.paste_link"))
        give = Button(look, look.text("set.give_link"), icon="link-simple", size="small")

        def given() -> None:
            url = self.link.text().strip()
            address = url if url.startswith(("https://", "http://")) or not url else f"https://{url}"
            face.actions.start("give link", sets.give_link(row.id, address))

        give.clicked.connect(lambda _checked=False: given())
        self.link.returnPressed.connect(given)
        asks = _reason_of(row) == NO_LINK
        for widget in (self.link, give):
            widget.setVisible(asks)
        line.addWidget(self.link, 1)
        line.addWidget(give)
        self.without = Button(
            look,
            look.text("set.without_link"),
            size="small",
            clicked=lambda: face.actions.start("send without link", sets.send_without([row.id])),
        )
        line.addWidget(self.without)
        line.addStretch(0 if asks else 1)


def waiting_row(face: PageFace, row: OutboxRow) -> QWidget | None:
    """For a delivery that waits for a set; None for others."""
    states = (DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.BY_HAND)
    return WaitingRow(face, row) if row.waits_for is not None and row.state in states else None


def _reason_of(row: OutboxRow) -> str:
    try:
        return Message.from_json(row.reason).id if row.reason else ""
    except ValueError:
        return ""
