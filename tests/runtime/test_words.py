"""Sentences, figures and times in five languages, as interface.md section 11 lists them."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.runtime.words import Message, Words, message
from installer.compile_words import compiled, write
from tests.conftest import TRANSLATIONS
from tests.fakes.clock import FakeClock

MEXICO = "America/Mexico_City"
NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 19, 0, 5, tzinfo=UTC)
"""18:05 on 18 November in Mexico City."""

NARROW = "\u202f"
HARD = "\u00a0"


def in_language(language: str) -> Words:
    return Words(TRANSLATIONS, language, MEXICO)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Catalogues of a few entries: `only.english` lacks in Spanish."""
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    for language, entries in {
        "en": {
            "greet": "Hello {name}",
            "only.english": "Only here",
            "braces": "Write {{name}} there",
            "wrong": "{name:day}",
            "at.end": "Until {when}. Then again.",
            "format.time.24": "noon.",
            "format.hours": "24",
            "format.am": "am",
            "format.pm": "pm",
            "format.thousands": ",",
            "format.decimal": ".",
        },
        "pt": {"greet": "Bonjour {name}"},
    }.items():
        folder = tmp_path / language
        folder.mkdir()
        lines = "".join(f'msgid "{name}"\nmsgstr "{text}"\n\n' for name, text in entries.items())
        plural = 'msgid "waiting"\nmsgid_plural "waiting"\nmsgstr[0] "{n} waits"\nmsgstr[1] "{n} wait"\n'
        (folder / "x.po").write_text(header + lines + (plural if language == "en" else ""), encoding="utf-8")
    results, faults = compiled(tmp_path)
    assert faults == []
    for path, content in results.items():
        write(path, content)
    return tmp_path


# --- messages


def test_a_message_survives_json() -> None:
    values = {"n": 3, "when": NOW, "day": NOW.date(), "names": ["a", "b"], "missing": None, "share": 0.5}
    nested = message("outer", **values, inner=message("inner", who="x"))
    assert Message.from_json(nested.to_json()) == nested


@pytest.mark.parametrize("text", ["", "[]", '"x"', '{"other": 1}', "nonsense"])
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Message.from_json(text)


def test_a_message_cannot_carry_an_object() -> None:
    with pytest.raises(TypeError):
        message("x", what=object()).to_json()


# --- texts


def test_values_are_filled_in(small: Path) -> None:
    words = Words(small, "en")
    assert words.text("greet", name="Ana") == "Hello Ana"
    assert words.text(message("greet", name="Ana")) == "Hello Ana"
    assert words.text("greet", name="{x} {0}") == "Hello {x} {0}"
    assert words.text("braces") == "Write {name} there"


def test_the_number_n_chooses_the_plural_and_is_grouped(small: Path) -> None:
    words = Words(small, "en")
    assert [words.text("waiting", n=n) for n in (0, 1, 12846)] == ["0 wait", "1 waits", "12,846 wait"]


def test_nested_messages_are_written_out(small: Path) -> None:
    assert Words(small, "pt").text("greet", name=message("greet", name="B")) == "Bonjour Bonjour B"


def test_a_sentence_does_not_end_in_two_full_stops(small: Path) -> None:
    assert Words(small, "en").text("at.end", when=NOW) == "Until noon. Then again."


def test_english_stands_in_and_then_the_id_once_in_the_log(small: Path, expected_log: list[logging.LogRecord]) -> None:
    words = Words(small, "pt")
    assert words.text("only.english") == "Only here"
    assert expected_log == []
    assert [words.text("no.such"), words.text("no.such")] == ["no.such", "no.such"]
    assert [record.getMessage() for record in expected_log] == ["no words for no.such"]
    assert words.knows("only.english")
    assert not words.knows("no.such")


def test_a_missing_value_stays_visible(small: Path) -> None:
    assert Words(small, "en").text("greet") == "Hello {name}"


def test_a_value_of_the_wrong_kind_does_not_stop_the_window(small: Path, expected_log: list[logging.LogRecord]) -> None:
    assert Words(small, "en").text("wrong", name=NOW.time()) == "{name:day}"
    assert len(expected_log) == 1


def test_the_language_changes_while_running(small: Path) -> None:
    words = Words(small, "en")
    heard: list[str] = []
    words.changed.connect(lambda: heard.append(words.language))
    words.language = "pt-BR"
    words.language = "pt"
    assert heard == ["pt"]
    assert words.text("greet", name="A") == "Bonjour A"


def test_an_unknown_language_is_english_and_an_unknown_zone_utc(expected_log: list[logging.LogRecord]) -> None:
    words = Words(TRANSLATIONS, "xx", "Mars/Olympus")
    assert words.language == "en"
    assert words.time(NOW) == "16:00"
    assert len(expected_log) == 2


def test_languages_name_themselves() -> None:
    words = in_language("en")
    assert {"en", "es"} <= set(words.available())
    assert words.name_of("es") == "Español"


def test_titles_begin_with_a_capital() -> None:
    assert in_language("es").title("format.long_weekday.3") == "Miércoles"


