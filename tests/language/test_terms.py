"""Texts about money, refund or exchange are noticed in five languages; change of other kinds is not money."""

from __future__ import annotations

import pytest

from app.language.terms import about_money

ABOUT = [
    "Te hacemos el reembolso hoy mismo.",
    "Aceptamos la devolución durante 30 días.",
    "Te devolvemos el importe completo.",
    "Podemos cambiarlo por otro color.",
    "El cambio de talla no tiene costo.",
    "¿Ya recibiste tu factura?",
    "El pago no pasó.",
    "Vimos un cargo duplicado en tu tarjeta.",
    "Cuesta 520 MXN con envío.",
    "Son $1,250 en total.",
    "We will refund you today.",
    "You get your money back.",
    "Please return it within 30 days.",
    "You can exchange it for another size.",
    "A replacement is on its way.",
    "You were charged twice, sorry about that.",
    "Here is your invoice.",
    "Nous vous remboursons aujourd’hui.",
    "Le retour gratuit est possible.",
    "Un échange contre une autre taille ?",
    "Votre paiement est passé.",
    "Il coûte 25 €.",
    "Мы оформим возврат сегодня.",
    "Вернём вам деньги завтра.",
    "Можем обменять пластинку.",
    "Оплата прошла.",
    "Стоит 1500 рублей.",
    "我们今天给您退款。",
    "七天内可以退货。",
    "可以换一张新的。",
    "发票已经寄出。",
    "一共 120 元。",
]

NOT_ABOUT = [
    "",
    "Cambia tu contraseña aquí.",
    "En cambio, el vinilo llega mañana.",
    "Cambiamos de bodega el lunes.",
    "El cambio de hora es el domingo.",
    "Regresamos en una hora.",
    "¡Gracias por volver!",
    "We changed the link, please try again.",
    "Happy to return your call tomorrow.",
    "Many happy returns!",
    "The return of the album is on Friday.",
    "Return to the page and try again.",
    "Thanks for the exchange of ideas.",
    "Le disque est de retour en stock.",
    "Merci pour nos échanges.",
    "Votre avis nous aide.",
    "Спасибо за обмен мнениями.",
    "Мы вернёмся с ответом завтра.",
    "Обменялись письмами вчера.",
    "Вернитесь на страницу ещё раз.",
    "谢谢您的消息，我们马上回来。",
    "已更换链接，请再试一次。",
    "Llega el 30 de noviembre, lado A y lado B.",
    "5 discos, 3 pósters.",
]


@pytest.mark.parametrize("text", ABOUT)
def test_money_is_noticed(text: str) -> None:
    assert about_money(text)


@pytest.mark.parametrize("text", NOT_ABOUT)
def test_what_is_not_money_is_left_alone(text: str) -> None:
    assert not about_money(text)
