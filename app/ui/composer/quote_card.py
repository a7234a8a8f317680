"""The post that is quoted: whose it is, its first lines, where it is quoted, and a way to take it out.

Each account's network is asked once whether it has the post and lets it be quoted; opening a planned post asks nothing, for that would
change it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.post import QuotedPost
from app.runtime.errors import AppError
from app.ui.composer.composition import Composition, Edit
from app.ui.composer.goes_to import PartCard
from app.ui.composer.link_view import TwoLines, host_of
from app.ui.composer.quoting import Fate, fate, merged
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Card
from app.ui.widgets.text import ElidedLabel


class QuoteCard(PartCard):
    """Shown while the post quotes another."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        super().__init__(face.look, "quotes", face.text("composer.quote"))
        self._face = face
        self._edit = edit
        self._shown: QuotedPost | None = None
        self._asked: set[tuple[str, int]] = set()
        """(address, account id) that were asked for: once while the post is open."""
        self._to_ask: tuple[str, tuple[int, ...]] = ("", ())
        self._content: QWidget | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask_now)
        row = QHBoxLayout()
        row.setSpacing(10)
        self._place = QVBoxLayout()
        nest(row, self._place, 1)
        self.remove = Button(face.look, face.text("composer.quote_remove"), size="small", clicked=self._take_out)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        nest(self.column, row)
        self.hide()

    def begin(self) -> None:
        """Another post, or the page goes."""
        self._soon.stop()
        self._asked.clear()

    def show_composition(self, composition: Composition) -> None:
        quote = composition.draft.quote
        self.setVisible(quote is not None)
        if quote is None:
            return
        takers = [place for place in composition.chosen if fate(composition, place)[0] is Fate.QUOTED]
        self.goes_to.show_places(takers, [self._face.text("composer.quote.quotes_it")] * len(takers))
        self.remove.setVisible(not composition.locked)
        self._fill(quote)
        wanted = (place.id for place in composition.open if place.no_quotes is None and place.id not in quote.without)
        new = tuple(number for number in wanted if (quote.url, number) not in self._asked)
        if new and not composition.locked and not composition.scheduled:
            self._to_ask = (quote.url, new)
            self._soon.start()

    # ---- inside

    def _ask_now(self) -> None:
        url, accounts = self._to_ask
        if self.isVisible():
            self._asked |= {(url, number) for number in accounts}
            self._face.actions.start("look up a quoted post", self._ask(url, accounts))

    async def _ask(self, url: str, accounts: Sequence[int]) -> None:
        try:
            found = await self._face.services.posts.quoted(url, accounts, anew=True)
        except AppError:  # what is known stays as it is, what is unknown is shown as such
            return
        self._edit(lambda draft: merged(draft, found))

    def _take_out(self) -> None:
        self._face.window.in_page("remove_quote")

    def _fill(self, quote: QuotedPost) -> None:
        if self._shown == quote and self._content is not None:
            return
        self._shown = quote
        if self._content is not None:
            self._place.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        look = self._face.look
        self.title.setText(title_of(look, quote))
        self.setAccessibleName(name_of(look, quote))
        self.remove.setAccessibleDescription(self.accessibleName())
        self._content = QuoteView(look, quote, author=not quote.handle)
        self._place.addWidget(self._content)


class QuoteView(Card):
    """The quoted post in a box, as networks show it: whose it is (`author`) and its first lines, plain text both."""

    def __init__(self, look: Look, quote: QuotedPost, *, author: bool = True) -> None:
        super().__init__(look, "base", "border.default")
        self.setAccessibleName(name_of(look, quote))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(2)
        host = host_of(quote.url)
        self.author = ElidedLabel(look, one_line(quote.handle) or host, "captionStrong")
        if not author:
            self.author.hide()
        column.addWidget(self.author)
        self.text = TwoLines(look, one_line(quote.text), "small", "text.secondary")
        if not quote.text.strip():
            self.text.hide()
        column.addWidget(self.text)
        self.host = ElidedLabel(look, host, "caption", "text.tertiary")
        column.addWidget(self.host)


def title_of(look: Look, quote: QuotedPost) -> str:
    return (
        look.text("composer.quote.of", handle=isolated(quote.handle)) if quote.handle else look.text("composer.quote")
    )


def name_of(look: Look, quote: QuotedPost) -> str:
    """For a screen reader."""
    return f"{title_of(look, quote)}: {one_line(quote.text)}" if quote.text.strip() else title_of(look, quote)
