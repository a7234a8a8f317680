"""An agreement in words: short, and with all its facts."""

from __future__ import annotations

import pytest

from app.models.agreement import AgreementKind
from app.ui.agreement_words import agreement_facts, amount_text, row_text
from app.ui.look import Look
from tests.ui.inbox.agreements import PAPER, ROW


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [(52_000, "MXN", "520 MXN"), (1_450, "EUR", "14.50 EUR"), (None, "MXN", ""), (100, "", "1")],
)
def test_amounts_show_cents_where_there_are_any(look: Look, amount: int | None, currency: str, said: str) -> None:
    assert amount_text(look, amount, currency) == said


def test_the_amount_stands_behind_the_kind(look: Look) -> None:
    assert row_text(look, ROW) == "Refund, 520 MXN"
    assert row_text(look, ROW._replace(kind=AgreementKind.EXCHANGE, amount=None)) == "Exchange"
    look.words.language = "es"
    assert row_text(look, ROW) == "Reembolso, 520 MXN"


def test_what_is_not_known_has_no_line(look: Look) -> None:
    labels = [label for label, _, _ in agreement_facts(look, PAPER)]
    assert labels == ["What", "In words", "Amount", "Order", "With", "Our account", "Agreed on", "Recorded", "Terms"]
    bare = PAPER._replace(row=ROW._replace(amount=None, order_number=""), terms="")
    assert [label for label, _, _ in agreement_facts(look, bare)] == [
        "What",
        "In words",
        "With",
        "Our account",
        "Agreed on",
        "Recorded",
    ]


def test_terms_without_a_scheme_lead_somewhere(look: Look) -> None:
    facts = agreement_facts(look, PAPER._replace(terms="discosaurora.mx/terminos"))
    assert facts[-1] == ("Terms", "discosaurora.mx/terminos", "https://discosaurora.mx/terminos")
