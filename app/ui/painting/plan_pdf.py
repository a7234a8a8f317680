"""Paints the plan as a PDF to be printed: months as grids, a page each, or day after day as a list; nothing is left out, nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from PySide6 import QtCore, QtGui  # by module: classes are made when first used, which is not at the start

from app.models.calendar import PhaseRow, week_start
from app.models.plan import PlannedPost, PlanPaper
from app.models.stance import Stance, stance
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.painting.agreement_pdf import LETTER, LETTERS_ALONE, RESOLUTION
from app.ui.safe_text import one_line, unfolded
from app.ui.theme import printed

MARGIN_MM = 12
FOOT_MM = 8
DAY = timedelta(days=1)
POINT = RESOLUTION / 72
ROW = 8.5 * 1.35 * POINT
"""A post of the month's grid."""
TIME, STATE = 12, 16
"""Per cent of the width of the list."""


def plan_pdf(look: Look, paper: PlanPaper) -> bytes:
    """The whole file; fonts are embedded."""
    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    writer = QtGui.QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setCreator("Tertulia")
    writer.setTitle(_title(look, paper))
    size = QtGui.QPageSize.PageSizeId.Letter if paper.country in LETTER else QtGui.QPageSize.PageSizeId.A4
    along = QtGui.QPageLayout.Orientation
    margins = QtCore.QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    lies = along.Landscape if paper.layout == "month" else along.Portrait
    writer.setPageLayout(QtGui.QPageLayout(QtGui.QPageSize(size), lies, margins, QtGui.QPageLayout.Unit.Millimeter))
    painter = QtGui.QPainter(writer)
    pages = _Pages(look, paper, writer, painter)
    if paper.layout == "month":
        left = [post for month in _months(paper) for post in _Month(pages, month).paint()]
        if left:
            pages.lists(left, look.text("plan.also"))
    else:
        pages.lists(list(paper.plan.posts), "")
    painter.end()
    return bytes(buffer.data().data())


def _title(look: Look, paper: PlanPaper) -> str:
    days = look.words.range(paper.plan.first, paper.plan.last)
    shop = one_line(paper.shop)
    return look.text("plan.paper_title_of", shop=shop, days=days) if shop else look.text("plan.paper_title", days=days)


def _months(paper: PlanPaper) -> list[date]:
    """The first days of the months that the plan touches."""
    found, month = [], paper.plan.first.replace(day=1)
    while month <= paper.plan.last:
        found.append(month)
        month = (month + 31 * DAY).replace(day=1)
    return found


class _Pages:
    """One page after the other; each has its foot."""

    def __init__(self, look: Look, paper: PlanPaper, writer: QtGui.QPdfWriter, painter: QtGui.QPainter) -> None:
        self.look = look
        self.paper = paper
        self.painter = painter
        self._writer = writer
        self._number = 0
        foot = FOOT_MM * RESOLUTION / 25.4
        self.room = QtCore.QRectF(0, 0, writer.width(), writer.height() - foot)

    def ink(self, path: str = "text.primary") -> QtGui.QColor:
        return printed(self.look.theme, path)

    def hue(self, name: str, part: str) -> QtGui.QColor:
        return printed(self.look.theme, f"categorical.{name}.{part}")

    def wall(self, moment: datetime) -> datetime:
        return moment.astimezone(self.look.words.zone)

    def begin(self) -> None:
        """A fresh page with its foot."""
        if self._number:
            self._writer.newPage()
        self._number += 1
        look, paper = self.look, self.paper
        line = QtCore.QRectF(0, self.room.bottom(), self.room.width(), FOOT_MM * RESOLUTION / 25.4)
        zone = str(getattr(look.words.zone, "key", "UTC"))
        said = look.text("plan.made", when=look.words.day_and_time(paper.made_at, None), zone=zone)
        pieces = [_title(look, paper), paper.filtered, said]  # in the order in which they may not be missing
        below = QtCore.Qt.AlignmentFlag.AlignBottom
        self.text(line, look.text("plan.page", page=self._number), 7.5, right=True, flags=below)
        room = line.adjusted(0, 0, -25 * RESOLUTION / 25.4, 0)
        self.text(room, " · ".join(each for each in pieces if each), 7.5, flags=below)

    def text(
        self,
        rect: QtCore.QRectF,
        text: str,
        points: float,
        *,
        strong: bool = False,
        colour: str | QtGui.QColor = "text.primary",
        right: bool = False,
        flags: QtCore.Qt.AlignmentFlag = QtCore.Qt.AlignmentFlag.AlignVCenter,
    ) -> float:
        """One line, cut with three dots where there is no room; answers its width."""
        font = _font(points, strong=strong)
        measure = QtGui.QFontMetricsF(font, self._writer)
        kept = measure.elidedText(text, QtCore.Qt.TextElideMode.ElideRight, max(0.0, rect.width()))
        self.painter.setFont(font)
        self.painter.setPen(self.ink(colour) if isinstance(colour, str) else colour)
        side = QtCore.Qt.AlignmentFlag.AlignRight if right else QtCore.Qt.AlignmentFlag.AlignLeft
        self.painter.drawText(rect, int(flags | side | QtCore.Qt.TextFlag.TextSingleLine), kept)
        return measure.horizontalAdvance(kept)

    def lists(self, posts: Sequence[PlannedPost], title: str) -> None:
        """Day after day with whole texts; a document that breaks into pages by itself."""
        document = _List(self, posts, title).document
        document.documentLayout().setPaintDevice(self._writer)
        document.setPageSize(self.room.size())
        for number in range(document.pageCount()):
            self.begin()
            part = QtCore.QRectF(QtCore.QPointF(0, number * self.room.height()), self.room.size())
            self.painter.save()
            self.painter.translate(0, -part.top())
            document.drawContents(self.painter, part)
            self.painter.restore()


