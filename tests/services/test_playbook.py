"""A prepared answer is found by category and language, and used only when it is complete."""

from __future__ import annotations

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.services.playbook import fill, wording


def answer(category: Category, **wordings: tuple[str, ...]) -> PlaybookAnswer:
    return PlaybookAnswer(key=f"{category}-1", category=category, title={"en": "Hours"}, wordings=wordings)


HOURS = answer(Category.QUESTION, es=("Hola {name}: abrimos a las 10.",), en=("Hello {name}, see {link}.", "Hello, we open at 10."))


def test_it_answers_in_the_customers_language() -> None:
    assert wording([HOURS], Category.QUESTION, "es", {"name": "Ana"}) == "Hola Ana: abrimos a las 10."


def test_it_never_answers_in_another_language() -> None:
    assert wording([HOURS], Category.QUESTION, "fr", {"name": "Ana"}) is None


def test_it_never_answers_another_question() -> None:
    assert wording([HOURS], Category.COMPLAINT, "es", {"name": "Ana"}) is None


def test_a_wording_that_lacks_a_value_is_passed_over() -> None:
    assert wording([HOURS], Category.QUESTION, "en", {"name": "Ana", "link": ""}) == "Hello, we open at 10."


def test_the_next_answer_of_the_category_is_tried() -> None:
    incomplete = answer(Category.QUESTION, es=("{order}",))
    assert wording([incomplete, HOURS], Category.QUESTION, "es", {"name": "Ana"}) == "Hola Ana: abrimos a las 10."


def test_values_are_put_in_as_they_are() -> None:
    assert fill("{a} y {a}, {b}", {"a": "{b}", "b": r"\1"}) == r"{b} y {b}, \1"
    assert fill("nada", {}) == "nada"
    assert fill("{a}", {}) is None
