"""Tags go on and off messages, are renamed, merged and retired, counted and written as a table; all of it can be undone."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.rule import Rule, Then, When
from app.models.tag import TagCount, TagRow
from app.runtime.errors import DiskTrouble, UserMistake
from app.runtime.settings import Shop
from app.services import tags as services_tags
from app.services.tags import BOM, COLUMNS, RUNS, harmless
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

REQUEST, OPINION, CRITICISM = 1, 2, 3
NAMES = {REQUEST: "Request", OPINION: "Opinion", CRITICISM: "Criticism"}


def goes_on(_written: int, _of: int) -> bool:
    return True


@asynccontextmanager
async def told(folder: Path, clock: FakeClock, *texts: str) -> AsyncIterator[tuple[SmallShop, list[int]]]:
    """Messages of one customer, each a conversation of its own; with their ids."""
    async with shop_in(folder, clock) as shop:
        for number, text in enumerate(texts, 1):
            clock.advance(timedelta(minutes=1))
            await shop.heard(text, number=number, thread=f"t{number}")
        found = await shop.database.read(lambda c: c.execute("SELECT id FROM message ORDER BY id").fetchall())
        yield shop, [number for (number,) in found]


async def borne(shop: SmallShop, message_id: int) -> list[str]:
    found = await shop.ask(lambda queries: queries.tags_of([message_id]))
    return [tag.key or tag.name for tag in found.get(message_id, ())]


async def counts(shop: SmallShop) -> dict[str, int]:
    found = await shop.ask(lambda queries: queries.tag_counts(None, shop.clock.now()))
    return {each.tag.key or each.tag.name: each.many for each in found if each.many}


async def table(shop: SmallShop, target: Path) -> list[list[str]]:
    until = shop.clock.now() + timedelta(minutes=1)
    await shop.services.tags.export(target, NAMES, COLUMNS, None, until, goes_on)
    data = target.read_bytes()
    assert data.startswith(BOM)
    return list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))


async def test_every_profile_has_the_three_tags(tmp_path: Path, clock: FakeClock):
    async with told(tmp_path, clock) as (shop, _):
        tags = await shop.ask(lambda queries: queries.tags())
        assert [(tag.id, tag.key, tag.name) for tag in tags] == [
            (1, "request", ""),
            (2, "opinion", ""),
            (3, "criticism", ""),
        ]


async def test_the_same_tag_again_comes_off(tmp_path: Path, clock: FakeClock):
    async with told(tmp_path, clock, "quiero vinilos") as (shop, [first]):
        assert await shop.services.tags.toggle(REQUEST, messages=[first])
        assert await borne(shop, first) == ["request"]
        assert [tag.key for tag in (await shop.detail(1)).messages[0].tags] == ["request"]
        assert not await shop.services.tags.toggle(REQUEST, messages=[first])
        assert await borne(shop, first) == []
        assert await shop.undo() == "undone.untagged"
        assert await borne(shop, first) == ["request"]
        assert await shop.undo() == "undone.tagged"
        assert await borne(shop, first) == []
        await shop.services.undo.redo()
        assert await borne(shop, first) == ["request"]


async def test_ticked_conversations_are_tagged_on_their_last_message_in_one_step(tmp_path: Path, clock: FakeClock):
    async with told(tmp_path, clock, "uno", "dos", "tres") as (shop, ids):
        await shop.services.tags.toggle(OPINION, messages=ids[:1])
        assert await shop.services.tags.toggle(OPINION, conversations=[1, 2, 3])
        assert await counts(shop) == {"opinion": 3}
        await shop.undo()
        assert await counts(shop) == {"opinion": 1}


async def test_there_must_be_something_to_tag(tmp_path: Path, clock: FakeClock):
    async with told(tmp_path, clock) as (shop, _):
        with pytest.raises(UserMistake):
            await shop.services.tags.toggle(REQUEST, conversations=[])


async def test_own_tags_are_made_renamed_and_retired(tmp_path: Path, clock: FakeClock):
    async with told(tmp_path, clock, "quiero vinilos") as (shop, [first]):
        tags = shop.services.tags
        own = await tags.add("  Vinilo\nazul ")
        assert await tags.add("VINILO AZUL") == own
        await tags.rename(own, "Vinilo")
        assert await shop.undo() == "undone.tag_renamed"
        assert [tag.name for tag in await shop.ask(lambda queries: queries.tags())][-1] == "Vinilo azul"
        await tags.toggle(own, messages=[first])
        await tags.retire(own)
        assert own not in [tag.id for tag in await shop.ask(lambda queries: queries.tags())]
        assert await counts(shop) == {"Vinilo azul": 1}
        assert await shop.undo() == "undone.tag_retired"
        await tags.retire(own)
        assert await tags.add("vinilo azul") == own  # comes back
        assert own in [tag.id for tag in await shop.ask(lambda queries: queries.tags())]


async def test_names_are_not_empty_and_not_taken(tmp_path: Path, clock: FakeClock):
    async with told(tmp_path, clock) as (shop, _):
        tags = shop.services.tags
        for empty in ("", " \n", "\u202e\u200b", "\0"):
            with pytest.raises(UserMistake):
                await tags.add(empty)
        own = await tags.add("Vinilo")
        await tags.rename(REQUEST, "Deseo")
        with pytest.raises(UserMistake):
            await tags.rename(own, "DESEO")
        await tags.rename(REQUEST, "")  # its own words again
        assert (await shop.ask(lambda queries: queries.tags()))[0] == TagRow(1, "request", "")
        with pytest.raises(UserMistake):
            await tags.rename(own, "")


async def test_merging_moves_messages_and_rules_and_is_undone(tmp_path: Path, clock: FakeClock):
    async with told(tmp_path, clock, "uno", "dos") as (shop, [first, second]):
        tags = shop.services.tags
        own = await tags.add("Vinilo")
        await tags.toggle(own, messages=[first, second])
        await tags.toggle(REQUEST, messages=[first])
        rule_id = await shop.services.rules.save(Rule("r", When(any_of=("vinilo",)), Then(tags=(own, REQUEST))))
        assert await tags.merge(own, REQUEST) == 2
        assert await counts(shop) == {"request": 2}
        rule = await shop.ask(lambda queries: queries.rule(rule_id))
        assert rule is not None
        assert rule.then.tags == (REQUEST,)
        assert await shop.undo() == "undone.tag_merged"
        assert await counts(shop) == {"Vinilo": 2, "request": 1}
        rule = await shop.ask(lambda queries: queries.rule(rule_id))
        assert rule is not None
        assert rule.then.tags == (own, REQUEST)
        assert await tags.merge(own, own) == 0


async def test_counts_are_of_a_span_and_compared_with_the_span_before(tmp_path: Path, clock: FakeClock):
    async with told(tmp_path, clock, "viejo") as (shop, [old]):
        clock.advance(timedelta(days=8))
        await shop.heard("nuevo", number=2, thread="t2")
        await shop.heard("otro", number=3, thread="t3")
        await shop.services.tags.toggle(REQUEST, messages=[old, 2, 3])
        now = clock.now() + timedelta(minutes=1)
        found = await shop.ask(lambda queries: queries.tag_counts(now - timedelta(days=7), now))
        assert found[0] == TagCount(TagRow(1, "request"), 2, 1)
        assert found[1] == TagCount(TagRow(2, "opinion"), 0, 0)
        listed = await shop.ask(lambda queries: queries.tagged(REQUEST, now - timedelta(days=7), now))
        assert [each.text for each in listed] == ["otro", "nuevo"]
        assert (await shop.ask(lambda queries: queries.tag_counts(None, now)))[0] == TagCount(
            TagRow(1, "request"), 3, None
        )


async def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path, clock: FakeClock):
    hostile = (
        '=HYPERLINK("http://evil.example","x")',
        "+1+1",
        "\u200e=1",
        " @SUM(A1)",
        'dijo "hola", y\nse fue',
        "普通话 ok",
        "-2",
    )
    async with told(tmp_path / "p", clock, *hostile) as (shop, ids):
        shop.settings.change(Shop, zone="America/Mexico_City")
        await shop.services.tags.toggle(REQUEST, messages=ids)
        await shop.services.tags.toggle(CRITICISM, messages=ids[:1])
        head, *lines = await table(shop, tmp_path / "table.csv")
        assert head == list(COLUMNS)
        assert [line[1] for line in lines[:2]] == ["Request, Criticism", "Request"]
        texts = [line[COLUMNS.index("text")] for line in lines]
        assert texts[0] == f"'{hostile[0]}"
        assert texts[1].startswith("'+")
        assert texts[4:6] == list(hostile[4:6])
        assert all(not cell.lstrip().startswith(RUNS) for line in lines for cell in line)
        assert lines[0][0] == "2026-11-18T10:01:00-06:00"  # the shop's time, with its distance from UTC
        assert lines[0][COLUMNS.index("handle")] == "'@ximena@musica.example"
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["table.csv"]


async def test_a_table_that_is_stopped_leaves_no_file(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(services_tags, "PAGE", 2)
    async with told(tmp_path / "p", clock, "uno", "dos", "tres") as (shop, ids):
        await shop.services.tags.toggle(REQUEST, messages=ids)
        target = tmp_path / "table.csv"
        target.write_text("what was there")
        heard: list[tuple[int, int]] = []
        until = clock.now() + timedelta(minutes=1)
        told_so_far = lambda written, of: heard.append((written, of))  # noqa: E731  (answers None: stop)
        assert await shop.services.tags.export(target, NAMES, COLUMNS, None, until, told_so_far) is None
        assert heard == [(2, 3)]
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["table.csv"]
        assert target.read_text() == "what was there"
        assert await shop.services.tags.export(tmp_path / "noch", NAMES, COLUMNS, None, until, goes_on) == 3
        assert (tmp_path / "noch.csv").exists()  # never in the place of another kind of file


async def test_a_folder_that_is_not_there_is_said(tmp_path: Path, clock: FakeClock):
    async with told(tmp_path / "p", clock, "uno") as (shop, ids):
        await shop.services.tags.toggle(REQUEST, messages=ids)
        with pytest.raises(DiskTrouble):
            await shop.services.tags.export(tmp_path / "none" / "a.csv", NAMES, COLUMNS, None, clock.now(), goes_on)


@given(st.text(max_size=40))
def test_no_cell_begins_a_formula(cell: str):
    safe = harmless(cell)
    assert safe.endswith(cell)
    assert not safe.lstrip().startswith(RUNS)
