"""What stands behind the sample shop's figures of support and audience: its call centre's months, who wants the newsletter, what is spoken of."""

from __future__ import annotations

from app.models.customer import Flag
from app.models.interest import Term, spoken_of, stretches, terms_of
from app.models.message import MessageKind
from app.services.sample_content import DAY_MS, Content, Days
from app.services.sample_posts import Rows

WANTED_AGO_MS = 90 * DAY_MS


def add_support(content: Content, days: Days, tables: Rows) -> None:
    """After the messages and the products."""
    for told in content.support.get("calls", ()):
        number = days.today.year * 12 + days.today.month - 1 - told["months_ago"]
        month = f"{number // 12}-{number % 12 + 1:02d}"
        tables["call_month"].append({"month": month, "calls": told["calls"], "mean_seconds": told["mean_seconds"], "noted_at": days.now})
    for customer in tables["customer"]:
        if f'"{Flag.NEWSLETTER}"' in str(customer.get("flags", "")):
            customer["newsletter_at"] = days.now - WANTED_AGO_MS
    _interests(tables)


def _interests(tables: Rows) -> None:
    known: dict[str, list[Term]] = {}
    for product in tables["product"]:
        for term in terms_of(str(product["title"]), str(product["maker"]), str(product["kind"])):
            if term.kind not in (each.kind for each in known.get(term.term, ())):
                known.setdefault(term.term, []).append(term)
    tables["product_term"] += [{"term": each.term, "kind": str(each.kind), "name": each.name} for terms in known.values() for each in terms]
    for message in tables["message"]:
        if message["kind"] == MessageKind.OURS:
            continue
        places = stretches(str(message["text"]))
        named = [(str(each.kind), each.term) for said in places.keys() & known.keys() for each in known[said]]
        tables["message_term"] += [{"message_id": message["id"], "kind": kind, "term": term} for kind, term in spoken_of(places, named)]
