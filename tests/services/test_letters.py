"""The way in for e-mail: read to the end with the cursor in the same transaction, watched, begun anew after trouble; and evidence of what left."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from app.mail.composing import message_id
from app.models.account import AccountState
from app.models.conversation import ConversationState
from app.models.escalation import EscalationState
from app.models.letter import LetterKind
from app.models.mailbox import EMAIL
from app.models.outbox import DeliveryState
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.errors import NetworkTrouble
from app.services.letters import News
from app.store.reading import mailboxes
from app.store.writing import escalations
from tests.fakes.clock import FakeClock
from tests.fakes.full_disk import no_room
from tests.services.mail_shop import MARTA, MailShop, mail_shop_in
from tests.services.manager_shop import ADDRESS, BOX, ManagedShop, managed_shop
from tests.services.shop import eventually


async def asked(shop: ManagedShop) -> int:
    number = await shop.heard()
    await shop.ask_hector(number)
    await shop.run_for(15)
    return number


async def cursor(shop: ManagedShop) -> int | None:
    box = await shop.database.read(mailboxes.mailbox, shop.box_id)
    assert box is not None
    return box.last_uid


async def test_the_answer_comes_beside_the_conversation_and_is_told(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        told: list[News] = []
        shop.services.letters.came.connect(told.extend)
        number = await asked(shop)
        assert await shop.services.letters.look_at(shop.box_id) == 0
        clock.advance(80)
        assert await shop.services.letters.look_at(shop.box_id) == 1
        assert await shop.services.letters.look_at(shop.box_id) == 0  # once
        assert told == [News(number, LetterKind.ANSWER, "Héctor Lima")]
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER


async def test_letters_and_cursor_are_one_transaction(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await asked(shop)
        before = await cursor(shop)
        page = [shop.letter(in_reply_to=await shop.question_id(number)), shop.letter(remote_id="<2@x.example>", uid=8)]

        def fail(*_given: object, **_more: object) -> None:
            raise RuntimeError("the process dies")

        with monkeypatch.context() as patch:
            patch.setattr(escalations, "answered", fail)
            with pytest.raises(RuntimeError):
                await shop.come(*page)
        assert (await shop.escalation(number)).letters == ()
        assert await cursor(shop) == before
        await shop.come(*page)
        assert len((await shop.escalation(number)).letters) == 1
        assert await cursor(shop) == 8


async def test_the_same_letter_again_changes_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await asked(shop)
        letter = shop.letter(in_reply_to=await shop.question_id(number))
        assert await shop.come(letter) == 1
        await shop.services.inbox.close([number])
        assert await shop.come(letter) == 0
        assert (await shop.conversation(number)).state is ConversationState.DONE


async def test_our_own_copy_settles_what_nobody_knew(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.ask_hector(number)
        shop.server.fail(FailureKind.ANSWER_LOST, network=EMAIL, account_remote_id=BOX, verb=Verb.PUBLISH)
        shop.server.fail(FailureKind.SERVER_ERROR, network=EMAIL, account_remote_id=BOX, verb=Verb.FIND, lasting=True)
        await shop.run_for(15)
        mail = next(row for row in await shop.owed(number) if row.kind == "mail")
        assert mail.state is DeliveryState.UNSURE
        copy = shop.letter(from_address=ADDRESS, remote_id=await shop.question_id(number))
        assert await shop.come(copy) == 0
        assert (await shop.item(mail.id)).state is DeliveryState.OUT
        assert (await shop.item(mail.id)).remote_id == await shop.question_id(number)


async def test_an_answer_is_evidence_too(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.ask_hector(number)
        shop.server.fail(FailureKind.OFFLINE, network=EMAIL, account_remote_id=BOX, verb=Verb.PUBLISH, lasting=True)
        await shop.run_for(15)
        mail = next(row for row in await shop.owed(number) if row.kind == "mail")
        assert mail.state is DeliveryState.WAITING  # to be tried again, as if nothing had arrived
        await shop.come(shop.letter(in_reply_to=await shop.question_id(number)))
        assert (await shop.item(mail.id)).state is DeliveryState.OUT
        assert (await shop.escalation(number)).state is EscalationState.ANSWERED


async def test_a_letter_of_somebody_else_is_asked_about_and_not_stored(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        seen: list[tuple[str, int]] = []

        def customers(_session: object, letter: object, account_id: int) -> bool:
            seen.append((letter.remote_id, account_id))  # type: ignore[attr-defined]
            return True

        shop.services.letters._customer_letter = customers
        await shop.come(
            shop.letter(from_address="ximena@correo.example"), shop.letter(uid=8, is_automatic=True, remote_id="<a@x>")
        )
        assert seen == [("<answer-1@discosaurora.example>", shop.box_id)]


async def test_it_is_watched_until_it_is_signed_out(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await asked(shop)
        shop.services.tasks.spawn("letters", shop.services.letters.run(), owner=shop)
        await clock.elapse(100)

        async def answered() -> bool:
            await clock.elapse(1)
            return (await shop.escalation(number)).state is EscalationState.ANSWERED

        await eventually(answered, clock)


async def test_a_full_disk_is_no_reason_to_watch_it_no_more(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await asked(shop)
        with no_room(shop.database) as tried:
            shop.services.tasks.spawn("letters", shop.services.letters.run(), owner=shop)

            async def refused() -> bool:
                await clock.elapse(5)
                return len(tried) > 2

            await eventually(refused, clock)

        async def answered() -> bool:
            await clock.elapse(5)
            return (await shop.escalation(number)).state is EscalationState.ANSWERED

        await eventually(answered, clock)
        assert shop.troubles == [], "the engine tells it"


# --- against a server that speaks the protocols


async def question(shop: MailShop) -> tuple[int, str]:
    """A letter to Marta that left; its outbox id and its Message-ID."""
    number = shop.owe()
    await shop.send()
    return number, message_id(shop.item(number).key, shop.row().address)


@pytest.mark.parametrize("command", ["LOGIN", "EXAMINE", "SELECT", "SEARCH", "FETCH"])
async def test_a_cut_while_reading_loses_nothing(tmp_path: Path, clock: FakeClock, command: str) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        account_id = await shop.add()
        await shop.services.letters.look_at(account_id)  # where to begin
        await shop.server.deliver(b"From: a@b.example\r\nSubject: x\r\nMessage-ID: <1@b.example>\r\n\r\nhola\r\n")
        before = shop.database.reader.now(mailboxes.mailbox, account_id)
        shop.server.imap_cut_at = command
        await shop.services.connections.forget(account_id)
        with contextlib.suppress(NetworkTrouble):  # not every command is asked each time
            await shop.services.letters.look_at(account_id)
        shop.server.imap_cut_at = ""
        await shop.services.letters.look_at(account_id)
        after = shop.database.reader.now(mailboxes.mailbox, account_id)
        assert before is not None
        assert after is not None
        assert (after.last_uid or 0) == (before.last_uid or 0) + 1


async def test_a_wrong_password_signs_the_mailbox_out(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        account_id = await shop.add()
        shop.secrets.kept[shop.services.connections.key(account_id)] = {"password": "wrong"}
        await shop.services.connections.forget(account_id)
        await asyncio.wait_for(shop.services.letters._hold(account_id), 30)
        rows = await shop.database.read(
            lambda c: c.execute("SELECT state FROM account WHERE id = ?", (account_id,)).fetchone()
        )
        assert rows == (AccountState.SIGNED_OUT,)


async def test_what_it_sends_comes_back_as_its_own_copy_and_nothing_else(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        account_id = await shop.add()
        await shop.services.letters.look_at(account_id)
        number, remote_id = await question(shop)
        assert shop.item(number).remote_id == remote_id
        assert await shop.services.letters.look_at(account_id) == 0
        assert [each for each in shop.server.accepted if MARTA in each.recipients] != []
