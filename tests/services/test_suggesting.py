"""Answers are suggested in the customer's language, learned from what is sent, and lowered by "not this one"."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.models.conversation import Category
from app.models.message import Visibility
from app.models.playbook import PlaybookAnswer
from app.models.reply import Written
from app.runtime.errors import DiskTrouble
from app.runtime.paths import resources
from app.services.suggesting import Suggesting
from app.services.understanding import Understanding
from app.store.database import Database
from app.store.writing import playbook
from app.store.writing import suggesting as writing
from tests.fakes.clock import FakeClock
from tests.services.shop import empty_data_file, shop_in
from tests.services.test_understanding import ECHO
from tests.store.making import NOW_MS, add_account, arrival, keep, rows

LATE = PlaybookAnswer(
    "late",
    Category.ORDER,
    {"es": "Pedido tarde", "en": "Order late"},
    {"es": ("Va en camino, {name}.",), "en": ("It is on its way, {name}.",)},
    uses=34,
)
PARKING = PlaybookAnswer("parking", Category.QUESTION, {"en": "Parking"}, {"en": ("Park behind the shop.",)})


def cannot() -> Understanding:
    return Understanding(["/nowhere"])


async def broken(*_asked: object) -> None:
    raise DiskTrouble(technical="the cable")


@asynccontextmanager
async def suggesting(
    folder: Path, clock: FakeClock, make: object = cannot
) -> AsyncIterator[tuple[Suggesting, Database]]:
    path = folder / "tertulia.db"
    path.write_bytes(empty_data_file())
    database = Database.open(path, backups=folder, clock=clock)
    service = Suggesting(database, clock, resources() / "language" / "chatter.json", make)  # type: ignore[arg-type]
    try:
        account = add_account(database)
        keep(database, account, arrival("m1", "where can i leave my car"), arrival("m2", "where is my ordered pizza"))
        database.write_now(playbook.import_answers, [LATE, PARKING])
        database.write_now(
            writing.add_examples, "late", {"en": ["where is my order"], "es": ["¿dónde está mi pedido?"]}
        )
        yield service, database
    finally:
        service.close()
        await database.close()


async def test_a_suggestion_says_why_and_speaks_as_the_customer_does(
    tmp_path: Path, clock: FakeClock, expected_log: object
) -> None:
    async with suggesting(tmp_path, clock) as (service, _):
        (found,) = await service.suggest("Where is my order??")
        assert (found.answer, found.language, found.title, found.uses) == ("late", "en", "Order late", 34)
        assert (found.text, found.category, found.words) == ("It is on its way, {name}.", "order", ("where", "order"))
        (spanish,) = await service.suggest("donde esta mi pedido", "es")
        assert spanish.text == "Va en camino, {name}."
        assert (await service.suggest("where is my order", "fr"))[0].language in ("es", "en")
        assert await service.suggest("lovely weather today") == []
        assert await service.suggest_category("¿y mi pedido, dónde está?") == "order"
        assert await service.suggest_category("jajaja") == ""
        assert [
            await service.suggest_mood(text) for text in ("me encanta", "pésimo servicio", "¿a qué hora abren?")
        ] == [1, -1, 0]


async def test_what_was_sent_teaches_and_what_was_refused_too(
    tmp_path: Path, clock: FakeClock, expected_log: object
) -> None:
    async with suggesting(tmp_path, clock) as (service, database):
        assert await service.suggest("can i leave the car somewhere") == []
        await service.chosen("parking", 1)
        assert (await service.suggest("can i leave the car somewhere"))[0].answer == "parking"
        assert (await service.suggest("where is my ordered pizza"))[0].answer == "late"
        await service.not_this("late", 2)
        assert "late" not in {each.answer for each in await service.suggest("where is my ordered pizza")}
        again = Suggesting(database, clock, resources() / "language" / "chatter.json", cannot)
        assert "late" not in {each.answer for each in await again.suggest("where is my ordered pizza")}
        again.close()
        await service.take_back("late", 2)
        assert (await service.suggest("where is my ordered pizza"))[0].answer == "late"


async def test_a_playbook_that_changes_is_learned_anew(tmp_path: Path, clock: FakeClock, expected_log: object) -> None:
    async with suggesting(tmp_path, clock) as (service, database):
        assert await service.suggest("do you sell turntables") == []
        turntables = PlaybookAnswer("decks", Category.QUESTION, {"en": "Turntables"}, {"en": ("We sell turntables.",)})
        await database.write(playbook.import_answers, [turntables])
        assert (await service.suggest("do you sell turntables"))[0].answer == "decks"
        await database.write(playbook.remove, 3, NOW_MS)
        assert await service.suggest("do you sell turntables") == []


async def test_what_somebody_read_anew_meanwhile_is_not_learned_twice(
    tmp_path: Path, clock: FakeClock, expected_log: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with suggesting(tmp_path, clock) as (service, database):
        assert await service.suggest("can i leave the car somewhere") == []
        write = database.write

        async def asked_in_between(*given: Any) -> Any:
            done = await write(*given)
            await service.suggest("can i leave the car somewhere")
            return done

        monkeypatch.setattr(database, "write", asked_in_between)
        await service.chosen("parking", 1)
        assert [each.answer for each in service._known if each.text == "where can i leave my car"] == ["parking"]


async def test_what_could_not_be_read_is_read_the_next_time(
    tmp_path: Path, clock: FakeClock, expected_log: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with suggesting(tmp_path, clock) as (service, database):
        assert await service.suggest("do you sell turntables") == []
        turntables = PlaybookAnswer("decks", Category.QUESTION, {"en": "Turntables"}, {"en": ("We sell turntables.",)})
        await database.write(playbook.import_answers, [turntables])
        with monkeypatch.context() as patch:
            patch.setattr(database, "read", broken)
            with pytest.raises(DiskTrouble):
                await service.suggest("do you sell turntables")
        assert (await service.suggest("do you sell turntables"))[0].answer == "decks"


async def test_by_meaning_as_soon_as_that_is_there(tmp_path: Path, clock: FakeClock) -> None:
    async with suggesting(tmp_path, clock, lambda: Understanding([sys.executable, "-c", ECHO])) as (service, _):
        assert await service.understand()
        assert (await service.suggest("anything"))[0].words == ("x",)
        assert await service.suggest_all(["anything"], quick=True) == [[]]


async def test_without_it_that_is_said(tmp_path: Path, clock: FakeClock, expected_log: object) -> None:
    async with suggesting(tmp_path, clock) as (service, _):
        assert not await service.understand()


async def test_one_that_ends_each_time_it_loads_is_not_waited_for_without_end(tmp_path: Path, clock: FakeClock, expected_log: object) -> None:
    dies = "import json, sys; print(json.dumps({'ready': True}), flush=True); sys.stdin.readline()"
    async with suggesting(tmp_path, clock, lambda: Understanding([sys.executable, "-c", dies])) as (service, _):
        assert not await service.understand()
        assert (await service.suggest("can i park the car behind the shop"))[0].answer == "parking"


async def test_a_reply_written_from_an_answer_teaches_until_it_is_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("can i leave the car somewhere")
        await shop.database.write(playbook.import_answers, [LATE, PARKING])
        written = Written("Behind the shop.", answer_key="parking")
        await shop.services.inbox.reply(number, ["Behind the shop."], Visibility.PUBLIC, written=written)
        assert rows(shop.database, "SELECT fits, message_id FROM answer_choice") == [(1, 1)]
        found = await shop.services.suggesting.suggest_all(["could i leave my car somewhere"], quick=True)
        assert found[0][0].answer == "parking"
        assert await shop.undo() == "undone.reply"
        assert rows(shop.database, "SELECT * FROM answer_choice") == []
        assert await shop.services.suggesting.suggest_all(["could i leave my car somewhere"], quick=True) == [[]]


async def test_it_says_when_suggestions_become_better(tmp_path: Path, clock: FakeClock) -> None:
    async with suggesting(tmp_path, clock, lambda: Understanding([sys.executable, "-c", ECHO])) as (service, _):
        better = asyncio.Event()
        told: list[int] = []
        service.sharper.connect(lambda: (told.append(1), better.set()))
        await service.suggest("anything")
        await service.suggest("anything")
        await asyncio.wait_for(better.wait(), 20)
        assert told == [1]
        assert (await service.suggest("anything"))[0].words == ("x",)


async def test_a_refusal_is_an_act_that_can_be_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("where is my order")
        await shop.database.write(playbook.import_answers, [LATE, PARKING])
        await shop.services.suggesting.not_this("late", number)
        assert await shop.ask(lambda queries: queries.refused_answers(number)) == frozenset({"late"})
        assert await shop.undo() == "undone.not_this"
        assert await shop.ask(lambda queries: queries.refused_answers(number)) == frozenset()


async def test_several_answers_in_one_reply_are_all_learned_and_forgotten(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("where is my order, and where may i park")
        await shop.database.write(playbook.import_answers, [LATE, PARKING])
        text = "Hi! It is on its way, Ana. Park behind the shop."
        written = Written(text, answer_key="late", more_answers=("parking",))
        await shop.services.inbox.reply(number, [text], Visibility.PUBLIC, written=written)
        uses = "SELECT a.key, u.edited, u.wording_id IS NOT NULL FROM answer_use u JOIN answer a ON a.id = u.answer_id"
        assert sorted(rows(shop.database, uses)) == [("late", 0, 1), ("parking", 0, 1)]
        assert rows(shop.database, "SELECT count(*) FROM answer_choice") == [(2,)]
        await shop.undo()
        assert rows(shop.database, uses) == rows(shop.database, "SELECT * FROM answer_choice") == []
