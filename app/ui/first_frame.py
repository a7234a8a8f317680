"""The first frame: the window at its place with the still shapes of a page, painted before anything else of ours is imported.

It imports QtWidgets and nothing else that takes time, and keeps to itself how the look of the last run is known without opening the
profile: place, colours and scale stand in window.ini. The real content replaces the shapes within the same window.
"""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtCore import QByteArray, QCoreApplication, QEventLoop, QRect, QSettings, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.runtime.paths import Paths, choose, resources
from app.runtime.start import Options
from app.ui.instance import Instance, Standing

GEOMETRY = "window/geometry"
PAGE = "window/page"
THEME = "window/theme"
"""The theme chosen in the last run ("system", "light", "dark"): the settings are not read yet."""
SCALE = "window/scale"

FULL_WIDTH = 1160
"""From this width on the inbox shows its column of views (inbox/columns.py)."""
VIEWS_WIDTH, LIST_WIDTH = 200, 356
FACE = 36
HALF = 128
TITLE, BORDER, GRIP = 40, 4, 120
"""What a desktop puts around a window at the most: over it, and at the other sides. And how much of the title a hand can take hold of."""
UNSEEN_MS = 200
"""A window that nobody sees is not painted; so long it is waited for."""


def make_application(arguments: Sequence[str]) -> QApplication:
    """The one QApplication; its window may close without ending the loop, the orderly shutdown ends it."""
    program, *rest = arguments
    application = QApplication([program, "-style", "fusion", *rest])  # setStyle() would cost 7 ms: PySide builds QStyle's enums for it
    application.setApplicationName("tertulia")
    application.setApplicationDisplayName("Tertulia")
    application.setDesktopFileName("org.tertulia.Tertulia")
    application.setQuitOnLastWindowClosed(False)
    return application


def remembered_in(window_ini: Path) -> QSettings:
    """What the window remembers from one run to the next."""
    return QSettings(str(window_ini), QSettings.Format.IniFormat)


