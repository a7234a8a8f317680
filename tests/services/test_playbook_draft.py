"""An answer as a file tells it, row by row, and laid onto the one that is here."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.answer_content import AnswerContent
from app.models.conversation import Category
from app.models.playbook import Address, AfterSending, Blank, WordingRow
from app.services.playbook_draft import Book, after_of, after_text, category_of, guess_columns, language_of


def told(*rows: dict[str, str], lenient: bool = False) -> Book:
    book = Book()
    for row in rows:
        assert book.add(row, lenient=lenient) is None
    return book


def test_columns_of_a_spreadsheet_are_known_by_what_they_are_called() -> None:
    assert guess_columns(["Pregunta", "Respuesta", "Categoría", "Precio"]) == {"example": 0, "text": 1, "category": 2}
    assert guess_columns(["Название", "Текст", "Теги"]) == {"title": 0, "text": 1, "tags": 2}
    assert guess_columns(["title", "answer", "text"]) == {"title": 0, "text": 2}


def test_categories_and_languages_go_by_their_names_as_well() -> None:
    assert [category_of(each) for each in ("ORDER", "Envíos", "投诉", "blue")] == ["order", "order", "complaint", None]
    assert [language_of(each) for each in ("es", "zh-CN", "Français", "klingon!")] == ["es", "zh", "fr", ""]


def test_a_list_of_questions_and_answers_is_a_playbook() -> None:
    book = told(
        {"example": "¿Cuánto cuesta el envío?", "text": "Cuesta 90 pesos.", "category": "Logística"}, lenient=True
    )
    (draft,) = book.drafts.values()
    answer = draft.answer()
    assert (answer.key, answer.title) == ("cuánto_cuesta_el_envío", {"es": "¿Cuánto cuesta el envío?"})
    assert (answer.category, answer.tags) == (Category.OTHER, ("Logística",))
    assert (answer.wordings, answer.examples) == (
        {"es": ("Cuesta 90 pesos.",)},
        {"es": ("¿Cuánto cuesta el envío?",)},
    )


def test_what_happens_after_sending_is_written_and_read() -> None:
    after = AfterSending("order", done=True, snooze_hours=24, escalate=True, promise_hours=48)
    assert after_text(after) == "category=order; done; snooze=24; escalate; promise=48"
    assert after_of(after_text(after)) == after
    assert after_of("none") == AfterSending()
    assert after_of("") is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"text": "x"}, "no_key"),
        ({"key": "a"}, "empty_row"),
        ({"key": "a", "text": "x", "category": "blue"}, "unknown_category"),
        ({"key": "a", "text": "x", "language": "klingon!"}, "unknown_language"),
        ({"key": "a", "text": "x", "form": "polite"}, "wrong_form"),
        ({"key": "a", "text": "x", "long": "perhaps"}, "wrong_yes"),
        ({"key": "a", "text": "x", "after": "sing"}, "wrong_after"),
        ({"key": "a", "text": "x", "after": "snooze=soon"}, "wrong_after"),
        ({"key": "a", "text": "x", "review": "soon"}, "wrong_day"),
        ({"key": "a", "placeholder": "{two words}"}, "wrong_name"),
        ({"fact": "two words", "text": "x"}, "wrong_name"),
        ({"fact": "a", "text": "x", "until": "31/12"}, "wrong_day"),
        ({"key": "a", "text": "x" * 20_001}, "text_too_long"),
        ({"key": "a", "text": "x\x07"}, "control_characters"),
    ],
)
def test_nothing_is_taken_of_a_row_that_is_wrong(row: dict[str, str], reason: str) -> None:
    book = Book()
    trouble = book.add(row)
    assert trouble is not None
    assert trouble.id == f"playbook_file.{reason}"
    assert book == Book()


def test_what_a_file_does_not_tell_stays_as_it_is() -> None:
    before = AnswerContent(
        Category.ORDER,
        "es",
        {"es": "Tarde"},
        (WordingRow("en", "Late", id=1), WordingRow("es", "Uno", id=2), WordingRow("es", "Dos", id=3)),
        ("prisa",),
        (Blank("order", "Pedido", {"es": "reciente"}),),
        AfterSending(done=True),
        date(2027, 1, 1),
    )
    book = told(
        {"key": "late", "language": "es", "text": "Dos"},
        {"key": "late", "language": "es", "text": "Tres", "form": "formal"},
        {"key": "late", "language": "fr", "title": "Retard", "placeholder": "order", "fallback": "récente"},
    )
    after = book.drafts["late"].onto(before)
    assert after.texts == (
        WordingRow("en", "Late"),
        WordingRow("es", "Dos"),
        WordingRow("es", "Tres", Address.FORMAL),
    )
    assert [text.id for text in after.texts] == [1, 3, None]
    assert after.title == {"es": "Tarde", "fr": "Retard"}
    assert after.blanks == (Blank("order", "Pedido", {"es": "reciente", "fr": "récente"}),)
    assert (after.category, after.tags, after.after, after.review_on) == (
        before.category,
        before.tags,
        before.after,
        before.review_on,
    )


def test_facts_are_told_by_language() -> None:
    book = told(
        {"fact": "plazo", "title": "Plazo", "language": "es", "text": "3 días", "until": "2026-12-31"},
        {"fact": "plazo", "language": "en", "text": "3 days"},
    )
    fact = book.facts["plazo"]
    assert (fact.title, fact.text, fact.until) == ("Plazo", {"es": "3 días", "en": "3 days"}, date(2026, 12, 31))


def test_a_topic_is_the_title_where_there_is_no_other() -> None:
    assert guess_columns(["Tema", "Respuesta"]) == {"title": 0, "text": 1}
    assert guess_columns(["Tema", "Título", "Respuesta"]) == {"title": 1, "text": 2, "category": 0}
