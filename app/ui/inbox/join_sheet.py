"""The sheet in which another profile of the same person is found: who might be the same comes first, with the reason; the rest is searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.commands.services import Reads
from app.language.look_alikes import look_alike
from app.models.customer import Candidate
from app.ui.dialogs import Sheet
from app.ui.inbox.card_line import CardLines, LineWords
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.field import Field
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import Label, SectionLabel

LINES = 6


class JoinSheet(Sheet):
    """`choose` hears the customer who is the same person."""

    def __init__(
        self, look: Look, host: QWidget, reads: Reads, own: Candidate, choose: Callable[[Candidate], None]
    ) -> None:
        super().__init__(look, host, look.text("customer.join_title", name=isolated(own.name)), width=520)
        self._reads = reads
        self._own = own
        self._choose = choose
        self._drop: Callable[[], None] = _nothing
        self._suggested: list[Candidate] = []
        self.shown: list[Candidate] = []
        self.field = Field(look, look.text("customer.join_find"), placeholder=look.text("customer.join_hint"))
        self.field.changed.connect(self._search)
        self.field.line.returnPressed.connect(self._take_first)
        self.field.line.installEventFilter(self)
        self.body.addWidget(self.field)
        self.title_of_list = SectionLabel(look)
        self.body.addWidget(self.title_of_list)
        self.lines = CardLines(look, "choose")
        self.lines.wanted.connect(lambda _wanted, candidate: self._take(candidate))
        area = Scrolling()
        area.hold(self.lines)
        area.setFixedHeight((look.theme.line("small") + look.theme.line("caption") + look.theme.px(8)) * LINES)
        self.body.addWidget(area)
        self._area = area
        self.body.addWidget(Label(look, look.text("customer.join_said"), "caption", "text.tertiary", wrap=True))
        self.closed.connect(lambda: self._drop())
        self._show([], "customer.join_looking")
        self._drop = reads.later(lambda queries: queries.same_person(own.id), self._suggest)

    def settle_focus(self) -> None:
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._step(step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.field.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self._step(1)
            return True
        return super().eventFilter(watched, event)

    # ---- inside

    def _search(self, text: str) -> None:
        self._drop()
        wanted = text.strip()
        if not wanted:
            self._show(
                self._suggested, "customer.join_suggested" if self._suggested else "customer.join_none_suggested"
            )
            return
        self._drop = self._reads.later(lambda queries: queries.people(wanted), self._found)

    def _suggest(self, found: list[Candidate]) -> None:
        self._suggested = found
        if not self.field.text:
            self._search("")

    def _found(self, found: list[Candidate]) -> None:
        others = [each for each in found if each.id != self._own.id]
        self._show(others, "customer.join_found" if others else "customer.join_not_found")

    def _show(self, candidates: Sequence[Candidate], title_id: str) -> None:
        self.shown = list(candidates)
        self.title_of_list.setText(self._look.text(title_id))
        self.lines.show_lines([self._line(each) for each in candidates])

    def _line(self, candidate: Candidate) -> LineWords:
        look = self._look
        profiles = look.words.enumeration(
            f"{one_line(handle)} · {network_name(network)}" for network, handle in candidate.profiles[:3]
        )
        many = look.text("customer.conversations_of", n=candidate.conversation_count)
        if candidate.reason is not None:
            said, role = look.text(f"customer.same.{candidate.reason}", what=isolated(candidate.detail)), "accent.text"
        elif self._deceives(candidate):
            said, role = look.text("customer.join_looks_alike"), "status.warn.text"
        else:
            said, role = many, "text.tertiary"
        network = candidate.profiles[0][0] if candidate.profiles else ""
        return LineWords(
            candidate, f"{one_line(candidate.name)}   {profiles}", said, network=network, caption_role=role, spoken=many
        )

    def _deceives(self, candidate: Candidate) -> bool:
        """Whether name or handle could be taken for the customer's own, and are different."""
        handles = [(_local(own), _local(other)) for _, own in self._own.profiles for _, other in candidate.profiles]
        return look_alike(self._own.name, candidate.name) or any(look_alike(own, other) for own, other in handles)

    def _take_first(self) -> None:
        if len(self.shown) == 1:
            self._take(self.shown[0])
        elif self.shown:
            self._step(1)

    def _take(self, candidate: Candidate) -> None:
        self.close_now()
        self._choose(candidate)

    def _step(self, step: int) -> None:
        lines = [line for line in self.lines.lines if not line.isHidden()]
        focus = QApplication.focusWidget()
        here = next((place for place, line in enumerate(lines) if line is focus), -1)
        place = here + step
        if place < 0:
            self.field.line.setFocus(Qt.FocusReason.TabFocusReason)
        elif place < len(lines):
            lines[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(lines[place])


def _local(handle: str) -> str:
    """What a person chose of a handle."""
    return handle.removeprefix("@").partition("@")[0]


def _nothing() -> None:
    """There is no question under way."""
