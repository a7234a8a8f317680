"""The evergreen posts: which may go again, which have to wait for their words, and one key to plan one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.evergreen import EvergreenPost
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Line
from app.ui.widgets.text import ElidedLabel, Label

UNDO_SECONDS = 10
WIDTH = 620
MOST_SHOWN = 8


class EvergreenSheet(Sheet):
    """Enter on a row plans it; the button beside it begins a draft with other words."""

    def __init__(self, face: PageFace, host: QWidget, offers: Sequence[EvergreenPost]) -> None:
        super().__init__(face.look, host, face.text("evergreen.title"), width=WIDTH)
        self._face = face
        look = face.look
        self.body.addWidget(
            Label(
                look, face.text("evergreen.said" if offers else "evergreen.none"), "small", "text.secondary", wrap=True
            )
        )
        self.queues: list[Button] = []
        for offer in offers[:MOST_SHOWN]:
            self.body.addWidget(Line(look))
            self.body.addWidget(self._row(offer))
        if len(offers) > MOST_SHOWN:
            self.body.addWidget(
                Label(look, face.text("evergreen.more", n=len(offers) - MOST_SHOWN), "small", "text.tertiary")
            )

    def _row(self, offer: EvergreenPost) -> QWidget:
        look, face = self._look, self._face
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = isolated(offer.title) if offer.title else face.text("calendar.untitled")
        words.addWidget(ElidedLabel(look, title, "bodyStrong"))
        said = self._said(offer)
        words.addWidget(Label(look, said, "small", "text.secondary", wrap=True))
        nest(row, words, 1)
        queue = Button(
            look,
            face.text("evergreen.queue"),
            icon="arrows-clockwise",
            size="small",
            clicked=lambda: self._queue(offer),
        )
        queue.setAccessibleName(f"{queue.text()}: {title}. {said}")
        reword = Button(
            look,
            face.text("evergreen.reword"),
            icon="pencil-simple",
            size="small",
            kind="flat",
            clicked=lambda: self._reword(offer),
        )
        reword.setAccessibleName(f"{reword.text()}: {title}")
        self.queues.append(queue)
        row.addWidget(queue)
        row.addWidget(reword)
        return holder

    def _said(self, offer: EvergreenPost) -> str:
        face = self._face
        parts = [face.words.listing([network_name(network) for network in offer.networks])]
        if offer.last_at is not None:
            parts.append(face.text("evergreen.times", n=offer.times, day=face.words.day(offer.last_at)))
        else:
            parts.append(face.text("evergreen.never"))
        if offer.planned_at is not None:
            parts.append(face.text("evergreen.planned", at=face.words.day_and_time(offer.planned_at)))
        elif offer.free_from is not None:
            parts.append(face.text("evergreen.free_from", day=face.words.day(offer.free_from)))
        else:
            parts.append(face.text("evergreen.may_go"))
        return " · ".join(part for part in parts if part)

    def _queue(self, offer: EvergreenPost) -> None:
        face = self._face

        async def work() -> None:
            queued = await face.services.evergreen.queue(offer.id)
            if queued.at is not None:
                said = message("evergreen.queued", at=face.words.day_and_time(queued.at))
            else:
                said = message("evergreen.drafted")
            face.notices.say(said, undo=True, seconds=UNDO_SECONDS)

        face.actions.start("plan an evergreen post", work())
        self.close_now()

    def _reword(self, offer: EvergreenPost) -> None:
        face = self._face

        async def work() -> None:
            face.window.show_page("composer", post=await face.services.evergreen.reword(offer.id), origin="calendar")

        face.actions.start("reword an evergreen post", work())
        self.close_now()


def open_evergreen(face: PageFace, host: QWidget) -> None:
    """Once they are read."""

    async def work() -> None:
        face.window.open_sheet(EvergreenSheet(face, host, await face.services.evergreen.offers()))

    face.actions.start("open evergreen posts", work())
