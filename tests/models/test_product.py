"""What an idea made of a product begins with: its template, filled with what the product has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.product import BLANKS, ProductRow, filled

FULL = ProductRow(1, 1, "Marea", "Mar de Cal", "Vinilo", "https://a.example/1", "", "520 MXN", True, False, None)
BARE = FULL._replace(maker="", kind="", url="", price="")


@pytest.mark.parametrize(
    ("template", "full", "bare"),
    [
        ("{title} · {maker}\n{url}", "Marea · Mar de Cal\nhttps://a.example/1", "Marea"),
        ("{title} ({kind}), {price}", "Marea (Vinilo), 520 MXN", "Marea"),
        ("Hoy: {title}\n\n{kind}", "Hoy: Marea\n\nVinilo", "Hoy: Marea"),
        ("{nothing} {title}", "{nothing} Marea", "{nothing} Marea"),
    ],
)
def test_blanks_are_filled_and_what_is_missing_leaves_no_marks(template: str, full: str, bare: str) -> None:
    assert filled(template, FULL) == full
    assert filled(template, BARE) == bare


@given(st.text(max_size=80), st.text(max_size=30))
def test_no_template_and_no_title_break_it(template: str, title: str) -> None:
    said = filled(template, FULL._replace(title=title))
    assert said == said.strip()


def test_each_blank_is_a_field_of_a_product() -> None:
    assert set(BLANKS) <= set(ProductRow._fields)
