"""Going on by e-mail with a customer: when to offer it, the invitation in their language, a first letter, and the letters that come of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from app.language.heat import heat
from app.language.mood import mood
from app.language.tongue import tongue
from app.mail.composing import check_address
from app.mail.recognising import base_subject, plus_address, plus_token, token, tokens_in, with_token, without_tokens
from app.mail.servers import provider_of
from app.models.account import AccountState
from app.models.case import CaseRow
from app.models.conversation import Category, ConversationRow
from app.models.delivery import Owed
from app.models.invitation import ToEmail, WhyInvite
from app.models.judgement import Judge
from app.models.letter import Mail, ReadLetter
from app.models.mailbox import EMAIL, MailboxRow
from app.models.message import ConversationDetail, MessageKind, MessageRow, Visibility
from app.models.outbox import OutboxKind
from app.models.reply import Written
from app.networks.network import Card
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import Damaged, UserMistake
from app.runtime.settings import Settings, Shop
from app.runtime.words import Words, message
from app.services.inbox import Inbox
from app.services.mailbox import mailbox_of
from app.services.reactions import new_key
from app.store.database import Database, Session
from app.store.reading import invitations as reading
from app.store.reading import mailboxes as mailboxes_reading
from app.store.writing import invitations
from app.store.writing.threads import Promise

FALLBACK = "en"
TURNS = 3
"""Messages of the customer in a case after which e-mail is offered (product.md, Defaults)."""
READY = "ready"
LONGEST_SUBJECT = 200
LONGEST_LETTER = 50_000


class Sorted(NamedTuple):
    """How a letter of a customer is stored: by the writer's own clock and judges."""

    promise: Promise
    judge: Judge


