"""Posts out of a spreadsheet: the right rows come in, nothing is planned for the past, one step takes all back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.models.post import PostState
from app.models.post_import import ImportAs
from app.store.reading import posts as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.services.test_post_rows import write


async def states(shop: SmallShop) -> list[PostState]:
    rows = await shop.ask(lambda q: q.posts(None, None))
    rows += await shop.ask(lambda q: q.posts(shop.clock.now() - timedelta(days=900), None))
    return [row.state for row in {row.id: row for row in rows}.values()]


def calendar_file(folder: Path, clock: FakeClock) -> Path:
    now = clock.now()
    times = [now - timedelta(days=3), now + timedelta(days=3), now + timedelta(days=4)]
    texts = ["ayer", "pronto", "x" * 900]
    rows = [f"{text},{at:%Y-%m-%d %H:%M}," for text, at in zip(texts, times, strict=True)]
    return write(folder, "\n".join(["Texto,Fecha,Cuenta", *rows, "sin hora,,", "ajena,,@nadie", "propia,,@Aurora"]))


async def test_rows_become_ideas_that_know_no_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        service = shop.services.post_import
        path = calendar_file(tmp_path, clock)
        found = await service.preview(path)
        result = await service.import_file(path, found.guessed, ImportAs.IDEAS, [])
        assert (result.made, result.scheduled, result.past) == (5, 0, 0)
        assert [(row.line, row.reason.id) for row in result.wrong] == [(6, "import.wrong.account")]
        assert await states(shop) == [PostState.IDEA] * 5
        assert await shop.undo() == "undone.posts_imported"
        assert await states(shop) == []


async def test_what_cannot_be_planned_stays_a_draft_and_nothing_is_planned_for_the_past(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        service = shop.services.post_import
        path = calendar_file(tmp_path, clock)
        found = await service.preview(path)
        heard: list[tuple[int, int]] = []
        result = await service.import_file(
            path,
            found.guessed,
            ImportAs.SCHEDULED,
            [shop.account_id],
            progress=lambda done, of_all: heard.append((done, of_all)),
        )
        assert (result.made, result.scheduled, result.past, result.unplanned) == (5, 1, 1, 1)
        assert [(row.line, row.reason.id) for row in result.wrong] == [
            (4, "composer.too_long"),
            (6, "import.wrong.account"),
        ]
        assert heard[-1] == (6, 6)
        assert sorted(await states(shop)) == [PostState.DRAFT] * 4 + [PostState.SCHEDULED]
        past = next(row for row in await shop.ask(lambda q: q.posts(None, None)) if row.title == "ayer")
        assert past.planned_at is None
        await shop.run_for(60)
        assert shop.out_there() == []
        await shop.undo()
        assert await states(shop) == []
        await shop.run_for(4 * 86400, step=3600)
        assert shop.out_there() == [], "what was taken back never leaves"


async def test_rows_become_drafts_at_their_times(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        service = shop.services.post_import
        path = write(tmp_path, f"Texto,Fecha\nhola,{clock.now() + timedelta(days=2):%Y-%m-%d %H:%M}\n")
        found = await service.preview(path)
        await service.import_file(path, found.guessed, ImportAs.DRAFTS, [shop.account_id])
        (row,) = await shop.ask(lambda q: q.posts(None, None))
        draft = await shop.database.read(reading.post, row.id)
        assert draft is not None
        assert (row.state, draft.zone, draft.accounts) == (PostState.DRAFT, "UTC", (shop.account_id,))
        assert draft.planned_at is not None
        assert await shop.deliveries(row.id) == []
