"""Titles, days and amounts as shops in five languages write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.models.order import Column, DayOrder
from app.runtime.clock import to_ms
from app.services.order_columns import (
    day_orders,
    folded_codes,
    guess_columns,
    is_sold,
    landing_marks,
    moment,
    money,
    plain_title,
)

MEXICO = ZoneInfo("America/Mexico_City")
C = Column


@pytest.mark.parametrize("header", [
    "Order number,Date,Customer,E-mail,Username,Product,Total,Currency,Status",
    "Número de pedido,Fecha,Nombre del cliente,Correo electrónico,Usuario,Producto,Importe,Moneda,Estado",
    "N° de commande,Date de commande,Nom du client,Adresse e-mail,Pseudo,Article,Montant,Devise,Statut",
    "Номер заказа,Дата,Покупатель,Эл. почта,Ник,Товар,Сумма,Валюта,Статус",
    "订单号,下单时间,客户姓名,邮箱,用户名,商品,金额,货币,订单状态",
])  # fmt: skip
def test_titles_are_known_in_five_languages(header: str) -> None:
    order = [C.NUMBER, C.DATE, C.NAME, C.EMAIL, C.HANDLE, C.PRODUCT, C.AMOUNT, C.CURRENCY, C.STATE]
    assert guess_columns(header.split(",")) == {column: place for place, column in enumerate(order)}


def test_an_export_with_many_columns_is_understood() -> None:
    header = [
        *(
            "Name",
            "Email",
            "Financial Status",
            "Paid at",
            "Fulfillment Status",
            "Currency",
            "Subtotal",
            "Shipping",
            "Taxes",
            "Total",
        ),
        *("Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Billing Name", "Billing Street"),
    ]
    found = {column: header[place] for column, place in guess_columns(header).items()}
    assert found[C.NUMBER] == "Name"
    assert found[C.EMAIL] == "Email"
    assert found[C.AMOUNT] == "Total"
    assert found[C.PRODUCT] == "Lineitem name"
    assert found[C.NAME] == "Billing Name"


def test_one_title_is_one_column() -> None:
    guessed = guess_columns(["Order", "Order", "", "Nothing known"])
    assert guessed == {C.NUMBER: 0}


def test_titles_are_compared_without_accents_and_marks() -> None:
    assert plain_title("  Número_de-PEDIDO: ") == "numero de pedido"


@pytest.mark.parametrize("text", [
    "2026-11-18 10:15", "2026-11-18T10:15:00", "18/11/2026 10:15", "18.11.2026 10:15:00", "18-11-2026, 10:15", "18/11/26 10:15", "2026/11/18 10:15",
    "2026年11月18日 10:15", "18 Nov 2026 10:15", "Nov 18, 2026 10:15", "18 de noviembre de 2026 10:15", "18 ноября 2026 г. 10:15", "18 novembre 2026 10:15",
    "Wed, 18 Nov 2026 10:15", "18/11/2026 10:15 a. m.", "November 18, 2026 10:15 AM", "2026-11-18 10:15:00 -0600", "2026-11-18T16:15:00Z",
    "2026-11-18T16:15:00.123+00:00",
])  # fmt: skip
def test_days_are_read_however_they_are_written(text: str) -> None:
    assert moment(text, DayOrder.DAY_FIRST, MEXICO) == to_ms(datetime(2026, 11, 18, 16, 15, tzinfo=UTC))


def test_a_day_in_figures_is_read_as_it_was_said() -> None:
    assert moment("03/04/2026", DayOrder.DAY_FIRST, UTC) == to_ms(datetime(2026, 4, 3, tzinfo=UTC))
    assert moment("03/04/2026", DayOrder.MONTH_FIRST, UTC) == to_ms(datetime(2026, 3, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "32/01/2026",
        "2026-13-01",
        "0000-00-00",
        "1/1/1",
        "99999999",
        "12 Foo 2026",
        "1" * 500,
        "2026-11-18 25:00",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert moment(text, DayOrder.DAY_FIRST, UTC) is None


@pytest.mark.parametrize(("text", "fits"), [
    ("03/04/2026", {DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST}), ("18/04/2026", {DayOrder.DAY_FIRST}), ("04/18/2026", {DayOrder.MONTH_FIRST}),
    ("2026-03-04", {DayOrder.YEAR_FIRST}), ("03.04.2026", {DayOrder.DAY_FIRST}), ("30/30/2026", set()),
])  # fmt: skip
def test_a_day_says_in_which_order_it_may_be_read(text: str, fits: set[DayOrder]) -> None:
    assert day_orders(text) == fits


def test_a_named_month_says_nothing_of_the_order() -> None:
    assert day_orders("3 April 2026") is None


@pytest.mark.parametrize(("text", "hundredths", "currency"), [
    ("520", 52_000, ""), ("1,234.50", 123_450, ""), ("1.234,50 €", 123_450, "EUR"), ("$1,234", 123_400, ""), ("1 234,5 ₽", 123_450, "RUB"),
    ("MXN 520.00", 52_000, "MXN"), ("$520.00 MXN", 52_000, "MXN"), ("1'234.55", 123_455, ""), ("-12,00", -1_200, ""), ("(12.00)", -1_200, ""),
    ("12.345", 1_234_500, ""), ("1.234.567,89", 123_456_789, ""), ("0", 0, ""), ("129元", 12_900, "CNY"), ("0.129", 13, ""), ("12,3456", 1_235, ""),
])  # fmt: skip
def test_amounts_are_read_however_they_are_written(text: str, hundredths: int, currency: str) -> None:
    assert money(text) == (hundredths, currency)


@pytest.mark.parametrize("text", ["", "free", "1 or 2/3", "9" * 30, "=1+1", "１２", "12 34 56 78 90 12 34 56"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert money(text) is None


@pytest.mark.parametrize("header", [
    "Order number,UTM source,UTM campaign,UTM content,Landing page,Coupon code",
    "Número de pedido,Fuente UTM,Campaña,Contenido UTM,Página de destino,Cupón",
    "N° de commande,utm_source,Campagne,utm_content,Page d'entrée,Code promo",
    "Номер заказа,utm_source,Кампания,utm_content,Страница входа,Промокод",
    "订单号,utm 来源,活动,utm 内容,落地页,优惠码",
    "Name,Order attribution: source,utm_campaign,utm_content,Landing Site,Discount Code",
])  # fmt: skip
def test_where_an_order_came_from_is_known_in_five_languages(header: str) -> None:
    order = [C.NUMBER, C.SOURCE, C.CAMPAIGN, C.CONTENT, C.LANDING, C.COUPON]
    assert guess_columns(header.split(",")) == {column: place for place, column in enumerate(order)}


@pytest.mark.parametrize(("state", "sold"), [
    ("paid", True), ("", True), ("Pendiente", True), ("partially_refunded", True), ("Completed", True), ("已付款", True),
    ("refunded", False), ("Cancelado por el cliente", False), ("Annulée", False), ("Отменён", False), ("已取消", False), ("VOIDED", False),
])  # fmt: skip
def test_what_was_cancelled_or_paid_back_is_no_sale(state: str, *, sold: bool) -> None:
    assert is_sold(state) is sold


@pytest.mark.parametrize(("text", "codes"), [
    ("MAREA10", "marea10"), (" Marea10 ; VIP, marea10 ", "marea10,vip"), ('"A B"|c', "a b,c"), ("", ""), (",;", ""),
])  # fmt: skip
def test_coupons_of_an_order(text: str, codes: str) -> None:
    assert folded_codes(text) == codes


@pytest.mark.parametrize(("address", "marks"), [
    ("/products/marea?utm_source=Bluesky&utm_campaign=Marea-2026&utm_content=p7-2#top", ("bluesky", "marea-2026", "p7-2")),
    ("https://a.example/?UTM_Campaign=marea%20dos", ("", "marea dos", "")),
    ("/products/marea", ("", "", "")),
    ("?" + "&" * 500, ("", "", "")),
])  # fmt: skip
def test_the_first_page_of_a_visit_says_where_it_came_from(address: str, marks: tuple[str, ...]) -> None:
    found = landing_marks(address)
    assert tuple(found.get(name, "") for name in ("source", "campaign", "content")) == marks
