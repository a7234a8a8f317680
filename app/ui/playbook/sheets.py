"""What opens over the Playbook page: an answer's versions and the facts; and what the page offers in the palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.models.playbook import PlaybookAnswer
from app.runtime.words import message
from app.ui.page import Finder, Found, PageFace
from app.ui.playbook.acts import Acts
from app.ui.playbook.desk import Desk
from app.ui.playbook.drafting import folded
from app.ui.playbook.facts_sheet import FactsSheet
from app.ui.playbook.side_pane import SidePane
from app.ui.playbook.versions_sheet import VersionsSheet

MOST_FOUND = 6


class Sheets:
    """Opens them, and keeps the facts up to date while they are shown."""

    def __init__(self, face: PageFace, desk: Desk, acts: Acts, side: SidePane, host: QWidget) -> None:
        self._face = face
        self._desk = desk
        self._acts = acts
        self._side = side
        self._host = host
        self._facts: FactsSheet | None = None

    def show_versions(self) -> None:
        """How the open answer was before."""
        number, desk, face = self._desk.answer_id, self._desk, self._face
        if not number:
            return
        if not self._side.versions:
            face.notices.say(message("playbook.no_versions"))
            return

        def go_back(version_id: int) -> None:
            face.actions.start("playbook: version", self._acts.go_back(number, version_id))

        may = not face.services.data.read_only
        sheet = VersionsSheet(
            face.look, self._host.window(), desk.content, self._side.versions, go_back, may_change=may
        )
        face.window.open_sheet(sheet)

    def show_facts(self) -> None:
        """What answers say and what changes."""
        listing = self._desk.listing
        languages = dict.fromkeys(language for answer in listing.answers for language in answer.wordings)
        own = self._desk.content.main_language or self._face.words.language
        ordered = sorted(languages, key=lambda code: code != own) or [own]
        self._facts = FactsSheet(self._face, self._host.window(), listing.facts, ordered)
        self._facts.closed.connect(self._closed)
        self._face.window.open_sheet(self._facts)

    def follow(self) -> None:
        """Facts may be others."""
        if self._facts is not None:
            self._facts.show_facts(self._desk.listing.facts)

    def _closed(self) -> None:
        self._facts = None


def finder(face: PageFace, desk: Desk) -> Finder:
    """Offers answers by their titles and tags."""

    def choose(answer: PlaybookAnswer) -> Callable[[], None]:
        return lambda: face.window.show_page("playbook", answer=answer.id)

    def offer(text: str, prefix: str, deliver: Callable[[Sequence[Found]], None]) -> None:
        wanted = folded(text).split()
        if prefix != "/" and (prefix or not wanted):
            return
        fitting = [
            answer
            for answer in desk.listing.answers
            if all(word in folded(" ".join([*answer.title.values(), *answer.tags])) for word in wanted)
        ]
        language = face.words.language
        deliver(
            [Found("page.playbook", each.titled(language), "book-open", choose(each)) for each in fitting[:MOST_FOUND]]
        )

    return offer
