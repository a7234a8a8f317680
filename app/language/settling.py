"""Notices that a reply settles something with a customer (refund, exchange, replacement, discount), in five languages, and the amount it names."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from app.language.promising import LONGEST, SENTENCE, says_will
from app.language.time_words import fold
from app.models.agreement import AgreementKind

LONGEST_SAID = 300

_KINDS: dict[AgreementKind, str] = {
    AgreementKind.REFUND: (
        r"\brefund\w*|\breimburs\w+|money back|\bpay you back|reembols\w+|\b(?:te|le|les|os) devolv\w+|devolver(?:te|le|les|emos)?\b|devolucion"
        r"|\brembours\w+|возврат\w*|верн(?:ем|у|ули|уть)\b|возмест\w+|возмещ\w+|退款|退钱|退还|返还"
    ),
    AgreementKind.EXCHANGE: (
        r"\bexchang\w+|\bswap\w*|\b(?:te|le|les|os|se) (?:lo |la |los |las )?cambi\w+|\bcambi(?:amos|aremos|ar|o) (?:el|la|tu|su|de|por)\b|\bcambio de (?:talla|producto|disco|color)"
        r"|\bechang\w+|обмен\w*|换货|换一|更换|调换"
    ),
    AgreementKind.REPLACEMENT: (
        r"\breplac\w+|\b(?:another|new) copy|\bresend\w*|\bsend (?:you )?(?:a new|another) (?:copy|one|record|item|disc|parcel)\b|repon\w+|reposicion|\botr[ao] (?:copia|ejemplar|pieza|disco)\b|\breenvi\w+|sustitu\w+"
        r"|\bremplac\w+|\brenverr\w+|\brenvoy\w+|\bun(?:e)? (?:autre|nouvel) (?:exemplaire|copie|disque)\b|замен\w+|(?:другой|новый|еще один) экземпляр|повторно (?:отправ|вышл)\w+|补发|补寄|重新寄|重寄|再寄|另寄"
    ),
    AgreementKind.DISCOUNT: (
        r"\bdiscount\w*|\bcoupon\w*|\bvoucher\w*|% off\b|store credit|descuento\w*|\bcupon\w*|\bvale (?:de|por)\b|saldo a favor|\bremise\b|\breduction\b|bon d'achat|code promo|\bavoir de\b"
        r"|скидк\w+|промокод\w*|купон\w*|折扣|优惠|打折|代金券|抵用券|减免"
    ),
}
"""Over folded text."""
_MONEY = re.compile(
    r"(?:US\$|MX\$|[$€£¥₽]|\b[A-Z]{3})\s?\d[\d.,\u00a0\u202f]*(?:\s?[A-Z]{3}\b)?"
    r"|(?<![\d.,])\d(?:[\d.,\u00a0\u202f]| (?=\d{3}))*\s?(?:€|\$|£|₽|[A-Z]{3}\b|pesos?\b|d[oó]lares\b|dollars?\b|euros?\b|руб(?:л[а-я]+)?\b|р\.|元|块)"
)
_ENDS = " .,\u00a0\u202f"


class Settling(NamedTuple):
    """What a sentence settles, and the amount as it stands there (empty without one)."""

    kind: AgreementKind
    text: str
    amount: str = ""


def settling_in(text: str) -> Settling | None:
    """The first sentence that settles something: it names the thing, and says "we will" or an amount. None where there is none."""
    for match in SENTENCE.finditer(text[:LONGEST]):
        sentence = " ".join(match[0].split())
        kind = _kind(sentence)
        if kind is None or sentence.rstrip().endswith(("?", "？")):
            continue
        amount = amount_in(sentence)
        if amount or says_will(sentence):
            return Settling(kind, sentence[:LONGEST_SAID], amount)
    return None


def amount_in(sentence: str) -> str:
    """The amount of money that stands there first, with its currency; empty for none."""
    found = _MONEY.search(sentence)
    return found[0].strip(_ENDS) if found is not None else ""


def _kind(sentence: str) -> AgreementKind | None:
    folded = fold(sentence).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return next((kind for kind, pattern in _patterns().items() if pattern.search(folded)), None)


@cache
def _patterns() -> dict[AgreementKind, re.Pattern[str]]:
    return {kind: re.compile(fold(pattern)) for kind, pattern in _KINDS.items()}
