"""Facts that hold no more mark their answers in the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.playbook.acting import fake_of, page_of
from tests.ui.shop import Shop

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

Open = Callable[..., Shop]


def test_an_expired_fact_marks_its_answers_and_is_told(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page, fake = page_of(shop), fake_of(shop)
    row = next(row for row in page.list.model.rows if row.answer_id == 2)
    assert row.stopped
    said = page.list.model.data(page.list.model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "cannot be sent: a fact holds no more or is missing" in said
    assert "Plazo de envío" in page.list.warning.label.text()
    assert "no more" in page.list.warning.label.text()
    fake.fact_rows = [fake.fact_rows[0]._replace(expires_on=date(2026, 11, 21))]
    fake.tell("fact")
    assert not next(row for row in page.list.model.rows if row.answer_id == 2).stopped
    assert "holds until Sat 21 Nov" in page.list.warning.label.text()
    fake.fact_rows = [fake.fact_rows[0]._replace(expires_on=date(2026, 11, 22))]
    fake.tell("fact")
    assert page.list.warning.isHidden()
    fake.fact_rows = []
    fake.tell("fact")
    assert next(row for row in page.list.model.rows if row.answer_id == 2).stopped
