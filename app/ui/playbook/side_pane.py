"""The right pane: how an answer does, how its languages stand, when to look at it again, the facts it draws on, its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.playbook import AnswerFigures, VersionRow
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.playbook.desk import Desk
from app.ui.playbook.drafting import LanguageState, facts_used, state_of, with_text, wordings
from app.ui.playbook.language_tabs import language_name
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.fill import fill
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Line, Pane, PaneHeader, Scrolling
from app.ui.widgets.text import ElidedLabel, Label, SectionLabel

WIDTH = 280
RECENT_WEEKS = 3
VERSIONS_SHOWN = 4
_STATE_INK = {
    LanguageState.MAIN: "text.primary",
    LanguageState.FRESH: "status.success.text",
    LanguageState.OLDER: "status.warn.text",
    LanguageState.MISSING: "text.tertiary",
}


class SidePane(Pane):
    """Asks for an answer's figures when it is opened; `versions_wanted`, `fact_wanted` (a key) and `language_wanted` go elsewhere."""

    versions_wanted = Signal()
    fact_wanted = Signal(str)
    language_wanted = Signal(str)

    def __init__(self, face: PageFace, desk: Desk) -> None:
        look = face.look
        super().__init__(look, "base", ("left",))
        self._face = face
        self._desk = desk
        self.figures = AnswerFigures()
        self.versions: list[VersionRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self.header = PaneHeader(look, look.text("playbook.how_it_does"))
        column.addWidget(self.header)
        self._area = Scrolling()
        column.addWidget(self._area, 1)
        self.content = QWidget()
        inside = QVBoxLayout(self.content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self._area.hold(self.content)
        self.top = _Top(look)
        inside.addWidget(self.top)
        self._edited = _Section(look, "playbook.edited_before")
        self._languages = _Section(look, "playbook.languages")
        self._review = _Section(look, "playbook.review")
        self._facts = _Section(look, "playbook.facts")
        self._versions = _Section(look, "playbook.versions")
        for section in (self._edited, self._languages, self._review, self._facts, self._versions):
            inside.addWidget(section)
        inside.addStretch(1)
        self.review = Field(look, look.text("playbook.review_on"), "", placeholder=look.text("playbook.review_hint"))
        self.review.label.hide()
        self.review.line.editingFinished.connect(self._reviewed)
        self._review.lay(self.review)
        self.review_said = Label(look, "", "caption", "text.secondary", wrap=True)
        self._review.lay(self.review_said)

    def ask(self) -> None:
        """Read the open answer's figures and versions anew."""
        number = self._desk.answer_id
        if not number:
            self._show_figures(number, AnswerFigures(), [])
            return
        self._face.services.reads.later(
            lambda queries: (queries.figures_of(number), queries.answer_versions(number)),
            lambda found: self._show_figures(number, *found),
        )

    def _show_figures(self, number: int | None, figures: AnswerFigures, versions: list[VersionRow]) -> None:
        if number != self._desk.answer_id:
            return
        self.figures, self.versions = figures, versions
        self.top.show_figures(figures)
        self._show_edited()
        self._show_versions()

    def show_content(self) -> None:
        """What the desk holds now."""
        self._show_languages()
        self._show_review()
        self._show_facts()

    # ---- parts

    def _show_edited(self) -> None:
        look, figures, section = self._look, self.figures, self._edited
        section.clear()
        section.setVisible(figures.edited > 0)
        if not figures.edited:
            return
        words = look.text("playbook.edited", edited=figures.edited, uses=figures.uses)
        if figures.addition:
            words = f"{words} {look.text('playbook.often_added', words=figures.addition)}"
        section.lay(Label(look, words, "small", "text.secondary", wrap=True))
        if figures.addition:
            section.lay(Button(look, look.text("playbook.put_in"), size="small", clicked=self._put_in))

    def _show_languages(self) -> None:
        look, content, section = self._look, self._desk.content, self._languages
        section.clear()
        for code in content.languages:
            state = state_of(content, code)
            length = len(next((text.text for text in wordings(content, code)), ""))
            main = language_name(look, content.main_language)
            said = look.text(f"playbook.state_{state}", main=main)
            line = _Line(
                look,
                language_name(look, code),
                look.number(length) if length else "",
                said,
                _STATE_INK[state],
                strong=state is LanguageState.OLDER,
            )
            section.lay(line)

    def _show_review(self) -> None:
        look, day = self._look, self._desk.content.review_on
        self.review.line.setReadOnly(self._face.services.data.read_only)
        if not self.review.line.hasFocus():
            self.review.line.setText(look.words.day(day) if day else "")
            self.review.be_content()
        today = self._face.clock.now().astimezone(look.words.zone).date()
        due = day is not None and day <= today
        self.review_said.recolour("status.warn.text" if due else "text.secondary")
        self.review_said.setText(look.text("playbook.review_due") if due else "")
        self.review_said.setVisible(due)

    def _show_facts(self) -> None:
        look, section = self._look, self._facts
        section.clear()
        used = facts_used(self._desk.content)
        section.setVisible(bool(used))
        known = {fact.key: fact for fact in self._desk.listing.facts}
        today = self._face.clock.now().astimezone(look.words.zone).date()
        for key in used:
            fact = known.get(key)
            if fact is None:
                said, ink = look.text("playbook.fact_not_there"), "status.danger.text"
            elif fact.expired(today):
                said, ink = look.text("playbook.expired", day=fact.expires_on), "status.danger.text"
            elif fact.expires_on:
                ink = "status.warn.text" if fact.expires_soon(today) else "text.secondary"
                said = look.text("playbook.until", day=fact.expires_on)
            else:
                said, ink = "", "text.secondary"
            section.lay(_Line(look, fact.title if fact else key, "", said, ink))
        if used:
            section.lay(
                Button(
                    look,
                    look.text("playbook.change_facts"),
                    size="small",
                    clicked=lambda: self.fact_wanted.emit(used[0]),
                )
            )

    def _show_versions(self) -> None:
        look, section = self._look, self._versions
        section.clear()
        section.setVisible(bool(self.versions))
        days = [look.words.day(version.at) for version in self.versions[:VERSIONS_SHOWN]]
        section.lay(Label(look, " · ".join(days), "small", "text.secondary", wrap=True))
        key = self._face.actions.keys("playbook.versions")
        section.lay(
            Button(
                look,
                look.text("playbook.compare"),
                size="small",
                key=key[0] if key else None,
                clicked=self.versions_wanted.emit,
            )
        )

    # ---- acts

    def _put_in(self) -> None:
        """The usual addition behind the main wording, for the user to look at; nothing is saved yet."""
        desk = self._desk
        text = next((each.text for each in wordings(desk.content, desk.language)), "")
        desk.place = 0
        desk.edit(with_text(desk.content, desk.language, 0, f"{text.rstrip()} {self.figures.addition}"))

    def _reviewed(self) -> None:
        typed, desk, look = self.review.text, self._desk, self._look
        if typed == (look.words.day(desk.content.review_on) if desk.content.review_on else ""):
            return
        day = typed_day(self._face, typed)
        if typed and day is None:
            self.review.complain(look.text("playbook.no_day", typed=typed))
            return
        self.review.be_content()
        desk.edit(replace(desk.content, review_on=day))
        self._show_review()


def typed_day(face: PageFace, typed: str) -> date | None:
    """A day as somebody typed it; None for none."""
    return face.services.playbook.day(typed, face.words.language) if typed else None


class _Section(QWidget):
    """A title and lines below it, with a hairline above."""

    def __init__(self, look: Look, title_id: str) -> None:
        super().__init__()
        self._look = look
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(14))
        column.setSpacing(0)
        column.addWidget(Line(look))
        self.title = SectionLabel(look, look.text(title_id))
        self.title.setContentsMargins(px(16), px(12), px(16), px(4))
        column.addWidget(self.title)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(px(16), 0, px(16), 0)
        self._rows.setSpacing(px(3))
        nest(column, self._rows)

    def lay(self, widget: QWidget) -> None:
        if isinstance(widget, Button):
            self._rows.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._rows.addWidget(widget)

    def clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class _Line(QWidget):
    """A name, a figure and a word at the right."""

    def __init__(self, look: Look, name: str, figure: str, said: str, ink: str, *, strong: bool = False) -> None:
        super().__init__()
        self.setFixedHeight(look.theme.px(26))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(8))
        row.addWidget(ElidedLabel(look, name, "small"), 1)
        if figure:
            row.addWidget(Label(look, figure, "small", "text.tertiary"))
        said_label = Label(look, said, "captionStrong" if strong else "caption", ink)
        row.addWidget(said_label)
        self.setAccessibleName(", ".join(part for part in (name, figure, said) if part))


