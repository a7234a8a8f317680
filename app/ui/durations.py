"""Lengths of time as people type and read them: "45 min", "2 h", "1 h 30 min"."""

from __future__ import annotations

import re
from datetime import timedelta

from app.ui.look import Look

_TYPED = re.compile(
    r"(?:(?P<hours>\d{1,4}(?:[.,]\d)?)\s*(?:h|hrs?|hours?|horas?|heures?|ч|час(?:а|ов)?|小时|个小时|时|:)\.?)?\s*"
    r"(?:(?P<minutes>\d{1,5})\s*(?:m|min|mins|minutes?|minutos?|м|мин|минут[аы]?|分|分钟|')?\.?)?",
    re.IGNORECASE,
)


def minutes_typed(text: str) -> int | None:
    """ "45", "45 min", "2 h", "1 h 30", "1:30", "1.5 h" in minutes, with the words of all five languages; None for anything else."""
    typed = text.strip().replace("\u00a0", " ").replace("\u202f", " ")
    found = _TYPED.fullmatch(typed)
    if not typed or found is None:
        return None
    hours = float((found["hours"] or "0").replace(",", "."))
    return round(hours * 60) + int(found["minutes"] or 0)


def minutes_text(look: Look, minutes: int) -> str:
    """ "45 min", "2 h", "1 h 30 min"; hours stay hours however many: a working day is not a day."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return look.text("duration.minutes", minutes=rest)
    if not rest:
        return look.text("duration.hours", hours=hours)
    return look.text("duration.hours_minutes", hours=hours, minutes=rest)


def every_text(look: Look, minutes: int) -> str:
    """ "every minute", "every 5 minutes", "every hour", "every 4 hours": how often something is done. From two hours on in whole hours; a text
    of its own for one, because a figure there reads like a form to be filled in ("every 1 minute")."""
    if minutes == 1:
        return look.text("duration.every_minute")
    if minutes == 60:
        return look.text("duration.every_hour")
    if minutes < 120:
        return look.text("duration.every_minutes", n=minutes)
    return look.text("duration.every_hours", n=round(minutes / 60))


def duration_text(look: Look, duration: timedelta) -> str:
    """The same of a measured length; less than a minute is said as one."""
    return minutes_text(look, max(1, round(duration / timedelta(minutes=1))))
