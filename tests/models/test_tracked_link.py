"""A tracked link as it leaves."""

from __future__ import annotations

from app.models.tracked_link import SHORTENER_NAMES, Shortener, TrackedLink


def test_it_leaves_short_where_it_is() -> None:
    link = TrackedLink(1, 1, "https://a.mx/x", "https://a.mx/x?utm_source=x")
    assert link.leaves_as == "https://a.mx/x?utm_source=x"
    assert link._replace(short="https://s.mx/1").leaves_as == "https://s.mx/1"


def test_every_shortener_has_a_name() -> None:
    assert set(SHORTENER_NAMES) == set(Shortener) - {Shortener.NONE}
