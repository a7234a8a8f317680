"""The Today page, driven by keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.outbox import DeliveryState
from app.models.promise import PromiseRow
from app.models.spike import Spike
from app.models.today import ManagerReply
from app.runtime.settings import Hour
from app.runtime.settings import Shop as ShopSettings
from app.runtime.words import message
from app.ui.today.hour_bar import HourBar
from app.ui.today.rows import PostLine
from app.ui.widgets.spike_strip import SpikeStrip
from app.ui.widgets.text import text_width
from tests.ui.shop import NOW, Shop, brief, nameless, owed, post, texts
from tests.ui.stand_ins import TouchedAll


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def opened(shop: Shop, page: str) -> list[str]:
    assert shop.shell.window.current == page
    return [heard for heard in shop.page.heard if heard.startswith("opened")]


def test_it_says_what_the_day_asks_for(shop: Shop) -> None:
    said = texts(shop.page)
    for expected in (
        "Good morning", "Wednesday 18 November 2026", "14 waiting, about 18 min", "Étienne Marchal waits 12 minutes too long",
        "Complaint: parcel A-20377 stuck in customs", "Start with the late one", "Answer Memo Tapia within 19 minutes",
        "“Detrás del escenario” did not go out", "2 things", "+38", "612", "23 min", "It fits: 18 of your 60 minutes",
    ):  # fmt: skip
        assert expected in said, expected


def test_it_asks_for_the_day_of_the_shops_zone(shop: Shop) -> None:
    assert shop.store.asked[-1] == (datetime(2026, 11, 18, 6, tzinfo=UTC), datetime(2026, 11, 19, 6, tzinfo=UTC))


def test_it_asks_anew_each_minute_while_it_is_seen(shop: Shop) -> None:
    before = len(shop.store.asked)
    shop.page._minute.timeout.emit()
    assert len(shop.store.asked) == before + 1
    shop.shell.window.window().hide()
    shop.page._minute.timeout.emit()
    assert len(shop.store.asked) == before + 1


def test_enter_starts_with_the_most_urgent(shop: Shop) -> None:
    press(Qt.Key.Key_Return)
    assert opened(shop, "inbox") == ["opened {'view': 'needs_answer', 'conversation': 11}"]


def test_digits_open_the_answers_shown_and_no_others(shop: Shop) -> None:
    press(Qt.Key.Key_2)
    assert opened(shop, "inbox") == ["opened {'view': 'needs_answer', 'conversation': 12}"]
    shop.shell.window.show_page("today")
    shop.store.today = brief(waiting=3)
    shop.page.ask()
    press(Qt.Key.Key_4)
    assert shop.shell.window.current == "today"


def test_the_last_line_opens_those_that_are_not_shown_by_name(shop: Shop) -> None:
    assert "11 more, 6 look like answers you have" in texts(shop.page)
    assert "About 14 minutes at your pace" in texts(shop.page)
    press(Qt.Key.Key_4)
    assert opened(shop, "inbox") == ["opened {'view': 'needs_answer'}"]


def test_a_promise_and_a_managers_reply_stand_among_what_is_to_be_answered(shop: Shop) -> None:
    due = PromiseRow(5, 12, 3, "Memo Tapia", "mastodon", "Mandar el enlace", NOW + timedelta(hours=2), NOW - timedelta(days=1))
    reply = ManagerReply(40, "Marta Solís", "Julio Peña", "¿Se devuelve el cargo?", NOW - timedelta(days=2))
    shop.store.today = brief(promises=(due,), replies=(reply,))
    shop.page.ask()
    said = texts(shop.page)
    assert {"You promised Memo Tapia: Mandar el enlace", "Marta Solís replied about Julio Peña", "12 more, 6 look like answers you have"} <= set(said)
    press(Qt.Key.Key_3)
    assert opened(shop, "inbox") == ["opened {'view': 'escalated', 'conversation': 40}"]


def test_a_failed_post_is_fixed_in_the_composer_and_a_doubtful_answer_in_the_inbox(shop: Shop) -> None:
    shop.page.findChild(QWidget, "decide 21").click()
    assert opened(shop, "composer") == ["opened {'post': 21, 'origin': 'today'}"]
    shop.shell.window.show_page("today")
    shop.page.findChild(QWidget, "decide 22").click()
    assert opened(shop, "inbox") == ["opened {'view': 'all', 'conversation': 12}"]


def test_a_post_opens_in_the_composer(shop: Shop) -> None:
    line = next(each for each in shop.page.findChildren(PostLine) if "Novedades" in each.accessibleName())
    assert "43 clicks" in line.accessibleName()
    line.click()
    assert opened(shop, "composer") == ["opened {'post': 31, 'origin': 'today'}"]


def test_times_make_one_column(shop: Shop) -> None:
    shop.shell.look.words.language = "es_MX"
    shop.store.today = brief(going_out=(post(31, "Novedades", -1), post(32, "Mar de Cal", 2)))
    shop.page.ask()
    lines = shop.page.findChildren(PostLine)
    assert len({len(line._time) for line in lines}) > 1  # 9:00 a.m. and 12:00 p.m.
    assert len({line.time_width() for line in lines}) == 1
    assert lines[0].time_width() >= text_width("12:00 p.m.", shop.shell.look.theme.font("small", weight=600))


def test_a_change_is_shown_and_the_keyboard_stays_where_it_was(shop: Shop) -> None:
    shop.page.findChild(QWidget, "answer 12").setFocus()
    shop.store.today = brief(waiting=13, late=0, first=brief().first[1:])
    shop.services.changed.emit(TouchedAll("conversation"))
    assert "13 waiting, about 17 min" in texts(shop.page)
    assert QApplication.focusWidget().objectName() == "answer 12"
    shop.store.today = brief(first=())
    shop.services.changed.emit(TouchedAll("note"))
    assert "Everyone has an answer." not in texts(shop.page)


def test_when_everyone_has_an_answer_enter_goes_on_to_decide(shop: Shop) -> None:
    shop.store.today = brief(waiting=0, late=0, first=())
    shop.page.ask()
    assert "Everyone has an answer." in texts(shop.page)
    shop.page.start()
    assert opened(shop, "inbox") == ["opened {'view': 'all', 'conversation': 12}"]


def test_blocks_without_anything_are_left_out_or_say_so(shop: Shop) -> None:
    shop.store.today = brief(waiting=0, late=0, first=(), to_decide=(), going_out=(), coming=())
    shop.page.ask()
    said = texts(shop.page)
    assert "Decide" not in said
    assert {"Nothing is planned for today.", "Nothing is planned after today."} <= set(said)
    shop.page.start()
    assert shop.shell.window.current == "today"


def test_many_things_to_decide_are_shown_on_request(shop: Shop) -> None:
    shop.store.today = brief(to_decide=tuple(owed(number, DeliveryState.FAILED) for number in range(100, 109)))
    shop.page.ask()
    assert shop.page.findChild(QWidget, "decide 108") is None
    shop.page.findChild(QWidget, "all decisions").click()
    assert shop.page.findChild(QWidget, "decide 108") is not None


def test_the_hour_is_shown_with_what_answering_takes_and_can_be_switched_off(shop: Shop) -> None:
    bar = shop.page.findChild(HourBar)
    assert bar.accessibleName() == "Your hour: 0 of 60 minutes used, about 18 for answers, 42 free"
    shop.store.today = brief(pace_seconds=None)
    shop.page.ask()
    assert shop.page.findChild(HourBar).accessibleName() == "Your hour: 0 of 60 minutes used, 60 free"
    shop.services.settings.change(Hour, enabled=False)
    QApplication.processEvents()
    assert shop.page.area.widget().findChild(HourBar) is None


def test_more_work_than_the_hour_has_is_said_without_a_verdict(shop: Shop) -> None:
    shop.store.today = brief(pace_seconds=600)
    shop.page.ask()
    assert "About 140 minutes; your hour has 60" in texts(shop.page)


def test_it_greets_the_shop_by_name_and_in_its_language(shop: Shop) -> None:
    shop.services.settings.change(ShopSettings, name="Discos Aurora", language="es")
    QApplication.processEvents()
    assert "Buenos días, Discos Aurora" in texts(shop.page)
    assert "Étienne Marchal espera 12 minutos de más" in texts(shop.page)


def test_one_column_in_a_narrow_window_and_nothing_is_cut_at_the_right(shop: Shop) -> None:
    shop.shell.window.resize(1024, 640)
    QApplication.processEvents()
    content = shop.page.area.widget()
    assert content.width() <= shop.page.area.viewport().width()
    shop.services.settings.change(ShopSettings, language="es")
    shop.shell.look.theme.choose(zoom=150)
    QApplication.processEvents()
    assert shop.page.area.widget().minimumSizeHint().width() <= shop.page.area.viewport().width()


def test_everything_has_a_name_for_the_screen_reader(shop: Shop) -> None:
    assert nameless(shop.page) == []
    assert "Answer: " in shop.page.findChild(QWidget, "answer 11").accessibleName()
    assert any("clicks: 612" in part.accessibleName() for part in shop.page.findChildren(QWidget))


def test_while_reading_takes_long_still_shapes_are_shown(shop: Shop) -> None:
    shop.page.brief = None
    shop.page._show()
    shop.page._show_skeleton()
    assert shop.page.first_focus() is shop.page.area


def test_what_suddenly_repeats_stands_above_and_opens_its_conversations(shop: Shop, qapp: QApplication) -> None:
    shop.services.spikes.current = Spike("descarga", tuple(range(9)), 2, 1, 6, 18_400)
    shop.services.spikes.changed.emit(shop.services.spikes.current)
    for _ in range(4):
        qapp.processEvents()
    page = shop.shell.window.page()
    strip = page.findChild(SpikeStrip, "spike")
    assert strip is not None
    assert strip.accessibleName().startswith("9 messages in 2 hours about")
    strip.open.click()
    assert opened(shop, "inbox") == ["opened {'spike': True}"]


def test_promises_due_are_kept_let_go_or_shown(shop: Shop) -> None:
    due = PromiseRow(5, 12, 3, "Memo Tapia", "mastodon", "Mandar el enlace", NOW + timedelta(hours=2), NOW - timedelta(days=1))
    shop.store.today = brief(promises=(due, due._replace(id=6, due_at=NOW - timedelta(hours=1))))
    shop.page.ask()
    said = texts(shop.page)
    assert {"Promises due", "2 open"} <= set(said)
    spoken = [each.accessibleName().replace("\u2068", "").replace("\u2069", "") for each in shop.page.findChildren(QWidget)]
    assert "Memo Tapia, Mandar el enlace. Today, 12:00" in spoken
    assert any(text.startswith("Memo Tapia, Mandar el enlace. was due") for text in spoken)
    shop.page.findChild(QWidget, "promise 5 open").click()
    assert opened(shop, "inbox") == ["opened {'view': 'all', 'conversation': 12}"]


def test_many_promises_are_shown_on_request(shop: Shop) -> None:
    due = PromiseRow(5, 12, 3, "Memo Tapia", "mastodon", "Mandar el enlace", NOW + timedelta(hours=2), NOW)
    shop.store.today = brief(promises=tuple(due._replace(id=number) for number in range(50, 56)))
    shop.page.ask()
    assert shop.page.findChild(QWidget, "promise 55 open") is None
    shop.page.findChild(QWidget, "all promises").click()
    assert shop.page.findChild(QWidget, "promise 55 open") is not None


def test_the_promise_that_is_due_first_ends_by_command(shop: Shop) -> None:
    assert shop.page.perform("promise_kept") is None
    due = PromiseRow(5, 12, 3, "Memo Tapia", "mastodon", "Mandar el enlace", NOW, NOW - timedelta(days=1))
    shop.store.today = brief(promises=(due,))
    shop.page.ask()
    assert "promises" in shop.page.state()["facts"]
    ended: list[tuple[str, int]] = []
    opens = shop.page._opens
    shop.page._opens = replace(
        opens, keep=lambda promise: ended.append(("kept", promise.id)), let_go=lambda promise: ended.append(("let go", promise.id))
    )
    assert shop.page.perform("promise_kept") is True
    assert shop.page.perform("promise_let_go") is True
    assert ended == [("kept", 5), ("let go", 5)]


def test_posts_that_want_a_look_are_to_be_decided(shop: Shop) -> None:
    amber = post(35, "¿Qué disco te salvó el año?", 4, warnings=(message("today.held"), message("today.out")))
    shop.store.today = brief(going_out=(amber,), to_decide=())
    shop.page.ask()
    said = texts(shop.page)
    assert "Look at “¿Qué disco te salvó el año?” before 14:00" in said
    shop.page.findChild(QWidget, "amber 35").click()
    assert opened(shop, "composer") == ["opened {'post': 35, 'origin': 'today'}"]


def test_the_hour_tells_what_decisions_and_figures_usually_take(shop: Shop) -> None:
    log = shop.shell.hour.log
    for number in range(1, 8):
        for page, seconds in (("composer", 180), ("insights", 240), ("today", 15)):
            log.note(f"2026-11-{number:02}", page, seconds)
    shop.page._show()
    said = shop.page.findChild(HourBar).accessibleName()
    assert said == "Your hour: 0 of 60 minutes used, about 18 for answers, about 6 for decisions, about 4 for the figures, 32 free"
    assert "It fits: 28 of your 60 minutes" in texts(shop.page)
    assert "2 things, about 6 min" in texts(shop.page)


def test_the_hour_is_begun_by_a_button(shop: Shop) -> None:
    begin = shop.page.findChild(QWidget, "begin")
    begin.click()
    assert shop.shell.window.current == "inbox"
    shop.shell.window.show_page("today")
    assert shop.page.findChild(QWidget, "begin") is None


def test_decisions_are_gone_to_when_asked_for(shop: Shop, qapp: QApplication) -> None:
    shop.shell.window.show_page("today", block="decide")
    qapp.processEvents()
    assert QApplication.focusWidget().objectName() == "decide 22"
