"""One message as a bubble: the customer's or ours, its attachments, the line below it and how its delivery stands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.models.message import MessageKind, MessageRow, Visibility
from app.models.outbox import DeliveryState
from app.runtime.words import Message
from app.ui import safe_text
from app.ui.faces import Faces
from app.ui.inbox.files import Files
from app.ui.inbox.paragraphs import Paragraphs
from app.ui.inbox.rows import FOUND_GROUND
from app.ui.inbox.snippets import elided_lines
from app.ui.inbox.thread_parts import Spot, attachment_name, paint_ring
from app.ui.inbox.times import in_full, language_name
from app.ui.look import Look
from app.ui.safe_text import one_line, person
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.text import draw_text, text_width

WIDEST = 392
FREE = 64
"""Left free beside a bubble in narrow panes, so that it shows who speaks."""
MOST_LINES = 3
"""Of the sentence that says why a reply did not leave."""
UNFOLD = "unfold"
"""Act of the spot below a long message; the message's id stands behind it."""

COMMANDS: dict[DeliveryState, tuple[str, ...]] = {
    DeliveryState.FAILED: ("inbox.retry", "inbox.edit_reply"),
    DeliveryState.UNSURE: ("inbox.look_there", "inbox.is_out", "inbox.is_not_out"),
    DeliveryState.BY_HAND: ("inbox.copy_reply", "inbox.is_out", "inbox.edit_reply"),
}
"""What is offered below a reply that needs a decision."""


@dataclass(frozen=True, slots=True)
class Meta:
    """One piece of the line below a bubble; `part` draws an arc instead of an icon."""

    text: str
    icon: str = ""
    ink: str = "text.tertiary"
    strong: bool = False
    part: float | None = None


