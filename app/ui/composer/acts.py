"""What commands ask of the composer: hand over, turn, add, go to what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.commands.composer import Plan, Wish
from app.models.mix import sells
from app.models.post import Picture, Poll, PostDraft
from app.runtime.words import message
from app.ui.composer.bench import Bench
from app.ui.composer.crop_sheet import CropSheet
from app.ui.composer.desk import Desk
from app.ui.composer.drafting import Parts, has_own, is_blank, is_video, parts_of, with_account, with_parts, without_own
from app.ui.composer.findings import Check, Level
from app.ui.composer.mending import Mending
from app.ui.composer.pictures_in import PicturesIn
from app.ui.composer.quote_sheet import QuoteSheet
from app.ui.composer.tabs import PREVIEW
from app.ui.composer.tracked_link_sheet import TrackedLinkSheet
from app.ui.page import PageFace

OTHER = Qt.FocusReason.OtherFocusReason


class Acts:
    """One for the page. `leave` goes back to where one came from."""

    def __init__(self, face: PageFace, desk: Desk, bench: Bench, leave: Callable[[], None]) -> None:
        self._face = face
        self._desk = desk
        self._bench = bench
        self._leave = leave
        self._put_away: dict[int, Parts] = {}
        self._mending = Mending(face, desk, bench, self._toggle_poll, self._edit_time, lambda account_id: self._ticked(account_id, False))
        self.pictures_in = PicturesIn(face, bench, self._picture_came)
        bench.accounts.ticked.connect(self._ticked)
        bench.text.pictures.connect(self.pictures_in.take_in)
        bench.text.mended.connect(self._mending.mend)
        bench.plan.checks.mended.connect(self._mending.mend)

    def begin(self) -> None:
        """Another post: own texts put away belong to the one before."""
        self._put_away = {}

    def verbs(self) -> dict[str, Callable[..., Any]]:
        """By the names under which commands ask for them."""
        bench = self._bench
        return {
            "take": self.take,
            "take_away": self.take_away,
            "turn": self._turn,
            "base_again": self._base_again,
            "add_part": self._add_part,
            "add_picture": self.pictures_in.ask,
            "toggle_poll": self._toggle_poll,
            "ask_quote": self._ask_quote,
            "remove_quote": self._remove_quote,
            "ask_link": self._ask_link,
            "toggle_tracking": lambda: bench.edit(lambda draft: replace(draft, track_clicks=not draft.track_clicks)),
            "toggle_warning": lambda: bench.text.show_warning(not bench.text.asks_warning),
            "step_check": self._step_check,
            "edit_time": self._edit_time,
            "edit_title": bench.header.edit_title,
            "wish": self._wish,
            "plan_at": bench.plan.when.choose,
            "ask_hashtags": bench.text.hashtags.ask,
            "next_misspelt": bench.text.spelling.go_to_next,
            "ask_crop": self._ask_crop,
            "repeat": bench.series.repeat,
        }

    # ---- handing over

    def take(self, command: str, now: bool = False) -> Plan | None:
        """What is to be sent; None where something is to be fixed first (the keyboard goes there), or the first save is not through."""
        bench = self._bench
        if now and self._desk.draft.planned_at is not None:
            bench.edit(lambda draft: replace(draft, planned_at=None, zone=""))
        bench.asked = True
        wrong = bench.to_fix()
        if wrong is not None:
            self._go_to(wrong)
            return None
        bench.link_card.stop()
        self._desk.agree()
        return self._desk.hand_over(lambda: self._face.actions.run(command), self._settled)

    def _settled(self, post_id: int | None, field: str | None) -> None:
        bench = self._bench
        if post_id is not None:
            bench.area.verticalScrollBar().setValue(0)
            if bench.isVisible():
                bench.header.back_button.setFocus(OTHER)  # off the editor, so that Z takes it back
        elif field is not None:
            wrong = next((each for each in bench.checks if each.field == field), None)
            if wrong is not None:
                self._go_to(wrong)

    def take_away(self, command: str) -> Plan | None:
        """The post to delete; one in which nothing was written is simply left behind."""
        draft = self._desk.draft
        if draft.id is None and is_blank(draft):
            self._leave()
            return None
        return self._desk.give_away(lambda: self._face.actions.run(command), lambda _post_id, _field: self._leave())

    # ---- going where something is wrong

    def _go_to(self, check: Check) -> None:
        """Show the finding and put the keyboard on what mends it."""
        plan = self._bench.plan
        plan.show()
        for row in plan.checks.rows():
            if row.check == check and row.button is not None:
                row.button.setFocus(Qt.FocusReason.TabFocusReason)
                plan.area.ensureWidgetVisible(row)
        self._face.notices.say(message("composer.said.fix_first", what=check.said), level="warn")

    def _step_check(self, step: int) -> None:
        bench = self._bench
        bench.look_over()
        bench.plan.show()
        if bench.plan.checks.step(step):
            focus = QApplication.focusWidget()
            if focus is not None:
                bench.plan.area.ensureWidgetVisible(focus)
        elif not any(each.level is Level.FIX for each in bench.checks):
            self._face.notices.say(message("composer.said.all_well"), level="ok")

    # ---- writing

    def _turn(self, step: int) -> None:
        bench = self._bench
        key = bench.text.tabs.step(step)
        bench.turn_to(key)
        if key == PREVIEW:
            bench.preview.area.setFocus(OTHER)
        else:
            bench.text.edit_part(0)

    def _ticked(self, account_id: int, chosen: bool) -> None:
        """An account that comes back brings its own text along."""
        if chosen == (account_id in self._desk.draft.accounts):
            return
        if not chosen and has_own(self._desk.draft, account_id):
            self._put_away[account_id] = parts_of(self._desk.draft, account_id)
        back = self._put_away.pop(account_id, None) if chosen else None

        def changed(draft: PostDraft) -> PostDraft:
            draft = with_account(draft, account_id, chosen)
            return draft if back is None else with_parts(draft, account_id, back)

        self._bench.edit(changed)
        self._desk.remember_usual()

    def _base_again(self) -> None:
        tab = self._bench.tab
        if tab is not None:
            self._bench.edit(lambda draft: without_own(draft, tab))
            self._bench.text.edit_part(0)

    def _add_part(self) -> None:
        bench = self._bench
        index = bench.text.current_part() + 1
        parts = bench.composition().parts(bench.tab)
        bench.edit(lambda draft: with_parts(draft, bench.tab, (*parts[:index], "", *parts[index:])))
        bench.show_text()
        bench.text.edit_part(index)

    def _toggle_poll(self) -> None:
        poll = None if self._desk.draft.poll is not None else Poll(("", ""))
        self._bench.edit(lambda draft: replace(draft, poll=poll))
        if poll is not None:
            self._bench.poll.edit_option(0)

    def _ask_quote(self) -> None:
        bench, draft = self._bench, self._desk.draft
        quoted = draft.quote.url if draft.quote is not None else ""
        self._face.window.open_sheet(QuoteSheet(self._face, bench.window(), draft.accounts, bench.edit, quoted))

    def _ask_link(self) -> None:
        bench = self._bench
        editors = bench.text.editors()
        if editors and not editors[0].isReadOnly():
            editor, tracks = editors[bench.text.current_part()], self._desk.draft.track_clicks
            self._face.window.open_sheet(TrackedLinkSheet(self._face, bench.window(), editor, bench.edit, tracks=tracks))

    def _remove_quote(self) -> None:
        self._bench.edit(lambda draft: replace(draft, quote=None))
        self._bench.text.edit_part(0)

    def _picture_came(self, picture: Picture) -> None:
        self._bench.edit(lambda draft: replace(draft, pictures=(*draft.pictures, picture)))
        self._bench.pictures.edit_alt(len(self._desk.draft.pictures) - 1)

    def _wish(self) -> Wish | None:
        """What a good time is looked for; after the chosen one, where it has one already."""
        draft = self._desk.draft
        sells_in = draft.campaign_id if sells(draft.format) else None
        return Wish(draft.accounts, draft.pillar, draft.planned_at, draft.id, sells_in) if draft.accounts else None

    def _ask_crop(self) -> None:
        pictures = self._bench.pictures
        picture = pictures.chosen_picture()
        if picture is not None and not is_video(picture):
            self._face.window.open_sheet(CropSheet(self._face, self._bench.window(), picture, pictures.put_in_place))

    def _edit_time(self) -> None:
        plan = self._bench.plan
        plan.show()
        plan.when.day.setFocus(Qt.FocusReason.ShortcutFocusReason)
        plan.when.day.selectAll()
