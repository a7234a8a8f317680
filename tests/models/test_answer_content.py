"""An answer's content goes to JSON and back, and is tidied before it is stored."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from app.models.answer_content import AnswerContent, content_of, from_json, to_json
from app.models.conversation import Category
from app.models.playbook import Address, AfterSending, Blank, PlaybookAnswer, WordingRow
from app.models.post import Picture

WHOLE = AnswerContent(
    Category.ORDER,
    "es",
    {"es": "Retraso", "en": "Delay"},
    (
        WordingRow("es", "Va tarde, {name}.", id=4),
        WordingRow("es", "Estimada {name}…", Address.FORMAL, is_long=True),
        WordingRow("en", "It is late."),
    ),
    ("envío",),
    (Blank("name", "Nombre", {"es": "amiga"}, required=False),),
    AfterSending("order", done=True, snooze_hours=24, escalate=True, promise_hours=48),
    date(2026, 12, 31),
    (Picture("label.png", "Dónde está el número"), Picture("box.png")),
)


def test_it_comes_back_as_it_was() -> None:
    back = from_json(to_json(WHOLE))
    assert back == WHOLE
    assert back.texts[0].id == 4


def test_a_version_of_before_there_were_pictures_is_read() -> None:
    document = json.loads(to_json(WHOLE))
    del document["pictures"]
    assert from_json(json.dumps(document)) == replace(WHOLE, pictures=())


def test_what_a_newer_version_added_is_left_out() -> None:
    document = json.loads(to_json(WHOLE))
    document["after"]["sing"] = True
    document["blanks"][0]["colour"] = "blue"
    assert from_json(json.dumps(document)) == WHOLE


def test_empty_words_are_dropped_and_the_main_language_is_one_that_is_there() -> None:
    untidy = AnswerContent(
        main_language="fr",
        title={"fr": " ", "es": "  Hola   tú "},
        texts=(WordingRow("fr", "  "), WordingRow("es", " Hola ")),
    )
    assert untidy.tidied() == AnswerContent(
        main_language="es", title={"es": "Hola tú"}, texts=(WordingRow("es", "Hola"),)
    )


def test_languages_begin_with_the_main_one() -> None:
    assert WHOLE.languages == ("es", "en")
    assert WHOLE.of("es", Address.FORMAL, is_long=True) == (WHOLE.texts[1],)


def test_an_answer_from_a_file_opens_with_its_wordings() -> None:
    answer = PlaybookAnswer("a", Category.OTHER, {"en": "Hi"}, {"en": ("One", "Two")})
    assert content_of(answer).texts == (WordingRow("en", "One"), WordingRow("en", "Two"))
    assert content_of(answer).main_language == "en"
