"""Every page and sheet on a real display: a program that shows what it is told on its standard input, a line each, and answers each with a line.

page NAME[:TAB]     section ID     scene NAME     clear     toast WORDS     banner WORDS     fail WORDS
"""

from __future__ import annotations

import asyncio
import queue
import sys
import tempfile
import threading
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.first_frame import make_application
from tests.ui.scenes import SCENES
from tests.ui.stage import Stage, stage_in

TURN_MS = 20
"""So often the loop has its turn where nobody asks anything."""


class Showing:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._asked: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read(self) -> None:
        for line in sys.stdin:
            self._asked.put(line.strip())
        self._asked.put("")

    async def serve(self) -> None:
        """Until its standard input ends. A screen reader asks thousands of things, each as soon as the one before is answered."""
        turns = QTimer()
        turns.start(TURN_MS)
        while True:
            self._stage.application.processEvents(
                QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
            )
            await asyncio.sleep(0)
            if self._asked.empty():
                continue
            asked = self._asked.get()
            if not asked:
                return
            verb, _, rest = asked.partition(" ")
            answer = await self._show(verb, rest)
            sys.stdout.write(f"{answer}\n")
            sys.stdout.flush()

    async def _show(self, verb: str, what: str) -> str:
        stage, notices = self._stage, self._stage.shell.notices
        if verb == "page":
            name, _, tab = what.partition(":")
            await stage.page(name, **({"tab": tab} if tab else {}))
        elif verb == "section":
            stage.window.page().show_section(what)  # type: ignore[union-attr]
        elif verb == "scene":
            await SCENES[what](stage)
        elif verb == "clear":
            stage.clear()
        elif verb == "toast":
            notices.say(message(what))
        elif verb == "banner":
            notices.banner("told", message(what))
        elif verb == "fail":
            notices.fail(UserMistake(message(what)))
        await stage.settle()
        parts = stage.parts()
        return type(parts[-1]).__name__ if parts else "-"


def main() -> None:
    make_application(["tertulia"])
    with tempfile.TemporaryDirectory() as folder, stage_in(Path(folder)) as stage:
        stage.resize((1440, 900))
        stage.speak("en")
        stage.window.activateWindow()
        showing = Showing(stage)
        threading.Thread(target=showing.read, daemon=True).start()
        stage.loop.run_until_complete(showing.serve())


if __name__ == "__main__":
    main()
