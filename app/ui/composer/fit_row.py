"""Offers to make a video fit with the user's ffmpeg: a button, then how far it is and a way to stop."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.models.post import Picture, PostDraft
from app.ui.composer.composition import Composition, Edit
from app.ui.composer.films import to_make_fit
from app.ui.look import Look
from app.ui.page import PageFace, Started
from app.ui.widgets.button import Button
from app.ui.widgets.text import Label

HUNDRED = 100


class FitRow(QWidget):
    """Shown where it would help. The video in the draft is replaced once the new one is there; stopping changes nothing."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        super().__init__()
        self._face = face
        self._edit = edit
        self._composition: Composition | None = None
        self._running: Started | None = None
        self._job = 0
        """Which run is shown: one that was stopped has nothing more to say."""
        self._picture: Picture | None = None
        look = face.look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.begin = Button(look, look.text("composer.make_fit"), size="small", clicked=self.start)
        self.begin.setToolTip(look.text("composer.make_fit_hint"))
        self.said = Label(look, "", "caption", "text.secondary")
        self.bar = Bar(look)
        self.end = Button(look, look.text("composer.make_fit_stop"), size="small", clicked=self.stop)
        row.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.said)
        row.addWidget(self.bar, 1)
        row.addWidget(self.end)
        self._show()

    @property
    def running(self) -> bool:
        return self._running is not None

    def show_composition(self, composition: Composition) -> None:
        """A run for a video that is no longer in the post ends."""
        self._composition = composition
        if self._picture is not None and all(picture.path != self._picture.path for picture in composition.draft.pictures):
            self.stop()
        self._show()

    def start(self) -> None:
        """Nothing happens where it would not help, or while it runs."""
        wanted = to_make_fit(self._composition) if self._composition is not None else None
        if wanted is None or self._picture is not None:
            return
        self._job += 1
        self._picture, accounts = wanted
        self._hear(self._job, 0.0)
        job = self._job
        running = self._face.actions.start("make video fit", self._make(job, self._picture, accounts))
        if job == self._job:  # else it was over at once
            self._running = running
        self._show()
        if self.running:
            self.end.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        running, self._running = self._running, None
        focused = self.end.hasFocus()
        self._over(self._job)
        if running is not None:
            running.cancel()
        if focused and not self.begin.isHidden():
            self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    async def _make(self, job: int, picture: Picture, accounts: list[int]) -> None:
        posts = self._face.services.posts
        try:
            made = await posts.make_fit(picture, accounts, lambda done: self._hear(job, done))
        finally:
            current = job == self._job
            self._over(job)
        if current and self._composition is not None and not self._composition.locked:
            self._edit(lambda draft: _with(draft, picture, made))

    def _hear(self, job: int, done: float) -> None:
        if job == self._job:
            self.bar.show_part(done)
            self.said.setText(self._face.text("composer.making_fit", percent=round(done * HUNDRED)))

    def _over(self, job: int) -> None:
        if job == self._job:
            self._job += 1
            self._picture, self._running = None, None
            self._show()

    def _show(self) -> None:
        offered = self._composition is not None and to_make_fit(self._composition) is not None
        self.setVisible(self.running or offered)
        self.begin.setVisible(not self.running)
        for widget in (self.said, self.bar, self.end):
            widget.setVisible(self.running)


class Bar(QWidget):
    """How much of it is done."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._part = 0.0
        self.setFixedHeight(look.theme.px(6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float) -> None:
        self._part = part
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        for colour, width in (("surface.sunken", rect.width()), ("accent.fill", rect.width() * self._part)):
            painter.setBrush(theme.color(colour))
            painter.drawRoundedRect(QRectF(0, 0, width, rect.height()), radius, radius)


def _with(draft: PostDraft, old: Picture, made: Picture) -> PostDraft:
    """The new video in the old one's place; its description may have been written meanwhile."""
    pictures = [Picture(made.path, picture.alt) if picture.path == old.path else picture for picture in draft.pictures]
    return replace(draft, pictures=tuple(pictures))
