"""The outbox: what is owed enters here, is claimed, and is settled once. Every move is checked against `LEGAL_MOVES`.

A claim is committed before the network is called. A process that dies in between leaves it claimed; when its lease has ended
another takes it over as unsure, and only evidence or the user's word leads on from there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, update
from sqlmodel import Session, col, select

from app.models.account import AccountState
from app.models.delivery import Delivery, IllegalMove, Owed
from app.models.letter import mail_to_json
from app.models.message import MessageKind
from app.models.outbox import LEGAL_MOVES, DeliveryState, OutboxKind
from app.models.tables.conversation import Conversation, Message
from app.models.tables.outbox import OutboxItem
from app.runtime import words
from app.runtime.clock import from_ms, to_ms
from app.store.notes import execute, lookup
from app.store.reading.outbox import ANYONE, ASKED_TO_HOLD, DELIVERY_SQL, FREE, OVERDUE_SQL, WAITS_FOR_LINK, as_delivery
from app.store.writing import cases, sets
from app.store.writing.posts import link_card_text, pictures_text, poll_text

UNKNOWN_PREFIX = "outbox:"
"""Begins the remote id of a reply that is out by the user's word alone, until the network shows it to us."""

RESTORED = "outbox.unsure.restored"
"""Why something is in doubt that no attempt of this program was about."""

WITHDRAWABLE = (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.BY_HAND)
PLANNABLE = (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.LET_GO, DeliveryState.BY_HAND)
GIVEN_UP = (DeliveryState.FAILED, DeliveryState.LET_GO, DeliveryState.BY_HAND)
"""States in which nothing of the current part is at the network: what is tried from here on begins anew."""


