"""A profile of any size for benchmarks and tests: deterministic, five languages, with the search index and the counters that belong to it.

Rows are written by plain `executemany` with triggers and indexes set aside meanwhile, which takes a tenth of the time; both are
put back as they were, so the file is exactly what the program itself would have made.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

from app.runtime.clock import to_ms
from app.store import search
from app.store.counters import MESSAGES
from app.store.database import Database
from tests.fakes.clock import FakeClock

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
SEED = 20261118
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
SPAN_DAYS = 400
"""Conversations began at any time within so many days before `NOW`."""

ACCOUNTS = (
    ("x", "", "@discosaurora", "ready"),
    ("mastodon", "https://musica.example", "@aurora", "ready"),
    ("bluesky", "", "@aurora.mx", "ready"),
    ("instagram", "", "@discosaurora", "by_hand"),
)
STATES = (
    ("needs_answer", 40),
    ("done", 35),
    ("waiting", 10),
    ("kept", 5),
    ("snoozed", 4),
    ("escalated", 3),
    ("ignored", 3),
)
CATEGORIES = ("question", "order", "technical", "request", "complaint", "praise", "contest", "other")
NAMES = {
    "es": ("Petra Luján", "Ramiro Quiñones", "Inés Galván", "Óscar Peña", "Lucía Bermúdez", "Tomás Ibáñez"),
    "en": ("June Halloway", "Miles Orton", "Erin Caldwell", "Dale Whitcomb", "Nora Pike", "Sam Okafor"),
    "fr": ("Élodie Marchal", "Benoît Carrière", "Zoé Lemaître", "Gaël Aubry", "Noémie Fabre", "Cédric Noël"),
    "ru": ("Кирилл Зотов", "Алёна Сомова", "Юрий Белых", "Майя Орлова", "Фёдор Ежов", "Инна Щукина"),
    "zh": ("林晓雨", "陈志远", "王思琪", "赵明轩", "孙若彤", "周子涵"),
}
TEXTS = {
    "es": (
        "¿Cuándo llega el vinilo de {album}? Lo pedí hace días.",
        "El enlace de descarga de {album} ya caducó, ¿me mandan otro?",
        "¿Tienen {album} en FLAC? Gracias de antemano.",
        "Me llegó {album} con la funda doblada, adjunto foto.",
        "¡Qué joya {album}! Gracias por recomendarlo.",
        "¿La promoción aplica para {album} o sólo para novedades?",
    ),
    "en": (
        "When does the vinyl of {album} ship? I ordered days ago.",
        "The download link for {album} has expired, could you send a new one?",
        "Is {album} available as FLAC? Thanks in advance.",
        "My copy of {album} arrived with a bent sleeve, see photo.",
        "What a gem {album} is! Thank you for the tip.",
        "Does the discount apply to {album} or only to new releases?",
    ),
    "fr": (
        "Quand arrive le vinyle de {album} ? Je l'ai commandé il y a des jours.",
        "Le lien de téléchargement de {album} a expiré, pourriez-vous m'en envoyer un autre ?",
        "Avez-vous {album} en FLAC ? Merci d'avance.",
        "{album} est arrivé avec la pochette pliée, photo jointe.",
        "Quelle merveille, {album} ! Merci du conseil.",
    ),
    "ru": (
        "Когда придёт пластинка {album}? Заказала несколько дней назад.",
        "Ссылка на {album} уже не работает, пришлите, пожалуйста, новую.",
        "Есть ли {album} в формате FLAC? Заранее спасибо.",
        "Пришёл {album} с помятым конвертом, фото прилагаю.",
        "Какой чудесный {album}! Спасибо за совет.",
    ),
    "zh": (
        "{album}的黑胶什么时候发货？我几天前就下单了。",
        "{album}的下载链接过期了，可以重新发一个吗？",
        "请问{album}有FLAC格式吗？先谢谢了。",
        "收到的{album}封套折了，附上照片。",
        "{album}真好听，谢谢推荐！",
    ),
}
REPLIES = {
    "es": "Hola, gracias por escribir. Ya lo revisamos y te contamos hoy mismo.",
    "en": "Hi, thank you for writing. We are on it and will tell you today.",
    "fr": "Bonjour, merci pour votre message. Nous vérifions et revenons vers vous aujourd'hui.",
    "ru": "Здравствуйте! Спасибо, что написали. Проверим и ответим сегодня.",
    "zh": "您好，谢谢您的来信。我们正在查，今天给您答复。",
}
ALBUMS = ("Marea", "Salitre", "Fauna mayor", "Almanaque", "Pan de ayer", "Ajeno", "Punto y aparte", "Flor de banqueta")

Row = tuple[object, ...]


def make(path: Path, conversations: int = 100_000, messages: int = 1_000_000, seed: int = SEED) -> Path:
    """A new data file at `path`, complete and closed. The same numbers give the same rows."""
    Database.open(path, backups=path.parent / "backups", clock=FakeClock(NOW)).close_now()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        search.register(connection)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        aside = _set_aside(connection)
        customers = max(1, conversations // 2)
        _insert(connection, "account", _accounts())
        _insert(connection, "customer", _customers(customers))
        _insert(connection, "identity", _identities(customers))
        _insert(connection, "conversation", _conversations(conversations, customers, Random(seed)))
        _insert_messages(connection, conversations, messages, Random(seed + 1))
        _count(connection)
        _index_people(connection)
        for statement in aside:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def _set_aside(connection: sqlite3.Connection) -> list[str]:
    """Drops triggers and indexes; answers what makes them again, indexes first."""
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
        " AND tbl_name NOT LIKE '%_search%' ORDER BY type"
    ).fetchall()
    for kind, name, _sql in found:
        connection.execute(f"DROP {kind} {name}")
    return [sql for _kind, _name, sql in found]


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[dict[str, object]]) -> None:
    """Every column must be given, so that a new one is not forgotten here."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    places = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",
        (tuple(row[column] for column in columns) for row in rows),
    )


