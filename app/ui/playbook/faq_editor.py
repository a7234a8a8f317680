"""The middle pane of the FAQ: question and answer by language, how often it was asked, where it was published and what that saved."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.models.faq import FaqRow, FaqState, older_after
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.playbook.drafting import LanguageState
from app.ui.playbook.faq_desk import FaqDesk
from app.ui.playbook.language_tabs import LanguageTabs, TabFace, language_name
from app.ui.safe_text import one_line
from app.ui.widgets.button import Button
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.growing_text import GrowingText
from app.ui.widgets.surface import Pane, PaneHeader, Scrolling
from app.ui.widgets.text import ElidedLabel, Label

BEHIND = "behind"
"""The tab that is no language."""


class FaqEditor(Pane):
    """Shows the desk's open entry."""

    def __init__(self, face: PageFace, desk: FaqDesk) -> None:
        look = face.look
        super().__init__(look, "raised")
        self._face = face
        self._desk = desk
        self.narrow = False
        self.shows_behind = False
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        self.tabs = LanguageTabs(look)
        self.tabs.chosen.connect(self.choose_tab)
        self.tabs.added.connect(self._add_language)
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        area = Scrolling()
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(px(20), px(16), px(20), px(20))
        rows.setSpacing(px(8))
        self.question = _Written(look, look.text("faq.question"), 1)
        self.question.text.edited.connect(desk.ask)
        self.answer = _Written(look, look.text("faq.answer"), 5)
        self.answer.text.edited.connect(desk.answer)
        for written in (self.question, self.answer):
            rows.addWidget(written.title)
            rows.addWidget(written)
            rows.addSpacing(px(8))
        holder = QWidget()
        acts = FlowLayout(holder, px(8))
        self.make = self._button("book-open", "faq.make_answer")
        self.publish = self._button("globe", "faq.publish")
        for button in (self.make, self.publish):
            acts.addWidget(button)
        rows.addWidget(holder)
        rows.addSpacing(px(8))
        self.figures = Label(look, "", "small", "text.secondary", wrap=True)
        self.link = Label(look, "", "small", "text.secondary", wrap=True)
        self.words = Label(look, "", "small", "text.secondary", wrap=True)
        for label in (self.figures, self.link, self.words):
            rows.addWidget(label)
        rows.addStretch(1)
        area.hold(inside)
        self.stack.addWidget(area)
        desk.opened.connect(self._opened)
        desk.edited.connect(self.show_content)
        desk.listed.connect(self.show_content)
        desk.looked.connect(self._show_words)

    def _button(self, icon: str, command: str) -> Button:
        face = self._face
        return Button(face.look, face.actions.title(command), icon=icon, clicked=lambda: face.actions.run(command))

    def _make_header(self) -> QWidget:
        face, look = self._face, self._look
        self.header = PaneHeader(look, "", "raised")
        self.header.title.hide()
        self.title = ElidedLabel(look, "", "title")
        self.header.row.addWidget(self.title, 1)
        self.state = Label(look, "", "caption", "text.secondary")
        self.header.row.addWidget(self.state)
        self.save = Button(
            look,
            look.text("playbook.save"),
            kind="primary",
            size="small",
            key="Ctrl+S",
            of="faq.save",
            clicked=lambda: face.actions.run("faq.save"),
        )
        self.header.row.addWidget(self.save)
        return self.header

    def hold_behind(self, widget: QWidget | None) -> None:
        """Where the window is narrow: what the tab "behind it" shows. None: it stands elsewhere."""
        self.narrow = widget is not None
        if widget is not None:
            self.stack.addWidget(widget)
        else:
            self.shows_behind = False
            self.stack.setCurrentIndex(0)
        self.show_content()

    # ---- showing

    def _opened(self) -> None:
        self.shows_behind = False
        self.show_content()
        self._show_words()

    def show_content(self) -> None:
        """What the desk holds now."""
        desk, look, row = self._desk, self._look, self._desk.row
        if row is None:
            return
        read_only = self._face.services.data.read_only
        self.title.setText(one_line(desk.words.asked_in(desk.language)) or look.text("faq.no_words"))
        self.state.setText(look.text("playbook.unsaved") if desk.unsaved else look.text(f"faq.state_{row.state}"))
        self.save.setVisible(desk.unsaved and not read_only)
        faces = [self._tab(row, code) for code in desk.words.languages or (desk.language,)]
        if self.narrow:
            faces.append(TabFace(BEHIND, look.text("faq.behind")))
        chosen = BEHIND if self.narrow and self.shows_behind else desk.language
        self.tabs.show_faces(faces, chosen, may_add=not read_only)
        self.stack.setCurrentIndex(1 if chosen == BEHIND and self.stack.count() > 1 else 0)
        for written, texts in ((self.question, desk.words.question), (self.answer, desk.words.answer)):
            written.text.setReadOnly(read_only)
            written.text.show_text(texts.get(desk.language, ""))
        self.question.text.setPlaceholderText(desk.words.asked_in(desk.language) or look.text("faq.question_hint"))
        self.answer.text.setPlaceholderText(look.text("faq.answer_hint"))
        for button in (self.make, self.publish):
            button.setEnabled(not read_only)
        self.make.setVisible(row.answer_id is None)
        published = row.state is FaqState.PUBLISHED
        self.publish.setText(
            self._face.actions.title("faq.publish") if not published else look.text("faq.change_address")
        )
        self._show_figures(row)

    def _tab(self, row: FaqRow, code: str) -> TabFace:
        """How a language stands beside the one that was written first, also by what is being written now."""
        look, words = self._look, self._desk.words
        state = LanguageState.FRESH
        if not words.answer.get(code, "").strip():
            state = LanguageState.MISSING
        elif code in older_after(row.words, words, row.older):
            state = LanguageState.OLDER
        if code == words.main:
            state = LanguageState.MAIN
        said = look.text(f"playbook.state_{state}", main=language_name(look, words.main))
        return TabFace(code, language_name(look, code), state if len(words.languages) > 1 else None, said)

    def _show_figures(self, row: FaqRow) -> None:
        look = self._look
        days = self._desk.chosen.days
        said = look.text("faq.asked_in", n=row.count, days=days)
        if row.before is not None:
            said = look.words.facts((said, look.text("faq.before", n=row.before)))
        elif self._desk.now.listing.reach is not None:
            said = f"{said}. {look.text('faq.no_comparison', day=self._desk.now.listing.reach)}"
        self.figures.setText(said)
        parts = []
        if row.url:
            parts.append(look.text("faq.stands_at", url=row.url))
        if row.sent:
            sent = look.text("faq.link_sent", n=row.sent)
            parts.append(
                look.words.facts((sent, look.text("faq.link_solved", n=row.solved)))
                if row.judged
                else f"{sent}. {look.text('playbook.not_judged')}"
            )
        elif row.state is FaqState.PUBLISHED:
            parts.append(look.text("faq.link_not_sent"))
        if row.state is FaqState.PUBLISHED and row.conversations:
            parts.append(look.text("faq.linked_of", linked=row.linked, n=row.conversations))
        if row.answer_id is not None:
            parts.append(look.text("faq.in_playbook"))
        self.link.setText("\n".join(parts))
        self.link.setVisible(bool(parts))

    def _show_words(self) -> None:
        behind = self._desk.behind
        words = behind.words if behind is not None else ()
        self.words.setText(self._look.text("faq.common_words", words=list(words)) if words else "")
        self.words.setVisible(bool(words))

    # ---- acts

    def choose_tab(self, key: str) -> None:
        self.shows_behind = key == BEHIND
        if key == BEHIND:
            self.show_content()
        else:
            self._desk.show_language(key)

    def _add_language(self, code: str) -> None:
        self.shows_behind = False
        self._desk.add_language(code)
        self.question.text.setFocus(Qt.FocusReason.OtherFocusReason)


class _Written(QWidget):
    """A field that grows with its text, in a frame, with its title."""

    def __init__(self, look: Look, title: str, lines: int) -> None:
        super().__init__()
        self._look = look
        px = look.theme.px
        self.title = Label(look, title, "bodyStrong")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(9), px(12), px(9))
        self.text = GrowingText(look, lines)
        self.text.setAccessibleName(title)
        self.title.setBuddy(self.text)
        column.addWidget(self.text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.text.hasFocus()
        width = 2 if focused else 1
        painter.setPen(QPen(theme.color("accent.fill" if focused else "border.strong"), width))
        painter.setBrush(theme.color("surface.raised"))
        inner = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(inner, theme.radius("card"), theme.radius("card"))
