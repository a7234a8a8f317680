"""Promises, agreements and going on by e-mail before the real window, by keys: remembered, recorded, looked at, invited, all taken back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.inbox.agreement_paper_sheet import AgreementPaperSheet
from app.ui.inbox.agreement_sheet import AgreementSheet
from tests.end_to_end.morning import Person

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

NAME = "Memo Tapia"
"""Who wrote nothing that concerns himself alone."""


async def open_one(me: Person) -> None:
    if me.shell.window.current != "inbox":
        await me.go_to("inbox", "g", "i")
    await me.until(lambda: NAME in me.listed, NAME)
    for _ in range(30):
        if me.open_name == NAME:
            break
        await me.press("j")
    assert me.open_name == NAME
    await me.until(lambda: me.page.desk.detail is not None, "the conversation")


def offered(me: Person) -> str:
    strip = me.page.conversation.reply.promise
    return "" if strip.isHidden() or strip.advice is None else str(strip.advice.text)


def sheet(kind: type[Any]) -> Any:
    found = [each for each in QApplication.allWidgets() if isinstance(each, kind) and each.isVisible()]
    return found[-1] if found else None


async def test_a_promise_goes_with_its_reply_and_is_kept_by_a_command(me: Person) -> None:
    await open_one(me)
    before = me.rows("SELECT count(*) FROM promise")
    await me.press("r")
    await me.write("Te respondemos en 48 horas.")
    await me.until(lambda: offered(me).startswith("Promise: "), "the promise to be found")
    await me.press("ctrl+j")
    await me.until(lambda: offered(me).startswith("Remembered"), "the promise to be accepted")
    await me.press("ctrl+return")
    made = "SELECT kept_at IS NOT NULL FROM promise WHERE text = 'Te respondemos en 48 horas.'"
    await me.until(lambda: me.rows(made) == [(0,)], "the promise")
    await me.until(lambda: any("leaves in" in said for said in me.said), "the offer to take it back")
    await me.press("z")
    await me.until(lambda: me.rows("SELECT count(*) FROM promise") == before, "no promise")
    await me.until(lambda: me.open_name == NAME and "48 horas" in me.reply, "the text in the box")
    await me.press("escape", "p")
    await me.until(lambda: offered(me).startswith("Remembered"), "the promise to be accepted again")
    await me.press("ctrl+shift+return")
    await me.until(lambda: me.rows(made) == [(0,)], "the promise")
    me.watch.advance(12)
    await me.until(lambda: me.out("Te respondemos en 48 horas.") == 1, "the reply to be out")
    await me.until(lambda: "promises" in me.page.state()["facts"], "the card")
    await me.outside(lambda: me.shell.actions.run("inbox.promise_kept"))
    await me.until(lambda: me.rows(made) == [(1,)], "the promise to be kept")


async def test_an_agreement_is_recorded_looked_at_and_taken_back(me: Person) -> None:
    await open_one(me)
    before = me.rows("SELECT count(*) FROM agreement")
    await me.press("r")
    await me.write("Te devolvemos 520 pesos.")
    await me.outside(lambda: me.shell.actions.run("inbox.agreement"))
    await me.until(lambda: sheet(AgreementSheet) is not None, "the sheet")
    await me.press("ctrl+return")
    found = "SELECT kind, text, amount, currency FROM agreement ORDER BY id DESC LIMIT 1"
    await me.until(lambda: me.rows(found) == [("refund", "Te devolvemos 520 pesos.", 52000, "MXN")], "the record")
    await me.until(lambda: "agreements" in me.page.state()["facts"], "the card")
    await me.outside(lambda: me.shell.actions.run("inbox.agreements"))
    await me.until(lambda: sheet(AgreementPaperSheet) is not None, "the paper")
    await me.press("escape")
    await me.outside(lambda: me.shell.actions.run("edit.undo"))
    await me.until(lambda: me.rows("SELECT count(*) FROM agreement") == before, "no record")


async def test_a_customer_is_invited_to_e_mail(me: Person) -> None:
    await open_one(me)
    await me.outside(lambda: me.shell.actions.run("inbox.to_email"))
    await me.until(lambda: "@discosaurora.example" in me.reply, "the invitation in the box")
    await me.press("ctrl+return")
    noted = "SELECT count(*) FROM invitation WHERE led_to IS NULL"
    await me.until(lambda: me.rows(noted) == [(1,)], "the invitation")
    await me.until(lambda: any("leaves in" in said for said in me.said), "the offer to take it back")
    await me.press("z")
    await me.until(lambda: me.rows(noted) == [(0,)], "no invitation")
