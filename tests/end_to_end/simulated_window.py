"""A window whose time is simulated: qasync's loop and the timers of its widgets go by one simulated time, which jumps once nothing is to do.

What Qt times by itself (blinking cursors, movements) goes by the computer's
clock; no page waits for it. For a process of its own, with `QT_NO_GLIB=1`: the plain dispatcher says truly when it is about to wait.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import select
import sys
import weakref
from collections.abc import Callable
from typing import Any

from PySide6 import QtCore
from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, QTimer
from qasync import QEventLoop
from shiboken6 import isValid

from tests.end_to_end.simulated_time import ON_THE_WIRE_SECONDS, THREADS_SECONDS, Simulated

with_qt = QTimer


class Alarm:
    """A call at a time; `cancelled` in between."""

    __slots__ = ("call", "cancelled", "time")

    def __init__(self, time: float, call: Callable[[], object]) -> None:
        self.time = time
        self.call = call
        self.cancelled = False


class Alarms:
    """All that waits for a time in this process. Before `begin` timers are Qt's own."""

    def __init__(self) -> None:
        self.simulated: Simulated | None = None
        self._heap: list[tuple[float, int, Alarm]] = []
        self._number = itertools.count()
        self._timers: weakref.WeakSet[SimulatedTimer] = weakref.WeakSet()

    def begin(self, simulated: Simulated) -> None:
        """Timers that run already begin anew."""
        self.simulated = simulated
        for timer in list(self._timers):
            if isValid(timer) and QTimer.isActive(timer) and timer.interval():
                with_qt.stop(timer)
                timer.start()

    def end(self) -> None:
        """What follows goes by the computer's clock."""
        self.simulated = None

    def know(self, timer: SimulatedTimer) -> None:
        self._timers.add(timer)

    def at(self, time: float, call: Callable[[], object]) -> Alarm:
        alarm = Alarm(time, call)
        heapq.heappush(self._heap, (time, next(self._number), alarm))
        return alarm

    def next_time(self) -> float:
        """Infinite where nothing waits."""
        while self._heap and self._heap[0][2].cancelled:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else float("inf")

    def due(self, now: float) -> list[Alarm]:
        """Taken out, in the order of their times."""
        found = []
        while self.next_time() <= now:
            found.append(heapq.heappop(self._heap)[2])
        return found

    def waiting(self) -> int:
        return sum(not alarm.cancelled for _, _, alarm in self._heap)

    def some_timer_is_at_hand(self) -> bool:
        """Whether one of the window's is to fire at Qt's next turn."""
        return any(isValid(each) and with_qt.isActive(each) and not each.interval() for each in self._timers)


ALARMS = Alarms()


class SimulatedTimer(QTimer):
    """A timer of the window. One that is set to nothing at all fires at Qt's next turn, as always."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self._alarm: Alarm | None = None
        ALARMS.know(self)

    def start(self, milliseconds: int | None = None) -> None:  # type: ignore[override]
        if milliseconds is not None:
            self.setInterval(milliseconds)
        self.stop()
        if ALARMS.simulated is None or not self.interval():
            super().start()
        else:
            self._set()

    def stop(self) -> None:
        super().stop()
        if self._alarm is not None:
            self._alarm.cancelled = True
            self._alarm = None

    def isActive(self) -> bool:  # noqa: N802
        return self._alarm is not None or super().isActive()

    def remainingTime(self) -> int:  # noqa: N802
        if self._alarm is None or ALARMS.simulated is None:
            return super().remainingTime()
        return max(0, round((self._alarm.time - ALARMS.simulated.now) * 1000))

    @staticmethod
    def singleShot(milliseconds: int, *more: Any) -> None:  # type: ignore[override]  # noqa: N802
        simulated = ALARMS.simulated
        if simulated is None or not milliseconds:
            with_qt.singleShot(milliseconds, *more)
            return
        context = more[0] if len(more) > 1 and isinstance(more[0], QObject) else None
        held = weakref.ref(context) if context is not None else None

        def call() -> None:
            there = held() if held is not None else None
            if held is None or (there is not None and isValid(there)):
                more[-1]()

        ALARMS.at(simulated.now + milliseconds / 1000, call)

    def _set(self) -> None:
        assert ALARMS.simulated is not None
        me = weakref.ref(self)

        def fire() -> None:
            timer = me()
            if timer is not None and isValid(timer):
                timer._fire()

        self._alarm = ALARMS.at(ALARMS.simulated.now + self.interval() / 1000, fire)

    def _fire(self) -> None:
        self._alarm = None
        if not self.isSingleShot():
            self._set()
        self.timeout.emit()


def take_timers() -> None:
    """Whoever of the program has imported Qt's timer, or will, gets this one."""
    QtCore.QTimer = SimulatedTimer  # type: ignore[misc]
    for name, module in list(sys.modules.items()):
        if name.startswith("app.") and vars(module).get("QTimer") is with_qt:
            vars(module)["QTimer"] = SimulatedTimer


