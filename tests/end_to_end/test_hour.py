"""The sample shop's needs-answer view worked empty by keyboard alone: on US, Russian and French keyboards, and with an input method."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu

from app.runtime.paths import resources
from app.services.courtesies import first_name
from app.services.playbook import fill
from app.services.starter_playbook import read_starter
from tests.end_to_end.morning import Person

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

FROM_THE_PLAYBOOK = {
    "Étienne Marchal": "order_delay",
    "Катя Орлова": "request",
    "Bruno Sáenz": "contest",
    "Memo Tapia": "opening_hours",
    "Fernanda Cuéllar": "complaint",
    "Ximena Robles": "download",
    "Dana Whitfield": "technical",
    "林晓雨": "payment",
    "Paul Okafor": "refund",
}
"""Nine customers and the answer of the starter playbook that fits what they ask."""
IN_OWN_WORDS, THANKED, LIKED_AND_KEPT, TROLL, SNOOZED = (
    "Aurelio Bátiz",
    "Rocío Ledezma",
    "Grace Holloway",
    "Puro Estríming",
    "Tom Ashdown",
)
UNDONE = "Memo Tapia"
"""Marked as done on the way, and taken back."""
OWN_WORDS = "Con gusto: uno automático con una sola palanca le va a quedar perfecto."
VALUES = {"link": "discosaurora.mx/ayuda", "order": "A-20377"}
CAME_BACK = {"Julio Peña", "Greg Stanhope"}
"""From managers: one with the answer, one undelivered. They are done with."""
ALL = {*FROM_THE_PLAYBOOK, *CAME_BACK, IN_OWN_WORDS, THANKED, LIKED_AND_KEPT, TROLL, SNOOZED}


def playbook_text(name: str, language: str) -> str:
    """The first wording of the answer that fits, in the customer's language, filled in."""
    answer = next(answer for answer in read_starter(resources() / "sample" / "playbook.json") if answer.key == FROM_THE_PLAYBOOK[name])
    text = fill(answer.wordings[language][0], {**VALUES, "name": first_name(name)})
    assert text is not None
    return text


class Worker:
    """Takes what lies on top, by keys alone."""

    def __init__(self, me: Person, *, composes: bool = False) -> None:
        self.me = me
        self.composes = composes
        self.undone = False
        self.sent: list[str] = []
        """The beginnings of all replies."""

    async def work(self) -> None:
        me = self.me
        for _ in range(40):
            left = [name for name in me.listed if name in ALL]
            if not left:
                return
            if me.open_name not in ALL:
                await me.press("j")  # somebody wrote meanwhile
                continue
            name = me.open_name
            await me.until(lambda: me.page.desk.detail is not None, "the conversation to be read")
            await self.do(name)
            assert me.focus is not None, f"the keyboard is nowhere after {name}"
            await me.until(
                lambda name=name: name not in me.listed or (name == UNDONE and me.open_name == UNDONE),
                f"{name} to leave",
            )
        raise AssertionError(f"still there: {me.listed}")

    async def do(self, name: str) -> None:
        me = self.me
        if name == TROLL:
            await me.press("m")
        elif name in CAME_BACK:
            await me.press("e")
        elif name == THANKED:
            await me.press("1")
            await me.until(lambda: name not in me.listed, "the thanks")
        elif name == LIKED_AND_KEPT:
            await me.press("l")
            await me.until(lambda: any("like leaves" in said for said in me.said), "the like")
            await me.press("q")
        elif name == SNOOZED:
            await self.snooze()
        elif name == UNDONE and not self.undone:
            await self.do_and_undo(name)
        else:
            row = me.page.desk.row
            text = OWN_WORDS if name == IN_OWN_WORDS else playbook_text(name, row.language)
            await self.answer(name, text, typed=name == IN_OWN_WORDS)

    async def answer(self, name: str, text: str, *, typed: bool) -> None:
        """Written by hand, or inserted as a whole; Ctrl+Enter sends it and opens the next."""
        me = self.me
        await me.press("r")
        assert me.focus is me.page.conversation.reply.editor
        if typed and self.composes:
            await self.compose(name, text)
        elif typed:
            await me.write(text)
        else:
            QGuiApplication.clipboard().setText(text)
            await me.press("ctrl+v")
        assert me.reply.split() == text.split()  # the field makes a plain space of one that does not break
        await me.press("ctrl+return")
        self.sent.append(text[:46])

    async def compose(self, name: str, text: str) -> None:
        """As an input method hands it over; nothing that is pressed meanwhile acts, Ctrl+Enter neither."""
        me, editor = self.me, self.me.page.conversation.reply.editor
        await me.outside(lambda: QCoreApplication.sendEvent(editor, QInputMethodEvent("ni hao", [])))
        await me.press("ctrl+return")
        assert me.open_name == name
        assert me.states(text[:46]) == []

        def commit() -> None:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QCoreApplication.sendEvent(editor, event)

        await me.outside(commit)

    async def snooze(self) -> None:
        """A time is typed into the menu of S."""
        me = self.me
        await me.press("s")
        await me.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu of times")
        await me.press("tab")
        await me.write("in 3 days 10:00")
        await me.press("return")

    async def do_and_undo(self, name: str) -> None:
        me = self.me
        await me.press("e")
        await me.until(lambda: name not in me.listed and me.open_name != name, "the next one")
        await me.press("z")
        await me.until(lambda: me.open_name == name and name in me.listed, "the conversation to be selected again")
        assert me.focus is me.page.list.rows
        self.undone = True


