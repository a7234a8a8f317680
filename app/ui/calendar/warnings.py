"""The words of a rhythm's warnings: on the strip, on their days, and for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.models.account import AccountRow
from app.models.rhythm import RhythmWarning, WarningKind
from app.ui.calendar.desk import Desk
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated

ICONS = {
    WarningKind.FLOOD: "warning-circle-fill",
    WarningKind.CLOSE: "warning-circle-fill",
    WarningKind.SILENCE: "moon-stars-fill",
}


def said(look: Look, desk: Desk, warning: RhythmWarning) -> str:
    """ "Thursday: 6 posts", "Bluesky quiet Fri–Mon", "28–29 Nov: nothing planned"."""
    first = day_name(look, desk, warning.first)
    if warning.kind is WarningKind.FLOOD:
        return look.text("rhythm.flood", day=first, n=warning.many)
    if warning.kind is WarningKind.CLOSE:
        return look.text("rhythm.close", day=first, n=warning.many)
    begins, days = day_name(look, desk, warning.first, short=True), _days(look, desk, warning)
    if warning.everybody:
        return look.text("rhythm.nothing_planned", days=days)
    names = account_names(look, desk.accounts, warning.account_ids)
    if warning.open_end:
        return look.text("rhythm.quiet_from", names=names, day=begins)
    return look.text("rhythm.quiet", names=names, days=days)


def _days(look: Look, desk: Desk, warning: RhythmWarning) -> str:
    """ "Fri–Mon", or where the week is not shown "28–29 Nov"."""
    first, last = warning.first, warning.last
    if _is_near(desk, first) and _is_near(desk, last):
        begins, ends = (day_name(look, desk, day, short=True) for day in (first, last))
    else:
        ends = _date(look, last)
        begins = str(first.day) if (first.year, first.month) == (last.year, last.month) else _date(look, first)
    return begins if first == last else f"{begins}\N{EN DASH}{ends}"


def _date(look: Look, day: date) -> str:
    """ "29 Nov"."""
    return look.words.day(day).split(" ", 1)[-1]


def _is_near(desk: Desk, day: date) -> bool:
    return desk.shown.view == "week" and -7 < (day - desk.shown.days[0]).days < 10


def on_day(look: Look, desk: Desk, warning: RhythmWarning) -> list[str]:
    """What the head of a silent day may say, the longest first: "Bluesky quiet till Monday", "Bluesky quiet till Mon", "Quiet till Mon"."""
    if warning.everybody:
        return [look.text("rhythm.nothing_that_day")]
    names = account_names(look, desk.accounts, warning.account_ids)
    if warning.open_end:
        begins = day_name(look, desk, warning.first, short=True)
        return [
            look.text("rhythm.quiet_from", names=names, day=begins),
            look.text("rhythm.quiet_alone_from", day=begins),
        ]
    ends = [day_name(look, desk, warning.last, short=short) for short in (False, True)]
    texts = [look.text("rhythm.quiet_till", names=names, day=day) for day in ends]
    return [*texts, look.text("rhythm.quiet_alone_till", day=ends[1])]


def day_name(look: Look, desk: Desk, day: date, *, short: bool = False) -> str:
    """In a week the weekday alone, where the day is near; else the date."""
    if not _is_near(desk, day):
        return _date(look, day)
    name = look.words.weekday(day.isoweekday(), long=not short)
    return name if short else name[:1].upper() + name[1:]


def account_names(look: Look, accounts: Sequence[AccountRow], ids: Sequence[int]) -> str:
    """Networks by name; with the handle where the shop has several accounts on one."""
    networks = [each.network for each in accounts]
    names = [
        network_name(each.network)
        if networks.count(each.network) == 1
        else f"{network_name(each.network)} {isolated(each.handle)}"
        for each in accounts
        if each.id in ids
    ]
    return look.words.listing(names)
