"""The Audience tab: growth by account, who writes, what weight they have, and what customers speak of, with lists for newsletter and purchasing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.commands.services import Queries
from app.models.audience import Audience, Reach, Writer, Writers
from app.models.insight import Note, Scope
from app.models.interest import Interest, Kind, Reader, Term
from app.models.span_memory import SpanMemory
from app.runtime.words import message
from app.ui.charts.chart import Chart, Table
from app.ui.charts.column_chart import Column, ColumnChart
from app.ui.charts.line_chart import LineChart, Series
from app.ui.insights.audience_columns import (
    growth_columns,
    interest_columns,
    interest_name,
    language_name,
    reach_columns,
    signed,
    writer_columns,
)
from app.ui.insights.audience_lists import newsletter, purchasing
from app.ui.insights.cards import TitledCard
from app.ui.insights.cases_sheet import MOST, open_cases
from app.ui.insights.column_list import ColumnList
from app.ui.insights.days_sheet import DaysSheet
from app.ui.insights.fact_card import FactCard
from app.ui.insights.menus import drop
from app.ui.insights.tab import Tab, spans_of
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.page import FooterKey, PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text import Label

NARROW = 1100
FACTS = ("people", "new", "returning", "wrote")
SHOWN = 15
MOST_BARS = 8
HINTS = (FooterKey(("Return",), "support.hint_behind"), FooterKey(("Delete",), "support.hint_put_away"))
KINDS: tuple[Kind | None, ...] = (None, *Kind)


class Found(NamedTuple):
    """What was read, and what explains it."""

    audience: Audience
    notes: list[Note]
    scope: Scope


class AudienceTab(Tab):
    """Enter opens what is behind a row; Delete puts a name away that is no interest."""

    TABLES = ("sample", "message", "message_term", "message_tag", "product_term", "customer", "identity", "outbox", "conversation", "tag")
    READS_AHEAD = True

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.found: Found | None = None
        self._memory = SpanMemory()
        look, text = face.look, face.text

        def count(value: float) -> str:
            return look.number(round(value))

        self.cards = {name: FactCard(look, text(f"audience.{name}")) for name in FACTS}
        self.gains = LineChart(look, text("audience.gained"), lambda value: signed(look, value))
        self.growth = ColumnList(face, text("audience.growth"), growth_columns(look))
        self.growth.activated_row.connect(self._open_growth)
        self.languages = ColumnChart(look, text("audience.languages"), count, text("audience.language"), 130)
        self.networks = ColumnChart(look, text("audience.networks"), count, text("insights.network"), 130)
        self.top = ColumnList(face, text("audience.top"), writer_columns(look))
        self.top.activated_row.connect(self._open_writer)
        for card in self.cards.values():
            card.opened.connect(lambda: self.top.setFocus(Qt.FocusReason.OtherFocusReason))
        self.reach = ColumnList(face, text("audience.reach"), reach_columns(look))
        self.reach.activated_row.connect(self._open_reach)
        self.interests = ColumnList(face, text("audience.interests"), interest_columns(look))
        self.interests.activated_row.connect(self._open_interest)
        self.interests.setProperty("ownKeys", [*(self.interests.property("ownKeys") or ()), "Delete", "Backspace"])
        self.interests.installEventFilter(self)
        self.kind = Segmented(look, text("audience.kinds"), [(text(f"audience.kind.{kind or 'all'}"), None) for kind in KINDS])
        self.kind.chosen.connect(lambda _place: self._show_interests())
        self.purchasing = Button(look, text("audience.purchasing"), size="small", clicked=lambda: face.actions.run("insights.purchasing"))
        self.newsletter = Button(look, text("audience.newsletter"), size="small", clicked=lambda: face.actions.run("insights.newsletter"))
        self.away = Button(look, text("audience.away"), size="small", menu_arrow=True, clicked=lambda: face.actions.run("insights.put_back"))
        self._build()

    def _build(self) -> None:
        look, text, px = self._face.look, self._face.text, self._face.theme.px

        def small(words: str = "") -> Label:
            return Label(look, words, "caption", "text.secondary", wrap=True)

        self.consent, self.no_names, self.nothing = small(), small(text("audience.no_names")), small(text("audience.no_interests"))
        contents: dict[str, tuple[QWidget, ...]] = {
            "gained": (self.gains,),
            "growth": (self.growth.heads(), self.growth, small(text("audience.growth_note"))),
            "languages": (self.languages,),
            "networks": (self.networks,),
            "top": (self.top.heads(), self.top, small(text("audience.points_formula"))),
            "reach": (self.reach.heads(), self.reach, small(text("audience.reach_formula"))),
            "interests": (self.interests.heads(), self.interests, self.nothing, self.no_names, self.consent),
        }
        self.titled = {name: TitledCard(look, text(f"audience.{name}"), _stacked(*each)) for name, each in contents.items()}
        for widget in (self.kind, self.away, self.purchasing, self.newsletter):
            self.titled["interests"].add_control(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        grid = QGridLayout()
        grid.setSpacing(px(12))
        for place, card in enumerate(self.cards.values()):
            grid.addWidget(card, 0, place)
            grid.setColumnStretch(place, 1)
        nest(column, grid)
        self._column = column
        self._narrow: bool | None = None

    # ---- Tab

    def ask(self, queries: Queries, scope: Scope) -> Found:
        return Found(queries.audience(scope, self._memory), self.notes(queries, scope), scope)

    def forget(self) -> None:
        self._memory.forget()

    def show_found(self, found: Any) -> None:
        self.found = found
        audience: Audience = found.audience
        look, text = self._face.look, self._face.text
        self._show_facts(audience)
        lines = [Series(f"{network_name(each.network)} {each.handle}", each.series) for each in audience.growth if each.days]
        self.gains.show_lines(lines, audience.period.each(), spans_of(found.notes))
        self.growth.show_rows(audience.growth)
        writers = audience.writers
        self.languages.show_bins(_bars(look, [(language_name(look, code) or text("audience.unknown"), many) for code, many in writers.languages]), None)
        self.networks.show_bins(_bars(look, [(network_name(name), many) for name, many in writers.networks]), None)
        self.top.show_rows(audience.top)
        self.titled["top"].tell("" if audience.top else text("audience.nobody"))
        self.reach.show_rows(audience.reach)
        self._show_interests()
        self.no_names.setVisible(not audience.names_known)
        self.consent.setText(text("audience.consent", n=audience.readers, known=look.number(audience.with_email)))
        self.newsletter.setEnabled(audience.readers > 0)
        self.purchasing.setEnabled(bool(audience.interests))

    def _show_facts(self, audience: Audience) -> None:
        look, text = self._face.look, self._face.text
        writers = audience.writers
        rests = text("audience.n_messages", n=writers.messages)
        self._show_people("people", writers.people, writers.before, rests)
        self._show_people("new", writers.new, writers.new_before, text("audience.new_about"))
        returning = None if writers.before is None or writers.new_before is None else writers.before - writers.new_before
        self._show_people("returning", writers.returning, returning, text("audience.returning_about"))
        known = [each for each in audience.reach if each.followers]
        wrote, followers = sum(each.wrote for each in known), sum(each.followers or 0 for each in known)
        share = look.words.percent(wrote / followers, 1) if followers and wrote <= followers else text("insights.nothing")
        below = text("audience.wrote_of", wrote=look.number(wrote), followers=look.number(followers)) if followers else text("insights.not_measured")
        self.cards["wrote"].show_fact(text("audience.at_most", share=share) if followers and wrote <= followers else share, below, text("audience.wrote_about"))

    def _show_people(self, name: str, now: int, before: int | None, rests: str) -> None:
        look, text = self._face.look, self._face.text
        change, direction = "", 0
        if before:
            amount = (now - before) / before
            direction = (amount > 0) - (amount < 0)
            change = {1: "+", 0: "±", -1: "\u2212"}[direction] + look.words.percent(abs(amount), 0)
        below = text("support.not_compared") if before is None else text("insights.was", figure=look.number(before))
        self.cards[name].show_fact(look.number(now), below, rests, change=change, direction=direction)

    def _show_interests(self) -> None:
        rows = self._of_kind()
        self.interests.show_rows(rows[:SHOWN])
        self.nothing.setVisible(not rows)

    def _of_kind(self) -> list[Interest]:
        wanted = KINDS[self.kind.index]
        found = self.found.audience.interests if self.found is not None else ()
        return [row for row in found if wanted is None or row.kind is wanted]

    def stops(self) -> Sequence[QWidget]:
        return [self.cards["people"], self.gains, self.growth, self.languages, self.top, self.reach, self.interests]

    def tables(self) -> Sequence[Table]:
        if self.found is None:
            return ()
        audience = self.found.audience
        text, number = self._face.text, self._face.look.number
        writers: Writers = audience.writers
        nothing = text("insights.nothing")
        before = (writers.before, writers.new_before)
        people = Table(
            text("audience.who_writes"),
            (text("insights.figure"), text("insights.this_period"), text("insights.before")),
            tuple(
                (text(f"audience.{name}"), number(now), nothing if then is None else number(then))
                for name, now, then in zip(("people", "new"), (writers.people, writers.new), before, strict=True)
            ),
        )
        charts = (self.gains, self.languages, self.networks)
        lists = (self.growth.table(), self.top.table(), self.reach.table(), self.interests.table(audience.interests))
        return [people, *(chart.table() for chart in charts), *lists]

    def charts(self) -> Sequence[Chart]:
        return [self.gains, self.languages, self.networks]

    def footer_keys(self) -> Sequence[FooterKey]:
        return HINTS

    def perform(self, verb: str, **values: object) -> Any:
        done: dict[str, Callable[[], object]] = {"put_away": self.put_away, "put_back": self.put_back, "list": lambda: self._ask_folder(str(values.get("which")))}
        if verb not in done:
            return super().perform(verb, **values)
        done[verb]()
        return True

    # ---- what is behind

    def _open_writer(self, place: int) -> None:
        writer: Writer = self.top.rows[place]
        self._face.window.show_page("inbox", conversation=writer.conversation_id)

    def _open_growth(self, place: int) -> None:
        """The days on which it was measured."""
        if self.found is not None:
            face = self._face
            face.window.open_sheet(DaysSheet(face, self.window(), self.growth.rows[place], self.found.audience.period))

    def _open_reach(self, place: int) -> None:
        """The posts that were carried so far."""
        row: Reach = self.reach.rows[place]
        self._face.window.show_page("insights", tab="posts", account=row.account_id)

    def _open_interest(self, place: int) -> None:
        if self.found is None:
            return
        row: Interest = self.interests.rows[place]
        scope, face = self.found.scope, self._face
        name = interest_name(face.look, row)

        def show(numbers: Sequence[int]) -> None:
            open_cases(face, self.window(), name, numbers, {})

        face.services.reads.later(lambda queries: queries.interest_conversations(scope, row.kind, row.term, MOST), show)

    def put_away(self) -> None:
        """The chosen name is a common word: it is looked for no more, until that is taken back."""
        row: Interest | None = self.interests.current
        if row is None or row.kind is Kind.TAG or self._face.services.data.read_only:
            return
        term = Term(row.kind, row.term, row.name)
        face = self._face

        async def away() -> None:
            await face.services.interests.put_away(term)
            face.notices.say(message("audience.put_away", name=row.name), undo=True)

        face.actions.start("insights: no interest", away())

    def put_back(self) -> None:
        """A menu of the names that were put away: the one that is chosen counts again."""
        face, below = self._face, self.away

        def show(terms: Sequence[Term]) -> None:
            menu = QMenu(self)
            for term in terms:
                menu.addAction(isolated(term.name)).triggered.connect(partial(_count_again, face, term))
            if not terms:
                menu.addAction(face.text("audience.none_away")).setEnabled(False)
            drop(below, menu)

        face.services.reads.later(lambda queries: queries.interests_put_away(), show)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Delete on the list of interests."""
        pressed = watched is self.interests and event.type() == event.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._face.actions.run("insights.put_away")
            return True
        return super().eventFilter(watched, event)

    # ---- lists

    def _ask_folder(self, which: str) -> None:
        """The dialog calls back and does not stop the window."""
        dialog = QFileDialog(self.window(), self._face.text(f"audience.{which}_folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self.save_list(which, Path(folder)))
        dialog.open()

    def save_list(self, which: str, folder: Path) -> None:
        """A CSV in a folder: what is wanted, without anybody's name; or who wants the newsletter, with what they spoke of."""
        if self.found is None:
            return
        found, face = self.found, self._face
        if which == "purchasing":
            _save(face, folder, purchasing(self.interests, found.audience.interests, face.text("audience.purchasing_file")))
            return

        def save(readers: Sequence[Reader]) -> None:
            _save(face, folder, newsletter(face.look, readers))

        face.services.reads.later(lambda queries: queries.newsletter_readers(found.scope), save)

    # ---- layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.room() < self._face.theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out(narrow=narrow)

    def _lay_out(self, *, narrow: bool) -> None:
        while self._column.count() > 1:
            item = self._column.takeAt(1)
            row = item.layout() if item is not None else None
            while row is not None and row.takeAt(0) is not None:
                pass
        cards = self.titled
        wide = [["gained", "growth"], ["languages", "networks"], ["top", "reach"], ["interests"]]
        one = [["gained"], ["growth"], ["languages", "networks"], ["top"], ["reach"], ["interests"]]
        for each in one if narrow else wide:
            line = QHBoxLayout()
            line.setSpacing(self._face.theme.px(12))
            for name in each:
                line.addWidget(cards[name], 1)
            nest(self._column, line)
        self._column.addStretch(1)


def _save(face: PageFace, folder: Path, table: Table) -> None:
    async def save() -> None:
        made = await face.services.figure_sheets.save(folder, [(table.title, table.columns, table.rows)])
        face.notices.say(message("audience.saved", file=made[0].name, n=len(table.rows)))

    face.actions.start("insights: list", save())


def _count_again(face: PageFace, term: Term, _checked: bool = False) -> None:
    face.actions.start("insights: an interest again", face.services.interests.put_away(term, hidden=False))


def _bars(look: Look, named: Sequence[tuple[str, int]]) -> list[Column]:
    shown = list(named[:MOST_BARS])
    rest = sum(many for _, many in named[MOST_BARS:])
    return [Column(name, many) for name, many in (*shown, *([(look.text("audience.others"), rest)] if rest else []))]


def _stacked(*contents: QWidget) -> QWidget:
    """One above the other, from the top; a chart takes the height there is."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for content in contents:
        column.addWidget(content, 1 if isinstance(content, Chart) else 0)
    if not any(isinstance(content, Chart) for content in contents):
        column.addStretch(1)
    return held
