"""Settings, Links and clicks: who makes links short, with its token and a trial; and what is added to each link, with an example."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.tracked_link import Quota, Trial
from app.runtime.errors import AppError, UserMistake
from app.runtime.settings import Group, Links, Setting
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.safe_text import one_line
from app.ui.settings.editors import Chosen, Editor
from app.ui.settings.form import Form
from app.ui.settings.sections import LINKS, SECTIONS
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card, Line
from app.ui.widgets.text import Label, SectionLabel

SHORTENER, SERVER, DOMAIN, PATTERN, FAILING = "links.shortener", "links.server", "links.domain", "links.pattern", "links.failing"
NONE, SHLINK = "none", "shlink"


class LinksPane(Form):
    """Rows that the chosen shortener does not know are hidden; the token goes to the keyring and is never shown again."""

    def __init__(self, face: PageFace) -> None:
        self._face = face
        self._trying = False
        section = next(each for each in SECTIONS if each.id == LINKS)
        super().__init__(face.look, face.services.settings, section, read_only=face.services.data.read_only)
        look, px = face.look, face.look.theme.px
        self.token = TokenRow(face, self._save_token, self.try_it)
        self.rows.insertWidget(self.rows.indexOf(self.row(DOMAIN)) + 1, self.token)
        pattern = self.rows.indexOf(self.row(PATTERN))
        self.rows.insertSpacing(pattern, px(12))
        self.rows.insertWidget(pattern + 1, Line(look))
        self.rows.insertSpacing(pattern + 2, px(14))
        self.rows.insertWidget(pattern + 3, SectionLabel(look, look.text("settings.links.added")))
        self.example = Example(face)
        self.rows.insertWidget(pattern + 5, self.example)
        self.rows.insertSpacing(pattern + 5, px(4))
        self._fit()

    def read(self) -> None:
        """Ask whether there is a token, and show what a link looks like."""
        self.example.show_pattern(self._face.services.settings.get(Links).pattern)
        self._face.actions.start("settings: links", self._read())

    async def _read(self) -> None:
        try:
            self.token.show_kept(await self._face.services.tracked_links.has_token())
        except AppError as error:
            self.token.tell("warn", self._look.text(error.message))

    def keep(self, group: type[Group], setting: Setting, value: object) -> None:
        """A pattern that cannot be used is refused beside its row."""
        if setting.key == PATTERN:
            wrong, _ = self._face.services.tracked_links.complaint(str(value))
            self.example.show_pattern(str(value))
            if wrong is not None:
                self.row(PATTERN).complain(self._look.text(wrong))
                return
        super().keep(group, setting, value)

    def show_changed(self, keys: frozenset[str]) -> None:
        super().show_changed(keys)
        if any(key.startswith("links.") for key in keys):
            self._fit()
            if keys & {SHORTENER, SERVER, DOMAIN}:
                self.token.begin()
                self.read()

    def _editor(self, setting: Setting, value: object, chosen: Chosen) -> Editor:
        if setting.key == PATTERN:
            return PatternEditor(self._look, setting, value, chosen, self._typed)
        return super()._editor(setting, value, chosen)

    def _typed(self, pattern: str) -> None:
        """The example follows each key."""
        wrong, _ = self._face.services.tracked_links.complaint(pattern)
        self.row(PATTERN).complain(self._look.text(wrong) if wrong is not None else "")
        self.example.show_pattern(pattern)

    def try_it(self) -> None:
        """Ask the shortener; what it said stands below the button."""
        if not self._trying:
            self._trying = True
            self.token.wait(True)
            self._face.actions.start("settings: try the shortener", self._try())

    async def _try(self) -> None:
        try:
            trial = await self._face.services.tracked_links.try_it()
        except AppError as error:
            trial = Trial(error.message)
        finally:
            self._trying = False
            self.token.wait(False)
        self.token.show_trial(trial, self._face.services.tracked_links.shortener_name)

    def _save_token(self, token: str) -> None:
        self._face.actions.start("settings: shortener's token", self._keep_token(token))

    async def _keep_token(self, token: str) -> None:
        try:
            await self._face.services.tracked_links.set_token(token)
        except UserMistake as mistake:
            self.token.tell("danger", self._look.text(mistake.message))
            return
        except AppError as error:
            self.token.tell("warn", self._look.text(error.message))
            return
        self.token.show_kept(bool(token.strip()))
        if token.strip():
            self.try_it()

    def _fit(self) -> None:
        shortener = self._face.services.settings.get(Links).shortener
        self.row(SERVER).setVisible(shortener == SHLINK)
        self.row(DOMAIN).setVisible(shortener != NONE)
        self.row(FAILING).setVisible(shortener != NONE)
        self.token.setVisible(shortener != NONE)


class PatternEditor:
    """A line over the whole width."""

    below = True

    def __init__(
        self, look: Look, setting: Setting, value: object, chosen: Chosen, typed: Callable[[str], None]
    ) -> None:
        self._line = LineField(look, look.text(setting.title_id), str(value))
        self._line.setMaxLength(setting.high)
        self.widget: QWidget = self._line
        self._line.textEdited.connect(lambda text: typed(text.strip()))
        self._line.editingFinished.connect(lambda: chosen(self._line.text().strip()))

    def show_value(self, value: object) -> None:
        if not self._line.hasFocus():
            self._line.setText(str(value))


class TokenRow(QWidget):
    """The token to type, whether there is one, and what a trial said."""

    def __init__(self, face: PageFace, save: Callable[[str], None], try_it: Callable[[], None], words: str = "links") -> None:
        """`words` is the part of its message ids that names the section."""
        super().__init__()
        look = self._look = face.look
        self._save = save
        self._words = words
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(7), 0, px(7))
        column.setSpacing(px(4))
        column.addWidget(Label(look, look.text(f"settings.{words}.token"), "body"))
        column.addWidget(Label(look, look.text(f"settings.{words}.token.help"), "caption", "text.tertiary", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.line = LineField(
            look, look.text(f"settings.{words}.token"), placeholder=look.text(f"settings.{words}.token.placeholder")
        )
        self.line.setEchoMode(LineField.EchoMode.Password)
        self.line.returnPressed.connect(self._give)
        row.addWidget(self.line, 1)
        self.keep = Button(look, look.text(f"settings.{words}.token.keep"), clicked=self._give)
        row.addWidget(self.keep)
        self.forget = Button(
            look, look.text(f"settings.{words}.token.forget"), kind="flat", clicked=lambda: self._save("")
        )
        self.forget.hide()
        row.addWidget(self.forget)
        self.attempt = Button(look, look.text(f"settings.{words}.try"), clicked=try_it)
        row.addWidget(self.attempt)
        nest(column, row)
        self._said = QWidget()
        told = QHBoxLayout(self._said)
        told.setContentsMargins(0, px(2), 0, 0)
        told.setSpacing(px(6))
        self._spots = {
            level: IconSpot(look, icon, f"status.{level}.text", 13)
            for level, icon in (
                ("success", "check-circle-fill"),
                ("warn", "warning-circle-fill"),
                ("danger", "warning-circle-fill"),
            )
        }
        for spot in self._spots.values():
            told.addWidget(spot, 0, Qt.AlignmentFlag.AlignTop)
        self.said = Label(look, "", "caption", "text.secondary", wrap=True)
        told.addWidget(self.said, 1)
        column.addWidget(self._said)
        self._said.hide()
        for each in (self.line, self.keep, self.forget, self.attempt):
            each.setEnabled(not face.services.data.read_only)

    def begin(self) -> None:
        """Another shortener: nothing is known of it yet."""
        self.line.clear()
        self._said.hide()

    def show_kept(self, kept: bool) -> None:
        self.line.clear()
        self.line.setPlaceholderText(
            self._look.text(f"settings.{self._words}.token.kept" if kept else f"settings.{self._words}.token.placeholder")
        )
        self.forget.setVisible(kept)
        self.attempt.setEnabled(kept)

    def wait(self, waiting: bool) -> None:
        self.attempt.setEnabled(not waiting)
        self.attempt.setText(self._look.text(f"settings.{self._words}.trying" if waiting else f"settings.{self._words}.try"))

    def show_trial(self, trial: Trial, name: str) -> None:
        look = self._look
        if trial.trouble is not None:
            self.tell("warn", look.text(trial.trouble))
            return
        said = [look.text("settings.links.works", name=name, domain=one_line(trial.domain))]
        said.append(self._quota(trial.quota, trial.made, name))
        self.tell("success", " ".join(said))

    def tell(self, level: str, sentence: str) -> None:
        for name, spot in self._spots.items():
            spot.setVisible(name == level)
        self.said.setText(sentence)
        self._said.show()

    def _give(self) -> None:
        if self.line.text().strip():
            self._save(self.line.text())

    def _quota(self, quota: Quota, made: int, name: str) -> str:
        look = self._look
        if quota.limit is not None and quota.used is not None:
            return look.text("settings.links.quota", used=quota.used, limit=quota.limit)
        return look.text("settings.links.made", n=made, name=name)


class Example(Card):
    """A link as the pattern makes it."""

    def __init__(self, face: PageFace) -> None:
        super().__init__(face.look, "sunken")
        self._face = face
        look, px = face.look, face.look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(3))
        column.addWidget(Label(look, look.text("settings.links.example"), "caption", "text.tertiary"))
        self.link = Label(look, "", "small", wrap=True, selectable=True)
        column.addWidget(self.link)
        self.advice = Label(look, "", "caption", "status.warn.text", wrap=True)
        column.addWidget(self.advice)
        self.advice.hide()

    def show_pattern(self, pattern: str) -> None:
        service = self._face.services.tracked_links
        wrong, thought = service.complaint(pattern)
        if wrong is None:
            # Without a blank nothing breaks the line: it may break where a parameter begins.
            self.link.setText(service.example(pattern).replace("?", "?\u200b").replace("&", "&\u200b"))
        self.advice.setText(self._look.text(thought) if thought is not None else "")
        self.advice.setVisible(thought is not None)
