"""Who of the managers can decide: by topic, by language and by who works now; and by when an answer of theirs may be expected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.models.escalation import ManagerChoice
from app.models.manager import ManagerRow
from app.runtime.clock import from_ms, from_wall, to_ms
from app.services.working_time import WorkingTime

MINUTE_MS = 60_000
UNKNOWN_MINUTES = 240
"""Working minutes that are given to a manager who never answered yet."""
ROUNDED = timedelta(minutes=15)
SLACK = 1.5
"""Somebody who usually takes five hours is asked about after seven and a half."""
NOON = 12
ROOM = timedelta(hours=2)
"""Between the manager's answer and ours to the customer."""
BY_CATEGORY, BY_WORD, BY_LANGUAGE, BY_HOURS = 8, 4, 2, 1


def working_time(manager: ManagerRow, shop: WorkingTime, zone: ZoneInfo) -> WorkingTime:
    """The manager's own hours, else the shop's."""
    if not manager.hours:
        return shop
    try:
        own = ZoneInfo(manager.zone) if manager.zone else zone
    except (ZoneInfoNotFoundError, ValueError):
        own = zone
    return WorkingTime(manager.hours, own)


def measured(manager: ManagerRow, shop: WorkingTime, zone: ZoneInfo) -> ManagerRow:
    """With how long they usually take: the median of their last answers, in their own working time. A night is not waiting."""
    if not manager.answer_times:
        return manager
    hours = working_time(manager, shop, zone)
    taken = median(hours.between(asked, answered) for asked, answered in manager.answer_times)
    return manager._replace(usual_minutes=round(taken / MINUTE_MS))


def choices(
    managers: Sequence[ManagerRow],
    category: str,
    text: str,
    language: str,
    shop: WorkingTime,
    zone: ZoneInfo,
    now: datetime,
) -> list[ManagerChoice]:
    """All of them, the most fitting first; those that fit alike stay in their order."""
    folded = text.casefold()

    def rank(choice: ManagerChoice) -> int:
        row = choice.row
        topics = [topic.casefold() for topic in row.topics]
        return (
            BY_CATEGORY * (category in topics)
            + BY_WORD * any(topic in folded for topic in topics if topic and topic != category)
            + BY_LANGUAGE * (language in row.languages)
            + BY_HOURS * choice.works_now
        )

    found = []
    for row in (measured(each, shop, zone) for each in managers):
        hours = working_time(row, shop, zone)
        works = hours.is_working(now)
        again = None if works else from_ms(hours.after(to_ms(now), 0))
        topics = [topic.casefold() for topic in row.topics]
        fits = category in topics or any(topic in folded for topic in topics if topic)
        found.append(ManagerChoice(row, fits, works, again))
    return sorted(found, key=rank, reverse=True)


def remind_at(manager: ManagerRow, shop: WorkingTime, zone: ZoneInfo, now: datetime) -> datetime:
    """When to ask again, if there is no answer: after their usual time and half of it, in their working hours."""
    minutes = manager.usual_minutes if manager.usual_minutes is not None else UNKNOWN_MINUTES
    hours = working_time(manager, shop, zone)
    return _rounded(from_ms(hours.after(to_ms(now), round(max(minutes, 30) * SLACK) * MINUTE_MS)))


def promise_at(remind: datetime, zone: ZoneInfo) -> datetime:
    """What may be promised to the customer: the next noon that leaves time to pass the answer on."""
    local = (remind + ROOM).astimezone(zone)
    day = (
        local.date()
        if local.hour < NOON or (local.hour == NOON and not local.minute)
        else local.date() + timedelta(days=1)
    )
    return from_wall(datetime.combine(day, datetime.min.time().replace(hour=NOON)), zone).at


def _rounded(moment: datetime) -> datetime:
    """Up to the next quarter of an hour."""
    step = ROUNDED // timedelta(milliseconds=1)
    return from_ms(-(-to_ms(moment) // step) * step)
