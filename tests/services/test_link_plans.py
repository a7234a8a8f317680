"""How links leave, as the composer asks at each key: without the net, and fast."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.models.tracked_link import LinkState
from app.runtime.settings import Links
from app.store.writing import calendar as calendar_writing
from tests.fakes.clock import FakeClock
from tests.services.link_shop import links_in

LINK = "https://discosaurora.mx/marea"
KEY_MS = 2.0
"""What one key may cost at most, of CPU time, for a post with three links on one account."""


async def test_each_link_has_its_face_on_each_account(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        other = shop.second_account()
        draft = shop.draft(f"{LINK} y https://x.com/ana/1", 1, other, id=7, pillar="catalogue")
        faces = shop.links.faces(draft)
        assert [(face.account_id, face.url, face.state, face.source) for face in faces] == [
            (1, LINK, LinkState.TAGGED, "mastodon"),
            (other, LINK, LinkState.TAGGED, "bluesky"),
        ]
        assert faces[0].leaves_as == f"{LINK}?utm_source=mastodon&utm_medium=social&utm_content=p7-1"


async def test_what_the_pattern_asks_for_is_known(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        shop.shop.settings.change(Links, pattern="a={account}&c={campaign}&p={pillar}&d={date}")
        number = shop.shop.database.write_now(lambda session: calendar_writing.add_campaign(session, "日本"))
        draft = shop.draft(LINK, 1, campaign_id=number, pillar="catalogue")
        assert shop.links.leaves(draft, 1, LINK) == f"{LINK}?a=aurora&c=campaign-{number}&p=catalogue&d=2026-11-18"
        later = replace(draft, planned_at=clock.now() + timedelta(days=3))
        assert shop.links.leaves(later, 1, LINK).endswith("d=2026-11-21")
        renamed = shop.shop.database.write_now(lambda session: calendar_writing.add_campaign(session, "Santa Cecilia"))
        assert "c=santa-cecilia" in shop.links.leaves(replace(draft, campaign_id=renamed), 1, LINK)


async def test_a_link_that_says_all_of_it_is_left_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        shop.shop.settings.change(Links, pattern="utm_source={network}")
        draft = shop.draft(f"{LINK}?utm_source=volante", 1)
        assert [face.state for face in shop.links.faces(draft)] == [LinkState.PLAIN]


async def test_it_costs_little_at_each_key(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        text = f"{'Doce sellos y sesenta discos. ' * 8}{LINK} {LINK}/2 y discosaurora.mx/otra"
        draft = shop.draft(text, 1, id=1)
        shop.links.leaves(draft, 1, text)
        costs = []
        for number in range(50):
            began = time.process_time()
            shop.links.leaves(replace(draft, title=str(number)), 1, f"{text}{number}")
            costs.append((time.process_time() - began) * 1000)
        assert sorted(costs)[25] < KEY_MS
