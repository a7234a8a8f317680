"""Days and times as people type them, in five languages; nothing typed is too strange, and what is understood lies in the future."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.language.time_parts import FURTHEST_DAYS, LONGEST
from app.language.time_words import CHINESE, meanings
from app.language.typed_time import Typed, find, moment, read
from app.runtime.words import Words

MEXICO = ZoneInfo("America/Mexico_City")
MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
"""Ten o'clock on a Wednesday."""
WEDNESDAY = date(2026, 11, 18)

TYPED = """
mañana 9 | es | 2026-11-19 09:00
manana 9:15 | es | 2026-11-19 09:15
fri 19:30 | en | 2026-11-20 19:30
Friday 7:30 pm | en | 2026-11-20 19:30
пт 19:30 | ru | 2026-11-20 19:30
周五19:30 | zh | 2026-11-20 19:30
in 2 hours | en | 2026-11-18 12:00
in half an hour | en | 2026-11-18 10:30
2h | en | 2026-11-18 12:00
+90 min | en | 2026-11-18 11:30
in a week | en | 2026-11-25 10:00
in 3 days 8:00 | en | 2026-11-21 08:00
dans 3 jours | fr | 2026-11-21 10:00
через час | ru | 2026-11-18 11:00
через полчаса | ru | 2026-11-18 10:30
через 2 недели | ru | 2026-12-02 10:00
明天上午9点 | zh | 2026-11-19 09:00
两小时后 | zh | 2026-11-18 12:00
三天后 | zh | 2026-11-21 10:00
后天晚上8点 | zh | 2026-11-20 20:00
下周一 | zh | 2026-11-23 09:00
12月15日10点 | zh | 2026-12-15 10:00
下午三点半 | zh | 2026-11-18 15:30
lunes | es | 2026-11-23 09:00
wednesday | en | 2026-11-25 09:00
wed 20:00 | en | 2026-11-18 20:00
miércoles 9 | es | 2026-11-25 09:00
15/12 10:00 | es | 2026-12-15 10:00
12/25 | en | 2026-12-25 09:00
24 de diciembre a las 8 | es | 2026-12-24 08:00
3 nov | en | 2027-11-03 09:00
9 | en | 2026-11-19 09:00
11 | en | 2026-11-18 11:00
1830 | en | 2026-11-18 18:30
5 de la tarde | es | 2026-11-18 17:00
mañana por la tarde | es | 2026-11-19 15:00
mañana a las 9 de la mañana | es | 2026-11-19 09:00
pasado mañana | es | 2026-11-20 09:00
el viernes a las 7 y media | es | 2026-11-20 07:30
esta noche | es | 2026-11-18 20:00
la semana que viene | es | 2026-11-23 09:00
en 3 días a las 10 | es | 2026-11-21 10:00
tonight | en | 2026-11-18 20:00
next monday 10 | en | 2026-11-23 10:00
demain 14h30 | fr | 2026-11-19 14:30
après-demain matin | fr | 2026-11-20 09:00
à 9 heures | fr | 2026-11-19 09:00
19h | fr | 2026-11-18 19:00
ce soir | fr | 2026-11-18 18:00
le 3 mars | fr | 2027-03-03 09:00
завтра в 9 утра | ru | 2026-11-19 09:00
в понедельник в 10 | ru | 2026-11-23 10:00
в 3 часа дня | ru | 2026-11-18 15:00
на следующей неделе | ru | 2026-11-23 09:00
mar 24 | es | 2026-11-24 09:00
mar 24 | en | 2027-03-24 09:00
""".strip().splitlines()


def local(text: str, zone: ZoneInfo = MEXICO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize("line", TYPED)
def test_a_moment_is_read(line: str) -> None:
    text, language, meant = (part.strip() for part in line.split("|"))
    assert moment(text, NOW, MEXICO, language).at == local(meant)


@pytest.mark.parametrize(
    ("text", "problem", "proposed"),
    [
        ("today 8:00", "past", "2026-11-19 08:00"),
        ("2020-01-01 12:00", "past", "2026-11-18 12:00"),
        ("asap", "unreadable", "2026-11-19 09:00"),
        ("", "unreadable", "2026-11-19 09:00"),
        ("25:00", "unreadable", "2026-11-19 09:00"),
        ("31/02", "unreadable", "2026-11-19 09:00"),
        ("mondy 14:00", "unreadable", "2026-11-23 14:00"),
        ("mañnaa 9", "unreadable", "2026-11-19 09:00"),
        ("viermes", "unreadable", "2026-11-20 09:00"),
        ("1000 months", "too_far", "2026-11-19 09:00"),
    ],
)
def test_what_cannot_be_meant_comes_with_a_proposal(text: str, problem: str, proposed: str) -> None:
    assert moment(text, NOW, MEXICO) == (None, problem, local(proposed))


def test_a_time_that_is_skipped_or_comes_twice_is_the_next_that_exists_or_the_first() -> None:
    spring, autumn = datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert moment("mañana 2:30", spring, MADRID, "es").at == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert moment("mañana 2:30", autumn, MADRID, "es").at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_days_from_now_keep_the_time_of_the_day_when_the_clocks_change() -> None:
    before = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)
    assert moment("in 2 days", before, MADRID).at == datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
    assert moment("in 24 hours", before, MADRID).at == datetime(2026, 10, 25, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found", "at"),
    [
        ("Courier says A-20433 arrives in 3 days. Could you look with me then?", "in 3 days.", "2026-11-21 10:00"),
        ("Te escribimos el lunes a las 10 con la respuesta", "lunes a las 10", "2026-11-23 10:00"),
        ("nous vous répondons demain matin, promis", "demain matin,", "2026-11-19 09:00"),
        ("Мы напишем в пятницу.", "пятницу.", "2026-11-20 09:00"),
        ("我们周五给您答复", "周五", "2026-11-20 09:00"),
        ("We refund within 5 days", "within 5 days", "2026-11-23 10:00"),
    ],
)
def test_a_time_is_found_in_a_sentence(text: str, found: str, at: str) -> None:
    there = find(text, NOW, MEXICO)
    assert there is not None
    assert (text[there.start : there.end], there.at) == (found, local(at))


