"""An agreement in words: what it is, in one line, for cards, strips and the conversation; and all its facts, for its sheet and its PDF."""

from __future__ import annotations

from datetime import datetime

from app.models.agreement import AgreementKind, AgreementPaper, AgreementRow
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line, unfolded


def settled_text(look: Look, kind: AgreementKind, amount: int | None, currency: str) -> str:
    """ "Refund, 520 MXN"."""
    named = look.text(f"agreement.kind.{kind}")
    sum_of = amount_text(look, amount, currency)
    return look.text("agreement.kind_and_amount", kind=named, amount=sum_of) if sum_of else named


def row_text(look: Look, row: AgreementRow) -> str:
    """The same of one that is recorded."""
    return settled_text(look, row.kind, row.amount, row.currency)


def amount_text(look: Look, amount: int | None, currency: str) -> str:
    """ "520 MXN" of hundredths; empty without an amount."""
    if amount is None:
        return ""
    units, cents = divmod(amount, 100)
    decimal = look.words.number(0.5, 1)[1]
    written = look.words.number(units) + (f"{decimal}{cents:02}" if cents else "")
    return " ".join(each for each in (written, one_line(currency)) if each)


def agreement_facts(look: Look, paper: AgreementPaper) -> list[tuple[str, str, str]]:
    """(label, text, address it leads to) of all that is known of one; what is not known is left out."""
    row = paper.row
    profiles = look.words.listing([f"{network_name(network)} {one_line(handle)}" for network, handle in paper.profiles])
    replaced = ""
    if paper.replaces is not None:
        number, day = paper.replaces
        replaced = look.text("agreement.paper_replaces", number=str(number), day=look.words.long_day(day))
    rows = [
        ("kind", look.text(f"agreement.kind.{row.kind}"), ""),
        ("text", unfolded(row.text), ""),
        ("amount", amount_text(look, row.amount, row.currency), ""),
        ("order", one_line(row.order_number), ""),
        ("customer", " · ".join(each for each in (one_line(paper.customer), profiles) if each), ""),
        ("account", f"{network_name(paper.network)} {one_line(paper.account)}", ""),
        ("agreed", look.words.long_day(row.agreed_at), ""),
        ("made", moment_text(look, paper.made_at), ""),
        ("before", replaced, ""),
        ("terms", one_line(paper.terms), _address(paper.terms)),
    ]
    return [(look.text(f"agreement.paper.{name}"), text, link) for name, text, link in rows if text]


def moment_text(look: Look, moment: datetime) -> str:
    """Day with its year, time, and the zone's name: a record says which clock it means."""
    zone = getattr(look.words.zone, "key", "UTC")
    return f"{look.words.facts((look.words.long_day(moment), look.words.time(moment)))} ({zone})"


def _address(terms: str) -> str:
    text = one_line(terms)
    return text if not text or text.startswith(("http://", "https://")) else f"https://{text}"
