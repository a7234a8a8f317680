"""What a letter that came in is to us: whose question it answers, and how sure that is. Reads inside the transaction that stores it.

In the order of trust (RFC 5322 3.6.4, RFC 5233): it refers to a letter of ours; it was sent to an address with our token; the token stands
in its subject or text; it only comes from somebody who was asked, under the same subject, within thirty days: then the user says.
"""

from __future__ import annotations

from typing import NamedTuple

from app.mail.recognising import base_subject, plus_token, tokens_in
from app.models.letter import LetterKind, ReadLetter
from app.store.database import Session
from app.store.writing import escalations
from app.store.writing.escalations import Found

WEAK_DAYS = 30
DAY_MS = 86_400_000


class Recognised(NamedTuple):
    """The question that a letter belongs to, and as what."""

    of: Found
    kind: LetterKind


def recognise(session: Session, letter: ReadLetter, now_ms: int) -> Recognised | None:
    """None for a letter that belongs to no question."""
    if letter.is_bounce:
        of = _of_bounce(session, letter)
        return None if of is None else Recognised(of, LetterKind.BOUNCE if letter.is_hard else LetterKind.AUTOMATIC)
    of = escalations.of_references(session, (*letter.chain, letter.in_reply_to)) or _of_token(session, letter)
    if of is not None:
        return Recognised(of, _kind(letter, of))
    of = _weak(session, letter, now_ms)
    if of is None:
        return None
    return Recognised(of, LetterKind.AUTOMATIC if letter.is_automatic else LetterKind.UNSURE)


def _kind(letter: ReadLetter, of: Found) -> LetterKind:
    if letter.is_automatic:
        return LetterKind.AUTOMATIC
    return LetterKind.ANSWER if same_address(letter.from_address, of.address) else LetterKind.FORWARD


def _of_bounce(session: Session, letter: ReadLetter) -> Found | None:
    """What came back names the letter that did not arrive; where the server left that out, the token is in what it quotes."""
    ids = (*letter.chain, letter.in_reply_to, letter.bounced_id)
    return escalations.of_references(session, ids) or _of_token(session, letter)


def _of_token(session: Session, letter: ReadLetter) -> Found | None:
    tokens = [token for token in map(plus_token, letter.to) if token]
    found = escalations.of_tokens(session, tokens) if tokens else None
    if found is not None:
        return found
    tokens = [*tokens_in(letter.subject), *tokens_in(letter.whole)]
    return escalations.of_tokens(session, tokens) if tokens else None


def _weak(session: Session, letter: ReadLetter, now_ms: int) -> Found | None:
    wanted = base_subject(letter.subject)
    asked = escalations.open_of_address(session, letter.from_address, now_ms - WEAK_DAYS * DAY_MS)
    return next((each for each in asked if wanted and base_subject(each.subject) == wanted), None)


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are one mailbox, but for case and what stands behind a plus."""
    return _bare(one) == _bare(other)


def _bare(address: str) -> str:
    local, _, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
