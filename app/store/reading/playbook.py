"""The playbook: answers with all their wordings, how they do, their versions and drafts, and the facts they draw on."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from app.models.answer_content import after_from_json, blanks_from_json, day_of, pictures_from_json
from app.models.conversation import Category
from app.models.message import MessageKind
from app.models.playbook import (
    WARNED_DAYS,
    Address,
    AnswerFigures,
    ExampleRow,
    FactRow,
    ListFigures,
    PlaybookAnswer,
    PlaybookCare,
    PreviewPerson,
    VersionRow,
    WordingRow,
)
from app.runtime.clock import from_ms

DAY_MS = 24 * 3600 * 1000
WEEK_MS = 7 * DAY_MS
COUNTED_MS = 90 * DAY_MS
WEEKS = 13
SOLVED_AFTER_MS = 72 * 3600 * 1000
"""A case that the customer did not come back to within this time counts as solved by the answer."""
SHORTEST_ADDITION = 8
FACT = re.compile(r"\{fact:([\w-]+)\}")

_NOT_AGAIN = (
    "NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = u.conversation_id AND m.kind <> ?"
    " AND NOT m.thanks AND NOT m.deleted AND m.at > u.at AND m.at <= u.at + ?)"
)
_COLUMNS = "id, key, category, tags, title, uses, main_language, blanks, acts, review_on, pictures, changed_at"


def answers(connection: sqlite3.Connection) -> list[PlaybookAnswer]:
    """All of them that were not removed, by category and key."""
    texts: dict[int, list[WordingRow]] = {}
    for answer_id, *wording in connection.execute(
        "SELECT answer_id, id, language, text, address, is_long, changed_at FROM wording ORDER BY answer_id, language, position"
    ):
        texts.setdefault(answer_id, []).append(_wording(*wording))
    found = connection.execute(f"SELECT {_COLUMNS} FROM answer WHERE removed_at IS NULL ORDER BY category, key")
    return [_answer(tuple(texts.get(row[0], ())), *row) for row in found]


def figures(connection: sqlite3.Connection, now_ms: int) -> dict[int, ListFigures]:
    """How each answer did within ninety days, by id; those never used are not in it."""
    rows = connection.execute(
        "SELECT u.answer_id, count(*), sum(u.at <= ?), sum(u.at <= ? AND "
        f"{_NOT_AGAIN}), sum(u.edited) FROM answer_use u WHERE u.at > ? GROUP BY u.answer_id",
        (
            *(now_ms - SOLVED_AFTER_MS, now_ms - SOLVED_AFTER_MS),
            *(MessageKind.OURS, SOLVED_AFTER_MS, now_ms - COUNTED_MS),
        ),
    )
    return {answer_id: ListFigures(*counts) for answer_id, *counts in rows}


def figures_of(connection: sqlite3.Connection, answer_id: int, now_ms: int) -> AnswerFigures:
    """How one answer did, in full."""
    total = figures(connection, now_ms).get(answer_id, ListFigures(0, 0, 0))
    weeks = [0] * WEEKS
    sent: list[str] = []
    for at, edited, text in connection.execute(
        "SELECT at, edited, sent FROM answer_use WHERE answer_id = ? AND at > ?", (answer_id, now_ms - WEEKS * WEEK_MS)
    ):
        weeks[WEEKS - 1 - max(0, min(WEEKS - 1, (now_ms - at) // WEEK_MS))] += 1
        if edited and at > now_ms - COUNTED_MS:
            sent.append(text)
    (examples,) = connection.execute("SELECT count(*) FROM answer_example WHERE answer_id = ?", (answer_id,)).fetchone()
    known = " ".join(row[0] for row in connection.execute("SELECT text FROM wording WHERE answer_id = ?", (answer_id,)))
    return AnswerFigures(*total, tuple(weeks), examples, usual_addition(sent, known))


def usual_addition(sent: list[str], known: str) -> str:
    """The sentence that was written into several replies and stands in no wording; empty where there is none."""
    counted = Counter(sentence for text in sent for sentence in set(_sentences(text)) if sentence not in known)
    best = counted.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else ""


def versions(connection: sqlite3.Connection, answer_id: int) -> list[VersionRow]:
    """As it was before its last saves, the newest first."""
    rows = connection.execute(
        "SELECT id, at, content FROM answer_version WHERE answer_id = ? ORDER BY at DESC, id DESC LIMIT 100",
        (answer_id,),
    )
    return [VersionRow(number, from_ms(at), content) for number, at, content in rows]


def examples_of(connection: sqlite3.Connection, answer_id: int) -> list[ExampleRow]:
    """The messages it fits, by language."""
    rows = connection.execute(
        "SELECT id, language, text FROM answer_example WHERE answer_id = ? ORDER BY language, position, id",
        (answer_id,),
    )
    return [ExampleRow(*row) for row in rows]


def drafts(connection: sqlite3.Connection) -> dict[int, str]:
    """What is being written and not saved yet, by answer (0: a new one), as models/answer_content.py wrote it."""
    return dict(connection.execute("SELECT answer_id, content FROM answer_draft"))


def facts(connection: sqlite3.Connection) -> list[FactRow]:
    """All of them by title, with how many answers draw on each."""
    used: dict[str, set[int]] = {}
    for answer_id, text in connection.execute(
        "SELECT w.answer_id, w.text FROM wording w JOIN answer a ON a.id = w.answer_id"
        " WHERE a.removed_at IS NULL AND w.text LIKE '%{fact:%'"
    ):
        for key in FACT.findall(text):
            used.setdefault(key, set()).add(answer_id)
    return [
        FactRow(number, key, title, json.loads(text), day_of(expires), from_ms(at), len(used.get(key, ())))
        for number, key, title, text, expires, at in connection.execute(
            "SELECT id, key, title, text, expires_on, changed_at FROM fact WHERE removed_at IS NULL ORDER BY title, key"
        )
    ]


def care(connection: sqlite3.Connection, today: date) -> PlaybookCare:
    """What wants looking at on a day of the shop's calendar. Both tables are small."""
    (due,) = connection.execute(
        "SELECT count(*) FROM answer WHERE removed_at IS NULL AND review_on <> '' AND review_on <= ?",
        (today.isoformat(),),
    ).fetchone()
    ending = connection.execute(
        "SELECT 1 FROM fact WHERE removed_at IS NULL AND expires_on <> '' AND expires_on <= ? LIMIT 1",
        ((today + timedelta(days=WARNED_DAYS)).isoformat(),),
    ).fetchone()
    used = [fact for fact in facts(connection) if fact.used_by] if ending else []
    return PlaybookCare(
        tuple(fact.title for fact in used if fact.expired(today)),
        tuple(fact.title for fact in used if fact.expires_soon(today)),
        due,
    )


