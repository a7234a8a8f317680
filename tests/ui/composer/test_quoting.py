"""A post that quotes another: found by its address, shown as each network will show it, and never left out silently."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostState, QuotedPost
from app.runtime.errors import Offline
from app.runtime.words import message
from app.ui.composer.preview_card import PreviewCard
from app.ui.composer.quote_card import QuoteView
from app.ui.composer.quote_sheet import QuoteSheet
from app.ui.composer.quoting import agreed, merged, with_link
from app.ui.widgets.text import Label
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import BLUESKY, MASTODON, X, delivery

URL = "https://musica.example/@ana/1"
QUOTED = QuotedPost(URL, "@ana", "¿Hay vinilos\nde Marea?", known=((MASTODON, "1"),))


def shown_words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget) and label.text()]


def preview(window: Window, account_id: int) -> PreviewCard:
    window.page.bench.turn_to(account_id)
    window.application.processEvents()
    return next(card for card in window.page.bench.preview.cards() if card.shown and card.shown.place.id == account_id)


def sheet(window: Window) -> QuoteSheet:
    (found,) = [each for each in window.shell.window.findChildren(QuoteSheet) if each.isVisible()]
    return found


def quote(window: Window, quoted: QuotedPost = QUOTED, **fields: object) -> None:
    window.posts.there[URL] = {MASTODON: "1"}
    window.open(new=True, text="Sí hay.")
    window.page.bench.edit(lambda draft: replace(draft, quote=quoted, **fields))
    window.application.processEvents()


def press_mend(window: Window, check: str) -> None:
    row = next(row for row in window.page.bench.plan.checks.rows() if row.check.said.id == f"composer.check.{check}")
    assert row.button is not None
    row.button.click()


# ---- adding one


def test_a_post_is_quoted_by_its_address_with_the_keyboard_alone(window: Window) -> None:
    window.posts.there[URL] = {MASTODON: "1"}
    window.open(new=True)
    window.type("Sí hay.")
    window.run("composer.quote")
    assert QApplication.focusWidget() is sheet(window).address.line
    window.type(URL)
    window.press(Qt.Key.Key_Return)
    assert window.posts.looked_up[0] == (URL, (X, MASTODON, BLUESKY))
    assert window.draft.quote is not None
    assert window.draft.quote.known == ((MASTODON, "1"),)
    card = window.page.bench.quote
    assert card.isVisible()
    assert card.accessibleName().endswith("¿Hay vinilos de Marea?")
    assert "@ana" in card.title.text()
    window.pause()
    assert window.posts.saved[-1].quote == window.draft.quote


def test_what_cannot_be_found_is_said_at_the_field_and_the_sheet_stays(window: Window) -> None:
    window.open(new=True)
    window.run("composer.quote")
    window.type("https://musica.example/nadie")
    window.press(Qt.Key.Key_Return)
    asked = sheet(window)
    assert "No post was found" in asked.address.line.accessibleDescription()
    assert asked.button.isEnabled()
    assert window.draft.quote is None
    assert window.runner.errors == []


def test_a_network_that_cannot_be_reached_is_said_there_too(window: Window) -> None:
    window.open(new=True)
    window.run("composer.quote")
    window.posts.fault = Offline()
    window.type(URL)
    window.press(Qt.Key.Key_Return)
    assert sheet(window).address.line.accessibleDescription() == window.shell.look.text(Offline().message)


def test_without_an_account_nobody_is_asked(window: Window) -> None:
    window.open(new=True)
    window.page.bench.edit(lambda draft: replace(draft, accounts=()))
    window.run("composer.quote")
    window.type(URL)
    window.press(Qt.Key.Key_Return)
    assert window.posts.looked_up == []
    assert sheet(window).address.line.accessibleDescription()


def test_a_sheet_that_was_closed_hears_no_answer(window: Window) -> None:
    window.posts.there[URL] = {MASTODON: "1"}
    window.open(new=True)
    window.run("composer.quote")
    window.type(URL)
    window.runner.hold = True
    window.press(Qt.Key.Key_Return)
    assert not sheet(window).button.isEnabled()
    (waiting,) = (work for work in window.runner.held if work.__qualname__ == "QuoteSheet._ask")  # others come at pauses
    sheet(window).close_now()
    assert inspect.getcoroutinestate(waiting) == inspect.CORO_CLOSED
    assert window.draft.quote is None


def test_a_post_begun_from_a_message_is_for_the_account_it_came_to(window: Window) -> None:
    window.open(new=True, quote=QUOTED, origin="inbox")
    assert window.draft.accounts == (MASTODON,)
    assert window.draft.quote == QUOTED
    window.pause()
    assert [draft.quote for draft in window.posts.saved] == [QUOTED]


# ---- what is shown


def test_each_preview_shows_the_quote_or_says_that_it_is_left_out(window: Window) -> None:
    quote(window)
    (box,) = preview(window, MASTODON).findChildren(QuoteView)
    assert shown_words(box) == ["@ana", "¿Hay vinilos de Marea?", "musica.example"]
    words = shown_words(preview(window, X))
    assert "The quote is left out here." in words
    assert preview(window, X).findChildren(QuoteView) == []
    assert window.checks().count("without_quote") == 2


def test_one_click_puts_the_link_into_the_text_of_that_network(window: Window) -> None:
    quote(window, accounts=(X, MASTODON))
    press_mend(window, "without_quote")
    assert dict(window.draft.variants) == {X: (f"Sí hay.\n\n{URL}",)}
    assert "without_quote" not in window.checks()
    assert "The link stands for the quote here." in shown_words(preview(window, X))
    assert window.draft.parts == ("Sí hay.",)


def test_strangers_words_are_shown_as_they_are(window: Window) -> None:
    quote(window, replace(QUOTED, handle="@<b>ana</b>\u202e", text="<img src=x>\n\u202eoculto"))
    (box,) = preview(window, MASTODON).findChildren(QuoteView)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in box.findChildren(Label))
    assert "<b>ana</b>" in box.author.text()
    assert "\u202e" not in "".join(shown_words(box))


def test_it_is_taken_out_with_the_keyboard(window: Window) -> None:
    quote(window)
    remove = window.page.bench.quote.remove
    assert remove.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert "@ana" in remove.accessibleDescription()
    remove.setFocus()
    window.press(Qt.Key.Key_Space)
    assert window.draft.quote is None
    assert not window.page.bench.quote.isVisible()
    assert QApplication.focusWidget() is window.page.bench.text.editors()[0]


def test_an_account_that_is_chosen_later_is_asked_whether_it_knows_the_post_once(window: Window) -> None:
    quote(window, accounts=(MASTODON,))
    window.posts.there[URL] = {MASTODON: "1", BLUESKY: "at://ana#1"}
    window.page.bench.edit(lambda draft: replace(draft, accounts=(MASTODON, BLUESKY)))
    window.application.processEvents()
    assert window.posts.looked_up[-1] == (URL, (BLUESKY,))
    assert window.draft.quote is not None
    assert dict(window.draft.quote.known) == {MASTODON: "1", BLUESKY: "at://ana#1"}
    window.posts.there[URL] = {}
    count = len(window.posts.looked_up)
    window.page.bench.edit(lambda draft: replace(draft, parts=("Otra cosa",)))
    window.pause()
    window.application.processEvents()
    assert len(window.posts.looked_up) == count


def test_an_author_who_lets_nobody_quote_is_told_of_a_message_that_we_know(window: Window) -> None:
    window.posts.closed = {MASTODON: message("network.mastodon.quotes_closed")}
    window.open(new=True, quote=QUOTED)
    window.application.processEvents()
    assert window.posts.looked_up == [(URL, (MASTODON,))]
    assert window.checks().count("without_quote") == 1
    told = next(each for each in window.page.bench.checks if each.said.id == "composer.check.without_quote")
    assert told.detail == message("quote.refused", reason=message("network.mastodon.quotes_closed"))
    assert "The quote is left out here." in shown_words(preview(window, MASTODON))


# ---- sending, restarting


def test_it_is_sent_with_what_was_shown_as_left_out(window: Window) -> None:
    quote(window)
    window.run("composer.schedule")
    ((draft, _),) = window.posts.scheduled
    assert draft.quote is not None
    assert draft.quote.without == (X, BLUESKY)
    window.pause()
    assert window.store.drafts[1].quote == draft.quote


def test_a_draft_is_opened_again_with_its_quote_and_a_planned_one_asks_nobody(window: Window) -> None:
    window.store.drafts[5] = PostDraft(id=5, parts=("Sí hay.",), accounts=(MASTODON, BLUESKY), quote=QUOTED)
    window.store.states[5] = PostState.SCHEDULED
    at = window.store.clock.now() + timedelta(days=1)
    window.store.drafts[5] = replace(window.store.drafts[5], planned_at=at)
    window.store.outbox[5] = [delivery(50, MASTODON, DeliveryState.WAITING, at)]
    window.open(post=5)
    assert window.page.bench.quote.isVisible()
    assert window.draft.quote == QUOTED
    assert window.posts.looked_up == []


# ---- plain functions


def test_a_draft_without_a_quote_agrees_to_nothing(window: Window) -> None:
    window.open(new=True, text="Hola")
    assert agreed(window.page.bench.composition()) == window.draft


def test_the_link_goes_into_the_first_part() -> None:
    draft = PostDraft(parts=("uno", "dos"))
    assert dict(with_link(draft, X, URL).variants) == {X: (f"uno\n\n{URL}", "dos")}
    assert dict(with_link(PostDraft(), X, URL).variants) == {X: (URL,)}


@pytest.mark.parametrize("other", [None, QuotedPost("https://musica.example/@ana/2")])
def test_an_answer_about_another_post_changes_nothing(other: QuotedPost | None) -> None:
    draft = PostDraft(quote=other)
    assert merged(draft, QUOTED) == draft


# ---- for few, or for everybody


def test_for_followers_only_is_left_out_or_made_public_with_one_click_where_a_network_knows_no_such_posts(
    window: Window,
) -> None:
    window.open(new=True, text="Solo para ustedes.")
    window.page.bench.edit(lambda draft: replace(draft, visibility=Visibility.FOLLOWERS))
    window.run("composer.schedule")
    assert window.posts.scheduled == []
    rows = [row for row in window.page.bench.plan.checks.rows() if row.check.said.id == "composer.check.only_public"]
    assert [[button.text() for button, _ in row.buttons] for row in rows] == [
        ["Leave it out there", "Public there"]
    ] * 2
    assert QApplication.focusWidget() is rows[0].buttons[0][0]
    rows[0].buttons[0][0].click()
    assert window.draft.accounts == (MASTODON, BLUESKY)
    press_public = next(
        row for row in window.page.bench.plan.checks.rows() if row.check.said.id == "composer.check.only_public"
    )
    press_public.buttons[1][0].click()
    assert window.draft.public_at == (BLUESKY,)
    window.run("composer.schedule")
    assert [draft.public_at for draft, _ in window.posts.scheduled] == [(BLUESKY,)]


def test_another_audience_asks_anew(window: Window) -> None:
    window.open(new=True, text="Hola")
    window.page.bench.edit(lambda draft: replace(draft, visibility=Visibility.FOLLOWERS, public_at=(X,)))
    tools = window.page.bench.text.tools
    tools.visibility.setCurrentIndex(1)
    tools.visibility.activated.emit(1)
    assert (window.draft.visibility, window.draft.public_at) == (Visibility.UNLISTED, ())
