"""Where the idea of a post came from, in a few words: "asked 11 times", "repeat of May, 412 replies"."""

from __future__ import annotations

from datetime import date

from app.models.calendar import CalendarPost
from app.models.idea import Origin, OriginKind
from app.ui.page import PageFace
from app.ui.safe_text import isolated

COUNTED = (OriginKind.FAQ, OriginKind.PRAISE)


def origin_text(face: PageFace, post: CalendarPost) -> str:
    """For its card; of one's own ideas the day."""
    origin = Origin.from_text(post.origin)
    if origin.kind is OriginKind.OWN:
        if post.saved_at is None:
            return ""
        return face.text("origin.own", day=face.words.day(post.saved_at, face.clock.now()))
    if origin.kind is OriginKind.REPEAT:
        return _repeat(face, origin)
    if origin.kind in COUNTED and origin.count:
        return face.text(f"origin.{origin.kind}", n=origin.count)
    name = isolated(origin.note) if origin.note else ""
    return face.text(f"origin.{origin.kind}" if name else f"origin.{origin.kind}_bare", name=name)


def _repeat(face: PageFace, origin: Origin) -> str:
    try:
        day = date.fromisoformat(origin.note)
    except ValueError:
        return face.text("origin.repeat_bare")
    month = face.text(f"format.bare_month.{day.month}")
    if (face.clock.now().date() - day).days > 300:
        month = face.words.month(day)
    replies = face.text("origin.replies", n=origin.count) if origin.count else ""
    return face.text("origin.repeat", month=month, replies=replies).rstrip(" ,")
