"""Pillars of a shop: renamed, set aside, taken away with all that has them, each with its way back; and who else goes by them."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

from app.models.campaign import Pattern, Step
from app.models.conversation import Category
from app.models.plan import PlanRequest
from app.models.post import PostDraft
from app.models.post_import import ImportAs
from app.models.series import Rule, Series
from app.models.sorting import CATEGORY, PILLAR, Sorts, Uses, vocabulary
from app.runtime.settings import Links, Sorting
from app.runtime.words import message
from app.services.surroundings import Wishes
from app.store.reading import campaigns as campaigns_reading
from app.store.reading import posts as reading
from app.store.writing import series as series_writing
from tests.fakes.clock import FakeClock
from tests.services.link_shop import links_in
from tests.services.shop import SmallShop, shop_in
from tests.services.test_post_rows import write

LINK = "https://discosaurora.mx/marea"
SAID = message("undone.sort_renamed")


def pillars(shop: SmallShop) -> Sorts:
    return vocabulary(shop.settings).pillars


async def post(shop: SmallShop, pillar: str, hours: float | None = None) -> int:
    at = shop.clock.now() + timedelta(hours=hours) if hours is not None else None
    draft = PostDraft(parts=("Hola",), title="Hola", accounts=(shop.account_id,), pillar=pillar, zone="UTC")
    return await (shop.services.posts.save(draft) if at is None else shop.services.posts.schedule(draft, at))


async def pillar_of(shop: SmallShop, number: int) -> str:
    found = await shop.database.read(reading.post, number)
    assert found is not None
    return found.pillar


async def full_shop(shop: SmallShop) -> list[int]:
    """Two posts, two good times at one minute, a pattern and a recurring post of "offers", and a post of "house"."""
    numbers = [await post(shop, "offers"), await post(shop, "offers", 5), await post(shop, "house")]
    await shop.services.slots.add(shop.account_id, [2], 600, "offers")
    await shop.services.slots.add(shop.account_id, [2, 3], 600, "house")
    await shop.services.slots.add(shop.account_id, [4], 660, "offers")
    await shop.services.patterns.save(
        Pattern("Salida", (Step(-1, 600, "ayer", pillar="offers"), Step(0, 600, "hoy", pillar="help")))
    )
    series = Series("Lunes", PostDraft(parts=("Lunes",), pillar="offers"), Rule(), 600, "UTC", date(2026, 11, 16))
    await shop.database.write(series_writing.add, series)
    return numbers


async def test_a_change_holds_at_once_and_can_be_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        before = pillars(shop)
        await shop.services.pillars.keep(before.renamed("scene", "Viajes"), SAID)
        assert pillars(shop).texts() == {"pillar.scene": "Viajes"}
        await shop.services.pillars.keep(pillars(shop), SAID)
        assert await shop.undo() == "undone.sort_renamed", "nothing changed is no act"
        assert pillars(shop) == before
        categories = vocabulary(shop.settings).categories
        await shop.services.pillars.keep(categories.switched("contest", offered=False), SAID)
        assert vocabulary(shop.settings).of(CATEGORY).offers("contest") is False
        assert pillars(shop) == before


async def test_all_that_has_a_pillar_is_counted_and_given_to_another_and_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first, second, house = await full_shop(shop)
        uses = await shop.ask(lambda q: q.pillar_uses())
        assert uses == {"offers": Uses(2, 2, 1, 1), "house": Uses(1, 2), "help": Uses(patterns=1)}
        before = pillars(shop)
        assert await shop.services.pillars.remove("offers", "house") == 2
        assert [await pillar_of(shop, each) for each in (first, second, house)] == ["house"] * 3
        assert await shop.ask(lambda q: q.pillar_uses()) == {"house": Uses(3, 3, 1, 1), "help": Uses(patterns=1)}
        assert pillars(shop).find("offers").stand == "gone"  # type: ignore[union-attr]
        assert await shop.undo() == "undone.pillar_removed"
        assert await shop.ask(lambda q: q.pillar_uses()) == uses
        assert [await pillar_of(shop, each) for each in (first, second, house)] == ["offers", "offers", "house"]
        assert pillars(shop) == before
        await shop.services.undo.redo()
        assert await pillar_of(shop, first) == "house"
        assert "offers" not in pillars(shop).offered
        await shop.undo()
        assert await shop.ask(lambda q: q.pillar_uses()) == uses


async def test_a_deleted_post_comes_back_with_a_pillar_that_there_is(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await post(shop, "offers")
        await shop.services.posts.delete(number)
        assert await shop.ask(lambda q: q.pillar_uses()) == {}
        await shop.services.pillars.remove("offers")
        kept = await shop.database.read(
            lambda connection: connection.execute("SELECT pillar FROM post WHERE id = ?", (number,)).fetchone()
        )
        assert kept == ("offers",), "it is called as it was if it comes back"
        await shop.undo()
        await shop.services.pillars.remove("offers", "house")
        kept = await shop.database.read(
            lambda connection: connection.execute("SELECT pillar FROM post WHERE id = ?", (number,)).fetchone()
        )
        assert kept == ("house",)


async def test_a_pattern_that_was_changed_meanwhile_stays_as_it_is(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await full_shop(shop)
        await shop.services.pillars.remove("offers", "house")
        (pattern,) = await shop.database.read(campaigns_reading.patterns)
        act = shop.services.undo._done[-1]
        await shop.services.patterns.save(Pattern("Salida", pattern.steps[:1], pattern.id))
        await act.undo()
        (kept,) = await shop.database.read(campaigns_reading.patterns)
        assert [step.pillar for step in kept.steps] == ["house"]


async def test_what_is_not_offered_is_not_proposed_by_the_program_either(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        conversation = await shop.heard("¿Cómo se limpia un vinilo?")
        await shop.services.inbox.categorize([conversation], Category.QUESTION)
        shop.settings.change(Sorting, pillars=Sorts(PILLAR).switched("help", offered=False).without("releases").rows)
        assert await pillar_of(shop, await shop.services.ideas.from_message(conversation)) == ""
        assert {step.pillar for step in shop.services.patterns.shipped("en").steps}.isdisjoint({"releases", "help"})
        shop.settings.change(Sorting, pillars=())
        assert await pillar_of(shop, await shop.services.ideas.from_message(conversation)) == "help"
        assert "releases" in {step.pillar for step in shop.services.patterns.shipped("en").steps}


async def test_rows_of_a_spreadsheet_name_pillars_by_their_names_and_ids(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        sorts, own = Sorts(PILLAR).renamed("scene", "Viajes").added("مبيعات")
        sorts = sorts.switched("offers", offered=False).without("contest")
        shop.settings.change(Sorting, pillars=sorts.rows)
        cells = ["viajes", own, "مبيعات", "SCENE", "Offers", "contest", "nobody", ""]
        path = write(
            tmp_path, "\n".join(["Texto,Pillar", *(f"texto {place},{cell}" for place, cell in enumerate(cells))])
        )
        service = shop.services.post_import
        found = await service.preview(path)
        await service.import_file(path, found.guessed, ImportAs.IDEAS, [])
        rows = await shop.ask(lambda q: q.to_place())
        assert [row.pillar for row in sorted(rows, key=lambda row: row.id)] == [
            "scene",
            own,
            own,
            "scene",
            "offers",
            "",
            "",
            "",
        ]


async def test_the_plan_is_told_to_other_programs_with_the_users_names(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        sorts, own = Sorts(PILLAR).renamed("scene", "=Viajes {n}").added("Hoteles")
        shop.settings.change(Sorting, pillars=sorts.without(own).rows)
        await post(shop, "scene", 5)
        await post(shop, own, 6)
        today = clock.now().date()
        wanted = PlanRequest(today, today + timedelta(days=2))
        path, many = await shop.services.plan_export.export(tmp_path / "plan.csv", wanted)
        head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        assert many == 2
        assert [row[head.index("Content pillar")] for row in rows] == ["'=Viajes {n}", "Hoteles"]
        path, _ = await shop.services.plan_export.export(tmp_path / "plan.ics", wanted)
        text = path.read_text(encoding="utf-8")
        assert "CATEGORIES:=Viajes {n}" in text
        assert "CATEGORIES:Hoteles" in text


async def test_links_say_a_pillar_by_its_own_name_where_a_link_can_bear_it(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        settings = shop.shop.settings
        settings.change(Links, pattern="p={pillar}")
        sorts, own = Sorts(PILLAR).renamed("scene", "Viajes y más").renamed("house", "店铺").added("Hoteles")
        settings.change(Sorting, pillars=sorts.rows)
        said = {
            pillar: shop.links.leaves(shop.draft(LINK, 1, pillar=pillar), 1, LINK).rpartition("=")[2]
            for pillar in ("scene", "house", own, "help")
        }
        assert said == {"scene": "viajes-y-mas", "house": "house", own: "hoteles", "help": "help"}


async def test_papers_and_files_speak_the_users_names(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        wishes = Wishes(shop.settings)
        shop.settings.change(
            Sorting,
            pillars=Sorts(PILLAR).renamed("scene", "Viajes").rows,
            categories=Sorts(CATEGORY).renamed("request", "Deseo").rows,
        )
        for words in (wishes.own_words(), *(wishes.words_for(language) for language in ("en", "fr", "ru", "zh"))):
            assert words.text("pillar.scene") == "Viajes"
            assert words.text("category.request") == "Deseo"
