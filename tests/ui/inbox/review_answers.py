"""Paints the suggested answers in their situations: python -m tests.ui.inbox.review_answers DIR [FONT]."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.models.conversation import Category
from app.models.playbook import Blank, ListFigures, PlaybookAnswer
from app.runtime.settings import Appearance
from app.ui.first_frame import make_application
from app.ui.inbox.page import InboxPage
from tests.ui.inbox.fake_services import FakeServices
from tests.ui.inbox.review import DRAFT, picture
from tests.ui.inbox.window import close_window, make_look, new_clock, open_window

LINK = PlaybookAnswer(
    "link",
    Category.TECHNICAL,
    {"en": "Link expired", "es": "Enlace caducado"},
    {"es": (DRAFT.replace("Ximena", "{name}").replace("A-20418", "{order}"),)},
    uses=64,
    id=1,
)
RENEW = PlaybookAnswer(
    "renew",
    Category.TECHNICAL,
    {"en": "Renew it yourself", "es": "Renuévalo por tu cuenta"},
    {"es": ("Hola, {name}. En discosaurora.mx/ayuda/descargas pides un enlace nuevo con tu correo y tu pedido.",)},
    uses=38,
    id=2,
)
ASK = PlaybookAnswer(
    "ask",
    Category.TECHNICAL,
    {"en": "Ask for the order", "es": "Pedir el número de pedido"},
    {"es": ("Hola, {name}. ¿Nos mandas por privado el correo con el que compraste?",)},
    uses=112,
    id=3,
)
BLANK = replace(
    ASK, wordings={"es": ("Hola, {name}. Tu guía es {tracking}.",)}, blanks=(Blank("tracking", "número de guía"),)
)
SCENES = ("picked", "focus", "blank", "two", "one", "picker", "own", "slash")


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
    services.answers = [LINK, RENEW, BLANK if name in ("focus", "blank") else ASK]
    services.figures = {1: ListFigures(64, 50, 47), 2: ListFigures(38, 32, 26), 3: ListFigures(112, 100, 88)}
    services.suggesting.found = {"": ("link", "renew", "ask")[: {"one": 1, "two": 2}.get(name, 3)]}
    with tempfile.TemporaryDirectory() as home:
        shell, page = open_window(application, Path(home), services, look, size=size)
        page.list.rows.choose(1)
        application.processEvents()
        page.desk.settle()
        page.suggestions._rest.timeout.emit()
        application.processEvents()
        arrange(name, page)
        picture(shell, folder / f"{name}-{theme}-{language}-{size[0]}.png")
        close_window(application, shell)


def arrange(name: str, page: InboxPage) -> None:
    run, box = page._face.actions.run, page.conversation.reply
    page.activateWindow()
    if name == "own":
        box.editor.insertPlainText("Hola, lo vemos")
    if name in ("picked", "own"):
        run("inbox.answer_1")
    if name == "blank":
        run("inbox.answer_3")
    if name == "focus":
        page.conversation.suggestions.cards[1].setFocus()
    if name == "picker":
        run("inbox.find_answer")
    if name == "slash":
        box.editor.setFocus()
        box.editor.insertPlainText("Hola /")


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    font = sys.argv[2] if len(sys.argv) > 2 else None
    application = make_application(["review"])
    for name in SCENES:
        scene(application, folder, name, "light", "en", (1440, 900), font)
        scene(application, folder, name, "dark", "es", (1024, 640), font)


if __name__ == "__main__":
    main()
