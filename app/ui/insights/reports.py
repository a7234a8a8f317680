"""Telling others: the menu, the card and the sheet that take the figures out as a report, pictures, tables or a letter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.models.report import LANGUAGES, Form, ReportWanted, addresses
from app.runtime.errors import UserMistake
from app.runtime.settings import Reports as ReportSettings
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Card
from app.ui.widgets.text import Label

Kind = Literal["pdf", "html", "all", "pictures", "mail"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FOLDERS: tuple[Kind, ...] = ("all", "pictures")
MENU = ("insights.report", "insights.pictures", "insights.export")
Then = Callable[[Kind, str, str], object]


def report_menu(face: PageFace, host: QWidget) -> QMenu:
    """All ways out of the page."""
    menu = QMenu(host)
    for command in MENU:
        menu.addAction(face.actions.action(command))
    menu.addSeparator()
    menu.addAction(face.text("report.faq_page")).triggered.connect(lambda _checked=False: face.window.show_page("faq"))
    menu.addAction(face.actions.action("reports.settings"))
    return menu


class StoryCard(Card):
    """ "Tell the story": what others can be given."""

    def __init__(self, face: PageFace) -> None:
        look, px = face.look, face.theme.px
        super().__init__(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        column.addWidget(Label(look, face.text("report.tell"), "title"))
        grid = QGridLayout()
        grid.setSpacing(px(8))
        self.buttons = {
            "report": Button(
                look, face.text("report.button"), icon="file-pdf", clicked=lambda: face.actions.run("insights.report")
            ),
            "pictures": Button(
                look, face.text("report.pictures"), icon="image", clicked=lambda: face.actions.run("insights.pictures")
            ),
            "tables": Button(
                look, face.text("report.tables"), icon="export", clicked=lambda: face.actions.run("insights.export")
            ),
            "faq": Button(
                look, face.text("report.faq_page"), icon="question", clicked=lambda: face.window.show_page("faq")
            ),
        }
        for place, button in enumerate(self.buttons.values()):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, place // 2, place % 2)
        nest(column, grid)
        column.addWidget(Label(look, face.text("report.tell_said"), "small", "text.secondary", wrap=True))
        column.addStretch(1)


class ReportSheet(Sheet):
    """What, in which language, and for letters to whom; `then` hears it."""

    def __init__(self, face: PageFace, host: QWidget, days: str, kind: Kind, then: Then) -> None:
        look, text = face.look, face.text
        super().__init__(look, host, text("report.sheet_title"), width=560)
        self._face = face
        self._then = then
        self.body.addWidget(Label(look, days, "small", "text.secondary", wrap=True))
        self.kinds = Segmented(look, text("report.kind"), [(text(f"report.kind.{each}"), None) for each in KINDS])
        self.kinds.choose(KINDS.index(kind))
        self.kinds.chosen.connect(lambda _place: self._settle())
        self.body.addWidget(self.kinds)
        self.said = Label(look, "", "small", "text.secondary", wrap=True)
        self.body.addWidget(self.said)
        self.body.addWidget(Label(look, text("report.language"), "bodyStrong"))
        chosen = face.services.settings.get(ReportSettings)
        own = face.words.language
        self.language = Select(
            look, text("report.language"), [(text(f"report.language.{each}"), each) for each in LANGUAGES]
        )
        self.language.choose(own if chosen.language == "shop" else chosen.language)
        self.body.addWidget(self.language)
        self.mail = Field(look, text("report.mail_to"), chosen.mail, placeholder="ana@example.com, luis@example.com")
        self.body.addWidget(self.mail)
        self.go = Button(look, "", kind="primary", key="Return", clicked=self.take)
        self.mail.line.returnPressed.connect(self.take)
        self.offer(self.go)
        self._settle()

    @property
    def kind(self) -> Kind:
        return KINDS[self.kinds.index]

    def take(self) -> None:
        """Hand over what is wanted; what is wrong with the addresses is said beside them."""
        if self.kind == "mail":
            try:
                self._face.services.reports.check(self.mail.text)
            except UserMistake as mistake:
                self.mail.complain(self._look.text(mistake.message))
                return
            if not addresses(self.mail.text):
                self.mail.complain(self._look.text("report.nobody"))
                return
        self.close_now()
        self._then(self.kind, str(self.language.currentData()), self.mail.text)

    def _settle(self) -> None:
        self.said.setText(self._look.text(f"report.kind.{self.kind}.said"))
        self.mail.setVisible(self.kind == "mail")
        self.go.setText(self._look.text("report.send" if self.kind == "mail" else "report.choose"))


class Reporting:
    """Asks what and where to; the report is made while the window goes on."""

    def __init__(self, face: PageFace, page: QWidget, wanted: Callable[[], ReportWanted]) -> None:
        """`wanted` tells which days and accounts the page shows."""
        self._face = face
        self._page = page
        self._wanted = wanted

    def ask(self, kind: str = "pdf") -> None:
        face, wanted = self._face, self._wanted()
        days, beside = (face.words.range(each.first, each.last) for each in (wanted.period, wanted.compared))
        told = face.text("insights.days_beside", n=wanted.period.days, days=days, beside=beside)
        chosen: Kind = next((each for each in KINDS if each == kind), "pdf")
        face.window.open_sheet(ReportSheet(face, self._page.window(), told, chosen, partial(self._go, wanted)))

    def _go(self, wanted: ReportWanted, kind: Kind, language: str, mail: str) -> None:
        wanted = wanted._replace(language=language)
        if kind == "mail":
            self.send(wanted, mail)
            return
        face = self._face
        title = face.text("report.sheet_title")
        dialog = QFileDialog(
            self._page.window(), title, "", "" if kind in FOLDERS else f"{face.text(f'report.kind.{kind}')} (*.{kind})"
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if kind in FOLDERS:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(kind)
            name = face.text("report.title", n=wanted.period.days)
            dialog.selectFile(f"{name} {wanted.period.last.isoformat()}.{kind}")
        dialog.fileSelected.connect(lambda path: self.write(Path(path), kind, wanted))
        dialog.open()

    def write(self, path: Path, kind: Kind, wanted: ReportWanted) -> None:
        """There."""
        face, reports = self._face, self._face.services.reports

        async def write() -> None:
            face.notices.say(message("report.being_made"))
            if kind in FOLDERS:
                made = await (reports.save_all if kind == "all" else reports.save_pictures)(path, wanted)
                face.notices.say(message("insights.saved", n=len(made), folder=str(path)), level="ok")
            else:
                target = path if path.suffix.casefold() == f".{kind}" else path.with_name(f"{path.name}.{kind}")
                face.notices.say(message("report.saved", file=(await reports.save(target, wanted)).name), level="ok")

        face.actions.start("insights: report", write())

    def send(self, wanted: ReportWanted, mail: str) -> None:
        """A letter to each."""
        face = self._face

        async def send() -> None:
            face.notices.say(message("report.being_made"))
            many = await face.services.reports.send(wanted, addresses(mail), (Form.PDF,))
            face.notices.say(message("report.sent", n=many), level="ok")

        face.actions.start("insights: report", send())
