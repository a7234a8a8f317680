"""The Composer page as the window knows it: opens posts, answers commands, keeps what is written when it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.composer import CONTEXT
from app.commands.services import Changes
from app.models.post import QuotedPost
from app.ui.composer.acts import Acts
from app.ui.composer.bench import Bench
from app.ui.composer.desk import Desk
from app.ui.composer.drafting import has_own, is_blank, is_video
from app.ui.composer.editor import offer_pictures
from app.ui.page import FooterKey, Page, PageFace

HOME = "calendar"

HINTS = (
    ("composer.schedule", "composer.hint_schedule"),
    ("composer.next_text", "composer.hint_next"),
    ("composer.link", "composer.hint_link"),
    ("composer.picture", "composer.hint_picture"),
    ("composer.next_check", "composer.hint_check"),
    ("composer.time", "composer.hint_time"),
)


class ComposerPage(Page):
    """One post at a time; opening another keeps the one before as it is."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._origin = HOME
        self._begun = False
        self.desk = Desk(face)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._build()
        self.setAcceptDrops(True)

    def _build(self) -> None:
        self.bench = Bench(self._face, self.desk)
        self.acts = Acts(self._face, self.desk, self.bench, self._left_behind)
        self.bench.header.back.connect(self.go_back)
        self._column.addWidget(self.bench)

    def opened(self, **target: object) -> None:
        """`post=12` opens a post, `new=True` begins one (with `text`, or a `quote`); `origin` is the page that "back" leads to, `at` its moment."""
        origin = target.get("origin")
        if isinstance(origin, str) and origin and origin != CONTEXT:
            self._origin = origin
        post, text = target.get("post"), target.get("text")
        if isinstance(post, int):
            self.desk.open(post)
            self._begin()
        elif target.get("new"):
            quote = target.get("quote")
            self._new(text if isinstance(text, str) else "", quote if isinstance(quote, QuotedPost) else None)
            at = target.get("at")
            if isinstance(at, datetime):
                self.bench.plan.when.choose(at)
            if target.get("question"):
                self.bench.edit(lambda draft: replace(draft, question=True))

    def shown(self) -> None:
        if self._begun:
            self.desk.read_again(accounts=True)
        else:
            self._new()

    def hidden(self) -> None:
        """Keep what was typed; a planned post that was changed is planned anew with the changes."""
        if self._begun:
            self.bench.header.drop_title()
            self.desk.leave(fit=self.bench.to_fix() is None)
        self.bench.link_card.begin()

    def first_focus(self) -> QWidget | None:
        editors = self.bench.text.editors()
        return editors[0] if editors and not editors[0].isReadOnly() else self.bench.header.back_button

    def toast_room(self) -> QWidget | None:
        return self.bench.editor_pane

    def panes(self) -> Sequence[QWidget]:
        bench = self.bench
        return (bench.header, bench.editor_pane, bench.preview, bench.plan)

    def footer_keys(self) -> Sequence[FooterKey]:
        keys = self._face.actions.keys
        if self.bench.composition().locked:
            return [FooterKey(("Escape",), "composer.hint_leave")]
        hints = [FooterKey(keys(command)[:1], self._hint(text)) for command, text in HINTS if keys(command)]
        return [*hints, FooterKey(("Escape",), "composer.hint_leave" if self.bench.composition().scheduled else "composer.hint_back")]

    def _hint(self, text: str) -> str:
        """The one key does what the one button says."""
        return "composer.hint_publish" if text == "composer.hint_schedule" and self.bench.header.at_once else text

    def state(self) -> dict[str, Any]:
        composition = self.bench.composition()
        draft, facts = composition.draft, set()
        if composition.scheduled and not composition.finished:
            facts.add("scheduled")
        if not composition.locked:
            facts.add("writes")
            if draft.id is not None or not is_blank(draft):
                facts.add("deletes")
            if any(not is_video(picture) for picture in draft.pictures):
                facts.add("pictures")
            if has_own(draft, composition.tab):
                facts.add("own_text")
        return {"post": draft.id, "facts": frozenset(facts)}

    def perform(self, verb: str, **values: object) -> Any:
        if verb == "new":
            self._new()
            return True
        if verb == "keep":
            self.go_back()
            return True
        act = self.acts.verbs().get(verb)
        return act(**values) if act is not None else None

    def on_changes(self, changes: Changes) -> None:
        own = frozenset({self.desk.draft.id})
        if self._begun and (changes.touches("campaign", "phase", "slot", "slot_day") or changes.all_of("post") or changes.ids("post") - own):
            self.desk.around.forget()
            self.bench.look_over()
        if self._begun and changes.touches("hashtag_set", "post", "campaign"):
            self.bench.text.hashtags.forget()
        if self._begun and changes.touches("account", "post", "outbox"):
            self.desk.read_again(accounts=changes.touches("account"))

    def escape(self) -> bool:
        if self.bench.text.hashtags.put_away():
            return True
        if self.bench.header.drop_title():
            self.bench.header.pencil.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go_back()
        return True

    def toggle_side_pane(self) -> None:
        plan = self.bench.plan
        plan.setVisible(plan.isHidden())

    def resumable(self) -> dict[str, Any]:
        return {"accounts": ",".join(str(each) for each in self.desk.usual)}

    def resume(self, remembered: dict[str, Any]) -> None:
        ids = str(remembered.get("accounts") or "").split(",")
        self.desk.usual = tuple(int(each) for each in ids if each.isdigit())

    def retranslate(self) -> None:
        """Everything is made anew in the other language; the post stays on the desk."""
        old = self.bench
        old.retire()
        self._column.removeWidget(old)
        self._build()
        old.hide()
        old.deleteLater()
        if self._begun:
            self._begin()

    def go_back(self) -> None:
        """To the page one came from; what is written is kept."""
        self._face.window.show_page(self._origin)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        source = event.mimeData()
        if source.hasImage() or source.hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if offer_pictures(event.mimeData(), self.acts.pictures_in.take_in):
            event.acceptProposedAction()

    # ---- inside

    def _new(self, text: str = "", quote: QuotedPost | None = None) -> None:
        """An empty post for the usual accounts, or one that quotes."""
        self.desk.begin(text, quote)
        self._begin()
        if self.isVisible():
            self.bench.text.edit_part(0)

    def _begin(self) -> None:
        self._begun = True
        self.acts.begin()
        self.bench.begin(self._face.text(f"page.{self._origin}"))

    def _left_behind(self) -> None:
        """The post is gone: the next visit begins a new one."""
        self.desk.forget()
        self._begun = False
        if self.isVisible():
            self.go_back()
