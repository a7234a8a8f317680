"""The quick look: what a post says, when and where, with its pictures and what each account gets, without leaving the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QImageReader, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.models.calendar import CalendarPost
from app.models.outbox import OutboxRow
from app.models.post import Picture, PostDraft
from app.models.stance import stance
from app.runtime.words import Message
from app.ui.calendar.desk import Desk
from app.ui.dialogs import Sheet
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import isolated, shown
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Line, Scrolling
from app.ui.widgets.text import Label

LONGEST = 1500
THUMB = 84
MOST_PICTURES = 4
TALLEST = 420


class LookSheet(Sheet):
    """Space or Escape closes it, Enter opens the post."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        post: CalendarPost,
        draft: PostDraft,
        owed: Sequence[OutboxRow],
        desk: Desk,
        opens: Callable[[], None],
    ) -> None:
        title = isolated(post.title) if post.title else face.text("calendar.untitled")
        super().__init__(face.look, host, title, width=480)
        self._face = face
        self._desk = desk
        look = face.look
        self.body.addWidget(Label(look, " · ".join(self._facts(post)), "small", "text.secondary", wrap=True))
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, look.theme.px(8), 0)
        self._rows.setSpacing(look.theme.px(10))
        self._tell(post, draft, owed)
        area = Scrolling()
        area.hold(holder)
        area.setMinimumHeight(min(look.theme.px(TALLEST), holder.sizeHint().height() + look.theme.px(12)))
        self.body.addWidget(area, 1)

        def go() -> None:
            self.close_now()
            opens()

        self.open_button = Button(look, face.text("calendar.open"), key="Return", kind="primary", clicked=go)
        self.offer(self.open_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == " ":
            self.close_now()
        else:
            super().keyPressEvent(event)

    # ---- inside

    def _facts(self, post: CalendarPost) -> list[str]:
        face = self._face
        campaign = self._desk.campaigns.get(post.campaign_id, "") if post.campaign_id is not None else ""
        words = [
            face.words.day_and_time(post.planned_at) if post.planned_at is not None else "",
            face.text(f"calendar.state.{stance(post)}"),
            face.look.pillar_name(post.pillar),
            face.text(f"composer.format.{post.format}"),
            isolated(campaign) if campaign else "",
            face.text("calendar.clicks", n=post.clicks) if post.clicks is not None else "",
        ]
        return [each for each in words if each]

    def _tell(self, post: CalendarPost, draft: PostDraft, owed: Sequence[OutboxRow]) -> None:
        face, look = self._face, self._face.look
        text = "\n\n".join(part for part in draft.parts if part.strip())
        self._rows.addWidget(Label(look, shown(text, LONGEST), "reading", wrap=True, selectable=True))
        if draft.pictures:
            self._pictures(draft.pictures)
        if draft.poll is not None:
            options = " · ".join(isolated(each) for each in draft.poll.options)
            self._rows.addWidget(Label(look, face.text("calendar.look.poll", options=options), "small", wrap=True))
        if draft.accounts or owed:
            self._rows.addWidget(Line(look))
        standing = {row.account_id: row for row in owed}
        own = dict(draft.variants)
        for account in self._desk.accounts:
            if account.id not in standing and account.id not in draft.accounts:
                continue
            said = f"{network_name(account.network)} {isolated(account.handle)}"
            row = standing.get(account.id)
            if row is not None:
                said = f"{said} · {face.text(f'delivery.{row.state}')}"
                if row.reason:
                    said = f"{said} · {face.text(Message.from_json(row.reason))}"
            self._rows.addWidget(Label(look, said, "small", "text.secondary", wrap=True, selectable=True))
            other = "\n\n".join(part for part in own.get(account.id, ()) if part.strip())
            if other and other != text:
                self._rows.addWidget(Label(look, shown(other, LONGEST), "small", wrap=True, selectable=True))
        for warning in post.warnings:
            self._rows.addWidget(Label(look, face.text(warning), "small", "status.warn.text", wrap=True))
        self._rows.addStretch(1)

    def _pictures(self, pictures: Sequence[Picture]) -> None:
        """The first few, small; and how many have no description."""
        face, look = self._face, self._face.look
        row = QHBoxLayout()
        row.setSpacing(look.theme.px(8))
        for picture in pictures[:MOST_PICTURES]:
            small = _thumbnail(
                str(face.services.posts.picture_path(picture)), look.theme.px(THUMB), self.devicePixelRatioF()
            )
            if small.isNull():
                continue
            spot = QLabel()
            spot.setPixmap(small)
            spot.setAccessibleName(isolated(picture.alt) if picture.alt else face.text("calendar.look.no_alt", n=1))
            spot.setToolTip(isolated(picture.alt) if picture.alt else "")
            row.addWidget(spot)
        row.addStretch(1)
        nest(self._rows, row)
        bare = sum(not each.alt.strip() for each in pictures)
        said = face.text("calendar.look.pictures", n=len(pictures))
        if bare:
            said = f"{said} · {face.text('calendar.look.no_alt', n=bare)}"
        self._rows.addWidget(Label(look, said, "small", "status.warn.text" if bare else "text.secondary", wrap=True))


def _thumbnail(path: str, height: int, ratio: float) -> QPixmap:
    """Read no larger than it is shown; empty for what is no picture."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or not size.height():
        return QPixmap()
    tall = round(height * ratio)
    reader.setScaledSize(QSize(min(3 * tall, max(1, round(size.width() * tall / size.height()))), tall))
    made = QPixmap.fromImage(reader.read())
    made.setDevicePixelRatio(ratio)
    return made
