"""Invitations to go on by e-mail, and the letters of customers that come of them: each becomes a message of a conversation of the mailbox."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import Session, col, select

from app.models.arrival import Arrival
from app.models.conversation import ConversationState
from app.models.judgement import Judge, as_it_comes
from app.models.letter import ReadLetter
from app.models.mailbox import EMAIL
from app.models.message import Attachment, MessageKind, Visibility
from app.models.tables.account import Account
from app.models.tables.conversation import Conversation, Customer, Identity, Message, Note
from app.models.tables.mail import Invitation, Mailbox
from app.models.tables.outbox import OutboxItem
from app.store.notes import lookup
from app.store.writing import conversations, customers, messages
from app.store.writing.threads import Promise

STREAM = "letters"
LONGEST_SUBJECT = 300
LONGEST_TROUBLE = 300
MOST_ATTACHED = 20
_READ = "0"
"""The stream's cursor: letters have their own (`mailbox.last_uid`), but a stream without one counts as read for the first time."""


def make(
    session: Session,
    conversation_id: int,
    account_id: int,
    token: str,
    address: str,
    outbox_id: int | None,
    now_ms: int,
) -> int:
    """Answers the invitation's id; the same token again changes nothing."""
    there = session.exec(select(Invitation).where(Invitation.token == token)).first()
    if there is not None:
        return there.id or 0
    row = Invitation(
        conversation_id=conversation_id,
        account_id=account_id,
        token=token,
        address=address,
        outbox_id=outbox_id,
        invited_at=now_ms,
        taken_at=now_ms if address else None,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def addresses(session: Session) -> list[tuple[int, str]]:
    """(account id, address) of each mailbox."""
    return [(box.account_id, box.address) for box in session.exec(select(Mailbox).order_by(col(Mailbox.account_id)))]


def take_back(session: Session, outbox_id: int) -> None:
    """The reply that it went with was taken back. One that was taken up already stays."""
    row = session.exec(select(Invitation).where(Invitation.outbox_id == outbox_id)).first()
    if row is not None and row.led_to is None:
        session.delete(row)


def customer_letter(
    session: Session,
    account_id: int,
    letter: ReadLetter,
    tokens: tuple[str, ...],
    now_ms: int,
    promise: Promise,
    judge: Judge = as_it_comes,
    language: str = "",
    subject: str = "",
) -> int | None:
    """Stores a letter of somebody who was invited, or who writes by e-mail already; answers its conversation, None for any other letter.

    `tokens`: those of its subject and its addresses. `subject`: bare. The same letter again changes nothing.
    """
    address = letter.from_address.casefold()
    account = session.get_one(Account, account_id)
    invitation = _invitation(session, account_id, letter, tokens, address)
    known = _conversation_of(session, account_id, letter)
    if known is None and invitation is not None and invitation.led_to is not None:
        known = session.get(Conversation, invitation.led_to)
        known = known if known is not None and _writes(session, known, address) else None
    if known is None and invitation is None and _identity(session, account, address) is None:
        return None
    if invitation is not None:
        _be_the_same_person(session, account, invitation, letter, address, now_ms)
    root = (
        known.thread_key
        if known is not None
        else next((each for each in (*letter.chain, letter.in_reply_to) if each), letter.remote_id)
    )
    if known is not None and not _writes(session, known, address):
        root = f"{known.thread_key} {address}"  # somebody else answered in it: that is another customer's conversation
    messages.move_cursor(session, account_id, STREAM, _READ, now_ms)
    arrival = _arrival(letter, root, address, language, subject)
    messages.keep(session, account_id, [arrival], STREAM, _READ, now_ms, promise, judge)
    session.flush()
    stored = session.exec(
        select(Message).where(Message.account_id == account_id, Message.remote_id == letter.remote_id)
    ).first()
    if stored is None:
        return None
    if invitation is not None and invitation.led_to is None:
        invitation.led_to = stored.conversation_id
        invitation.taken_at = now_ms
        session.flush()
        session.refresh(invitation)
    return stored.conversation_id


def bounced(session: Session, account_id: int, letter: ReadLetter, note: Callable[[str], str], now_ms: int) -> bool:
    """A letter of ours to a customer came back: its conversation needs an answer again, and a note says what the other server said (`note` makes a sentence of
    that)."""
    named = [each for each in (letter.bounced_id, letter.in_reply_to, *letter.chain[-10:]) if each]
    sql = "SELECT id, conversation_id FROM message WHERE account_id = ? AND remote_id IN (?*) AND kind = 'ours'"
    found = lookup(session, sql, named, account_id)
    if not found:
        return False
    conversation_id: int = found[0][1]
    said = note(" ".join((letter.trouble or letter.subject).split())[:LONGEST_TROUBLE])
    known = session.exec(select(Note.text).where(Note.conversation_id == conversation_id)).all()
    if said in known:
        return True  # the same again, or a second try that failed alike
    conversations.set_state(session, conversation_id, ConversationState.NEEDS_ANSWER, now_ms)
    conversations.mark_unread(session, conversation_id)
    conversations.add_note(session, conversation_id, said, now_ms)
    return True


def _arrival(letter: ReadLetter, root: str, address: str, language: str, subject: str) -> Arrival:
    attached = tuple(
        Attachment("", "other", f"{name} ({_size(size)})") for name, size in letter.attachments[:MOST_ATTACHED]
    )
    return Arrival(
        remote_id=letter.remote_id,
        kind=MessageKind.PRIVATE,
        author_id=address,
        author_handle=address,
        author_name=letter.from_name,
        text=letter.text or letter.whole,
        at=letter.at,
        thread_key=root,
        in_reply_to=letter.in_reply_to,
        visibility=Visibility.DIRECT,
        language=language,
        attachments=attached,
        parent_text=subject[:LONGEST_SUBJECT],
        parent_ours=False,
    )


def _invitation(
    session: Session, account_id: int, letter: ReadLetter, tokens: tuple[str, ...], address: str
) -> Invitation | None:
    """By token; else by the address that we wrote to, or that stands on the card of somebody who was invited."""
    for token in tokens:
        found = session.exec(
            select(Invitation).where(Invitation.token == token, Invitation.account_id == account_id)
        ).first()
        if found is not None:
            return found
    sql = (
        "SELECT v.id FROM message AS m CROSS JOIN invitation AS v ON v.outbox_id = m.outbox_id"
        " WHERE m.account_id = ? AND m.remote_id IN (?*) ORDER BY v.id DESC LIMIT 1"
    )
    named = [each for each in (letter.in_reply_to, *letter.chain[-10:]) if each]
    rows = [number for (number,) in lookup(session, sql, named, account_id)]
    if rows:
        return session.get(Invitation, rows[0])
    sql = (
        "SELECT v.id FROM customer AS k CROSS JOIN conversation AS c ON c.customer_id = k.id"
        " CROSS JOIN invitation AS v ON v.conversation_id = c.id"
        " WHERE k.email IN (?*) AND k.email <> '' ORDER BY v.id DESC LIMIT 1"
    )
    rows = [number for (number,) in lookup(session, sql, [address])]
    return session.get(Invitation, rows[0]) if rows else None


def _conversation_of(session: Session, account_id: int, letter: ReadLetter) -> Conversation | None:
    """That of a message that the letter refers to; the last reference first."""
    for remote_id in (letter.in_reply_to, *reversed(letter.chain[-10:])):
        if not remote_id:
            continue
        found = session.exec(
            select(Message).where(Message.account_id == account_id, Message.remote_id == remote_id)
        ).first()
        if found is not None:
            conversation = session.get_one(Conversation, found.conversation_id)
            if conversation.account_id == account_id:
                return conversation
    return None


def _identity(session: Session, account: Account, address: str) -> Identity | None:
    return session.exec(
        select(Identity).where(
            Identity.network == EMAIL, Identity.server == account.server, col(Identity.remote_id) == address
        )
    ).first()


def _writes(session: Session, conversation: Conversation, address: str) -> bool:
    """Whether it is this address's conversation."""
    identity = session.get(Identity, conversation.identity_id) if conversation.identity_id is not None else None
    return identity is not None and identity.remote_id == address


def _be_the_same_person(
    session: Session, account: Account, invitation: Invitation, letter: ReadLetter, address: str, now_ms: int
) -> None:
    """The letters' author becomes a profile of the customer who was invited - where that is proven: the invitation could be read by nobody
    else, or the address is the one that we know. Anybody may write to an address that stood in public.
    """
    conversation = session.get_one(Conversation, invitation.conversation_id)
    customer = session.get_one(Customer, conversation.customer_id)
    item = session.get(OutboxItem, invitation.outbox_id) if invitation.outbox_id is not None else None
    private = item is not None and item.visibility == Visibility.DIRECT
    expected = address in (invitation.address.casefold(), customer.email.casefold())
    if not (expected or (private and not invitation.address)):
        return
    there = _identity(session, account, address)
    if there is None:
        session.add(
            Identity(
                customer_id=conversation.customer_id,
                network=EMAIL,
                server=account.server,
                remote_id=address,
                handle=address,
                name=letter.from_name,
            )
        )
        session.flush()
    elif there.customer_id != conversation.customer_id:
        try:
            customers.join(session, conversation.customer_id, there.customer_id, now_ms)
        except customers.NotJoinable:
            return


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
