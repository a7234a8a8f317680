"""Posts as the composer opens them and as lists show them, with where their deliveries stand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.models.lateness import lateness_of
from app.models.message import Visibility
from app.models.outbox import WORST_FIRST, DeliveryState, Keeper, keeper_of
from app.models.post import Picture, PostDraft, PostFormat, PostRow, PostState, QuotedPost
from app.runtime.clock import from_ms, to_ms
from app.store.reading import samples
from app.store.reading.outbox import TIME_LEFT, link_card_of, poll_of, warnings_of

_RANK = {str(state): rank for rank, state in enumerate(WORST_FIRST)}
LONGEST_TITLE = 200
CHUNK = 500


def post(connection: sqlite3.Connection, post_id: int) -> PostDraft | None:
    """The whole of a post; None when it is not there or was deleted."""
    found = connection.execute(
        "SELECT parts, poll, visibility, warning, language, pillar, format, planned_at, zone, title, quote, link_card, lateness,"
        " campaign_id, announcement, mark_id, series_id, series_day, evergreen, question, set_account_id, track_clicks, spacing, origin FROM post"
        " WHERE id = ? AND deleted_at IS NULL",
        (post_id,),
    ).fetchone()
    if found is None:
        return None
    parts, poll, visibility, warning, language, pillar, kind, planned_at, zone, title, quote, link_card, lateness = found[:13]
    campaign_id, announcement, mark_id, series_id, series_day, evergreen, question, set_account_id, tracked, spacing, origin = found[13:]
    no_card_of = declined_of(link_card)
    sql = "SELECT account_id, parts, visibility FROM variant WHERE post_id = ? ORDER BY account_id"
    variants = connection.execute(sql, (post_id,)).fetchall()
    sql = "SELECT path, alt FROM post_picture WHERE post_id = ? ORDER BY position"
    return PostDraft(
        id=post_id,
        parts=tuple(json.loads(parts)),
        variants=tuple((account_id, tuple(json.loads(own))) for account_id, own, _ in variants if own),
        accounts=tuple(account_id for account_id, *_ in variants),
        pictures=tuple(Picture(path, alt) for path, alt in connection.execute(sql, (post_id,))),
        poll=poll_of(poll),
        visibility=Visibility(visibility),
        warning=warning,
        language=language,
        pillar=pillar,
        format=PostFormat(kind),
        planned_at=_moment(planned_at),
        zone=zone,
        title=title,
        quote=quoted_of(quote),
        link_card=None if no_card_of else link_card_of(link_card),
        no_card_of=no_card_of,
        public_at=tuple(account_id for account_id, _, chosen in variants if chosen == Visibility.PUBLIC),
        lateness=lateness_of(lateness),
        campaign_id=campaign_id,
        announcement=announcement,
        mark_id=mark_id,
        series_id=series_id,
        series_day=series_day,
        evergreen=bool(evergreen),
        question=bool(question),
        set_account_id=set_account_id,
        track_clicks=bool(tracked),
        spacing=spacing,
        origin=origin,
    )


def quoted_of(text: str) -> QuotedPost | None:
    """What a post quotes, from the JSON that its row keeps."""
    if not text:
        return None
    values = json.loads(text)
    known, refused = ((tuple((number, each) for number, each in values[name])) for name in ("known", "refused"))
    return QuotedPost(values["url"], values["handle"], values["text"], known, refused, tuple(values["without"]))


def declined_of(link_card: str) -> str:
    """The link of which the user wants no card; empty where there is a card, or nothing to have one of."""
    return str(json.loads(link_card).get("declined", "")) if link_card else ""


def state(connection: sqlite3.Connection, post_id: int) -> PostState | None:
    """What the user decided about it; None when it is not there or was deleted."""
    found = connection.execute("SELECT state FROM post WHERE id = ? AND deleted_at IS NULL", (post_id,)).fetchone()
    return PostState(found[0]) if found else None


def row(connection: sqlite3.Connection, post_id: int) -> PostRow | None:
    """One post as lists show it; None when it is not there or was deleted."""
    found = _rows(connection, "id = ?", [post_id])
    return found[0] if found else None


def posts(connection: sqlite3.Connection, since: datetime | None, until: datetime | None) -> list[PostRow]:
    """Planned or out in [since, until), in time order, planned drafts included; without a span, ideas and drafts, newest first."""
    if since is None and until is None:
        return _rows(connection, "state IN (?, ?) ORDER BY saved_at DESC, id DESC", (PostState.IDEA, PostState.DRAFT))
    where, values = ["planned_at IS NOT NULL"], list[object]()
    if since is not None:
        where.append("planned_at >= ?")
        values.append(to_ms(since))
    if until is not None:
        where.append("planned_at < ?")
        values.append(to_ms(until))
    return _rows(connection, f"{' AND '.join(where)} ORDER BY planned_at, id", values)


def scheduled(connection: sqlite3.Connection, since: datetime, until: datetime | None, limit: int) -> list[PostRow]:
    """Scheduled ones whose time is in [since, until), out ones included, in time order."""
    values: list[object] = [PostState.SCHEDULED, to_ms(since)]
    bound = ""
    if until is not None:
        bound = " AND planned_at < ?"
        values.append(to_ms(until))
    return _rows(connection, f"state = ? AND planned_at >= ?{bound} ORDER BY planned_at, id LIMIT ?", [*values, limit])


def _rows(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> list[PostRow]:
    sql = f"SELECT id, title, parts, state, planned_at, pillar, format, saved_at FROM post WHERE deleted_at IS NULL AND {where}"
    found = connection.execute(sql, tuple(values)).fetchall()
    ids = [values[0] for values in found]
    owed = _by_post(
        connection,
        "SELECT o.post_id, o.id, o.state, o.reason, o.warnings FROM outbox AS o WHERE o.post_id IN (?*) ORDER BY o.id",
        ids,
    )
    goes_to = _by_post(
        connection,
        "SELECT v.post_id, a.network FROM variant AS v JOIN account AS a ON a.id = v.account_id WHERE v.post_id IN (?*)"
        " ORDER BY a.position, a.id",
        ids,
    )
    return [_row(connection, values, owed.get(values[0], []), goes_to.get(values[0], [])) for values in found]


def _row(
    connection: sqlite3.Connection, found: tuple[Any, ...], owed: list[tuple[Any, ...]], goes_to: list[tuple[Any, ...]]
) -> PostRow:
    number, title, parts, own_state, planned_at, pillar, kind, saved_at = found
    # What was let go counts only where nothing took its place: planning again makes new deliveries.
    alive = [item for item in owed if item[1] != DeliveryState.LET_GO] or (
        owed if own_state == PostState.SCHEDULED else []
    )
    worst = min(alive, key=lambda item: _RANK[item[1]], default=None)
    clicks = [samples.latest(connection, "clicks", "post", item[0]) for item in alive if item[1] == DeliveryState.OUT]
    counted = [many for many in clicks if many is not None]
    return PostRow(
        id=number,
        title=title or _first_line(json.loads(parts)),
        state=PostState(own_state),
        shown=DeliveryState(worst[1]) if worst else None,
        deliveries=len(alive),
        out=sum(item[1] == DeliveryState.OUT for item in alive),
        planned_at=_moment(planned_at),
        pillar=pillar,
        format=PostFormat(kind),
        networks=tuple(dict.fromkeys(network for (network,) in goes_to)),
        clicks=sum(counted) if counted else None,
        reason=worst[2] if worst else "",
        saved_at=_moment(saved_at),
        warnings=tuple(dict.fromkeys(each for item in alive if item[1] in TIME_LEFT for each in warnings_of(item[3]))),
        keeper=_keeper([DeliveryState(item[1]) for item in alive]),
    )


def _keeper(states: Sequence[DeliveryState]) -> Keeper | None:
    """A promise is as good as the weakest of those who keep it."""
    keepers = {keeper_of(state) for state in states}
    return next((keeper for keeper in (Keeper.COMPUTER, Keeper.SERVER) if keeper in keepers), None)


def _by_post(connection: sqlite3.Connection, sql: str, ids: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    grouped: dict[int, list[tuple[Any, ...]]] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        asked = sql.replace("(?*)", f"({', '.join('?' * len(chunk))})")
        for post_id, *rest in connection.execute(asked, tuple(chunk)):
            grouped.setdefault(post_id, []).append(tuple(rest))
    return grouped


def _first_line(parts: Sequence[str]) -> str:
    lines = (line.strip() for part in parts for line in part.splitlines())
    return next((line for line in lines if line), "")[:LONGEST_TITLE]


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
