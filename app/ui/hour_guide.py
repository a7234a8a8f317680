"""The guided hour: which step is under way, what it has left, and a slim bar above the footer that says so. It is imported when first wanted.

It leads, and stands in nobody's way: steps are opened when asked for, every page may be opened at any time, and nothing is ever counted
against the user.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QSettings, QTimer

from app.commands.hour import GUIDED, PAUSED
from app.commands.services import Changes, Queries
from app.models.conversation import View
from app.models.hour_guide import Guide, Step, Work, first_step, step_after
from app.models.rhythm import Paces
from app.runtime.settings import Answer, Hour, Posting
from app.runtime.words import message
from app.ui.hour import GUIDE, ActiveMinutes
from app.ui.hour_guide_bar import GuideBar
from app.ui.main_window import MainWindow
from app.ui.page import PageFace
from app.ui.today.ahead import Asked, plan_work

TABLES = ("conversation", "outbox", "post", "variant", "account")
REST_MS = 400
"""Commits in a row are counted once."""


class HourGuide(QObject):
    """Carries out what `WindowFace.guide` is asked for."""

    def __init__(self, face: PageFace, window: MainWindow, hour: ActiveMinutes, remembered: QSettings) -> None:
        super().__init__()
        look = face.look
        self._look = look
        services = self._services = face.services
        self._clock = face.clock
        self._face = face.window
        self._notices = face.notices
        actions = self._actions = face.actions
        self._hour = hour
        self._remembered = remembered
        self.guide: Guide | None = None
        self.work = Work()
        self._cancel: Callable[[], None] | None = None
        self.bar = GuideBar(look, actions)
        self.bar.hide()
        self.bar.step_chosen.connect(self.go_to)
        window.add_bar(self.bar)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST_MS)
        self._soon.timeout.connect(self._count)
        self.setParent(self.bar)
        hour.changed.connect(self._minute_passed)
        hear_no_more = (
            look.words.changed.connect(self._show),
            services.changed.connect(self._hear),
            services.settings.changed.connect(lambda _keys: self._show()),
        )
        self.bar.destroyed.connect(lambda _bar=None, each=hear_no_more: [disconnect() for disconnect in each])

    @property
    def facts(self) -> frozenset[str]:
        if self.guide is None:
            return frozenset()
        return frozenset((GUIDED, PAUSED)) if self.guide.paused else frozenset((GUIDED,))

    def perform(self, verb: str) -> None:
        """begin, next, show, pause, leave."""
        acts: dict[str, Callable[[], None]] = {
            "begin": self.begin, "next": self.next_step, "show": self.show_step, "pause": self.pause, "leave": self.leave,
        }  # fmt: skip
        acts[verb]()
        self._actions.refresh()

    def resume(self) -> bool:
        """Go on, paused, with what was begun earlier on this day; whether there is any such thing."""
        kept = Guide.from_text(str(self._remembered.value(GUIDE, "")))
        if self.guide is not None or kept is None or kept.day != self._hour.day:
            return False
        self._stand(kept._replace(paused=True))
        self._count()
        return True

    def begin(self) -> None:
        """With the first step that has something to do."""

        def start(work: Work) -> None:
            self.work = work
            self.go_to(first_step(work))

        self._read(start)

    def next_step(self) -> None:
        """After the last one it is through."""

        def go_on(work: Work) -> None:
            self.work = work
            if self.guide is None:
                return  # left meanwhile
            step = step_after(self.guide.step, work)
            if step is not None:
                self.go_to(step)
            else:
                self.leave()
                self._notices.say(message("hour.through", n=self._hour.minutes))

        self._read(go_on)

    def go_to(self, step: Step) -> None:
        """Any step, in any order."""
        self._stand(Guide(self._hour.day, step))
        self.show_step()

    def show_step(self) -> None:
        """Its page."""
        if self.guide is None:
            return
        match self.guide.step:
            case Step.LATE | Step.ANSWER:
                self._services.reads.later(_most_urgent, self._open_inbox)
            case Step.DECIDE:
                self._face.show_page("today", block="decide")
            case Step.PLAN:
                self._face.show_page(
                    "calendar", view="week", day=self._clock.now().astimezone(self._look.words.zone).date()
                )
            case Step.LOOK:
                self._face.show_page("insights")

    def pause(self) -> None:
        """Or go on."""
        if self.guide is not None:
            self._stand(self.guide._replace(paused=not self.guide.paused))

    def leave(self) -> None:
        self._stand(None)

    # ---- inside

    def _open_inbox(self, conversation_id: int | None) -> None:
        target: dict[str, Any] = {} if conversation_id is None else {"conversation": conversation_id}
        self._face.show_page("inbox", view=View.NEEDS_ANSWER.value, **target)

    def _stand(self, guide: Guide | None) -> None:
        self.guide = guide
        self._hour.paused = guide is not None and guide.paused
        self._remembered.setValue(GUIDE, guide.to_text() if guide is not None else "")
        self._show()
        self._actions.refresh()

    def _minute_passed(self, _minutes: int) -> None:
        self._show()

    def _hear(self, changes: Changes) -> None:
        if self.guide is not None and changes.touches(*TABLES):
            self._soon.start()

    def _count(self) -> None:
        """Of two counts for the bar only the newer is of use."""
        if self._cancel is not None:
            self._cancel()
        self._cancel = self._read(self._counted)

    def _read(self, deliver: Callable[[Work], None]) -> Callable[[], None]:
        """On a worker thread; returns how to want it no more. What a key asked for is never dropped for a count."""
        settings, words, now = self._services.settings, self._look.words, self._clock.now()
        asked = Asked(
            now, words.zone, Paces.of_settings(settings.get(Posting)), words.language, settings.get(Answer).minutes
        )

        def query(queries: Queries) -> Work:
            return Work(*queries.work(now), plan_work(queries, asked))

        return self._services.reads.later(query, deliver)

    def _counted(self, work: Work) -> None:
        self._cancel = None
        self.work = work
        self._show()

    def _show(self) -> None:
        if self.guide is not None and self.guide.day != self._hour.day:
            self.guide = None  # another day has begun
            self._hour.paused = False
        self.bar.setVisible(self.guide is not None)
        if self.guide is not None:
            hour = self._services.settings.get(Hour)
            self.bar.show_guide(self.guide, self.work, self._hour.minutes, hour.minutes if hour.enabled else 0)


def _most_urgent(queries: Queries) -> int | None:
    rows = queries.conversations(View.NEEDS_ANSWER, None, None, 1)
    return rows[0].id if rows else None
