"""Answers and facts are written, taken back and gone back to; wordings take turns; an answer is used only when it is complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.models.answer_content import AnswerContent
from app.models.conversation import Category, ConversationState
from app.models.message import Visibility
from app.models.playbook import Address, AfterSending, Blank, PlaybookAnswer, WordingRow
from app.models.reply import Written
from app.runtime.errors import UserMistake
from app.runtime.settings import Answer, Style
from app.services.playbook import fill, key_of, wording
from app.store.reading import playbook as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

LATE = AnswerContent(
    Category.ORDER,
    "es",
    {"es": "Pedido tarde"},
    (WordingRow("es", "Va tarde, {name}."), WordingRow("es", "Sigue en camino, {name}.")),
)


async def answers(shop: SmallShop) -> list[PlaybookAnswer]:
    return await shop.ask(lambda queries: queries.answers())


def answer(category: Category, **wordings: tuple[str, ...]) -> PlaybookAnswer:
    return PlaybookAnswer(key=f"{category}-1", category=category, title={"en": "Hours"}, wordings=wordings)


HOURS = answer(
    Category.QUESTION, es=("Hola {name}: abrimos a las 10.",), en=("Hello {name}, see {link}.", "Hello, we open at 10.")
)


def test_it_answers_in_the_customers_language() -> None:
    assert wording([HOURS], Category.QUESTION, "es", {"name": "Ana"}) == "Hola Ana: abrimos a las 10."


def test_it_never_answers_in_another_language() -> None:
    assert wording([HOURS], Category.QUESTION, "fr", {"name": "Ana"}) is None


def test_it_never_answers_another_question() -> None:
    assert wording([HOURS], Category.COMPLAINT, "es", {"name": "Ana"}) is None


def test_a_wording_that_lacks_a_value_is_passed_over() -> None:
    assert wording([HOURS], Category.QUESTION, "en", {"name": "Ana", "link": ""}) == "Hello, we open at 10."


def test_the_next_answer_of_the_category_is_tried() -> None:
    incomplete = answer(Category.QUESTION, es=("{order}",))
    assert wording([incomplete, HOURS], Category.QUESTION, "es", {"name": "Ana"}) == "Hola Ana: abrimos a las 10."


def test_values_are_put_in_as_they_are() -> None:
    assert fill("{a} y {a}, {b}", {"a": "{b}", "b": r"\1"}) == r"{b} y {b}, \1"
    assert fill("nada", {}) == "nada"
    assert fill("{a}", {}) is None


async def test_an_answer_is_written_and_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.playbook.keep_draft(0, replace(LATE, title={}))
        made = await shop.services.playbook.create(LATE)
        (stored,) = await answers(shop)
        assert (stored.id, stored.key, stored.main_language) == (made, "pedido_tarde", "es")
        assert stored.wordings == {"es": ("Va tarde, {name}.", "Sigue en camino, {name}.")}
        assert await shop.ask(lambda queries: queries.answer_drafts()) == {}
        assert await shop.undo() == "undone.answer_created"
        assert await answers(shop) == []
        await shop.services.undo.redo()
        assert len(await answers(shop)) == 1


@pytest.mark.parametrize(
    ("content", "field"),
    [(replace(LATE, title={"es": " "}), "title"), (replace(LATE, texts=(WordingRow("es", " "),)), "text")],
)
async def test_an_answer_needs_a_title_and_words(
    tmp_path: Path, clock: FakeClock, content: AnswerContent, field: str
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as mistake:
            await shop.services.playbook.create(content)
        assert mistake.value.field == field
        assert await answers(shop) == []


async def test_each_save_keeps_how_it_was_and_one_may_go_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        playbook = shop.services.playbook
        made = await playbook.create(LATE)
        clock.advance(60)
        changed = replace(LATE, texts=(WordingRow("es", "Otra cosa."),))
        assert await playbook.save(made, changed)
        assert not await playbook.save(made, changed)
        (version,) = await shop.ask(lambda queries: queries.answer_versions(made))
        await playbook.go_back(made, version.id)
        (stored,) = await answers(shop)
        assert stored.wordings["es"] == ("Va tarde, {name}.", "Sigue en camino, {name}.")
        assert await shop.undo() == "undone.answer_went_back"
        assert (await answers(shop))[0].wordings["es"] == ("Otra cosa.",)
        assert await shop.undo() == "undone.answer_saved"
        assert (await answers(shop))[0].wordings["es"] == ("Va tarde, {name}.", "Sigue en camino, {name}.")
        with pytest.raises(UserMistake):
            await playbook.go_back(made, 999)


async def test_a_copy_has_words_of_its_own(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        made = await shop.services.playbook.create(LATE)
        copy = await shop.services.playbook.duplicate(made)
        await shop.services.playbook.save(copy, replace(LATE, title={"es": "Otro"}, texts=(WordingRow("es", "Uno"),)))
        first, second = sorted(await answers(shop), key=lambda each: each.id or 0)
        assert (first.wordings["es"][0], second.wordings["es"]) == ("Va tarde, {name}.", ("Uno",))
        assert first.key != second.key


async def test_a_removed_answer_comes_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        made = await shop.services.playbook.create(LATE)
        await shop.services.playbook.remove(made)
        assert await answers(shop) == []
        assert await shop.undo() == "undone.answer_removed"
        assert [each.id for each in await answers(shop)] == [made]


async def test_the_twelve_are_taken_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        assert await shop.services.playbook.take_starter() == 12
        assert await shop.services.playbook.take_starter() == 0
        assert {each.main for each in await answers(shop)} == {"es"}


async def test_the_twelve_are_in_the_users_language_first_and_can_be_given_back(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        playbook = shop.services.playbook
        assert await playbook.take_starter("fr") == 12
        assert {each.main for each in await answers(shop)} == {"fr"}
        assert await shop.undo() == "undone.starter_taken"
        assert await answers(shop) == []
        made = await playbook.create(LATE)
        assert await playbook.take_starter("eo") == 12
        assert {each.main for each in await answers(shop) if each.id != made} == {"es"}


async def test_examples_are_added_once_removed_and_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        playbook = shop.services.playbook
        made = await playbook.create(LATE)
        await playbook.add_example(made, "es", " ¿dónde   está? ")
        await playbook.add_example(made, "es", "¿dónde está?")
        await playbook.add_example(made, "es", " ")
        (example,) = await shop.ask(lambda queries: queries.examples_of(made))
        assert example.text == "¿dónde está?"
        await playbook.remove_example(example.id)
        assert await shop.undo() == "undone.example_removed"
        assert len(await shop.ask(lambda queries: queries.examples_of(made))) == 1
        assert await shop.undo() == "undone.example_added"
        assert await shop.ask(lambda queries: queries.examples_of(made)) == []


async def test_the_twelve_bring_their_examples(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.playbook.take_starter()
        for answer in await answers(shop):
            examples = await shop.ask(lambda queries, number=answer.id: queries.examples_of(number))
            assert {example.language for example in examples} == {"es", "en", "fr", "ru", "zh"}


async def test_a_fact_is_written_changed_and_removed_and_each_is_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        playbook = shop.services.playbook
        assert (
            await playbook.add_fact("Plazo de envío", {"es": " 3  días ", "en": ""}, date(2026, 12, 1))
            == "plazo-de-envío"
        )
        await playbook.create(replace(LATE, texts=(WordingRow("es", "En {fact:plazo-de-envío}."),)))
        (fact,) = await shop.ask(lambda queries: queries.facts())
        assert (fact.title, fact.text, fact.expires_on, fact.used_by) == (
            "Plazo de envío",
            {"es": "3 días"},
            date(2026, 12, 1),
            1,
        )
        with pytest.raises(UserMistake):
            await playbook.add_fact("plazo DE envío", {"es": "x"}, None)
        await playbook.change_fact(fact.id, "Plazo", {"es": "5 días"}, None)
        await playbook.remove_fact(fact.id)
        assert await shop.ask(lambda queries: queries.facts()) == []
        assert await shop.undo() == "undone.fact_removed"
        assert (await shop.ask(lambda queries: queries.facts()))[0].text == {"es": "5 días"}
        assert await shop.undo() == "undone.fact_changed"
        assert (await shop.ask(lambda queries: queries.facts()))[0].expires_on == date(2026, 12, 1)


async def test_an_expired_fact_stops_its_answer_with_the_reason(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        playbook = shop.services.playbook
        await playbook.add_fact("Plazo", {"es": "3 días"}, playbook.today())
        await playbook.create(replace(LATE, texts=(WordingRow("es", "En {fact:plazo}."),)))
        (answer,), facts = await answers(shop), await shop.ask(lambda queries: queries.facts())
        assert playbook.render(answer, answer.texts[0], {}, facts).text == "En 3 días."
        clock.advance(24 * 3600)
        found = playbook.render(answer, answer.texts[0], {}, facts)
        assert not found.may_be_sent
        assert [each.id for each in found.troubles] == ["playbook.fact_expired"]


async def test_wordings_take_turns_for_the_customer_then_for_everybody(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.playbook.create(replace(LATE, texts=(*LATE.texts, WordingRow("es", "Tres."))))
        (answer,) = await answers(shop)
        one, two, three = answer.texts
        choose = shop.services.playbook.choose
        assert choose(answer, "es", {}) == one
        assert choose(answer, "es", {one.id: (5, 9), two.id: (0, 9), three.id: (0, 8)}) == three
        assert choose(answer, "fr", {}) is None


def test_the_shops_form_of_address_goes_first(tmp_path: Path, clock: FakeClock) -> None:
    shop = SmallShop(tmp_path, clock)
    texts = (
        WordingRow("es", "Largo", is_long=True, id=1),
        WordingRow("es", "Todos", id=2),
        WordingRow("es", "Usted", Address.FORMAL, id=3),
    )
    answer = PlaybookAnswer("a", Category.OTHER, {}, {"es": ("Todos", "Usted")}, texts=texts)
    choose = shop.services.playbook.choose
    assert choose(answer, "es", {}) == texts[1]
    shop.settings.change(Style, address="formal")
    assert choose(answer, "es", {}) == texts[2]
    assert choose(answer, "es", {}, is_long=True) == texts[0]
    shop.database.close_now()


async def test_what_came_of_an_answer_is_counted(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        made = await shop.services.playbook.create(LATE)
        number = await shop.heard()
        await shop.services.inbox.reply(
            number,
            ["Va tarde, Ximena."],
            Visibility.PUBLIC,
            written=Written("Va tarde, Ximena.", answer_key="pedido_tarde"),
        )
        figures = await shop.ask(lambda queries: queries.figures_of(made))
        assert (figures.uses, figures.judged) == (1, 0)
        assert figures.weeks[-1] == 1
        clock.advance(timedelta(hours=73).total_seconds())
        assert (await shop.ask(lambda queries: queries.answer_figures()))[made][:3] == (1, 1, 1)


@pytest.mark.parametrize(
    ("after", "state", "category"),
    [
        (AfterSending("complaint", done=True), ConversationState.DONE, Category.COMPLAINT),
        (AfterSending(snooze_hours=24), ConversationState.SNOOZED, Category.OTHER),
        (AfterSending(), ConversationState.WAITING, Category.OTHER),
    ],
)
async def test_what_follows_sending_is_done_and_taken_back_with_it(
    tmp_path: Path, clock: FakeClock, after: AfterSending, state: ConversationState, category: Category
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.playbook.create(replace(LATE, after=after))
        number = await shop.heard()
        await shop.services.inbox.categorize([number], Category.OTHER)
        written = Written("Va.", answer_key="pedido_tarde")
        await shop.services.inbox.reply(number, ["Va."], Visibility.PUBLIC, written=written)
        (row,) = await shop.ask(lambda queries: queries.conversations_by_id([number]))
        assert (row.state, row.category) == (state, category)
        await shop.undo()
        (row,) = await shop.ask(lambda queries: queries.conversations_by_id([number]))
        assert (row.state, row.category) == (ConversationState.NEEDS_ANSWER, Category.OTHER)


async def test_a_reply_that_was_taken_back_is_no_use(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        made = await shop.services.playbook.create(LATE)
        number = await shop.heard()
        await shop.services.inbox.reply(
            number, ["Va."], Visibility.PUBLIC, written=Written("Va.", answer_key="pedido_tarde")
        )
        await shop.undo()
        assert (await shop.ask(lambda queries: queries.figures_of(made))).uses == 0
        assert (await answers(shop))[0].uses == 0


async def test_style_follows_the_settings(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        style = shop.services.playbook.style
        assert style("Tú sabes", "es") == ()
        shop.settings.change(Style, address="formal", greeting=True, forbidden="sabes", posts=1)
        found = [each.id for each in style("Tú sabes", "es", 2)]
        assert found == ["style.not_formal", "style.no_greeting", "style.forbidden", "style.too_many_posts"]


async def test_days_are_typed_as_people_do(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        playbook = shop.services.playbook
        assert playbook.day("in 3 weeks", "en") == playbook.today() + timedelta(weeks=3)
        assert playbook.day("nunca", "es") is None


def test_the_key_of_a_fact_is_its_title() -> None:
    assert key_of("  Plazo de ENVÍO (CDMX) ") == "plazo-de-envío-cdmx"
    assert key_of("发货时间") == "发货时间"
    assert reading.usual_addition(["Hola. Mira tu spam también."] * 2, "Hola.") == "Mira tu spam también."


def test_wordings_that_ask_the_user_for_something_come_last(tmp_path: Path, clock: FakeClock) -> None:
    shop = SmallShop(tmp_path, clock)
    texts = (WordingRow("es", "Aquí: {link}", id=1), WordingRow("es", "Hola, {name}: {order}", id=2))
    answer = PlaybookAnswer("a", Category.OTHER, {}, {"es": ("", "")}, texts=texts)
    choose = shop.services.playbook.choose
    assert choose(answer, "es", {2: (5, 9)}) == texts[1]
    told = replace(answer, blanks=(Blank("link", fallback={"es": "tienda.example"}),))
    assert choose(told, "es", {2: (5, 9)}) == texts[0]
    shop.database.close_now()


async def test_the_shops_hours_are_told_in_the_answers_language(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        week = (((540, 1080),),) * 5
        shop.settings.change(Answer, hours=(*week, (), ()))
        answer = PlaybookAnswer("a", Category.QUESTION, {}, {})
        render = shop.services.playbook.render
        english = render(answer, WordingRow("en", "We answer {hours}."), {}, ())
        assert english.text == "We answer Monday to Friday from 9:00 to 18:00."
        assert render(answer, WordingRow("es", "Atendemos {hours}."), {"hours": "hoy"}, ()).text == "Atendemos hoy."
        assert not render(answer, WordingRow("pl", "Jesteśmy {hours}."), {}, ()).may_be_sent


async def test_a_wording_is_added_once_and_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        made = await shop.services.playbook.create(LATE)
        (before,) = await answers(shop)
        await shop.services.playbook.keep_draft(made, replace(LATE, tags=("half",)))
        new = WordingRow("es", "Ya mero llega, {name}.", Address.INFORMAL)
        assert await shop.services.playbook.add_wording(made, new)
        assert not await shop.services.playbook.add_wording(made, new), "it is there already"
        assert new in (await answers(shop))[0].texts
        assert made in await shop.ask(lambda queries: queries.answer_drafts()), "what stands in the editor stays"
        assert await shop.undo() == "undone.wording_added"
        assert (await answers(shop))[0].texts == before.texts
        assert await shop.services.undo.redo() is not None
        assert new in (await answers(shop))[0].texts
        with pytest.raises(UserMistake):
            await shop.services.playbook.add_wording(made, WordingRow("es", "  "))
