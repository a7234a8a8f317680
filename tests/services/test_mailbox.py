"""A letter to a manager leaves once: cut at each step of the protocol, it is either sent later, found as evidence, or asked about."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.mail.composing import message_id
from app.models.account import AccountState
from app.models.letter import Attached, LetterPage
from app.models.mailbox import MailboxRow
from app.models.outbox import DeliveryState
from app.networks.network import FindsMine, Publishes
from app.runtime.errors import UserMistake
from app.runtime.words import Message
from app.services.mailbox import MailConnection, ReadsLetters, mailbox_of
from app.store.reading import accounts
from tests.fakes.clock import FakeClock
from tests.fakes.mail_server import USER
from tests.services.mail_shop import MARTA, MailShop, mail_shop_in

S = DeliveryState


def reason(shop: MailShop, number: int) -> str:
    """The id of why an item is where it is; of a refusal, that of the reason within."""
    said = Message.from_json(shop.item(number).reason)
    inner = said.values.get("reason")
    return inner.id if isinstance(inner, Message) else said.id


async def test_a_letter_leaves_with_its_own_id_and_a_blind_copy(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        await shop.send()
        item = shop.item(number)
        assert item.state is S.OUT
        assert item.remote_id == message_id("letter-1", USER)
        (taken,) = shop.server.accepted
        assert taken.recipients == (MARTA, USER)
        letter = message_from_bytes(taken.content, policy=policy.default)
        assert letter["Message-ID"] == item.remote_id
        assert letter["Bcc"] is None
        assert letter["From"] == "Lucía · Aurora <lucia@aurora.example>"
        assert letter["Subject"] == "Pregunta [#abcdefghijkl]"


async def test_without_the_blind_copy_only_the_manager_gets_it(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add(copy_to_self=False)
        shop.owe()
        await shop.send()
        assert shop.server.accepted[0].recipients == (MARTA,)


async def test_what_left_is_filed_into_sent_once(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        shop.owe()
        await shop.send()
        await clock.elapse(6)
        for task in list(shop.tasks._running):
            if task.get_name() == "sent letter":
                await task
        assert len(shop.server.folders["Enviados"].letters) == 1


@pytest.mark.parametrize("step", ["banner", "ehlo", "auth", "mail", "rcpt", "data"])
async def test_a_cut_before_the_letter_waits_and_leaves_later(tmp_path: Path, clock: FakeClock, step: str) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        shop.server.cut_at = step
        await shop.send()
        assert shop.item(number).state is S.WAITING
        assert reason(shop, number) == "mail.error.unreachable"
        shop.server.cut_at = ""
        clock.advance(3600)
        await shop.send()
        assert shop.item(number).state is S.OUT
        assert shop.arrived() == 1


async def test_a_letter_cut_after_the_dot_is_found_by_its_blind_copy(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        shop.server.cut_at = "dot"
        await shop.send()
        assert shop.item(number).state is S.UNSURE
        shop.server.cut_at = ""
        await shop.settle(9)
        assert shop.item(number).state is S.OUT
        assert shop.item(number).remote_id == message_id("letter-1", USER)
        clock.advance(3600)
        await shop.send()
        assert shop.arrived() == 1


async def test_a_letter_that_is_nowhere_to_be_found_is_asked_about_and_never_sent_again_by_itself(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        shop.server.cut_at, shop.server.keeps_cut_letter = "dot", False
        await shop.send()
        shop.server.cut_at = ""
        await shop.settle(9)
        assert shop.item(number).state is S.UNSURE
        assert reason(shop, number) == "mail.error.not_seen_yet"
        await shop.settle(120)
        item = shop.item(number)
        assert (item.state, item.next_try_at) == (S.UNSURE, None)  # only the user's word
        clock.advance(7200)
        await shop.send()
        assert shop.arrived() == 0
        await shop.services.outbox.settle(number, is_out=False)
        await shop.send()
        assert shop.item(number).state is S.OUT
        assert shop.arrived() == 1


async def test_a_mailbox_that_cannot_be_looked_through_keeps_the_doubt(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        shop.server.cut_at = "dot"
        await shop.send()
        shop.server.cut_at, shop.server.imap_cut_at = "", "AUTHENTICATE"
        await shop.settle(9)
        assert shop.item(number).state is S.UNSURE
        shop.server.imap_cut_at = ""
        await shop.settle(61)
        assert shop.item(number).state is S.OUT


async def test_a_killed_process_leaves_a_doubt_that_evidence_settles(tmp_path: Path, clock: FakeClock) -> None:
    from app.store.writing import outbox

    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        now = shop.services.publishing._ledger.now_ms()
        await shop.database.write(outbox.claim, now, "gone:1:x", 60)
        await shop.server.deliver(b"Message-ID: " + message_id("letter-1", USER).encode() + b"\r\n\r\nx")
        clock.advance(61)
        await shop.services.publishing._settling.take_over()
        await shop.settle(0)
        await shop.settle(9)
        assert shop.item(number).state is S.OUT
        assert shop.arrived() == 0


@pytest.mark.parametrize(
    ("step", "answer", "state", "sentence"),
    [
        ("rcpt", b"550 5.1.1 User unknown", S.FAILED, "mail.error.no_such_recipient"),
        ("rcpt", b"552 5.2.2 Mailbox full", S.FAILED, "mail.error.full"),
        ("mail", b"552 5.3.4 too big", S.FAILED, "mail.error.too_large_there"),
        ("dot", b"554 5.7.1 spam", S.FAILED, "mail.error.looks_like_spam"),
        ("rcpt", b"450 4.2.0 Greylisted", S.WAITING, "mail.error.later"),
        ("mail", b"550 5.4.5 Daily user sending limit exceeded", S.WAITING, "mail.error.daily_limit"),
    ],
)
async def test_refusals_fail_or_wait(
    tmp_path: Path, clock: FakeClock, step: str, answer: bytes, state: DeliveryState, sentence: str
) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        shop.server.replies[step] = answer
        await shop.send()
        assert shop.item(number).state is state
        assert reason(shop, number) == sentence


async def test_a_letter_that_is_put_off_is_tried_ever_more_seldom_and_given_up_after_four_days(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        shop.server.replies["rcpt"] = b"450 4.2.0 Greylisted"
        waits = []
        for _ in range(60):
            await shop.send()
            item = shop.item(number)
            if item.next_try_at is None:
                break
            waits.append((item.next_try_at - clock.now()).total_seconds() / 3600)
            clock.advance(item.next_try_at - clock.now())
        assert waits[0] >= 0.25
        assert max(waits) < 5
        assert waits[-1] >= 4
        assert len(waits) < 40
        assert (shop.item(number).state, reason(shop, number)) == (S.FAILED, "mail.error.given_up")


async def test_a_password_that_no_longer_works_signs_the_account_out_and_keeps_the_letter(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        shop.server.passwords[USER] = "another one"
        await shop.send()
        account = await shop.database.read(accounts.account, shop.account_id)
        assert account is not None
        assert account.state is AccountState.SIGNED_OUT
        assert shop.item(number).state is S.WAITING
        await shop.mailboxes.add(shop.row(), "another one", again=shop.account_id)
        await shop.send()
        assert shop.item(number).state is S.OUT


async def test_a_certificate_that_changed_waits_and_says_so(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        number = shop.owe()
        link = await shop.services.connections.get(shop.account_id)
        assert isinstance(link.connection, MailConnection)
        link.connection._mailbox = mailbox_of(shop.row())  # trusts the system's authorities alone
        await shop.send()
        assert shop.item(number).state is S.WAITING
        assert reason(shop, number) == "mail.error.certificate"
        assert shop.arrived() == 0


async def test_what_cannot_be_made_into_a_letter_fails_with_the_reason(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        wrong = shop.owe(to="marta@tienda.example\r\nRCPT TO:<x@y.example>")
        await shop.send()
        assert (shop.item(wrong).state, reason(shop, wrong)) == (S.FAILED, "mail.error.not_an_address")
        gone = shop.owe(attached=(Attached(str(tmp_path / "no.png"), "no.png"),))
        await shop.send()
        assert (shop.item(gone).state, reason(shop, gone)) == (S.FAILED, "mail.error.attachment_gone")
        assert shop.server.accepted == []


async def test_the_connection_can_what_services_ask_of_it(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        connection = (await shop.services.connections.get(shop.account_id)).connection
        assert isinstance(connection, Publishes)
        assert isinstance(connection, FindsMine)
        assert isinstance(connection, ReadsLetters)
        assert [page async for page in connection.letters(None, None)] == [LetterPage((), 1, 0)]
        assert (await connection.profile()).handle == USER


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"address": "x"}, "address"),
        ({"smtp_host": "smtp aurora"}, "smtp_host"),
        ({"imap_host": ""}, "imap_host"),
        ({"smtp_port": 25}, "smtp_port"),
        ({"imap_port": 0}, "imap_port"),
    ],
)
def test_settings_that_cannot_be_are_said_beside_their_field(change: dict[str, object], field: str) -> None:
    row = MailboxRow(0, USER, "smtp.aurora.example", "imap.aurora.example")
    with pytest.raises(UserMistake) as raised:
        mailbox_of(row._replace(**change))  # type: ignore[arg-type]
    assert raised.value.field == field
