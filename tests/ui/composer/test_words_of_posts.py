"""The words of a post: hashtags and people completed and inserted, handles of the right network, and what the checks say of words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.models.hashtags import HashtagSet
from app.models.post import PostDraft
from app.models.said import Said
from app.runtime.settings import Posting
from app.ui.composer.hashtag_sheet import HashtagSheet
from app.ui.composer.word_checks import shouts
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import MASTODON, X


def opened(window: Window, text: str = "", accounts: tuple[int, ...] = (X,), **more: object) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=(text,), accounts=accounts, language="es", **more)  # type: ignore[arg-type]
    window.open(post=3)
    window.page.desk.around._soon.stop()
    window.page.desk.around._ask_words()
    window.pause()
    window.page.bench.text.edit_part(0)


def write(window: Window, text: str) -> None:
    """Key by key, as the editor and its list see it."""
    window.page.bench.text.editors()[0].setFocus()
    window.type(text)


def typed(window: Window) -> str:
    return window.page.bench.text.editors()[0].toPlainText()


def mend(window: Window, check: str) -> None:
    row = next(row for row in window.page.bench.plan.checks.rows() if row.check.said.id == f"composer.check.{check}")
    assert row.button is not None
    row.button.click()


# --- hashtags


def test_a_hashtag_is_completed_while_it_is_typed(window: Window) -> None:
    window.store.tags = ["SantaCecilia", "Marea", "Santo"]
    opened(window)
    write(window, "Hoy #san")
    completion = window.page.bench.text.hashtags.completions[-1]
    assert [offer.text for offer in completion.offers] == ["#SantaCecilia", "#Santo"]
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return)
    assert typed(window) == "Hoy #Santo "
    assert window.draft.parts == ("Hoy #Santo ",)
    assert completion.isHidden()


def test_tab_takes_the_first_and_enter_stays_a_new_line_until_an_arrow_was_pressed(window: Window) -> None:
    window.store.tags = ["SantaCecilia"]
    opened(window)
    write(window, "#san")
    window.press(Qt.Key.Key_Return)
    assert typed(window) == "#san\n"
    write(window, "#san")
    window.press(Qt.Key.Key_Tab)
    assert typed(window) == "#san\n#SantaCecilia "


def test_escape_goes_on_typing_and_does_not_leave(window: Window) -> None:
    window.store.tags = ["SantaCecilia"]
    opened(window)
    write(window, "🎶 #san")
    window.press(Qt.Key.Key_Escape)
    assert window.page.isVisible()
    assert window.page.bench.text.hashtags.completions[-1].isHidden()
    assert typed(window) == "🎶 #san"


def test_a_set_is_inserted_where_the_cursor_stands_without_what_is_there_already(window: Window) -> None:
    window.store.hashtags[1] = HashtagSet(1, "Cecilia", ("SantaCecilia", "Musica"))
    opened(window, "Hoy #musica")
    window.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    sheet = window.shell.window.overlay()
    assert isinstance(sheet, HashtagSheet)
    sheet.rows[0].insert.click()
    assert typed(window) == "Hoy #musica #SantaCecilia"


def test_sets_are_made_renamed_and_removed_in_their_sheet(window: Window) -> None:
    opened(window)
    window.page.bench.text.tools.hashtags.click()
    sheet = window.shell.window.overlay()
    assert isinstance(sheet, HashtagSheet)
    sheet.keep.click()
    assert window.store.hashtags == {}
    sheet.name.line.setText("Jazz")
    sheet.tags.line.setText("#jazz vinilo")
    sheet.keep.click()
    assert window.store.hashtags[1] == HashtagSet(1, "Jazz", ("jazz", "vinilo"))
    sheet.rows[0].change.click()
    assert sheet.tags.line.text() == "#jazz #vinilo"
    sheet.name.line.setText("Jazz y más")
    sheet.keep.click()
    assert [each.name for each in window.store.hashtags.values()] == ["Jazz y más"]
    sheet.rows[0].remove.click()
    assert (window.store.hashtags, sheet.rows) == ({}, [])
    sheet.close_now()


def test_more_hashtags_than_the_limit_are_shown(window: Window) -> None:
    opened(window, "Hoy #uno #dos #tres #cuatro #cinco #seis")
    assert "hashtags" in window.checks()
    mend(window, "hashtags")
    assert window.page.bench.text.editors()[0].textCursor().selectedText() == "#seis"


def test_another_limit_of_hashtags_holds_at_once(window: Window) -> None:
    opened(window, "Hoy #uno #dos #tres")
    assert "hashtags" not in window.checks()
    window.services.settings.change(Posting, hashtags=2)
    window.page.bench.look_over()
    assert "hashtags" in window.checks()


# --- people


def test_people_are_completed_by_the_handle_of_the_network_that_is_written_for(window: Window) -> None:
    window.store.people = {"x": [("@ximerobles", "Ximena Robles")], "mastodon": [("@xime@tocadiscos.example", "Ximena Robles")]}
    opened(window, "Gracias ", accounts=(X, MASTODON))
    window.page.bench.turn_to(MASTODON)
    window.page.bench.text.edit_part(0)
    write(window, "@xim")
    assert [(offer.text, offer.detail) for offer in window.page.bench.text.hashtags.completions[-1].offers] == [("@xime@tocadiscos.example", "Ximena Robles")]
    window.press(Qt.Key.Key_Tab)
    assert window.draft.variants == ((MASTODON, ("Gracias @xime@tocadiscos.example ",)),)


def test_in_the_base_text_each_offer_says_whose_network_it_is_of(window: Window) -> None:
    window.store.people = {"x": [("@ximerobles", "Ximena")], "mastodon": [("@xime@tocadiscos.example", "Ximena")]}
    opened(window, "", accounts=(X, MASTODON))
    write(window, "@xim")
    assert [offer.detail for offer in window.page.bench.text.hashtags.completions[-1].offers] == ["Ximena · X", "Ximena · Mastodon"]


KNOWN = {"@ximerobles": {"x": ("@ximerobles",), "mastodon": ("@xime@tocadiscos.example",)}}


def test_a_handle_of_another_network_never_leaves(window: Window) -> None:
    window.store.handles = KNOWN
    opened(window, "Gracias @ximerobles por la foto", accounts=(X, MASTODON))
    assert window.checks().count("wrong_handle") == 1
    window.run("composer.publish_now")
    assert window.posts.scheduled == []
    mend(window, "wrong_handle")
    assert dict(window.draft.variants) == {MASTODON: ("Gracias @xime@tocadiscos.example por la foto",)}
    window.pause()
    assert "wrong_handle" not in window.checks()


def test_whoever_is_not_known_there_is_named_without_the_sign(window: Window) -> None:
    window.store.handles = {"@ximerobles": {"x": ("@ximerobles",)}}
    opened(window, "Gracias @ximerobles.", accounts=(X, MASTODON))
    mend(window, "wrong_handle")
    assert dict(window.draft.variants) == {MASTODON: ("Gracias ximerobles.",)}


def test_a_handle_nobody_is_known_by_is_left_alone(window: Window) -> None:
    opened(window, "Gracias @alguien", accounts=(X, MASTODON))
    assert "wrong_handle" not in window.checks()


# --- what is said


def test_an_empty_blank_holds_the_post_back_and_is_selected(window: Window) -> None:
    opened(window, "Ya llegó: {link}, míralo")
    assert "blank" in window.checks()
    window.run("composer.publish_now")
    assert window.posts.scheduled == []
    mend(window, "blank")
    assert window.page.bench.text.editors()[0].textCursor().selectedText() == "{link}"


@pytest.mark.parametrize(
    ("text", "loud"),
    [("HOY LLEGA EL DISCO QUE ESPERABAN", True), ("СЕГОДНЯ НОВЫЙ АЛЬБОМ", True), ("Hoy llega EL disco en CDMX", False), ("LP CDMX", False), ("#HOYLLEGAELDISCO https://A.EXAMPLE/AAAA", False), ("今天新专辑到了", False)],
)
def test_shouting_is_told_from_names(text: str, loud: bool) -> None:
    assert shouts(text) is loud


def test_shouting_is_to_be_looked_at(window: Window) -> None:
    opened(window, "HOY LLEGA EL DISCO QUE ESPERABAN")
    assert "shouting" in window.checks()


def test_what_was_said_of_late_is_shown_with_its_day_and_opened(window: Window) -> None:
    window.store.drafts[8] = PostDraft(id=8, parts=("Hoy llega el disco azul",), accounts=(X,))
    window.services.drafting.said = Said(8, window.store.clock.now(), "Hoy llega el disco azul", 0.9)
    opened(window, "Hoy llega el disco azul")
    assert "said_before" in window.checks()
    mend(window, "said_before")
    assert window.draft.id == 8


def test_what_was_not_said_is_well(window: Window) -> None:
    opened(window, "Hoy llega el disco azul")
    assert "not_said" in window.checks()


def test_the_same_text_on_two_networks_is_varied_from_what_is_there(window: Window) -> None:
    opened(window, "Hoy llega el disco", accounts=(X, MASTODON))
    mend(window, "same_text")
    assert dict(window.draft.variants) == {MASTODON: ("Hoy llega el disco",)}
    assert window.page.bench.tab == MASTODON
