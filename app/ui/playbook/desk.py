"""The playbook on the screen: its answers, the one that is open, what is written in it, and what of that is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.commands.services import Queries
from app.models.account import POSTS_NOTHING, AccountRow
from app.models.answer_content import AnswerContent, content_of, from_json, to_json
from app.models.conversation import Category
from app.models.playbook import FactRow, ListFigures, PlaybookAnswer, PreviewPerson
from app.ui.look import Look
from app.ui.page import PageFace, Unkept
from app.ui.playbook.drafting import folded, next_of, wordings

NEW = 0
"""In place of an answer's id: the one that is not there yet."""
PAUSE_MS = 400
TABLES = ("answer", "wording", "fact", "answer_use", "answer_example", "answer_draft", "account")
DAY_ROLLS_MS = 60_000


class Listing(NamedTuple):
    """All that the page reads at once."""

    answers: tuple[PlaybookAnswer, ...] = ()
    figures: Mapping[int, ListFigures] = {}
    facts: tuple[FactRow, ...] = ()
    drafts: Mapping[int, str] = {}
    people: tuple[PreviewPerson, ...] = ()
    accounts: tuple[AccountRow, ...] = ()


class Desk(QObject):
    """`edit` changes the open answer; 400 ms later it is kept as a draft, which `acts.Acts.save` makes the answer."""

    listed = Signal()
    """Answers, figures, facts or drafts are others."""
    opened = Signal()
    """Another answer is open, or none."""
    edited = Signal()
    """The open answer has other words, or another language or wording of it is shown."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.listing = Listing()
        self.loaded = False
        self.answer_id: int | None = None
        self.content = AnswerContent()
        self.saved: AnswerContent | None = None
        """None: it was never saved."""
        self.language = ""
        self.place = 0
        """Which wording of the language is shown."""
        self.wanted: int | None = None
        """To be opened as soon as it is listed."""
        self._cancel: Callable[[], None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep_now)
        self._pending = False

    # ---- reading

    def read(self) -> None:
        """Ask for everything; a newer question makes an older answer worthless."""
        if self._cancel is not None:
            self._cancel()
        self._cancel = self._face.services.reads.later(_read, self._show)

    def _show(self, listing: Listing) -> None:
        self._cancel = None
        self.loaded = True
        self.listing = listing._replace(answers=self._ordered(listing.answers))
        self.listed.emit()
        if self.wanted is not None:
            wanted, self.wanted = self.wanted, None
            self.open(wanted)
        elif self.answer_id is None:
            if self.listing.answers:
                self.open(self.listing.answers[0].id or NEW)
        elif self.answer_id != NEW:
            self._follow()

    def _ordered(self, answers: Sequence[PlaybookAnswer]) -> tuple[PlaybookAnswer, ...]:
        """As the list shows them: by category, then by title."""
        language, order = self._face.words.language, ordered_categories(self._face.look)
        return tuple(sorted(answers, key=lambda each: (order.index(each.category), folded(each.titled(language)))))

    def _follow(self) -> None:
        """The open answer may have changed below: taken over, unless something else is being written."""
        answer = self.answer
        if answer is None:
            self.leave()
            return
        now = content_of(answer)
        if self.saved is None or self.content == self.saved or self.content.tidied() == now:
            self.content = now
        self.saved = now
        if self.language not in self.content.languages:
            self.language = self.content.main_language
        self.place = max(0, min(self.place, len(wordings(self.content, self.language)) - 1))
        self.edited.emit()

    def retire(self) -> None:
        """Others take its place: nothing comes to it any more."""
        if self._cancel is not None:
            self._cancel()
        self.settle()
        self.deleteLater()

    @property
    def answer(self) -> PlaybookAnswer | None:
        """The open one as it is stored."""
        return next((answer for answer in self.listing.answers if answer.id == self.answer_id), None)

    @property
    def is_open(self) -> bool:
        return self.answer_id is not None

    @property
    def unsaved(self) -> bool:
        """Something is written that is not saved."""
        return self.is_open and self.content != (self.saved or AnswerContent())

    @property
    def has_new(self) -> bool:
        """Whether an answer is being written that was never saved."""
        return self.answer_id == NEW or NEW in self.listing.drafts

    # ---- opening

    def open(self, answer_id: int) -> None:
        """Show an answer: what is being written of it, else what is saved."""
        if answer_id == self.answer_id and answer_id != NEW:
            return
        self.keep_now()
        answer = next((each for each in self.listing.answers if each.id == answer_id), None)
        if answer is None and answer_id != NEW:
            self.wanted = answer_id
            return
        self.saved = content_of(answer) if answer is not None else None
        draft = self.listing.drafts.get(answer_id)
        if draft is not None:
            self.content = _with_times(from_json(draft), self.saved)
        else:
            self.content = self.saved or self._blank()
        self.answer_id = answer_id
        if self.language not in self.content.languages:
            self.language = self.content.main_language
        self.place = 0
        self.opened.emit()

    def begin(self, category: Category | None = None) -> None:
        """Write a new answer, or go on with the one that was begun."""
        if self.answer_id == NEW:
            return
        self.open(NEW)
        if category is not None and NEW not in self.listing.drafts:
            self.content = replace(self.content, category=category)
            self.opened.emit()

    def show_language(self, language: str) -> None:
        self.language, self.place = language, 0
        self.edited.emit()

    def step_language(self, step: int) -> None:
        self.show_language(next_of(self.content.languages or (self.language,), self.language, step))

    def show_wording(self, place: int) -> None:
        self.place = place
        self.edited.emit()

    def _blank(self) -> AnswerContent:
        """A new answer is in the language that most others are in first."""
        mains = [answer.main for answer in self.listing.answers]
        main = max(set(mains), key=mains.count) if mains else self._face.words.language
        return AnswerContent(main_language=main, title={main: ""})

    def leave(self, to: int | None = None) -> None:
        """The open answer is gone: another is shown, the first one unless told."""
        self.answer_id, self.saved, self.content = None, None, AnswerContent()
        self.settle()
        if self.listing.answers:
            self.open(to or self.listing.answers[0].id or NEW)
        else:
            self.opened.emit()

    # ---- writing

    def edit(self, content: AnswerContent) -> None:
        """The user wrote something."""
        if content == self.content or self._face.services.data.read_only:
            return
        self.content = content
        self.wait()
        self.edited.emit()

    def wait(self) -> None:
        """A while after the last key it is kept."""
        self._pending = True
        self._pause.start()

    def settle(self) -> None:
        """Nothing waits to be kept any more."""
        self._pending = False
        self._pause.stop()

    @property
    def pending(self) -> bool:
        """What was written last is not kept yet."""
        return self._pending

    def keep_now(self) -> None:
        """Keep what is written as a draft, without waiting any longer."""
        if not self._pending or self.answer_id is None:
            return
        self.settle()
        drafts = dict(self.listing.drafts)
        playbook = self._face.services.playbook
        if self.unsaved:
            drafts[self.answer_id] = to_json(self.content)
            self._face.actions.start("playbook: draft", playbook.keep_draft(self.answer_id, self.content))
        elif drafts.pop(self.answer_id, None) is not None:
            self._face.actions.start("playbook: draft", playbook.forget_draft(self.answer_id))
        self.listing = self.listing._replace(drafts=drafts)

    def unkept(self) -> Unkept:
        """For the window, which asks before it closes."""
        if not self.pending or self.answer_id is None:
            return Unkept()
        number, content = self.answer_id, self.content
        words = [text.text for text in content.texts if text.text]
        return Unkept(words, [lambda: self._face.services.playbook.keep_draft(number, content)])

    def throw_away(self) -> None:
        """Forget what is written and not saved."""
        if self.answer_id is None:
            return
        self.settle()
        self._face.actions.start("playbook: draft", self._face.services.playbook.forget_draft(self.answer_id))
        self.listing = self.listing._replace(
            drafts={number: text for number, text in self.listing.drafts.items() if number != self.answer_id}
        )
        if self.saved is None:
            self.leave()
        else:
            self.content = self.saved
            self.opened.emit()


def _read(queries: Queries) -> Listing:
    return Listing(
        tuple(queries.answers()),
        queries.answer_figures(),
        tuple(queries.facts()),
        queries.answer_drafts(),
        tuple(queries.preview_people()),
        tuple(account for account in queries.accounts() if account.network not in POSTS_NOTHING),
    )


def _with_times(draft: AnswerContent, saved: AnswerContent | None) -> AnswerContent:
    """A draft knows no times of its wordings; those that are saved have theirs."""
    times = {text.id: text.changed_at for text in saved.texts} if saved is not None else {}
    return replace(draft, texts=tuple(replace(text, changed_at=times.get(text.id)) for text in draft.texts))


def ordered_categories(look: Look) -> list[Category]:
    """All, in the user's order."""
    return [Category(each.id) for each in look.theme.vocabulary.categories.everything]
