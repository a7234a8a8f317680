"""The customer card before the real window: profiles joined and separated by hand, notes, flags and moods, and the shop's orders."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.models.customer import CustomerDetail, Flag
from app.ui.inbox.customer_card import CustomerCard
from app.ui.inbox.customer_sheets import EditSheet
from app.ui.inbox.join_sheet import JoinSheet
from app.ui.orders.import_sheet import ImportSheet, open_import
from tests.end_to_end.morning import Person

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


async def card_of_first(me: Person) -> CustomerCard:
    await me.go_to("inbox", "g", "i")
    await me.until(lambda: me.page.card.detail is not None, "the card")
    return me.page.card


def as_it_was(card: CustomerCard) -> CustomerDetail:
    """All of it but the moods, which the program hears meanwhile."""
    assert card.detail is not None
    return card.detail._replace(moods=())


def sheet(kind: type) -> object:
    found = [widget for widget in QApplication.allWidgets() if isinstance(widget, kind) and widget.isVisible()]
    return found[-1] if found else None


async def test_profiles_are_joined_by_hand_undone_and_separated(me: Person) -> None:
    card = await card_of_first(me)
    first = as_it_was(card)
    await me.outside(lambda: me.shell.actions.run("customer.join"))
    await me.until(lambda: sheet(JoinSheet), "the sheet")
    await me.write("Paul Okafor")
    join = sheet(JoinSheet)
    assert isinstance(join, JoinSheet)
    await me.until(lambda: [one.name for one in join.shown] == ["Paul Okafor"], "Paul")
    await me.press("return")
    await me.until(
        lambda: card.detail is not None and len(card.detail.profiles) == len(first.profiles) + 1, "the joined card"
    )
    await me.take_back()
    await me.until(lambda: as_it_was(card) == first, "the card as it was")
    await me.press("ctrl+y")
    await me.until(
        lambda: card.detail is not None and len(card.detail.others) > len(first.others), "Paul's conversations"
    )
    await me.outside(lambda: me.shell.actions.run("customer.separate"))
    await me.until(lambda: as_it_was(card) == first, "the card as it was")


async def test_what_is_written_down_is_there(me: Person) -> None:
    card = await card_of_first(me)
    await me.outside(lambda: me.shell.actions.run("customer.edit"))
    await me.until(lambda: sheet(EditSheet), "the sheet")
    edit = sheet(EditSheet)
    assert isinstance(edit, EditSheet)
    await me.outside(lambda: edit.city.line.setText("Toulouse"))
    await me.outside(lambda: edit.flags[Flag.VIP].setChecked(True))
    await me.press("ctrl+return")
    await me.until(
        lambda: card.detail is not None and card.detail.city == "Toulouse" and Flag.VIP in card.detail.flags,
        "what was written",
    )
    await me.until(lambda: not sheet(EditSheet), "the end of the sheet")
    await me.until(lambda: card.head.flags.texts == ["VIP"], "the flag")


async def test_a_mood_is_corrected_with_a_key_and_stays(me: Person) -> None:
    card = await card_of_first(me)
    await me.until(lambda: card.moods.bars, "the bars")
    bar = next(bar for bar in reversed(card.moods.bars) if bar.isVisible())
    was = bar.mood
    await me.outside(bar.setFocus)
    await me.press("up" if was < 1 else "down")
    await me.until(lambda: card.detail is not None and card.detail.moods[-1].by_hand, "a person's word")
    assert bar.mood != was


async def test_the_shop_s_orders_come_to_their_customers(me: Person, tmp_path: Path) -> None:
    card = await card_of_first(me)
    assert card.detail is not None
    handle, before = card.detail.profiles[0].handle, card.detail.order_count
    file = tmp_path / "pedidos.csv"
    rows = [f"B-{number};0{number % 9 + 1}/04/2026;{handle};Marea;{number},50" for number in range(2500)]
    file.write_text("\n".join(["Folio;Fecha;Usuario;Producto;Importe", *rows, "A-9999;ayer;;;"]), "cp1252")
    face = me.page._face
    await me.outside(lambda: open_import(face, me.shell.window, file, "MXN"))
    await me.until(lambda: sheet(ImportSheet), "the sheet")
    asked = sheet(ImportSheet)
    assert isinstance(asked, ImportSheet)
    await me.outside(asked.start)
    assert asked.form.days.hasFocus()
    await me.outside(lambda: asked.form.days.setCurrentIndex(1))
    await me.outside(asked.start)
    await me.until(lambda: asked.result.isVisible(), "the result")
    assert "2,500" in asked.result.text()
    assert "2502" in asked.wrong.text() or "2,502" in asked.wrong.text()
    await me.press("return")
    await me.until(lambda: card.detail is not None and card.detail.order_count == before + 2500, "the orders")
    assert len(card.detail.orders) == 3
