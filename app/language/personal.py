"""Finds in a text what concerns one person alone: e-mail address, telephone number, street address, order number, in five languages.

Keeps to itself what only looks like it: prices, dates, tracking numbers, versions, names of records.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import regex

LONGEST = 12_000
"""Letters looked at: more than any network takes in a reply."""


class Kind(StrEnum):
    """What was found, from what hurts most in public to what hurts least."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    ORDER = "order"


class Personal(NamedTuple):
    """One thing found: [start, end) in code points."""

    kind: Kind
    start: int
    end: int


_EMAIL = regex.compile(
    r"(?<![\w@.+/-])[\w.+-]+(?:@|\s?[(\[](?:at|arroba|собака|arobase)[)\]]\s?)[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}(?![\w@])",
    regex.IGNORECASE,
)

# What is made of digits and is no telephone number. Blanked before numbers are looked for, place for place.
_OTHER_NUMBERS = regex.compile(
    r"""
      https?://\S+ | (?<!\S)[\w.-]{1,80}\.[a-z]{2,6}/\S+
    | \b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?)?\b            # 2026-11-18 10:00
    | (?<![\w.])\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b(?!\.\d)(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?)?\b          # 18/11/2026
    | \b\d{1,2}:\d{2}(?::\d{2})?\b
    | \d{2,4}年\d{1,2}月\d{1,2}[日号]?
    | [$€£¥₽]\s?\d[\d.,\s]*\d?
    | (?<![\d.,])\d[\d.,\s\u00a0\u202f]{0,24}+(?:MXN|USD|EUR|GBP|CNY|RUB|pesos?|d[óo]lares|dollars?|euros?|руб\w*|元|块|[$€£¥₽])
    | (?<![\w.])(?!0\d(?:\.\d\d){4}\b)v?\d+(?:\.\d+){2,}\b                                     # 10.4.2, 192.168.0.10, 1.234.567
    | \b97[89][-\s]?(?:\d[-\s]?){9}[\dX]\b                                            # a book
    | (?i:gu[ií]a|rastreo|seguimiento|tracking|track|suivi|colis|parcel|трек\w*|отслеж\w*|накладн\w*|运单|快递|单号|ean|upc|isbn|isrc|barcode
        |pedido|orden|order|commande|заказ\w*|订单|cat[aá]logo|catalog\w*|артикул|编号|versi[oó]n|version|верси\w*|版本)
      (?:\s?(?:n[uú]mero|number|num[ée]ro|номер|no|n[º°o]|nr|№|de|code|código|id|号|号码))*\s?[.:：#№]*\s*(?:\d{1,2}\p{L}\s|[\p{L}]{0,4}-?)\d[\d\s-]*
    """,
    regex.VERBOSE,
)
_PHONES = (
    regex.compile(r"(?<![\w+])(?:\+|00)\d(?:[\s().\u00a0-]{0,2}\d){7,14}(?![\w-])"),
    regex.compile(
        r"(?:tel|tel[eé]f\w*|phone|call|whats\s?app|cel|celular|m[oó]vil|mobile|portable|appel\w*|тел|телефон\w*|звон\w*|позвон\w*|моб|电话|手机|致电|联系)"
        r"[^\d\n]{0,24}(\d(?:[\s().-]{0,2}\d){6,13})(?![\w-])",
        regex.IGNORECASE,
    ),
    regex.compile(r"(?<![\w#.,+-])(?:\(\d{2,4}\)|\d{2,4})(?:[\s-]{1,2}(?:\(\d{2,5}\)|\d{2,5})){2,4}(?![\w-]|[.,]\d)"),
    regex.compile(r"(?<![\w#.,+-])\(\d{2,4}\)\s?\d{3,5}[\s-]?\d{3,5}(?![\w-]|[.,]\d)"),
    regex.compile(r"(?<![\w#.,+-])0[1-9](?:\.\d\d){4}(?![\w-])"),
    regex.compile(r"(?<![\w#.,+-])(?:0[1-9]\d{8}|[78]\d{10}|1[3-9]\d{9}|[2-9]\d{9})(?![\w-]|[.,]\d)"),
)
_FEWEST, _MOST = 9, 11
"""Digits of a number without its country, where nothing else says that it is one."""

