"""What the window tells of backups, restores and exports that take a while: a banner with how far they are and Stop; what a restore found."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from app.commands.services import Services
from app.models.safekeeping import Progress, Restored, Salvaged
from app.runtime.clock import from_ms, to_ms
from app.runtime.words import Message, message
from app.ui.look import Look
from app.ui.notices import Notices

KEY, RESTORED = "safekeeping", "restored"
TOLD_FROM_SECONDS = 0.8
"""What is over sooner needs no banner."""
TOLD_EVERY_SECONDS = 0.5
COUNTS = ("known_out", "to_check", "not_in_it", "held_elsewhere", "to_sign_in")


class SafekeepingAlerts:
    """Hears of the work under way."""

    def __init__(
        self, services: Services, notices: Notices, look: Look, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._notices = notices
        self._look = look
        self._now = now
        self._begun: float | None = None
        self._told = 0.0
        services.safekeeping.progress.connect(self._hear)
        services.safekeeping.said.connect(
            lambda said: notices.say(said, level="warn", seconds=20, command="data.backup_to")
        )

    def _hear(self, progress: Progress | None) -> None:
        if progress is None:
            self._begun = None
            self._notices.clear(KEY)
            return
        now = self._now()
        if self._begun is None:
            self._begun = now
        if now - self._begun < TOLD_FROM_SECONDS or now - self._told < TOLD_EVERY_SECONDS:
            return
        self._told = now
        share = (
            message("data.progress.share", percent=progress.done * 100 // progress.total) if progress.total else None
        )
        self._notices.banner(
            KEY, message(f"data.progress.{progress.step}"), level="info", command="data.stop", detail=share
        )


def to_text(found: Restored) -> str:
    """For the next start, which tells it."""
    return json.dumps({"made_at": to_ms(found.made_at), **{name: getattr(found, name) for name in COUNTS}})


def told(text: str, look: Look) -> tuple[Message, Message | None] | None:
    """What a restore before this start found: a sentence and its details; None for what cannot be read."""
    try:
        values = json.loads(text)
        counts = {name: int(values[name]) for name in COUNTS}
        made_at = from_ms(int(values["made_at"]))
    except (ValueError, KeyError, TypeError):
        return None
    lines = [look.text(f"restore.done.{name}", n=number) for name, number in counts.items() if number]
    return message("restore.done", when=made_at), message("data.as_it_is", text=" ".join(lines)) if lines else None


def salvage_to_text(made: tuple[Salvaged, Path]) -> str:
    """For the next start, which tells it: what was saved, and the file that says more."""
    found, report = made
    values = {"rows": found.rows, "lost": found.lost_tables, "to_check": found.to_check}
    return json.dumps({**values, "aside": found.aside.name, "report": report.name})


def salvage_told(text: str, look: Look) -> tuple[Message, Message] | None:
    """What was saved of a damaged file before this start; None for what cannot be read."""
    try:
        values = json.loads(text)
        rows, to_check = int(values["rows"]), int(values["to_check"])
        lost = ", ".join(map(str, values["lost"]))
        names = {"file": str(values["aside"]), "report": str(values["report"])}
    except (ValueError, KeyError, TypeError):
        return None
    said = [
        look.text("salvage.lost", tables=lost) if lost else look.text("salvage.all"),
        look.text("salvage.report", **names),
    ]
    if to_check:
        said.append(look.text("restore.done.to_check", n=to_check))
    return message("salvage.done", n=rows), message("data.as_it_is", text=" ".join(said))
