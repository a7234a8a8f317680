"""When somebody is back, out of an automatic answer."""

from __future__ import annotations

import pytest

from app.language.returning import LONGEST, returning


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Estoy de vacaciones. Vuelvo el 24 de noviembre. Saludos", "Vuelvo el 24 de noviembre."),
        ("I am out of the office\nand will be back on Monday.\nThanks", "and will be back on Monday."),
        ("Je suis absent, de retour le 24.11.2026.", "Je suis absent, de retour le 24.11.2026."),
        ("Меня нет. Вернусь 24 ноября.", "Вернусь 24 ноября."),
        ("我在休假。11月24日回来。", "11月24日回来。"),
        ("Estaré fuera hasta el lunes", "Estaré fuera hasta el lunes"),
        ("Thanks for your message, we will get back to you.", ""),
        ("", ""),
    ],
)
def test_the_sentence_that_says_it(text: str, found: str) -> None:
    assert returning(text) == found


def test_it_never_is_long() -> None:
    assert len(returning("Vuelvo el 24 " + "y " * 500)) == LONGEST
