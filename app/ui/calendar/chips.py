"""Post chips as the component table draws them: pillar, time, state, networks, title and clicks; painted once and kept as pictures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from app.models.calendar import CalendarPost
from app.models.stance import Stance, stance
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.text import draw_text, text_width

KEPT = 3_000
"""Pictures; a month holds about two hundred."""
TITLE_ROOM = 44
"""A month's chip with less left for its title says that rather than its time (interface.md, 10)."""


_GLYPHS = {
    Stance.DRAFT: ("pencil-simple", "text.secondary"),
    Stance.OUT: ("check-circle-fill", "status.success.text"),
    Stance.FAILED: ("warning-circle-fill", "status.danger.text"),
    Stance.DECIDE: ("question-fill", "status.warn.text"),
    Stance.LET_GO: ("minus-circle", "text.secondary"),
}


def state_word(look: Look, post: CalendarPost) -> str:
    """The word that a chip spells out; empty where its glyph and look say enough."""
    found = stance(post)
    if found is Stance.GOING and post.deliveries:
        return look.text("calendar.part_out", out=post.out, of=post.deliveries)
    if post.signed_out and found in (Stance.SCHEDULED, Stance.DRAFT):
        return look.text("calendar.state.signed_out")
    if found in (Stance.BY_HAND, Stance.FAILED, Stance.DECIDE):
        return look.text(f"calendar.state.{found}")
    return ""


def spoken(look: Look, post: CalendarPost) -> str:
    """Its name for a screen reader: day, time, title, pillar, state, networks, clicks (interface.md, 9)."""
    words = look.words
    when = words.day_and_time(post.planned_at) if post.planned_at is not None else ""
    pillar = look.pillar_name(post.pillar)
    state = look.text("calendar.state.signed_out") if post.signed_out else ""
    clicks = look.text("calendar.clicks", n=post.clicks) if post.clicks is not None else ""
    networks = words.listing([network_name(network) for network in post.networks])
    parts = (
        when,
        _title(look, post),
        pillar,
        look.text(f"calendar.state.{stance(post)}"),
        state,
        networks,
        clicks,
        look.text("series.comes_again") if post.series_id is not None else "",
    )
    return ", ".join(filter(None, parts))


