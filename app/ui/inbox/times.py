"""How the Inbox writes moments: short in rows, full under messages; local days are the shop's."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.ui.look import Look


def same_day(look: Look, one: datetime, other: datetime) -> bool:
    zone = look.words.zone
    return one.astimezone(zone).date() == other.astimezone(zone).date()


def in_row(look: Look, moment: datetime, now: datetime) -> str:
    """ "08:32" today, "Tue 10 Nov" before and after."""
    return look.words.time(moment) if same_day(look, moment, now) else look.words.day(moment, now)


def in_full(look: Look, moment: datetime, now: datetime) -> str:
    """ "Today, 09:08", "Mon 16 Nov, 12:26"."""
    if same_day(look, moment, now):
        return look.text("inbox.today_at", time=look.words.time(moment))
    return look.words.day_and_time(moment, now)


def day_title(look: Look, moment: datetime, now: datetime) -> str:
    """ "Today", "Yesterday", "Mon 16 Nov"."""
    if same_day(look, moment, now):
        return look.text("inbox.today")
    if same_day(look, moment, now - timedelta(days=1)):
        return look.text("inbox.yesterday")
    return look.words.day(moment, now)


def language_name(look: Look, code: str) -> str:
    """A language's name in the window's language; its code where the catalogue knows none; empty for none."""
    code = code[:2].lower()
    if not code.isascii() or not code.isalpha():
        return ""
    name = f"inbox.language.{code}"
    return look.text(name) if look.words.knows(name) else code.upper()
