"""What concerns one person alone is found in five languages, and what only looks like it is left alone."""

from __future__ import annotations

import pytest

from app.language.personal import Kind, personal

HOLDS: list[tuple[str, Kind]] = [
    ("write to ana.ruiz@correo.example", Kind.EMAIL),
    ("Mi correo es ana+discos@correo.com.mx.", Kind.EMAIL),
    ("ana (arroba) correo.example", Kind.EMAIL),
    ("Пишите на катя.орлова@почта.рф", Kind.EMAIL),
    ("我的邮箱是linxiaoyu@mail.example", Kind.EMAIL),
    ("Écrivez à etienne-m@musique.example !", Kind.EMAIL),
    ("call me at +52 55 1234 5678", Kind.PHONE),
    ("(55) 1234-56789", Kind.PHONE),
    ("Mi cel es 5512345678", Kind.PHONE),
    ("55 1234 5678", Kind.PHONE),
    ("Llámame al 33-3615-2020 por la tarde", Kind.PHONE),
    ("My number: 555-123-4567", Kind.PHONE),
    ("06 12 34 56 78", Kind.PHONE),
    ("Appelez-moi au 01.42.68.53.00", Kind.PHONE),
    ("Мой телефон 8 (495) 123-45-67", Kind.PHONE),
    ("89161234567", Kind.PHONE),
    ("手机13812345678", Kind.PHONE),
    ("138 1234 5678", Kind.PHONE),
    ("0044 20 7946 0958", Kind.PHONE),
    ("Vivo en Calle Durango 245, Col. Roma", Kind.ADDRESS),
    ("Av. Paseo de la Reforma #222", Kind.ADDRESS),
    ("avenida Insurgentes Sur núm. 1602", Kind.ADDRESS),
    ("Mándalo al C.P. 06700", Kind.ADDRESS),
    ("Send it to 221B Baker Street, please", Kind.ADDRESS),
    ("1600 Pennsylvania Avenue", Kind.ADDRESS),
    ("PO Box 4512", Kind.ADDRESS),
    ("J’habite 12 bis, rue de la Paix", Kind.ADDRESS),
    ("8 boulevard d’Alsace", Kind.ADDRESS),
    ("ул. Ленина, д. 5", Kind.ADDRESS),
    ("Невский проспект, 28", Kind.ADDRESS),
    ("дом 7, кв. 12", Kind.ADDRESS),
    ("寄到上海南京西路1266号", Kind.ADDRESS),
    ("人民路12号3栋401室", Kind.ADDRESS),
    ("Es el pedido A-20418.", Kind.ORDER),
    ("order #20418", Kind.ORDER),
    ("Order number 2041855", Kind.ORDER),
    ("ma commande n° A-20377", Kind.ORDER),
    ("Заказ № 20418 не пришёл", Kind.ORDER),
    ("订单号：20418123", Kind.ORDER),
    ("#20418", Kind.ORDER),
]

HOLDS_NOTHING = [
    "",
    "520 MXN",
    "Cuesta $1,250.00 con envío",
    "El total es 12 345 678 pesos",
    "1 234 567 890 MXN",
    "on 2026-11-18 at 10:00",
    "el 18/11/2026 10:00 y el 19/11/2026",
    "de 10:30 a 12:45",
    "2026年11月18日 10:00",
    "Gira 1999, 2004, 2010 y 2026",
    "Guía 748923456712",
    "Tracking number: 1Z999AA10123456784",
    "RR123456789MX",
    "Трек-номер 80082312345678",
    "快递单号 7512345678901",
    "Suivi 6A 1234 5678 901",
    "versión 10.4.2",
    "Firefox 121.0.1, Windows 10.0.19045",
    "192.168.100.200",
    "ISBN 978-3-16-148410-0",
    "EAN 5099902987620",
    "FLAC de 24 bits a 48 kHz y MP3 de 320",
    "UTF-16, ISO-8601, MP3, WH-1000XM4",
    "@etienne@musique.example",
    "Gracias @discosaurora y @aurora.mx",
    "discosaurora.mx/ayuda/5512345678",
    "https://discosaurora.example/pedido/5512345678",
    "Calle 13 vuelve a la gira",
    "Un paseo de 3 horas",
    "la calle tiene 3 tiendas",
    "Abbey Road is back on vinyl",
    "50 years of Abbey Road",
    "100 people waited on the street",
    "3 places pour le concert",
    "площадь 50 метров",
    "我知道10号到货",
    "地铁2号线",
    "I want to order 1500 copies",
    "pedido de 1500 pesos",
    "заказ на 2026 год",
    "#1 de la semana, #Marea2026",
    "Lado A-1, lado B-2",
    "AC/DC, B-52, R-18",
    "Llegan 12 de 300 discos el 30",
    "Envío en 3-5 días, 24/7",
]


@pytest.mark.parametrize(("text", "kind"), HOLDS)
def test_what_concerns_one_person_is_found(text: str, kind: Kind) -> None:
    found = personal(text)
    assert [each.kind for each in found[:1]] == [kind], found


@pytest.mark.parametrize("text", HOLDS_NOTHING)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert [(each.kind, text[each.start : each.end]) for each in personal(text)] == []


def test_all_of_it_is_found_in_its_place() -> None:
    text = "Ana, ana@correo.example, 55 1234 5678, Calle Durango 245, pedido A-20418"
    assert [(each.kind, text[each.start : each.end]) for each in personal(text)][:3] == [
        (Kind.EMAIL, "ana@correo.example"),
        (Kind.PHONE, "55 1234 5678"),
        (Kind.ADDRESS, "Calle Durango 245"),
    ]
    assert personal(text)[-1].kind is Kind.ORDER


def test_a_long_text_is_gone_through_at_once() -> None:
    assert personal("no hay nada 12 34 aquí. " * 4000) == ()
