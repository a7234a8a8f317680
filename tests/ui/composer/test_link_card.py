"""The card of the first link: fetched after a pause, shown, left out, and never that of another link."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from app.models.post import LinkPreview, Picture, PostDraft, PostState
from app.runtime.errors import DiskFull
from app.ui.composer.link_card import LinkCard
from app.ui.composer.link_view import LinkView, host_of
from app.ui.widgets.text import Label
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import BLUESKY, MASTODON, X

LINK = "https://www.discosaurora.mx/vinilo"
OTHER = "https://discosaurora.mx/otro"
CARD = LinkPreview(LINK, "Vinilos nuevos", "Llegaron veinte discos de la nueva canción.")
WITHOUT = ["Without a card: the link goes out as a plain link."]


def card_of(window: Window) -> LinkCard:
    return window.page.bench.link_card


def said(window: Window) -> list[str]:
    window.application.processEvents()
    card = card_of(window)
    if card.isHidden():
        return []
    assert card._content is not None
    labels = [card._content] if isinstance(card._content, Label) else card._content.findChildren(Label)
    return [label.text() for label in labels if not label.isHidden()]


def write(window: Window, *cards: LinkPreview, text: str = f"Mira {LINK}", asks: bool = True) -> None:
    window.services.links.cards = {card.url: card for card in cards}
    window.open(new=True, text=text)
    window.pause()
    if asks:
        card_of(window).ask_now()


def retype(window: Window, text: str) -> None:
    window.page.bench.text.editors()[0].setPlainText(text)
    window.pause()
    card_of(window).ask_now()


def views(window: Window, inside: QWidget) -> list[LinkView]:
    window.application.processEvents()
    return [view for view in inside.findChildren(LinkView) if view.isVisible()]


def test_the_card_is_fetched_after_a_pause_shown_and_kept_with_the_draft(window: Window) -> None:
    write(window, CARD, asks=False)
    assert said(window) == [f"Fetching the card of \u2068{LINK}\u2069…"]
    assert window.services.links.asked == []
    assert card_of(window)._soon.isActive()
    card_of(window).ask_now()
    assert said(window) == [CARD.title, CARD.description, "discosaurora.mx"]
    window.pause()
    assert window.posts.saved[-1].link_card == CARD
    window.page.bench.look_over()
    assert window.services.links.asked == [LINK]


def test_the_preview_of_the_network_shows_it_and_no_other_does(window: Window) -> None:
    write(window, CARD)
    window.page.bench.turn_to(BLUESKY)
    with_card = [card.shown.place.id for card in window.page.bench.preview.cards() if card.shown and views(window, card)]
    assert with_card == [BLUESKY]


def test_where_no_network_needs_it_nothing_is_fetched(window: Window) -> None:
    write(window, CARD, text="", asks=False)
    window.page.bench.edit(lambda draft: replace(draft, accounts=(X, MASTODON)))
    retype(window, f"Mira {LINK}")
    assert said(window) == []
    assert window.services.links.asked == []


def test_pictures_take_its_place_and_it_is_back_without_them(window: Window) -> None:
    write(window, CARD)
    window.page.bench.edit(lambda draft: replace(draft, pictures=(Picture("a.png"),)))
    assert said(window) == []
    window.page.bench.edit(lambda draft: replace(draft, pictures=()))
    assert said(window)[0] == CARD.title
    assert window.services.links.asked == [LINK]


def test_the_card_goes_when_the_link_leaves_the_text(window: Window) -> None:
    write(window, CARD)
    retype(window, "Nada que mirar")
    assert window.draft.link_card is None
    assert said(window) == []


def test_another_link_has_another_card(window: Window) -> None:
    other = LinkPreview(OTHER, "Otro")
    write(window, CARD, other)
    retype(window, f"Mira {OTHER}")
    assert window.draft.link_card == other


def test_the_network_s_own_text_counts(window: Window) -> None:
    write(window, CARD, LinkPreview(OTHER, "Otro"))
    window.page.bench.edit(lambda draft: replace(draft, variants=((BLUESKY, (f"Aquí: {OTHER}",)),)))
    window.pause()
    card_of(window).ask_now()
    assert window.draft.link_card is not None
    assert window.draft.link_card.url == OTHER


def test_where_none_can_be_had_that_is_said_calmly_and_may_be_tried_again(window: Window) -> None:
    write(window)
    assert said(window) == ["No card for this link: it goes out as a plain link."]
    window.pause()
    card_of(window).ask_now()
    assert window.services.links.asked == [LINK], "it is not asked again and again"
    window.services.links.cards = {LINK: CARD}
    card_of(window).act.click()
    assert window.draft.link_card == CARD


def test_a_card_that_is_not_wanted_stays_away_until_it_is_wanted(window: Window) -> None:
    write(window, CARD)
    card_of(window).act.click()
    assert (window.draft.link_card, said(window)) == (None, WITHOUT)
    retype(window, "Espera")
    retype(window, f"De nuevo {LINK}")
    assert (window.draft.link_card, said(window)) == (None, WITHOUT)
    window.page.retranslate()
    window.pause()
    assert said(window) == WITHOUT, "also in another language"
    card_of(window).act.click()
    assert window.draft.link_card == CARD


def test_a_card_that_is_not_wanted_stays_away_after_a_restart(window: Window) -> None:
    write(window, CARD)
    card_of(window).act.click()
    window.pause()
    kept = window.posts.saved[-1]
    assert (kept.link_card, kept.no_card_of) == (None, LINK)
    window.open(new=True)
    window.page.desk.left_out.clear()  # as in a program that was started again
    window.services.links.asked.clear()
    assert kept.parts == (f"Mira {LINK}",)
    window.open(post=1)
    card_of(window).ask_now()
    assert said(window) == WITHOUT
    assert window.services.links.asked == []
    card_of(window).act.click()
    assert (window.draft.link_card, window.draft.no_card_of) == (CARD, "")
    retype(window, f"Mira {OTHER}")
    assert window.services.links.asked[-1] == OTHER, "another link is asked for"


def test_fetching_can_be_stopped(window: Window) -> None:
    write(window, CARD, asks=False)
    window.runner.hold = True
    card_of(window).ask_now()
    work = window.runner.held.pop()
    card_of(window).act.click()
    assert inspect.getcoroutinestate(work) == inspect.CORO_CLOSED
    assert (window.draft.link_card, said(window)) == (None, WITHOUT)


def test_an_answer_about_an_older_link_is_dropped(window: Window) -> None:
    write(window, CARD, asks=False)
    window.runner.hold = True
    card_of(window).ask_now()
    window.runner.held.clear()
    older, asked = LINK, card_of(window)._asked
    assert asked is not None
    retype(window, f"Mira {OTHER}")
    window.runner.drive(card_of(window)._ask(older, asked))
    assert window.draft.link_card is None
    for work in window.runner.held:
        work.close()


def test_another_post_gets_nothing_of_it(window: Window) -> None:
    window.store.drafts[7] = PostDraft(id=7, parts=("Otra",), accounts=(BLUESKY,))
    write(window, CARD, asks=False)
    window.open(post=7)
    assert not card_of(window)._soon.isActive()
    assert (window.draft.link_card, said(window)) == (None, [])


def test_what_fails_while_fetching_does_not_leave_it_waiting(window: Window) -> None:
    window.services.links.fault = DiskFull()
    write(window)
    assert isinstance(window.runner.errors[0], DiskFull)
    assert said(window) == ["No card for this link: it goes out as a plain link."]


def test_opening_a_planned_post_changes_nothing_in_it(window: Window) -> None:
    later = window.store.clock.now() + timedelta(days=1)
    window.services.links.cards = {LINK: CARD}
    window.store.drafts[7] = PostDraft(id=7, parts=(f"Mira {LINK}",), accounts=(BLUESKY,), planned_at=later)
    window.store.states[7] = PostState.SCHEDULED
    window.open(post=7)
    card_of(window).ask_now()
    assert (window.draft.link_card, said(window)) == (None, WITHOUT)
    assert window.services.links.asked == []


def test_a_post_that_is_sent_meanwhile_goes_without_it(window: Window) -> None:
    write(window, CARD, asks=False)
    window.run("composer.publish_now")
    assert [draft.link_card for draft, _ in window.posts.scheduled] == [None]
    assert not card_of(window)._soon.isActive()


def test_what_is_on_its_way_shows_its_card_and_no_button(window: Window) -> None:
    write(window, CARD)
    window.run("composer.publish_now")
    assert [draft.link_card for draft, _ in window.posts.scheduled] == [CARD]
    assert window.page.bench.composition().locked
    assert said(window)[0] == CARD.title
    assert card_of(window).act.isHidden()


def test_the_page_s_words_are_plain_text_on_one_line(window: Window) -> None:
    hostile = LinkPreview(LINK, "<b>Gratis</b>\n\u202eoder", "Uno\r\ndos <img src=x>")
    write(window, hostile)
    assert said(window)[:2] == ["<b>Gratis</b> \ufffdoder", "Uno dos <img src=x>"]
    labels = card_of(window).findChildren(Label)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_its_picture_is_64_high_and_a_long_description_has_two_lines(window: Window, tmp_path: Path) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(tmp_path / "card.png"))
    write(window, LinkPreview(LINK, "Título " * 30, "Palabra 🎶 con música. " * 30, "card.png"))
    (view,) = views(window, card_of(window))
    lines = view.description.lines(view.description.width())
    assert len(lines) == 2
    assert "".join(lines).count("🎶") == 30
    assert view.description.height() == view.description.fontMetrics().lineSpacing() * 2
    shown = view.grab().toImage()
    x = shown.width() // view.width() * 30
    assert QColor(shown.pixel(x, x)) == QColor("teal")


def test_the_host_of_a_link() -> None:
    assert host_of("https://www.discosaurora.mx/a?b") == "discosaurora.mx"
    assert host_of("http://[") == "http://["