class ChipPictures:
    """Paints chips into pictures and keeps them; a change of theme or language forgets all."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._kept: dict[tuple[int, int, int, float], tuple[CalendarPost, QPixmap]] = {}
        look.theme.changed.connect(self.forget)

    def forget(self) -> None:
        self._kept.clear()

    def picture(self, post: CalendarPost, width: int, height: int, ratio: float) -> QPixmap:
        """The chip at a size; one line where it is low."""
        key = (post.id, width, height, ratio)
        found = self._kept.get(key)
        if found is not None and (found[0] is post or found[0] == post):
            return found[1]
        if len(self._kept) >= KEPT:
            self._kept.clear()
        pixmap = paint_picture(self._look, post, width, height, ratio)
        self._kept[key] = (post, pixmap)
        return pixmap


def paint_picture(look: Look, post: CalendarPost, width: int, height: int, ratio: float) -> QPixmap:
    """A chip as a picture."""
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_chip(painter, QRectF(0, 0, width, height), look, post)
    painter.end()
    return pixmap


def paint_chip(painter: QPainter, rect: QRectF, look: Look, post: CalendarPost) -> None:
    """Ground, bar and one or two lines of words."""
    _paint_ground(painter, rect, look, post)
    if rect.height() < look.theme.px(32):
        _paint_one_line(painter, rect, look, post)
    else:
        _paint_two_lines(painter, rect, look, post)


def _hue(look: Look, post: CalendarPost) -> tuple[str, str]:
    return look.theme.pillar(post.pillar) if post.pillar else ("slate", "ph.calendar-blank")


def _ground(look: Look, post: CalendarPost) -> tuple[QColor, QColor | None]:
    """Fill and outline by state."""
    color, kind = look.theme.color, stance(post)
    if kind in (Stance.SCHEDULED, Stance.BY_HAND):
        return look.theme.hue(_hue(look, post)[0], "tint"), None
    return {
        Stance.DRAFT: (color("surface.base"), color("border.strong")),
        Stance.LET_GO: (color("surface.base"), color("border.strong")),
        Stance.GOING: (color("surface.raised"), color("accent.fill")),
        Stance.FAILED: (color("status.danger.tint"), color("status.danger.strong")),
        Stance.DECIDE: (color("status.warn.tint"), color("status.warn.strong")),
    }.get(kind, (color("surface.raised"), color("border.default")))


def _paint_ground(painter: QPainter, rect: QRectF, look: Look, post: CalendarPost) -> None:
    fill, line = _ground(look, post)
    low = rect.height() < look.theme.px(32)
    if low and stance(post) is Stance.OUT:  # a month is full of them
        line = None
        fill.setAlpha(0)
    body = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    radius = look.theme.radius("chip")
    shape = QPainterPath()
    shape.addRoundedRect(body, radius, radius)
    painter.fillPath(shape, fill)
    painter.save()
    painter.setClipPath(shape)
    bar = look.theme.px(3 if low else 4)
    painter.fillRect(QRectF(rect.left(), rect.top(), bar, rect.height()), look.theme.hue(_hue(look, post)[0], "strong"))
    painter.restore()
    if line is not None:
        dashed = stance(post) in (Stance.DRAFT, Stance.LET_GO)
        painter.setPen(QPen(line, 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body, radius, radius)


def _time(look: Look, post: CalendarPost) -> str:
    return look.words.time(post.planned_at) if post.planned_at is not None else ""


def _state_colour(post: CalendarPost) -> str:
    if post.signed_out and stance(post) in (Stance.SCHEDULED, Stance.DRAFT):
        return "status.danger.text"
    return {
        Stance.FAILED: "status.danger.text", Stance.DECIDE: "status.warn.text", Stance.GOING: "accent.text", Stance.BY_HAND: "accent.text",
    }.get(stance(post), "text.secondary")  # fmt: skip


def _has_glyph(post: CalendarPost) -> bool:
    return stance(post) is Stance.GOING or _glyph(post) is not None


def _glyph(post: CalendarPost) -> tuple[str, str] | None:
    kind = stance(post)
    if post.warnings or (post.signed_out and kind in (Stance.SCHEDULED, Stance.DRAFT)):
        return "warning-circle-fill", "status.danger.text" if post.signed_out else "status.warn.text"
    return _GLYPHS.get(kind)


def _paint_state(painter: QPainter, box: QRectF, look: Look, post: CalendarPost) -> bool:
    """The glyph of its state; whether there was one."""
    kind = stance(post)
    if kind is Stance.GOING:
        part = post.out / post.deliveries if post.deliveries else 0.0
        paint_arc(painter, box, part, look.theme.color("accent.fill"), look.theme.color("accent.track"))
        return True
    glyph = _glyph(post)
    if glyph is not None:
        look.icons.paint(painter, box, *glyph)
    return glyph is not None


def _paint_two_lines(painter: QPainter, rect: QRectF, look: Look, post: CalendarPost) -> None:
    theme, px = look.theme, look.theme.px
    hue, icon = _hue(look, post)
    x, right = rect.left() + px(10), rect.right() - px(6)
    line = (rect.height() - px(6)) / 2
    top = rect.top() + px(3)
    font, strong = theme.font("small", tabular=True, weight=500), theme.font("caption", weight=600)
    word = state_word(look, post)
    state = px(13 + 5) if _has_glyph(post) else 0
    time = _time(look, post)
    if text_width(time, font) > right - x - state:  # "8:00" of "8:00 p.m."
        time = time.split(" ", 1)[0]
    needed = text_width(time, font) + px(6) + state + (text_width(word, strong) if word else 0)
    if (
        x + px(13 + 6) + needed <= right
    ):  # the state is worth more than the pillar's icon, whose colour stands at the left
        look.icons.paint(painter, QRectF(x, top, px(13), line), icon, theme.hue(hue, "text"))
        x += px(13 + 6)
    painter.setPen(theme.color("text.primary"))
    x += draw_text(painter, QRectF(x, top, max(0.0, right - x - state), line), time, font) + px(5)
    if _paint_state(painter, QRectF(min(x, right - px(13)), top, px(13), line), look, post):
        x += px(13 + 4)
    if word and text_width(word, strong) <= right - x + 1:
        painter.setPen(theme.color(_state_colour(post)))
        x += draw_text(painter, QRectF(x, top, right - x + 1, line), word, strong) + px(6)
    _paint_networks(painter, look, post.networks, x, right, QRectF(rect.left(), top, rect.width(), line))
    top += line
    x = rect.left() + px(10)
    if post.clicks is not None and post.out and rect.width() >= px(88):
        figures = look.number(post.clicks)
        caption = theme.font("caption", tabular=True)
        width = text_width(figures, caption) + 1
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(right - width, top, width, line), figures, caption)
        look.icons.paint(painter, QRectF(right - width - px(14), top, px(12), line), "cursor", "text.secondary")
        right -= width + px(14 + 6)
    if post.series_id is not None and right - x > px(TITLE_ROOM):  # it comes again
        look.icons.paint(painter, QRectF(right - px(12), top, px(12), line), "arrows-clockwise", "text.secondary")
        right -= px(12 + 5)
    painter.setPen(theme.color("text.secondary" if stance(post) is Stance.OUT else "text.primary"))
    draw_text(painter, QRectF(x, top, max(0.0, right - x), line), _title(look, post), theme.font("small"))


def _paint_one_line(painter: QPainter, rect: QRectF, look: Look, post: CalendarPost) -> None:
    theme, px = look.theme, look.theme.px
    hue, icon = _hue(look, post)
    x, right = rect.left() + px(8), rect.right() - px(5)
    look.icons.paint(painter, QRectF(x, rect.top(), px(13), rect.height()), icon, theme.hue(hue, "text"))
    x += px(13 + 5)
    if _paint_state(painter, QRectF(right - px(12), rect.top(), px(12), rect.height()), look, post):
        right -= px(12 + 5)
    if post.series_id is not None and right - x > px(TITLE_ROOM):
        look.icons.paint(painter, QRectF(right - px(11), rect.top(), px(11), rect.height()), "arrows-clockwise", "text.secondary")
        right -= px(11 + 4)
    painter.setPen(theme.color("text.secondary"))
    font = theme.font("caption", tabular=True)
    if right - x - text_width(_time(look, post), font) >= px(TITLE_ROOM):
        x += draw_text(painter, QRectF(x, rect.top(), right - x, rect.height()), _time(look, post), font) + px(5)
    painter.setPen(theme.color("text.secondary" if stance(post) is Stance.OUT else "text.primary"))
    draw_text(
        painter, QRectF(x, rect.top(), max(0.0, right - x), rect.height()), _title(look, post), theme.font("caption")
    )


def _title(look: Look, post: CalendarPost) -> str:
    return isolated(post.title) if post.title else look.text("calendar.untitled")


def _paint_networks(
    painter: QPainter, look: Look, networks: tuple[str, ...], left: float, right: float, line: QRectF
) -> None:
    """As many grey glyphs as fit, ending at `right`; the rest as a number."""
    theme, px = look.theme, look.theme.px
    side, gap = px(12), px(5)
    room = int((right - left + gap) // (side + gap))
    if room <= 0 or not networks:
        return
    shown, rest = networks, 0
    if len(networks) > room:
        font = theme.font("caption", tabular=True)
        needed = text_width("+9", font) + gap
        fits = int((right - left - needed + gap) // (side + gap))
        if fits <= 0:
            return
        shown, rest = networks[:fits], len(networks) - fits
        text = f"+{rest}"
        width = text_width(text, font)
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(right - width, line.top(), width + 1, line.height()), text, font)
        right -= width + gap
    x = right - len(shown) * (side + gap) + gap
    for network in shown:
        pixmap = look.icons.brand(network, "text.secondary", side, painter.device().devicePixelRatio())
        painter.drawPixmap(round(x), round(line.center().y() - side / 2), pixmap)
        x += side + gap