class SimulatedQtLoop(QEventLoop):  # type: ignore[misc]
    """The program's own loop, with another time. `quiet()` is awaited by who wants to go on when all has followed from what was done, before
    time goes on.
    """

    def __init__(self, application: QCoreApplication, simulated: Simulated, is_busy: Callable[[], bool]) -> None:
        """`is_busy`: whether screens wait for an answer of a thread."""
        self._simulated = simulated
        self._screens_wait = is_busy
        self._waits_for_quiet: list[asyncio.Future[None]] = []
        super().__init__(application)
        self._at_hand = self._timer._SimpleTimer__callbacks
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(self._about_to_wait)
        self._dispatcher = dispatcher
        self._looking_again = with_qt()
        self._looking_again.setInterval(round(THREADS_SECONDS * 1000))
        self._looking_again.start()
        ALARMS.begin(simulated)

    def time(self) -> float:
        return self._simulated.now

    def call_later(self, delay: float, callback: Any, *args: Any, context: Any = None) -> asyncio.Handle:
        if delay <= 0:
            at_once: asyncio.Handle = super().call_later(0, callback, *args, context=context)
            return at_once
        handle = _Later(callback, args, self, context)
        handle.alarm = ALARMS.at(self._simulated.now + delay, lambda: handle._cancelled or handle._run())
        return handle

    async def quiet(self) -> None:
        wanted: asyncio.Future[None] = self.create_future()
        self._waits_for_quiet.append(wanted)
        await wanted

    def live_timers(self) -> int:
        return ALARMS.waiting()

    def close(self) -> None:
        self._dispatcher.aboutToBlock.disconnect(self._about_to_wait)
        self._looking_again.stop()
        ALARMS.end()
        super().close()

    def _about_to_wait(self) -> None:
        if (
            self._at_hand
            or self._simulated.is_busy
            or self._screens_wait()
            or ALARMS.some_timer_is_at_hand()
            or self._is_on_the_wire()
        ):
            return
        if self._waits_for_quiet:
            waiting, self._waits_for_quiet = self._waits_for_quiet, []
            for each in waiting:
                self.call_soon(_settle, each)
            return
        until = ALARMS.next_time()
        if until == float("inf") and not self._simulated.naps:
            return
        self._simulated.jump(until - self._simulated.now)
        for alarm in ALARMS.due(self._simulated.now):
            self.call_soon(_ring, alarm)

    def _is_on_the_wire(self) -> bool:
        poller = select.poll()
        for number in list(self._read_notifiers):
            poller.register(number, select.POLLIN)
        for number in list(self._write_notifiers):
            poller.register(number, select.POLLOUT | (select.POLLIN if number in self._read_notifiers else 0))
        return bool(poller.poll(ON_THE_WIRE_SECONDS * 1000))


class _Later(asyncio.Handle):
    """What `call_later` answers; its alarm goes when it is cancelled."""

    __slots__ = ("alarm",)

    def __init__(self, callback: Any, args: Any, loop: Any, context: Any) -> None:
        super().__init__(callback, args, loop, context)
        self.alarm: Alarm | None = None

    def cancel(self) -> None:
        super().cancel()
        if self.alarm is not None:
            self.alarm.cancelled = True


def _ring(alarm: Alarm) -> None:
    if not alarm.cancelled:
        alarm.call()


def _settle(wanted: asyncio.Future[None]) -> None:
    if not wanted.done():
        wanted.set_result(None)
