"""What is a question, in five languages and by the marks of all scripts; and the part of it that asks."""

from __future__ import annotations

import pytest

from app.language.asking import asks, is_question, question_of, tidied


@pytest.mark.parametrize(
    "text",
    [
        "Precioo?", "¿Envían a Bogotá", "有货吗？", "هل تشحنون إلى هنا؟", "Πού είναι η παραγγελία μου\u037e",
        "how long does shipping take", "Do you ship to Texas", "cuánto cuesta el envío", "Tienen música para niñas",
        "où est mon colis", "Avez-vous ce disque en vinyle", "есть ли доставка в Ереван", "сколько стоит доставка", "可以自取吗", "多少钱",
    ],
)  # fmt: skip
def test_these_ask(text: str) -> None:
    assert is_question(text, "other")


@pytest.mark.parametrize(
    "text", ["Gracias!", "Great record, love it", "ok", "?", "👍", "it's home. slight tan.", "Merci beaucoup", "谢谢"]
)
def test_these_do_not(text: str) -> None:
    assert not is_question(text, "order")


@pytest.mark.parametrize("category", ["praise", "spam", "troll"])
def test_praise_spam_and_trolls_ask_nothing(category: str) -> None:
    assert not is_question("¿Quieres 10,000 seguidores?", category)


@pytest.mark.parametrize(
    "text",
    [
        "my download doesn't work",
        "No puedo bajar mi música",
        "Mon lien ne marche plus",
        "ссылка не работает",
        "打不开下载链接",
    ],
)
def test_who_says_what_does_not_work_asks_for_it_in_matters_of_orders_and_technology(text: str) -> None:
    assert is_question(text, "technical")
    assert not is_question(text, "other")


def test_names_and_links_are_no_words_of_a_question() -> None:
    assert tidied("@aurora@musica.example  ¿y esto? https://x.example/a?b=c fin") == "¿y esto? fin"
    assert not asks("https://x.example/?a=b".replace("https://x.example/?a=b", tidied("https://x.example/?a=b")))


def test_the_part_that_asks_is_shown_where_it_says_enough() -> None:
    long = "Compré un disco ayer. ¿Cuánto tarda el envío a la ciudad de Guadalajara?"
    assert question_of(long) == "¿Cuánto tarda el envío a la ciudad de Guadalajara?"
    assert question_of("Mi enlace caducó. ¿Qué hago?") == "Mi enlace caducó. ¿Qué hago?"
    assert len(question_of("¿" + "largo " * 100 + "?")) <= 240
