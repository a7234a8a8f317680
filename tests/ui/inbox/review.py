"""Paints the Inbox in its situations, to lay beside the mockups: python -m tests.ui.inbox.review DIR [FONT]."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.models.conversation import ConversationState
from app.models.message import Attachment, Visibility
from app.models.outbox import DeliveryState
from app.runtime.settings import Appearance
from app.runtime.words import message
from app.ui.first_frame import make_application
from app.ui.inbox.page import InboxPage
from app.ui.shell import Shell
from tests.ui.inbox import shop
from tests.ui.inbox.fake_services import FakeServices
from tests.ui.inbox.window import close_window, make_look, new_clock, open_window

DRAFT = "¡Hola, Ximena! Ya reactivamos el enlace de tu pedido A-20418. Tienes 48 horas y 3 descargas. Si algo falla, escríbenos por aquí. 🎧"


def everything_that_can_happen(services: FakeServices) -> None:
    """A conversation with every kind of part."""
    detail = shop.detail_of(services.rows[1])
    reason = message("error.rate_limited", until=shop.at(9, 46)).to_json()
    ours = [
        shop.said(-1, 1, "Bonjour Étienne, nous regardons tout de suite.", shop.NOW, ours=True, delivery=DeliveryState.WAITING, outbox_id=1, leaves_at=shop.NOW + timedelta(seconds=7)),
        shop.said(-2, 1, "Votre colis est chez le transporteur.", shop.NOW, ours=True, delivery=DeliveryState.FAILED, outbox_id=2, reason=reason),
        shop.said(-3, 1, "Il arrive demain.", shop.NOW, ours=True, delivery=DeliveryState.UNSURE, outbox_id=3),
        shop.said(-4, 1, "Écrivez-nous.", shop.NOW, ours=True, delivery=DeliveryState.BY_HAND, outbox_id=4),
    ]  # fmt: skip
    hostile = "\u202eTXT.exe\u202c \x07 Z̸̡̢̧̛͚̠͇̰̥̫̘͕̺̱̭̓̌̎̊a̷̡̨̛̘̙̫̯͔̙̣̹̦̎̋̈́̿l go <b>not bold</b> https://example.org/a?b=(c). مرحبا كيف حالك"
    files = (Attachment("https://net.example/1.jpg", "image", "La boîte ouverte, un disque manque"), Attachment("https://net.example/2.mp4", "video"))
    theirs = [
        shop.said(101, 1, hostile, shop.at(8, 10), author="Étienne Marchal", visibility=Visibility.DIRECT, liked=True),
        shop.said(102, 1, "Voici la photo", shop.at(8, 20), author="Étienne Marchal", attachments=files),
    ]
    services.details[1] = replace(detail, messages=(*theirs, *detail.messages, *ours))


def picture(shell: Shell, path: Path) -> None:
    until = time.monotonic() + 0.08  # what is coalesced has happened by then
    while time.monotonic() < until:
        QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shell.window.grab().save(str(path))


def scene(application: QApplication, folder: Path, name: str, theme: str, language: str, size: tuple[int, int], font: str | None) -> None:
    clock = new_clock()
    look = make_look(clock, language, font)
    services = FakeServices(clock)
    services.settings.change(Appearance, theme=theme)
    if name == "empty":
        services.rows = {number: row for number, row in services.rows.items() if row.state is not ConversationState.NEEDS_ANSWER}
    if name in ("no_account", "reading"):
        services.rows = {}
    if name == "no_account":
        services.account_rows = []
    if name == "states":
        everything_that_can_happen(services)
    if name == "draft":
        services.drafts[2] = (DRAFT, None)
    with tempfile.TemporaryDirectory() as home:
        shell, page = open_window(application, Path(home), services, look, size=size)
        arrange(name, services, page)
        picture(shell, folder / f"{name}-{theme}-{language}-{size[0]}.png")
        close_window(application, shell)


def arrange(name: str, services: FakeServices, page: InboxPage) -> None:
    if name in ("draft", "inbox"):
        page.list.rows.choose(1)
    if name == "reading":
        services.sync.progress.emit(1, 118, 280)
    if name == "search":
        page.list.begin_search()
        page.list.field.setText("casete azul")
        page.desk.search("casete azul")
    if name == "drawer":
        page.list.rows.choose(1)
        page.columns.toggle_card()
    if name == "note":
        page.list.rows.choose(1)
        page.conversation.notes.write()
        page.conversation.reply.editor.insertPlainText("Mi correo es hola@example.org")
    if name == "long":
        page.list.rows.choose(1)
        page.conversation.reply.editor.setFocus()
        page.conversation.reply.editor.insertPlainText(DRAFT * 3)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    font = sys.argv[2] if len(sys.argv) > 2 else None
    application = make_application(["review"])
    big, small = (1440, 900), (1024, 640)
    for name, theme, language, size in (
        ("draft", "light", "en", big), ("draft", "dark", "en", big), ("inbox", "light", "es", big), ("draft", "light", "en", small),
        ("inbox", "dark", "es", small), ("states", "light", "en", big), ("states", "dark", "es", big), ("empty", "light", "en", big),
        ("empty", "dark", "es", small), ("no_account", "light", "en", big), ("reading", "dark", "en", big), ("search", "light", "en", big),
        ("drawer", "light", "en", small), ("note", "light", "en", big), ("long", "light", "en", big), ("long", "light", "es", small),
    ):  # fmt: skip
        scene(application, folder, name, theme, language, size, font)


if __name__ == "__main__":
    main()
