"""One post beside the table: what each network told of it, and how it grew since it went out there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.post_table import Curve, Delivered, PostLine, PostMetric
from app.ui.charts.age_chart import AgeChart, Grown
from app.ui.charts.chart import Table
from app.ui.durations import duration_text
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.plain_list import PlainList
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Pane, Scrolling
from app.ui.widgets.text import Label, SectionLabel, draw_text, text_width

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW = "row.messageCompact"


class NetworkRows(PlainList[Delivered]):
    """An account with its figures below; Enter opens the post there."""

    def __init__(self, face: PageFace) -> None:
        super().__init__(face, face.text("insights.by_network"), ROW, self.said, self._paint_row)

    def said(self, row: Delivered) -> str:
        parts = [network_name(row.network), isolated(row.handle), self.face.text("insights.gone") if row.gone else "", *self._figures(row)]
        return ", ".join(filter(None, parts))

    def _figures(self, row: Delivered) -> list[str]:
        look, text = self.face.look, self.face.text
        told = [f"{text(f'insights.column.{metric}')} {look.number(row.figures[metric])}" for metric in PostMetric if metric in row.figures]
        rate = row.rate
        return told if rate is None else [*told, f"{text('insights.column.rate')} {look.words.percent(rate, 1)}"]

    def _paint_row(self, painter: QPainter, rect: QRectF, row: Delivered, _ground: str) -> None:
        face, theme, px = self.face, self.face.theme, self.face.theme.px
        glyph = px(16)
        pixmap = face.icons.brand(row.network, size=glyph, ratio=painter.device().devicePixelRatioF())
        painter.drawPixmap(round(rect.left() + px(8)), round(rect.top() + px(12)), pixmap)
        left, right = rect.left() + px(32), rect.right() - px(6)
        line = theme.line("small") + px(1)
        told = self._lines(row, right - left)
        top = rect.center().y() - line * (1 + len(told)) / 2
        state = face.text("insights.gone") if row.gone else ""
        width = text_width(state, theme.font("caption")) + 2 if state else 0
        painter.setPen(theme.color("text.tertiary"))
        draw_text(painter, QRectF(right - width, top, width, line), state, theme.font("caption"), RIGHT)
        painter.setPen(theme.color("text.primary"))
        name = f"{network_name(row.network)} · {isolated(row.handle)}"
        draw_text(painter, QRectF(left, top, right - width - left, line), name, theme.font("small", weight=600))
        painter.setPen(theme.color("text.secondary"))
        for number, words in enumerate(told, 1):
            draw_text(painter, QRectF(left, top + number * line, right - left, line), words, theme.font("caption", tabular=True))

    def _lines(self, row: Delivered, room: float) -> list[str]:
        """The figures, in two lines where one has no room for them; where two have none, the rate is told in the table alone."""
        figures = self._figures(row)
        if not figures:
            return [self.face.text("insights.not_measured")]
        half = (len(figures) + 1) // 2
        counted = figures if row.rate is None else figures[:-1]
        for told, first in ((figures, len(figures)), (figures, half), (figures, half - 1), (counted, half), (counted, half - 1)):
            lines = [" · ".join(each) for each in (told[:first], told[first:]) if each]
            if all(text_width(line, self.face.theme.font("caption", tabular=True)) <= room for line in lines):
                break
        return lines


class PostPane(Pane):
    """`show_post`, then `show_curves` when they were read."""

    def __init__(self, face: PageFace) -> None:
        look, text, px = face.look, face.text, face.theme.px
        super().__init__(look, "base", ("left",))
        self._face = face
        self.line: PostLine | None = None
        self.curves: Sequence[Curve] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        self.area = Scrolling()
        column.addWidget(self.area)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(px(16), px(14), px(16), px(14))
        rows.setSpacing(px(8))
        self.title = Label(look, "", "title", wrap=True, selectable=True)
        self.about = Label(look, "", "small", "text.secondary", wrap=True)
        rows.addWidget(self.title)
        rows.addWidget(self.about)
        self.open_button = Button(look, text("insights.open_post"), icon="arrow-square-out", size="small", clicked=self.open)
        line = QHBoxLayout()
        line.addWidget(self.open_button)
        line.addStretch(1)
        nest(rows, line)
        rows.addWidget(SectionLabel(look, text("insights.by_network")))
        self.networks = NetworkRows(face)
        self.networks.activated_row.connect(self._open_there)
        rows.addWidget(self.networks)
        head = QHBoxLayout()
        head.addWidget(SectionLabel(look, text("insights.since_published")))
        head.addStretch(1)
        self.counted = Select(look, text("insights.figure"))
        self.counted.currentIndexChanged.connect(lambda _place: self._draw())
        head.addWidget(self.counted)
        nest(rows, head)
        self.chart = AgeChart(look, text("insights.since_published"), lambda value: look.number(round(value)), lambda age: duration_text(look, age))
        rows.addWidget(self.chart)
        self.none = Label(look, text("insights.not_measured"), "small", "text.secondary")
        rows.addWidget(self.none)
        rows.addStretch(1)
        self.area.hold(inside)
        self.show_post(None)

    def show_post(self, line: PostLine | None) -> None:
        """Another post, or none; its curve comes later."""
        same = self.line is not None and line is not None and self.line.id == line.id
        self.line = line
        self.area.setVisible(line is not None)
        if line is None:
            return
        face = self._face
        self.title.setText(isolated(one_line(line.title)))
        pillar = face.look.pillar_name(line.pillar)
        told = (face.words.day_and_time(line.sent_at), pillar, face.text(f"composer.format.{line.format}"), isolated(line.campaign) if line.campaign else "")
        self.about.setText(" · ".join(filter(None, told)))
        self.networks.show_rows(line.deliveries)
        if not same:
            self.show_curves(())

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """The figure looked at stays, where this post has it too."""
        self.curves = curves
        known = [metric for metric in PostMetric if any(curve.metric is metric for curve in curves)]
        text = self._face.text
        if known:
            self.counted.offer([(text(f"insights.column.{metric}"), metric.value) for metric in known])
        self.counted.setVisible(bool(known))
        self.chart.setVisible(bool(known))
        self.none.setVisible(not known)
        self._draw()

    def open(self) -> None:
        """The post itself."""
        if self.line is not None:
            self._face.window.show_page("composer", post=self.line.id)

    def table(self) -> Table:
        """How all of its figures grew."""
        return self.chart.table()

    def _open_there(self, place: int) -> None:
        url = self.networks.rows[place].url
        if url:
            self._face.window.open_url(url)

    def _draw(self) -> None:
        metric = self.counted.currentData()
        shown = [curve for curve in self.curves if curve.metric.value == metric]
        several = len({curve.network for curve in shown}) < len(shown)
        self.chart.show_grown([
            Grown(isolated(curve.handle) if several else network_name(curve.network), tuple(curve.points)) for curve in shown
        ])