class _Top(QWidget):
    """Two large figures, the weeks as columns, and what else is counted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(4))
        pair = QHBoxLayout()
        self.uses = _Figure(look, "playbook.uses_90")
        self.solved = _Figure(look, "playbook.solved_with_it")
        pair.addWidget(self.uses, 1)
        pair.addWidget(self.solved, 1)
        nest(column, pair)
        self.columns = _Columns(look)
        column.addWidget(self.columns)
        self.said = Label(look, "", "caption", "text.secondary", wrap=True)
        column.addWidget(self.said)

    def show_figures(self, figures: AnswerFigures) -> None:
        look = self._look
        self.uses.show_value(look.number(figures.uses))
        share = figures.solved / figures.judged if figures.judged else None
        self.solved.show_value(look.words.percent(share, 0) if share is not None else "—")
        self.columns.show_weeks(figures.weeks)
        self.columns.setVisible(any(figures.weeks))
        said = []
        if figures.judged:
            said.append(look.text("playbook.reopened", n=figures.reopened))
        elif figures.uses:
            said.append(look.text("playbook.not_judged"))
        else:
            said.append(look.text("playbook.not_used"))
        said.append(look.text("playbook.examples", n=figures.examples))
        self.said.setText("\n".join(said))


class _Figure(QWidget):
    """A large figure with what it counts."""

    def __init__(self, look: Look, title_id: str) -> None:
        super().__init__()
        self._title = look.text(title_id)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.value = Label(look, "0", "display")
        column.addWidget(self.value)
        column.addWidget(Label(look, self._title, "caption", "text.secondary", wrap=True))

    def show_value(self, value: str) -> None:
        self.value.setText(value)
        self.setAccessibleName(f"{self._title}: {value}")


class _Columns(QWidget):
    """Uses by week, the last three stronger, with the month below the first and the last."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._weeks: Sequence[int] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_weeks(self, weeks: Sequence[int]) -> None:
        self._weeks = weeks
        said = self._look.words.write([self._look.number(week) for week in weeks])
        self.setAccessibleName(self._look.text("playbook.weeks_name", weeks=said))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(200), self._look.theme.px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        most = max(self._weeks, default=0)
        floor = self.height() - px(4)
        fill(painter, QRectF(0, floor, self.width(), 1), theme.color("border.default"))
        if not most:
            return
        step = self.width() / len(self._weeks)
        for place, week in enumerate(self._weeks):
            height = (floor - px(4)) * week / most
            recent = place >= len(self._weeks) - RECENT_WEEKS
            colour = theme.color("accent.fill" if recent else "accent.track")
            fill(painter, QRectF(place * step, floor - height, step - px(5), height), colour)
