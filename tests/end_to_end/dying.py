"""A window whose process dies while somebody writes: python -m tests.end_to_end.dying PROFILE TEXT [sheet]. Kills itself; never returns.

With `sheet`, what is written is a question to a manager, key by key without a pause, until it dies in the middle of it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest

from app import bootstrap, profile
from app.ui.first_frame import make_application
from app.ui.inbox.escalation_sheet import EscalationSheet
from tests.end_to_end.morning import Person, Watch

KEY_SECONDS = 0.06
"""From key to key: somebody who types fast, and does not pause."""


def main() -> None:
    folder, text = Path(sys.argv[1]), sys.argv[2]
    watch = Watch()
    profile.SystemClock = lambda: watch  # type: ignore[assignment, misc]
    bootstrap.SAMPLE_LATENCY_SECONDS = 0.0
    person = Person(make_application(["dying"]), folder, watch)

    async def write_and_die() -> None:
        await person.go_to("inbox", "g", "i")
        await person.press("r")
        editor = person.page.conversation.reply.editor
        await person.outside(lambda: QTest.keyClicks(editor, text))
        await person.until(lambda: person.rows("SELECT 1 FROM reply_draft WHERE text = ?", text), "the pause after which it is kept")
        os.kill(os.getpid(), signal.SIGKILL)

    async def ask_and_die() -> None:
        await person.go_to("inbox", "g", "i")
        await person.until(lambda: person.page.desk.detail is not None, "a conversation")
        await person.press("f")
        await person.until(lambda: isinstance(person.shell.window.overlay(), EscalationSheet), "the sheet")
        question = person.shell.window.overlay().question
        for letter in text:
            await person.outside(lambda letter=letter: QTest.keyClicks(question, letter))
            await asyncio.sleep(KEY_SECONDS)
        os.kill(os.getpid(), signal.SIGKILL)

    person.come_to_work(ask_and_die if "sheet" in sys.argv[3:] else write_and_die)


if __name__ == "__main__":
    main()
