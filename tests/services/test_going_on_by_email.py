"""From a public conversation to e-mail and back, over real protocols: invited, the letter comes, the answer leaves, and theirs to it comes."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from app.models.arrival import Arrival
from app.models.conversation import ConversationState, View
from app.models.customer import CustomerWords
from app.models.message import ConversationDetail, MessageKind, Visibility
from app.models.outbox import DeliveryState
from app.runtime.clock import to_ms
from app.store.database import Session
from app.store.reading import conversations, messages
from app.store.writing import accounts
from app.store.writing import messages as messages_writing
from tests.fakes.clock import FakeClock
from tests.fakes.mail_server import USER
from tests.services.mail_shop import MailShop, mail_shop_in

BOUNCE = """From: Mail Delivery System <mailer-daemon@correo.example>
To: lucia@tienda.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce1@correo.example>
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

No such user.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; correo.example

Final-Recipient: rfc822; THEIRS
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: OURS

--b--
"""
THEIRS = "xime@correo.example"


def heard(shop: MailShop) -> int:
    """Ximena wrote on another network; answers the conversation."""

    def hear(session: Session) -> None:
        now = to_ms(shop.clock.now())
        account_id = accounts.add(session, "mastodon", "https://musica.example", "@aurora", "a1", now)
        said = Arrival(
            "m1", MessageKind.MENTION, "u1", "@ximena", "Llegó roto", shop.clock.now() - timedelta(hours=1), "t1",
            author_name="Ximena Robles", language="es",
        )  # fmt: skip
        messages_writing.keep(session, account_id, [said], "mentions", "c", now, lambda asked: asked.at)

    shop.database.write_now(hear)
    (number,) = shop.database.reader.now(conversations.ids, View.ALL, None, to_ms(shop.clock.now()))
    return number


def detail(shop: MailShop, number: int) -> ConversationDetail:
    found = shop.database.reader.now(messages.conversation, number)
    assert found is not None
    return found


async def they_write(shop: MailShop, text: str, number: int, **headers: str) -> None:
    letter = EmailMessage()
    letter["From"] = f"Ximena Robles <{THEIRS}>"
    letter["To"] = USER
    letter["Message-ID"] = f"<c{number}@correo.example>"
    letter["Date"] = shop.clock.now()
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    await shop.server.deliver(letter.as_bytes(), at=shop.clock.now())
    await shop.services.letters.look_at(shop.account_id)


async def begun(shop: MailShop) -> None:
    """What lies in the mailbox already is not ours."""
    await shop.add()
    await shop.services.letters.look_at(shop.account_id)


async def test_the_case_goes_on_by_e_mail(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await begun(shop)
        number = heard(shop)
        prepared = await shop.services.invitations.prepare(number)
        await shop.services.inbox.reply(number, (prepared.invitation,), Visibility.DIRECT)
        clock.advance(600)
        await they_write(shop, "Aquí va la foto.\n\nSaludos", 1, Subject=f"Mi disco [#{prepared.token}]")
        onward = detail(shop, number).goes_on
        assert onward is not None
        by_mail = detail(shop, onward.conversation_id)
        assert [each.text for each in by_mail.messages] == ["Aquí va la foto.\n\nSaludos"]
        assert by_mail.customer.id == detail(shop, number).customer.id

        clock.advance(60)
        outbox_id = await shop.services.inbox.reply(by_mail.id, ("Mandamos otro.",), Visibility.DIRECT)
        clock.advance(60)
        await shop.send()
        assert shop.item(outbox_id).state is DeliveryState.OUT
        (sent,) = [each for each in shop.server.accepted if THEIRS in each.recipients]
        letter = message_from_bytes(sent.content, policy=default)
        assert letter["To"] is not None
        assert THEIRS in letter["To"]
        assert letter["Subject"] == f"Re: Mi disco [#{prepared.token}]"
        assert letter["In-Reply-To"] == "<c1@correo.example>"
        assert letter["References"] == "<c1@correo.example>"

        clock.advance(60)
        ours = str(letter["Message-ID"])
        await they_write(
            shop, "¡Gracias!", 2, Subject="RE: Mi disco", In_Reply_To=ours, References=f"<c1@correo.example> {ours}"
        )
        said = [(each.kind is MessageKind.OURS, each.text) for each in detail(shop, by_mail.id).messages]
        assert said == [(False, "Aquí va la foto.\n\nSaludos"), (True, "Mandamos otro."), (False, "¡Gracias!")]


async def test_a_first_letter_is_answered_whatever_became_of_its_subject(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await begun(shop)
        number = heard(shop)
        words = CustomerWords("", "", "", THEIRS, "", ())
        await shop.services.customers.describe(detail(shop, number).customer.id, words)
        prepared = await shop.services.invitations.prepare(number)
        outbox_id = await shop.services.invitations.write(prepared, prepared.to, prepared.subject, prepared.letter)
        clock.advance(60)
        await shop.send()
        assert shop.item(outbox_id).state is DeliveryState.OUT
        (sent,) = [each for each in shop.server.accepted if THEIRS in each.recipients]
        letter = message_from_bytes(sent.content, policy=default)
        assert "In-Reply-To" not in letter
        assert [each.kind for each in detail(shop, number).messages] == [MessageKind.MENTION, MessageKind.OURS]
        clock.advance(60)
        await they_write(shop, "Sí, soy yo", 1, Subject="Hola", In_Reply_To=str(letter["Message-ID"]))
        onward = detail(shop, number).goes_on
        assert onward is not None
        assert [each.text for each in detail(shop, onward.conversation_id).messages] == ["Sí, soy yo"]


async def test_a_letter_that_came_back_is_told_in_its_conversation(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await begun(shop)
        number = heard(shop)
        prepared = await shop.services.invitations.prepare(number)
        outbox_id = await shop.services.invitations.write(prepared, THEIRS, prepared.subject, "Hola")
        clock.advance(60)
        await shop.send()
        (sent,) = [each for each in shop.server.accepted if THEIRS in each.recipients]
        ours = str(message_from_bytes(sent.content, policy=default)["Message-ID"])
        report = BOUNCE.replace("OURS", ours).replace("THEIRS", THEIRS).encode()
        for _ in range(2):
            await shop.server.deliver(report, at=clock.now())
        await shop.services.letters.look_at(shop.account_id)
        assert shop.item(outbox_id).state is DeliveryState.OUT
        (row,) = shop.database.reader.now(conversations.by_id, [number])
        assert row.state is ConversationState.NEEDS_ANSWER
        (note,) = detail(shop, number).notes
        assert "5.1.1" in note.text
        assert note.text.startswith("Our mail came back.")


async def test_letters_of_strangers_stay_in_the_mailbox(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await begun(shop)
        heard(shop)
        await they_write(shop, "Compre ahora", 1, Subject="Oferta")
        assert len(shop.database.reader.now(conversations.ids, View.ALL, None, to_ms(clock.now()))) == 1
