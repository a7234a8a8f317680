"""What is done to categories and pillars in Settings: each act goes to the service, and says how to take it back."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.sorting import BUILT_IN, PILLAR, Kind, Sorts, Uses, bare
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.ui.notices import announce
from app.ui.page import PageFace
from app.ui.settings.sort_rows import look_of
from app.ui.settings.sort_sheets import LookSheet, RemoveSheet

UNDO_SECONDS = 10


class SortActs:
    """`host` is the section; sheets open over its window. Where nothing may be changed, nothing is done."""

    def __init__(self, face: PageFace, host: QWidget) -> None:
        self._face = face
        self._look = face.look
        self._host = host

    def sorts(self, kind: Kind) -> Sorts:
        """As they stand."""
        return self._look.theme.vocabulary.of(kind)

    def refuse_twice(self, sorts: Sorts, number: str, text: str) -> None:
        """Raises `UserMistake`: nor may it be called as the program calls another one that is there."""
        for each in sorts.there:
            if bare(text) and each.id != number and bare(self._look.text(sorts.word(each.id))) == bare(text):
                raise UserMistake(message("sorting.same_name", name=" ".join(text.split())), field="name")

    def switch(self, kind: Kind, number: str, *, offered: bool) -> None:
        """Offer it, or no more."""
        sorts = self.sorts(kind)
        said = None if offered else message("sorting.rests", name=Message(sorts.word(number)))
        self.keep(sorts.switched(number, offered=offered), message("undone.sort_switched"), said)

    def move(self, kind: Kind, number: str, step: int) -> None:
        """So many places; a screen reader hears where it is then."""
        after = self.sorts(kind).moved(number, step)
        if after == self.sorts(kind):
            return
        place, name = [each.id for each in after.there].index(number), Message(after.word(number))
        said = self._look.text("sorting.row_name", place=place + 1, of=len(after.there), name=name)
        announce(self._host, said, "info")
        self.keep(after, message("undone.sort_moved"))

    def open_look(self, kind: Kind, number: str) -> None:
        """Choose icon and colour."""
        sorts = self.sorts(kind)
        sort = sorts.find(number)
        hue, icon = look_of(self._look, kind, number)
        glyph = icon.removeprefix("ph.")

        def keep(chosen: str, colour: str) -> None:
            if (chosen, colour) != (glyph, hue):
                self.keep(self.sorts(kind).dressed(number, chosen, colour), message("undone.sort_dressed"))

        own = sort is not None and number in BUILT_IN[kind] and bool(sort.icon or sort.hue)
        name = self._look.text(sorts.word(number))
        sheet = LookSheet(self._look, self._host.window(), name, glyph, hue, keep, may_reset=own)
        self._face.window.open_sheet(sheet)

    def remove(self, kind: Kind, number: str) -> None:
        """Take a pillar away; where anything has it, ask first what becomes of that."""
        if kind == PILLAR:
            reads = self._face.services.reads
            reads.later(lambda queries: queries.pillar_uses().get(number, Uses()), lambda uses: self._ask(number, uses))

    def _ask(self, number: str, uses: Uses) -> None:
        sorts, look = self.sorts(PILLAR), self._look
        if not uses.any:
            self._start(lambda: self._take_away(number, None))
            return
        others = [(name, each) for name, each in look.pillars() if each != number]
        rest = (lambda: self.switch(PILLAR, number, offered=False)) if sorts.offers(number) else None

        def give(into: str) -> None:
            self._start(lambda: self._take_away(number, into))

        sheet = RemoveSheet(look, self._host.window(), look.text(sorts.word(number)), uses, others, give, rest)
        self._face.window.open_sheet(sheet)

    async def _take_away(self, number: str, into: str | None) -> None:
        name = Message(self.sorts(PILLAR).word(number))
        many = await self._face.services.pillars.remove(number, into)
        said = message("sorting.removed", name=name)
        if many and into:
            said = message("sorting.given", n=many, name=name, into=Message(self.sorts(PILLAR).word(into)))
        self._face.notices.say(said, undo=True, seconds=UNDO_SECONDS)

    def keep(self, sorts: Sorts, undone: Message, said: Message | None = None) -> None:
        """All of one kind becomes as given; `undone` is what taking it back says, `said` what the user hears now."""

        async def work() -> None:
            await self._face.services.pillars.keep(sorts, undone)
            if said is not None:
                self._face.notices.say(said, undo=True, seconds=UNDO_SECONDS)

        self._start(work)

    def _start(self, act: Callable[[], Coroutine[Any, Any, object]]) -> None:
        if not self._face.services.data.read_only:
            self._face.actions.start("settings: sorting", act())