# --- figures


@pytest.mark.parametrize(
    ("language", "figure", "share", "minutes"),
    [
        ("en", "12,846", "+6.1%", "\u22124 min"),
        ("es", "12,846", "+6.1%", "\u22124 min"),
        ("fr", f"12{NARROW}846", f"+6,1{NARROW}%", f"\u22124{HARD}min"),
        ("ru", f"12{HARD}846", f"+6,1{HARD}%", f"\u22124{HARD}мин"),
        ("zh", "12,846", "+6.1%", "\u22124分钟"),
    ],
)
def test_figures(language: str, figure: str, share: str, minutes: str) -> None:
    words = in_language(language)
    assert words.number(12846) == figure
    assert words.delta(0.061) == share
    assert words.delta(-4, "minutes") == minutes


def test_zero_is_0_and_missing_is_a_dash() -> None:
    words = in_language("en")
    assert [words.number(0), words.number(None), words.delta(0.0), words.percent(None)] == ["0", "—", "0%", "—"]
    assert words.number(-0.04, 1) == "0"


def test_decimals_end_where_they_say_nothing() -> None:
    words = in_language("en")
    assert [words.percent(0.94), words.percent(0.0614), words.number(1234.5, 2)] == ["94%", "6.1%", "1,234.5"]


def test_shares_differ_by_points_and_counts_by_figures() -> None:
    words = in_language("en")
    assert words.delta(0.02, "points") == "+2 pts"
    assert words.delta(-1200, "number") == "\u22121,200"


# --- times


@pytest.mark.parametrize(
    ("language", "time", "day", "day_and_time", "week", "over_months", "over_years"),
    [
        (
            "en",
            "18:05",
            "Wed 18 Nov",
            "Wed 18 Nov, 18:05",
            "16–22 November 2026",
            "28 September–4 October 2026",
            "28 December 2026–3 January 2027",
        ),
        (
            "es",
            f"6:05{HARD}p.m.",
            "mié 18 nov",
            f"mié 18 nov, 6:05{HARD}p.m.",
            "16–22 de noviembre de 2026",
            "28 de septiembre–4 de octubre de 2026",
            "28 de diciembre de 2026–3 de enero de 2027",
        ),
        (
            "fr",
            "18:05",
            "mer. 18 nov.",
            "mer. 18 nov., 18:05",
            "16–22 novembre 2026",
            "28 septembre–4 octobre 2026",
            "28 décembre 2026–3 janvier 2027",
        ),
        (
            "ru",
            "18:05",
            "ср, 18 нояб.",
            "ср, 18 нояб., 18:05",
            f"16–22 ноября 2026{HARD}г.",
            f"28 сентября–4 октября 2026{HARD}г.",
            f"28 декабря 2026{HARD}г.–3 января 2027{HARD}г.",
        ),
        (
            "zh",
            "18:05",
            "11月18日周三",
            "11月18日周三 18:05",
            "2026年11月16–22日",
            "2026年9月28日–10月4日",
            "2026年12月28日–2027年1月3日",
        ),
    ],
)
def test_times(
    language: str, time: str, day: str, day_and_time: str, week: str, over_months: str, over_years: str
) -> None:
    words = in_language(language)
    assert words.time(EVENING) == time
    assert words.day(EVENING) == day
    assert words.day_and_time(EVENING) == day_and_time
    assert words.range(date(2026, 11, 16), date(2026, 11, 22)) == week
    assert words.range(date(2026, 9, 28), date(2026, 10, 4)) == over_months
    assert words.range(date(2026, 12, 28), date(2027, 1, 3)) == over_years


def test_midnight_and_noon_on_a_clock_of_twelve() -> None:
    words = Words(TRANSLATIONS, "es", UTC)
    assert words.time(NOW.replace(hour=0, minute=5)) == f"12:05{HARD}a.m."
    assert words.time(NOW.replace(hour=12)) == f"12:00{HARD}p.m."


def test_the_user_chooses_the_clock() -> None:
    words = in_language("es")
    words.set_clock_hours(24)
    assert words.time(EVENING) == "18:05"
    words.set_clock_hours(None)
    assert words.clock_hours == 12


def test_the_region_refines_the_language() -> None:
    words = in_language("en")
    words.region = "us"
    assert words.day(EVENING) == "Wed, Nov 18"
    assert words.time(EVENING) == "6:05 pm"
    assert words.first_weekday == 7
    words.region = "gb"
    assert words.day(EVENING) == "Wed 18 Nov"
    assert words.first_weekday == 1


def test_the_first_of_a_month_in_french() -> None:
    assert in_language("fr").day(date(2026, 11, 1)) == "dim. 1er nov."


def test_the_zone_can_change() -> None:
    words = in_language("en")
    words.zone = "Europe/Madrid"
    assert words.day_and_time(EVENING) == "Thu 19 Nov, 01:05"


