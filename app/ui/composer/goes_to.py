""" "goes to" and the badges of the networks that will show a part of the post, with the limit of each; and the card of such a part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.composer.composition import Place
from app.ui.look import Look
from app.ui.widgets.avatar import NetworkBadge
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card
from app.ui.widgets.text import Label


class GoesTo(QWidget):
    """Read by a screen reader as one sentence."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[tuple[int, str], ...] | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._words = Label(look, "", "caption", "text.tertiary")
        self._row.addWidget(self._words)
        self._badges: list[NetworkBadge] = []

    def show_places(self, places: Sequence[Place], limits: Sequence[str]) -> None:
        """`limits` stand in the tooltips, one for each place."""
        shown = tuple((place.id, limit) for place, limit in zip(places, limits, strict=True))
        if shown == self._shown:
            return
        self._shown = shown
        look = self._look
        for badge in self._badges:
            self._row.removeWidget(badge)
            badge.hide()
            badge.deleteLater()
        self._badges = []
        self._words.setText(look.text("composer.goes_to" if places else "composer.goes_nowhere"))
        for place, limit in zip(places, limits, strict=True):
            badge = NetworkBadge(look, place.account.network, place.name, 16)
            badge.setToolTip(look.words.told_of(place.name, limit))
            self._row.addWidget(badge)
            self._badges.append(badge)
        names = look.words.listing([place.name for place in places])
        self.setAccessibleName(f"{self._words.text()} {names}".strip())


class PartCard(Card):
    """A part of the post that not every network shows: icon, title and where it goes in `head`, the rest below in `column`."""

    def __init__(self, look: Look, icon: str, title: str) -> None:
        super().__init__(look)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 12)
        self.column.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(IconSpot(look, icon))
        self.title = Label(look, title, "bodyStrong")
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.goes_to = GoesTo(look)
        self.head.addWidget(self.goes_to)
        nest(self.column, self.head)
