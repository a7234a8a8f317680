"""What is said about a reply while it is written, the texts there are for it, and how it is owed and comes back."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from app.language.heat import Sign
from app.models.conversation import Category, ConversationState
from app.models.message import Visibility
from app.models.order import OrderRow
from app.models.playbook import PlaybookAnswer
from app.models.post import Picture
from app.models.reply import Written
from app.runtime.errors import Damaged, UserMistake
from app.runtime.paths import resources
from app.runtime.words import Words
from app.services.assembly import PHRASES
from app.services.replies import Replies
from app.services.starter_playbook import STARTER, read_starter
from app.store.reading import outbox as outbox_reading
from app.store.reading import playbook as playbook_reading
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in

LANGUAGES = ("es", "en", "fr", "ru", "zh")
FILE = resources() / PHRASES


def replies(terms: str = "", *, cooling: bool = True) -> Replies:
    return Replies(FILE, lambda: terms, lambda: cooling)


# ---- what is in it


def test_a_text_is_looked_through_at_once() -> None:
    seen = replies("aurora.example/terminos").look(
        "Te devolvemos el dinero: hola@aurora.example", "Es el pedido A-20418"
    )
    assert (seen.holds, seen.they_hold, seen.money, seen.has_terms) == ("email", "order", True, False)
    assert replies("https://aurora.example/terminos/").look("Ver aurora.example/terminos", "").has_terms
    assert replies().look("", "") == ("", "", False, False)


@pytest.mark.parametrize("language", ["en", "es"])
def test_anger_has_its_reasons_in_words(language: str) -> None:
    words = Words(resources() / "translations", language)
    found = replies().anger("Lea el correo, idiota!!! YA LE DIJE QUE NO", "", 5)
    assert [reason.id for reason in found] == [f"replies.heat.{sign}" for sign in Sign]
    assert all(words.text(reason) for reason in found)
    assert replies(cooling=False).anger("idiota", "", 9) == ()


def test_what_is_shouted_at_length_is_shown_shortened() -> None:
    (found,) = replies().anger("YA LE DIJE QUE NO " * 20, "", 1)
    assert len(str(found.values["said"])) < 70


# ---- texts for it


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_texts_in_the_customers_language(language: str) -> None:
    found = replies("aurora.example/terms")
    assert len(found.openings(language)) == 3
    assert found.terms(language).endswith("https://aurora.example/terms")
    assert found.privately(language)
    assert all(replies().anger(opening, "", 1) == () for opening in found.openings(language))


def test_other_languages_get_english_and_without_terms_there_is_no_sentence() -> None:
    assert replies("aurora.example").terms("de") == replies("aurora.example").terms("en")
    assert replies().terms("es") == ""


def test_every_kind_of_text_is_there_in_every_language() -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    assert {kind: set(texts) for kind, texts in document.items()} == {
        kind: set(LANGUAGES) for kind in ("calm", "terms", "privately")
    }


def test_a_program_that_is_not_completely_installed_says_so(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        Replies(tmp_path / "none.json", lambda: "x.example", lambda: True).terms("es")


def test_answers_are_found_by_their_titles_tags_and_words() -> None:
    answers = read_starter(resources() / STARTER)
    search = replies().search
    assert search(answers, "DEVOLUCION", "es", "order")[0].key == "refund"
    assert search(answers, "collect", "es")[0].key == "praise", "a tag"
    assert "technical" in [each.key for each in search(answers, "cache navegador", "es")], (
        "words of a text, all of them"
    )
    everything = search(answers, "", "es", "praise")
    assert everything[0].key == "praise", "what fits the category comes first"
    assert len(everything) == len(answers)
    assert search(answers, "xyz", "es") == ()


def test_answers_without_words_in_the_language_come_last() -> None:
    here = PlaybookAnswer("here", Category.OTHER, {"es": "Zeta"}, {"fr": ("Oui",)})
    there = PlaybookAnswer("there", Category.OTHER, {"es": "Alfa"}, {"es": ("Sí",)}, uses=9)
    silent = PlaybookAnswer("silent", Category.OTHER, {"es": "Nada"}, {})
    assert [each.key for each in replies().search([there, silent, here], "", "fr")] == ["here", "there"]


def test_what_is_known_of_a_customer_is_taken_for_placeholders() -> None:
    values = replies().values
    known = values("Ximena Robles", ["¿me ayudan?", "Es el pedido A-20418"], "@xime")
    assert known == {"name": "Ximena", "handle": "@xime", "order": "A-20418", "product": ""}
    only = OrderRow(1, "A-7", "Marea, LP", None, "", "", None)
    other = only._replace(id=2, number="A-20419", products="Gato, CD")
    assert values("Ana", ["hola"], orders=[only])["order"] == "A-7"
    assert values("Ana", ["hola"], orders=[only, other])["order"] == "", "which of the two is not known"
    assert values("Ana", ["mi pedido A-20419"], orders=[only, other])["product"] == "Gato, CD"
    assert values("", ["hola"]) == {"name": "", "handle": "", "order": "", "product": ""}


# ---- owed, and back


async def test_pictures_and_language_go_along_and_come_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        written = Written("uno\n\ndos", (Picture("a.png", "portada"),), "fr", "refund")
        outbox_id = await shop.services.inbox.reply(number, ["uno 1/2", "dos 2/2"], Visibility.PUBLIC, written=written)
        item = await shop.database.read(outbox_reading.delivery, outbox_id)
        assert item is not None
        assert (item.parts[1], item.pictures, item.language) == ("dos 2/2", written.pictures, "fr")
        assert await shop.undo() == "undone.reply"
        detail = await shop.detail(number)
        assert (detail.draft, detail.draft_pictures, detail.draft_language) == (
            "uno\n\ndos",
            (("a.png", "portada"),),
            "fr",
        )


async def test_an_answer_of_the_playbook_counts_as_used(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        before = {answer.key: answer.uses for answer in await shop.database.read(playbook_reading.answers)}
        key = next(iter(before), "")
        await shop.services.inbox.reply(
            number, ["hecho"], Visibility.PUBLIC, written=Written("hecho", answer_key=key or "nothing")
        )
        after = {answer.key: answer.uses for answer in await shop.database.read(playbook_reading.answers)}
        assert after == {**before, **({key: before[key] + 1} if key else {})}


async def test_the_choice_of_readers_is_kept_without_a_text(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.save_draft(number, "", Visibility.DIRECT)
        detail = await shop.detail(number)
        assert (detail.draft, detail.draft_visibility) == ("", Visibility.DIRECT)
        await shop.services.inbox.save_draft(number, "", None)
        assert (await shop.detail(number)).draft_visibility is None


async def test_a_private_answer_never_comes_out_as_a_public_one(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()

        async def not_here(_account_id: int) -> bool:
            return False

        monkeypatch.setattr(shop.services.inbox, "_answers_privately", not_here)
        with pytest.raises(UserMistake) as refused:
            await shop.services.inbox.reply(number, ["hola@aurora.example"], Visibility.DIRECT)
        assert refused.value.message.id == "inbox.no_private_answer"
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER


async def test_replies_to_one_person_are_counted(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()

        async def lately() -> int:
            return await shop.ask(lambda queries: queries.replies_since(number, clock.now() - timedelta(minutes=10)))

        assert await lately() == 0
        await shop.services.inbox.reply(number, ["uno"], Visibility.PUBLIC)
        assert await lately() == 1
        await shop.run_for(30)
        assert await lately() == 1
        clock.advance(600)
        assert await lately() == 0
