"""The currency of a country."""

from __future__ import annotations

import pytest

from app.language.currencies import currency_of


@pytest.mark.parametrize(
    ("country", "currency"),
    [("MX", "MXN"), ("us", "USD"), ("FR", "EUR"), ("RU", "RUB"), ("CN", "CNY"), ("AR", "ARS"), ("", ""), ("ZZ", "")],
)
def test_a_country_has_its_currency(country: str, currency: str) -> None:
    assert currency_of(country) == currency
