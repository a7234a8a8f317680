"""Guards against the fault of PySide6 6.12 on Python 3.11: calls from Qt lose a reference to None until the interpreter aborts.

From 3.12 on None is immortal, so there it is enough that the program lives through it.
"""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import asyncio, sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
import qasync

class Sender(QObject):
    sent = Signal(object)

async def work():
    label, sender = QLabel(), Sender()
    sender.sent.connect(lambda value: None)
    for number in range(20_000):
        await asyncio.sleep(0)
    for number in range(20_000):
        label.setText("x")
        label.update()
        label.setEnabled(True)
        label.isVisible()
        sender.sent.emit(None)

app = QApplication(sys.argv[:1])
before = [sys.getrefcount(one) for one in (None, True, False)]
with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
    runner.run(work())
after = [sys.getrefcount(one) for one in (None, True, False)]
print(min(now - then for then, now in zip(before, after)))
"""

TOLERANCE = 2_000
"""References that caches and modules loaded meanwhile may give back; the fault loses tens of thousands."""


def test_qt_gives_back_every_reference_it_takes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lost = -int(done.stdout.split()[-1])
    if sys.version_info < (3, 12):
        assert lost < TOLERANCE
