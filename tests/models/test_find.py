"""What was typed to find something is understood in any of the languages, and never refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.find import Condition, Vocabulary, Wanted, canonical, localized, parse, plain_words

NOW = datetime(2026, 11, 18, 15, 41, tzinfo=UTC)
ZONE = ZoneInfo("America/Mexico_City")
SPANISH = Vocabulary(
    operators={
        "de": "from",
        "cuenta": "account",
        "es": "is",
        "categoria": "category",
        "antes": "before",
        "despues": "after",
    },
    values={
        "is": {"sin-leer": "unread", "tarde": "late", "atrasada": "late"},
        "category": {"queja": "complaint"},
        "before": {"hoy": "today", "ayer": "yesterday"},
        "after": {"hoy": "today", "ayer": "yesterday"},
        "from": {"nosotros": "us"},
    },
)


def parsed(text: str, vocabulary: Vocabulary = SPANISH) -> Wanted:
    return parse(text, NOW, ZONE, vocabulary)


def day(year: int, month: int, number: int) -> datetime:
    """When a day begins in Mexico City."""
    return datetime(year, month, number, 6, tzinfo=UTC)


def test_words_phrases_and_words_not_wanted() -> None:
    wanted = parsed('Vinilo "Lluvia negra" -CD -"sin envío"')
    assert wanted.words == ("vinilo", '"lluvia negra')
    assert wanted.without == ("cd", '"sin envio')
    assert wanted.troubles == ()


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("from:ana", Condition("from", "ana")),
        ("de:Ana", Condition("from", "Ana")),
        ('from:"Ana Ruiz"', Condition("from", "Ana Ruiz")),
        ("de:nosotros", Condition("from", "us")),
        ("is:needs_answer", Condition("is", "needs_answer")),
        ("is:needs-answer", Condition("is", "needs_answer")),
        ("ES:Sin-Leer", Condition("is", "unread")),
        ("es:late", Condition("is", "late")),
        ("-es:tarde", Condition("is", "late", negated=True)),
        ("categoría:queja", Condition("category", "complaint")),
        ("category:complaint", Condition("category", "complaint")),
        ("has:picture", Condition("has", "picture")),
        ("账:x", None),
        ("account：@aurora", Condition("account", "@aurora")),
    ],
)
def test_operators_have_names_in_english_and_in_the_language_of_the_screen(
    text: str, condition: Condition | None
) -> None:
    assert parsed(text).conditions == ((condition,) if condition else ())


def test_several_values_stand_side_by_side() -> None:
    assert parsed("category:order,queja").of("category") == ("order", "complaint")


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-18", day(2026, 11, 18)),
        ("18.11.2026", day(2026, 11, 18)),
        ("18/11/2026", day(2026, 11, 18)),
        ("2026年11月18日", day(2026, 11, 18)),
        ("2026-11", day(2026, 11, 1)),
        ("2026", day(2026, 1, 1)),
        ("hoy", day(2026, 11, 18)),
        ("today", day(2026, 11, 18)),
        ("ayer", day(2026, 11, 17)),
        ("7d", day(2026, 11, 11)),
        ("2w", day(2026, 11, 4)),
    ],
)
def test_days_are_those_of_the_shop(typed: str, moment: datetime) -> None:
    assert parsed(f"after:{typed}").since == moment
    assert parsed(f"antes:{typed}").until == moment


@pytest.mark.parametrize("typed", ["mañana", "2026-13-01", "31.2.2026", "99999d", "x", "1"])
def test_an_unreadable_date_is_said_and_the_words_are_searched(typed: str) -> None:
    wanted = parsed(f"vinilo before:{typed}")
    assert [trouble.id for trouble in wanted.troubles] == ["find.unreadable_date"]
    assert (wanted.words, wanted.until) == (("vinilo",), None)


def test_an_unknown_operator_is_said_and_searched_as_words() -> None:
    wanted = parsed("pedido:A-20418")
    assert [trouble.id for trouble in wanted.troubles] == ["find.unknown_operator"]
    assert wanted.words == ("pedido a-20418",)


def test_an_unknown_value_is_said() -> None:
    wanted = parsed("is:happy vinilo")
    assert [trouble.values for trouble in wanted.troubles] == [{"operator": "is", "value": "happy"}]
    assert wanted.words == ("vinilo",)


@pytest.mark.parametrize("text", ["https://discosaurora.example", "10:30", ":)", "AC/DC: hola", "from:", "is:"])
def test_what_only_looks_like_an_operator_is_no_trouble(text: str) -> None:
    wanted = parsed(text)
    assert wanted.troubles == ()
    assert wanted.conditions == ()


def test_a_search_is_kept_in_english_and_shown_in_the_language_of_the_screen() -> None:
    text = 'vinilo de:nosotros -es:tarde antes:ayer categoría:queja,order "de: no"'
    kept = canonical(text, SPANISH)
    assert kept == 'vinilo from:us -is:late before:yesterday category:complaint,order "de: no"'
    assert localized(kept, SPANISH) == 'vinilo de:nosotros -es:tarde antes:ayer categoria:queja,order "de: no"'
    assert parse(kept, NOW, ZONE)._replace(troubles=()) == parsed(text)


def test_words_can_be_looked_for_one_by_one() -> None:
    assert plain_words('Álbum "lluvia negra" is:late -cd') == ["Álbum", "lluvia negra"]


def test_nothing_typed_is_nothing_wanted() -> None:
    assert parsed("  -  from: !!").is_nothing
    assert not parsed("after:7d").is_nothing
    assert parsed("after:7d").since == NOW.replace(hour=6, minute=0) - timedelta(days=7)


@given(text=st.text(max_size=80))
def test_any_text_is_understood(text: str) -> None:
    wanted = parsed(text)
    kept = canonical(text, SPANISH)
    assert parse(kept, NOW, ZONE).conditions == wanted.conditions