@pytest.mark.parametrize("layout", ["us", "ru", "fr", "pinyin"])
@pytest.mark.timeout(240)
async def test_an_hour_is_worked_by_keys_alone(me: Person, layout: str) -> None:
    await me.go_to("inbox", "g", "i")
    await me.until(lambda: len(me.listed) >= len(ALL), "the list")
    assert set(me.listed) == ALL, me.listed
    assert len(me.listed) == 16
    me.layout = layout if layout in ("ru", "fr") else "us"
    worker = Worker(me, composes=layout == "pinyin")
    await worker.work()
    assert worker.undone
    assert len(worker.sent) == 10

    me.watch.advance(12)
    await me.until(lambda: not [text for text in worker.sent if me.states(text) != ["out"]], "every reply to be out")
    assert [me.out(text) for text in worker.sent] == [1] * 10
    await me.until(
        lambda: (
            me.rows(
                "SELECT state FROM outbox WHERE kind = 'like' AND conversation_id IS NOT NULL ORDER BY id DESC LIMIT 1"
            )
            == [("out",)]
        ),
        "the like",
    )
    last_reply = (
        "SELECT o.state FROM outbox AS o JOIN conversation AS c ON c.id = o.conversation_id JOIN customer AS p ON p.id = c.customer_id"
        " WHERE p.name = ? AND o.kind = 'reply' ORDER BY o.id DESC LIMIT 1"
    )
    await me.until(lambda: me.rows(last_reply, THANKED) == [("out",)], "the thanks to be out")
    muted = me.rows("SELECT name FROM customer WHERE muted_at IS NOT NULL")
    assert muted == [(TROLL,)]
    answered = me.rows(
        "SELECT count(*) FROM outbox AS o JOIN conversation AS c ON c.id = o.conversation_id JOIN customer AS p ON p.id = c.customer_id"
        " WHERE p.name = ? AND o.state <> 'let_go' AND o.due_at > ?",
        TROLL,
        int(datetime(2026, 11, 18, tzinfo=UTC).timestamp() * 1000),
    )
    assert answered == [(0,)]
    assert await states_of(me) == {
        LIKED_AND_KEPT: "kept",
        TROLL: "ignored",
        SNOOZED: "snoozed",
        THANKED: "waiting",
        UNDONE: "waiting",
    }


async def states_of(me: Person) -> dict[str, str]:
    """Where some of them are at the end."""
    wanted = (LIKED_AND_KEPT, TROLL, SNOOZED, THANKED, UNDONE)
    found = {}
    for name in wanted:
        sql = "SELECT c.state FROM conversation AS c JOIN customer AS p ON p.id = c.customer_id WHERE p.name = ? ORDER BY c.last_at DESC LIMIT 1"
        found[name] = str(me.rows(sql, name)[0][0])
    return found
