"""A window in which somebody writes a post without a pause: python -m tests.end_to_end.writing PROFILE SECONDS. Never ends by itself.

Each key is told on standard output when it has been taken in, with the time; whoever started it kills it at any moment.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest

from app import bootstrap, profile
from app.ui.first_frame import make_application
from tests.end_to_end.morning import Person, Watch

WORDS = "El viernes llega el disco que tanto esperamos, en vinilo azul y con todas las letras. "


def main() -> None:
    folder, between = Path(sys.argv[1]), float(sys.argv[2])
    watch = Watch()
    profile.SystemClock = lambda: watch  # type: ignore[assignment, misc]
    bootstrap.SAMPLE_LATENCY_SECONDS = 0.0
    person = Person(make_application(["writing"]), folder, watch)

    async def write() -> None:
        await person.go_to("inbox", "g", "i")
        await person.outside(lambda: person.shell.window.show_page("composer", new=True))
        await person.until(lambda: person.page.bench.text.editors() and person.page.bench.text.editors()[0].hasFocus(), "the editor")
        editor, number = person.page.bench.text.editors()[0], 0
        while True:
            letter = WORDS[number % len(WORDS)]
            await person.outside(lambda letter=letter: QTest.keyClicks(editor, letter))
            number += 1
            sys.stdout.write(f"{number} {time.time()}\n")
            sys.stdout.flush()
            await asyncio.sleep(between)

    person.come_to_work(write)


if __name__ == "__main__":
    main()
