"""The playbook at hand: its answers found and made ready for the open conversation, each in the wording whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.commands.services import Changes, Queries
from app.models.conversation import ConversationRow
from app.models.faq import FaqLink
from app.models.message import ConversationDetail, MessageKind
from app.models.order import OrderRow
from app.models.playbook import FactRow, ListFigures, PlaybookAnswer, WordingRow
from app.models.prepared import Doubt, Gap, Prepared
from app.models.suggestion import Suggestion
from app.ui.inbox.desk import Desk
from app.ui.page import PageFace

ABOUT_ANSWERS = ("answer", "wording", "fact", "faq_entry")
FIGURES_FOR = timedelta(minutes=10)
"""How an answer does is counted anew so often at most."""
LOOKED_THROUGH = 5
"""The customer's latest messages in which an order is looked for."""
Uses = Mapping[int, tuple[int, int]]


class _Shelf(NamedTuple):
    """The playbook as it was read."""

    answers: Mapping[str, PlaybookAnswer]
    facts: Sequence[FactRow]
    figures: Mapping[int, ListFigures]
    links: Mapping[str, Sequence[FaqLink]]
    """Published questions, for a reply to point to, by the language of the reply."""
    counted_at: datetime | None = None
    """When the figures were."""
    changes: int = 0
    """How many commits about answers had been heard of before it was read."""


class _Read(NamedTuple):
    """What one turn of reading brought."""

    shelf: _Shelf
    uses: Mapping[str, Uses]
    orders: Sequence[OrderRow]
    refused: frozenset[str]


