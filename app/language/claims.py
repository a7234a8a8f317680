"""Whether a message looks like an order or a complaint, in five languages: what nobody may miss, whoever wrote it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LONGEST = 4_000
"""Characters that are read."""

_STEMS: str = (
    # Spanish
    "pedid pedi compr factur pagu pago pague cobr reembols devoluc devolv devuelv dinero envio enviaron llego llega paquete guia rastre "
    "queja reclam estafa fraude defectuos roto rota rota danad incomplet equivocad cancel garantia no_funciona nunca_llego demanda profeco "
    # English
    "order purchas bought invoice paid payment charged refund return money shipping shipment shipped deliver package parcel tracking "
    "complain scam fraud broken damaged defective missing wrong_item cancel warranty chargeback does_not_work doesnt_work never_arrived lawyer "
    # French
    "commande achat achete facture paye paiement debit rembours retour argent livraison livre colis suivi "
    "plainte reclam arnaque casse abime defectueu manquant annul garantie ne_marche_pas jamais_recu jamais_arrive avocat "
    # Russian
    "заказ купил куплю оплат счет чек списал возврат верн деньг доставк посылк трек "
    "жалоб претенз обман мошенн сломан брак поврежд отмен гаранти не_работает не_пришл не_пришел суд"
)  # fmt: skip
"""Beginnings of words, folded; "_" joins the words of a phrase."""

_CHINESE: str = (
    "订单 下单 购买 买了 发票 付款 支付 扣款 退款 退货 退钱 换货 快递 物流 发货 没收到 未收到 包裹 单号 投诉 骗 欺诈 坏了 破损 损坏 质量 少发 "
    "发错 取消 保修 维权 客诉 不能用 用不了"
)  # fmt: skip


def is_claim(text: str) -> bool:
    """Whether it speaks of an order, of money, or of something that went wrong with either. Rather once too often."""
    told = text[:LONGEST]
    if any(word in told for word in _CHINESE.split()):
        return True
    plain = unicodedata.normalize("NFD", told.casefold())
    folded = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign not in "'’")
    return _pattern().search(" ".join(re.findall(r"[^\W_]+", folded))) is not None


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(stem.replace('_', ' ')) for stem in _STEMS.split())})")
