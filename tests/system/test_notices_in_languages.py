"""Sentences that are told as they come (what was done, banners, errors, their reasons), the longest of five languages, with the longest names and
figures: as a toast, as a banner and beside a field, nothing of it is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.runtime.paths import resources
from app.runtime.words import Words
from app.ui.application import dress
from app.ui.icons import Icons
from app.ui.look import Look
from app.ui.theme import Theme
from app.ui.widgets.field import Field
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import escaped
from app.ui.widgets.toast import Toast
from tests.ui.catalogues import LANGUAGES, carried, told
from tests.ui.clipping import cut_parts
from tests.ui.closing import delete

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]
MOST = 150
"""Of each language the longest; what is shorter has room where these have it."""
TOAST, BANNER, FIELD = 320, 900, 280
"""The narrowest that each of them gets."""


def places(look: Look, text: str, host: QWidget) -> list[QWidget]:
    """Where a sentence may stand."""
    undo = look.text("command.edit.undo")
    toast = Toast(
        look, lambda _left: text, level="danger", seconds=10, button=undo, key="Z", counting=True, parent=host
    )
    toast.fit(TOAST)
    strip = Strip(look, "warn", square=True)
    strip.show_message("warn", f"<b>{escaped(text)}</b> {escaped(text)}")
    strip.add_button(look.text("command.sync.now"))
    field = Field(look, text[:20], "")
    field.complain(text)
    for part, width in ((strip, BANNER), (field, FIELD)):
        part.setParent(host)
        part.setFixedWidth(width)
        part.resize(width, part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height())
    return [toast, strip, field]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_notice_is_cut(qapp: QApplication, language: str) -> None:
    theme = Theme.load(resources())
    theme.choose(mode="light")
    dress(qapp, theme)
    look = Look(theme, Icons(theme, resources()), Words(resources() / "translations", language, "America/Mexico_City"))
    host, faults = QWidget(), list[str]()
    host.resize(1024, 2000)
    host.show()
    longest = {name: max(told(look.words, name), key=len) for name in carried()}
    for name in sorted(longest, key=lambda name: len(longest[name]))[-MOST:]:
        text = longest[name]
        for part in places(look, text, host):
            part.show()
            faults += [f"{name}: {fault}" for fault in cut_parts(part, ())]
            part.hide()
            part.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    delete(host, theme)
    qapp.setStyleSheet("")
    assert not faults, "\n".join(faults)
