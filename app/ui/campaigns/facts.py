"""The line of facts of a campaign: posts, clicks, followers and replies, each beside its goal; "—" where nothing was measured."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.campaign import CampaignFigures, Goal
from app.ui.campaigns.states import NOTHING
from app.ui.page import PageFace
from app.ui.widgets.inside import nest
from app.ui.widgets.text import ElidedLabel, Label

HEIGHT = 58


class _Fact(QWidget):
    """A figure, what it counts, and a line below."""

    def __init__(self, face: PageFace, *, first: bool) -> None:
        super().__init__()
        self._face = face
        self._first = first
        column = QVBoxLayout(self)
        column.setContentsMargins(face.theme.px(16), 0, face.theme.px(8), 0)
        column.setSpacing(0)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(face.theme.px(6))
        self.figure = Label(face.look, "", "heading")
        self.what = ElidedLabel(face.look, "", "small", "text.secondary")
        row.addWidget(self.figure)
        row.addWidget(self.what, 1)
        nest(column, row)
        self.below = ElidedLabel(face.look, "", "caption", "text.tertiary")
        column.addWidget(self.below)
        column.addStretch(1)

    def show_fact(self, figure: str, what: str, below: str) -> None:
        self.figure.setText(figure)
        self.what.setText(what)
        self.below.setText(below)
        self.setAccessibleName(" ".join(filter(None, (figure, what, below))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._first:
            px = self._face.theme.px
            painter = QPainter(self)
            painter.setPen(QPen(self._face.theme.color("border.subtle"), 1))
            painter.drawLine(0, px(8), 0, self.height() - px(8))


class Facts(QWidget):
    """Four of them in a row."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.facts = [_Fact(face, first=not number) for number in range(4)]
        for each in self.facts:
            row.addWidget(each, 1)
        face.theme.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.setFixedHeight(self._face.theme.px(HEIGHT))

    def show_figures(self, figures: CampaignFigures, goal: Goal, days: str) -> None:
        """`days` is the span that followers are counted over."""
        text, number = self._face.text, self._face.words.number
        posts, clicks, followers, replies = self.facts
        posts.show_fact(
            number(figures.posts),
            text("campaigns.fact_posts", n=figures.posts),
            text("campaigns.informs_sells", informs=figures.informs, sells=figures.sells) if figures.posts else "",
        )
        a_post = (
            text("campaigns.a_post", n=round(figures.clicks / figures.out))
            if figures.clicks is not None and figures.out
            else ""
        )
        clicks.show_fact(
            NOTHING if figures.clicks is None else number(figures.clicks),
            text("campaigns.fact_clicks", n=figures.clicks or 0),
            self._joined(a_post, goal.clicks),
        )
        won = figures.followers
        followers.show_fact(
            NOTHING if won is None else f"{'+' if won > 0 else ''}{number(won)}",
            text("campaigns.fact_followers", n=abs(won or 0)),
            self._joined(days if won is not None else "", goal.followers),
        )
        replies.show_fact(
            NOTHING if figures.replies is None else number(figures.replies),
            text("campaigns.fact_replies", n=figures.replies or 0),
            self._joined("", goal.replies),
        )

    def _joined(self, said: str, goal: int) -> str:
        wanted = self._face.text("campaigns.goal_of", goal=goal) if goal else ""
        return " · ".join(filter(None, (wanted, said)))
