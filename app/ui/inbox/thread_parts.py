"""The smaller parts of a conversation as it is painted: separators of days, the post it stands under, our notes, attachments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.models.message import Attachment, NoteRow, ParentPost
from app.ui.inbox.paragraphs import Paragraphs
from app.ui.inbox.times import in_full
from app.ui.look import Look
from app.ui.safe_text import one_line, shown
from app.ui.widgets.text import draw_text, text_width


@dataclass(frozen=True, slots=True)
class Spot:
    """What lies under a point of a part: an address that opens, or an act ("earlier")."""

    url: str = ""
    act: str = ""
    name: str = ""
    """What a menu calls an act."""


class ThreadPart(Protocol):
    """One piece of the conversation, from top to bottom. Positions are relative to its own top left corner."""

    name: str
    """What a screen reader says."""
    stops: bool
    """Whether the arrow keys stop here."""
    gap: int
    """Room below it, at 100 %."""
    height: float

    def lay_out(self, width: float) -> None: ...

    def paint(self, painter: QPainter, top: float, current: bool) -> None: ...

    def spot(self, point: QPointF) -> Spot: ...

    def opens(self) -> tuple[Spot, ...]:
        """What Enter offers here."""

    def text(self) -> str:
        """What Ctrl+C copies."""


class Divider:
    """A line with words in its middle: a day, or how much lies before."""

    def __init__(self, look: Look, words: str, *, act: str = "") -> None:
        self._look = look
        self.name = words
        self._act = act
        self.stops = bool(act)
        self.gap = 14 if act else 12
        self.height = 0.0
        self._width = 0.0

    def lay_out(self, width: float) -> None:
        self._width = width
        self.height = self._look.theme.line("caption")

    def paint(self, painter: QPainter, top: float, current: bool) -> None:
        theme = self._look.theme
        font = theme.font("caption", tabular=True)
        icon = theme.px(12 + 8) if self._act else 0
        words = text_width(self.name, font)
        left = (self._width - words - icon) / 2
        middle = round(top + self.height / 2)
        painter.setPen(QPen(theme.color("border.default"), 1))
        for start, end in ((0.0, left - theme.px(8)), (left + icon + words + theme.px(8), self._width)):
            painter.drawLine(QPointF(start, middle + 0.5), QPointF(end, middle + 0.5))
        if self._act:
            self._look.icons.paint(painter, QRectF(left, top, theme.px(12), self.height), "caret-right", "text.tertiary")
        painter.setPen(theme.color("text.tertiary"))
        draw_text(painter, QRectF(left + icon, top, words + 1, self.height), self.name, font)
        if current:
            paint_ring(painter, self._look, QRectF(left - theme.px(6), top, words + icon + theme.px(12), self.height))

    def spot(self, point: QPointF) -> Spot:
        return Spot(act=self._act) if 0 <= point.y() < self.height else Spot()

    def opens(self) -> tuple[Spot, ...]:
        return (Spot(act=self._act),) if self._act else ()

    def text(self) -> str:
        return self.name


class Parent:
    """The post under which the conversation stands: bar of its pillar, first line, clicks; opens at the network."""

    stops = True
    gap = 14

    def __init__(self, look: Look, post: ParentPost, now: datetime) -> None:
        self._look = look
        self._post = post
        name = "inbox.mail_subject" if post.subject else "inbox.under_our_post" if post.ours else "inbox.under_their_post"
        facts = [look.text(name)]
        if post.at is not None:
            facts.append(in_full(look, post.at, now))
        if post.clicks is not None:
            facts.append(look.text("inbox.clicks", n=post.clicks))
        self._facts = " · ".join(facts)
        self._line = one_line(post.text)
        self.name = f"{self._facts}: {self._line}"
        self.height = 0.0
        self._width = 0.0

    def lay_out(self, width: float) -> None:
        theme = self._look.theme
        self._width = width
        self.height = theme.px(8) * 2 + theme.line("caption") + theme.line("small") + 2

    def paint(self, painter: QPainter, top: float, current: bool) -> None:
        theme = self._look.theme
        box = QRectF(0.5, top + 0.5, self._width - 1, self.height - 1)
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.radius("card"), theme.radius("card"))
        hue, _icon = theme.pillar(self._post.pillar)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.hue(hue, "strong"))
        bar = QRectF(theme.px(11), top + theme.px(9), theme.stroke("pillarBar"), self.height - 2 * theme.px(9))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        left = bar.right() + theme.px(8)
        icon = theme.px(15) if self._post.url else 0
        room = self._width - left - theme.px(11) - (icon + theme.px(8) if icon else 0)
        y = top + 1 + theme.px(8)
        painter.setPen(theme.color("text.tertiary"))
        draw_text(painter, QRectF(left, y, room, theme.line("caption")), self._facts, theme.font("caption", tabular=True))
        painter.setPen(theme.color("text.primary"))
        y += theme.line("caption")
        draw_text(painter, QRectF(left, y, room, theme.line("small")), self._line, theme.font("small"))
        if icon:
            spot = QRectF(self._width - theme.px(11) - icon, top, icon, self.height)
            self._look.icons.paint(painter, spot, "arrow-square-out", "text.tertiary")
        if current:
            paint_ring(painter, self._look, box)

    def spot(self, point: QPointF) -> Spot:
        return Spot(url=self._post.url) if 0 <= point.y() < self.height else Spot()

    def opens(self) -> tuple[Spot, ...]:
        return (Spot(url=self._post.url),) if self._post.url else ()

    def text(self) -> str:
        return shown(self._post.text)


class Note:
    """A note of ours, on its own paper, with the word that nobody else sees it."""

    stops = True
    gap = 12

    def __init__(self, look: Look, note: NoteRow, now: datetime) -> None:
        self._look = look
        theme = look.theme
        self._words = Paragraphs(shown(note.text), theme.font("small"), theme.line("small"))
        self._meta = look.text("inbox.note_meta", at=in_full(look, note.at, now))
        self.name = f"{self._meta}: {note.text}"
        self.height = 0.0
        self._width = 0.0

    def lay_out(self, width: float) -> None:
        theme = self._look.theme
        self._width = width
        self._words.lay_out(width - self._left - theme.px(10 + 22 + 10))
        self.height = theme.px(7) * 2 + self._words.height + theme.line("caption")

    @property
    def _left(self) -> int:
        return self._look.theme.px(34)

    def paint(self, painter: QPainter, top: float, current: bool) -> None:
        theme = self._look.theme
        box = QRectF(self._left, top, self._width - self._left, self.height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.note"))
        painter.drawRoundedRect(box, theme.radius("card"), theme.radius("card"))
        icon = QRectF(box.left() + theme.px(10), top + theme.px(8), theme.px(14), theme.px(16))
        self._look.icons.paint(painter, icon, "note", "status.warn.text")
        left = box.left() + theme.px(10 + 22)
        self._words.paint(painter, QPointF(left, top + theme.px(7)), theme.color("text.primary"), theme.color("text.link"))
        painter.setPen(theme.color("text.tertiary"))
        meta = QRectF(left, top + theme.px(7) + self._words.height, box.right() - left - theme.px(10), theme.line("caption"))
        draw_text(painter, meta, self._meta, theme.font("caption", tabular=True))
        if current:
            paint_ring(painter, self._look, box)

    def spot(self, point: QPointF) -> Spot:
        theme = self._look.theme
        return Spot(url=self._words.link_at(point - QPointF(self._left + theme.px(32), theme.px(7))))

    def opens(self) -> tuple[Spot, ...]:
        return tuple(Spot(url=url) for url in self._words.links())

    def text(self) -> str:
        return self._words.text


ATTACHMENT_ICONS = {"image": "image", "video": "eye", "audio": "music-notes"}


def attachment_name(look: Look, attachment: Attachment) -> str:
    """What kind of file it is, and what its author says is on it."""
    kind = attachment.kind if attachment.kind in ATTACHMENT_ICONS else "other"
    name = look.text(f"inbox.attachment.{kind}")
    alt = one_line(attachment.alt)
    return look.text("inbox.attachment_alt", kind=name, alt=alt) if alt else name


def paint_attachment(painter: QPainter, box: QRectF, look: Look, attachment: Attachment) -> None:
    """A named placeholder: nothing is fetched by looking at a message."""
    theme = look.theme
    painter.setPen(QPen(theme.color("border.default"), 1))
    painter.setBrush(theme.color("surface.base"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("m"), theme.radius("m"))
    icon = QRectF(box.left() + theme.px(8), box.top(), theme.px(16), box.height())
    look.icons.paint(painter, icon, ATTACHMENT_ICONS.get(attachment.kind, "link-simple"), "text.secondary")
    out = theme.px(13)
    room = QRectF(icon.right() + theme.px(8), box.top(), box.right() - icon.right() - theme.px(24) - out, box.height())
    painter.setPen(theme.color("text.primary"))
    draw_text(painter, room, attachment_name(look, attachment), theme.font("small"))
    if attachment.url:  # what hangs on a letter stays in the mailbox
        spot = QRectF(box.right() - theme.px(9) - out, box.top(), out, box.height())
        look.icons.paint(painter, spot, "arrow-square-out", "text.tertiary")


def paint_ring(painter: QPainter, look: Look, box: QRectF) -> None:
    """The keyboard is here."""
    theme = look.theme
    painter.save()
    width = theme.stroke("focus")
    painter.setPen(QPen(theme.color("focus.ring"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    reach = width / 2 + theme.stroke("focusGap")
    painter.drawRoundedRect(box.adjusted(-reach, -reach, reach, reach), theme.radius("card"), theme.radius("card"))
    painter.restore()
