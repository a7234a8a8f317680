"""What helps while a post is written: hashtag sets with their way back, what was said before, own words, cut pictures."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.models.hashtags import HashtagSet
from app.models.post import PostDraft
from app.models.said import Said
from app.runtime.errors import DiskTrouble, UserMistake
from app.store.reading import hashtags as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

TEXT = "El viernes llega «Marea» de Lluvia Negra en vinilo azul"


async def planned(shop: SmallShop, text: str, at: datetime) -> int:
    return await shop.services.posts.schedule(PostDraft(parts=(text,), accounts=(shop.account_id,), zone="UTC"), at)


async def sets(shop: SmallShop) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.name, each.tags) for each in await shop.database.read(reading.sets)]


async def test_a_set_is_made_renamed_and_removed_and_each_step_has_its_way_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        drafting, undo = shop.services.drafting, shop.services.undo
        number = await drafting.save_hashtags(HashtagSet(None, " Jazz ", ("#jazz", "JAZZ", "música")))
        assert await sets(shop) == [("Jazz", ("jazz", "música"))]
        await drafting.save_hashtags(HashtagSet(number, "Jazz y más", ("jazz",)))
        await drafting.remove_hashtags(number)
        assert await sets(shop) == []
        await undo.undo()
        assert await sets(shop) == [("Jazz y más", ("jazz",))]
        await undo.undo()
        assert await sets(shop) == [("Jazz", ("jazz", "música"))]
        await undo.undo()
        assert await sets(shop) == []


@pytest.mark.parametrize(
    ("kept", "field"), [(HashtagSet(None, " ", ("a",)), "name"), (HashtagSet(None, "A", ("#",)), "tags"), (HashtagSet(None, "jazz", ("b",)), "name")]
)
async def test_a_set_needs_a_name_of_its_own_and_tags(tmp_path: Path, clock: FakeClock, kept: HashtagSet, field: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.drafting.save_hashtags(HashtagSet(None, "Jazz", ("jazz",)))
        with pytest.raises(UserMistake) as refused:
            await shop.services.drafting.save_hashtags(kept)
        assert refused.value.field == field


async def test_what_was_planned_within_90_days_counts_as_said_and_later_changes_are_seen(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        drafting = shop.services.drafting
        assert await drafting.said_before([TEXT], None) is None
        at = clock.now() + timedelta(hours=2)
        number = await planned(shop, TEXT, at)
        assert await drafting.said_before(["Otra cosa", f"{TEXT} #Marea"], None) == Said(number, at, TEXT, 1.0)
        assert await drafting.said_before([TEXT], number) is None, "a post is not compared with itself"
        await shop.services.posts.delete(number)
        assert await drafting.said_before([TEXT], None) is None


async def test_posts_that_could_not_be_read_are_read_the_next_time(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_asked: object) -> None:
        raise DiskTrouble(technical="the cable")

    async with shop_in(tmp_path, clock) as shop:
        drafting = shop.services.drafting
        number = await planned(shop, TEXT, clock.now() + timedelta(hours=2))
        with monkeypatch.context() as patch:
            patch.setattr(shop.database, "read", broken)
            with pytest.raises(DiskTrouble):
                await drafting.said_before([TEXT], None)
        found = await drafting.said_before([TEXT], None)
        assert found is not None
        assert found.post_id == number


async def test_own_words_are_right_in_every_language_from_then_on(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        drafting = shop.services.drafting
        assert await drafting.misspelt("Tocadiscoss", "es") == [(0, 11)]
        await drafting.keep_words(["tocadiscoss", "Tocadiscoss"])
        assert await drafting.misspelt("Tocadiscoss", "es") == []
        assert await drafting.misspelt("Tocadiscoss", "en") == []


async def test_who_wants_no_spelling_has_none_and_chinese_has_none(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        drafting = shop.services.drafting
        assert (drafting.spells("es"), drafting.spells("zh")) == (True, False)
        assert await drafting.misspelt("musicaa", "zh") == []
        assert await drafting.suggestions("musicaa", "zh") == []
        assert "música" in await drafting.suggestions("musica", "es")


async def test_a_part_of_a_picture_becomes_a_picture_of_its_own_with_its_description(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        source = tmp_path / "a.png"
        Image.new("RGB", (300, 200), "teal").save(source)
        picture = await shop.services.posts.add_picture(source)
        cut = await shop.services.drafting.crop(type(picture)(picture.path, "Una portada"), (0.0, 0.0, 0.5, 1.0))
        assert cut.alt == "Una portada"
        assert cut.path != picture.path
        with Image.open(shop.services.drafting.picture_path(cut)) as image:
            assert image.size == (150, 200)
