"""What a reply settles: the kind of agreement and its amount, in five languages; and what settles nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.settling import amount_in, settling_in
from app.models.agreement import AgreementKind

REFUND, EXCHANGE, REPLACEMENT, DISCOUNT = (
    AgreementKind.REFUND,
    AgreementKind.EXCHANGE,
    AgreementKind.REPLACEMENT,
    AgreementKind.DISCOUNT,
)


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("We will refund you $520 MXN by Friday.", REFUND, "$520 MXN"),
        ("We'll exchange it for an L.", EXCHANGE, ""),
        ("We'll send you another copy on Monday.", REPLACEMENT, ""),
        ("We’ll give you a 20% discount on the next one.", DISCOUNT, ""),
        ("Te devolvemos 520 pesos antes del viernes.", REFUND, "520 pesos"),
        ("Te reembolsaremos 1,234.50 MXN.", REFUND, "1,234.50 MXN"),
        ("Te lo cambiamos por la talla M, te avisamos cuando salga.", EXCHANGE, ""),
        ("Te mandamos otra copia hoy mismo.", REPLACEMENT, ""),
        ("Te damos un descuento de 100 MXN.", DISCOUNT, "100 MXN"),
        ("Nous allons vous rembourser 14,50 €.", REFUND, "14,50 €"),
        ("Nous vous échangerons le disque.", EXCHANGE, ""),
        ("Nous vous enverrons un nouvel exemplaire.", REPLACEMENT, ""),
        ("Nous vous ferons une remise de 10 €.", DISCOUNT, "10 €"),
        ("Мы вернём вам 1 500 руб. до пятницы.", REFUND, "1 500 руб"),
        ("Мы вам пришлём замену.", REPLACEMENT, ""),
        ("Мы сделаем обмен.", EXCHANGE, ""),
        ("Мы вам пришлём промокод на скидку.", DISCOUNT, ""),
        ("我们会给您退款120元。", REFUND, "120元"),
        ("我们会给您换货。", EXCHANGE, ""),
        ("我们会尽快补发。", REPLACEMENT, ""),
        ("我们会给您优惠。", DISCOUNT, ""),
    ],
)
def test_what_is_settled_is_noticed(text: str, kind: AgreementKind, amount: str) -> None:
    found = settling_in(f"Hola. {text}")
    assert found is not None
    assert (found.kind, found.amount) == (kind, amount)
    assert found.text in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Do you want a refund?",
        "Refunds are on our page.",
        "¿Quieres que te devolvamos el dinero?",
        "El disco cuesta 520 MXN.",
        "We will write tomorrow.",
        "谢谢",
    ],
)
def test_a_question_a_price_and_a_rule_settle_nothing(text: str) -> None:
    assert settling_in(text) is None


def test_an_order_number_is_no_amount() -> None:
    assert amount_in("A-20418 is on its way") == ""


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    found = settling_in(text)
    assert found is None or found.amount in " ".join(text.split())
