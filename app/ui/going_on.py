"""Going on from a pause: where posts' times passed meanwhile, what becomes of them is asked before anything leaves."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.services import Queries, Services
from app.models.lateness import AfterPause, Pause
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.clock import Clock
from app.runtime.words import message
from app.ui.actions import Actions
from app.ui.face import Face
from app.ui.notices import Notices

WAYS = (AfterPause.SEND, AfterPause.MOVE, AfterPause.ASK)


class GoingOn:
    """`ask` is what "resume" does, wherever it was chosen."""

    def __init__(
        self,
        services: Services,
        face: Face,
        actions: Actions,
        notices: Notices,
        clock: Clock,
        come_forward: Callable[[], object],
    ) -> None:
        self._services = services
        self._face = face
        self._actions = actions
        self._notices = notices
        self._clock = clock
        self._come_forward = come_forward
        self._asking = False

    def ask(self) -> None:
        """Ends the pause, or asks first; closed without an answer, the pause goes on."""
        pause = self._services.pausing.last
        if pause is None or self._services.pausing.until is None or self._asking:
            return
        missed = self._services.reads.now(lambda queries: held_back(queries, Pause(pause.since, self._clock.now())))
        if not missed:
            self._go_on()
            return
        self._asking = True
        self._come_forward()
        choices = [message(f"pausing.{way}", n=missed) for way in WAYS]
        question, detail = message("pausing.missed", n=missed), message("pausing.missed.detail")
        self._face.ask(question, choices, lambda choice: self._answered(choice, pause), detail)

    def _answered(self, choice: int, pause: Pause) -> None:
        self._asking = False
        if 0 <= choice < len(WAYS):
            self._actions.start("go on from a pause", self._settle_and_go_on(pause, WAYS[choice]))

    async def _settle_and_go_on(self, pause: Pause, way: AfterPause) -> None:
        """While that is written nothing leaves: the pause ends after it."""
        await self._services.outbox.settle_missed(Pause(pause.since, self._clock.now()), way)
        self._go_on()
        if way is AfterPause.ASK:
            self._face.show_page("today")

    def _go_on(self) -> None:
        self._services.pausing.resume()
        self._notices.say(message("desktop.resumed"), level="ok")


def held_back(queries: Queries, pause: Pause) -> int:
    """How many posts were to leave from here in that time."""
    waiting = (row for row in queries.outbox() if row.state is DeliveryState.WAITING and row.kind is OutboxKind.POST)
    return len({row.post_id for row in waiting if pause.held(row.due_at)})