def add(session: Session, owed: Owed, now_ms: int) -> int:
    """Owes it and answers its id."""
    row = OutboxItem(
        account_id=owed.account_id,
        kind=owed.kind,
        state=owed.state,
        key=owed.key,
        post_id=owed.post_id,
        conversation_id=owed.conversation_id,
        message_id=owed.message_id,
        target=owed.target,
        parts=json.dumps(list(owed.parts), ensure_ascii=False),
        pictures=pictures_text(owed.pictures),
        poll=poll_text(owed.poll),
        visibility=owed.visibility,
        warning=owed.warning,
        language=owed.language,
        answer_title=owed.answer_title,
        quote=owed.quote,
        link_card=link_card_text(owed.link_card),
        lateness=owed.lateness.to_text() if owed.lateness is not None else "",
        mail=mail_to_json(owed.mail),
        due_at=to_ms(owed.due_at),
        created_at=now_ms,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def move(
    session: Session,
    outbox_id: int,
    to: DeliveryState,
    now_ms: int,
    *,
    reason: str = "",
    due_ms: int | None = None,
    next_try_ms: int | None = None,
) -> DeliveryState:
    """Moves an item and answers where it was; raises IllegalMove. `reason` is a `Message` as JSON and replaces the old one.

    From claimed to waiting counts an attempt, and only who is certain that the network stored nothing may ask for it. What a server
    holds keeps its `held_id` until evidence ends it or the server has let go.
    """
    row = session.get_one(OutboxItem, outbox_id)
    before = DeliveryState(row.state)
    if to not in LEGAL_MOVES[before]:
        raise IllegalMove("outbox item", outbox_id, before, to)
    if to is DeliveryState.WAITING and before in GIVEN_UP and row.claimed_by == ANYONE:
        # It was given up in an older copy of the data; since then it may have been tried again, and be out.
        to, reason, next_try_ms, row.first_claimed_at = DeliveryState.UNSURE, words.message(RESTORED).to_json(), now_ms, row.claimed_at
    if before is DeliveryState.CLAIMED:
        row.claimed_by, row.claim_ends_at = "", None
        row.attempts += to is DeliveryState.WAITING
    if to is DeliveryState.WAITING and not row.held_id:
        # What the network shows from before this moment is not the next attempt's.
        row.first_claimed_at = None
    if to is DeliveryState.WAITING and before in GIVEN_UP:
        row.begun_at = None
    if to is DeliveryState.OUT or (to is DeliveryState.UNSURE and row.held_id != ASKED_TO_HOLD):
        row.held_id = ""
    if due_ms is not None and due_ms != row.due_at:
        row.warnings, row.checked_at = "", None  # it is checked anew before its new time
    row.state, row.reason, row.next_try_at = to, reason, next_try_ms
    if due_ms is not None:
        row.due_at = due_ms
    if to is DeliveryState.OUT:
        _is_out(session, row, now_ms)
    return before


def _is_anyones(row: OutboxItem) -> bool:
    """Whether every part of it may have left between an older copy of the data and its return (store/reconciling.py)."""
    return row.state == DeliveryState.UNSURE and row.claimed_by == ANYONE


def reschedule(session: Session, outbox_id: int, due_ms: int, now_ms: int) -> None:
    """Another time for what has not been tried or was given up; raises IllegalMove for what may be out."""
    state = DeliveryState(session.get_one(OutboxItem, outbox_id).state)
    if state not in PLANNABLE:
        raise IllegalMove("outbox item", outbox_id, state, DeliveryState.WAITING)
    move(session, outbox_id, DeliveryState.WAITING, now_ms, due_ms=due_ms)


def withdraw_post(session: Session, post_id: int, now_ms: int) -> list[int]:
    """Lets go of everything of a post that is not out and not under way; answers the ids."""
    waiting = select(OutboxItem.id).where(OutboxItem.post_id == post_id, col(OutboxItem.state).in_(WITHDRAWABLE))
    ids = [number for number in session.exec(waiting.order_by(col(OutboxItem.id))) if number is not None]
    for number in ids:
        move(session, number, DeliveryState.LET_GO, now_ms)
    return ids


# --- the engine


def claim(session: Session, now_ms: int, process: str, lease_seconds: float, limit: int = 1) -> list[Delivery]:
    """Takes what is due, at most one item an account and none where one is under way: accounts longest unserved first.

    Replies and acts go before posts, and the replies of one conversation in their order. Only accounts that are ready are served.
    """
    session.flush()  # the queries look past the session
    first_of_account: dict[int, tuple[int, int, int, int]] = {}
    for is_post, statement in enumerate((_NEXT_BUT_POSTS, _NEXT_POST)):
        values = (DeliveryState.WAITING, now_ms, now_ms, AccountState.READY)
        for number, account_id, due_at, served_at in session.connection().exec_driver_sql(statement, values):
            first_of_account.setdefault(account_id, (is_post, served_at, due_at, number))
    chosen = [number for *_, number in sorted(first_of_account.values())[:limit]]
    for number in chosen:
        row = session.get_one(OutboxItem, number)
        row.state, row.claimed_by, row.claimed_at = DeliveryState.CLAIMED, process, now_ms
        row.claim_ends_at, row.next_try_at = now_ms + round(lease_seconds * 1000), None
        row.first_claimed_at = now_ms if row.first_claimed_at is None else row.first_claimed_at
        row.begun_at = now_ms if row.begun_at is None else row.begun_at
    session.flush()
    return _in_full(session, chosen)


# --- what a server holds


def claim_to_hold(session: Session, item: Delivery, now_ms: int, process: str, lease_seconds: float) -> Delivery | None:
    """Takes an item in order to hand it to its server ahead of its time; None when it is no longer as it was read, or another of
    the account is under way.
    """
    row = session.get_one(OutboxItem, item.id)
    busy = select(OutboxItem.id).where(OutboxItem.account_id == item.account_id, OutboxItem.state == DeliveryState.CLAIMED)
    free = not row.held_id and row.waits_for is None and (row.next_try_at or 0) < row.due_at
    as_read = row.state == DeliveryState.WAITING and row.due_at == to_ms(item.due_at) and free
    if not as_read or session.exec(busy).first() is not None:
        return None
    row.state, row.claimed_by, row.claimed_at = DeliveryState.CLAIMED, process, now_ms
    row.claim_ends_at, row.next_try_at = now_ms + round(lease_seconds * 1000), None
    row.first_claimed_at, row.held_id = now_ms, ASKED_TO_HOLD
    session.flush()
    return _in_full(session, [item.id])[0]


def hold(session: Session, outbox_id: int, held_id: str, now_ms: int) -> None:
    """The server holds it, under this id."""
    row = session.get_one(OutboxItem, outbox_id)
    move(session, outbox_id, DeliveryState.HELD, now_ms)
    row.held_id = held_id


def not_held(session: Session, outbox_id: int, now_ms: int, reason: str = "") -> None:
    """The server certainly does not hold it: it waits for its time as if nobody had been asked."""
    row = session.get_one(OutboxItem, outbox_id)
    attempts, row.held_id = row.attempts, ""
    move(session, outbox_id, DeliveryState.WAITING, now_ms, reason=reason)
    row.attempts = attempts


def taken_back(session: Session, outbox_id: int, held_id: str) -> bool:
    """The server has let go of it. False when something else became of the item meanwhile."""
    row = session.get_one(OutboxItem, outbox_id)
    if row.held_id != held_id or row.state not in (DeliveryState.WAITING, DeliveryState.LET_GO):
        return False
    row.held_id, row.first_claimed_at = "", None
    return True


def look_at(session: Session, outbox_id: int, next_try_ms: int) -> None:
    """A held item whose time has come is looked for again then."""
    session.get_one(OutboxItem, outbox_id).next_try_at = next_try_ms


def keep_uploads(session: Session, outbox_id: int, uploads: str) -> None:
    """What was uploaded for it ahead of its time; empty forgets it."""
    session.get_one(OutboxItem, outbox_id).uploads = uploads


_NEXT = f"""
SELECT n.id, n.account_id, n.due_at, coalesce((SELECT max(s.claimed_at) FROM outbox AS s WHERE s.account_id = a.id), 0)
FROM account AS a JOIN outbox AS n ON n.id = (
    SELECT o.id FROM outbox AS o
    WHERE o.account_id = a.id AND o.state = ? AND o.due_at <= ? AND coalesce(o.next_try_at, 0) <= ? AND {{kinds}} AND {FREE}
    ORDER BY o.due_at, o.id LIMIT 1)
WHERE a.state = ? AND a.removed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM outbox AS c WHERE c.account_id = a.id AND c.state = '{DeliveryState.CLAIMED}')
"""
"""The first due item of each account that has none under way; found by the index of an account's items, however many there are."""
_NEXT_POST = _NEXT.format(kinds=f"o.kind = '{OutboxKind.POST}'")
_NEXT_BUT_POSTS = _NEXT.format(
    kinds=f"""o.kind <> '{OutboxKind.POST}' AND (o.kind <> '{OutboxKind.REPLY}' OR NOT EXISTS (
        SELECT 1 FROM outbox AS e WHERE e.conversation_id = o.conversation_id AND e.account_id = o.account_id
            AND e.kind = '{OutboxKind.REPLY}' AND e.state = '{DeliveryState.WAITING}' AND (e.due_at, e.id) < (o.due_at, o.id)))"""
)


def renew(session: Session, outbox_id: int, process: str, until_ms: int) -> bool:
    """Prolongs one's claim; False when it is no longer one's own: then nothing more may be sent."""
    row = session.get_one(OutboxItem, outbox_id)
    if row.state != DeliveryState.CLAIMED or row.claimed_by != process:
        return False
    row.claim_ends_at = until_ms
    return True


def take_over(session: Session, now_ms: int) -> list[Delivery]:
    """Turns claims whose lease has ended into unsure items and answers them."""
    ended = select(OutboxItem.id).where(
        OutboxItem.state == DeliveryState.CLAIMED, col(OutboxItem.claim_ends_at) <= now_ms
    )
    ids = [number for number in session.exec(ended) if number is not None]
    for number in ids:
        move(session, number, DeliveryState.UNSURE, now_ms)
    session.flush()
    return _in_full(session, ids)


def record_progress(session: Session, outbox_id: int, remote_id: str, url: str, now_ms: int) -> None:
    """The current part is certainly out. A part of a reply becomes a message at once; recording the same part again changes nothing."""
    row = session.get_one(OutboxItem, outbox_id)
    done = json.loads(row.progress)
    if any(part["id"] == remote_id for part in done):
        return
    position = len(done)
    if position >= len(json.loads(row.parts)):
        raise IllegalMove("outbox item", outbox_id, f"{position} parts out", "one more")
    row.progress = json.dumps([*done, {"id": remote_id, "url": url}])
    if row.first_claimed_at is not None and not _is_anyones(row):
        row.first_claimed_at = now_ms
    if _is_anyones(row):
        row.held_id = ""  # no server that still held it would show it
    if row.kind == OutboxKind.REPLY:
        _keep_reply(session, row, position, remote_id, url, now_ms)


def may_be_anothers(session: Session, outbox_id: int, remote_id: str) -> bool:
    """Whether a post that was found for the item's next part is known to be another item's, or may be: one with the same words is on its
    way this moment, and its answer is not written down yet.
    """
    session.flush()
    row = session.get_one(OutboxItem, outbox_id)
    text = json.loads(row.parts)[len(json.loads(row.progress))]
    others = select(OutboxItem.state, OutboxItem.parts, OutboxItem.progress).where(
        OutboxItem.account_id == row.account_id,
        OutboxItem.id != outbox_id,
        or_(col(OutboxItem.state) == DeliveryState.CLAIMED, func.instr(OutboxItem.progress, remote_id) > 0),
    )
    for state, parts, progress in session.exec(others):
        done = json.loads(progress)
        if any(part["id"] == remote_id for part in done):
            return True
        if state == DeliveryState.CLAIMED and text in json.loads(parts)[len(done) :]:
            return True
    return False


def settle_out(session: Session, outbox_id: int, now_ms: int, *, url: str = "") -> None:
    """All of it is out, by the network's answer, by evidence or by the user's word (`url` then, where the user knows it)."""
    row = session.get_one(OutboxItem, outbox_id)
    if url:
        row.url = url
    move(session, outbox_id, DeliveryState.OUT, now_ms)


def _is_out(session: Session, row: OutboxItem, now_ms: int) -> None:
    done = json.loads(row.progress)
    row.sent_at = now_ms
    if done:
        row.remote_id, row.url = done[0]["id"], done[0]["url"] or row.url
    if row.kind == OutboxKind.POST:
        sets.put_link(session, row)
    if row.kind == OutboxKind.REPLY:
        for position in range(len(done), len(json.loads(row.parts))):
            _keep_reply(session, row, position, f"{UNKNOWN_PREFIX}{row.id}:{position}", row.url, now_ms)
    elif row.kind == OutboxKind.DELETE:
        _is_deleted(session, row, now_ms)
    elif row.message_id is not None and (acted := session.get(Message, row.message_id)) is not None:
        if row.kind in (OutboxKind.LIKE, OutboxKind.UNLIKE):
            acted.liked = row.kind == OutboxKind.LIKE
        elif row.kind in (OutboxKind.BOOST, OutboxKind.UNBOOST):
            acted.boosted = row.kind == OutboxKind.BOOST


def _is_deleted(session: Session, row: OutboxItem, now_ms: int) -> None:
    """What it took off the network says so from now on, and keeps its text."""
    gone = set(row.target.split())
    same = (OutboxItem.account_id == row.account_id, col(OutboxItem.remote_id).in_(gone), OutboxItem.kind != OutboxKind.DELETE)
    for item in session.exec(select(OutboxItem).where(*same)):
        item.deleted_at = now_ms
    for message in session.exec(select(Message).where(Message.account_id == row.account_id, col(Message.remote_id).in_(gone))):
        message.deleted = True


def _keep_reply(session: Session, row: OutboxItem, position: int, remote_id: str, url: str, now_ms: int) -> None:
    """The reading may have brought it in before the answer did: then it is only told where it came from."""
    if row.conversation_id is None:
        return
    done = json.loads(row.progress)
    same = select(Message).where(Message.account_id == row.account_id, Message.remote_id == remote_id)
    message = session.exec(same).first()
    if message is None:
        message = Message(
            conversation_id=row.conversation_id,
            account_id=row.account_id,
            remote_id=remote_id,
            kind=MessageKind.OURS,
            text=json.loads(row.parts)[position],
            language=row.language,
            visibility=row.visibility,
            url=url,
            in_reply_to=done[position - 1]["id"] if 0 < position <= len(done) else row.target,
            at=now_ms,
            arrived_at=now_ms,
            read=True,
        )
        session.add(message)
        cases.replied(session, row.conversation_id, now_ms)
    message.outbox_id, message.answer_title = row.id, row.answer_title
    conversation = session.get(Conversation, row.conversation_id)
    if conversation is not None:
        conversation.ours_at = max(conversation.ours_at or 0, message.at)


def delivery(session: Session, outbox_id: int) -> Delivery | None:
    """An item in full inside a transaction that is about to change it."""
    session.flush()
    found = [as_delivery(row) for row in lookup(session, f"{DELIVERY_SQL} WHERE o.id IN (?*)", [outbox_id])]
    return found[0] if found else None


def of_post(session: Session, post_id: int) -> list[Delivery]:
    """All items of a post in full, whatever their state, inside a transaction that is about to change them."""
    session.flush()
    return [as_delivery(row) for row in lookup(session, f"{DELIVERY_SQL} WHERE o.post_id IN (?*) ORDER BY o.id", [post_id])]


def overdue(session: Session, due_before_ms: int) -> list[tuple[Delivery, str]]:
    """Posts whose time has passed before any part of them left, with the zone their time was chosen in."""
    session.flush()
    values = (DeliveryState.WAITING, OutboxKind.POST, due_before_ms, AccountState.READY)
    found = session.connection().exec_driver_sql(OVERDUE_SQL, values)
    return [(as_delivery(tuple(row)[:-1]), row[-1]) for row in found]


def planned_times(session: Session, account_id: int, since_ms: int) -> list[datetime]:
    """When posts of an account are to leave, or left, since then."""
    session.flush()
    mine = (OutboxItem.account_id == account_id, OutboxItem.kind == OutboxKind.POST, col(OutboxItem.due_at) >= since_ms)
    planned = col(OutboxItem.state).not_in((DeliveryState.LET_GO, DeliveryState.FAILED))
    return [from_ms(due_at) for due_at in session.exec(select(OutboxItem.due_at).where(*mine, planned))]


def _in_full(session: Session, ids: Sequence[int]) -> list[Delivery]:
    found = {row[0]: as_delivery(row) for row in lookup(session, f"{DELIVERY_SQL} WHERE o.id IN (?*)", ids)}
    return [found[number] for number in ids]


def forget_reason(session: Session, account_id: int) -> None:
    """After signing in again: what waits for this account has no trouble of its own any more and may be tried at once."""
    waiting = (col(OutboxItem.account_id) == account_id, col(OutboxItem.state) == DeliveryState.WAITING)
    of_account = col(OutboxItem.reason).not_like(f'%"{WAITS_FOR_LINK}"%')
    execute(session, update(OutboxItem).where(*waiting, of_account).values(reason="", next_try_at=None))


def mails_begun(session: Session, account_id: int) -> list[Delivery]:
    """Items of a mailbox that somebody tried to send and that are not known to be out."""
    session.flush()
    states = (DeliveryState.UNSURE, DeliveryState.WAITING, DeliveryState.CLAIMED)
    rows = select(OutboxItem.id).where(
        OutboxItem.account_id == account_id, col(OutboxItem.state).in_(states), col(OutboxItem.begun_at).is_not(None)
    )
    return _in_full(session, [number for number in session.exec(rows) if number is not None])
