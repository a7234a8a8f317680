"""The sample shop's sales follow from its links: the same at every start, of its campaigns, and never in the future."""

from __future__ import annotations

from pathlib import Path

from app.runtime.clock import to_ms
from app.services.sample_content import read_content
from app.services.sample_shop import build
from app.services.starter_playbook import read_starter
from tests.fakes.clock import FakeClock

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "sample"


def test_sales_visits_and_costs_belong_to_campaigns(clock: FakeClock) -> None:
    first, second = (
        build(read_content(FOLDER), read_starter(FOLDER / "playbook.json"), clock.now()).tables for _ in range(2)
    )
    names = {str(row["slug"]) for row in first["campaign"]}
    bought = [row for row in first["shop_order"] if row.get("campaign")]
    assert len(bought) > 20
    assert {str(row["campaign"]) for row in bought} <= names
    assert all(int(str(row["ordered_at"])) < to_ms(clock.now()) for row in bought)
    assert len({row["id"] for row in first["shop_order"]}) == len(first["shop_order"])
    assert len({row["number"] for row in first["shop_order"]}) == len(first["shop_order"])
    goals = sum(int(str(row["count"])) for row in first["visit_day"] if row["goal"])
    assert goals == len(bought), "the analytics server saw each purchase"
    assert first["visit_day"] == second["visit_day"]
    assert {row["campaign_id"] for row in first["campaign_cost"]} <= {row["id"] for row in first["campaign"]}
