"""The pane in the middle: title and category of the open answer, its languages, its words, how a customer reads them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.language.filling import Rendered, render
from app.models.conversation import Category
from app.models.playbook import PreviewPerson
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.playbook.desk import NEW, Desk
from app.ui.playbook.details import After, Placeholders, Tags
from app.ui.playbook.drafting import LanguageState, state_of, unclosed, with_title, without_language, wordings
from app.ui.playbook.examples import Examples
from app.ui.playbook.language_tabs import FIGURES, LanguageTabs, TabFace, language_name
from app.ui.playbook.pictures import Pictures, pictures_in
from app.ui.playbook.preview import Preview
from app.ui.playbook.texts_card import TextsCard
from app.ui.safe_text import isolated, menu_text
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.field import LineField
from app.ui.widgets.surface import Line, Pane, PaneHeader, Scrolling
from app.ui.widgets.text import Label

SAMPLE_ORDER = "A-20418"
INVENTED = ("link", "product")
"""Placeholders that the preview shows an example for."""


class _CategoryButton(IconButton):
    """Its icon has the category's colour."""

    def show_category(self, category: Category) -> None:
        self._hue, icon = self._look.theme.category(category)
        self.choose_icon(icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._look.theme
        side = theme.size("icon.m")
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        self._look.icons.paint(QPainter(self), box, self._icon, theme.hue(self._hue, "text"))

    _hue = "slate"


class _TitleField(LineField):
    """Large, as the titles of panes are."""

    def _restyle(self) -> None:
        super()._restyle()
        self.setFont(self._look.theme.font("title"))


class EditorPane(Pane):
    """Shows the desk's answer; `figures_wanted` says whether the tab "how it does" was chosen."""

    figures_wanted = Signal(bool)

    def __init__(self, face: PageFace, desk: Desk) -> None:
        look = face.look
        super().__init__(look, "raised")
        self._face = face
        self._desk = desk
        self._person = 0
        self.narrow = False
        """Whether "how it does" is a tab here."""
        self._shows_figures = False
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        self.tabs = LanguageTabs(look)
        self.tabs.chosen.connect(self._choose_tab)
        self.tabs.added.connect(self._add_language)
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        area = Scrolling()
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(px(20), px(16), px(20), px(20))
        rows.setSpacing(px(14))
        self.texts = TextsCard(face, desk)
        self.pictures = Pictures(face, desk)
        self.texts.editor.pasted.connect(self.pictures.take_in)
        self.setAcceptDrops(True)
        self.preview = Preview(look)
        self.preview.another_wanted.connect(self._another)
        self.placeholders = Placeholders(face, desk)
        self.examples = Examples(face, desk)
        self.after = After(face, desk)
        self.tags = Tags(face, desk)
        for widget in (
            *(self.texts, self.pictures, self.preview, self.placeholders, self.examples),
            *(Line(look), self.after, self.tags),
        ):
            rows.addWidget(widget)
        rows.addStretch(1)
        area.hold(inside)
        self.stack.addWidget(area)
        desk.opened.connect(self._opened)
        desk.edited.connect(self.show_content)
        desk.listed.connect(self.show_content)
        desk.listed.connect(self.examples.ask)
        desk.opened.connect(self.examples.ask)

    def _make_header(self) -> QWidget:
        face, look = self._face, self._look
        self.header = PaneHeader(look, "", "raised")
        self.header.title.hide()
        row = self.header.row
        self.category = _CategoryButton(look, "question", look.text("playbook.category"), clicked=self._ask_category)
        row.insertWidget(0, self.category)
        self.title = _TitleField(look, look.text("playbook.title"), "", look.text("playbook.title_hint"))
        self.title.setProperty("bare", True)
        self.title.textEdited.connect(self._titled)
        row.insertWidget(1, self.title, 1)
        self.said = Label(look, "", "caption", "text.tertiary")
        row.addWidget(self.said)
        key = face.actions.keys("playbook.save")
        self.save = Button(
            look,
            look.text("playbook.save"),
            kind="primary",
            size="small",
            key=key[0] if key else None,
            clicked=lambda: face.actions.run("playbook.save"),
        )
        row.addWidget(self.save)
        self.copy = Button(
            look,
            look.text("playbook.duplicate"),
            icon="copy",
            size="small",
            clicked=lambda: face.actions.run("playbook.duplicate"),
        )
        row.addWidget(self.copy)
        self.more = IconButton(look, "dots-three-bold", look.text("playbook.more"), clicked=self._ask_more)
        row.addWidget(self.more)
        return self.header

    def hold_figures(self, widget: QWidget | None) -> None:
        """Where the window is narrow: what the tab "how it does" shows. None: it stands elsewhere."""
        self.narrow = widget is not None
        if widget is not None:
            self.stack.addWidget(widget)
        else:
            self._shows_figures = False
            self.stack.setCurrentIndex(0)
        self.show_content()

    # ---- showing

    def _opened(self) -> None:
        self._shows_figures = False
        self.show_content()

    def show_content(self) -> None:
        """What the desk holds now."""
        desk, look = self._desk, self._look
        if not desk.is_open:
            return
        content, stored = desk.content, desk.answer
        read_only = self._face.services.data.read_only
        self.category.show_category(content.category)
        self.category.rename(look.text("playbook.category_is", category=look.text(f"category.{content.category}")))
        self.category.setEnabled(not read_only)
        title = content.title.get(desk.language, "")
        if self.title.text() != title:
            self.title.setText(title)
        self.title.setReadOnly(read_only)
        main = content.title.get(content.main_language, "")
        self.title.setPlaceholderText(main or look.text("playbook.title_hint"))
        self.save.setVisible(desk.unsaved and not read_only)
        self.copy.setVisible(not desk.unsaved and desk.answer_id != NEW and not self.narrow)
        if desk.unsaved:
            said = look.text("playbook.unsaved")
        elif stored is not None and stored.changed_at is not None:
            said = look.text("playbook.saved_on", day=stored.changed_at.astimezone(look.words.zone).date())
        else:
            said = ""
        self.said.setText(said)
        self._show_tabs()
        self.texts.show_content()
        self.pictures.show_content()
        self.placeholders.show_content()
        self.after.show_content()
        self.tags.show_content()
        self.examples.show_content()
        self._show_preview()
        self._face.actions.refresh()

    def _show_tabs(self) -> None:
        desk, look = self._desk, self._look
        main = language_name(look, desk.content.main_language)
        faces = []
        for code in desk.content.languages:
            state = state_of(desk.content, code)
            faces.append(
                TabFace(code, language_name(look, code), state, look.text(f"playbook.state_{state}", main=main))
            )
        if self.narrow:
            faces.append(TabFace(FIGURES, look.text("playbook.how_it_does")))
        chosen = FIGURES if self.narrow and self._shows_figures else desk.language
        self.tabs.show_faces(faces, chosen, may_add=not self._face.services.data.read_only)
        self.stack.setCurrentIndex(1 if chosen == FIGURES and self.stack.count() > 1 else 0)

    def _show_preview(self) -> None:
        desk = self._desk
        rendered = self.rendered()
        self.preview.show_rendered(rendered, self._reader())
        self.preview.another.setVisible(len(desk.listing.people) > 1)
        self.texts.show_lengths(rendered.text)
        self.preview.show_checks(self._checks(rendered))

    def _reader(self) -> PreviewPerson:
        people = self._desk.listing.people
        if people:
            return people[self._person % len(people)]
        return PreviewPerson(self._look.text("playbook.sample_name"), "@cliente")

    def rendered(self) -> Rendered:
        """The open wording as the person would read it."""
        desk, look = self._desk, self._look
        there = wordings(desk.content, desk.language)
        text = there[desk.place].text if desk.place < len(there) else ""
        person = self._reader()
        today = self._face.clock.now().astimezone(look.words.zone).date()
        values = {
            "name": person.name.split()[0] if person.name.split() else "",
            "handle": person.handle,
            "order": person.order or SAMPLE_ORDER,
            "link": look.text("playbook.sample_link"),
            "product": look.text("playbook.sample_product"),
            "date": look.words.day(today),
            **self._face.services.playbook.known(desk.language),
        }
        for blank in desk.content.blanks:
            if blank.name in INVENTED and blank.fallback.get(desk.language):
                del values[blank.name]  # what the user wrote reads better than an example
        return render(text, desk.language, values, desk.content.blanks, desk.listing.facts, today)

    def _checks(self, rendered: Rendered) -> list[tuple[str, str]]:
        """All that is to be said of the open wording, the gravest first."""
        desk, look = self._desk, self._look
        there = wordings(desk.content, desk.language)
        wording = there[desk.place] if desk.place < len(there) else None
        found = [("danger", look.text(trouble)) for trouble in rendered.troubles]
        if wording is not None:
            wrong = unclosed(wording.text)
            if wrong:
                found.append(("warn", look.text("playbook.unclosed", place=isolated(wrong))))
        if rendered.empty:
            names = [each.label for each in rendered.empty]
            found.append(("info", look.text("playbook.asks_for", names=list(dict.fromkeys(names)))))
        if wording is not None and not wording.is_long:
            names = [network_name(account.network) for account in self.texts.too_long_for(rendered.text)]
            if names:
                found.append(("warn", look.text("playbook.too_long", networks=list(dict.fromkeys(names)))))
        found += [("warn", sentence) for sentence in self._picture_checks()]
        said = self._face.services.playbook.style(rendered.text, desk.language) if rendered.text else ()
        found += [("warn", look.text(complaint)) for complaint in said]
        if state_of(desk.content, desk.language) is LanguageState.OLDER:
            main = language_name(look, desk.content.main_language)
            found.append(("warn", look.words.title("playbook.state_older", main=main)))
        return found

    def _picture_checks(self) -> list[str]:
        """Pictures without a description, and more of them than a network takes."""
        look, pictures = self._look, self._desk.content.pictures
        bare = [look.number(place + 1) for place, picture in enumerate(pictures) if not picture.alt.strip()]
        found = [look.text("playbook.pictures_bare", n=len(bare), numbers=bare)] if bare else []
        rooms = {
            network_name(account.network): self._face.services.posts.limits(account.id).pictures
            for account in (self._desk.listing.accounts if pictures else ())
        }
        full = [name for name, room in rooms.items() if len(pictures) > room]
        if full:
            found.append(look.text("playbook.pictures_too_many", networks=full))
        return found

    # ---- drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if pictures_in(event.mimeData()) is not None and not self._face.services.data.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = pictures_in(event.mimeData())
        if found is not None:
            event.acceptProposedAction()
            self.pictures.take_in(found)

    # ---- acts

    def _another(self) -> None:
        self._person += 1
        self._show_preview()

    def _choose_tab(self, key: str) -> None:
        self._shows_figures = key == FIGURES
        if key != FIGURES:
            self._desk.show_language(key)
        else:
            self._show_tabs()
        self.figures_wanted.emit(self._shows_figures)

    def _add_language(self, code: str) -> None:
        desk = self._desk
        desk.language, desk.place = code, 0
        self._shows_figures = False
        desk.edit(with_title(desk.content, code, ""))
        self.texts.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _titled(self, text: str) -> None:
        self._desk.edit(with_title(self._desk.content, self._desk.language, text))

    def _ask_category(self) -> None:
        look = self._look
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, each in look.categories(self._desk.content.category):
            hue, icon = look.theme.category(each)
            action = menu.addAction(look.icons.icon(icon, look.theme.hue(hue, "text")), menu_text(name))
            action.triggered.connect(lambda _on=False, each=each: self._categorize(Category(each)))
        menu.popup(self.category.mapToGlobal(QPoint(0, self.category.height())))

    def _categorize(self, category: Category) -> None:
        self._desk.edit(replace(self._desk.content, category=category))

    def _ask_more(self) -> None:
        desk, look = self._desk, self._look
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in ("playbook.duplicate", "playbook.versions", "playbook.remove"):
            menu.addAction(self._face.actions.action(command))
        if not self._face.services.data.read_only:
            menu.addSeparator()
            name = language_name(look, desk.language)
            if desk.language != desk.content.main_language:
                make = menu.addAction(look.text("playbook.make_main", language=name))
                make.triggered.connect(lambda: desk.edit(replace(desk.content, main_language=desk.language)))
            if len(desk.content.languages) > 1:
                away = menu.addAction(look.text("playbook.remove_language", language=name))
                away.triggered.connect(self._remove_language)
            if desk.unsaved:
                menu.addAction(look.text("playbook.throw_away")).triggered.connect(desk.throw_away)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _remove_language(self) -> None:
        desk = self._desk
        content = without_language(desk.content, desk.language)
        desk.language, desk.place = content.main_language, 0
        desk.edit(content)
