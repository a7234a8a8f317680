"""The text of a page: read, scrolled and followed by keys. Shows pictures of the guide alone and asks nothing of the net."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from app.language.guide_html import Dress
from app.language.guide_pages import Picture
from app.ui.look import Look

SCHEMES = ("guide:", "tertulia:", "command:")
"""Where links of the guide may lead."""
PICTURE = "picture:"
MOST_MARKED = 200


class GuideReader(QTextBrowser):
    """`followed` carries the target of a link that was chosen."""

    followed = Signal(str)

    def __init__(self, look: Look, picture: Callable[[str], Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._picture = picture
        self._body: Callable[[Dress], str] | None = None
        self._laid_out = 0
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(look.text("guide.text"))
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))
        look.theme.changed.connect(self.show_again)

    def show_page(self, body: Callable[[Dress], str], title: str) -> None:
        """`body` writes the page's HTML for a dress; asked again when width or colours change."""
        self._body = body
        self.setAccessibleName(title)
        self.show_again()
        self.go_to("")

    def go_to(self, anchor: str) -> None:
        """Bring a heading to the top, or the beginning."""
        if anchor:
            self.scrollToAnchor(anchor)
        else:
            self.verticalScrollBar().setValue(0)

    def mark(self, words: Sequence[str]) -> None:
        """Show where these words stand; none takes the marks away."""
        theme = self._look.theme
        shape = QTextCharFormat()
        shape.setBackground(theme.color("status.warn.tint"))
        shape.setForeground(theme.color("text.primary"))
        shape.setFontUnderline(True)
        marks = list[QTextEdit.ExtraSelection]()
        for word in words:
            at = self.document().find(word)
            while not at.isNull() and len(marks) < MOST_MARKED:
                selection = QTextEdit.ExtraSelection()
                selection.cursor, selection.format = at, shape
                marks.append(selection)
                at = self.document().find(word, at)
        self.setExtraSelections(marks)

    def show_again(self) -> None:
        """In the present colours and width, at the same place."""
        if self._body is None:
            return
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        document = self.document()
        document.setDocumentMargin(self._look.theme.px(4))
        document.setDefaultFont(self._look.theme.font("body"))
        document.setDefaultStyleSheet(self._style())
        self._laid_out = self.viewport().width()
        self.setHtml(self._body(Dress(self._shown, _href, self._key_head())))
        bar.setValue(round(share * bar.maximum()))

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Pictures of the guide, as wide as they are shown; nothing else is ever loaded."""
        name = url.toString() if isinstance(url, QUrl) else url
        if kind != QTextDocument.ResourceType.ImageResource.value or not name.startswith(PICTURE):
            return None
        pixmap = QPixmap(str(self._picture(name.removeprefix(PICTURE))))
        ratio = self.devicePixelRatioF()
        width = min(self._room(), pixmap.width())
        if pixmap.isNull():
            return pixmap
        scaled = pixmap.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        return self._framed(scaled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._laid_out:
            self.show_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier or event.key() == Qt.Key.Key_Backspace:
            event.ignore()  # back and forward are the guide's own
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            target = self._chosen_link()
            if target:
                self.followed.emit(target)
                return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.ensureCursorVisible()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
            return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            theme, width = self._look.theme, self._look.theme.stroke("focus")
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accent.fill"), width))
            half = width / 2
            painter.drawRoundedRect(
                QRectF(self.viewport().rect()).adjusted(half, half, -half, -half),
                theme.radius("input"),
                theme.radius("input"),
            )

    def _chosen_link(self) -> str:
        """The target of the link that the keyboard is on."""
        cursor: QTextCursor = self.textCursor()
        return cursor.charFormat().anchorHref() if cursor.hasSelection() else ""

    def _room(self) -> int:
        return max(1, self.viewport().width() - 2 * self._look.theme.px(8))

    def _framed(self, pixmap: QPixmap) -> QPixmap:
        """A thin line around it: light pictures have no edge on a light ground."""
        painter = QPainter(pixmap)
        painter.setPen(QPen(self._look.theme.color("border.strong"), 1))
        ratio = pixmap.devicePixelRatio()
        painter.drawRect(QRectF(0.5, 0.5, pixmap.width() / ratio - 1, pixmap.height() / ratio - 1))
        painter.end()
        return pixmap

    def _shown(self, picture: Picture) -> str:
        alt = escape(picture.alt)
        return f'<p class="picture"><img src="{PICTURE}{picture.name}" alt="{alt}"></p><p class="caption">{alt}</p>'

    def _key_head(self) -> tuple[str, str]:
        return self._look.text("guide.key"), self._look.text("guide.does")

    def _style(self) -> str:
        theme = self._look.theme

        def c(path: str) -> str:
            return theme.color(path).name()

        def size(role: str) -> str:
            font: QFont = theme.font(role)
            return f"{font.pixelSize()}px" if font.pixelSize() > 0 else f"{font.pointSizeF():.2f}pt"

        px = theme.px
        return (
            f"body, p, li, td, th {{ color: {c('text.primary')}; }}"
            f"p, li {{ line-height: 135%; margin-top: {px(4)}px; margin-bottom: {px(8)}px; }}"
            f"h1 {{ font-size: {size('display')}; font-weight: 600; margin-top: 0; margin-bottom: {px(8)}px; }}"
            f"h2 {{ font-size: {size('title')}; font-weight: 600; margin-top: {px(18)}px; margin-bottom: {px(6)}px; }}"
            f"h3 {{ font-size: {size('bodyStrong')}; font-weight: 600; margin-top: {px(12)}px; margin-bottom: {px(4)}px; }}"
            f"a {{ color: {c('text.link')}; text-decoration: underline; }}"
            f"code {{ background-color: {c('surface.sunken')}; }}"
            f".key {{ background-color: {c('surface.sunken')}; color: {c('text.secondary')}; font-weight: 500; }}"
            f".caption {{ color: {c('text.tertiary')}; font-size: {size('caption')}; margin-bottom: {px(12)}px; }}"
            f".picture {{ line-height: 100%; margin-bottom: {px(2)}px; }}"
            f"table.rows {{ border-collapse: collapse; margin-top: {px(4)}px; margin-bottom: {px(10)}px; }}"
            f"table.rows td {{ border-bottom: 1px solid {c('border.subtle')}; }}"
            f"table.rows th {{ border-bottom: 1px solid {c('border.strong')}; color: {c('text.secondary')}; font-weight: 600; }}"
        )


def _href(target: str) -> str:
    return target if target.startswith(SCHEMES) else ""