def place(window: QWidget, remembered: QSettings, usual: Sequence[int]) -> None:
    """Place and size of the last time, if that place is still on a screen; else the usual size (width, height) in the middle."""
    geometry = remembered.value(GEOMETRY)
    if isinstance(geometry, QByteArray) and window.restoreGeometry(geometry) and is_on_screen(window):
        return
    width, height = usual
    screen = QGuiApplication.primaryScreen()
    room = screen.availableGeometry() if screen else None
    if room is not None:
        width, height = min(width, room.width() - 2 * BORDER), min(height, room.height() - TITLE - BORDER)
        window.resize(width, height)
        # The frame around it is not known before it is shown.
        window.move(room.x() + (room.width() - width) // 2 - BORDER, room.y() + (room.height() - height - TITLE) // 2)
    else:
        window.resize(width, height)


def least_size(usual: Sequence[int]) -> QSize:
    """The usual least size (width, height), or less where a screen has less room: at a scale of 2 a full HD screen is 960 by 540."""
    least = QSize(*usual)
    for screen in QGuiApplication.screens():
        room = screen.availableGeometry()
        least = least.boundedTo(QSize(room.width(), room.height() - TITLE))
    return least


def is_on_screen(window: QWidget) -> bool:
    """So much of it that its title can be taken hold of: a screen may have gone, or become smaller."""
    frame = window.frameGeometry()
    title = QRect(frame.x(), frame.y(), frame.width(), TITLE)
    seen = [screen.availableGeometry().intersected(title) for screen in QGuiApplication.screens()]
    return any(part.width() >= GRIP and part.height() >= TITLE // 2 for part in seen)


class HandsOver(Protocol):
    """Files and links that the system hands over (opened.py)."""

    def hand_to(self, hear: Callable[[str], None]) -> None: ...


class Start(NamedTuple):
    """What is there once the first frame is painted."""

    application: QApplication
    frame: FirstFrame
    paths: Paths
    instance: Instance
    standing: Standing
    remembered: QSettings
    opened: HandsOver | None = None
    """What the system hands over to be opened; None where that comes as an argument of another start."""


def begin(options: Options, arguments: Sequence[str]) -> Start | None:
    """Show the first frame; None when a window of this profile was there already and has come to the front."""
    application = make_application(["tertulia", *arguments])
    opened = hear_opened(application) if sys.platform == "darwin" else None
    paths = choose(options.profile, options.sample)
    with contextlib.suppress(OSError):  # told later, by whoever opens the profile
        paths.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    instance = Instance(paths.lock, paths.socket)
    standing = instance.enter(options.target)
    if standing is Standing.RAISED_ANOTHER:
        return None
    remembered = remembered_in(paths.window_ini)
    frame = FirstFrame(remembered, resources(), options.page)
    if not options.hidden:
        frame.show_shapes()
    return Start(application, frame, paths, instance, standing, remembered, opened)


def hear_opened(application: QApplication) -> HandsOver:
    """Listens to every event of the program: only where it must."""
    from app.ui.opened import Opened  # noqa: PLC0415  (not for the first frame of others)

    return Opened(application)


class FirstFrame(QMainWindow):
    """The program's window on the desktop, from the first frame to the end. What is in it comes later, through `hold`."""

    _done = Signal()
    closing = Signal()
    """The user wants to close; whoever shuts the program down listens."""

    def __init__(self, remembered: QSettings, resources: Path, page: str = "") -> None:
        super().__init__()
        self.tokens = json.loads((resources / "theme" / "tokens.json").read_text("utf-8"))
        """Of the design: read once in a start."""
        self._sizes = self.tokens["size"]
        self._colours = self.tokens["color"]["dark" if is_dark(str(remembered.value(THEME, "system"))) else "light"]
        self._scale = _number(remembered.value(SCALE))
        self._page = page or str(remembered.value(PAGE, ""))
        self._keys: list[QKeyEvent] = []
        self._pane: QWidget | None = None
        self._place: Callable[[QSize], QRect] | None = None
        self._first = QEventLoop()
        self._done.connect(self._first.quit)
        self._painted = False
        self.wants_to_close = False
        self._may_close = False
        self.setWindowTitle("Tertulia")
        self.setMinimumSize(least_size(self._sizes["window"]["min"]))
        place(self, remembered, self._sizes["window"]["default"])

    def show_shapes(self) -> None:
        """Show the window and return when its first frame is on the screen."""
        self.show()
        self._first.exec()

    def answer_once(self) -> None:
        """What has come meanwhile; a thread for a short import would cost more than the window gains by answering during it."""
        QCoreApplication.processEvents()

    def answer_during(self, work: Callable[[], object]) -> None:
        """Let a thread do something while the window answers; what it raises is raised here."""
        errors: list[BaseException] = []

        def do() -> None:
            try:
                work()
            except BaseException as error:  # noqa: BLE001  (carried to the window's thread and raised there)
                errors.append(error)
            self._done.emit()

        worker = threading.Thread(target=do, name="first page", daemon=True)
        worker.start()
        self._first.exec()
        worker.join()
        if errors:
            raise errors[0]

    def show_list(self, pane: QWidget, focus: QWidget, place: Callable[[QSize], QRect]) -> None:
        """Something to work with stands among the shapes, at its place for a size of the window; returns when it is on the screen.

        `focus`, in it, has the keyboard. From the first key on that it leaves to others, keys wait: what was pressed in a row is done in a row.
        """
        self._pane, self._place = pane, place
        pane.setParent(self)
        pane.setGeometry(place(self.size()))
        pane.show()
        focus.setFocus()
        self._painted = False
        self.update()
        patience = QTimer()
        patience.setSingleShot(True)
        patience.timeout.connect(self._first.quit)
        patience.start(UNSEEN_MS)
        self._first.exec()
        patience.stop()

    def hold(self, content: QWidget) -> None:
        """From now on this is in the window, painted as a whole, with the keyboard where the content wants it."""
        focus = content.focusWidget()
        content.setMinimumSize(content.minimumSize().boundedTo(self.minimumSize()))
        self.setCentralWidget(content)
        self.setWindowTitle(content.windowTitle())
        content.show()
        if focus is not None:
            focus.setFocus()
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.repaint()  # by itself Qt would bring the content to the screen piece by piece, over several turns of its loop

    def give_keys(self) -> None:
        """Keys that were pressed before there was anything to hear them go to what has the focus now."""
        focus = QApplication.focusWidget() or self.focusWidget()
        keys, self._keys = self._keys, []
        for key in keys if focus is not None else ():
            QApplication.postEvent(focus, key)

    def close_for_good(self) -> None:
        """The program has shut down: the window may go."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.wants_to_close = True
        self.closing.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever types ahead is not left out."""
        if self.centralWidget() is None:
            self._keys.append(event.clone())
            self.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.centralWidget() is None and self._pane is not None and self._place is not None:
            self._pane.setGeometry(self._place(event.size()))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.centralWidget() is None:
            self._paint_shapes(QPainter(self))
        else:
            super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._first.quit)

    # ---- the shapes

    def _paint_shapes(self, painter: QPainter) -> None:
        surface, line = self._colours["surface"], _plain(self._colours["border"]["subtle"])
        ground, pane, shape = _plain(surface["window"]), _plain(surface["base"]), _plain(surface["pressed"])
        height, rail = self.height(), self._px(self._sizes["rail"])
        painter.drawPixmap(0, 0, self.width(), height, pane)
        painter.drawPixmap(0, 0, rail, height, ground)
        painter.drawPixmap(rail - 1, 0, 1, height, line)
        if self._page != "inbox":
            return
        if self._pane is not None:
            for x in (self._pane.x() - 1, self._pane.geometry().right() + 1):
                painter.drawPixmap(x, 0, 1, height, line)
            return
        left = rail
        if self.width() >= self._px(FULL_WIDTH):
            left += self._px(VIEWS_WIDTH)
            painter.drawPixmap(left - 1, 0, 1, height, line)
        width, top, step = self._px(LIST_WIDTH), self._px(self._sizes["toolbar"]), self._px(self._sizes["row"]["messageComfortable"])
        painter.drawPixmap(left + width - 1, 0, 1, height, line)
        painter.drawPixmap(left, top - 1, width, 1, line)
        while top < height:
            self._paint_row(painter, left, top, width, shape)
            painter.drawPixmap(left, top + step - 1, width, 1, line)
            top += step

    def _paint_row(self, painter: QPainter, left: int, top: int, width: int, shape: QPixmap) -> None:
        """A face and three lines, all angular: an antialiased shape would cost more than the rest of the frame."""
        px = self._px
        painter.drawPixmap(left + px(16), top + px(12), px(FACE), px(FACE), shape)
        room = width - px(16 + FACE + 12 + 16)
        for down, part, height in ((0, 0.42, 10), (20, 0.96, 8), (37, 0.8, 8)):
            painter.drawPixmap(left + px(16 + FACE + 12), top + px(12 + down), round(room * part), px(height), shape)

    def _px(self, length: float) -> int:
        return round(length * self._scale)


def _plain(colour: str) -> QPixmap:
    """A dot to be drawn at any size: for a fill or a pen PySide builds every enum of `Qt` (16 ms), for a picture none."""
    dot = QPixmap(1, 1)
    dot.fill(QColor(colour))
    return dot


def is_dark(mode: str) -> bool:
    """Whether a chosen theme ("system", "light", "dark") is dark now.

    The system's is seen by its palette: the colour scheme, too, is an enum of `Qt`.
    """
    if mode == "system":
        return QGuiApplication.palette().window().color().lightness() < HALF
    return mode == "dark"


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 1.0
