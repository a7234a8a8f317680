"""What a post is going to cost is said before it is sent."""

from __future__ import annotations

from app.models.spending import MILLION, PostPrice
from app.ui.widgets.text import Label
from tests.ui.composer.conftest import Window


def said(window: Window) -> list[str]:
    line = window.page.bench.price
    assert line._content is not None
    return [] if line.isHidden() else [label.text() for label in line._content.findChildren(Label)]


def written(window: Window, *prices: PostPrice) -> None:
    window.services.money.prices = list(prices)
    window.open(new=True, text="Llegó el vinilo: discosaurora.mx")
    window.pause()


def test_the_price_is_said_with_what_makes_it_dear(window: Window) -> None:
    written(window, PostPrice("x", "USD", MILLION // 5, with_link=True, fits=True))
    assert said(window) == ["Publishing on X costs about 0.20 USD (it holds a link)."]


def test_a_price_above_the_limit_is_told_as_one(window: Window) -> None:
    written(window, PostPrice("x", "USD", 15_000, with_link=False, fits=False))
    assert said(window) == [
        "Publishing on X costs about 0.0150 USD. This month’s limit does not allow it: raise the limit in Settings."
    ]


def test_what_is_free_has_no_price(window: Window) -> None:
    written(window)
    assert said(window) == []


def test_the_price_is_asked_anew_for_other_words_only(window: Window) -> None:
    written(window)
    asked = len(window.services.money.asked)
    window.page.bench.look_over()
    window.page.bench.plan.when.in_an_hour()
    assert len(window.services.money.asked) == asked
    window.type("!")
    window.pause()
    assert len(window.services.money.asked) == asked + 1


def test_an_answer_about_older_words_is_dropped(window: Window) -> None:
    written(window)
    window.runner.hold = True
    window.type("!")
    window.pause()
    window.services.money.prices = [PostPrice("x", "USD", MILLION, with_link=False, fits=True)]
    window.page.bench.price._asked = None
    window.runner.release()
    assert said(window) == []
