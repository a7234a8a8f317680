"""`tertulia campaign`: what a campaign brought, what it cost, and its coupons."""

from __future__ import annotations

from tests.cli.program import Program


def test_a_campaign_is_told_whole_and_by_its_parts(sample: Program) -> None:
    listed = sample.run("campaign", "list").items
    assert {"id", "name", "slug", "from", "to"} == set(listed[0])
    ran = sample.run("campaign", "report", listed[0]["id"])
    assert ran.code == 0
    whole, *parts = ran.items
    assert (whole["of"], whole["name"]) == ("campaign", listed[0]["name"])
    assert {each["of"] for each in parts} <= {"phase", "post", "link"}
    of_nobody = sample.run("campaign", "report", listed[0]["id"], "--account", 999).items[0]
    assert (of_nobody["posts"], of_nobody["cost_of_sale"]) == (0, None)


def test_a_cost_is_noted_told_and_taken_away(sample: Program) -> None:
    number = sample.run("campaign", "list").items[0]["id"]
    before = sample.run("campaign", "costs", number).items
    cost = sample.run("campaign", "cost", number, "Volantes", "1200.50 MXN", "--day", "2026-11-02").item["cost"]
    (added,) = [each for each in sample.run("campaign", "costs", number).items if each not in before]
    assert added == {"id": cost, "title": "Volantes", "amount": 1200.5, "currency": "MXN", "on": "2026-11-02"}
    assert sample.run("campaign", "uncost", cost).code == 0
    assert sample.run("campaign", "costs", number).items == before
    assert sample.run("campaign", "cost", number, "Volantes", "mucho").code == 1


def test_coupons_are_told_and_changed(sample: Program) -> None:
    number = sample.run("campaign", "list").items[0]["id"]
    assert sample.run("campaign", "coupons", number, "otro10", "otro20").item == {"coupons": ["otro10", "otro20"]}
    assert sample.run("campaign", "coupons", number).item == {"coupons": ["otro10", "otro20"]}
    assert sample.run("campaign", "coupons", number, "--none").item == {"coupons": []}


def test_a_campaign_that_is_none_is_said(sample: Program) -> None:
    ran = sample.run("campaign", "report", 999)
    assert ran.code == 1
    assert "999" in ran.err
