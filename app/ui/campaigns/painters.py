"""How the rows of the Campaigns page's lists are painted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.models.campaign import CampaignPhase, CampaignPlan, CampaignPost, CampaignRow, LaunchRow
from app.ui.campaigns.states import NOTHING, campaign_when, glyph, kind_word, launch_when
from app.ui.page import PageFace
from app.ui.plans.phase_icons import ICONS
from app.ui.safe_text import isolated
from app.ui.widgets.chip import Chip, chip_width, paint_chip, shortened_chip
from app.ui.widgets.text import draw_text, text_width

INSET = 14
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CURRENT = Callable[[CampaignPlan], CampaignPhase | None]


def phase_chip(face: PageFace, phase: CampaignPhase, hue: str) -> Chip:
    """The phase of today."""
    return Chip(face.text(f"campaigns.phase_now.{phase.kind}"), ICONS[phase.kind], hue or "slate")


def paint_hue(painter: QPainter, rect: QRectF, face: PageFace, hue: str) -> None:
    """The small square of a campaign's colour."""
    side = face.theme.px(10)
    box = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(face.theme.hue(hue or "slate", "strong"))
    painter.drawRoundedRect(box, 2, 2)


def campaign_painter(face: PageFace, current: CURRENT) -> Callable[[QPainter, QRectF, Any, str], None]:
    """Two lines: name with the phase of today, days with posts; clicks at the right."""

    def paint(painter: QPainter, rect: QRectF, row: CampaignRow, _ground: str) -> None:
        theme, px = face.theme, face.theme.px
        inner = rect.adjusted(px(INSET), px(9), -px(INSET), -px(9))
        half = inner.height() / 2
        first = QRectF(inner.left(), inner.top(), inner.width(), half)
        second = QRectF(inner.left() + px(20), inner.top() + half, inner.width() - px(20), half)
        paint_hue(painter, first, face, row.plan.hue)
        figure = face.words.number(row.clicks) if row.clicks is not None else NOTHING
        font = theme.font("bodyStrong", tabular=True)
        taken = text_width(figure, font) + 1
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(first.right() - taken, first.top(), taken, half), figure, font)
        said = face.text("campaigns.fact_clicks", n=row.clicks or 0)
        painter.setPen(theme.color("text.tertiary"))
        wide = text_width(said, theme.font("caption")) + 1
        draw_text(painter, QRectF(second.right() - wide, second.top(), wide, half), said, theme.font("caption"))
        phase = current(row.plan)
        chip = phase_chip(face, phase, row.plan.hue) if phase is not None else None
        room = first.width() - px(20) - max(taken, wide) - px(12)
        name_room = room - (chip_width(face.look, chip) + px(8) if chip is not None else 0)
        painter.setPen(theme.color("text.primary"))
        strong = theme.font("bodyStrong")
        used = draw_text(
            painter,
            QRectF(first.left() + px(20), first.top(), max(px(60), name_room), half),
            isolated(row.plan.name),
            strong,
        )
        if chip is not None:
            height = theme.size("control.chip")
            paint_chip(painter, first.left() + px(20) + used + px(8), first.center().y() - height / 2, face.look, chip)
        posts = (
            face.text("campaigns.posts_out", n=row.posts, out=row.out) if row.posts else face.text("campaigns.no_posts")
        )
        painter.setPen(theme.color("text.secondary"))
        line = f"{campaign_when(face, row)} · {posts}"
        draw_text(painter, second.adjusted(0, 0, -wide - px(8), 0), line, theme.font("small", tabular=True))

    return paint


def launch_painter(face: PageFace, *, named: bool = True) -> Callable[[QPainter, QRectF, Any, str], None]:
    """Two lines: product and day, campaign (where it is to be `named`) and posts."""

    def paint(painter: QPainter, rect: QRectF, row: LaunchRow, _ground: str) -> None:
        theme, px = face.theme, face.theme.px
        inner = rect.adjusted(px(INSET), px(5), -px(INSET), -px(5))
        half = inner.height() / 2
        face.icons.paint(painter, QRectF(inner.left(), inner.top(), px(14), half), "rocket-launch", "text.secondary")
        when, font = launch_when(face, row.plan), theme.font("small", tabular=True)
        wide = text_width(when, font) + 1
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(inner.right() - wide, inner.top(), wide, half), when, font)
        painter.setPen(theme.color("text.primary"))
        room = QRectF(inner.left() + px(20), inner.top(), inner.width() - px(28) - wide, half)
        draw_text(painter, room, isolated(row.plan.title), theme.font("bodyStrong"))
        posts = (
            face.text("campaigns.posts_out", n=row.posts, out=row.out) if row.posts else face.text("campaigns.no_posts")
        )
        line = " · ".join(filter(None, (isolated(row.campaign) if row.campaign and named else "", posts)))
        painter.setPen(theme.color("text.tertiary"))
        draw_text(
            painter,
            QRectF(inner.left() + px(20), inner.top() + half, inner.width() - px(20), half),
            line,
            theme.font("caption", tabular=True),
        )

    return paint


def announcement_painter(face: PageFace) -> Callable[[QPainter, QRectF, Any, str], None]:
    """One line: state, time, kind, title, networks, clicks."""

    def paint(painter: QPainter, rect: QRectF, each: CampaignPost, _ground: str) -> None:
        theme, px, post = face.theme, face.theme.px, each.post
        inner = rect.adjusted(px(INSET), 0, -px(INSET), -1)
        icon, ink = glyph(post)
        face.icons.paint(painter, QRectF(inner.left(), inner.top(), px(14), inner.height()), icon, ink)
        x = inner.left() + px(22)
        font = theme.font("small", tabular=True)
        when = (
            face.words.day_and_time(post.planned_at) if post.planned_at is not None else face.text("campaigns.no_time")
        )
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(x, inner.top(), px(142), inner.height()), when, font)
        x += px(148)
        chip = shortened_chip(face.look, Chip(kind_word(face, each), kind="soft"), px(84))
        paint_chip(painter, x, inner.center().y() - theme.size("control.chip") / 2, face.look, chip)
        x += px(90)
        right = inner.right()
        figure = face.words.number(post.clicks) if post.clicks is not None else NOTHING
        painter.setPen(theme.color("text.primary"))
        draw_text(
            painter,
            QRectF(right - px(44), inner.top(), px(44), inner.height()),
            figure,
            theme.font("bodyStrong", tabular=True),
            RIGHT,
        )
        right -= px(52)
        shown = post.networks[: max(1, int((right - x - px(90)) // px(19)))]
        for network in reversed(shown):
            right -= px(15)
            box = QRectF(right, inner.center().y() - px(7.5), px(15), px(15))
            face.icons.paint(painter, box, theme.network_icon(network), "text.secondary")
            right -= px(4)
        painter.setPen(theme.color("text.primary"))
        title = isolated(post.title) if post.title else face.text("calendar.untitled")
        draw_text(
            painter, QRectF(x, inner.top(), max(0.0, right - x - px(6)), inner.height()), title, theme.font("body")
        )

    return paint
