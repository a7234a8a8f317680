"""Going on by e-mail: when it is offered, what invites, whose letters come in and whose do not, and what a reply there is addressed to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.mail.recognising import plus_address, tokens_in
from app.models.account import AccountState
from app.models.conversation import Category, ConversationState, View
from app.models.customer import CustomerWords
from app.models.invitation import ToEmail, WhyInvite
from app.models.letter import ReadLetter
from app.models.message import ConversationDetail, Visibility
from app.models.outbox import OutboxKind
from app.models.tables.mail import Mailbox
from app.runtime.clock import to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Shop
from app.services.invitations import bare_subject
from app.store.database import Session
from app.store.reading import outbox as outbox_reading
from app.store.writing import accounts, outbox
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.store.making import rows

ADDRESS = "ayuda@discosaurora.mx"


def with_mailbox(shop: SmallShop, host: str = "smtp.gmail.com", address: str = ADDRESS) -> int:
    """A mailbox of a provider that knows plus-addresses, or of another. After what is heard: the simulated network knows none."""

    def add(session: Session) -> int:
        number = accounts.add(session, "email", "", address, address, to_ms(shop.clock.now()), name="Discos Aurora")
        session.add(Mailbox(account_id=number, address=address, smtp_host=host, imap_host=host.replace("smtp", "imap")))
        return number

    shop.settings.change(Shop, name="Discos Aurora")
    return shop.database.write_now(add)


def letter(shop: SmallShop, text: str = "Aquí sigo", **fields: object) -> ReadLetter:
    made = ReadLetter(
        uid=1,
        remote_id="<c1@correo.example>",
        from_address="xime@correo.example",
        from_name="Ximena Robles",
        subject="Re: Mi pedido",
        text=text,
        whole=text,
        at=shop.clock.now(),
        to=(ADDRESS,),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


async def comes(shop: SmallShop, account_id: int, one: ReadLetter) -> bool:
    return await shop.database.write(
        lambda session: shop.services.invitations.customer_letter(session, one, account_id)
    )


async def detail_of(shop: SmallShop, number: int) -> ConversationDetail:
    found: ConversationDetail = await shop.ask(lambda queries: queries.conversation(number))
    return found


async def invite(shop: SmallShop, number: int, *, privately: bool = True) -> ToEmail:
    """The reply that invites is owed."""
    prepared = await shop.services.invitations.prepare(number)
    visibility = Visibility.DIRECT if privately else Visibility.PUBLIC
    await shop.services.inbox.reply(number, (prepared.invitation,), visibility)
    return prepared


async def mail_conversation(shop: SmallShop, account_id: int) -> ConversationDetail:
    page = await shop.ask(lambda queries: queries.conversation_ids(View.ALL, account_id))
    assert len(page) == 1
    return await detail_of(shop, page[0])


# ---- inviting


async def test_without_a_mailbox_it_is_said_what_is_missing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        with pytest.raises(UserMistake) as caught:
            await shop.services.invitations.prepare(number)
        assert caught.value.next_step == "go.mail"


@pytest.mark.parametrize("language", ["es", "en", "fr", "ru", "zh", "pt"])
async def test_the_invitation_is_short_and_in_their_language(tmp_path: Path, clock: FakeClock, language: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        with_mailbox(shop)
        prepared = await shop.services.invitations.prepare(number, language)
        assert plus_address(ADDRESS, prepared.token) in prepared.invitation
        assert len(prepared.invitation) <= 280
        assert "{" not in prepared.invitation + prepared.subject + prepared.letter
        assert "Ximena" in prepared.letter
        assert "Discos Aurora" in prepared.subject
        other = await shop.services.invitations.prepare(number, language)
        assert other.token != prepared.token


async def test_a_mailbox_that_is_signed_out_is_named_and_not_called_missing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        for state, said in (
            (AccountState.SIGNED_OUT, "invitation.mailbox_signed_out"),
            (AccountState.PAUSED, "invitation.mailbox_paused"),
        ):
            await shop.database.write(accounts.set_state, account_id, state, to_ms(clock.now()), "")
            with pytest.raises(UserMistake) as caught:
                await shop.services.invitations.prepare(number)
            assert (caught.value.message.id, caught.value.message.values["address"]) == (said, ADDRESS)


async def test_where_a_provider_knows_no_plus_addresses_a_code_is_asked_for(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop, "mail.discosaurora.mx")
        prepared = await invite(shop, number)
        assert ADDRESS in prepared.invitation
        assert tokens_in(prepared.invitation) == (prepared.token,)
        assert await comes(shop, account_id, letter(shop, subject=f"Hola [#{prepared.token}]"))
        assert (await mail_conversation(shop, account_id)).continues is not None


async def test_an_invitation_is_noted_when_it_is_owed_and_taken_back_with_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        with_mailbox(shop)
        await invite(shop, number)
        invited = (await detail_of(shop, number)).goes_on
        assert invited is not None
        assert invited.conversation_id == 0
        assert await shop.undo() == "undone.reply"
        assert (await detail_of(shop, number)).goes_on is None


async def test_who_writes_by_e_mail_already_is_not_invited(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        prepared = await invite(shop, number)
        await comes(shop, account_id, letter(shop, to=(plus_address(ADDRESS, prepared.token),)))
        by_mail = await mail_conversation(shop, account_id)
        with pytest.raises(UserMistake) as caught:
            await shop.services.invitations.prepare(by_mail.id)
        assert caught.value.message.id == "invitation.is_email"


async def test_a_reply_that_is_taken_back_from_the_outbox_invites_nobody(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        with_mailbox(shop)
        prepared = await shop.services.invitations.prepare(number)
        outbox_id = await shop.services.inbox.reply(number, (prepared.invitation,), Visibility.DIRECT)
        await shop.services.outbox.cancel(outbox_id)
        assert (await detail_of(shop, number)).goes_on is None


async def test_an_address_of_somebody_else_invites_nobody(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        with_mailbox(shop)
        other = plus_address("otra@tienda.example", "abcdefghijkl")
        await shop.services.inbox.reply(number, (f"Escribe a {other} o a {ADDRESS}",), Visibility.PUBLIC)
        assert (await detail_of(shop, number)).goes_on is None


# ---- letters that come


async def test_their_letter_becomes_a_conversation_of_the_same_customer(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        prepared = await invite(shop, number)
        clock.advance(3600)
        one = letter(shop, to=(plus_address(ADDRESS, prepared.token),), attachments=(("foto.jpg", 1_200_000),))
        assert await comes(shop, account_id, one)
        assert await comes(shop, account_id, one)  # the same again changes nothing
        by_mail = await mail_conversation(shop, account_id)
        before = await detail_of(shop, number)
        assert [each.text for each in by_mail.messages] == ["Aquí sigo"]
        assert by_mail.messages[0].attachments[0].alt == "foto.jpg (1.2 MB)"
        assert by_mail.customer.id == before.customer.id
        assert by_mail.continues is not None
        assert (by_mail.continues.conversation_id, by_mail.continues.proven) == (number, True)
        assert before.goes_on is not None
        assert before.goes_on.conversation_id == by_mail.id
        assert by_mail.parent is not None
        assert (by_mail.parent.text, by_mail.parent.subject) == ("Mi pedido", True)
        (row,) = await shop.ask(lambda queries: queries.conversations_by_id([by_mail.id]))
        assert (row.state, row.private, row.unread) == (ConversationState.NEEDS_ANSWER, True, True)
        assert row.answer_by is not None


async def test_who_read_a_public_invitation_is_not_taken_for_the_customer(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        prepared = await invite(shop, number, privately=False)
        stranger = letter(shop, from_address="mal@correo.example", to=(plus_address(ADDRESS, prepared.token),))
        assert await comes(shop, account_id, stranger)
        by_mail = await mail_conversation(shop, account_id)
        assert by_mail.customer.id != (await detail_of(shop, number)).customer.id
        assert by_mail.continues is not None
        assert not by_mail.continues.proven


async def test_after_a_public_invitation_a_known_address_is_theirs(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        customer_id = (await detail_of(shop, number)).customer.id
        await shop.services.customers.describe(customer_id, CustomerWords("", "", "", "xime@correo.example", "", ()))
        await invite(shop, number, privately=False)
        assert await comes(shop, account_id, letter(shop))  # without any token
        assert (await mail_conversation(shop, account_id)).customer.id == customer_id


async def test_letters_of_others_are_never_stored(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        await invite(shop, number)
        strangers = (
            letter(shop, from_address="otra@correo.example"),
            letter(shop, from_address="otra@correo.example", subject="[#aaaaaaaaaaaa]"),
            letter(
                shop,
                from_address="otra@correo.example",
                in_reply_to="<nobody@x.example>",
                chain=("<nobody@x.example>",),
            ),
        )
        for one in strangers:
            assert not await comes(shop, account_id, one)
        assert rows(shop.database, "SELECT count(*) FROM message WHERE account_id = ?", account_id) == [(0,)]


async def test_hostile_letters_are_plain_text(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        prepared = await invite(shop, number)
        hostile = '<img src=x onerror=alert(1)> \u202e{name} "; DROP TABLE message; --'
        one = letter(shop, hostile, subject=hostile, from_name=hostile, to=(plus_address(ADDRESS, prepared.token),))
        assert await comes(shop, account_id, one)
        by_mail = await mail_conversation(shop, account_id)
        assert by_mail.messages[0].text == hostile


# ---- answered


async def answered(shop: SmallShop, by_mail: ConversationDetail, text: str = "Ya lo vemos") -> int:
    return await shop.services.inbox.reply(by_mail.id, (text,), Visibility.DIRECT)


async def test_a_reply_answers_their_letter(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        prepared = await invite(shop, number)
        first = letter(shop, to=(plus_address(ADDRESS, prepared.token),), chain=("<root@x.example>",))
        await comes(shop, account_id, first)
        clock.advance(60)
        second = letter(
            shop, "¿Y bien?", uid=2, remote_id="<c2@correo.example>", in_reply_to="<c1@correo.example>", at=clock.now()
        )
        assert await comes(shop, account_id, second)
        by_mail = await mail_conversation(shop, account_id)
        assert len(by_mail.messages) == 2
        item = await shop.database.read(outbox_reading.delivery, await answered(shop, by_mail))
        assert item is not None
        assert (item.account_id, item.kind, item.parts) == (account_id, OutboxKind.REPLY, ("Ya lo vemos",))
        mail = item.mail
        assert mail is not None
        assert (mail.to, mail.to_name, mail.subject) == ("xime@correo.example", "Ximena Robles", "Re: Mi pedido")
        assert mail.in_reply_to == "<c2@correo.example>"
        assert mail.chain == ("<root@x.example>", "<c1@correo.example>", "<c2@correo.example>")
        assert mail.token == prepared.token


async def test_somebody_else_who_answers_in_it_has_a_conversation_of_their_own(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        prepared = await invite(shop, number)
        marked = (plus_address(ADDRESS, prepared.token),)
        await comes(shop, account_id, letter(shop, to=marked))
        other = letter(
            shop, "Soy su hermano", uid=2, remote_id="<h1@x.example>", from_address="her@x.example", from_name="Her", to=marked,
            in_reply_to="<c1@correo.example>",
        )  # fmt: skip
        assert await comes(shop, account_id, other)
        found = rows(shop.database, "SELECT count(DISTINCT id) FROM conversation WHERE account_id = ?", account_id)
        assert found == [(2,)]


# ---- a first letter


async def test_a_first_letter_goes_to_a_known_address_and_its_answer_comes_back(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        account_id = with_mailbox(shop)
        customer_id = (await detail_of(shop, number)).customer.id
        await shop.services.customers.describe(customer_id, CustomerWords("", "", "", "xime@correo.example", "", ()))
        prepared = await shop.services.invitations.prepare(number)
        assert prepared.to == "xime@correo.example"
        outbox_id = await shop.services.invitations.write(prepared, prepared.to, prepared.subject, prepared.letter)
        item = await shop.database.read(outbox_reading.delivery, outbox_id)
        assert item is not None
        assert item.mail is not None
        assert (item.account_id, item.conversation_id, item.mail.to) == (account_id, number, "xime@correo.example")
        assert tokens_in(item.mail.subject) == (prepared.token,)
        (row,) = await shop.ask(lambda queries: queries.conversations_by_id([number]))
        assert row.state is ConversationState.WAITING

        def leave(session: Session) -> None:
            clock.advance(60)
            outbox.claim(session, to_ms(clock.now()), "p", 60)
            outbox.record_progress(session, outbox_id, "<ours@discosaurora.mx>", "", to_ms(clock.now()))
            outbox.settle_out(session, outbox_id, to_ms(clock.now()))

        shop.database.write_now(leave)
        answer = letter(
            shop,
            from_address="otra@correo.example",
            in_reply_to="<ours@discosaurora.mx>",
            chain=("<ours@discosaurora.mx>",),
        )  # they answer from another address: the reference tells
        assert await comes(shop, account_id, answer)
        by_mail = await mail_conversation(shop, account_id)
        assert by_mail.continues is not None
        assert by_mail.continues.conversation_id == number
        mail = (await shop.database.read(outbox_reading.delivery, await answered(shop, by_mail))).mail  # type: ignore[union-attr]
        assert mail is not None
        assert mail.chain[0] == "<ours@discosaurora.mx>"


async def test_a_first_letter_needs_address_subject_and_words(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        with_mailbox(shop)
        prepared = await shop.services.invitations.prepare(number)
        wrong = (
            ("no address", "a", "b"),
            ("a@b.example\r\nBcc: x@y.example", "a", "b"),
            ("a@b.example", " ", "b"),
            ("a@b.example", "a", " "),
        )
        for to, subject, text in wrong:
            with pytest.raises(UserMistake):
                await shop.services.invitations.write(prepared, to, subject, text)


# ---- when it is offered


async def test_it_is_offered_after_three_turns(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        why = shop.services.invitations.why
        found: list[WhyInvite | None] = []
        number = 0
        for turn, text in enumerate(("¿Dónde está mi pedido?", "¿Ya salió?", "¿Hay guía?"), 1):
            number = await shop.heard(text, number=turn)
            (row,) = await shop.ask(lambda queries, number=number: queries.conversations_by_id([number]))
            found.append(why(row, await detail_of(shop, number)))
            clock.advance(600)
        assert found == [None, None, WhyInvite.TURNS]
        detail = await detail_of(shop, number)
        with_mailbox(shop)
        await invite(shop, number, privately=False)
        assert why(row, await detail_of(shop, number)) is None
        assert why(row._replace(category=Category.PRAISE), detail) is None
        assert why(row._replace(network="email"), detail) is None


async def test_it_is_offered_on_conflict(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("¡¡¡ES UNA VERGÜENZA!!! RATEROS, DEVUELVAN MI DINERO")
        (row,) = await shop.ask(lambda queries: queries.conversations_by_id([number]))
        assert shop.services.invitations.why(row, await detail_of(shop, number)) is WhyInvite.CONFLICT


@pytest.mark.parametrize(
    ("subject", "bare"),
    [("Re: RE: Mi Pedido [#abcdefghijkl]", "Mi Pedido"), ("Mi Pedido", "Mi Pedido"), ("", ""), ("回复：订单", "订单")],
)
def test_the_subject_as_it_was_first(subject: str, bare: str) -> None:
    assert bare_subject(subject) == bare