class Bubble:
    """Lays itself out for a width and paints itself; who is asked for a decision stands in `commands`."""

    stops = True

    def __init__(
        self,
        look: Look,
        message: MessageRow,
        now: datetime,
        *,
        customer: str | int,
        undo_seconds: int,
        with_language: bool,
        unfolded: bool = False,
        pictures: Faces | None = None,
        face_url: str = "",
    ) -> None:
        """`customer` is the key of the avatar's hue. `unfolded`: a long message is shown whole. `pictures`: what is kept here of pictures."""
        self._look = look
        self.gap = 12
        self.message = message
        self.ours = message.kind is MessageKind.OURS
        self._customer = customer
        self._author = person(message.author, message.handle)
        self._pictures = pictures
        self._face_url = face_url
        self._undo_seconds = undo_seconds
        self._with_language = with_language
        theme = look.theme
        text, self._folds = (safe_text.unfolded(message.text), False) if unfolded else safe_text.folded(message.text)
        self._unfolded = unfolded
        self.words = Paragraphs(text, theme.font("reading"), theme.line("reading"))
        self.selection = (0, 0)
        self.marks: tuple[tuple[int, int], ...] = ()
        """What was found in its text, in UTF-16 units."""
        self.height = 0.0
        self._width = 0.0
        self._box = QRectF()
        self.files = Files(look, message.attachments, pictures)
        self.commands: tuple[str, ...] = COMMANDS.get(message.delivery, ()) if message.delivery is not None else ()
        self._meta: list[Meta] = []
        self._sentence: list[str] = []
        self.tell(now)

    # ---- what it says

    def tell(self, now: datetime) -> None:
        """Write the line below anew: time has passed."""
        self._meta = [*self._about_delivery(now), *self._about_message(now)] if self.ours else self._about_message(now)
        who = self._look.text("inbox.you") if self.ours else self._author
        facts = ", ".join(meta.text for meta in self._meta if meta.text)
        files = "".join(f" {attachment_name(self._look, file)}." for file in self.message.attachments)
        more = f" {self._look.text('inbox.show_all')}." if self._folds else ""
        self.name = f"{who}, {facts}: {one_line(self.message.text[: safe_text.FOLDED])}.{more}{files}"

    @property
    def counts_down(self) -> bool:
        return self.message.delivery is DeliveryState.WAITING and self.message.leaves_at is not None

    def meta(self) -> list[Meta]:
        return self._meta

    def _about_message(self, now: datetime) -> list[Meta]:
        look, message = self._look, self.message
        found: list[Meta] = []
        if message.deleted:
            found.append(Meta(look.text("inbox.deleted_there"), "trash"))
        if message.kind is MessageKind.SEARCH:
            found.append(Meta(look.text("find.found_there"), "magnifying-glass"))
        if message.liked and not self.ours:
            found.append(Meta(look.text("inbox.you_liked"), "heart-straight-fill", "categorical.rose.text"))
        if message.boosted and not self.ours:
            found.append(Meta(look.text("inbox.you_boosted"), "arrows-clockwise"))
        if message.thanks:
            found.append(Meta(look.text("inbox.only_thanks"), "check"))
        if message.visibility is Visibility.DIRECT:
            found.append(Meta(look.text("inbox.private"), "lock-simple"))
        if message.answer_title:
            found.append(Meta(look.text("inbox.from_playbook", title=one_line(message.answer_title)), "book-open"))
        if not self.ours or message.delivery in (None, DeliveryState.OUT):
            found.append(Meta(in_full(look, message.at, now)))
        if self.ours and message.delivery in (None, DeliveryState.OUT):
            found.append(Meta("", "check"))
        language = language_name(look, message.language) if self._with_language and not self.ours else ""
        if language:
            found.append(Meta(language))
        return found

    def _about_delivery(self, now: datetime) -> list[Meta]:
        look, message = self._look, self.message
        reason = _reason(look, message.reason)
        match message.delivery:
            case DeliveryState.WAITING if message.leaves_at is not None and message.leaves_at > now:
                left = (message.leaves_at - now).total_seconds()
                part = min(1.0, left / self._undo_seconds) if self._undo_seconds else 0.0
                if left > max(60, self._undo_seconds):
                    return [Meta(look.text("inbox.tries_again", at=message.leaves_at, reason=reason), "clock")]
                return [Meta(look.text("inbox.leaves_in", seconds=math.ceil(left)), part=part)]
            case DeliveryState.WAITING | DeliveryState.HELD:
                return [Meta(reason or look.text("inbox.waits"), "clock")]
            case DeliveryState.CLAIMED:
                return [Meta(look.text("inbox.sending"), part=0.5)]
            case DeliveryState.FAILED:
                words = look.text("inbox.not_sent_reason", reason=reason) if reason else look.text("inbox.not_sent")
                return [Meta(words, "warning-circle-fill", "status.danger.text", strong=True)]
            case DeliveryState.UNSURE:
                return [Meta(look.text("inbox.may_be_out"), "question-fill", "status.warn.text", strong=True)]
            case DeliveryState.BY_HAND:
                return [Meta(look.text("inbox.by_hand"), "hand-pointing", "status.info.text", strong=True)]
            case DeliveryState.LET_GO:
                return [Meta(look.text("inbox.let_go"), "minus-circle")]
            case _:
                return []

    # ---- how it lies

    def lay_out(self, width: float) -> None:
        theme = self._look.theme
        self._width = width
        most = min(theme.px(WIDEST), max(width - theme.px(FREE), theme.px(180)))
        padding = theme.px(12)
        self.words.lay_out(most - 2 * padding)
        inside = self.words.width if self.message.text else 0.0
        if self.message.attachments:
            inside = max(inside, min(most - 2 * padding, theme.px(260)))
        self.files.lay_out(most - 2 * padding)
        box = max(max(inside, self.files.width) + 2 * padding, theme.px(40))
        files = self.files.height
        words = self._words_height
        height = words + files + 2 * theme.px(8) - (theme.px(6) if files and not words else 0)
        left = width - box if self.ours else theme.px(34)
        self._box = QRectF(left, 0, box, height)
        self._sentence = self._wrapped_sentence()
        self.height = height + theme.px(3) + theme.line("caption") * max(1, len(self._sentence))
        if self.commands:
            self.height += theme.px(6) + theme.size("control.buttonSmall")

    @property
    def _words_height(self) -> float:
        more = self._look.theme.line("small") + self._look.theme.px(2) if self._folds else 0.0
        return self.words.height + more if self.message.text else 0.0

    buttons_inset = 0
    """Room at the right of the buttons, at 100 %."""

    def buttons_top(self) -> float:
        """Where the buttons of a decision stand, below the line."""
        return self.height - self._look.theme.size("control.buttonSmall")

    @property
    def _files_at(self) -> QPointF:
        """Where the files of the message begin."""
        theme = self._look.theme
        return QPointF(self._box.left() + theme.px(12), theme.px(8) + (self._words_height + theme.px(6) if self.message.text else 0))

    @property
    def _words_at(self) -> QPointF:
        theme = self._look.theme
        return QPointF(self._box.left() + theme.px(12), theme.px(8))

    # ---- painting

    def paint(self, painter: QPainter, top: float, current: bool) -> None:
        theme = self._look.theme
        box = self._box.translated(0, top)
        if not self.ours:
            face = theme.size("avatar.s")
            picture = self._pictures.face(self._face_url) if self._pictures is not None else None
            box_of_face = QRectF(0, top, face, face)
            paint_avatar(painter, box_of_face, self._look, self._author, self._customer, ring="surface.raised", picture=picture)
        self._paint_ground(painter, box)
        painter.save()
        painter.setClipRect(box)
        ink = theme.color("text.tertiary" if self.message.deleted else "text.primary")
        selected = (theme.color("accent.fill"), theme.color("accent.onFill"))
        at = self._words_at + QPointF(0, top)
        marked = _found_ground(self._look) if self.marks else None
        warning = theme.color("status.warn.text")
        self.words.paint(
            painter,
            at,
            ink,
            theme.color("text.link"),
            selection=self.selection,
            selected=selected,
            marks=self.marks,
            marked=marked,
            warning=warning,
        )
        if self._folds:
            painter.setPen(theme.color("text.link"))
            draw_text(painter, self._more_box.translated(0, top), self._look.text("inbox.show_all"), theme.font("small", weight=500))
        self.files.paint(painter, self._files_at + QPointF(0, top), self._box.width() - 2 * theme.px(12))
        painter.restore()
        self._paint_meta(painter, box.bottom() + theme.px(3))
        if current:
            paint_ring(painter, self._look, box)

    @property
    def _more_box(self) -> QRectF:
        """Where "Show all" stands."""
        theme = self._look.theme
        at = self._words_at
        return QRectF(at.x(), at.y() + self.words.height + theme.px(2), self._box.width() - 2 * theme.px(12), theme.line("small"))

    def top_of(self, position: int) -> float:
        """How far down a place in the words stands, from the bubble's top."""
        return self._words_at.y() + self.words.y_of(position)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        theme = self._look.theme
        failed = self.message.delivery is DeliveryState.FAILED
        unsure = self.message.delivery in (DeliveryState.UNSURE, DeliveryState.BY_HAND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken" if self.message.deleted else "surface.ours" if self.ours else "surface.window"))
        if failed or unsure:
            token = "status.danger.strong" if failed else "status.warn.strong"
            painter.setPen(QPen(theme.color(token), 1, Qt.PenStyle.DashLine))
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawPath(_bubble_path(box, theme.radius("bubble"), theme.radius("xs"), ours=self.ours))

    def _wrapped_sentence(self) -> list[str]:
        """Why a reply needs a decision, in lines; empty where the line below says something else."""
        theme = self._look.theme
        if not self._meta or not self._meta[0].strong:
            return []
        font = _font(self._look, self._meta[0])
        room = self._width - theme.px(34 + 16)
        lines = elided_lines(self._meta[0].text, font, room, MOST_LINES)
        return [QFontMetricsF(font).elidedText(line.strip(), Qt.TextElideMode.ElideRight, room) for line in lines]

    def _paint_sentence(self, painter: QPainter, top: float) -> None:
        theme, meta = self._look.theme, self._meta[0]
        height, font, ink = theme.line("caption"), _font(self._look, meta), _ink(self._look, meta)
        left = self._width - max(text_width(line, font) for line in self._sentence)
        icon = QRectF(left - theme.px(16), top, theme.px(12), height)
        self._look.icons.paint(painter, icon, meta.icon, ink)
        painter.setPen(ink)
        for number, line in enumerate(self._sentence):
            draw_text(painter, QRectF(left, top + number * height, self._width - left + 1, height), line, font)

    def _paint_meta(self, painter: QPainter, top: float) -> None:
        if self._sentence:
            self._paint_sentence(painter, top)
            return
        theme = self._look.theme
        height = theme.line("caption")
        pieces = _joined(self._meta)
        widths = [self._meta_width(piece) for piece in pieces]
        x = self._width - sum(widths) if self.ours else float(theme.px(34))
        x = max(x, float(theme.px(34)))
        for piece, width in zip(pieces, widths, strict=True):
            ink = _ink(self._look, piece)
            if piece.part is not None:
                side = theme.px(12)
                box = QRectF(x, top + (height - side) / 2, side, side)
                paint_arc(painter, box, piece.part, theme.color("accent.fill"), theme.color("accent.track"), 2.5 * theme.scale)
                x += side + theme.px(4)
            elif piece.icon:
                self._look.icons.paint(painter, QRectF(x, top, theme.px(12), height), piece.icon, ink)
                x += theme.px(12) + theme.px(4)
            painter.setPen(ink)
            room = QRectF(x, top, min(width, self._width - x) + 1, height)
            x += draw_text(painter, room, piece.text, _font(self._look, piece)) if piece.text else 0

    def _meta_width(self, piece: Meta) -> float:
        theme = self._look.theme
        mark = theme.px(12) + theme.px(4) if piece.icon or piece.part is not None else 0
        return mark + (text_width(piece.text, _font(self._look, piece)) if piece.text else -theme.px(4))

    # ---- what lies where

    def spot(self, point: QPointF) -> Spot:
        if self._folds and self._more_box.contains(point):
            return self._unfold
        file = self.files.at(point - self._files_at, self._box.width() - 2 * self._look.theme.px(12))
        if file:
            return Spot(url=file)
        return Spot(url=self.words.link_at(point - self._words_at))

    @property
    def _unfold(self) -> Spot:
        return Spot(act=f"{UNFOLD} {self.message.id}", name=self._look.text("inbox.show_all"))

    def holds_text(self, point: QPointF) -> bool:
        return bool(self.message.text) and self._box.contains(point) and point.y() < self._words_at.y() + self.words.height

    def place_in_text(self, point: QPointF) -> int:
        return self.words.position_at(point - self._words_at)

    def opens(self) -> tuple[Spot, ...]:
        urls = (*self.words.links(), *(file.url for file in self.message.attachments))
        return (*((self._unfold,) if self._folds else ()), *(Spot(url=url) for url in dict.fromkeys(urls)))

    def text(self) -> str:
        """As it was written: what was left out of the painted text, or replaced in it, is in the copy."""
        start, end = self.selection
        whole = self.message.text
        if start >= end:
            return whole
        places = safe_text.origins(whole, safe_text.UNFOLDED if self._unfolded else safe_text.LONGEST)
        first, last = (len(self.words.part(0, place)) for place in (start, end))
        return whole[places[min(first, len(places) - 1)] : places[min(last, len(places) - 1)]]


def _reason(look: Look, reason: str) -> str:
    """The sentence of a stored reason; what cannot be read is left out."""
    if not reason:
        return ""
    try:
        return look.text(Message.from_json(reason))
    except (ValueError, KeyError, TypeError):
        return ""


def _font(look: Look, piece: Meta) -> QFont:
    return look.theme.font("caption", tabular=True, weight=600 if piece.strong else 0)


def _found_ground(look: Look) -> QColor:
    ground = look.theme.hue("gold", "strong")
    ground.setAlphaF(FOUND_GROUND)
    return ground


def _ink(look: Look, piece: Meta) -> QColor:
    return look.theme.color(piece.ink)


def _joined(pieces: list[Meta]) -> list[Meta]:
    """Pieces of words get a dot between them."""
    joined: list[Meta] = []
    for number, piece in enumerate(pieces):
        follows = any(later.text for later in pieces[number + 1 :])
        text = f"{piece.text} · " if piece.text and follows else f"{piece.text} " if piece.text and number + 1 < len(pieces) else piece.text
        joined.append(Meta(text, piece.icon, piece.ink, piece.strong, piece.part))
    return joined


def _bubble_path(box: QRectF, radius: float, small: float, *, ours: bool) -> QPainterPath:
    """Round corners, a sharper one beside the speaker."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(box, radius, radius)
    corner = QRectF(box.right() - radius * 2 if ours else box.left(), box.top(), radius * 2, radius * 2)
    path.addRoundedRect(corner, small, small)
    return path.simplified()