def _accounts() -> Iterator[dict[str, object]]:
    for number, (network, server, handle, state) in enumerate(ACCOUNTS, start=1):
        yield {
            "id": number,
            "network": network,
            "server": server,
            "handle": handle,
            "name": "Discos Aurora",
            "remote_id": f"ours-{number}",
            "url": "",
            "avatar": "",
            "state": state,
            "state_since": None,
            "checked_at": to_ms(NOW),
            "trouble": "",
            "limits": "{}",
            "facts": "{}",
            "position": number,
            "removed_at": None,
        }


def _language(number: int) -> str:
    return ("es", "es", "es", "en", "es", "ru", "fr", "es", "zh", "en")[number % 10]


def _person(number: int) -> tuple[str, str]:
    names = NAMES[_language(number)]
    return names[number % len(names)], f"@cliente{number}"


def _customers(many: int) -> Iterator[dict[str, object]]:
    for number in range(1, many + 1):
        yield {
            "id": number,
            "name": _person(number)[0],
            "language": _language(number),
            "city": "",
            "note": "",
            "email": "",
            "flags": "[]",
            "tags": "[]",
            "first_at": to_ms(NOW) - SPAN_DAYS * DAY_MS,
            "muted_at": None,
            "newsletter_at": None,
        }


def _identities(many: int) -> Iterator[dict[str, object]]:
    """One a customer; its account decides the network."""
    for number in range(1, many + 1):
        network, server, _handle, _state = ACCOUNTS[number % len(ACCOUNTS)]
        name, handle = _person(number)
        yield {
            "id": number,
            "customer_id": number,
            "network": network,
            "server": server,
            "remote_id": f"person-{number}",
            "handle": handle,
            "name": name,
            "url": "",
            "avatar": "",
            "followers": number % 4_000,
        }


def _conversations(many: int, customers: int, chance: Random) -> Iterator[dict[str, object]]:
    states = [state for state, weight in STATES for _ in range(weight)]
    now = to_ms(NOW)
    for number in range(1, many + 1):
        customer = (number - 1) % customers + 1
        state = chance.choice(states)
        last = _last_at(number, many)
        language = _language(customer)
        answer_by = last + 60 * MINUTE_MS if state == "needs_answer" else None
        snoozed = now + chance.randrange(1, 7 * 24 * 60) * MINUTE_MS if state == "snoozed" else None
        yield {
            "id": number,
            "account_id": customer % len(ACCOUNTS) + 1,
            "customer_id": customer,
            "identity_id": customer,
            "thread_key": f"thread-{number}",
            "state": state,
            "category": chance.choice(CATEGORIES),
            "priority": 0,
            "language": language,
            "private": number % 9 == 0,
            "unread": state == "needs_answer",
            "snippet": _text(language, number),
            "last_at": last,
            "ours_at": last + 5 * MINUTE_MS if state in ("done", "waiting") else None,
            "answer_by": answer_by,
            "snoozed_until": snoozed,
            "sort_key": answer_by or snoozed or -last,
            "under_post_id": None,
            "parent_text": "",
            "parent_url": "",
            "parent_ours": True,
            "tags": "[]",
        }


