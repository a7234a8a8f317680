"""Owns the clipboard of a desktop: puts each line that it is given (JSON) on it, and says so."""

import json
import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication


def main() -> None:
    application = QGuiApplication(sys.argv)

    def take() -> None:
        line = sys.stdin.readline()
        if not line:
            application.quit()
            return
        QGuiApplication.clipboard().setText(json.loads(line))
        application.processEvents()
        print("there", flush=True)

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(take)
    print("ready", flush=True)
    application.exec()


if __name__ == "__main__":
    main()
