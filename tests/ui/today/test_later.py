"""What comes to Today a moment after its brief: decisions of the days ahead, what comes up, and the one suggestion."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.calendar import CalendarSpan, MarkRow, PhaseRow
from app.models.post import PostFormat
from app.models.tip import Tip, TipKind
from app.runtime.settings import Posting
from app.runtime.words import message
from tests.ui.shop import Shop, nameless, texts
from tests.ui.stand_ins import TouchedAll
from tests.ui.today.test_ahead import planned

TODAY = date(2026, 11, 18)
TIP = Tip(
    TipKind.ASKED,
    "asked:4",
    message("tips.asked_saves", question="My download link expired", n=11, minutes=20),
    message("tips.asked_pace_evidence", n=11, first=date(2026, 11, 11), last=date(2026, 11, 17), before=4, seconds=110),
    4,
    "My download link expired",
)


def look_ahead(shop: Shop, **stored: object) -> list[str]:
    for name, value in stored.items():
        setattr(shop.store, name, value)
    shop.page.ask_ahead()
    return texts(shop.page)


def opened(shop: Shop, page: str) -> list[str]:
    assert shop.shell.window.current == page
    return [heard for heard in shop.page.heard if heard.startswith("opened")]


def test_a_day_with_too_much_is_to_be_decided_and_opens_in_the_calendar(shop: Shop) -> None:
    shop.services.settings.change(Posting, day_limit=2)
    posts = tuple(planned(n, 24 + 2 * n, kind=PostFormat.PROMO if n else PostFormat.INFORMS) for n in range(3))
    said = look_ahead(shop, span=CalendarSpan(posts))
    assert "Thursday has 3 posts, your limit is 2" in said
    assert "On X; 2 of them sell" in said
    assert "3 things" in said  # two of the brief and this one


def test_posts_too_near_to_each_other_are_told(shop: Shop) -> None:
    said = look_ahead(shop, span=CalendarSpan((planned(1, 1), planned(2, 1.25))))
    assert "Today: two posts 15 minutes apart" in said


def test_the_campaign_of_the_day_stands_beside_the_date(shop: Shop) -> None:
    phase = PhaseRow(1, 7, "Santa Cecilia", "rose", "teaser", TODAY - timedelta(days=2), TODAY + timedelta(days=1))
    said = look_ahead(shop, span=CalendarSpan(phases=(phase,)))
    assert any("Santa Cecilia" in text and text.endswith("teaser, day 3 of 4") for text in said)
    assert "2 inform · nothing to sell, right for a teaser" in said


def test_what_comes_up_opens_its_day(shop: Shop) -> None:
    launch = MarkRow(1, "launch", "«Marea»", TODAY + timedelta(days=2), campaign_id=7)
    look_ahead(shop, span=CalendarSpan((planned(1, 3, campaign=7),), marks=(launch,)))
    line = shop.page.findChild(QWidget, "coming day 0")
    assert line.accessibleName() == "Fri 20 Nov, \u2068«Marea»\u2069, launch · 1 post planned"


def test_the_suggestion_says_what_it_rests_on_and_offers_what_to_do(shop: Shop) -> None:
    said = look_ahead(shop, advised=(TIP,))
    assert any("came 11 times in a week" in text and "save you 20 min" in text for text in said)
    assert "11 questions from Wed 11 Nov to Tue 17 Nov, 4 in the week before; your median is 110 s an answer" in said
    assert {"Write the post", "Add to FAQ"} <= set(said)
    assert nameless(shop.page) == []
    shop.page.findChild(QWidget, "suggestion act 0").click()
    assert opened(shop, "composer") == ["opened {'new': True, 'text': 'My download link expired', 'origin': 'today'}"]


@pytest.mark.parametrize("way", ["button", "command"])
def test_the_suggestion_is_put_aside_for_a_week_and_comes_back_by_undo(shop: Shop, way: str) -> None:
    aside: list[str] = []

    async def put_aside(key: str) -> None:
        aside.append(key)

    shop.services.tips = type("Tips", (), {"put_aside": staticmethod(put_aside)})()
    look_ahead(shop, advised=(TIP,))
    assert "suggestion" in shop.page.state()["facts"]
    if way == "button":
        shop.page.findChild(QWidget, "suggestion close").click()
    else:
        assert shop.page.perform("put_aside") is True
    assert aside == ["asked:4"]
    assert shop.said()[-1] == "Not shown for a week"
    look_ahead(shop, advised=())
    assert shop.page.findChild(QWidget, "suggestion") is None
    assert shop.page.perform("put_aside") is None


def test_a_commit_has_the_days_ahead_read_again(shop: Shop) -> None:
    shop.store.advised = (TIP,)
    shop.services.changed.emit(TouchedAll("setting"))
    assert shop.page._later.isActive()
    shop.page._later.timeout.emit()
    QApplication.processEvents()
    assert shop.page.findChild(QWidget, "suggestion") is not None


def test_nothing_is_cut_at_the_right_with_everything_shown(shop: Shop) -> None:
    launch = MarkRow(1, "launch", "«Marea»", TODAY + timedelta(days=2), campaign_id=7)
    phase = PhaseRow(1, 7, "Santa Cecilia", "rose", "teaser", TODAY - timedelta(days=2), TODAY + timedelta(days=1))
    shop.shell.look.words.language = "es"
    shop.shell.look.theme.choose(zoom=150)
    shop.shell.window.resize(1024, 640)
    look_ahead(shop, advised=(TIP,), span=CalendarSpan((planned(1, 3, campaign=7),), (phase,), (launch,)))
    QApplication.processEvents()
    assert shop.page.area.widget().minimumSizeHint().width() <= shop.page.area.viewport().width()