def _last_at(number: int, many: int) -> int:
    """Conversations are as old as their ids are small; the youngest is two minutes old."""
    return to_ms(NOW) - 2 * MINUTE_MS - (many - number) * (SPAN_DAYS * DAY_MS // many)


def _text(language: str, number: int) -> str:
    mixed = number * 2_654_435_761 >> 9
    texts = TEXTS[language]
    text = texts[mixed % len(texts)].format(album=ALBUMS[mixed // 7 % len(ALBUMS)])
    return f"{text} #{100_000 + mixed % 900_000}" if mixed % 5 == 0 else text


def _insert_messages(connection: sqlite3.Connection, conversations: int, messages: int, chance: Random) -> None:
    """In the order of time, which the search index needs to be made fast."""
    spread = sorted(_times(conversations, messages, chance))
    accounts = dict(connection.execute("SELECT id, account_id FROM conversation"))
    identities = dict(connection.execute("SELECT id, identity_id FROM conversation"))
    languages = dict(connection.execute("SELECT id, language FROM conversation"))
    columns = [row[1] for row in connection.execute("PRAGMA table_info(message)")]
    insert = f"INSERT INTO message ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    folded: dict[str, str] = {}
    rows = iter(enumerate(spread, start=1))
    while chunk := list(islice(rows, 20_000)):
        made = []
        found = []
        for number, (at, conversation, ours, last) in chunk:
            language = languages[conversation]
            text = REPLIES[language] if ours else _text(language, conversation if last else number)
            row = _message(
                number, conversation, accounts[conversation], identities[conversation], language, text, at, ours
            )
            made.append(tuple(row[column] for column in columns))
            if text not in folded:
                folded[text] = search.fold(text)
            found.append(((at << search.SEQUENCE_BITS) | (number & (1 << search.SEQUENCE_BITS) - 1), folded[text]))
        connection.executemany(insert, made)
        connection.executemany("INSERT INTO message_search (rowid, text) VALUES (?, ?)", found)


def _times(conversations: int, messages: int, chance: Random) -> Iterator[tuple[int, int, bool, bool]]:
    """(time, conversation, ours, the customer's last one) of each message."""
    each, more = divmod(messages, conversations)
    for number in range(1, conversations + 1):
        many = max(1, each + (number <= more))
        at = _last_at(number, conversations)
        for back in range(many):
            yield at, number, back % 2 == 1, back == 0
            at -= chance.randrange(2 * MINUTE_MS, 90 * MINUTE_MS)


def _message(
    number: int, conversation: int, account: int, identity: int, language: str, text: str, at: int, ours: bool
) -> dict[str, object]:
    return {
        "id": number,
        "conversation_id": conversation,
        "account_id": account,
        "identity_id": None if ours else identity,
        "remote_id": f"m{number}",
        "kind": "ours" if ours else "mention",
        "text": text,
        "language": language,
        "visibility": "direct" if conversation % 9 == 0 else "public",
        "url": "",
        "in_reply_to": "",
        "attachments": "[]",
        "at": at,
        "arrived_at": at,
        "read": True,
        "liked": False,
        "boosted": False,
        "deleted": False,
        "thanks": False,
        "mood": None,
        "mood_by_hand": False,
        "answerable": True,
        "outbox_id": None,
        "answer_title": "",
    }


def _count(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO counter (account_id, state, count) SELECT account_id, state, count(*) FROM conversation GROUP BY 1, 2"
    )
    connection.execute(
        f"INSERT INTO counter (account_id, state, count) SELECT account_id, '{MESSAGES}', count(*) FROM message GROUP BY 1"
    )


def _index_people(connection: sqlite3.Connection) -> None:
    """As the triggers number them: twice the id for an identity, one more for a customer."""
    connection.execute(
        "INSERT INTO person_search (rowid, text) SELECT key, text FROM ("
        "SELECT id * 2 AS key, fold(name || ' ' || handle) AS text FROM identity"
        " UNION ALL SELECT id * 2 + 1, fold(name) FROM customer) ORDER BY key"
    )
