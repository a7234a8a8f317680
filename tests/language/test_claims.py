"""What looks like an order or a complaint is never missed because its author is ignored."""

from __future__ import annotations

import pytest

from app.language.claims import is_claim


@pytest.mark.parametrize(
    "text",
    [
        "Mi pedido nunca llegó", "¿Dónde está mi paquete?", "Quiero la DEVOLUCIÓN de mi dinero", "Me cobraron dos veces", "Esto es una estafa",
        "Where is my order?", "I want a refund", "The record arrived broken", "It never arrived", "It doesn't work",
        "Ma commande n'est jamais arrivée", "Je veux un remboursement", "Colis abîmé",
        "Где мой заказ?", "Верните деньги", "Посылка не пришла",
        "我的订单呢", "要求退款", "没收到货",
    ],
)  # fmt: skip
def test_orders_and_complaints_are_seen(text: str):
    assert is_claim(text)


@pytest.mark.parametrize(
    "text", ["jajaja", "your shop is ugly", "vous êtes nuls", "фу", "哈哈", "", "🤬🤬", "me aburro"]
)
def test_mere_noise_is_none(text: str):
    assert not is_claim(text)


def test_a_long_text_is_read_at_its_beginning_only():
    assert not is_claim("ja " * 3000 + "refund")
