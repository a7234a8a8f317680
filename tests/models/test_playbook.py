"""Answers and facts as plain data."""

from __future__ import annotations

from datetime import date

from app.models.conversation import Category
from app.models.playbook import AnswerFigures, FactRow, PlaybookAnswer


def test_an_answer_is_titled_in_the_language_asked_for_else_in_its_own() -> None:
    answer = PlaybookAnswer("a", Category.OTHER, {"en": "Hi", "es": "Hola"}, {"es": ("x",)}, main_language="es")
    assert (answer.titled("en"), answer.titled("fr")) == ("Hi", "Hola")
    assert PlaybookAnswer("a", Category.OTHER, {}, {}).titled("fr") == "a"


def test_a_fact_holds_on_its_last_day() -> None:
    fact = FactRow(1, "k", "K", {}, date(2026, 11, 12))
    assert not fact.expired(date(2026, 11, 12))
    assert fact.expired(date(2026, 11, 13))
    assert not fact._replace(expires_on=None).expired(date(2126, 1, 1))


def test_what_was_judged_and_not_solved_came_back() -> None:
    assert AnswerFigures(uses=9, judged=7, solved=5).reopened == 2
