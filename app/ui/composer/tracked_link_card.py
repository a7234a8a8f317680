"""The card of the post's links: how each leaves on the network shown, and the switch that says whether its clicks are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.models.tracked_link import LinkFace, LinkState
from app.ui.composer.composition import Composition, Edit
from app.ui.page import PageFace
from app.ui.safe_text import one_line
from app.ui.widgets.button import Button
from app.ui.widgets.checks import Switch
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card
from app.ui.widgets.text import ElidedLabel, Label

LEAST = 150
"""What was written keeps this much room beside a long address."""


class TrackedLinkCard(Card):
    """Hidden while the post has no link. Shows those of the text in front; of the base text, those of the first account."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        super().__init__(face.look)
        self._face = face
        self._edit = edit
        look = face.look
        self._shown: tuple[object, ...] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignVCenter
        head.addWidget(IconSpot(look, "link-simple"), 0, middle)
        self._links = QWidget()
        self._grid = QGridLayout(self._links)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        head.addWidget(self._links, 1)
        head.addWidget(Label(look, look.text("links.count_clicks"), "caption", "text.secondary"), 0, middle)
        self.switch = Switch(look, look.text("links.count_clicks"))
        self.switch.setToolTip(look.text("links.count_clicks.help"))
        self.switch.clicked.connect(lambda on: edit(lambda draft: replace(draft, track_clicks=bool(on))))
        head.addWidget(self.switch, 0, middle)
        nest(column, head)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 0, 0)
        foot.setSpacing(8)
        self.said = Label(look, "", "caption", "text.tertiary", wrap=True)
        foot.addWidget(self.said, 1)
        self.set_up = Button(look, look.text("links.set_up"), kind="flat", size="small", clicked=self._set_up)
        foot.addWidget(self.set_up, 0, Qt.AlignmentFlag.AlignTop)
        nest(column, foot)
        warning = QHBoxLayout()
        warning.setContentsMargins(24, 0, 0, 0)
        warning.setSpacing(6)
        self._warns = QWidget()
        self._warns.setLayout(warning)
        warning.addWidget(IconSpot(look, "warning-circle", "status.warn.text", 13), 0, Qt.AlignmentFlag.AlignTop)
        self.warning = Label(look, "", "caption", "status.warn.text", wrap=True)
        warning.addWidget(self.warning, 1)
        column.addWidget(self._warns)
        self.hide()

    def show_composition(self, composition: Composition) -> None:
        draft = composition.draft
        faces = self._face.services.tracked_links.faces(draft)
        places = {place.id: place for place in composition.places}
        tab = composition.tab if composition.tab is not None else next((face.account_id for face in faces), None)
        here = [face for face in faces if face.account_id == tab]
        trouble = self._face.services.tracked_links.trouble
        shown = (tab, tuple(here), draft.track_clicks, composition.locked, tuple(faces), trouble)
        self.setVisible(bool(here))
        if not here or shown == self._shown:
            return
        self._shown = shown
        self.switch.setChecked(draft.track_clicks)
        self.switch.setEnabled(not composition.locked)
        self._fill(here)
        name = places[here[0].account_id].name if here[0].account_id in places else ""
        self.said.setText(self._sentence(here, name, tracks=draft.track_clicks))
        self.set_up.setVisible(draft.track_clicks and not self._face.services.tracked_links.shortener_name)
        warned = self._warning(faces, lambda number: places[number].name if number in places else "")
        self.warning.setText(warned)
        self._warns.setVisible(bool(warned))

    # ---- inside

    def _fill(self, faces: list[LinkFace]) -> None:
        look = self._face.look
        while (found := self._grid.takeAt(0)) is not None:
            if (widget := found.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, face in enumerate(faces):
            written = ElidedLabel(look, plain(face.url), "body")
            written.setMinimumWidth(min(written.sizeHint().width(), look.theme.px(LEAST)))
            self._grid.addWidget(written, row, 0)
            if face.leaves_as != face.url:
                arrow = IconSpot(look, "arrow-right", "text.tertiary", 13)
                self._grid.addWidget(arrow, row, 1)
                becomes = ElidedLabel(look, plain(face.leaves_as), "body", "text.link")
                becomes.setToolTip(face.leaves_as)
                self._grid.addWidget(becomes, row, 2)
            spoken = look.text("links.becomes", link=plain(face.url), short=plain(face.leaves_as))
            self._links.setAccessibleName(spoken)
        self._grid.setColumnStretch(3, 1)

    def _sentence(self, faces: list[LinkFace], network: str, *, tracks: bool) -> str:
        look, face = self._face.look, faces[0]
        if not tracks:
            return look.text("links.said.not_tracked")
        if face.state is LinkState.PLAIN:
            return look.text("links.said.left_alone")
        short = face.state in (LinkState.SHORT, LinkState.EXPECTED)
        said = look.text("links.said.short" if short else "links.said.tagged", network=network)
        if face.campaign:
            return f"{said} {look.text('links.said.campaign', campaign=face.campaign, source=face.source)}"
        return f"{said} {look.text('links.said.source', source=face.source)}"

    def _warning(self, faces: tuple[LinkFace, ...], name: Callable[[int], str]) -> str:
        look, service = self._face.look, self._face.services.tracked_links
        found = []
        plainly = list(dict.fromkeys(name(face.account_id) for face in faces if face.state is LinkState.NO_ROOM))
        if plainly:
            found.append(look.text("links.said.no_room", networks=plainly))
        failed = list(dict.fromkeys(name(face.account_id) for face in faces if face.state is LinkState.UNSHORTENED))
        if failed:
            found.append(look.text("links.said.unshortened", name=service.shortener_name, networks=failed))
            if service.trouble is not None:
                found.append(look.text(service.trouble))
        return " ".join(found)

    def _set_up(self) -> None:
        self._face.actions.run("links.settings")


def plain(url: str) -> str:
    """As readers see it: without the scheme."""
    return one_line(url).removeprefix("https://").removeprefix("http://").removeprefix("www.")
