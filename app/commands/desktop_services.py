"""What commands and screens may ask about the program on its desktop, as Protocols."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from app.models.lateness import Pause
from app.runtime.signals import Signal


class PausingService(Protocol):
    """Pausing all that is sent and read unasked."""

    changed: Signal[[]]

    @property
    def until(self) -> datetime | None:
        """When it ends; None while nothing is paused. Answers at once."""

    @property
    def last(self) -> Pause | None:
        """The pause that goes on, or the last one that is over."""

    def pause(self, span: timedelta) -> datetime: ...

    def pause_until_tomorrow(self) -> datetime: ...

    def resume(self) -> None: ...


class Teller(Protocol):
    """Who shows notifications on this desktop."""

    acted: Signal[[str, str]]
    """(key, action): "default" for a click on the whole."""

    async def show(self, key: str, title: str, text: str, actions: Sequence[tuple[str, str]] = ()) -> bool:
        """Whether it was shown."""

    async def take_back(self, key: str) -> None: ...


class StartService(Protocol):
    """Starting with the user's session."""

    @property
    def on(self) -> bool: ...

    def switch(self, on: bool) -> None:
        """Raises `UserMistake` or `DiskTrouble`."""