class Invitations:
    """`card` answers a network's card by its id; `phrases`: `resources/language/invitations.json`."""

    def __init__(
        self,
        database: Database,
        inbox: Inbox,
        clock: Clock,
        settings: Settings,
        phrases: Path,
        card: Callable[[str], Card],
        keeps: Sorted,
        undo_seconds: Callable[[], int],
        words_for: Callable[[str], Words],
    ) -> None:
        """`words_for` answers words of the language that is nearest to one."""
        self._database = database
        self._inbox = inbox
        self._clock = clock
        self._settings = settings
        self._file = phrases
        self._card = card
        self._keeps = keeps
        self._undo_seconds = undo_seconds
        self._words_for = words_for
        self._phrases: Mapping[str, Mapping[str, str]] = {}

    # -- when to offer it ------------------------------------------------------------------------------------------------------

    def why(self, row: ConversationRow, detail: ConversationDetail) -> WhyInvite | None:
        """Why it is worth offering; None where it is not, or was done. Answers at once."""
        if row.network == EMAIL or detail.goes_on is not None or detail.continues is not None:
            return None
        if row.category in (Category.PRAISE, Category.TROLL, Category.SPAM, Category.CONTEST):
            return None
        theirs = [each for each in detail.messages if each.kind is not MessageKind.OURS and not each.deleted]
        if not theirs:
            return None
        if _is_conflict(row, theirs):
            return WhyInvite.CONFLICT
        return WhyInvite.TURNS if _turns(detail.case, theirs) >= TURNS else None

    # -- inviting --------------------------------------------------------------------------------------------------------------

    async def prepare(self, conversation_id: int, language: str = "") -> ToEmail:
        """All that is needed; nothing is stored. `language` is that of the reply, empty: the customer's. Raises UserMistake without a mailbox."""
        box = await self._mailbox()
        basis = await self._database.read(reading.basis, conversation_id)
        if basis is None:
            raise UserMistake(message("inbox.nothing_to_answer"))
        if basis.network == EMAIL:
            raise UserMistake(message("invitation.is_email"))
        mark = token()
        spoken = language or basis.language
        provider = provider_of(mailbox_of(box))
        plus = provider is not None and provider.plus
        address = plus_address(box.address, mark) if plus else box.address
        invitation = self._phrase("invite", spoken, address=address)
        if not plus:
            invitation = f"{invitation} {self._phrase('code', spoken, code=with_token('', mark))}"
        shop = self._settings.get(Shop).name or box.sender_name or box.address
        subject = self._phrase(
            "subject_order" if basis.order_number else "subject", spoken, order=basis.order_number, shop=shop
        )
        network = self._card(basis.network).name
        letter = self._phrase("letter", spoken, name=_first_name(basis.name), network=network, shop=shop)
        return ToEmail(conversation_id, box.account_id, mark, box.address, invitation, basis.email, subject, letter)

    async def write(self, prepared: ToEmail, to: str, subject: str, text: str) -> int:
        """A first letter of ours to an address that is known; leaves after the undo time. Answers the outbox id."""
        address = check_address(to, field="to")
        line = " ".join(subject.split())[:LONGEST_SUBJECT]
        if not line:
            raise UserMistake(message("invitation.no_subject"), field="subject")
        if not text.strip():
            raise UserMistake(message("inbox.reply_empty"), field="text")
        basis = await self._database.read(reading.basis, prepared.conversation_id)
        if basis is None:
            raise UserMistake(message("inbox.nothing_to_answer"))
        owed = Owed(
            account_id=prepared.account_id,
            kind=OutboxKind.REPLY,
            key=new_key(),
            due_at=self._clock.now() + timedelta(seconds=self._undo_seconds()),
            parts=(text.strip()[:LONGEST_LETTER],),
            visibility=Visibility.DIRECT,
            language=basis.language,
            conversation_id=prepared.conversation_id,
            mail=Mail(address, with_token(line, prepared.token), basis.name, token=prepared.token),
        )
        return await self._inbox.owe(owed, Written(text.strip()), basis.name)

    async def _mailbox(self) -> MailboxRow:
        """The one that is ready; the first of several."""
        there = await self._database.read(mailboxes_reading.mailboxes)
        boxes = [box for box in there if box.state == READY]
        if there and not boxes:
            out = next((box for box in there if box.state == AccountState.SIGNED_OUT), None)
            said = "invitation.mailbox_signed_out" if out is not None else "invitation.mailbox_paused"
            raise UserMistake(message(said, address=(out or there[0]).address), next_step="go.mail")
        if not boxes:
            raise UserMistake(message("invitation.no_mailbox"), next_step="go.mail")
        return boxes[0]

    # -- what comes of it ------------------------------------------------------------------------------------------------------

    def customer_letter(self, session: Session, letter: ReadLetter, account_id: int) -> bool:
        """Stores a letter of a customer who was invited or writes by e-mail already, and that one of ours to them came back; False for any
        other. Runs on the writer's thread.
        """
        if letter.is_bounce:
            return invitations.bounced(session, account_id, letter, self._came_back, to_ms(self._clock.now()))
        addressed = tuple(mark for address in letter.to if (mark := plus_token(address)))
        conversation_id = invitations.customer_letter(
            session,
            account_id,
            letter,
            (*tokens_in(letter.subject), *addressed),
            to_ms(self._clock.now()),
            self._keeps.promise,
            self._keeps.judge,
            tongue(letter.text or letter.whole),
            bare_subject(letter.subject),
        )
        return conversation_id is not None

    def _came_back(self, said: str) -> str:
        """The note about a letter that came back: whoever sits here reads it, so it is in the window's language."""
        return self._words_for("").text("invitation.came_back", said=said)

    def _phrase(self, kind: str, language: str, **values: str) -> str:
        if not self._phrases:
            self._phrases = _read(self._file)
        found = self._phrases[kind].get(language) or self._phrases[kind][FALLBACK]
        for name, value in values.items():
            found = found.replace(f"{{{name}}}", value)
        return found


def bare_subject(subject: str) -> str:
    """As it was written first: without "Re:" and tokens, its capitals as they were."""
    bare = without_tokens(subject)
    folded = base_subject(subject)
    place = bare.casefold().rfind(folded) if folded else -1
    return bare[place:] if place >= 0 else bare


def _is_conflict(row: ConversationRow, theirs: Sequence[MessageRow]) -> bool:
    """Angry words, or a complaint that sounds worse with each message."""
    last = theirs[-1]
    if heat(last.text):
        return True
    moods = [mood(each.text, each.language) for each in theirs[-2:]]
    return row.category is Category.COMPLAINT and len(moods) == 2 and max(moods) < 0


def _turns(case: CaseRow | None, theirs: Sequence[MessageRow]) -> int:
    """Messages of the customer in the case that is open."""
    if case is None or case.solved_at is not None:
        return 0
    return sum(each.at >= case.opened_at for each in theirs)


def _first_name(name: str) -> str:
    return name.split()[0].strip(",.") if name.split() and not name.startswith("@") else name


def _read(file: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        found: Mapping[str, Mapping[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged(message("sample.content_missing", file=file.name), technical=str(error)) from error
    return found