class Preparing:
    """Reads elsewhere; what it has read it keeps until it changes."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        self._face = face
        self._desk = desk
        self._shelf: _Shelf | None = None
        self._changes = 0
        """Commits about answers that were heard of."""
        self._orders: tuple[int, Sequence[OrderRow]] = (0, ())
        """The customer, and what they ordered."""
        self._cancel: Callable[[], None] | None = None

    def follow(self, changes: Changes) -> bool:
        """A commit touched rows; whether answers may read otherwise now."""
        if changes.touches(*ABOUT_ANSWERS):
            self._changes += 1
            return True
        return False

    # ---- suggestions

    def cards(
        self,
        found: Sequence[Suggestion],
        message_id: int,
        language: str,
        shown: Sequence[Prepared],
        deliver: Callable[[Sequence[Prepared]], None],
    ) -> None:
        """Suggestions as they would be sent, without those that were refused for this message. What is shown already keeps its wording."""
        row = self._desk.row
        if row is None:
            return
        if self._cancel is not None:
            self._cancel()
        wanted, keys = row.id, [each.answer for each in found]
        begin = self._reading(row, keys, message_id, language)

        def take(read: _Read) -> None:
            self._keep(read.shelf)
            now = self._desk.row
            if now is None or now.id != wanted:
                return
            self._orders = now.customer_id, read.orders
            kept = {each.key: each.wording for each in shown}
            ready = []
            for each in found:
                answer = read.shelf.answers.get(each.answer)
                if answer is None or each.answer in read.refused:
                    continue
                made = self._made(answer, language, read.uses.get(each.answer, {}), kept.get(each.answer))
                if made is not None:
                    ready.append(made._replace(reason=each.reason))
            deliver(ready)

        self._cancel = self._face.services.reads.later(begin, take)

    def _reading(
        self, row: ConversationRow, keys: Sequence[str], message_id: int, language: str
    ) -> Callable[[Queries], _Read]:
        """Done on another thread: it takes what is at hand and reads the rest."""
        shelf, changes, now = self._shelf, self._changes, self._desk.now()

        def read(queries: Queries) -> _Read:
            fresh = shelf
            if fresh is None or fresh.changes != changes:
                answers = {answer.key: answer for answer in queries.answers()}
                figures, counted_at = (fresh.figures, fresh.counted_at) if fresh is not None else ({}, None)
                fresh = _Shelf(answers, queries.facts(), figures, {}, counted_at, changes)
            if fresh.counted_at is None or now - fresh.counted_at > FIGURES_FOR:
                fresh = fresh._replace(figures=queries.answer_figures(), counted_at=now)
            if language not in fresh.links:
                fresh = fresh._replace(links={**fresh.links, language: queries.faq_links(language)})
            ids = {key: fresh.answers[key].id for key in keys if key in fresh.answers}
            uses = {key: queries.wording_uses(number, row.id) for key, number in ids.items() if number is not None}
            return _Read(fresh, uses, queries.orders_of(row.customer_id), queries.refused_answers(message_id))

        return read

    # ---- all answers

    def open(self, language: str, deliver: Callable[[], None]) -> None:
        """Have the whole playbook at hand, and the published questions for a reply in this language."""
        row = self._desk.row
        if row is None:
            return
        shelf = self._shelf
        if shelf is not None and shelf.changes == self._changes and language in shelf.links:
            deliver()
            return

        def take(read: _Read) -> None:
            self._keep(read.shelf)
            self._orders = row.customer_id, read.orders
            deliver()

        self._face.services.reads.later(self._reading(row, (), 0, language), take)

    def search(self, typed: str, language: str, *, others: bool = False) -> list[Prepared]:
        """Answers that hold what was typed, the best first; `others`: those without words in this language too. Else, behind them, the
        published questions: of such a one the link goes into the reply.
        """
        row, shelf = self._desk.row, self._shelf
        if row is None or shelf is None:
            return []
        found = self._face.services.replies.search(list(shelf.answers.values()), typed, language, str(row.category))
        made = [self._made(answer, language, {}) for answer in found if others or answer.wordings.get(language)]
        links = [] if others else [link for link in shelf.links.get(language, ()) if link.holds(typed)]
        return [
            *(each for each in made if each is not None),
            *(Prepared("", link.question, link.url) for link in links),
        ]

    def turn(self, prepared: Prepared) -> Prepared:
        """The same answer in the wording whose turn it is with this customer."""
        row, answer = self._desk.row, self._shelf.answers.get(prepared.key) if self._shelf is not None else None
        if row is None or answer is None or answer.id is None:
            return prepared
        number = answer.id
        uses = self._face.services.reads.now(lambda queries: queries.wording_uses(number, row.id))
        return self._made(answer, prepared.language, uses) or prepared

    # ---- inside

    def _keep(self, shelf: _Shelf) -> None:
        """Unless one that was read after later commits came before it."""
        if self._shelf is None or shelf.changes >= self._shelf.changes:
            self._shelf = shelf

    def _made(
        self, answer: PlaybookAnswer, language: str, uses: Uses, kept: WordingRow | None = None
    ) -> Prepared | None:
        row, shelf, playbook = self._desk.row, self._shelf, self._face.services.playbook
        if row is None or shelf is None:
            return None
        spoken = language if answer.wordings.get(language) else answer.main
        is_email = row.network == "email"
        wording = playbook.choose(answer, spoken, uses, is_long=is_email)
        if kept is not None and kept in answer.texts and kept.language == spoken:
            wording = kept
        if wording is None:
            return None
        rendered = playbook.render(answer, wording, self._values(row), shelf.facts)
        figures = shelf.figures.get(answer.id or 0)
        return Prepared(
            key=answer.key,
            title=answer.titled(self._face.words.language),
            text=rendered.text,
            language=spoken,
            filled=tuple(rendered.filled),
            gaps=tuple(dict.fromkeys(Gap(each.name, each.label) for each in rendered.empty)),
            doubts=tuple(Doubt(why, about) for why, about in zip(rendered.troubles, rendered.about, strict=True)),
            answer_id=answer.id,
            wording=wording,
            values=tuple(rendered.values),
            uses=answer.uses,
            solved=round(100 * figures.solved / figures.judged) if figures and figures.judged else None,
            pictures=answer.pictures,
            after=answer.after,
        )

    def _values(self, row: ConversationRow) -> Mapping[str, str]:
        customer, orders = self._orders
        said = _said(self._desk.detail, row.id)
        known = orders if customer == row.customer_id else ()
        return self._face.services.replies.values(row.author, said, row.handle, known)


def _said(detail: ConversationDetail | None, conversation_id: int) -> list[str]:
    """What the customer wrote, the last first."""
    if detail is None or detail.id != conversation_id:
        return []
    said = [each.text for each in detail.messages if each.kind is not MessageKind.OURS and not each.deleted]
    return said[: -LOOKED_THROUGH - 1 : -1]
