"""The list of answers: categories with their answers below, each with the languages it has, its uses and how often it solved the matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.language.filling import places
from app.models.conversation import Category
from app.models.playbook import ListFigures, PlaybookAnswer
from app.ui.look import Look
from app.ui.playbook.desk import NEW, Listing, ordered_categories
from app.ui.playbook.drafting import folded
from app.ui.safe_text import one_line
from app.ui.widgets.fill import fill
from app.ui.widgets.row_list import BY_KEYBOARD, HOVERED, SELECTED, RowList
from app.ui.widgets.text import draw_text

SHOWN_LANGUAGES = ("es", "en", "fr", "ru", "zh")
"""Without other ones among the answers."""
MOST_LANGUAGES = 7
USES_WIDTH, SOLVED_WIDTH = 30, 40
WEAK = 75
"""Percent; what solves less often is marked."""
Index = QModelIndex | QPersistentModelIndex


class Row(NamedTuple):
    """A category's heading, or an answer below it."""

    category: Category
    title: str
    answer_id: int | None = None
    """None: a heading."""
    languages: tuple[bool, ...] = ()
    uses: int = 0
    solved: int | None = None
    """Percent; None while nothing can be said."""
    reopened: int = 0
    """After how many uses the customer wrote again within 72 hours."""
    edited: int = 0
    draft: bool = False
    many: int = 0
    """Answers below a heading."""
    due: bool = False
    """Its review day has come."""
    stopped: bool = False
    """A fact that it draws on holds no more, or is not there: it cannot be sent."""


