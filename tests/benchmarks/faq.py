"""Grouping 20,000 questions beside reading them: what the search costs, by letters alone and by meaning, and how pure its groups are."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from app.language.asking import is_question
from app.models.faq import FaqFilter, FaqGathered
from app.runtime.paths import resources
from app.services.faq_gathering import MOST_QUESTIONS, PAGE, Gathering
from app.services.suggesting import Suggesting
from app.store import search
from app.store.database import Database
from app.store.reading import faq as reading
from tests.benchmarks import big_profile
from tests.benchmarks.figure import Figure
from tests.fakes.clock import FakeClock
from tests.suggestions.corpus import LANGUAGES, held_out

DAYS = 365
LETTERS = "aeiosrnt"
AROUND = ("", "", "", "Hola, ", "hi ", "Bonjour, ", "Buenas! ", "请问", "Здравствуйте! ", "hey ", "disculpen, ")
AFTER = ("", "", "", " 🙏", " gracias", " thanks", " porfa", " 😩", "!!", " (Marea)", " «Salitre»")
CONVERSATIONS, MESSAGES = 30_000, 60_000
MOST_RATIO = 60.0
"""Of grouping by letters to reading: seconds of the processor that a thread shares with the window."""


def figures(scratch: Path) -> Iterator[Figure]:
    path = scratch / "faq" / "tertulia.db"
    path.parent.mkdir(parents=True)
    big_profile.make(path, CONVERSATIONS, MESSAGES)
    intents = _say_other_things(path)
    clock = FakeClock(big_profile.NOW)
    for by_meaning in (False, True):
        copy = scratch / "faq" / f"{'meaning' if by_meaning else 'letters'}.db"
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        database = Database.open(copy, backups=scratch, clock=clock)
        try:
            yield from asyncio.run(_measured(database, clock, intents, by_meaning=by_meaning))
        finally:
            database.close_now()


async def _measured(database: Database, clock: FakeClock, intents: dict[str, str], *, by_meaning: bool) -> list[Figure]:
    name = "by meaning" if by_meaning else "by letters"
    suggesting = Suggesting(database, clock, resources() / "language" / "chatter.json") if by_meaning else None
    if suggesting is not None:
        await suggesting.understand()
    begun = time.process_time()
    questions = await _read(database, clock)
    read = time.process_time() - begun
    begun, started = time.process_time(), time.perf_counter()
    found: FaqGathered = await Gathering(database, clock, suggesting).gather(DAYS // 2)
    took, waited = time.process_time() - begun, time.perf_counter() - started
    if suggesting is not None:
        suggesting.close()
    note = f"{questions} questions, {found.groups} groups with {found.added} of them, {waited:.1f} s on the clock"
    right, grouped = _purity(database, intents)
    begun = time.process_time()
    await database.read(
        lambda connection: reading.listing(connection, FaqFilter(DAYS), 1000 * int(clock.now().timestamp()))
    )
    listed = 1000 * (time.process_time() - begun)
    limit = None if by_meaning else MOST_RATIO
    return [
        Figure(f"faq, {name}: grouping {MOST_QUESTIONS:,} questions", took, "s", read, "reading them", limit, note),
        Figure(
            f"faq, {name}: purity of the groups",
            right / max(1, grouped),
            "share",
            limit=0.9 if by_meaning else None,
            at_least=True,
        ),
        Figure(f"faq, {name}: listing the entries", listed, "ms"),
    ]


async def _read(database: Database, clock: FakeClock) -> int:
    """As many as are grouped, told from the rest."""
    before, many = (1000 * int(clock.now().timestamp()), 1 << 62), 0
    while many < MOST_QUESTIONS:
        page = await database.read(reading.questions, 0, before, PAGE)
        many += sum(row.kind != "ours" and is_question(row.text, row.category) for row in page)
        if len(page) < PAGE:
            break
        before = (page[-1].at, page[-1].id)
    return many


def _say_other_things(path: Path) -> dict[str, str]:
    """The messages of the suggestions' data, each with a slip of the finger and other words around it; answers what each is about."""
    chance = Random(7)
    said = [each for language in LANGUAGES for each in held_out(language)]
    intents: dict[str, str] = {}
    with closing(sqlite3.connect(path)) as connection, connection:
        search.register(connection)
        ids = [row[0] for row in connection.execute("SELECT id FROM message WHERE kind <> 'ours' ORDER BY id")]
        texts = []
        for number in ids:
            each = said[chance.randrange(len(said))]
            letters = list(each.text)
            letters[chance.randrange(len(letters))] = chance.choice(LETTERS)
            text = f"{chance.choice(AROUND)}{''.join(letters)}{chance.choice(AFTER)}?"
            intents[text] = each.intent
            texts.append((text, number))
        connection.executemany("UPDATE message SET text = ? WHERE id = ?", texts)
    return intents


def _purity(database: Database, intents: dict[str, str]) -> tuple[int, int]:
    rows = database.reader.now(
        lambda connection: connection.execute(
            "SELECT a.entry_id, m.text FROM faq_asked a JOIN message m ON m.id = a.message_id"
        ).fetchall()
    )
    by_entry: dict[int, Counter[str]] = {}
    for entry, text in rows:
        by_entry.setdefault(entry, Counter())[intents.get(text, "")] += 1
    return sum(counts.most_common(1)[0][1] for counts in by_entry.values()), len(rows)
