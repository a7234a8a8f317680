"""The FAQ: questions to be grouped, entries with how often they were asked and what their links solved, and what stands behind one."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from app.models.conversation import Category, ConversationState
from app.models.faq import FaqFilter, FaqLink, FaqListing, FaqMessage, FaqReply, FaqRow, FaqState, FaqWords
from app.models.message import MessageKind
from app.runtime.clock import from_ms
from app.store.reading.playbook import SOLVED_AFTER_MS

DAY_MS = 24 * 3600 * 1000
OLDER = "faq.older."
"""Setting, before an entry's id: the languages that are older than its main one."""
GATHERED = "faq_gathered"
"""Name of the setting that says what was looked at last."""
APART = "apart"
"""State of the entry that holds what was moved out of its group: it is shown nowhere and takes nothing."""
SHOWN_MESSAGES = 200
LOOKED_AT_REPLIES = 200
BACKGROUND = 400
MOST_FOUND = 300
"""Entries that nobody wrote for, of those most asked: nobody looks at more."""

_LANGUAGE = "coalesce(nullif(m.language, ''), c.language)"
_NOT_AGAIN = (
    "NOT EXISTS (SELECT 1 FROM message n WHERE n.conversation_id = u.conversation_id AND n.kind <> :ours"
    " AND NOT n.thanks AND NOT n.deleted AND n.at > u.at AND n.at <= u.at + :while)"
)
_NO_MAIL = (
    "NOT EXISTS (SELECT 1 FROM escalation x WHERE x.conversation_id = u.conversation_id AND coalesce(x.closed_at, u.at) >= u.at)"
    " AND NOT EXISTS (SELECT 1 FROM invitation v WHERE v.conversation_id = u.conversation_id AND v.taken_at > u.at)"
)
_STILL_OPEN = (ConversationState.SNOOZED, ConversationState.ESCALATED)


class QuestionRow(NamedTuple):
    """A customer's message, with what decides whether it is a question. `at`: UTC milliseconds."""

    id: int
    at: int
    text: str
    language: str
    category: str
    kind: str
    quiet: bool
    """A bare thanks, or deleted."""
    entry_id: int | None


class SeedRow(NamedTuple):
    """A message that belongs to an entry already."""

    entry_id: int
    text: str


class Published(NamedTuple):
    """An entry that stands somewhere."""

    id: int
    url: str


def questions(connection: sqlite3.Connection, since_ms: int, before: tuple[int, int], limit: int) -> list[QuestionRow]:
    """Messages since a time, the newest first, before (at, id); read by the index of times."""
    rows = connection.execute(
        f"SELECT m.id, m.at, m.text, {_LANGUAGE}, c.category, m.kind, m.thanks OR m.deleted, a.entry_id"
        " FROM message m INDEXED BY message_at JOIN conversation c ON c.id = m.conversation_id"
        " LEFT JOIN faq_asked a ON a.message_id = m.id"
        " WHERE m.at >= ? AND m.at <= ? AND NOT (m.at = ? AND m.id >= ?) ORDER BY m.at DESC, m.id DESC LIMIT ?",
        (since_ms, before[0], *before, limit),
    )
    return [
        QuestionRow(number, at, text, language, category, kind, bool(quiet), entry)
        for number, at, text, language, category, kind, quiet, entry in rows
    ]