_UP = r"[\p{Lu}][\p{L}'’.-]*"
_ADDRESSES = (
    regex.compile(  # Calle Durango 245, Av. Paseo de la Reforma #222
        rf"(?i:\b(?:calle|avenida|av|blvd|boulevard|bulevar|calzada|calz|privada|priv|cerrada|andador|paseo|carretera|callej[oó]n|plaza))\b\.?"
        rf"(?:\s+(?:de|del|la|las|los|el|y)\b)*\s+{_UP}(?:\s+(?:(?:de|del|la|las|los|el|y)\s+)*{_UP}){{0,4}}\s*,?\s*"
        r"(?i:n[uú]mero|n[uú]m\.?|no\.|n[.º°]+|\#)?\s*\d{1,5}\b(?!\s*(?:%|MXN|pesos))"
    ),
    regex.compile(r"\b(?i:c\.\s?p\.|cp|c[oó]digo postal|zip(?:\s?code)?|code postal|индекс|邮编)[\s:：.]*\d{4,6}\b"),
    regex.compile(  # 221B Baker Street
        rf"(?<![\w.,-])\d{{1,5}}[A-Za-z]?\s+(?:{_UP}\s+){{1,3}}"
        r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Boulevard|Blvd|Court|Terrace|Close|Crescent|Square|Parkway|Highway)\b(?!\s+[\p{Ll}]*(?:album|vinyl|record|LP|CD))"
    ),
    regex.compile(r"\b(?i:p\.?\s?o\.?\s?box|apartado postal|bo[iî]te postale|а/я)\s*\d{1,6}\b"),
    regex.compile(  # 12 bis, rue de la Paix
        rf"(?<![\w.,-])\d{{1,4}}\s?(?:bis|ter|quater)?,?\s+(?i:rue|avenue|av\.|boulevard|bd|bld|place|chemin|impasse|all[ée]e|quai|cours|route|square|passage|faubourg)"
        rf"\s+(?:(?:de|du|des|la|le|les)\s+|de\s+l['’]|d['’]|l['’])*{_UP}"
    ),
    regex.compile(  # ул. Ленина, д. 5; Невский проспект, 28
        r"(?i:\b(?:ул|улиц\w*|просп|проспект\w*|пр-т|пр-кт|пер|переул\w*|бульвар\w*|б-р|наб|набережн\w*|шоссе|площад\w*|пл|мкр|микрорайон\w*))\.?\s+"
        r"(?:\d+-[йя]\s+)?[А-ЯЁ][\w-]+(?:\s+[А-ЯЁ][\w-]+){0,2},?\s*(?:д\.|дом|корп\.)?\s*\d{1,4}"
    ),
    regex.compile(
        r"[А-ЯЁ][\w-]+\s+(?:улица|проспект|переулок|бульвар|набережная|шоссе|площадь),?\s*(?:д\.|дом)?\s*\d{1,4}"
    ),
    regex.compile(r"\b(?i:д|дом)\.?\s*\d{1,4}\w?,?\s*(?:корп\.\s*\d+,?\s*)?(?i:кв|квартира)\.?\s*\d{1,4}"),
    regex.compile(
        r"[\u4e00-\u9fff]{1,8}(?:路|街|大道|(?<![知报频轨味])道|巷|弄|胡同)\s?\d{1,5}\s?(?:号|弄|栋|幢)(?![线前后到之左以])"
    ),
    regex.compile(r"\d{1,4}\s?(?:栋|幢|单元|号楼)\s?[\d\w-]{1,6}\s?(?:室|单元)"),
)
_ORDERS = (
    regex.compile(r"(?<![\w/@#-])[A-Z]{1,3}-\d{5,}(?![\w-])"),
    regex.compile(r"(?<![\w&/#])[#＃]\s?(?:[A-Z]{1,3}-?)?\d{4,}(?![\w-])"),
    regex.compile(
        r"(?i:\b(?:pedidos?|orden|compra|order|purchase|commandes?|заказ\w*|покупк\w*)|(?<!快递)(?<!运)(?:订单|单号))\s*"
        r"(?:(?i:n[uú]mero|num|number|num[ée]ro|номер|no|nº|n°|n|nr|编号|号码|号|is|es|est)|[.:：#№＃]|\s)*"
        r"(?:[#№＃]\s?\d{3,}|[A-Z]{1,4}-?\d{4,}|\d{5,})(?![\w%]|\s?(?:MXN|USD|EUR|pesos|euros?|руб|元|copias|copies|шт))"
    ),
)


def personal(text: str) -> tuple[Personal, ...]:
    """All that was found, in the order of `Kind`, then of the text. Of a very long text only the beginning is looked at."""
    text = text[:LONGEST]
    found = [Personal(Kind.EMAIL, *match.span()) for match in _EMAIL.finditer(text)]
    rest = _without(text, found)
    found += [Personal(Kind.PHONE, *span) for span in _phones(rest)]
    found += [Personal(Kind.ADDRESS, *match.span()) for pattern in _ADDRESSES for match in pattern.finditer(rest)]
    found += [Personal(Kind.ORDER, *match.span()) for pattern in _ORDERS for match in pattern.finditer(rest)]
    order = list(Kind)
    return tuple(sorted(found, key=lambda each: (order.index(each.kind), each.start)))


def _phones(text: str) -> list[tuple[int, int]]:
    """Where telephone numbers stand; each place once."""
    text = _OTHER_NUMBERS.sub(lambda match: "·" * len(match[0]), text)
    spans: list[tuple[int, int]] = []
    for number, pattern in enumerate(_PHONES):
        for match in pattern.finditer(text):
            start, end = match.span(1) if pattern.groups else match.span()
            digits = sum(letter.isdigit() for letter in text[start:end])
            sure = number < 2
            if (sure or _FEWEST <= digits <= _MOST) and not any(first < end and start < last for first, last in spans):
                spans.append((start, end))
    return sorted(spans)


def _without(text: str, found: list[Personal]) -> str:
    for each in found:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text
