"""The sheet that takes the plan out: as what, which days; then the system asks for the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.models.plan import Layout, PlanRequest
from app.runtime.words import message
from app.ui.calendar.days import DAY, days_of, turned
from app.ui.calendar.desk import Desk
from app.ui.calendar.filters import filter_words
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.painting.plan_pdf import plan_pdf
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

Kind = Literal["ics", "csv", "pdf"]
KINDS: tuple[Kind, ...] = ("ics", "csv", "pdf")
LAYOUTS: tuple[Layout, ...] = ("month", "list")
Span = Literal["shown", "month", "next_month", "four_weeks", "year"]
SPANS: tuple[Span, ...] = ("shown", "month", "next_month", "four_weeks", "year")
UNFIT = {ord(sign): " " for sign in '/\\:*?"<>|'}


class ExportSheet(Sheet):
    """Nothing is written before the file is chosen."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        desk: Desk,
        kind: Kind,
        filtered: str,
        then: Callable[[Kind, Layout, PlanRequest, str], object],
    ) -> None:
        """`filtered` names the filters that hold; `then` hears what is wanted."""
        look = face.look
        super().__init__(look, host, look.text("plan.export_title"), width=520)
        self._desk = desk
        self._filtered = filtered
        self._then = then
        self.kinds = Segmented(look, look.text("plan.kind"), [(look.text(f"plan.kind.{each}"), None) for each in KINDS])
        self.kinds.choose(KINDS.index(kind))
        self.kinds.chosen.connect(lambda _index: self._settle())
        self.body.addWidget(self.kinds)
        self.said = Label(look, "", "small", "text.secondary", wrap=True)
        self.body.addWidget(self.said)
        self.days = Select(look, look.text("plan.days"), [(self._span_words(each), each) for each in SPANS])
        self.body.addWidget(Label(look, look.text("plan.days"), "bodyStrong"))
        self.body.addWidget(self.days)
        self.layouts = Segmented(
            look, look.text("plan.layout"), [(look.text(f"plan.layout.{each}"), None) for each in LAYOUTS]
        )
        self.layouts.choose(LAYOUTS.index("month" if desk.shown.view == "month" else "list"))
        self.body.addWidget(self.layouts)
        self.narrowed = CheckBox(look, look.text("plan.filtered", filters=filtered), checked=True)
        self.narrowed.setVisible(bool(filtered))
        self.body.addWidget(self.narrowed)
        self.foot.addStretch(1)
        self.go = Button(look, look.text("plan.choose_file"), key="Return", kind="primary", clicked=self.take)
        self.foot.addWidget(self.go)
        self._settle()

    @property
    def kind(self) -> Kind:
        return KINDS[self.kinds.index]

    def take(self) -> None:
        """Hand over what is wanted."""
        first, last = span_of(self._desk, self.days.currentData() or "shown")
        narrowed = bool(self._filtered) and self.narrowed.isChecked()
        lets = self._desk.filters.lets if narrowed else None
        self.close_now()
        self._then(
            self.kind,
            LAYOUTS[self.layouts.index],
            PlanRequest(first, last, lets),
            self._filtered if narrowed else "",
        )

    def _settle(self) -> None:
        self.said.setText(self._look.text(f"plan.kind.{self.kind}.said"))
        self.layouts.setVisible(self.kind == "pdf")

    def _span_words(self, span: Span) -> str:
        first, last = span_of(self._desk, span)
        return f"{self._look.text(f'plan.span.{span}')} · {self._look.words.range(first, last)}"


def span_of(desk: Desk, span: Span) -> tuple[date, date]:
    """First and last day."""
    shown, today = desk.shown, desk.today
    if span == "month":
        begins = shown.anchor.replace(day=1)
        return begins, turned("month", begins, 1) - DAY
    if span == "next_month":
        begins = turned("month", shown.anchor.replace(day=1), 1)
        return begins, turned("month", begins, 1) - DAY
    if span == "four_weeks":
        days = days_of("agenda", today, desk.first_weekday)
        return days[0], days[-1]
    if span == "year":
        return today, today + 364 * DAY
    return shown.days[0], shown.days[-1]


class Exporting:
    """Asks what and where to, and writes it behind the window's back."""

    def __init__(self, face: PageFace, desk: Desk, page: QWidget) -> None:
        self._face = face
        self._desk = desk
        self._page = page

    def ask(self, kind: Kind = "ics") -> None:
        filtered = filter_words(self._face, self._desk)
        sheet = ExportSheet(self._face, self._page.window(), self._desk, kind, filtered, self._choose_file)
        self._face.window.open_sheet(sheet)

    def _choose_file(self, kind: Kind, layout: Layout, wanted: PlanRequest, filtered: str) -> None:
        """The system's dialog; it calls back and does not stop the window."""
        face = self._face
        title = face.text("plan.export_title")
        dialog = QFileDialog(self._page.window(), title, "", f"{face.text(f'plan.kind.{kind}')} (*.{kind})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"{file_name(face, wanted)}.{kind}")
        dialog.fileSelected.connect(lambda name: self.write(Path(name), kind, layout, wanted, filtered))
        dialog.open()

    def write(self, path: Path, kind: Kind, layout: Layout, wanted: PlanRequest, filtered: str = "") -> None:
        """There, with the ending of its kind."""
        face = self._face
        target = path if path.suffix.casefold() == f".{kind}" else path.with_name(f"{path.name}.{kind}")

        async def write() -> None:
            export = face.services.plan_export
            if kind == "pdf":
                paper = await export.paper(wanted, layout, self._desk.first_weekday, filtered)
                await export.save(target, plan_pdf(face.look, paper))
                many = len(paper.plan.posts)
            else:
                _, many = await export.export(target, wanted)
            face.notices.say(message("plan.exported", n=many, file=target.name), level="ok")

        face.actions.start("calendar: export", write())


def file_name(face: PageFace, wanted: PlanRequest) -> str:
    """ "Plan 2026-11-16 2026-11-22"."""
    name = face.text("plan.file_name", first=wanted.first.isoformat(), last=wanted.last.isoformat())
    return " ".join(name.translate(UNFIT).split())