class AnswerModel(QAbstractListModel):
    """All rows; `show` replaces them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rows: list[Row] = []
        self.languages: tuple[str, ...] = SHOWN_LANGUAGES

    def show(self, rows: list[Row], languages: tuple[str, ...]) -> None:
        self.beginResetModel()
        self.rows, self.languages = rows, languages
        self.endResetModel()

    def place_of(self, answer_id: int | None) -> int:
        """The row of an answer; -1 where it is not shown."""
        return next((place for place, row in enumerate(self.rows) if row.answer_id == answer_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].answer_id is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._said(row)
        return None

    def _said(self, row: Row) -> str:
        text = self._look.text
        if row.answer_id is None:
            return text("playbook.row_category", category=row.title, n=row.many)
        there = [code.upper() for code, has in zip(self.languages, row.languages, strict=True) if has]
        said = [row.title, text("playbook.row_languages", languages=self._look.words.write(there))]
        if row.uses:
            said.append(text("playbook.row_uses", n=row.uses))
        if row.solved is not None:
            said.append(text("playbook.row_solved", percent=row.solved))
        if row.reopened:
            said.append(text("playbook.row_reopened", n=row.reopened))
        if row.edited:
            said.append(text("playbook.row_edited", n=row.edited))
        if row.stopped:
            said.append(text("playbook.stopped"))
        if row.draft:
            said.append(text("playbook.unsaved"))
        if row.due:
            said.append(text("playbook.review_due"))
        return ", ".join(said)


class AnswerRows(RowList):
    """Headings are passed over by the keyboard and not chosen by the mouse."""

    def __init__(self, look: Look, model: AnswerModel) -> None:
        super().__init__(look, look.text("playbook.answers"), "row.table")
        self.answers = model
        self.setModel(model)
        self.setItemDelegate(AnswerDelegate(look, self))

    def move_by(self, step: int) -> None:
        rows = self.answers.rows
        place = self.current_row
        left = abs(step)
        best = place
        while 0 <= place + (1 if step > 0 else -1) < len(rows):
            place += 1 if step > 0 else -1
            left -= 1
            if rows[place].answer_id is not None:
                best = place
                if left <= 0:
                    break
        if best == 1 and step < 0:
            self.scrollToTop()
        self.choose(best)

    def choose(self, row: int) -> None:
        rows = self.answers.rows
        if 0 <= row < len(rows) and rows[row].answer_id is None:
            row = row + 1 if row + 1 < len(rows) else row - 1
        super().choose(row)


class AnswerDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, look: Look, view: AnswerRows) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.answers.rows[index.row()]
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, rect, self._look.theme.color("surface.base"))
        if row.answer_id is None:
            self._heading(painter, rect, row)
        else:
            self._answer(painter, rect, row, self._view.marks(index.row()))
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        theme, px = self._look.theme, self._look.theme.px
        hue, icon = theme.category(row.category)
        ink = theme.hue(hue, "text")
        side = px(14)
        box = QRectF(px(16), rect.bottom() - px(9) - side, side, side)
        self._look.icons.paint(painter, box, icon, ink)
        line = QRectF(px(36), rect.bottom() - px(26), rect.width() - px(70), px(22))
        painter.setPen(ink)
        draw_text(painter, line, row.title, theme.font("captionStrong"))
        painter.setPen(theme.color("text.tertiary"))
        end = QRectF(rect.right() - px(60), line.top(), px(44), line.height())
        draw_text(painter, end, self._look.number(row.many), theme.font("caption", tabular=True), RIGHT)

    def _answer(self, painter: QPainter, rect: QRectF, row: Row, marks: int) -> None:
        theme, px = self._look.theme, self._look.theme.px
        inner = rect.adjusted(px(8), 1, -px(8), -1)
        chosen = bool(marks & SELECTED)
        focused = self._view.hasFocus()
        if chosen or marks & HOVERED:
            painter.setPen(Qt.PenStyle.NoPen)
            ground = (
                "surface.selected" if chosen and focused else "surface.selectedInactive" if chosen else "surface.hover"
            )
            painter.setBrush(theme.color("surface.selected" if chosen else ground))
            painter.drawRoundedRect(inner, theme.radius("m"), theme.radius("m"))
        if chosen and focused and marks & BY_KEYBOARD:
            self._ring(painter, inner)
        right = inner.right() - px(8)
        small = theme.font("caption", tabular=True)
        solved = QRectF(right - px(SOLVED_WIDTH), inner.top(), px(SOLVED_WIDTH), inner.height())
        if row.solved is None:
            painter.setPen(theme.color("text.tertiary"))
            draw_text(painter, solved, "—", small, RIGHT)
        else:
            weak = row.solved < WEAK
            painter.setPen(theme.color("status.warn.text" if weak else "text.secondary"))
            font = theme.font("caption", tabular=True, weight=600) if weak else small
            draw_text(painter, solved, self._look.words.percent(row.solved / 100, 0), font, RIGHT)
        uses = QRectF(solved.left() - px(USES_WIDTH), inner.top(), px(USES_WIDTH), inner.height())
        painter.setPen(theme.color("text.tertiary"))
        draw_text(painter, uses, self._look.number(row.uses), small, RIGHT)
        left = uses.left() - px(8) - len(row.languages) * px(7)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, has in enumerate(row.languages):
            painter.setBrush(theme.color("accent.fill" if has else "border.default"))
            bar = QRectF(left + number * px(7), inner.center().y() - px(5), px(5), px(10))
            painter.drawRoundedRect(bar, 1, 1)
        start = inner.left() + px(12)
        if row.stopped or row.draft or row.due:
            icon, role = ("pencil-simple", "text.tertiary") if row.draft else ("clock", "status.warn.text")
            if row.stopped:
                icon, role = "warning-circle-fill", "status.danger.text"
            self._look.icons.paint(painter, QRectF(left - px(22), inner.top(), px(13), inner.height()), icon, role)
            left -= px(20)
        painter.setPen(theme.color("accent.text" if chosen else "text.primary"))
        words = QRectF(start, inner.top(), left - px(8) - start, inner.height())
        draw_text(painter, words, row.title, theme.font("body", weight=600 if chosen else 400))

    def _ring(self, painter: QPainter, inner: QRectF) -> None:
        theme = self._look.theme
        width = theme.stroke("focus")
        pen = painter.pen()
        pen.setColor(theme.color("focus.ring"))
        pen.setWidth(width)
        pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRoundedRect(inner.adjusted(half, half, -half, -half), theme.radius("m"), theme.radius("m"))


RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def rows_of(look: Look, listing: Listing, typed: str, unsaved: frozenset[int], today: Any) -> list[Row]:
    """What is shown for what was typed into the search: every word must be in title, words, tags or category."""
    wanted = folded(typed).split()
    languages = languages_of(listing.answers)
    held = frozenset(fact.key for fact in listing.facts if not fact.expired(today))
    rows: list[Row] = []
    if NEW in unsaved and not wanted:
        rows.append(Row(Category.OTHER, look.text("playbook.not_saved_yet"), None, many=1))
        rows.append(Row(Category.OTHER, look.text("playbook.new"), NEW, (False,) * len(languages), draft=True))
    for category in ordered_categories(look):
        found = [answer for answer in listing.answers if answer.category is category and _fits(look, answer, wanted)]
        if found:
            rows.append(Row(category, look.text(f"category.{category}"), many=len(found)))
            made = [
                _row(look, answer, listing.figures.get(answer.id or 0), languages, unsaved, today)._replace(
                    stopped=not facts_in(answer) <= held
                )
                for answer in found
            ]
            rows += made
    return rows


def languages_of(answers: Sequence[PlaybookAnswer]) -> tuple[str, ...]:
    """Which languages have a place in the list."""
    found = dict.fromkeys(language for answer in answers for language in answer.wordings)
    return tuple(sorted(found, key=_rank)[:MOST_LANGUAGES]) or SHOWN_LANGUAGES


def _rank(language: str) -> tuple[int, str]:
    return (SHOWN_LANGUAGES.index(language) if language in SHOWN_LANGUAGES else len(SHOWN_LANGUAGES), language)


def _row(
    look: Look,
    answer: PlaybookAnswer,
    figures: ListFigures | None,
    languages: tuple[str, ...],
    unsaved: frozenset[int],
    today: Any,
) -> Row:
    return Row(
        answer.category,
        one_line(answer.titled(look.words.language)),
        answer.id,
        tuple(bool(answer.wordings.get(language)) for language in languages),
        figures.uses if figures else 0,
        round(100 * figures.solved / figures.judged) if figures and figures.judged else None,
        figures.judged - figures.solved if figures else 0,
        figures.edited if figures else 0,
        answer.id in unsaved,
        due=answer.review_on is not None and answer.review_on <= today,
    )


def facts_in(answer: PlaybookAnswer) -> frozenset[str]:
    """The keys of the facts that an answer draws on."""
    words = [text.text for text in answer.texts] or [text for texts in answer.wordings.values() for text in texts]
    return frozenset(place.name for text in words if "{fact:" in text for place in places(text) if place.is_fact)


def _fits(look: Look, answer: PlaybookAnswer, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    parts = [*answer.title.values(), *answer.tags, look.text(f"category.{answer.category}")]
    parts += [text for texts in answer.wordings.values() for text in texts]
    all_of_it = folded(" ".join(parts))
    return all(word in all_of_it for word in wanted)
