"""`tertulia links`: what went out with a tracked link, and how often it was clicked."""

from __future__ import annotations

from tests.cli.program import Program


def test_links_that_went_out_are_listed_with_their_clicks(sample: Program) -> None:
    items = sample.run("links", "--limit", "5").items
    assert len(items) == 5
    assert {"short", "url", "clicks", "network", "sent_at"} <= items[0].keys()
    assert str(items[0]["short"]).startswith("https://aurora.mx/")
    counted = sample.run("links", "--limit", "5", "--count").items
    assert all(after["clicks"] >= before["clicks"] for before, after in zip(items, counted, strict=True))
    assert len(sample.run("links", "--days", "2").items) < len(sample.run("links", "--limit", "5000").items)


def test_without_any_it_says_so(empty: Program) -> None:
    assert empty.run("links").items == []
    ran = empty.run("links", as_json=False)
    assert ran.code == 0
    assert "No tracked link" in ran.out + ran.err
