"""Notices that a text speaks of money, a refund, a return or an exchange, in five languages: then the shop's terms belong to it."""

from __future__ import annotations

import regex

LONGEST = 12_000

_ABOUT = regex.compile(
    r"""
      \b(?: re-?embols\w+ | devoluci[oó]n(?:es)? | (?:te|le|les|se)\s+devolv\w+ | devolver(?:te|le|les|lo|la)?\b | factura(?:s|ci[oó]n)?\b
        | cambi(?:o|ar|amos|arte|arle|arlo|arla|artelo|ártelo)\s+(?:de\s+(?:talla|producto|pieza|disco|modelo|tama[nñ]o|color)|(?:(?:el|la|tu|su|este|esta)\s+\w+\s+)?por)
        | garant[ií]a | indemniz\w+ | cobr(?:o|os|amos|aron|ado|arte|arle)\b | cargo\s+(?:a\s+tu|en\s+tu|duplicado|doble) | pag(?:o|os|aste|ado|ar)\b
        | saldo\s+a\s+favor | nota\s+de\s+cr[eé]dito | vale\s+de\s+compra | sustituci[oó]n | reposici[oó]n )
    | \b(?: refund\w* | money\s+back | reimburs\w+ | compensat\w+ | invoic\w+ | store\s+credit | voucher | replacement | overcharg\w+ | warrant(?:y|ies) | guarantee\b
        | charged\b | payments?\b | return(?:s|ed|ing)?\s+(?:it|the|your|this|that|policy|label|shipping|is|are|within)(?!\s+(?:call|email|e-mail|message|album|tour|of))
        | (?:to|your|for|an|the|free)\s+return(?=\s*(?:$|[.,;!?]|label|shipping|address|policy)) | exchang(?:e|ed|ing)\s+(?:it|the|your|this|for|policy) | (?:an|your|free)\s+exchange\b(?!\s+of\b) )
    | \b(?: rembours\w+ | avoir\s+(?:de|d['’]un\s+montant|en\s+boutique) | factur(?:e|es|ation)\b | d[ée]dommag\w+ | garantie\b
        | retours?\s+(?:gratuits?|sous|du\s+colis|de\s+l['’]article|du\s+disque|du\s+produit|possibles?) | (?:vous|nous)\s+(?:le\s+|la\s+|les\s+)?(?:renvoyer|retourner)
        | [ée]change(?:r|ons|z)?\s+(?:de\s+taille|contre|du\s+(?:disque|produit)|de\s+l['’]article|le\s+(?:disque|produit)|l['’]article|gratuit|possible) | pr[ée]lev\w+ | paiements?\b | pay[ée]e?s?\b )
    | \b(?: возврат\w* | верн(?:ём|ем|ете|уть|ули|ём|и|ёте)\s+(?:\w+\s+){0,2}(?:деньг\w+|средств\w*|оплат\w+|товар|стоимост\w+|сумм\w+) | компенс\w+ | возмест\w+ | возмещ\w+
        | обмен\w*\s+(?:товар\w*|пластинк\w+|диск\w*|на\s+друг\w+|или\s+возврат\w*) | обменя(?:ть|ем|ете|ли)\b | оплат\w+ | платеж\w* | платёж\w* | списа(?:ли|но|ние|ния)\b | гаранти(?:я|и|йн\w+)\b | чек(?:а|ом)?\b )
    | 退款 | 退货 | 退换 | 换货 | 退钱 | 赔偿 | 补偿 | 发票 | 付款 | 扣款 | 保修 | 退还 | 换一(?:张|个|件)
    | [$€£¥₽]\s?\d | (?<![\d.,])\d[\d.,\s\u00a0\u202f]{0,24}+(?:MXN|USD|EUR|GBP|CNY|RUB|pesos?\b|d[óo]lares\b|dollars?\b|euros?\b|руб(?:л\w+)?\b|р\.|元|块钱|[$€£¥₽])
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


def about_money(text: str) -> bool:
    """Whether it does."""
    return _ABOUT.search(text[:LONGEST]) is not None