def wording_uses(connection: sqlite3.Connection, answer_id: int, conversation_id: int) -> dict[int, tuple[int, int]]:
    """(last use for the customer of a conversation, last use at all) of each wording, UTC milliseconds; 0: never."""
    rows = connection.execute(
        "SELECT u.wording_id, max(CASE WHEN i.customer_id = (SELECT customer_id FROM conversation WHERE id = ?)"
        " THEN u.at ELSE 0 END), max(u.at) FROM answer_use u JOIN conversation i ON i.id = u.conversation_id"
        " WHERE u.answer_id = ? AND u.wording_id IS NOT NULL GROUP BY u.wording_id",
        (conversation_id, answer_id),
    )
    return {wording: (theirs, anyones) for wording, theirs, anyones in rows}


def preview_people(connection: sqlite3.Connection, limit: int = 12) -> list[PreviewPerson]:
    """The customers who wrote last, each with the number of their last order."""
    rows = connection.execute(
        "SELECT coalesce(nullif(c.name, ''), i.name, ''), i.handle, coalesce((SELECT number FROM shop_order o"
        " WHERE o.customer_id = c.id ORDER BY o.ordered_at DESC LIMIT 1), '') FROM conversation v"
        " JOIN customer c ON c.id = v.customer_id JOIN identity i ON i.id = v.identity_id"
        " ORDER BY v.last_at DESC, v.id DESC LIMIT ?",
        (limit,),
    )
    return list(dict.fromkeys(PreviewPerson(*row) for row in rows if row[0]))


def _answer(
    texts: tuple[WordingRow, ...],
    number: int,
    key: str,
    category: str,
    tags: str,
    title: str,
    uses: int,
    main: str,
    blanks: str,
    acts: str,
    review_on: str,
    pictures: str,
    changed_at: int,
) -> PlaybookAnswer:
    return PlaybookAnswer(
        key=key,
        category=Category(category),
        title=json.loads(title),
        wordings=_by_language(texts),
        tags=tuple(json.loads(tags)),
        uses=uses,
        id=number,
        main_language=main,
        texts=texts,
        blanks=blanks_from_json(blanks) if blanks != "[]" else (),
        after=after_from_json(acts),
        review_on=day_of(review_on),
        pictures=pictures_from_json(pictures) if pictures != "[]" else (),
        changed_at=from_ms(changed_at) if changed_at else None,
    )


def _by_language(texts: tuple[WordingRow, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        if not text.is_long:
            found[text.language] = (*found.get(text.language, ()), text.text)
    return found


def _wording(number: int, language: str, text: str, address: str, is_long: int, changed_at: int) -> WordingRow:
    return WordingRow(
        language, text, Address(address), bool(is_long), number, from_ms(changed_at) if changed_at else None
    )


def _sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?。！？…])\s*|\n+", text):
        if len(sentence.strip()) >= SHORTEST_ADDITION:
            yield sentence.strip()
