"""What is done with an answer as a whole: saved, copied, removed; and the twelve that come with the program taken."""

from __future__ import annotations

from app.models.answer_content import AnswerContent
from app.runtime.words import message
from app.ui.page import PageFace
from app.ui.playbook.desk import NEW, Desk

UNDO_SECONDS = 10


class Acts:
    """Each can be taken back, and says so."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        self._face = face
        self._desk = desk

    def save(self) -> None:
        """Make what is written the answer."""
        desk = self._desk
        if desk.answer_id is not None and desk.unsaved:
            desk.settle()
            self._face.actions.start("playbook: save", self._save(desk.answer_id, desk.content))

    async def _save(self, answer_id: int, content: AnswerContent) -> None:
        desk, playbook, done = self._desk, self._face.services.playbook, False
        try:
            if answer_id == NEW:
                desk.wanted = await playbook.create(content)
                if desk.answer_id == NEW:
                    desk.answer_id, desk.saved = None, None
            else:
                await playbook.save(answer_id, content)
            done = True
        finally:
            if not done and desk.answer_id == answer_id:
                desk.wait()  # the draft at least is kept
        desk.read()
        self._face.notices.say(message("playbook.said.saved"), undo=True, seconds=UNDO_SECONDS)

    def remove(self) -> None:
        """Take the open answer out of the playbook; a new one is thrown away."""
        desk = self._desk
        if desk.answer_id == NEW:
            desk.throw_away()
        elif desk.answer is not None:
            title = desk.answer.titled(self._face.words.language)
            self._face.actions.start("playbook: remove", self._remove(desk.answer.id or NEW, title))

    async def _remove(self, answer_id: int, title: str) -> None:
        desk = self._desk
        answers = [answer.id or NEW for answer in desk.listing.answers]
        here, was_open = answers.index(answer_id) if answer_id in answers else 0, desk.answer_id == answer_id
        await self._face.services.playbook.remove(answer_id)
        if was_open:
            rest = [number for number in answers if number != answer_id]
            desk.leave(rest[min(here, len(rest) - 1)] if rest else None)
        self._face.notices.say(message("playbook.said.removed", title=title), undo=True, seconds=UNDO_SECONDS)

    def duplicate(self) -> None:
        """Another answer with the same words, opened."""
        if self._desk.answer is not None:
            self._desk.keep_now()
            self._face.actions.start("playbook: duplicate", self._duplicate(self._desk.answer.id or NEW))

    async def _duplicate(self, answer_id: int) -> None:
        self._desk.wanted = await self._face.services.playbook.duplicate(answer_id)
        self._desk.read()
        self._face.notices.say(message("playbook.said.duplicated"), undo=True, seconds=UNDO_SECONDS)

    def take_starter(self) -> None:
        """The twelve answers that come with the program."""
        self._face.actions.start("playbook: starter", self._take_starter())

    async def _take_starter(self) -> None:
        many = await self._face.services.playbook.take_starter(self._face.words.language)
        said = message("playbook.said.starter" if many else "playbook.said.no_starter", n=many)
        self._face.notices.say(said, undo=bool(many), seconds=UNDO_SECONDS)

    async def go_back(self, answer_id: int, version_id: int) -> None:
        """A former version of an answer is the present one again; what was being written is let go."""
        if self._desk.unsaved:
            self._desk.throw_away()
        await self._face.services.playbook.go_back(answer_id, version_id)
        self._face.notices.say(message("playbook.said.went_back"), undo=True, seconds=UNDO_SECONDS)
