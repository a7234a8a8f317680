"""Who of the managers is proposed, and by when an answer may be expected."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.manager import ManagerRow
from app.runtime.clock import to_ms
from app.services.manager_choice import choices, measured, promise_at, remind_at
from app.services.working_time import WorkingTime

ZONE = ZoneInfo("America/Mexico_City")
ALWAYS = WorkingTime((((0, 1440),),) * 7, ZONE)
NOON = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)
"""A Wednesday, twelve o'clock in Mexico City."""
OFFICE = (((540, 1080),),) * 5 + ((), ())


def manager(number: int, **more: object) -> ManagerRow:
    return ManagerRow(number, f"M{number}", "", f"m{number}@x.example")._replace(**more)  # type: ignore[arg-type]


def names(
    rows: list[ManagerRow], category: str = "order", text: str = "", language: str = "es", now: datetime = NOON
) -> list[str]:
    return [choice.row.name for choice in choices(rows, category, text, language, ALWAYS, ZONE, now)]


def test_the_topic_counts_most() -> None:
    rows = [
        manager(1, languages=("es",)),
        manager(2, topics=("order",)),
        manager(3, topics=("aduana",), languages=("es",)),
    ]
    assert names(rows, "order", "La aduana la tiene") == ["M2", "M3", "M1"]


def test_those_that_fit_alike_stay_in_their_order() -> None:
    assert names([manager(2), manager(1)]) == ["M2", "M1"]


def test_the_language_and_who_works_now_decide_between_equals() -> None:
    rows = [manager(1, hours=((),) * 7), manager(2), manager(3, languages=("fr",))]
    assert names(rows, language="fr") == ["M3", "M2", "M1"]


def test_somebody_who_does_not_work_now_is_there_with_when_they_do_again() -> None:
    evening = NOON + timedelta(hours=9)
    (choice,) = choices([manager(1, hours=OFFICE)], "order", "", "es", ALWAYS, ZONE, evening)
    assert (choice.works_now, choice.works_again) == (False, datetime(2026, 11, 19, 15, 0, tzinfo=UTC))


def test_the_usual_time_is_the_median_in_the_managers_own_working_time() -> None:
    """Asked on Tuesday at half past five in the afternoon, answered on Wednesday at half past nine: an hour, not a night."""
    evening, morning = datetime(2026, 11, 17, 17, 30, tzinfo=ZONE), datetime(2026, 11, 18, 9, 30, tzinfo=ZONE)
    asked = ((to_ms(evening), to_ms(morning)),)
    assert measured(manager(1, hours=OFFICE, answer_times=asked), ALWAYS, ZONE).usual_minutes == 60
    assert measured(manager(1, answer_times=asked), ALWAYS, ZONE).usual_minutes == 16 * 60
    assert measured(manager(1), ALWAYS, ZONE).usual_minutes is None
    (choice,) = choices([manager(1, hours=OFFICE, answer_times=asked)], "order", "", "es", ALWAYS, ZONE, NOON)
    assert choice.row.usual_minutes == 60


def test_the_reminder_comes_after_the_usual_time_and_half_of_it() -> None:
    assert remind_at(manager(1, usual_minutes=120), ALWAYS, ZONE, NOON) == NOON + timedelta(hours=3)
    assert remind_at(manager(1), ALWAYS, ZONE, NOON) == NOON + timedelta(hours=6)


def test_the_reminder_keeps_to_their_hours_and_to_quarters() -> None:
    late = NOON + timedelta(hours=5, minutes=50)  # ten minutes before they go
    assert remind_at(manager(1, hours=OFFICE, usual_minutes=60), ALWAYS, ZONE, late) == datetime(
        2026, 11, 19, 16, 30, tzinfo=UTC
    )


def test_the_promise_is_the_next_noon_that_leaves_time() -> None:
    assert promise_at(NOON - timedelta(hours=3), ZONE) == NOON
    assert promise_at(NOON, ZONE) == NOON + timedelta(days=1)


def test_an_unknown_zone_is_the_shops() -> None:
    (choice,) = choices([manager(1, hours=OFFICE, zone="Nowhere/Town")], "order", "", "es", ALWAYS, ZONE, NOON)
    assert choice.works_now