class _Cell(NamedTuple):
    day: date
    rect: QtCore.QRectF


class _Month:
    """A page with a month: whole weeks, bands of campaigns, a line a post."""

    def __init__(self, pages: _Pages, month: date) -> None:
        self._pages = pages
        self._month = month
        self._by_day: dict[date, list[PlannedPost]] = {}
        for post in pages.paper.plan.posts:
            self._by_day.setdefault(pages.wall(post.at).date(), []).append(post)

    def paint(self) -> list[PlannedPost]:
        """Answers the posts that found no room."""
        pages, look = self._pages, self._pages.look
        pages.begin()
        head, names = 11 * RESOLUTION / 25.4, 6 * RESOLUTION / 25.4
        room = pages.room
        title = look.words.month(self._month)
        pages.text(QtCore.QRectF(0, 0, room.width(), head), title[:1].upper() + title[1:], 16, strong=True)
        weeks = self._weeks()
        column, height = room.width() / 7, (room.height() - head - names) / len(weeks)
        for number, day in enumerate(weeks[0]):
            box = QtCore.QRectF(number * column + 2 * POINT, head, column, names)
            pages.text(box, look.words.weekday(day.isoweekday(), long=True), 8.5, strong=True, colour="text.secondary")
        left: list[PlannedPost] = []
        for row, week in enumerate(weeks):
            top = head + names + row * height
            cells = [_Cell(day, QtCore.QRectF(place * column, top, column, height)) for place, day in enumerate(week)]
            left += self._week(cells)
        return left

    def _weeks(self) -> list[list[date]]:
        first = week_start(self._month, self._pages.paper.first_weekday)
        weeks: list[list[date]] = []
        while not weeks or first.replace(day=1) <= self._month:
            weeks.append([first + place * DAY for place in range(7)])
            first += 7 * DAY
        return weeks

    def _week(self, cells: list[_Cell]) -> list[PlannedPost]:
        phases = [
            each
            for each in self._pages.paper.plan.phases
            if each.starts_on <= cells[-1].day and each.ends_on >= cells[0].day
        ]
        lanes = _lanes(phases)
        left: list[PlannedPost] = []
        for cell in cells:
            used = [lane for phase, lane in lanes if phase.starts_on <= cell.day <= phase.ends_on]
            left += self._day(cell, max(used, default=-1) + 1)
        for phase, lane in lanes:
            self._band(cells, phase, lane)
        return left

    def _day(self, cell: _Cell, lanes: int) -> list[PlannedPost]:
        pages, look, rect = self._pages, self._pages.look, cell.rect
        inside = cell.day.month == self._month.month
        if not inside:
            pages.painter.fillRect(rect, pages.ink("surface.window"))
        pages.painter.setPen(QtGui.QPen(pages.ink("border.default"), RESOLUTION / 288))
        pages.painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
        pages.painter.drawRect(rect)
        line = QtCore.QRectF(rect.left() + 2 * POINT, rect.top() + POINT, rect.width() - 4 * POINT, ROW)
        colour = "text.primary" if inside else "text.tertiary"
        width = pages.text(line, str(cell.day.day), 9, strong=True, colour=colour)
        marks = [one_line(mark.title) for mark in pages.paper.plan.marks if mark.on_day == cell.day]
        if cell.day in pages.paper.holidays:
            marks.append(one_line(pages.paper.holidays[cell.day]))
        if marks:
            beside = line.adjusted(width + 4 * POINT, 0, 0, 0)
            pages.text(beside, " · ".join(marks), 7, colour="text.secondary")
        if not inside:  # its own month shows it
            return []
        posts = self._by_day.get(cell.day, [])
        top = line.bottom() + lanes * ROW
        room = max(0, int((rect.bottom() - top - POINT) // ROW))
        shown = posts if len(posts) <= room else posts[: max(0, room - 1)]
        lines = 2 if 2 * len(shown) <= room else 1
        for number, post in enumerate(shown):
            self._post(QtCore.QRectF(line.left(), top + number * lines * ROW, line.width(), lines * ROW), post)
        if len(shown) < len(posts):
            box = QtCore.QRectF(line.left(), top + len(shown) * ROW, line.width(), ROW)
            said = look.text("calendar.more", n=len(posts) - len(shown))
            pages.text(box, said, 7, colour="text.secondary")
        return posts[len(shown) :]

    def _post(self, rect: QtCore.QRectF, post: PlannedPost) -> None:
        pages, look = self._pages, self._pages.look
        hue = look.theme.pillar(post.row.pillar)[0] if post.row.pillar else "slate"
        bar = QtCore.QRectF(rect.left(), rect.top() + POINT, 2 * POINT, rect.height() - 2 * POINT)
        pages.painter.fillRect(bar, pages.hue(hue, "strong"))
        x, strong = rect.left() + 4 * POINT, stance(post.row) in (Stance.FAILED, Stance.DECIDE)
        line = QtCore.QRectF(x, rect.top(), rect.right() - x, ROW)
        width = pages.text(line, look.words.time(post.at), 7.5) + 3 * POINT
        title = one_line(post.row.title) or look.text("calendar.untitled")
        said = stance(post.row) not in (Stance.SCHEDULED, Stance.OUT)
        if rect.height() > ROW:
            goes = look.words.enumeration(network_name(each) for each in post.row.networks)
            facts = " · ".join(each for each in (_state(look, post) if said else "", goes) if each)
            pages.text(line.adjusted(width, 0, 0, 0), facts, 7, strong=strong, colour="text.secondary")
            pages.text(line.translated(0, ROW), title, 7.5)
            return
        text = look.words.told_of(_state(look, post), title) if said else title
        pages.text(line.adjusted(width, 0, 0, 0), text, 7.5, strong=strong)

    def _band(self, cells: list[_Cell], phase: PhaseRow, lane: int) -> None:
        pages, look = self._pages, self._pages.look
        within = [cell for cell in cells if phase.starts_on <= cell.day <= phase.ends_on]
        hue = phase.hue or "slate"
        top = within[0].rect.top() + POINT + ROW + lane * ROW
        rect = QtCore.QRectF(
            within[0].rect.left() + POINT,
            top + 0.5 * POINT,
            within[-1].rect.right() - within[0].rect.left() - 2 * POINT,
            ROW - POINT,
        )
        pages.painter.fillRect(rect, pages.hue(hue, "tint"))
        pages.painter.fillRect(
            QtCore.QRectF(rect.left(), rect.top(), 2 * POINT, rect.height()), pages.hue(hue, "strong")
        )
        text = f"{one_line(phase.campaign)} · {phase_name(look, phase)}"
        pages.text(rect.adjusted(4 * POINT, 0, -2 * POINT, 0), text, 7, strong=True, colour=pages.hue(hue, "text"))


def phase_name(look: Look, phase: PhaseRow) -> str:
    """What the user calls it, else its kind."""
    return one_line(phase.title) or look.text(f"calendar.phase.{phase.kind}")


def _lanes(phases: Sequence[PhaseRow]) -> list[tuple[PhaseRow, int]]:
    """Each in the first lane that is free."""
    ends: list[date] = []
    found = []
    for phase in phases:
        lane = next((number for number, end in enumerate(ends) if end < phase.starts_on), len(ends))
        ends[lane : lane + 1] = [phase.ends_on]
        found.append((phase, lane))
    return found


def _state(look: Look, post: PlannedPost) -> str:
    return look.text(f"calendar.state.{stance(post.row)}")


class _List:
    """A document: a heading a day, then a row a post with time, text and where it stands."""

    def __init__(self, pages: _Pages, posts: Sequence[PlannedPost], title: str) -> None:
        self._pages = pages
        self._look = pages.look
        self.document = QtGui.QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self._cursor = QtGui.QTextCursor(self.document)
        self._line(title or _title(self._look, pages.paper), 16, strong=True, below=4, first=True)
        if not posts:
            self._line(self._look.text("plan.nothing"), 10, above=8)
        by_day: dict[date, list[PlannedPost]] = {}
        for post in posts:
            by_day.setdefault(pages.wall(post.at).date(), []).append(post)
        days = set(by_day) if title else set(by_day) | {mark.on_day for mark in pages.paper.plan.marks}
        for day in sorted(days):
            self._day(day, by_day.get(day, []))

    def _day(self, day: date, posts: Sequence[PlannedPost]) -> None:
        look, paper = self._look, self._pages.paper
        beside = [one_line(mark.title) for mark in paper.plan.marks if mark.on_day == day]
        if day in paper.holidays:
            beside.append(one_line(paper.holidays[day]))
        beside += [
            look.words.told_of(one_line(each.campaign), phase_name(look, each))
            for each in paper.plan.phases
            if each.starts_on <= day <= each.ends_on
        ]
        name = look.words.long_day(day)
        self._line(name[:1].upper() + name[1:], 11.5, strong=True, above=10, below=2, whole=True)
        if beside:
            self._piece("  " + " · ".join(beside), 8.5, "text.secondary")
        if posts:
            self._table(posts)

    def _table(self, posts: Sequence[PlannedPost]) -> None:
        form = QtGui.QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(2 * 96 / 72)
        form.setCellSpacing(0)
        form.setBorderStyle(QtGui.QTextFrameFormat.BorderStyle.BorderStyle_None)
        full = QtGui.QTextLength.Type.PercentageLength
        form.setWidth(QtGui.QTextLength(full, 100))
        form.setColumnWidthConstraints([QtGui.QTextLength(full, each) for each in (TIME, 100 - TIME - STATE, STATE)])
        table = self._cursor.insertTable(len(posts), 3, form)
        look = self._look
        for number, post in enumerate(posts):
            cells = [table.cellAt(number, column).firstCursorPosition() for column in range(3)]
            self._cursor = cells[0]
            self._piece(look.words.time(post.at), 10, strong=True)
            self._cursor = cells[1]
            self._piece(one_line(post.row.title) or look.text("calendar.untitled"), 10, strong=True)
            pillar = look.pillar_name(post.row.pillar)
            goes = look.words.enumeration(f"{network_name(each.network)} {one_line(each.handle)}" for each in post.places)
            facts = " · ".join(each for each in (goes, pillar, one_line(post.campaign)) if each)
            if facts:
                self._line(facts, 8.5, colour="text.secondary", below=0)
            if post.text.strip() and one_line(post.text) != one_line(post.row.title):
                self._line(unfolded(post.text), 9, below=0)
            for place in post.places:
                if place.text:
                    self._line(self._look.words.told_of(network_name(place.network), unfolded(place.text)), 8.5, below=0)
            self._cursor = cells[2]
            self._piece(_state(look, post), 9, "text.secondary")
        self._cursor = self.document.rootFrame().lastCursorPosition()

    def _line(
        self,
        text: str,
        points: float,
        *,
        strong: bool = False,
        colour: str = "text.primary",
        above: float = 0,
        below: float = 1,
        whole: bool = False,
        first: bool = False,
    ) -> None:
        block = QtGui.QTextBlockFormat()
        block.setTopMargin(above * 96 / 72)
        block.setBottomMargin(below * 96 / 72)
        block.setNonBreakableLines(whole)
        if first:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._piece(text, points, colour, strong=strong)

    def _piece(self, text: str, points: float, colour: str = "text.primary", *, strong: bool = False) -> None:
        kind = QtGui.QTextCharFormat()
        kind.setFont(_font(points, strong=strong))
        kind.setForeground(self._pages.ink(colour))
        self._cursor.insertText(text.replace("\n", "\N{LINE SEPARATOR}"), kind)


def _font(points: float, *, strong: bool = False) -> QtGui.QFont:
    """The program's own, without ligatures."""
    font = QtGui.QFont(QtGui.QGuiApplication.font().family())
    font.setPointSizeF(points)
    font.setWeight(QtGui.QFont.Weight.DemiBold if strong else QtGui.QFont.Weight.Normal)
    for feature in LETTERS_ALONE:
        font.setFeature(QtGui.QFont.Tag(feature), 0)
    return font
