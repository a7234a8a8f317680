"""What publishing the post is going to cost, on networks that charge: one line each, amber where this month's limit does not allow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.post import PostDraft
from app.models.spending import PostPrice, amount
from app.ui.composer.composition import Composition
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label


class PriceLine(QWidget):
    """Hidden while nothing costs anything. Asks once for each text; an answer about an older one is dropped."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._asked: PostDraft | None = None
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2, 0, 2, 0)
        self.setAccessibleName(face.text("composer.price.name"))
        self.hide()

    def show_composition(self, composition: Composition) -> None:
        """Prices what would still go out, by the program, at the accounts that are not served yet."""
        accounts = tuple(place.id for place in composition.open)
        if not accounts or composition.locked:
            self._asked = None
            self.hide()
            return
        asked = priced(composition.draft, accounts)
        if asked != self._asked:
            self._asked = asked
            self._face.actions.start("price of the post", self._ask(asked))

    async def _ask(self, asked: PostDraft) -> None:
        prices = await self._face.services.money.price_of(asked)
        if asked is self._asked:
            self._show([price for price in prices if price.price])

    def _show(self, prices: Sequence[PostPrice]) -> None:
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        look = self._face.look
        self._content = QWidget()
        lines = QVBoxLayout(self._content)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for price in prices:
            said = look.text(
                "composer.price.link" if price.with_link else "composer.price.plain",
                network=network_name(price.network),
                price=amount(price.price, price.currency),
            )
            colour = "text.secondary" if price.fits else "status.warn.text"
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconSpot(look, "info" if price.fits else "warning-circle-fill", colour, 14))
            row.addWidget(
                Label(
                    look,
                    said if price.fits else f"{said} {look.text('composer.price.too_dear')}",
                    "small",
                    colour,
                    wrap=True,
                ),
                1,
            )
            nest(lines, row)
        self._column.addWidget(self._content)
        self.setVisible(bool(prices))


def priced(draft: PostDraft, accounts: tuple[int, ...]) -> PostDraft:
    """The draft as far as its price depends on it, so that a change of the rest asks nothing."""
    own = tuple((key, parts) for key, parts in draft.variants if key in accounts)
    pictures = tuple(replace(picture, alt="x" if picture.alt.strip() else "") for picture in draft.pictures)
    return PostDraft(parts=draft.parts, variants=own, accounts=accounts, pictures=pictures)
