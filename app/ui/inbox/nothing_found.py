"""What stands in the list when a search finds nothing: what was searched and how much, and wider searches that find something."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from app.ui.inbox.desk import Desk
from app.ui.inbox.finding import Offer, Outcome
from app.ui.inbox.list_pane import ListPane
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.inside import nest_at


class NothingFound(EmptyState):
    """Says at once that nothing was found, and how much was searched as soon as that is known."""

    def __init__(self, face: PageFace, desk: Desk, rows: ListPane) -> None:
        super().__init__(face.look, icon="magnifying-glass")
        self._face = face
        self._desk = desk
        self._list = rows
        self._offers: list[Button] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(face.theme.px(6))
        self._column.setContentsMargins(0, 0, 0, face.theme.px(6))
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        nest_at(whole, whole.count() - 2, self._column)
        self.add_button(Button(face.look, face.text("inbox.leave_search"), key="Escape", clicked=rows.end_search))
        desk.finding.found.connect(self.tell)

    def tell(self, _outcome: Outcome | None = None) -> None:
        """For the search as it stands."""
        outcome = self._desk.finding.outcome
        if outcome is None or outcome.many:
            return
        text = self._face.text
        heading = text("inbox.empty.search", text=isolated(outcome.text))
        if not outcome.done:
            self.show_words(heading, text("find.searching"))
        elif outcome.since is None:
            self.show_words(heading, text("inbox.empty.search_detail"))
        else:
            self.show_words(heading, text("find.searched", n=outcome.searched, since=outcome.since))
        self._show_offers(outcome)

    def _show_offers(self, outcome: Outcome) -> None:
        for button in self._offers:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offers = []
        for offer in outcome.offers:
            words = self._face.text(f"find.offer.{offer.kind}", text=isolated(offer.text))
            button = Button(self._face.look, words, clicked=partial(self._take, offer))
            self._offers.append(button)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _take(self, offer: Offer) -> None:
        if offer.all_accounts:
            self._desk.listing.account_id = None
            self._desk.read_counts()
        self._list.begin_search()
        self._list.field.setText(offer.text)
        self._list.searched.emit(offer.text)
        self._list.rows.setFocus(Qt.FocusReason.OtherFocusReason)
