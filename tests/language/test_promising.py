"""Promises in what was written: "we will" in five languages, or a time."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.promising import promise_in

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
MEXICO = ZoneInfo("America/Mexico_City")

PROMISES = """
We will send you a new link.
I'll look into it.
We’ll refund you within 5 days
We are going to ask the label.
Te escribimos en cuanto sepamos algo.
Vamos a revisarlo con paquetería.
Le enviaremos otra copia.
Te mando el enlace.
Nous allons vérifier.
Je vous enverrai le suivi.
On vous répond demain.
Мы вам напишем завтра.
Мы проверим и ответим.
Обязательно вернём деньги.
我们会尽快处理
我们给您退款
尽快回复您
""".strip().splitlines()


@pytest.mark.parametrize("text", PROMISES)
def test_what_is_promised_is_found(text: str) -> None:
    found = promise_in(f"Hola. {text}", NOW, MEXICO)
    assert found is not None
    assert (found.text, found.says_will) == (text, True)


def test_a_sentence_with_a_time_is_likelier() -> None:
    found = promise_in("We will look. We will write by Friday. Have a nice day!", NOW, MEXICO)
    assert found is not None
    assert found.text == "We will write by Friday."
    assert found.due_at == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["Hello!", "Gracias por avisar.", "Спасибо!", "谢谢", "Merci beaucoup", "", "Where is my order A-20433?"]
)
def test_where_nothing_is_promised_nothing_is_found(text: str) -> None:
    assert promise_in(text, NOW, MEXICO) is None


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    found = promise_in(text, NOW, MEXICO)
    assert found is None or found.due_at is None or found.due_at > NOW
