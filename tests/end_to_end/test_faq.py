"""The FAQ in the real window over the sample shop, by keys alone: found, written, published, exported, its link sent and counted."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.ui.playbook.faq_sheets import ExportSheet, PublishSheet
from tests.end_to_end.morning import Person

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

ADDRESS = "https://discosaurora.mx/preguntas#descarga"
ANSWER = "Every download link works for 48 hours. Write to us and we renew it."


def sheet_of(me: Person, kind: type[Any]) -> Any:
    return next((each for each in me.frame.findChildren(kind) if each.isVisible()), None)


async def open_faq(me: Person) -> None:
    """Through the palette, as there is no key for it."""
    await me.press("ctrl+k")
    await me.write("go to the faq")
    await me.press("return")
    await me.until(lambda: me.shell.window.current == "faq" and me.page.desk.loaded, "the FAQ")
    for _ in range(5):  # the encoder loads in a process of its own, which may take long where others work
        with suppress(AssertionError):
            await me.until(lambda: me.rows("SELECT 1 FROM setting WHERE name = 'faq_gathered'"))
            break
    await me.until(lambda: len(me.page.list.model.rows) > 3 and me.page.desk.compared, "the groups")


async def test_a_question_is_answered_published_and_its_link_counted(me: Person, tmp_path: Path) -> None:
    await open_faq(me)
    desk = me.page.desk
    picture(me, "list")
    await me.until(lambda: me.focus is me.page.list.rows, "the keyboard in the list")
    while (
        "descarga" not in " ".join(message.text for message in (desk.behind.messages if desk.behind else ()))
        or desk.row.state != "asked"
    ):
        before = desk.entry_id
        await me.press("down")
        assert desk.entry_id != before, "no question about downloads"
        await me.until(lambda: desk.behind is not None and desk.compared, "what is behind it")
    entry = desk.entry_id
    await me.press("return")
    await me.until(lambda: me.focus is me.page.behind.rows, "the messages")
    picture(me, "behind")
    many = len(desk.behind.messages)
    await me.press("down", "down")
    await me.outside(lambda: me.shell.actions.run("faq.move_out"))
    await me.until(
        lambda: "Taken out of the question" in me.said and len(desk.behind.messages) == many - 1, "the message to leave"
    )
    await me.press("z")
    await me.until(lambda: len(desk.behind.messages) == many, "the message to come back")
    await me.outside(lambda: desk.add_language("en"))
    me.page.editor.answer.text.setFocus()
    await me.write(ANSWER)
    me.page.editor.question.text.setFocus()
    if not me.page.editor.question.text.toPlainText():
        await me.write("My download link does not work any more?")
    await me.press("ctrl+s")
    await me.until(
        lambda: me.rows(
            "SELECT 1 FROM faq_entry WHERE id = ? AND state = 'draft' AND answer LIKE ?", entry, f"%{ANSWER}%"
        ),
        "it to be kept",
    )
    await me.outside(lambda: me.shell.actions.run("faq.publish"))
    await me.until(lambda: sheet_of(me, PublishSheet), "the sheet")
    picture(me, "publish")
    await me.write("nowhere")
    await me.press("return")
    await me.until(lambda: not sheet_of(me, PublishSheet).url._wrong.isHidden(), "the complaint")
    sheet_of(me, PublishSheet).url.line.selectAll()
    await me.write(ADDRESS)
    await me.press("return")
    await me.until(
        lambda: me.rows("SELECT 1 FROM faq_entry WHERE id = ? AND state = 'published' AND url = ?", entry, ADDRESS),
        "it to be published",
    )
    await me.until(lambda: desk.row is not None and desk.row.state == "published", "the list to say so")
    await me.until(lambda: sheet_of(me, PublishSheet) is None and me.focus is not None, "the sheet to be gone")
    await me.breathe()
    picture(me, "published")
    await me.press("ctrl+e")
    await me.until(lambda: sheet_of(me, ExportSheet), "the export")
    picture(me, "export")
    sheet = sheet_of(me, ExportSheet)
    assert entry in sheet.ids
    ids = sheet.ids
    await me.press("escape")
    file = tmp_path / "faq.html"
    await me.outside(lambda: me.page.acts.write(file, "en", ids))
    await me.until(file.exists, "the page")
    assert ANSWER in file.read_text(encoding="utf-8")
    await send_the_link(me, entry)


async def send_the_link(me: Person, entry: int) -> None:
    await me.press("ctrl+2")
    await me.until(lambda: me.shell.window.current == "inbox" and me.page.desk.detail is not None, "the inbox")
    await me.press("r")
    await me.write("See /")
    answers = me.page.conversation.reply.answers
    await me.until(lambda: any(each.text == ADDRESS for each in answers._answers), "the link in the list")
    await me.press(*["down"] * [each.text for each in answers._answers].index(ADDRESS), "return")
    assert me.reply == f"See {ADDRESS}"
    await me.press("ctrl+return")
    await me.until(lambda: me.rows("SELECT 1 FROM faq_use WHERE entry_id = ?", entry), "the link to be counted")
    await me.until(lambda: "leaves in" in me.said[0], "the sending to be told")
    await me.press("z")
    await me.until(lambda: not me.rows("SELECT 1 FROM faq_use WHERE entry_id = ?", entry), "it to be taken back")


def picture(me: Person, name: str) -> None:
    """For who wants to look at them."""
    folder = os.environ.get("TERTULIA_PICTURES")
    if folder:
        me.frame.grab().save(str(Path(folder) / f"faq-{name}.png"))
