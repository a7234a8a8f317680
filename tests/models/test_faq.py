"""The arithmetic of trends, and what an entry says in which language."""

from __future__ import annotations

import pytest

from app.models.faq import FaqLink, FaqWords, Trend, older_after, trend


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (5, 3, Trend(1, 2)),
        (3, 5, Trend(-1, 2)),
        (4, 4, Trend(0, 0)),
        (4, 0, Trend(1, 4, new=True)),
        (0, 2, Trend(-1, 2)),
        (0, 0, None),
        (4, None, None),
    ],
)
def test_a_trend_is_how_many_more_or_fewer(now: int, before: int | None, said: Trend | None) -> None:
    assert trend(now, before) == said


def test_words_know_their_languages_and_leave_out_what_is_empty() -> None:
    words = FaqWords({"es": " ¿Qué? ", "en": " "}, {"fr": "Oui", "es": ""})
    assert words.languages == ("es", "en", "fr")
    assert words.tidied() == FaqWords({"es": "¿Qué?"}, {"fr": "Oui"})
    assert words.asked_in("en") == " "
    assert FaqWords({"es": "¿Qué?"}).asked_in("en") == "¿Qué?"
    assert FaqWords().asked_in("en") == ""


def test_a_link_is_found_by_words_of_its_question_and_answer() -> None:
    link = FaqLink(1, "¿Cuándo abren?", "A las diez.", "https://shop.example", "es")
    assert link.holds("")
    assert link.holds("cuando DIEZ")
    assert not link.holds("cuando ocho")


def test_what_was_first_written_makes_no_translation_old() -> None:
    begun = FaqWords({"es": "¿Abren?"}, {})
    now = FaqWords({"es": "¿Abren?", "en": "Open?"}, {"es": "A las diez."})
    assert older_after(FaqWords(), now, ()) == ()
    assert older_after(begun, now, ()) == ()  # the other one came along with it
    assert older_after(now, now._replace(answer={"es": "A las once."}), ()) == ("en",)
    assert older_after(now, now, ("en", "gone")) == ("en",)
