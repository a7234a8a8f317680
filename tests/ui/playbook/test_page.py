"""The Playbook page: listed, searched, written, kept, saved, removed; languages, wordings, placeholders, checks, versions, facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.models.answer_content import from_json
from app.models.conversation import Category
from app.models.playbook import Address, AfterSending
from app.runtime.words import message
from app.ui.playbook.desk import NEW
from app.ui.playbook.drafting import LanguageState
from app.ui.playbook.facts_sheet import FactSheet, FactsSheet
from app.ui.playbook.language_tabs import FIGURES
from app.ui.playbook.versions_sheet import VersionsSheet
from tests.ui.playbook.acting import choose, fake_of, page_of, press, titles, write
from tests.ui.playbook.fakes import three_answers
from tests.ui.shop import Shop, nameless, texts

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

Open = Callable[..., Shop]


# ---- the list


def test_answers_stand_under_their_categories(open_page: Open) -> None:
    page = page_of(open_page())
    assert titles(page) == ["Order & delivery", "Shipping", "Technical", "Download link expired", "Praise", "Gracias"]
    assert page.desk.answer_id == 2
    said = page.list.model.data(page.list.model.index(3, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == (
        "Download link expired, languages: ES, EN and FR, used 64 times in 90 days, solved 94 percent,"
        " 3 times the customer wrote again, edited 9 times before sending"
    )


def test_the_search_looks_in_titles_words_and_tags(open_page: Open) -> None:
    page = page_of(open_page())
    for typed, found in (("reactivamos", 1), ("DESCARGA", 1), ("envios", 1), ("zzz", 0)):
        page.list.search.setText(typed)
        assert len([row for row in page.list.model.rows if row.answer_id is not None]) == found
    assert "zzz" in page.list.nothing.text()


def test_the_keyboard_passes_headings_over(open_page: Open, qapp: QApplication) -> None:
    page = page_of(open_page())
    page.list.rows.setFocus()
    QTest.keyClick(page.list.rows, Qt.Key.Key_Down)
    assert page.desk.answer_id == 1
    QTest.keyClick(page.list.rows, Qt.Key.Key_Down)
    QTest.keyClick(page.list.rows, Qt.Key.Key_Down)
    assert page.desk.answer_id == 3
    for _ in range(3):
        QTest.keyClick(page.list.rows, Qt.Key.Key_Up)
    assert page.desk.answer_id == 2


# ---- writing


def test_what_is_typed_is_kept_and_ctrl_s_saves_it(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page, fake = page_of(shop), fake_of(shop)
    write(page, "Tarda {fact:plazo}, gracias.")
    assert not page.editor.save.isHidden()
    assert page.editor.said.text() == "not saved yet"
    page.desk.keep_now()
    assert from_json(fake.kept[2]).texts[0].text == "Tarda {fact:plazo}, gracias."
    press(shop, "playbook.save", qapp)
    assert fake.rows[1].wordings["es"] == ("Tarda {fact:plazo}, gracias.",)
    assert fake.kept == {}
    assert page.editor.save.isHidden()
    assert not page.desk.unsaved


def test_what_is_not_saved_waits_while_another_answer_is_open(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page = page_of(shop)
    write(page, "A medias")
    page.desk.open(1)
    assert page.editor.texts.editor.toPlainText().startswith("¡Hola")
    page.desk.open(2)
    assert page.editor.texts.editor.toPlainText() == "A medias"
    assert page.desk.unsaved
    page.desk.throw_away()
    assert page.editor.texts.editor.toPlainText() == "Tarda {fact:plazo}."


def test_leaving_the_page_loses_nothing(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page = page_of(shop)
    write(page, "A medias")
    assert page.unkept().texts == ["A medias"]
    shop.shell.open("today")
    assert from_json(fake_of(shop).kept[2]).texts[0].text == "A medias"
    shop.shell.open("playbook")
    assert page.editor.texts.editor.toPlainText() == "A medias"


def test_a_change_below_does_not_touch_what_is_being_written(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page, fake = page_of(shop), fake_of(shop)
    write(page, "A medias")
    fake.tell("answer_use")
    assert page.editor.texts.editor.toPlainText() == "A medias"


def test_a_new_answer_is_written_and_saved(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page, fake = page_of(shop), fake_of(shop)
    press(shop, "view.new", qapp)
    assert page.desk.answer_id == NEW
    assert page.editor.title.hasFocus()
    assert titles(page)[:2] == ["Not saved yet", "New answer"]
    write(page, "Abrimos a las 9.")
    press(shop, "playbook.save", qapp)
    assert shop.said() == ["The answer has no title yet. A few words are enough."]
    QTest.keyClicks(page.editor.title, "Horario")
    press(shop, "playbook.save", qapp)
    assert fake.rows[-1].title == {"es": "Horario"}
    assert page.desk.answer_id == fake.rows[-1].id
    assert "Horario" in titles(page)
    assert "New answer" not in titles(page)


def test_removing_opens_the_next_one(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page = page_of(shop)
    page.list.rows.setFocus()
    press(shop, "playbook.remove", qapp)
    assert page.desk.answer_id == 1
    assert shop.said() == ["Shipping is out of the playbook"]


def test_a_copy_is_opened(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    press(shop, "playbook.duplicate", qapp)
    assert page_of(shop).desk.answer_id == 99


def test_nothing_can_be_changed_where_the_profile_is_only_read(open_page: Open) -> None:
    page = page_of(open_page(read_only=True))
    assert page.editor.texts.editor.isReadOnly()
    assert page.editor.title.isReadOnly()
    assert not page.editor.tabs.plus.isEnabled()


# ---- languages and wordings


def test_languages_say_how_they_stand(open_page: Open) -> None:
    page = page_of(open_page())
    page.desk.open(1)
    states = {tab.face.key: tab.face.state for tab in page.editor.tabs.tabs()}
    assert states == {
        "es": LanguageState.MAIN, "en": LanguageState.FRESH, "fr": LanguageState.OLDER, "ru": LanguageState.MISSING,
    }  # fmt: skip
    assert [tab.accessibleName() for tab in page.editor.tabs.tabs()][2] == "French, older than Spanish"


def test_ctrl_tab_goes_round_the_languages(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page = page_of(shop)
    page.desk.open(1)
    page.desk.show_language("es")
    seen = []
    for _ in range(4):
        press(shop, "playbook.next_language", qapp)
        seen.append(page.desk.language)
    assert seen == ["en", "fr", "ru", "es"]
    press(shop, "playbook.previous_language", qapp)
    assert page.desk.language == "ru"
    assert page.editor.title.text() == ""


def test_a_language_is_added_and_written(open_page: Open) -> None:
    page = page_of(open_page())
    page.editor.tabs.added.emit("zh")
    write(page, "三天。")
    assert [text.text for text in page.desk.content.texts] == ["Tarda {fact:plazo}.", "三天。"]


def test_wordings_are_added_chosen_for_whom_and_removed(open_page: Open) -> None:
    page = page_of(open_page())
    card = page.editor.texts
    card.another.click()
    write(page, "Le llega pronto.")
    card.use.setCurrentIndex(2)
    card.use.activated.emit(2)
    assert [(text.text, text.address) for text in page.desk.content.texts] == [
        ("Tarda {fact:plazo}.", Address.ANY), ("Le llega pronto.", Address.FORMAL),
    ]  # fmt: skip
    assert len(card.turns) == 2
    card.turns[0].click()
    assert card.editor.toPlainText() == "Tarda {fact:plazo}."
    card.away.click()
    assert [text.text for text in page.desk.content.texts] == ["Le llega pronto."]


# ---- placeholders, preview, checks


def test_a_brace_offers_placeholders_and_enter_takes_one(open_page: Open, qapp: QApplication) -> None:
    page = page_of(open_page())
    editor = page.editor.texts.editor
    write(page, "")
    editor.setFocus()
    QTest.keyClicks(editor, "Hola {ord")
    popup = editor.completer.popup()
    assert popup is not None
    assert popup.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == "Hola {order}"
    QTest.keyClicks(editor, " {pla")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == "Hola {order} {fact:plazo}"


def test_the_preview_reads_as_a_customer_would(open_page: Open) -> None:
    page = page_of(open_page())
    page.desk.open(1)
    page.desk.show_language("es")
    assert page.editor.rendered().text == "¡Hola, Ximena! Ya reactivamos el enlace de tu pedido A-7."
    page.editor.preview.another.click()
    assert page.editor.rendered().text.startswith("¡Hola, Bruno!")


def test_placeholders_get_their_fallback_by_language(open_page: Open) -> None:
    page = page_of(open_page())
    write(page, "En {horas}.")
    assert not page.editor.rendered().may_be_sent
    QTest.keyClicks(page.editor.placeholders.fallbacks["horas"], "48 horas")
    assert page.editor.rendered().text == "En 48 horas."
    page.editor.placeholders.needed["horas"].setChecked(False)
    (blank,) = page.desk.content.blanks
    assert (blank.name, blank.fallback, blank.required) == ("horas", {"es": "48 horas"}, False)


def test_the_preview_shows_what_stands_there_without_a_value_rather_than_an_example(open_page: Open) -> None:
    page = page_of(open_page())
    write(page, "Aquí: {link}")
    assert page.editor.rendered().text == "Aquí: yourshop.example/help"
    QTest.keyClicks(page.editor.placeholders.fallbacks["link"], "aurora.mx")
    assert page.editor.rendered().text == "Aquí: aurora.mx"


def test_what_speaks_against_it_is_said(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page = page_of(shop)
    fake_of(shop).complaints = [message("style.no_greeting")]
    write(page, "Tarda {fact:plazo} y { más. " + "x" * 300)
    qapp.processEvents()
    said = texts(page.editor.preview)
    assert "The fact “Plazo de envío” expired on Thu 12 Nov" in said
    assert any(each.startswith("A brace opens or closes nothing") for each in said)
    assert any(each.startswith("Too long for one post") for each in said)
    assert "It begins without a greeting" in said


def test_what_happens_after_sending_is_chosen(open_page: Open) -> None:
    page = page_of(open_page())
    after = page.editor.after
    choose(after.category, "order")
    choose(after.promise, 48)
    assert page.desk.content.after == AfterSending(str(Category.ORDER), promise_hours=48)
    after.done.setChecked(True)
    assert page.desk.content.after.done


def test_a_conversation_is_done_or_snoozed_or_escalated(open_page: Open) -> None:
    page = page_of(open_page())
    after = page.editor.after
    after.done.setChecked(True)
    choose(after.snooze, 48)
    assert page.desk.content.after == AfterSending(snooze_hours=48)
    assert not after.done.isChecked()
    after.escalate.setChecked(True)
    assert page.desk.content.after == AfterSending(escalate=True)
    after.done.setChecked(True)
    assert page.desk.content.after == AfterSending(done=True)


def test_hours_that_a_file_brought_can_be_read_on_the_page(open_page: Open) -> None:
    rows = three_answers()
    rows[1] = replace(rows[1], after=AfterSending(promise_hours=36))
    page = page_of(open_page(rows))
    assert page.editor.after.promise.currentText() == "Promise: 36 hours"


def test_a_placeholder_says_what_the_user_is_asked_for(open_page: Open, qapp: QApplication) -> None:
    page = page_of(open_page())
    write(page, "En {horas}.")
    QTest.keyClicks(page.editor.placeholders.labels["horas"], "Horas de espera")
    assert page.desk.content.blanks[0].label == "Horas de espera"
    qapp.processEvents()
    assert any("Horas de espera" in said for said in texts(page.editor.preview))


# ---- how it does, versions, facts


def test_how_it_does_is_told(open_page: Open, qapp: QApplication) -> None:
    page = page_of(open_page())
    page.desk.open(1)
    qapp.processEvents()
    said = texts(page.side)
    assert {"64", "94%", "In 9 of 64 cases. Most often you add: “Revisa también tu carpeta de spam.”"} <= set(said)
    assert any("3 customers wrote again within 72 hours" in each for each in said)
    page.desk.show_language("es")
    page.side._put_in()
    assert page.desk.content.texts[0].text.endswith("Revisa también tu carpeta de spam.")


def test_a_review_day_is_typed(open_page: Open) -> None:
    page = page_of(open_page())
    assert page.side.review_said.text() == "Time to look at it again"
    page.side.review.line.setText("31 dec")
    page.side.review.line.editingFinished.emit()
    assert str(page.desk.content.review_on) == "2026-12-31"
    page.side.review.line.setText("never")
    page.side.review.line.editingFinished.emit()
    assert str(page.desk.content.review_on) == "2026-12-31"


def test_one_goes_back_to_a_version(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page = page_of(shop)
    press(shop, "playbook.versions", qapp)
    assert shop.said()[-1] == "This answer has no former versions yet"
    write(page, "Otra cosa.")
    press(shop, "playbook.save", qapp)
    press(shop, "playbook.versions", qapp)
    sheet = shop.shell.window.overlay()
    assert isinstance(sheet, VersionsSheet)
    assert any("Tarda {fact:plazo}." in each for each in texts(sheet))
    sheet.go.click()
    assert fake_of(shop).asked[-1] == ("go back", 2, 1)


def test_facts_are_listed_changed_and_added(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    fake = fake_of(shop)
    press(shop, "playbook.facts", qapp)
    sheet = shop.shell.window.overlay()
    assert isinstance(sheet, FactsSheet)
    assert "expired on Thu 12 Nov" in texts(sheet)
    assert "· used by 1 answer" in texts(sheet)
    sheet.cards[0].change.click()
    form = shop.shell.window.overlay()
    assert isinstance(form, FactSheet)
    form.until.line.setText("soonish")
    form.save()
    assert any("soonish" in each for each in texts(form))
    form.until.line.setText("31 dec")
    form.save()
    assert str(fake.fact_rows[0].expires_on) == "2026-12-31"
    qapp.processEvents()
    assert "until Thu 31 Dec" in texts(sheet)
    sheet.new.click()
    form = shop.shell.window.overlay()
    assert isinstance(form, FactSheet)
    form.save()
    assert any("The fact has no name yet" in each for each in texts(form))
    form.name.line.setText("Horario")
    next(iter(form.texts.values())).line.setText("9 a 18")
    form.save()
    assert [row.title for row in fake.fact_rows] == ["Plazo de envío", "Horario"]
    assert len(sheet.cards) == 2


# ---- the page as a whole


def test_an_empty_playbook_says_why_it_pays_and_offers_twelve(open_page: Open, qapp: QApplication) -> None:
    shop = open_page([])
    page = page_of(shop)
    assert page.stack.currentWidget() is page.empty
    assert page.take.hasFocus()
    page.take.click()
    qapp.processEvents()
    assert page.stack.currentWidget() is page.whole
    assert page.desk.answer_id == 2


def test_the_first_answer_is_written_from_the_empty_page(open_page: Open, qapp: QApplication) -> None:
    shop = open_page([])
    page = page_of(shop)
    press(shop, "view.new", qapp)
    assert page.stack.currentWidget() is page.whole
    assert page.editor.title.hasFocus()


def test_a_narrow_window_makes_a_tab_of_how_it_does(open_page: Open, qapp: QApplication) -> None:
    shop = open_page(width=1024)
    page = page_of(shop)
    assert page.editor.narrow
    assert page.editor.tabs.tabs()[-1].face.key == FIGURES
    page.editor.tabs.tabs()[-1].click()
    assert page.side.isVisible()
    shop.shell.window.resize(1440, 900)
    qapp.processEvents()
    assert page.side.parentWidget() is page.whole
    assert page.side.isVisible()
    assert len(page.panes()) == 3


def test_every_part_has_a_name(open_page: Open) -> None:
    assert nameless(page_of(open_page())) == []


def test_another_language_of_the_window_keeps_the_answer_open(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page = page_of(shop)
    page.desk.open(1)
    shop.shell.look.words.language = "es"
    page.retranslate()
    qapp.processEvents()
    assert page.desk.answer_id == 1
    assert page.list.search.placeholderText() == shop.shell.look.text("playbook.find") == "Buscar una respuesta"


def test_the_menu_of_an_answer_makes_another_language_the_main_one(open_page: Open, qapp: QApplication) -> None:
    page = page_of(open_page())
    page.desk.open(1)
    page.desk.show_language("en")
    page.editor.more.click()
    menu: Any = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == "Make English the main language").trigger()
    menu.close()
    assert page.desk.content.main_language == "en"


def test_a_draft_is_kept_a_while_after_the_last_key(open_page: Open, qtbot: Any) -> None:
    shop = open_page()
    write(page_of(shop), "A medias")
    qtbot.waitUntil(lambda: 2 in fake_of(shop).kept, timeout=30_000)


# ---- examples, files


def test_examples_are_shown_added_and_removed(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page, fake = page_of(shop), fake_of(shop)
    page.desk.open(1)
    examples = page.editor.examples
    assert len(examples.aways) == 6
    examples.all.click()
    assert len(examples.aways) == 8
    examples.aways[0].click()
    assert [row.id for row in fake.example_rows] == [1, 2, 3, 4, 5, 6, 8]
    page.desk.show_language("en")
    QTest.keyClicks(examples.add, "it says expired")
    QTest.keyClick(examples.add, Qt.Key.Key_Return)
    assert fake.example_rows[-1][1:] == ("en", "it says expired")
    assert examples.add.text() == ""
    press(shop, "view.new", qapp)
    assert examples.isHidden()


def test_languages_and_saving_go_by_keys_while_writing(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page, control = page_of(shop), Qt.KeyboardModifier.ControlModifier
    page.desk.open(1)
    page.desk.show_language("es")
    editor = page.editor.texts.editor
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Tab, control)
    assert page.desk.language == "en"
    assert editor.toPlainText() == "Hi {name}, it works again."
    QTest.keyClicks(editor, "So ")
    QTest.keyClick(editor, Qt.Key.Key_S, control)
    qapp.processEvents()
    assert fake_of(shop).rows[0].wordings["en"][0].startswith("So ")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert page.list.rows.hasFocus()