@pytest.mark.parametrize(
    ("moment", "short", "full"),
    [
        (NOW - timedelta(seconds=30), "now", "now"),
        (NOW - timedelta(minutes=33), "33 min", "33 min"),
        (NOW + timedelta(minutes=33, seconds=5), "in 33 min", "in 33 min"),
        (NOW - timedelta(minutes=60), "09:00", "Today, 09:00"),
        (NOW + timedelta(hours=8), "18:00", "Today, 18:00"),
        (datetime(2026, 11, 10, 16, 12, tzinfo=UTC), "Tue 10 Nov", "Tue 10 Nov, 10:12"),
        (datetime(2025, 11, 10, 16, 12, tzinfo=UTC), "Mon 10 Nov 2025", "Mon 10 Nov 2025, 10:12"),
    ],
)
def test_moments(moment: datetime, short: str, full: str) -> None:
    words = in_language("en")
    assert words.moment(moment, NOW) == short
    assert words.moment(moment, NOW, full=True) == full


def test_a_text_names_the_day_only_when_it_is_another(clock: FakeClock, words: Words) -> None:
    soon = words.text("error.rate_limited", until=clock.now() + timedelta(hours=2))
    tomorrow = words.text("error.rate_limited", until=clock.now() + timedelta(days=1))
    assert soon.endswith("by itself: 12:00.")
    assert tomorrow.endswith("by itself: Thu 19 Nov, 10:00.")


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        in_language("en").time(NOW.replace(tzinfo=None))


# --- lists


def test_lists() -> None:
    assert in_language("en").listing(["X", "Mastodon", "Bluesky"]) == "X, Mastodon and Bluesky"
    assert in_language("es").listing(["X", "Bluesky"]) == "X y Bluesky"
    assert in_language("es").listing(["X", "Mastodon", "Instagram"]) == "X, Mastodon e Instagram"
    assert in_language("zh").listing(["X", "Mastodon", "Bluesky"]) == "X、Mastodon和Bluesky"
    assert [in_language("en").listing([]), in_language("en").listing([1200])] == ["", "1,200"]


def test_the_users_own_words_win_in_every_language_and_stand_as_they_are(expected_log: list[logging.LogRecord]) -> None:
    words = Words(TRANSLATIONS, "es")
    heard: list[str] = []
    words.changed.connect(lambda: heard.append(words.language))
    words.own = {"pillar.offers": "{n} <b>%s</b> {", "pillar.own1": "Viajes"}
    assert words.text("pillar.offers", n=2) == "{n} <b>%s</b> {"
    assert words.text(message("pillar.offers", n=2)) == "{n} <b>%s</b> {"
    assert words.text("tips.pillar", pillar=message("pillar.offers"), times=2).startswith("«{n} <b>%s</b> {»")
    assert words.title("pillar.own1") == "Viajes"
    assert words.knows("pillar.own1")
    words.own = {"pillar.offers": "{n} <b>%s</b> {", "pillar.own1": "Viajes"}
    assert heard == ["es"], "the same again is no change"
    words.language = "zh"
    assert words.text("pillar.own1") == "Viajes"
    words.own = {}
    assert not words.knows("pillar.own1")
    assert words.text("pillar.offers") == "优惠"
    assert expected_log == []


@pytest.mark.parametrize(
    ("language", "names", "facts"),
    [("en", "X, Mastodon, Bluesky", "X, Bluesky"), ("ru", "X, Mastodon, Bluesky", "X, Bluesky"), ("zh", "X、Mastodon、Bluesky", "X，Bluesky")],
)
def test_names_and_facts_stand_beside_each_other_as_the_language_separates_them(language: str, names: str, facts: str) -> None:
    words = Words(TRANSLATIONS, language)
    assert words.enumeration(["X", "Mastodon", "", "Bluesky"]) == names
    assert words.facts(["X", "", "Bluesky"]) == facts


@pytest.mark.parametrize(("language", "told"), [("en", "Ana: hola"), ("fr", "Ana\u00a0: hola"), ("zh", "Ana：hola")])
def test_what_is_told_of_somebody_stands_behind_the_colon_of_the_language(language: str, told: str) -> None:
    assert Words(TRANSLATIONS, language).told_of("Ana", "hola") == told


def test_a_form_without_the_figure_is_for_one_alone() -> None:
    """Russian takes the form for 1 for 21 too, French for 0."""
    assert Words(TRANSLATIONS, "ru").text("inbox.said.done", n=1) == "Готово"
    assert "21" in Words(TRANSLATIONS, "ru").text("inbox.said.done", n=21)
    assert "0" in Words(TRANSLATIONS, "fr").text("questions.said_thanked", n=0)
    assert "0" in Words(TRANSLATIONS, "fr").text("questions.said_grouped", n=0, name="Envíos"), "a name is no figure"


@pytest.mark.parametrize(("language", "written"), [("en", "1,234.50 USD"), ("fr", "1\u202f234,50\u00a0USD"), ("zh", "1,234.50 USD")])
def test_amounts_of_money_keep_their_decimals(language: str, written: str) -> None:
    assert Words(TRANSLATIONS, language).text("money.amount", millionths=1_234_500_000, currency="USD") == written
