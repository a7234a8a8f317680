"""Opens what makes ideas, and what brings posts in, over the Calendar page; and the menu of the tray's plus that leads there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from app.ui.calendar import import_archive
from app.ui.calendar.idea_sheets import OlderSheet, PraiseSheet
from app.ui.calendar.import_archive import ArchiveSheet
from app.ui.calendar.import_posts import open_import
from app.ui.calendar.products import ProductsSheet
from app.ui.orders.file_sheet import choose_file
from app.ui.page import PageFace

MENU = (
    ("calendar.new",),
    ("ideas.older", "ideas.praise", "ideas.products"),
    ("ideas.import_posts", "ideas.import_archive"),
)
"""Commands of the menu, in its groups."""


def open_named(face: PageFace, host: QWidget, name: object) -> None:
    """A sheet by the name under which commands ask for it; any other name opens nothing."""
    window = host.window()
    opens: dict[str, Callable[[], object]] = {
        "older": lambda: face.window.open_sheet(OlderSheet(face, window)),
        "praise": lambda: face.window.open_sheet(PraiseSheet(face, window)),
        "products": lambda: face.window.open_sheet(ProductsSheet(face, window)),
        "import_posts": lambda: choose_file(
            face,
            window,
            "import.choose_posts",
            lambda path: open_import(face, window, path),
            "import.sheets",
        ),
        "import_archive": lambda: choose_file(
            face,
            window,
            "import.choose_archive",
            lambda path: face.window.open_sheet(ArchiveSheet(face, window, path)),
            "import.archives",
            import_archive.ENDINGS,
        ),
    }
    if isinstance(name, str) and name in opens:
        opens[name]()


def show_menu(face: PageFace, button: QWidget) -> None:
    """Below the plus."""
    menu = make_menu(face, button)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def make_menu(face: PageFace, button: QWidget) -> QMenu:
    """A new post, ideas from what is there, and what comes in from files."""
    menu = QMenu(button)
    menu.setAccessibleName(face.text("ideas.add"))
    for number, group in enumerate(MENU):
        if number:
            menu.addSeparator()
        for name in group:
            menu.addAction(face.actions.action(name))
    return menu
