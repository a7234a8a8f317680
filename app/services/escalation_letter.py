"""The letter to a manager: the question first, then by when, what was said, and who the customer is; plain text in the manager's language.

An edge of the program like window and command line: it holds `Words`, because what it makes is read by somebody who has neither.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.language.personal import Kind, personal
from app.models.customer import CustomerDetail
from app.models.escalation import Why
from app.models.manager import ManagerRow
from app.models.message import ConversationDetail, MessageKind, MessageRow, NoteRow
from app.models.order import OrderRow
from app.runtime.words import Words

LONGEST_SUBJECT = 70
MOST_ORDERS = 5
INDENT = "    "
COVERED = frozenset({Kind.EMAIL, Kind.PHONE})
WIDTH = 78


class Told(NamedTuple):
    """All that the letter is made of."""

    manager: ManagerRow
    shop: str
    sender: str
    """Who asks; the shop where nobody is named."""
    name: str
    """The customer's."""
    handle: str
    network: str
    """The network's own name."""
    question: str
    reasons: Sequence[Why]
    remind_at: datetime | None
    detail: ConversationDetail
    left_out: frozenset[str]
    customer: CustomerDetail | None
    orders: Sequence[OrderRow] = ()
    told: str = ""
    """What the customer is told with it; empty for nothing."""
    promise_at: datetime | None = None
    attached: Mapping[str, str] = {}
    """What each picture that goes along is called, by the name it would be left out by."""


def subject_of(name: str, question: str) -> str:
    """The customer and the beginning of the question, on one line without anything that could leave it."""
    asked = plain_line(question)
    whole = f"{plain_line(name)}: {asked}" if name else asked
    return textwrap.shorten(whole, LONGEST_SUBJECT, placeholder="…") if len(whole) > LONGEST_SUBJECT else whole


def letter_text(told: Told, words: Words, now: datetime) -> str:
    """The whole letter."""
    say = words.text
    manager = plain_line(told.manager.name).split()
    blocks = [say("escalation.mail.greeting", name=manager[0] if manager else ""), told.question.strip()]
    if told.remind_at is not None:
        blocks.append(say("escalation.mail.by", when=words.day_and_time(told.remind_at, now)))
    if told.reasons:
        blocks.append(
            say("escalation.mail.why", reasons=words.facts(say(f"escalation.why.{each}") for each in told.reasons))
        )
    if told.told:
        said = say("escalation.mail.told")
        if told.promise_at is not None:
            said = say("escalation.mail.told_by", when=words.day_and_time(told.promise_at, now))
        blocks.append(f"{said}\n{_indented(_covered(told.told, told, words))}")
    blocks.append(
        f"{say('escalation.mail.how')}\n{say('escalation.mail.thanks')}\n{plain_line(told.sender) or told.shop}"
    )
    transcript = _transcript(told, words, now)
    if transcript:
        blocks.append(f"{_rule(say('escalation.mail.said'))}\n\n{transcript}")
    blocks.append(f"{_rule(say('escalation.mail.customer'))}\n\n{_card(told, words, now)}")
    return "\n\n".join(blocks) + "\n"


def plain_line(text: str) -> str:
    """One line, without controls and marks of direction."""
    flat = " ".join(text.split())
    return "".join(each for each in flat if each == " " or unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Co"))


def covered(text: str, cover: str) -> str:
    """The text without e-mail addresses and telephone numbers."""
    pieces, place = [], 0
    for found in sorted((each for each in personal(text) if each.kind in COVERED), key=lambda each: each.start):
        if found.start < place:
            continue
        pieces += [text[place : found.start], cover]
        place = found.end
    return "".join([*pieces, text[place:]])


def goes_along(detail: ConversationDetail) -> list[tuple[str, MessageRow | NoteRow]]:
    """What may go with a question, in time: messages that are said, and notes; each with the name it is left out by."""
    said: list[tuple[str, MessageRow | NoteRow]] = [
        (f"m{each.id}", each) for each in detail.messages if each.id > 0 and not each.deleted
    ]
    said += [(f"n{each.id}", each) for each in detail.notes]
    return sorted(said, key=lambda pair: pair[1].at)


def _transcript(told: Told, words: Words, now: datetime) -> str:
    lines = []
    for name, piece in goes_along(told.detail):
        if name in told.left_out:
            continue
        at = words.day_and_time(piece.at, now)
        if isinstance(piece, NoteRow):
            who = words.text("escalation.mail.note")
        elif piece.kind is MessageKind.OURS:
            who = words.text("escalation.mail.we", shop=plain_line(piece.author) or told.shop)
        else:
            who = (
                f"{plain_line(piece.author)} ({plain_line(piece.handle)})" if piece.handle else plain_line(piece.author)
            )
        body = [_covered(piece.text, told, words)]
        if isinstance(piece, MessageRow):
            body += _files(told, piece)
            if piece.url:
                body.append(piece.url)
        lines.append(f"[{at}] {who}\n{_indented(chr(10).join(body))}")
    return "\n\n".join(lines)


def _files(told: Told, piece: MessageRow) -> list[str]:
    """What hangs on a message, by its link; one that goes along is named too."""
    lines = []
    for place, each in enumerate(piece.attachments):
        name = told.attached.get(f"p{piece.id}.{place}", "")
        what = plain_line(each.alt) or each.kind
        said = f"{what} ({name})" if name else what
        if each.url or name:
            lines.append(f"{said}: {each.url}" if each.url else said)
    return lines


def _card(told: Told, words: Words, now: datetime) -> str:
    say, customer = words.text, told.customer
    first = f"{plain_line(told.name)} ({plain_line(told.handle)}, {told.network})"
    facts = [first]
    if customer is not None:
        if customer.followers is not None:
            facts.append(say("escalation.mail.followers", n=customer.followers))
        if customer.city:
            facts.append(plain_line(customer.city))
        if customer.first_at is not None:
            facts.append(say("escalation.mail.since", day=words.day(customer.first_at, now)))
    lines = [" · ".join(facts)]
    for order in told.orders[:MOST_ORDERS]:
        about = [
            f"{say('escalation.mail.order')} {plain_line(order.number)}",
            plain_line(order.products),
            plain_line(order.state),
        ]
        if order.ordered_at is not None:
            about.insert(1, words.day(order.ordered_at, now))
        if order.amount is not None:
            about.append(f"{words.number(order.amount / 100, 2)} {order.currency}".strip())
        lines.append(" · ".join(each for each in about if each))
    return "\n".join(lines)


def _covered(text: str, told: Told, words: Words) -> str:
    return covered(text, words.text("escalation.mail.covered")) if told.manager.is_masked else text


def _indented(text: str) -> str:
    return textwrap.indent(text.strip(), INDENT, lambda _line: True)


def _rule(title: str) -> str:
    return f"{title}\n{'-' * min(len(title), WIDTH)}"