@pytest.mark.parametrize(
    "text", ["I may sun myself", "Order 12 costs 10", "hola, ven por favor", "A-20391", "10/10", "", "我们 5 张"]
)
def test_what_is_no_time_in_a_sentence_is_left_alone(text: str) -> None:
    there = find(text, NOW, MEXICO)
    assert there is None or text == "10/10"


# ---- fields that hold day and time apart


@pytest.mark.parametrize(
    ("text", "language", "day", "clock"),
    [
        ("sun 22", "en", date(2026, 11, 22), None),
        ("Sun 22 Nov, 11:00", "en", date(2026, 11, 22), time(11)),
        ("dom 22 nov", "es", date(2026, 11, 22), None),
        ("22 nov 2027", "en", date(2027, 11, 22), None),
        ("24.12.2026 10:00", "en", date(2026, 12, 24), time(10)),
        ("11.30", "en", None, time(11, 30)),
        ("1130", "en", None, time(11, 30)),
        ("12 am", "en", None, time(0)),
        ("12:15 p.m.", "en", None, time(12, 15)),
        ("сб 21 нояб.", "ru", date(2026, 11, 21), None),
        ("11月22日周日", "zh", date(2026, 11, 22), None),
        ("", "en", None, None),
    ],
)
def test_day_and_time_apart(text: str, language: str, day: date | None, clock: time | None) -> None:
    assert read(text, WEDNESDAY, language=language) == Typed(day, clock)


@pytest.mark.parametrize("text", ["soon", "25:00", "99", "32 nov", "asdf 12:99", "12 13 14", "13 pm", "in 2 hours"])
def test_what_is_no_day_and_no_time_is_not_guessed(text: str) -> None:
    assert read(text, WEDNESDAY) is None


def test_a_lone_number_is_an_hour_or_a_day_depending_on_the_field() -> None:
    assert read("9", WEDNESDAY, alone="time") == Typed(None, time(9))
    assert read("9", WEDNESDAY, alone="day") == Typed(date(2026, 12, 9), None)
    assert read("24", WEDNESDAY, alone="time") is None


# ---- anything at all

WORDS = st.sampled_from(
    [
        *sorted(meanings()),
        *["0", "1", "9", "24", "31", "99", "2026", "7:30", "12/5", "1.2", "pm", "a.m.", "h", "+", "29/2", "2026-02-30"],
        *["周五", "星期天", "三点半", "十二月", "下周", "两小时后", "明天", "号"],
    ]
)
MOMENTS = st.integers(946_684_800, 3_786_912_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.sampled_from(
    [
        MEXICO,
        MADRID,
        *map(ZoneInfo, ("Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe", "Asia/Shanghai")),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=LONGEST + 5), st.lists(WORDS, max_size=7).map(" ".join), st.lists(WORDS, max_size=5).map("".join)
)
LANGUAGES = st.sampled_from(["", "en", "es", "fr", "ru", "zh"])


@settings(max_examples=400, deadline=None)
@given(TEXTS, MOMENTS, ZONES, LANGUAGES)
def test_whatever_is_typed_what_is_understood_or_proposed_is_in_the_future(
    text: str, now: datetime, zone: ZoneInfo, language: str
) -> None:
    understood = moment(text, now, zone, language)
    at = understood.at or understood.proposal
    assert at is not None
    assert now < at <= now + timedelta(days=FURTHEST_DAYS)
    assert (understood.at is None) == (understood.problem is not None)


@settings(max_examples=200, deadline=None)
@given(TEXTS, MOMENTS, LANGUAGES, st.sampled_from(["", "time", "day"]))
def test_whatever_is_typed_into_a_field_a_day_that_is_understood_is_not_over(
    text: str, now: datetime, language: str, alone: str
) -> None:
    typed = read(text, now.date(), language=language, alone=alone)  # type: ignore[arg-type]
    if (
        typed is not None
        and typed.day is not None
        and not any(f"{year}" in text for year in range(1000, 2100))
        and "/" not in text
    ):
        assert typed.day >= now.date()


@settings(max_examples=100, deadline=None)
@given(TEXTS, MOMENTS, ZONES)
def test_no_sentence_is_too_strange_to_be_looked_through(text: str, now: datetime, zone: ZoneInfo) -> None:
    there = find(text, now, zone)
    assert there is None or (there.at > now and 0 <= there.start < there.end <= len(text))


def test_chinese_phrases_stand_longest_first() -> None:
    patterns = [pattern for pattern, _ in CHINESE]
    assert patterns.index(r"大后天") < patterns.index(r"后天|後天")


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_the_program_writes_can_be_read_again(words: Words, language: str) -> None:
    words.language = language
    for month in range(1, 13):
        for number in (1, 9, 22):
            day = date(2027, month, number)
            assert read(words.day(day), date(2026, 12, 31), alone="day", language=language) == Typed(day, None), (
                words.day(day)
            )
            at = datetime(2027, month, number, 15, 30, tzinfo=MEXICO)
            assert moment(words.day_and_time(at, NOW), NOW, MEXICO, language).at == at, words.day_and_time(at, NOW)
