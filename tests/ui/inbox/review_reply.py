"""Paints the reply box in its situations: python -m tests.ui.inbox.review_reply DIR [FONT]."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.post import Picture
from app.runtime.settings import Appearance
from app.ui.first_frame import make_application
from app.ui.inbox.page import InboxPage
from tests.ui.inbox import shop
from tests.ui.inbox.fake_services import FakeChanges, FakeLimits, FakeServices
from tests.ui.inbox.review import DRAFT, picture
from tests.ui.inbox.window import close_window, make_look, new_clock, open_window

SCENES = (
    "plain",
    "answers",
    "placeholders",
    "cuts",
    "email",
    "x_public",
    "money",
    "no_terms",
    "held",
    "elsewhere",
    "too_long",
    "link",
    "pictures",
)


def scene(
    application: QApplication,
    folder: Path,
    name: str,
    theme: str,
    language: str,
    size: tuple[int, int],
    font: str | None,
) -> None:
    clock = new_clock()
    look = make_look(clock, language, font)
    services = FakeServices(clock)
    services.settings.change(Appearance, theme=theme)
    with tempfile.TemporaryDirectory() as home:
        if name == "x_public":
            services.posts.their_limits = FakeLimits(visibilities=(Visibility.PUBLIC,))
        if name == "too_long":
            services.posts.their_limits = FakeLimits(threads=False)
        if name != "no_terms":
            services.terms = "discosaurora.example/terminos"
        shell, page = open_window(application, Path(home), services, look, size=size)
        page.list.rows.choose(1)
        application.processEvents()
        page.desk.settle()
        arrange(name, services, page, Path(home))
        page.conversation.reply.measure()
        application.processEvents()
        if name == "held":
            clock.advance(timedelta(seconds=17))
            page.conversation.reply.measure()
        picture(shell, folder / f"{name}-{theme}-{language}-{size[0]}.png")
        close_window(application, shell)


def arrange(name: str, services: FakeServices, page: InboxPage, home: Path) -> None:
    box = page.conversation.reply
    page.activateWindow()
    box.editor.setFocus()
    if name != "email":
        box.put_away("personal")
    texts = {
        "plain": DRAFT, "cuts": DRAFT * 3, "email": "Escríbenos a hola@aurora.example y lo vemos.", "x_public": "Escríbenos a hola@aurora.example y lo vemos.",
        "money": "Te hacemos el reembolso hoy mismo.", "no_terms": "Te hacemos el reembolso hoy mismo.", "held": "Ya le dijimos que NO. Aprenda a leer, por favor.",
        "elsewhere": "Ya reactivamos", "too_long": DRAFT * 3, "link": "Mira esto:", "pictures": "Así quedó la portada:",
    }  # fmt: skip
    if name == "x_public":
        box._away.clear()
    if name == "answers":
        QTest.keyClicks(box.editor, "Hola /")
    if name == "placeholders":
        QTest.keyClicks(box.editor, "/falla")
        box.answers.choose(0)
        box.take()
    if name in texts:
        box.editor.insertPlainText(texts[name])
    if name == "held":
        box.take()
    if name == "elsewhere":
        services.add_message(shop.said(70, 2, "Listo, ya está.", shop.NOW, ours=True, delivery=DeliveryState.OUT))
        services.changed.emit(FakeChanges(message={70}, conversation={2}))
    if name == "link":
        box.link.ask()
        box.link.line.setText("https://discosaurora.example/marea")
    if name == "pictures":
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        image.save(str(home / "a.png"))
        box.add_picture(Picture(str(home / "a.png"), "La portada azul de «Marea»"))
        box.add_picture(Picture(str(home / "a.png")))


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    font = sys.argv[2] if len(sys.argv) > 2 else None
    application = make_application(["review"])
    big, small = (1440, 900), (1024, 640)
    for name in SCENES:
        scene(application, folder, name, "light", "en", big, font)
        scene(application, folder, name, "dark", "es", small, font)


if __name__ == "__main__":
    main()
