"""Whose question a letter answers, and how sure that is: letters of five mail programs, read as a mailbox holds them."""

from __future__ import annotations

from pathlib import Path

from app.mail.parsing import read_letter
from app.mail.recognising import with_token
from app.models.conversation import ConversationState
from app.models.escalation import EscalationState, LetterRow
from app.models.letter import LetterKind, ReadLetter
from app.models.outbox import DeliveryState
from app.services.letter_recognising import same_address
from tests.fakes.clock import FakeClock
from tests.services import letters_of_programs as programs
from tests.services.manager_shop import ManagedShop, managed_shop


async def asked(shop: ManagedShop) -> tuple[int, str, str]:
    """A conversation whose question left; its Message-ID and its subject as Héctor sees it."""
    number = await shop.heard()
    await shop.ask_hector(number)
    await shop.run_for(15)
    row = await shop.escalation(number)
    return number, await shop.question_id(number), with_token(row.subject, await shop.token(number))


def read(shop: ManagedShop, raw: bytes, uid: int = 7) -> ReadLetter:
    return read_letter(raw, uid, shop.clock.now())


async def only_letter(shop: ManagedShop, number: int) -> LetterRow:
    (letter,) = (await shop.escalation(number)).letters
    return letter


async def state(shop: ManagedShop, number: int) -> tuple[ConversationState, EscalationState]:
    return (await shop.conversation(number)).state, (await shop.escalation(number)).state


BACK = (ConversationState.NEEDS_ANSWER, EscalationState.ANSWERED)
WAITS = (ConversationState.ESCALATED, EscalationState.WAITING)


