"""What is typed in a reply survives: a process that dies, a disk that takes nothing; and the network gets the picture that goes along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.runtime.errors import DiskFull
from app.services.inbox import Inbox
from app.ui.inbox.escalation_sheet import EscalationSheet
from tests.end_to_end.dying import KEY_SECONDS
from tests.end_to_end.morning import Person

ROOT = Path(__file__).resolve().parents[2]
LONG = "La aduana pide la factura del pedido y el cliente espera desde el lunes, ¿la mandamos hoy mismo?"
MOST_MISSING = round((1.0 + 0.3) / KEY_SECONDS)
"""Keys of a second, and of what storing takes while others work on this computer."""
TEXT = "Lo revisamos y te escribimos antes de las seis"


def test_what_was_typed_is_there_after_the_process_died(me: Person) -> None:
    folder = me.paths.root.parent
    command = [sys.executable, "-P", "-m", "tests.end_to_end.dying", str(folder), TEXT]
    died = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=90, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr

    async def next_morning() -> None:
        ((number,),) = me.rows("SELECT conversation_id FROM reply_draft WHERE text = ?", TEXT)
        await me.go_to("inbox", "g", "i")
        # What came in since may stand before it.
        await me.outside(lambda: me.shell.window.show_page("inbox", conversation=number))
        await me.until(lambda: me.reply == TEXT, "the draft")

    assert me.come_to_work(next_morning) == 0


def test_of_a_question_to_a_manager_at_most_the_last_second_is_missing(me: Person) -> None:
    """The process dies in the middle of typing, without a pause that would have kept all of it."""
    folder = me.paths.root.parent
    command = [sys.executable, "-P", "-m", "tests.end_to_end.dying", str(folder), LONG, "sheet"]
    died = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=90, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr

    async def next_morning() -> None:
        await me.go_to("inbox", "g", "i")
        await me.until(lambda: me.page.desk.detail is not None, "a conversation")
        await me.press("f")
        await me.until(lambda: isinstance(me.shell.window.overlay(), EscalationSheet), "the sheet")
        kept = me.shell.window.overlay().question.toPlainText()
        assert LONG.startswith(kept)
        assert len(LONG) - len(kept) <= MOST_MISSING

    assert me.come_to_work(next_morning) == 0


async def test_a_text_that_the_disk_does_not_take_is_asked_about_before_the_window_closes(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    kept = Inbox.save_draft

    async def refuse(*_given: object, **_more: object) -> None:
        raise DiskFull()

    Inbox.save_draft = refuse  # type: ignore[method-assign, assignment]
    try:
        await me.press("r")
        editor = me.page.conversation.reply.editor
        await me.outside(lambda: QTest.keyClicks(editor, TEXT))
        await me.outside(me.frame.close)
        await me.until(lambda: me.shell.window.overlay() is not None, "the question")
        buttons = me.choices
        assert [button.text() for button in buttons] == ["Try again", "Copy my text", "Close without it"]
        await me.outside(buttons[1].click)
        await me.until(lambda: QGuiApplication.clipboard().text() == TEXT, "the text on the clipboard")
        await me.until(lambda: me.shell.window.overlay() is not None, "the question again")
        assert not me.frame.isHidden()
    finally:
        Inbox.save_draft = kept  # type: ignore[method-assign]
    await me.outside(me.choices[0].click)
    await me.until(me.frame.isHidden, "the window to close")
    assert me.rows("SELECT text FROM reply_draft WHERE text = ?", TEXT) == [(TEXT,)]


async def test_a_picture_goes_out_with_the_reply(me: Person, tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), "navy").save(tmp_path / "portada.png")
    await me.go_to("inbox", "g", "i")
    await me.until(lambda: me.page.desk.row is not None, "a conversation")
    while me.page.desk.row.network != "mastodon":
        await me.press("j")
    await me.press("r")
    box = me.page.conversation.reply
    await me.until(lambda: box.bar.picture.isEnabled(), "the limits")
    await me.outside(lambda: QTest.keyClicks(box.editor, TEXT))
    await me.outside(lambda: box.pasted.emit([tmp_path / "portada.png"]))
    await me.until(lambda: len(box.pictures.pictures) == 1, "the picture")
    await me.outside(lambda: QTest.keyClicks(box.pictures.alt, "La portada azul"))
    await me.press("ctrl+return")
    await me.until(lambda: me.states(TEXT) == ["waiting"], "the reply to be owed")
    assert "La portada azul" in str(
        me.rows("SELECT pictures FROM outbox WHERE json_extract(parts, '$[0]') LIKE ?", f"%{TEXT}%")
    )
    me.watch.advance(12)
    await me.until(lambda: me.states(TEXT) == ["out"], "the reply to be out")


def environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
