"""What makes a reply an invitation to e-mail: noted in the transaction that owes it."""

from __future__ import annotations

import re

from app.mail.recognising import plus_token, tokens_in
from app.models.delivery import Owed
from app.store.database import Session
from app.store.writing import invitations

_PLUS = re.compile(r"[\w.%'-]+\+r\.[a-z2-7]{10,32}@[\w.-]*\w", re.IGNORECASE)


def note(session: Session, owed: Owed, outbox_id: int, text: str, now_ms: int) -> None:
    """A reply that holds an address to which an answer carries its token by itself, or a token beside an address of ours, invites; and so
    does a first letter by e-mail. In the transaction that owes it.
    """
    if owed.conversation_id is None:
        return
    if owed.mail is not None:
        if owed.mail.token and not owed.mail.in_reply_to:
            invitations.make(
                session,
                owed.conversation_id,
                owed.account_id,
                owed.mail.token,
                owed.mail.to.casefold(),
                outbox_id,
                now_ms,
            )
        return
    if "@" not in text:
        return
    for account_id, own in invitations.addresses(session):
        address = own.casefold()
        marks = [plus_token(found) for found in _PLUS.findall(text) if _without_plus(found) == address]
        if address in text.casefold():
            marks += tokens_in(text)
        for mark in marks[:1]:
            invitations.make(session, owed.conversation_id, account_id, mark, "", outbox_id, now_ms)


def _without_plus(address: str) -> str:
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
