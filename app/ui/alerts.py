"""Banners about what cannot wait to be noticed: no connection, signed out, patience asked, passwords locked, time to publish by hand.

Said once, taken back when it is over.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.commands.services import Changes, Queries, Services
from app.models.account import AccountRow, AccountState
from app.models.outbox import DeliveryState, OutboxKind, OutboxRow
from app.runtime.errors import AppError, CredentialTrouble, NoKeyring, Offline, RateLimited, SignedOut, VaultLocked
from app.runtime.words import Message, message
from app.ui.held import held
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.notices import Notices
from app.ui.safe_text import isolated, shortened

OFFLINE, SIGNED_OUT, RATE_LIMITED, LOCKED, BY_HAND = "offline", "signed_out", "rate_limited", "locked", "by_hand"
TABLES = ("account", "outbox")
LONGEST_WAIT = timedelta(minutes=10)
"""A computer that slept is looked at again after so long, whatever its timers think."""


class Alerts:
    """Hears what goes wrong and what is stored. A banner that the user closed stays closed until the trouble is another one."""

    def __init__(self, services: Services, notices: Notices, look: Look) -> None:
        self._services = services
        self._notices = notices
        self._look = look
        self._offline: dict[int, datetime | None] = {}
        """Account -> since when."""
        self._limited: dict[int, datetime] = {}
        """Account -> until when."""
        self._locked: dict[int, CredentialTrouble] = {}
        self._other: dict[int, Message] = {}
        self._rows: dict[int, AccountRow] = {}
        self._outbox: list[OutboxRow] = []
        self._said: dict[str, object] = {}
        self._due = QTimer()
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._tell_by_hand)
        services.sync.trouble.connect(self._troubled)
        services.changed.connect(self._changed)
        self.read()

    def read(self) -> None:
        """Look at the accounts as they are stored; those signed out in an earlier run are said as well."""
        self._services.reads.later(_query, self._read)

    # ---- what is heard

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.read()

    def _troubled(self, account_id: int, trouble: AppError | None) -> None:
        if not isinstance(trouble, Offline):
            self._offline.pop(account_id, None)
        if not isinstance(trouble, RateLimited):
            self._limited.pop(account_id, None)
        if not isinstance(trouble, CredentialTrouble):
            self._locked.pop(account_id, None)
        match trouble:
            case None:
                self._other.pop(account_id, None)
            case Offline():
                clock = self._look.words.clock
                self._offline.setdefault(account_id, clock.now() if clock is not None else None)
            case RateLimited():
                self._limited[account_id] = trouble.until
            case CredentialTrouble():
                self._locked[account_id] = trouble
            case SignedOut():
                pass  # the account's row says so, and goes on saying so after a new start
            case _ if self._other.get(account_id) != trouble.message:
                self._other[account_id] = trouble.message
                self._notices.fail(trouble)
            case _:
                pass
        self.read()

    def _read(self, found: tuple[list[AccountRow], list[OutboxRow]]) -> None:
        self._rows = {row.id: row for row in found[0]}
        self._outbox = found[1]
        for mood in (self._offline, self._limited, self._locked):
            for account_id in list(mood):
                row = self._rows.get(account_id)
                # A reading that went through wipes the row's trouble; not every recovery is said by signal.
                if row is None or (not row.trouble and row.state is AccountState.READY):
                    del mood[account_id]
        self._tell()

    # ---- what is said

    def _tell(self) -> None:
        self._tell_offline()
        self._tell_signed_out()
        self._tell_limited()
        self._tell_locked()
        self._tell_by_hand()

    def _tell_offline(self) -> None:
        if not self._offline:
            if self._clear(OFFLINE):
                self._notices.say(message("alerts.back_online"), level="ok")
            return
        times = [since for since in self._offline.values() if since is not None]
        said = message("alerts.offline_since", since=min(times)) if times else message("alerts.offline")
        waits = held(self._outbox)
        detail = message("alerts.offline_held", held=waits) if waits is not None else message("alerts.offline_go_on")
        self._say(OFFLINE, tuple(sorted(self._offline)), said, "warn", "sync.now", detail)

    def _tell_signed_out(self) -> None:
        out = [row for row in self._rows.values() if row.state is AccountState.SIGNED_OUT]
        if not out:
            self._clear(SIGNED_OUT)
            return
        if len(out) == 1:
            said = message("alerts.signed_out", network=network_name(out[0].network), handle=isolated(out[0].handle))
        else:
            said = message("alerts.several_signed_out", n=len(out), names=[network_name(row.network) for row in out])
        waits = held(self._outbox, {row.id for row in out}) or message("alerts.nothing_held")
        about = tuple((row.id, row.state_since) for row in out)
        self._say(SIGNED_OUT, about, said, "danger", "accounts.sign_in_again", waits)

    def _tell_limited(self) -> None:
        if not self._limited:
            self._clear(RATE_LIMITED)
            return
        names = [network_name(row.network) for row in self._rows.values() if row.id in self._limited]
        said = message("alerts.rate_limited", names=sorted(set(names)), until=max(self._limited.values()))
        self._say(RATE_LIMITED, tuple(sorted(self._limited)), said, "info", None, message("alerts.rate_limited_said"))

    def _tell_locked(self) -> None:
        if not self._locked:
            self._clear(LOCKED)
            return
        trouble = next(iter(self._locked.values()))
        command = "accounts.unlock_vault" if isinstance(trouble, VaultLocked) else "accounts.use_vault" if isinstance(trouble, NoKeyring) else "sync.now"
        self._say(LOCKED, trouble.message, trouble.message, "danger", command, message("alerts.locked_said"))

    def _tell_by_hand(self) -> None:
        """The reminder of a post that no program can publish: at its time, with the way to its text and pictures."""
        clock = self._look.words.clock
        posts = [row for row in self._outbox if row.state is DeliveryState.BY_HAND and row.kind is OutboxKind.POST]
        if clock is None:
            return
        now = clock.now()
        later = [row.due_at for row in posts if row.due_at > now]
        if later:
            self._due.start(max(0, round(min(min(later) - now, LONGEST_WAIT).total_seconds() * 1000)))
        due = sorted((row for row in posts if row.due_at <= now), key=lambda row: row.due_at)
        if not due:
            self._clear(BY_HAND)
            return
        about = tuple(row.id for row in due)
        fresh = self._said.get(BY_HAND) != about
        said = message("alerts.by_hand", network=network_name(due[0].network), text=isolated(shortened(due[0].text)))
        detail = message("alerts.by_hand_more", n=len(due) - 1) if len(due) > 1 else message("alerts.by_hand_said", when=due[0].due_at)
        self._say(BY_HAND, about, said, "info", "composer.by_hand", detail)
        if fresh and (window := QApplication.activeWindow() or next(iter(QApplication.topLevelWidgets()), None)) is not None:
            QApplication.alert(window)

    def _say(self, key: str, about: object, said: Message, level: str, command: str | None, detail: Message) -> None:
        """`about` is what the trouble is; a banner closed by the user comes back only for another one."""
        closed = self._said.get(key) == about and all(banner.key != key for banner in self._notices.banners())
        self._said[key] = about
        if not closed:
            self._notices.banner(key, said, level=level, command=command, detail=detail)  # type: ignore[arg-type]

    def _clear(self, key: str) -> bool:
        """Whether it had been said."""
        self._notices.clear(key)
        return self._said.pop(key, None) is not None


def _query(queries: Queries) -> tuple[list[AccountRow], list[OutboxRow]]:
    return queries.accounts(), queries.outbox()
