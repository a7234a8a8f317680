"""The sample shop's links: made as real ones, short for what is to come, and never over the net."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from app.links.shortener import Wanted, usable
from app.models.outbox import DeliveryState
from app.models.tracked_link import Shortener
from app.services.sample_content import read_content
from app.services.sample_links import DOMAIN, SimulatedShortener, SimulatedToken, short_link, simulated
from app.services.sample_shop import build
from app.services.starter_playbook import read_starter
from tests.fakes.clock import FakeClock

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "sample"


def test_posts_to_come_carry_short_links_and_those_that_are_out_their_own(clock: FakeClock) -> None:
    tables = build(read_content(FOLDER), read_starter(FOLDER / "playbook.json"), clock.now()).tables
    links = tables["tracked_link"]
    assert len(links) > 50
    assert all(usable(row["short"]) and "utm_content=p" in str(row["tracked"]) for row in links)
    assert len({row["short"] for row in links}) == len(links), "one for each post and account"
    texts = {
        state: " ".join(str(row["parts"]) for row in tables["outbox"] if row["state"] == state)
        for state in DeliveryState
    }
    assert f"https://{DOMAIN}/" in texts[DeliveryState.WAITING]
    assert f"https://{DOMAIN}/" not in texts[DeliveryState.OUT]
    document = next(json.loads(str(row["value"])) for row in tables["setting"] if row["name"] == "links")
    assert document["values"]["shortener"] == "shlink"


async def test_the_simulated_shortener_answers_without_a_net(clock: FakeClock) -> None:
    made = simulated(Shortener.SHLINK, "https://nowhere.invalid", "", "", clock)
    assert isinstance(made, SimulatedShortener)
    link = await made.make("https://discosaurora.mx/marea")
    assert link == await made.make("https://discosaurora.mx/marea") == short_link("https://discosaurora.mx/marea")
    wanted = [
        Wanted(link.remote_id, clock.now() - timedelta(days=day), last)
        for day, last in ((0, None), (9, None), (9, 9000))
    ]
    found = [(await made.clicks([each]))[link.remote_id] for each in wanted]
    assert found[0] < found[1] < found[2] == 9000
    assert (await made.try_it())[0] == DOMAIN
    await made.close()
    assert SimulatedToken().get("x") == {"token": "sample"}
    SimulatedToken().set("x", {})
    SimulatedToken().delete("x")