def seeds(connection: sqlite3.Connection, most: int) -> list[SeedRow]:
    """What belongs to each entry: its questions, and of its messages the newest, `most` in all."""
    entries = connection.execute(
        "SELECT id, question FROM faq_entry WHERE removed_at IS NULL AND state <> ? ORDER BY id", (APART,)
    ).fetchall()
    each = max(3, most // max(1, len(entries)))
    found: list[SeedRow] = []
    for number, question in entries:
        texts = [text for text in json.loads(question).values() if text]
        rows = connection.execute(
            "SELECT m.text FROM faq_asked a JOIN message m ON m.id = a.message_id WHERE a.entry_id = ?"
            " ORDER BY a.at DESC, a.id DESC LIMIT ?",
            (number, each),
        )
        found += [SeedRow(number, text) for text in dict.fromkeys([*texts, *(row[0] for row in rows)])][:each]
    return found


def gathered(connection: sqlite3.Connection) -> dict[str, int]:
    """What was looked at last: `at`, `from` (milliseconds), `questions`; empty before the first time."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (GATHERED,)).fetchone()
    found: dict[str, int] = json.loads(row[0])["values"] if row else {}
    return found


def any_between(connection: sqlite3.Connection, since_ms: int, until_ms: int) -> bool:
    """Whether a message was written after the one time and not after the other."""
    row = connection.execute("SELECT 1 FROM message WHERE at > ? AND at <= ? LIMIT 1", (since_ms, until_ms)).fetchone()
    return row is not None


def listing(connection: sqlite3.Connection, chosen: FaqFilter, now_ms: int) -> FaqListing:
    """All entries, those most asked first; what was asked neither in the period nor before it is left out while nobody wrote for it."""
    since = now_ms - chosen.days * DAY_MS
    looked = gathered(connection)
    oldest = connection.execute("SELECT min(at) FROM message").fetchone()[0]
    reach = max(looked.get("from", now_ms), oldest if oldest is not None else now_ms)
    knows_before = reach <= since - chosen.days * DAY_MS + DAY_MS
    asked = _asked(connection, chosen, since, now_ms)
    before = _counts(connection, chosen, since - chosen.days * DAY_MS, since)
    uses = _uses(connection, now_ms)
    older = {
        int(name.removeprefix(OLDER)): tuple(value.split())
        for name, value in connection.execute(
            "SELECT name, value FROM setting WHERE name >= ? AND name < ?", (OLDER, f"{OLDER}a")
        )
    }
    linked = set(connection.execute("SELECT entry_id, conversation_id FROM faq_use"))
    rows: list[FaqRow] = []
    spoken: Counter[str] = Counter()
    for found in connection.execute(
        "SELECT id, state, category, question, answer, url, answer_id, published_at, position FROM faq_entry"
        " WHERE removed_at IS NULL AND state <> ? ORDER BY id",
        (APART,),
    ):
        languages, conversations, count = asked.get(found[0], (Counter(), set(), 0))
        if found[1] == FaqState.ASKED and not count and not before.get(found[0]):
            continue
        spoken.update(languages)
        sent, judged, solved = uses.get(found[0], (0, 0, 0))
        rows.append(
            FaqRow(
                id=found[0],
                state=FaqState(found[1]),
                category=Category(found[2]),
                words=FaqWords(json.loads(found[3]), json.loads(found[4])),
                count=count,
                before=before.get(found[0], 0) if knows_before else None,
                languages=tuple(language for language, _ in languages.most_common() if language),
                conversations=len(conversations),
                linked=sum((found[0], conversation) in linked for conversation in conversations),
                sent=sent,
                judged=judged,
                solved=solved,
                url=found[5],
                answer_id=found[6],
                published_at=from_ms(found[7]) if found[7] else None,
                position=found[8],
                older=older.get(found[0], ()),
            )
        )
    rows.sort(key=lambda row: (-row.count, -(row.before or 0), row.id))
    found_only = [row.id for row in rows if row.state is FaqState.ASKED]
    left_out = set(found_only[MOST_FOUND:])
    rows = [row for row in rows if row.id not in left_out]
    return FaqListing(
        tuple(rows),
        looked.get("questions", 0),
        from_ms(looked["at"]) if "at" in looked else None,
        from_ms(reach) if looked else None,
        sum(row.state is FaqState.HIDDEN for row in rows),
        tuple(language for language, _ in spoken.most_common() if language),
    )


def messages(connection: sqlite3.Connection, entry_id: int, chosen: FaqFilter, now_ms: int) -> list[FaqMessage]:
    """Those behind an entry, the newest first: of the period and the one before it."""
    extra, values = _narrowed(chosen)
    rows = connection.execute(
        f"SELECT m.id, m.conversation_id, coalesce(nullif(i.name, ''), i.handle, ''), i.network, m.text, {_LANGUAGE}, m.at, a.by_hand"
        " FROM faq_asked a JOIN message m ON m.id = a.message_id JOIN conversation c ON c.id = m.conversation_id"
        " JOIN identity i ON i.id = c.identity_id WHERE a.entry_id = ? AND a.at > ?"
        f"{extra} ORDER BY a.at DESC, a.id DESC LIMIT ?",
        (entry_id, now_ms - 2 * chosen.days * DAY_MS, *values, SHOWN_MESSAGES),
    )
    return [
        FaqMessage(number, conversation, author, network, text, language, from_ms(at), bool(by_hand))
        for number, conversation, author, network, text, language, at, by_hand in rows
    ]


def replies(connection: sqlite3.Connection, entry_id: int, now_ms: int) -> list[FaqReply]:
    """What was answered to its newest questions, each with whether that held."""
    found: list[FaqReply] = []
    answers = _answers_by_title(connection)
    rows = connection.execute(
        "SELECT r.text, coalesce(nullif(m.language, ''), c.language), r.conversation_id, r.at, r.answer_title, r.id FROM"
        " (SELECT message_id FROM faq_asked WHERE entry_id = ? ORDER BY at DESC, id DESC LIMIT ?) newest"
        " JOIN message m ON m.id = newest.message_id JOIN conversation c ON c.id = m.conversation_id"
        " JOIN message r ON r.id = (SELECT o.id FROM message o WHERE o.conversation_id = m.conversation_id AND o.at > m.at"
        " AND o.kind = ? AND NOT o.deleted ORDER BY o.at, o.id LIMIT 1)",
        (entry_id, LOOKED_AT_REPLIES, MessageKind.OURS),
    ).fetchall()
    seen: set[int] = set()
    for text, language, conversation_id, at, title, number in rows:
        if number in seen or not text.strip():
            continue
        seen.add(number)
        again = connection.execute(
            "SELECT 1 FROM message WHERE conversation_id = ? AND at > ? AND at <= ? AND kind <> ? AND NOT thanks AND NOT deleted LIMIT 1",
            (conversation_id, at, min(at + SOLVED_AFTER_MS, now_ms), MessageKind.OURS),
        ).fetchone()
        found.append(
            FaqReply(
                text,
                language,
                conversation_id,
                from_ms(at),
                again is None,
                title,
                answers.get(title) if title else None,
            )
        )
    return found


def entry(connection: sqlite3.Connection, entry_id: int) -> tuple[Category, FaqWords]:
    """What it is about, and what it says."""
    row = connection.execute("SELECT category, question, answer FROM faq_entry WHERE id = ?", (entry_id,)).fetchone()
    return Category(row[0]), FaqWords(json.loads(row[1]), json.loads(row[2])).tidied()


def texts_of(connection: sqlite3.Connection, entry_id: int, most: int) -> list[tuple[str, str]]:
    """(language, text) of its newest messages."""
    return connection.execute(
        f"SELECT {_LANGUAGE}, m.text FROM faq_asked a JOIN message m ON m.id = a.message_id"
        " JOIN conversation c ON c.id = m.conversation_id WHERE a.entry_id = ? ORDER BY a.at DESC, a.id DESC LIMIT ?",
        (entry_id, most),
    ).fetchall()


def in_language(connection: sqlite3.Connection, language: str, entry_ids: Sequence[int]) -> list[tuple[str, str]]:
    """(question, answer) of those that have both in the language, in the order given."""
    found: list[tuple[str, str]] = []
    for number in entry_ids:
        words = entry(connection, number)[1]
        if words.question.get(language) and words.answer.get(language):
            found.append((words.question[language], words.answer[language]))
    return found


def published_ids(connection: sqlite3.Connection) -> list[int]:
    """In the order of the FAQ."""
    rows = connection.execute(
        "SELECT id FROM faq_entry WHERE state = ? AND removed_at IS NULL ORDER BY position, id", (FaqState.PUBLISHED,)
    )
    return [row[0] for row in rows]


def others(connection: sqlite3.Connection, entry_id: int) -> list[str]:
    """What is asked elsewhere, to tell what is particular to one entry."""
    rows = connection.execute(
        "SELECT m.text FROM faq_asked a JOIN message m ON m.id = a.message_id WHERE a.entry_id <> ? ORDER BY a.id DESC LIMIT ?",
        (entry_id, BACKGROUND),
    )
    return [row[0] for row in rows]


def published(connection: sqlite3.Connection) -> list[Published]:
    """Entries whose link may stand in a reply."""
    rows = connection.execute(
        "SELECT id, url FROM faq_entry WHERE state = ? AND url <> '' AND removed_at IS NULL ORDER BY id",
        (FaqState.PUBLISHED,),
    )
    return [Published(*row) for row in rows]


def links(connection: sqlite3.Connection, language: str) -> list[FaqLink]:
    """The published entries, those in the language first; each in that language or else in the first that it has."""
    found: list[FaqLink] = []
    for number, question, answer, url in connection.execute(
        "SELECT id, question, answer, url FROM faq_entry WHERE state = ? AND url <> '' AND removed_at IS NULL"
        " ORDER BY position, id",
        (FaqState.PUBLISHED,),
    ):
        asked, answered = json.loads(question), json.loads(answer)
        spoken = language if asked.get(language) else next((each for each, text in asked.items() if text), "")
        if spoken:
            found.append(FaqLink(number, asked[spoken], answered.get(spoken, ""), url, spoken))
    return sorted(found, key=lambda link: link.language != language)


# ---- inside


def _narrowed(chosen: FaqFilter) -> tuple[str, tuple[object, ...]]:
    extra = ""
    values: list[object] = []
    if chosen.account_id is not None:
        extra += " AND m.account_id = ?"
        values.append(chosen.account_id)
    if chosen.language:
        extra += f" AND {_LANGUAGE} = ?"
        values.append(chosen.language)
    return extra, tuple(values)


def _rows_asked(connection: sqlite3.Connection, chosen: FaqFilter, since: int, until: int) -> sqlite3.Cursor:
    extra, values = _narrowed(chosen)
    return connection.execute(
        f"SELECT a.entry_id, {_LANGUAGE}, m.conversation_id FROM faq_entry e CROSS JOIN faq_asked a ON a.entry_id = e.id AND a.at > ?"
        " AND a.at <= ? JOIN message m ON m.id = a.message_id JOIN conversation c ON c.id = m.conversation_id"
        f" WHERE e.removed_at IS NULL{extra}",
        (since, until, *values),
    )


def _asked(
    connection: sqlite3.Connection, chosen: FaqFilter, since: int, until: int
) -> dict[int, tuple[Counter[str], set[int], int]]:
    languages: defaultdict[int, Counter[str]] = defaultdict(Counter)
    conversations: defaultdict[int, set[int]] = defaultdict(set)
    for entry_id, language, conversation_id in _rows_asked(connection, chosen, since, until):
        languages[entry_id][language] += 1
        conversations[entry_id].add(conversation_id)
    return {entry: (some, conversations[entry], some.total()) for entry, some in languages.items()}


def _counts(connection: sqlite3.Connection, chosen: FaqFilter, since: int, until: int) -> dict[int, int]:
    if chosen.account_id is None and not chosen.language:
        return dict(
            connection.execute(
                "SELECT a.entry_id, count(*) FROM faq_entry e CROSS JOIN faq_asked a ON a.entry_id = e.id AND a.at > ? AND a.at <= ?"
                " WHERE e.removed_at IS NULL GROUP BY a.entry_id",
                (since, until),
            ).fetchall()
        )
    return dict(Counter(row[0] for row in _rows_asked(connection, chosen, since, until)))


def _uses(connection: sqlite3.Connection, now_ms: int) -> dict[int, tuple[int, int, int]]:
    """How often the link of each was sent, how many of these can be judged, and how many solved the matter."""
    values: dict[str, Any] = {
        "old": now_ms - SOLVED_AFTER_MS,
        "ours": MessageKind.OURS,
        "while": SOLVED_AFTER_MS,
        "one": _STILL_OPEN[0],
        "two": _STILL_OPEN[1],
    }
    rows = connection.execute(
        f"SELECT u.entry_id, count(*), sum(u.at <= :old), sum(u.at <= :old AND c.state NOT IN (:one, :two) AND {_NOT_AGAIN} AND {_NO_MAIL})"
        " FROM faq_use u JOIN conversation c ON c.id = u.conversation_id GROUP BY u.entry_id",
        values,
    )
    return {entry: (sent, judged, solved) for entry, sent, judged, solved in rows}


def _answers_by_title(connection: sqlite3.Connection) -> dict[str, int]:
    """Ids of the playbook's answers by each of their titles."""
    rows: Sequence[tuple[int, str]] = connection.execute(
        "SELECT id, title FROM answer WHERE removed_at IS NULL"
    ).fetchall()
    return {title: number for number, titles in rows for title in json.loads(titles).values() if title}
