"""The page of the guide: shows pictures of the guide alone, asks nothing of the net, follows colours and width."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QPixmap, QTextDocument

from app.language.guide_pages import picture_file
from app.runtime.paths import resources
from app.ui.guide.reader import GuideReader
from app.ui.guide.sheet import GuideSheet
from app.ui.look import Look
from app.ui.shell import Shell


def test_pictures_are_the_guide_s_own_and_nothing_else_is_loaded(look: Look, tmp_path: Path) -> None:
    reader = GuideReader(look, lambda name: picture_file(resources(), "en", name))
    kind = QTextDocument.ResourceType.ImageResource.value
    shown = reader.loadResource(kind, QUrl("picture:inbox"))
    assert isinstance(shown, QPixmap)
    assert not shown.isNull()
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    for address in ("https://example.org/x.png", secret.as_uri(), str(secret), "qrc:/x.png"):
        assert reader.loadResource(kind, QUrl(address)) is None
    assert reader.loadResource(QTextDocument.ResourceType.StyleSheetResource.value, QUrl("picture:inbox")) is None
    missing = reader.loadResource(kind, QUrl("picture:none"))
    assert isinstance(missing, QPixmap)
    assert missing.isNull()
    reader.deleteLater()


def test_it_follows_a_change_of_colours(guide: GuideSheet, shell: Shell) -> None:
    before = guide.reader.document().defaultStyleSheet()
    shell.look.theme.choose(mode="dark")
    assert guide.reader.document().defaultStyleSheet() != before


def test_words_are_marked_and_the_marks_taken_away(guide: GuideSheet) -> None:
    guide.reader.mark(["the"])
    assert guide.reader.extraSelections()
    guide.reader.mark(())
    assert not guide.reader.extraSelections()
