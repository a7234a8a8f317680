"""How live messages sound is told by meaning once that is ready, off the writer's thread; by words until then; a person's word stays."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from app.services.mood_listening import MOST_AT_ONCE, MoodListening
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

FLAT = "Llegó el paquete"


class Ear:
    """Hears what it is told; `ready` as the encoder is."""

    def __init__(self, mood: int = -1) -> None:
        self.mood = mood
        self.ready = True
        self.asked: list[str] = []

    async def hear(self, texts: Sequence[str]) -> list[int] | None:
        self.asked += texts
        return [self.mood] * len(texts) if self.ready else None


def listening(shop: SmallShop, ear: Ear) -> MoodListening:
    return MoodListening(shop.database, ear.hear, lambda: ear.ready, shop.services.tasks, shop.clock)


async def settled(shop: SmallShop, moods: MoodListening) -> None:
    for _ in range(200):
        await asyncio.sleep(0)
        if not moods._working:
            return
        shop.clock.advance(1)
        await asyncio.sleep(0.01)
    raise AssertionError


def stored(shop: SmallShop) -> list[tuple[int, bool]]:
    return shop.database.reader.now(
        lambda c: [
            (mood, bool(by_hand)) for mood, by_hand in c.execute("SELECT mood, mood_by_hand FROM message ORDER BY id")
        ]
    )


async def test_what_words_do_not_tell_meaning_does(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ear = Ear()
        moods = listening(shop, ear)
        moods.watch()
        await shop.heard(FLAT)
        assert stored(shop) == [(0, False)]  # by words, at once
        await settled(shop, moods)
        assert stored(shop) == [(-1, False)]
        assert ear.asked == [FLAT]  # once: its own correction is no news


async def test_until_the_encoder_is_ready_words_decide(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ear = Ear()
        ear.ready = False
        moods = listening(shop, ear)
        moods.watch()
        await shop.heard(FLAT)
        await settled(shop, moods)
        assert (stored(shop), ear.asked) == ([(0, False)], [])
        assert await moods.listen([1]) == 0


async def test_a_persons_word_wins_also_while_it_is_listened(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ear = Ear()
        moods = listening(shop, ear)
        number = await shop.heard(FLAT)
        (said,) = (await shop.detail(number)).messages
        hear = ear.hear

        async def meanwhile(texts: Sequence[str]) -> list[int] | None:
            await shop.services.customers.correct_mood(said.id, 1)
            return await hear(texts)

        moods._hear_texts = meanwhile
        await moods.listen([said.id])
        assert stored(shop) == [(1, True)]
        assert await moods.listen([said.id]) == 0
        assert len(ear.asked) == 1


async def test_pages_of_a_reading_old_messages_and_our_own_are_left_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ear = Ear()
        moods = listening(shop, ear)
        moods.watch()
        for number in range(MOST_AT_ONCE + 1):
            shop.say(FLAT, number=number, thread=f"t{number}", person=f"p{number}")
        await shop.services.sync.look_now()
        await settled(shop, moods)
        assert ear.asked == []
        clock.advance(3 * 24 * 3600)
        assert await moods.listen([1, 2]) == 0
        assert ear.asked == []
