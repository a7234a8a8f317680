"""The Composer page, driven by keys and commands: writing, own texts, threads, keeping, and going back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.models.account import AccountState
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.post import Picture, Poll, PostDraft, PostState
from app.runtime.errors import DiskFull
from app.ui.composer.marking import coloured, marks, utf16
from app.ui.composer.tabs import PREVIEW
from app.ui.widgets.focus_order import in_order, takes_tab
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import BLUESKY, INSTAGRAM, MASTODON, X, delivery

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SUNDAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
LONG = "Una frase de prueba, con algunas palabras. " * 8


def test_a_new_post_is_for_the_accounts_that_are_signed_in_and_the_cursor_is_in_it(window: Window) -> None:
    window.open(new=True)
    assert window.draft.accounts == (X, MASTODON, BLUESKY)
    assert QApplication.focusWidget() is window.page.bench.text.editors()[0]
    assert "empty" in window.checks()
    assert window.page.bench.plan.checks.rows() == [], "nobody is blamed for a page that is still white"


def test_what_is_typed_is_kept_after_a_pause_and_once(window: Window) -> None:
    window.open(new=True)
    window.type("Hola")
    assert window.posts.saved == []
    window.pause()
    window.type(" a todos")
    window.pause()
    assert [draft.parts for draft in window.posts.saved] == [("Hola",), ("Hola a todos",)]
    assert list(window.store.drafts) == [1]


def test_leaving_keeps_what_was_typed_just_now(window: Window) -> None:
    window.open(new=True)
    window.type("Sin pausa")
    window.press(Qt.Key.Key_Escape)
    assert window.shell.window.current == "calendar"
    assert window.store.drafts[1].parts == ("Sin pausa",)


def test_opening_another_post_keeps_the_one_before(window: Window) -> None:
    window.store.drafts[7] = PostDraft(id=7, parts=("Vieja",), accounts=(X,))
    window.open(new=True)
    window.type("Nueva")
    window.open(post=7)
    assert window.draft.parts == ("Vieja",)
    assert window.posts.saved[0].parts == ("Nueva",)
    assert window.page.bench.text.editors()[0].toPlainText() == "Vieja"


def test_a_full_disk_is_said_and_the_text_is_kept_at_the_next_try(window: Window) -> None:
    window.open(new=True)
    window.posts.fault = DiskFull()
    window.type("Valioso")
    window.pause()
    assert isinstance(window.runner.errors[0], DiskFull)
    window.posts.fault = None
    window.type("!")
    window.pause()
    assert window.store.drafts[1].parts == ("Valioso!",)


def test_typing_in_a_network_s_tab_gives_it_its_own_text_and_one_click_takes_it_back(window: Window) -> None:
    window.open(new=True)
    window.type("Base")
    window.press(Qt.Key.Key_Tab, CTRL)
    window.type(" para X")
    assert dict(window.draft.variants) == {X: ("Base para X",)}
    assert window.draft.parts == ("Base",)
    window.pause()
    assert [tab.face.own for tab in window.page.bench.text.tabs.tabs()] == [False, True, False, False]
    window.run("composer.base_again")
    assert window.draft.variants == ()
    assert window.page.bench.text.editors()[0].toPlainText() == "Base"


def test_an_account_that_is_unticked_and_ticked_again_has_its_own_text_back(window: Window) -> None:
    window.open(new=True)
    window.type("Base")
    window.run("composer.next_text")
    window.type("!")
    card = window.page.bench.accounts.cards()[0]
    card.setFocus()
    window.press(Qt.Key.Key_Space)
    assert window.draft.accounts == (MASTODON, BLUESKY)
    assert window.draft.variants == ()
    window.press(Qt.Key.Key_Space)
    assert dict(window.draft.variants) == {X: ("Base!",)}


def test_what_is_too_long_for_one_network_is_split_for_that_network(window: Window) -> None:
    window.open(new=True)
    window.page.bench.edit(lambda draft: replace(draft, parts=(LONG,), accounts=(X, MASTODON)))
    window.pause()
    assert window.checks()[0] == "too_long"
    window.page.bench.text.split.click()
    own = dict(window.draft.variants)[X]
    assert len(own) == 2
    assert window.draft.parts == (LONG,)
    assert window.page.bench.tab == X
    assert len(window.page.bench.text.editors()) == 2
    assert "too_long" not in window.checks()


def test_what_is_too_long_everywhere_is_split_for_all(window: Window) -> None:
    window.open(new=True)
    window.page.bench.edit(lambda draft: replace(draft, parts=(LONG * 2,), accounts=(X, MASTODON)))
    window.pause()
    window.page.bench.text.split.click()
    assert window.draft.variants == ()
    assert len(window.draft.parts) == 3


def test_a_part_is_added_by_key_and_its_words_are_not_lost_when_it_goes(window: Window) -> None:
    window.open(new=True)
    window.type("Uno")
    window.press(Qt.Key.Key_Return, CTRL | SHIFT)
    window.type("Dos")
    assert window.draft.parts == ("Uno", "Dos")
    window.page.bench.text._boxes[1].remove.click()
    assert window.draft.parts == ("Uno\n\nDos",)


def test_deleting_goes_back_and_can_be_undone(window: Window) -> None:
    window.open(new=True)
    window.type("Fuera de aquí")
    window.run("composer.delete")
    assert window.posts.deleted == [1]
    assert window.shell.window.current == "calendar"
    assert window.said()[-1] == "composer.said.deleted"
    window.open()
    assert window.draft == PostDraft(accounts=window.draft.accounts, language="en")


def test_a_post_that_is_gone_is_said_to_be(window: Window) -> None:
    window.open(post=99)
    assert window.said() == ["composer.said.gone"]
    assert window.draft.id is None


def test_a_post_from_a_message_begins_with_its_words_and_leads_back(window: Window) -> None:
    window.open(new=True, text="Pregunta frecuente", origin="calendar")
    assert window.page.bench.text.editors()[0].toPlainText() == "Pregunta frecuente"
    window.press(Qt.Key.Key_Escape)
    assert window.shell.window.current == "calendar"
    assert window.store.drafts[1].parts == ("Pregunta frecuente",)


def test_ctrl_n_begins_another(window: Window) -> None:
    window.open(new=True)
    window.type("Uno")
    window.run("view.new")
    window.type("Dos")
    window.pause()
    assert [draft.parts for draft in window.store.drafts.values()] == [("Uno",), ("Dos",)]


def test_the_accounts_chosen_last_are_proposed_again(window: Window) -> None:
    window.open(new=True)
    window.page.bench.accounts.cards()[0].click()
    assert window.page.resumable() == {"accounts": f"{MASTODON},{BLUESKY}"}
    window.run("view.new")
    assert window.draft.accounts == (MASTODON, BLUESKY)


def test_f8_walks_through_what_was_found(window: Window) -> None:
    window.open(new=True)
    window.page.bench.edit(lambda draft: replace(draft, parts=(LONG,), pictures=(Picture("a.png"),)))
    window.pause()
    buttons = [row.button for row in window.page.bench.plan.checks.rows() if row.button is not None]
    for button in buttons[:3]:
        window.press(Qt.Key.Key_F8)
        assert QApplication.focusWidget() is button
    window.press(Qt.Key.Key_F8, SHIFT)
    assert QApplication.focusWidget() is buttons[1]


def test_a_picture_without_words_is_described_moved_and_taken_out(window: Window, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        image = QImage(20, 10, QImage.Format.Format_RGB32)
        image.fill(0)
        image.save(str(tmp_path / name))
    window.open(new=True)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.png", "b.png")])
    window.page.bench.text.editors()[0].insertFromMimeData(data)
    assert [picture.path for picture in window.draft.pictures] == ["a.png", "b.png"]
    assert QApplication.focusWidget() is window.page.bench.pictures.alt
    window.type("Una b")
    assert window.draft.pictures[1].alt == "Una b"
    window.application.processEvents()
    window.page.bench.pictures.tiles()[1].setFocus()
    window.press(Qt.Key.Key_Left, SHIFT)
    assert [picture.path for picture in window.draft.pictures] == ["b.png", "a.png"]
    window.press(Qt.Key.Key_Delete)
    assert [picture.path for picture in window.draft.pictures] == ["a.png"]


def test_a_pasted_picture_comes_in_and_leaves_no_file_behind(window: Window) -> None:
    window.open(new=True)
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(0)
    data = QMimeData()
    data.setImageData(image)
    window.page.bench.text.editors()[0].insertFromMimeData(data)
    assert [picture.path for picture in window.draft.pictures] == ["pasted.png"]


def test_text_that_was_copied_with_its_picture_is_pasted_as_text(window: Window) -> None:
    window.open(new=True)
    data = QMimeData()
    data.setText("Sólo palabras")
    data.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    window.page.bench.text.editors()[0].insertFromMimeData(data)
    assert window.draft.parts == ("Sólo palabras",)
    assert window.draft.pictures == ()


def test_a_poll_is_asked_and_dropped(window: Window) -> None:
    window.open(new=True)
    window.type("¿Vinilo?")
    window.run("composer.poll")
    window.type("Sí")
    window.page.bench.poll.fields()[1].line.setFocus()
    window.type("No")
    assert window.draft.poll == Poll(("Sí", "No"))
    window.page.bench.poll.add.click()
    assert window.draft.poll == Poll(("Sí", "No", ""))
    window.page.bench.poll.take_out(2)
    window.pause()
    assert "no_poll" in window.checks()
    window.run("composer.poll")
    assert window.draft.poll is None


def test_a_network_without_polls_gets_words_of_its_own_before_it_is_sent(window: Window) -> None:
    window.open(new=True)
    window.type("¿Vinilo?")
    window.page.bench.edit(lambda draft: replace(draft, poll=Poll(("Sí", "No"))))
    window.run("composer.schedule")
    assert window.posts.scheduled == []
    (row,) = [row for row in window.page.bench.plan.checks.rows() if row.check.said.id == "composer.check.no_poll"]
    assert row.button is not None
    row.button.click()
    assert window.page.bench.tab == BLUESKY
    window.type(" ¿Sí o no?")
    window.pause()
    assert dict(window.draft.variants)[BLUESKY] == ("¿Vinilo? ¿Sí o no?",)
    assert "no_poll" not in window.checks()
    assert "without_poll" in window.checks()


def test_a_content_warning_is_written_and_taken_away(window: Window) -> None:
    window.open(new=True)
    window.run("composer.warning")
    window.type("Spoilers")
    assert window.draft.warning == "Spoilers"
    window.run("composer.warning")
    assert window.draft.warning == ""
    assert window.page.bench.text.warning.isHidden()


def test_who_may_read_it_is_offered_where_a_network_knows_it(window: Window) -> None:
    window.open(new=True)
    tools = window.page.bench.text.tools
    assert [tools.visibility.itemData(row) for row in range(tools.visibility.count())] == ["public", "unlisted", "followers"]
    tools.visibility.setCurrentIndex(2)
    tools.visibility.activated.emit(2)
    assert window.draft.visibility is Visibility.FOLLOWERS
    window.pause()
    assert window.checks().count("only_public") == 2


def test_the_title_is_changed_in_the_header(window: Window) -> None:
    window.open(new=True)
    window.type("Primera línea")
    window.pause()
    header = window.page.bench.header
    assert header.title.text() == "Primera línea"
    window.run("composer.title")
    window.type("Santa Cecilia")
    window.press(Qt.Key.Key_Return)
    assert window.draft.title == "Santa Cecilia"
    window.run("composer.title")
    window.press(Qt.Key.Key_Escape)
    assert window.shell.window.current == "composer"
    assert header.title_field.isHidden()


def test_the_preview_is_a_column_in_a_wide_window_and_a_tab_in_a_narrow_one(window: Window) -> None:
    window.open(new=True)
    bench = window.page.bench
    assert bench.preview.isVisible()
    window.shell.window.resize(1024, 640)
    window.application.processEvents()
    assert not bench.preview.isVisible()
    assert bench.text.tabs.tabs()[-1].face.key == PREVIEW
    bench.text.tabs.tabs()[-1].click()
    assert bench.preview.isVisible()
    window.shell.window.resize(1440, 900)
    window.application.processEvents()
    assert bench.preview.isVisible()
    assert bench.text.tabs.tabs()[-1].face.key != PREVIEW


def test_the_preview_shows_what_each_network_would_and_says_what_it_leaves_out(window: Window) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=("Hola #vinilo",), accounts=(X, MASTODON, INSTAGRAM), poll=Poll(("Sí", "No")), warning="Ojo")
    window.open(post=3)
    bench = window.page.bench
    assert [card.shown.place.id for card in bench.preview.cards() if card.shown] == [X, MASTODON]
    bench.preview.many.choose(1)
    bench.look_over()
    shown = {card.shown.place.id: card.shown for card in bench.preview.cards() if card.shown}
    assert shown[X].left_out == ("composer.preview.no_warning",)
    assert shown[MASTODON].left_out == ()
    assert shown[INSTAGRAM].left_out == ("composer.preview.no_poll", "composer.preview.no_warning")


def test_tab_goes_from_header_to_editor_to_preview_to_plan(window: Window) -> None:
    window.open(new=True)
    bench = window.page.bench
    stops = [widget for widget in in_order(bench) if takes_tab(widget)]
    places = [bench.header.back_button, bench.accounts.cards()[0], bench.text.editors()[0], bench.text.tools.picture, bench.plan.when.day]
    assert [stops.index(place) for place in places] == sorted(stops.index(place) for place in places)
    bench.text.editors()[0].setFocus()
    window.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is bench.text.tools.link
    seen: list[QWidget | None] = []
    for _ in range(len(stops) + 4):
        window.press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert set(stops) <= set(seen), "Tab reaches everything and is caught nowhere"


def test_everything_the_keyboard_reaches_has_a_name(window: Window) -> None:
    window.store.drafts[3] = PostDraft(
        id=3, parts=("Uno", "Dos"), accounts=(X, MASTODON, INSTAGRAM), poll=Poll(("Sí", "No")), pictures=(Picture("a.png"),), warning="Ojo"
    )
    window.store.states[3] = PostState.SCHEDULED
    window.store.outbox[3] = [
        delivery(1, X, DeliveryState.FAILED, SUNDAY), delivery(2, MASTODON, DeliveryState.UNSURE, SUNDAY),
        delivery(3, INSTAGRAM, DeliveryState.BY_HAND, SUNDAY),
    ]  # fmt: skip
    window.open(post=3)
    nameless = [widget for widget in in_order(window.page) if takes_tab(widget) and not widget.accessibleName()]
    assert nameless == []


def test_a_signed_out_account_is_to_be_fixed_and_leads_to_signing_in(window: Window) -> None:
    window.store.accounts[0] = replace(window.store.accounts[0], state=AccountState.SIGNED_OUT)
    window.store.drafts[3] = PostDraft(id=3, parts=("Hola",), accounts=(X,))
    window.open(post=3)
    assert window.checks()[0] == "signed_out"
    asked: list[tuple[str, dict[str, object]]] = []
    window.shell.face.show_page = lambda page, **target: asked.append((page, target))
    first = window.page.bench.plan.checks.rows()[0].button
    assert first is not None
    first.click()
    assert asked == [("settings", {"section": "accounts", "account": X, "sign_in": True})]


def test_another_language_is_spoken_at_once_and_nothing_written_is_lost(window: Window) -> None:
    window.open(new=True)
    window.type("Hola")
    window.run("composer.time")
    window.type("sun 11")
    window.press(Qt.Key.Key_Return)
    window.shell.look.words.language = "es"
    window.shell.window.retranslate()
    bench = window.page.bench
    assert bench.header.primary.text().startswith("Programar dom 22 nov, 11:00")
    assert bench.text.editors()[0].toPlainText() == "Hola"
    window.open(new=True)
    assert bench.text.editors()[0].toPlainText() == ""


def test_another_theme_and_larger_text_leave_everything_in_place(window: Window) -> None:
    window.open(new=True)
    window.type("Plan")
    theme = window.shell.look.theme
    theme.choose(mode="dark", zoom=150)
    window.application.processEvents()
    window.shell.window.grab()
    assert window.page.bench.text.editors()[0].toPlainText() == "Plan"


def test_ctrl_enter_belongs_to_the_input_method_while_it_composes(window: Window) -> None:
    window.open(new=True)
    window.type("你")
    editor = window.page.bench.text.editors()[0]
    QApplication.sendEvent(editor, QInputMethodEvent("hao", []))
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.posts.scheduled == []
    commit = QInputMethodEvent("", [])
    commit.setCommitString("好")
    QApplication.sendEvent(editor, commit)
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.posts.scheduled[0][0].parts == ("你好",)


def test_ctrl_z_takes_back_typing_in_the_field(window: Window) -> None:
    window.open(new=True)
    window.type("Hola")
    window.pause()
    window.press(Qt.Key.Key_Z, CTRL)
    assert window.draft.parts == ("",)


def test_emoji_before_a_link_do_not_shift_its_colour() -> None:
    text = "🎶🎶 aurora.mx #disco"
    assert [text[start:end] for start, end in marks(text)] == ["aurora.mx", "#disco"]
    assert utf16(text, marks(text)[0][0]) == 5


def test_words_from_outside_never_become_markup() -> None:
    assert "<b>" not in coloured("<b>&", "x")


def test_a_mail_address_and_a_version_are_no_links() -> None:
    assert marks("Escribe a hola@aurora.mx, versión 1.2") == []