async def test_by_the_reference_and_only_what_is_new(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, subject = await asked(shop)
        assert await shop.come(read(shop, programs.thunderbird(question, subject))) == 1
        letter = await only_letter(shop, number)
        assert (letter.kind, letter.from_name) == (LetterKind.ANSWER, "Héctor Lima")
        assert letter.text.strip() == "Sí, mándala hoy. El cargo corre por nuestra cuenta."
        assert "Ximena Robles" in letter.whole
        assert await state(shop, number) == BACK
        assert (await shop.conversation(number)).unread


async def test_a_changed_subject_does_not_matter_where_the_reference_is(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, _ = await asked(shop)
        await shop.come(read(shop, programs.thunderbird(question, "otra cosa")))
        assert await state(shop, number) == BACK


async def test_by_the_token_in_the_subject_of_a_letter_in_html_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _, subject = await asked(shop)
        await shop.come(read(shop, programs.outlook_without_reference(subject)))
        letter = await only_letter(shop, number)
        assert letter.kind is LetterKind.ANSWER
        assert letter.text.startswith("Sí, mándala hoy.")
        assert "factura" not in letter.text
        assert "<" not in letter.text


async def test_by_the_address_it_was_sent_to(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _, _ = await asked(shop)
        await shop.come(read(shop, programs.gmail_by_plus_address(await shop.token(number))))
        assert (await only_letter(shop, number)).text.startswith("Mándala hoy")
        assert await state(shop, number) == BACK


async def test_somebody_elses_answer_shows_its_address(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, subject = await asked(shop)
        await shop.come(read(shop, programs.apple_forwarded(question, subject)))
        letter = await only_letter(shop, number)
        assert (letter.kind, letter.from_address) == (LetterKind.FORWARD, "ana@almacen.example")
        assert await state(shop, number) == BACK


async def test_only_the_subject_is_asked_about(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _, _ = await asked(shop)
        subject = (await shop.escalation(number)).subject
        await shop.come(read(shop, programs.yahoo_same_subject(subject)))
        letter = await only_letter(shop, number)
        assert letter.kind is LetterKind.UNSURE
        assert (await shop.escalation(number)).state is EscalationState.WAITING
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER  # somebody has to look
        await shop.services.escalations.judge(letter.id, is_answer=True)
        assert await state(shop, number) == BACK


async def test_what_is_none_is_not_kept(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _, _ = await asked(shop)
        await shop.come(read(shop, programs.yahoo_same_subject((await shop.escalation(number)).subject)))
        await shop.services.escalations.judge((await only_letter(shop, number)).id, is_answer=False)
        assert (await shop.escalation(number)).letters == ()


async def test_the_same_subject_after_a_month_is_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _, _ = await asked(shop)
        clock.advance(31 * 86_400)
        assert await shop.come(read(shop, programs.yahoo_same_subject((await shop.escalation(number)).subject))) == 0


async def test_out_of_office_answers_nothing_and_the_clock_goes_on(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, subject = await asked(shop)
        await shop.come(read(shop, programs.out_of_office(question, subject)))
        assert (await only_letter(shop, number)).kind is LetterKind.AUTOMATIC
        assert await state(shop, number) == WAITS
        clock.advance(4 * 3600)
        assert await shop.services.escalations.remind() == [number]


async def test_a_bounce_brings_the_conversation_back(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, _ = await asked(shop)
        await shop.come(read(shop, programs.bounced(question)))
        letter = await only_letter(shop, number)
        assert letter.kind is LetterKind.BOUNCE
        assert "User unknown" in letter.text
        assert await state(shop, number) == (ConversationState.NEEDS_ANSWER, EscalationState.BOUNCED)
        item = next(row for row in await shop.owed(number) if row.kind == "mail")
        assert (item.state, "escalation.bounced_reason" in item.reason) == (DeliveryState.OUT, True)


async def test_a_delay_is_told_and_nothing_more(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, _ = await asked(shop)
        await shop.come(read(shop, programs.bounced(question, "4.4.1", "delayed")))
        assert (await only_letter(shop, number)).kind is LetterKind.AUTOMATIC
        assert await state(shop, number) == WAITS


async def test_an_answer_counts_for_more_than_a_bounce(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, subject = await asked(shop)
        await shop.come(read(shop, programs.thunderbird(question, subject)), read(shop, programs.bounced(question), 8))
        assert await state(shop, number) == BACK


async def test_several_answers_stand_newest_first(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, subject = await asked(shop)
        first, second = programs.thunderbird(question, subject), programs.apple_forwarded(question, subject)
        await shop.come(read(shop, first), read(shop, second, 8))
        letters = (await shop.escalation(number)).letters
        assert [letter.kind for letter in letters] == [LetterKind.FORWARD, LetterKind.ANSWER]


async def test_an_answer_to_the_answer_belongs_to_it_as_well(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, subject = await asked(shop)
        await shop.come(read(shop, programs.thunderbird(question, subject)))
        later = shop.letter(
            "Y una cosa más",
            remote_id="<more@x.example>",
            in_reply_to="<8b1f6a02-4c1d@discosaurora.example>",
            uid=9,
            subject="hola",
        )
        assert await shop.come(later) == 1
        assert len((await shop.escalation(number)).letters) == 2


async def test_our_own_copy_is_no_answer(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, subject = await asked(shop)
        assert await shop.come(read(shop, programs.own_copy(question, subject))) == 0
        assert await state(shop, number) == WAITS


async def test_what_belongs_to_nothing_is_not_stored(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _, _ = await asked(shop)
        assert await shop.come(read(shop, programs.newsletter())) == 0
        rows = await shop.database.read(lambda c: c.execute("SELECT count(*) FROM letter WHERE NOT is_ours").fetchone())
        assert rows == (0,)
        assert await state(shop, number) == WAITS


async def test_an_answer_to_a_letter_of_ones_own_mail_program_is_known_too(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.escalations.hand_over(shop.asking(number))
        question = await shop.database.read(lambda c: c.execute("SELECT remote_id FROM letter").fetchone()[0])
        await shop.come(read(shop, programs.thunderbird(question, "aduana")))
        assert await state(shop, number) == BACK


async def test_somebody_who_is_ignored_stays_where_they_are(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, question, subject = await asked(shop)
        await shop.services.inbox.ignore([number], (await shop.conversation(number)).category)
        await shop.come(read(shop, programs.thunderbird(question, subject)))
        assert await state(shop, number) == (ConversationState.IGNORED, EscalationState.ANSWERED)


def test_addresses_are_one_but_for_case_and_plus() -> None:
    assert same_address("Lucia+r.abc@Shop.example", "lucia@shop.example")
    assert not same_address("lucia@shop.example", "lucia@other.example")
