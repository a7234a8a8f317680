"""One click on a finding: goes to what is wrong, or mends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.models.post import PostDraft, PostFormat
from app.ui.composer.bench import Bench
from app.ui.composer.composition import Place
from app.ui.composer.desk import Desk
from app.ui.composer.drafting import Parts, has_own, parts_of, public_at, with_parts
from app.ui.composer.findings import Mend
from app.ui.composer.hashtags import select_word
from app.ui.composer.marking import with_word
from app.ui.composer.quoting import with_link
from app.ui.composer.tabs import BASE, PREVIEW
from app.ui.page import PageFace


class Mending:
    """Works on the bench; `toggle_poll`, `edit_time` and `leave_out` (an account) are the page's own acts."""

    def __init__(
        self,
        face: PageFace,
        desk: Desk,
        bench: Bench,
        toggle_poll: Callable[[], None],
        edit_time: Callable[[], None],
        leave_out: Callable[[int], None],
    ) -> None:
        self._face = face
        self._desk = desk
        self._bench = bench
        self._toggle_poll = toggle_poll
        self._edit_time = edit_time
        self._leave_out = leave_out

    def mend(self, mend: Mend) -> None:
        """One click on a finding."""
        bench = self._bench
        acts: dict[str, Callable[[], object]] = {
            "choose_account": lambda: self._show(next(iter(bench.accounts.cards()), None)),
            "add_account": lambda: self._settings(add=True),
            "sign_in": lambda: self._settings(account=mend.account, sign_in=True),
            "show_account": lambda: self._settings(account=mend.account),
            "edit_text": lambda: self._edit_text(mend.account, mend.index),
            "edit_time": self._edit_time,
            "in_an_hour": bench.plan.when.in_an_hour,
            "one_part": lambda: self._one_part(mend.account),
            "split": lambda: self._split(mend.account),
            "remove_poll": self._toggle_poll,
            "edit_poll": lambda: bench.poll.edit_option(mend.index),
            "show_picture": lambda: bench.pictures.choose(mend.index),
            "edit_alt": lambda: bench.pictures.edit_alt(mend.index),
            "make_fit": bench.pictures.fit.start,
            "vary": lambda: self._vary(mend.account),
            "quote_link": lambda: self._quote_link(mend.account),
            "leave_out": lambda: self._leave_out(mend.account or 0),
            "public_there": lambda: bench.edit(lambda draft: public_at(draft, mend.account or 0)),
            "find_word": lambda: self._find_word(mend.account, mend.about),
            "right_handle": lambda: self._right_handle(mend.account, mend.about),
            "show_post": lambda: self._face.window.show_page("composer", post=mend.index),
            "announce": lambda: bench.edit(lambda draft: replace(draft, format=PostFormat.ANNOUNCES)),
            "next_good": lambda: self._face.actions.run("composer.next_good_time"),
            "show_preview": lambda: self._show_preview(mend.account),
        }
        acts[mend.verb]()
        about = {"edit_poll": bench.poll, "show_picture": bench.pictures, "edit_alt": bench.pictures, "make_fit": bench.pictures}.get(mend.verb)
        if about is not None:
            self._see(about)

    def _settings(self, **target: object) -> None:
        self._face.window.show_page("settings", section="accounts", **target)

    def _edit_text(self, account_id: int | None, index: int) -> None:
        own = has_own(self._desk.draft, account_id)
        self._bench.turn_to((account_id if own else None) or BASE)
        self._bench.text.edit_part(index)
        self._see(self._bench.text)

    def _vary(self, account_id: int | None) -> None:
        """Begin the account's own text with a copy of the base text."""
        if account_id is None:
            return
        parts = parts_of(self._desk.draft, account_id)
        self._bench.edit(lambda draft: with_parts(draft, account_id, parts))
        self._edit_text(account_id, 0)

    def _find_word(self, account_id: int | None, word: str) -> None:
        """Select it in the text it stands in."""
        self._edit_text(account_id, 0)
        for editor in self._bench.text.editors():
            if select_word(editor, word):
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _right_handle(self, account_id: int | None, handle: str) -> None:
        """The account gets its own text with the person's handle there; with the bare name where there is none."""
        composition = self._bench.composition()
        place = composition.place(account_id)
        if place is None:
            return
        known = composition.around.handles.get(handle, {}).get(place.account.network, ())
        right = known[0] if known else handle.lstrip("@").partition("@")[0]
        right = f"@{right}" if known and not right.startswith("@") else right
        parts = tuple(with_word(part, handle, right) for part in parts_of(self._desk.draft, account_id))
        self._bench.edit(lambda draft: with_parts(draft, account_id, parts))
        self._edit_text(account_id, 0)

    def _quote_link(self, account_id: int | None) -> None:
        """Where it cannot be quoted its address goes into the text."""
        quote = self._desk.draft.quote
        if account_id is not None and quote is not None:
            self._bench.edit(lambda draft: with_link(draft, account_id, quote.url))
            self._edit_text(account_id, 0)

    def _one_part(self, account_id: int | None) -> None:
        """A network without threads gets one text of its own."""
        if account_id is None:
            return
        joined = "\n\n".join(parts_of(self._desk.draft, account_id))
        self._bench.edit(lambda draft: with_parts(draft, account_id, (joined,)))
        self._edit_text(account_id, 0)

    def _split(self, account_id: int | None) -> None:
        """Into parts that fit: the base text if it is too long everywhere it goes, else a text of the account's own."""
        if account_id is None:
            return
        composition = self._bench.composition()
        draft = composition.draft
        target: int | None = account_id
        reader = account_id
        if not has_own(draft, account_id):
            readers = [place for place in composition.open if not has_own(draft, place.id)]
            if all(self._too_long(draft, place) and place.limits.threads for place in readers):
                target = None
                reader = max(readers, key=lambda place: len(self._in_parts(draft, place.id))).id
        parts = self._in_parts(draft, reader)
        self._bench.edit(lambda before: with_parts(before, target, parts))
        self._bench.turn_to(target or BASE)
        self._bench.show_all()
        self._bench.text.edit_part(0)

    def _too_long(self, draft: PostDraft, place: Place) -> bool:
        measure = self._face.services.posts.measure
        measured = (measure(place.id, part, draft.warning) for part in parts_of(draft, place.id))
        return any(length > limit for length, limit in measured)

    def _in_parts(self, draft: PostDraft, account_id: int) -> Parts:
        posts = self._face.services.posts
        return tuple(piece for part in parts_of(draft, account_id) for piece in posts.split(account_id, part, draft.warning))

    def _show_preview(self, account_id: int | None) -> None:
        self._bench.turn_to(account_id or BASE)
        self._bench.turn_to(PREVIEW)
        self._bench.preview.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, widget: QWidget | None) -> None:
        if widget is not None:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            self._see(widget)

    def _see(self, widget: QWidget) -> None:
        focus = QApplication.focusWidget()
        self._bench.area.ensureWidgetVisible(focus if focus is not None and widget.isAncestorOf(focus) else widget)
