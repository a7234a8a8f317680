"""Handles and addresses as they are compared."""

from __future__ import annotations

import pytest

from app.models.customer import folded_email, folded_handle


@pytest.mark.parametrize(("told", "folded"), [
    ("@XimeRobles", "ximerobles"), (" ximerobles ", "ximerobles"), ("@a@B.example", "a@b.example"), ("@", ""), ("", ""), ("@@x", "@x"), ("@Straße", "strasse"),
])  # fmt: skip
def test_handles(told: str, folded: str) -> None:
    assert folded_handle(told) == folded


@pytest.mark.parametrize(("told", "folded"), [
    (" X@Correo.Example ", "x@correo.example"), ("mailto:x@y.example", "x@y.example"), ("x@y", ""), ("x y@z.example", ""), ("@z.example", ""), ("n/a", ""), ("", ""),
])  # fmt: skip
def test_addresses(told: str, folded: str) -> None:
    assert folded_email(told) == folded
