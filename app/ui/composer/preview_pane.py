"""How the post will look: the network in hand and the next one, or all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.post import Picture
from app.models.spacing import moments
from app.ui.composer.composition import Composition, Place
from app.ui.composer.preview_card import PreviewCard, Shown
from app.ui.composer.thumbnails import Thumbnails
from app.ui.page import PageFace
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.surface import Pane, Scrolling
from app.ui.widgets.text import Label, SectionLabel

AT_A_TIME = 2


class PreviewPane(Pane):
    """A column of previews."""

    def __init__(self, face: PageFace, thumbnails: Thumbnails, path: Callable[[Picture], Path]) -> None:
        super().__init__(face.look, "window", ("right",))
        self._face = face
        self._thumbnails = thumbnails
        self._path = path
        self._composition: Composition | None = None
        self._cards: dict[int, PreviewCard] = {}
        look = face.look
        self.setAccessibleName(look.text("composer.preview_title"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(20, 14, 20, 10)
        head.addWidget(SectionLabel(look, look.text("composer.preview_title")))
        head.addStretch(1)
        self.many = Segmented(look, look.text("composer.preview_how_many"), [(look.text("composer.preview_two"), None), ("", None)])
        self.many.chosen.connect(lambda _index: self._arrange())
        head.addWidget(self.many)
        column.addWidget(self._head)
        self.area = Scrolling()
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(look.text("composer.preview_title"))
        content = QWidget()
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(20, 2, 20, 20)
        self._list.setSpacing(12)
        self._nobody = Label(look, look.text("composer.preview_nobody"), "body", "text.tertiary", wrap=True)
        self._list.addWidget(self._nobody)
        self._list.addStretch(1)
        self.area.hold(content)
        column.addWidget(self.area, 1)

    def show_composition(self, composition: Composition) -> None:
        self._composition = composition
        self._arrange()

    def stand_in_card(self, narrow: bool) -> None:
        """As a tab of the editor it is as high as its content, and its neighbours scroll; as a column it scrolls itself."""
        self.setMinimumHeight(self._face.theme.px(420) if narrow else 0)

    def cards(self) -> list[PreviewCard]:
        """Those shown, from the top."""
        return [card for card in self._cards.values() if not card.isHidden()]

    def shown_places(self) -> list[Place]:
        """Two, beginning with the one whose text is written; or all."""
        composition = self._composition
        if composition is None:
            return []
        chosen = list(composition.chosen)
        if self.many.index == 1 or len(chosen) <= AT_A_TIME:
            return chosen
        first = next((i for i, place in enumerate(chosen) if place.id == composition.tab), 0)
        return [chosen[(first + i) % len(chosen)] for i in range(AT_A_TIME)]

    def _arrange(self) -> None:
        composition = self._composition
        if composition is None:
            return
        look = self._face.look
        count = len(composition.chosen)
        self.many.setVisible(count > AT_A_TIME)
        self.many.relabel([look.text("composer.preview_two"), look.text("composer.preview_all", n=count)])
        places = self.shown_places()
        self._nobody.setVisible(not places)
        at, draft = composition.at, composition.draft
        times = moments(at, draft.accounts, draft.spacing) if at is not None else {}
        for account_id in [key for key in self._cards if key not in {place.id for place in places}]:
            card = self._cards.pop(account_id)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for position, place in enumerate(places):
            card = self._cards.get(place.id) or PreviewCard(self._face, self._thumbnails, self._path)
            self._cards[place.id] = card
            if self._list.indexOf(card) != position:
                self._list.removeWidget(card)
                self._list.insertWidget(position, card)
                card.show()
            when = look.words.day_and_time(times.get(place.id, at)) if at is not None else look.text("composer.now")
            card.show_post(Shown.of(composition, place, when))
