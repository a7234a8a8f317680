"""A question to a manager: one act in one transaction, taken back as one, asked about when nobody answers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from app.models.conversation import ConversationState
from app.models.escalation import EscalationState, Goes, SheetDraft
from app.models.mailbox import EMAIL
from app.models.outbox import DeliveryState
from app.models.tables.conversation import Customer, Identity
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.store.database import Session
from app.store.writing import promises
from tests.fakes.clock import FakeClock
from tests.services.manager_shop import ADDRESS, BOX, HECTOR, QUESTION, TOLD, managed_shop
from tests.services.shop import NETWORK, REMOTE_ID
from tests.services.test_inbox import said_by


async def test_both_are_one_act(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.ask_hector(number)
        owed = {row.kind: row for row in await shop.owed(number)}
        assert {kind: row.state for kind, row in owed.items()} == {
            "mail": DeliveryState.WAITING,
            "reply": DeliveryState.WAITING,
        }
        assert (owed["mail"].to, owed["reply"].to) == ("Héctor Lima", "")
        assert owed["mail"].due_at == owed["reply"].due_at == clock.now() + timedelta(seconds=10)
        assert (await shop.conversation(number)).state is ConversationState.ESCALATED
        row = await shop.escalation(number)
        assert (row.state, row.question, row.address) == (EscalationState.WAITING, QUESTION, HECTOR)
        customer = (await shop.detail(number)).customer.id
        card = await shop.ask(lambda queries: queries.customer(customer, number))
        assert card is not None
        assert [promise.text for promise in card.promises] == [TOLD]  # the sentence that holds it


async def test_both_leave_after_the_undo_time_and_the_letter_bears_its_token(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard("¿Y mi pedido A-20377? Escríbanme a ximena@correo.example o al 55 1234 5678")
        await shop.ask_hector(number)
        await shop.run_for(15)
        assert shop.out_there() == [f"@ximena@musica.example {TOLD}"]
        (letter,) = shop.server.published(EMAIL, BOX)
        assert f"[#{await shop.token(number)}]" in letter.text
        assert QUESTION in letter.text
        assert "ximena@correo.example" not in letter.text  # covered for managers
        assert "1234" not in letter.text
        assert "[oculto]" in letter.text


async def test_a_reply_to_the_customer_that_failed_and_is_taken_back_takes_the_promise_with_it(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.ask_hector(number)
        shop.server.fail(FailureKind.REFUSED, network=NETWORK, account_remote_id=REMOTE_ID, verb=Verb.PUBLISH)
        await shop.run_for(30)
        (reply,) = [row for row in await shop.owed(number) if row.kind == "reply"]
        assert reply.state is DeliveryState.FAILED
        await shop.services.outbox.cancel(reply.id)
        customer = (await shop.detail(number)).customer.id
        card = await shop.ask(lambda queries: queries.customer(customer, number))
        assert card is not None
        assert card.promises == ()
        assert (await shop.escalation(number)).state is EscalationState.WAITING


async def test_taking_it_back_leaves_nothing_and_gives_the_sheet_back(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        before = await shop.standing(number)
        back: list[int] = []
        shop.services.escalations.taken_back.connect(back.append)
        asking = shop.asking(number)
        await shop.services.escalations.ask(asking, Goes.BOTH)
        assert await shop.undo() == "undone.escalated"
        assert await shop.standing(number) == before
        assert {row.state for row in await shop.owed(number)} == {DeliveryState.LET_GO}
        detail = await shop.detail(number)
        assert detail.escalations == ()
        card = await shop.ask(lambda queries: queries.customer(detail.customer.id, number))
        assert card is not None
        assert card.promises == ()
        assert await shop.ask(lambda queries: queries.sheet_draft(number)) == asking.draft
        assert back == [number]
        await shop.run_for(30)
        assert shop.server.published(EMAIL, BOX) == []


async def test_what_has_left_is_not_half_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.ask_hector(number)
        await shop.run_for(15)
        with pytest.raises(UserMistake) as trouble:
            await shop.undo()
        assert said_by(trouble) == "escalation.left.reply"
        assert (await shop.conversation(number)).state is ConversationState.ESCALATED
        assert len((await shop.detail(number)).escalations) == 1


async def test_nothing_is_owed_where_one_part_fails(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        before = await shop.standing(number)

        def fail(*_given: object) -> int:
            raise UserMistake(message("promise.past"))

        monkeypatch.setattr(promises, "make", fail)
        with pytest.raises(UserMistake):
            await shop.ask_hector(number)
        assert await shop.owed(number) == []
        assert (await shop.detail(number)).escalations == ()
        assert await shop.standing(number) == before


async def test_only_the_mail_tells_and_promises_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.ask_hector(number, Goes.MAIL)
        assert [row.kind for row in await shop.owed(number)] == ["mail"]
        await shop.run_for(15)
        (letter,) = shop.server.published(EMAIL, BOX)
        assert TOLD not in letter.text


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"question": "  "}, "question", "escalation.no_question"),
        ({"manager_id": None}, "manager", "escalation.no_manager"),
        ({"manager_id": 99}, "manager", "escalation.no_manager"),
        ({"told": " "}, "told", "escalation.nothing_told"),
    ],
)
async def test_what_is_missing_is_said_at_its_field(
    tmp_path: Path, clock: FakeClock, more: dict[str, object], field: str, said: str
) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        with pytest.raises(UserMistake) as trouble:
            await shop.ask_hector(number, Goes.BOTH, **more)
        assert (said_by(trouble), trouble.value.field) == (said, field)
        assert await shop.owed(number) == []


async def test_a_time_that_has_passed_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        with pytest.raises(UserMistake) as trouble:
            await shop.ask_hector(number, Goes.BOTH, remind_at=clock.now())
        assert trouble.value.field == "remind"


async def test_asking_again_ends_the_question_before_and_refers_to_it(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        first = await shop.ask_hector(number)
        first_id = await shop.question_id(number)
        await shop.ask_hector(number, Goes.MAIL, again_of=first)
        rows = (await shop.detail(number)).escalations
        assert [row.closed_at is None for row in rows] == [False, True]
        mail = await shop.database.read(
            lambda c: c.execute("SELECT mail FROM outbox ORDER BY id DESC LIMIT 1").fetchone()[0]
        )
        assert first_id in mail
        await shop.undo()
        assert [row.closed_at is None for row in (await shop.detail(number)).escalations] == [True]


async def test_the_letter_may_go_through_the_users_own_mail_program(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        asked, path = await shop.services.escalations.hand_over(shop.asking(number))
        letter = path.read_bytes()
        assert b"X-Unsent: 1" in letter
        assert ADDRESS.encode() in letter
        assert await shop.owed(number) == []
        assert (await shop.conversation(number)).state is ConversationState.ESCALATED
        remote = await shop.database.read(
            lambda c: c.execute(
                "SELECT remote_id FROM letter WHERE escalation_id = ?", (asked.escalation_id,)
            ).fetchone()[0]
        )
        assert f"Message-ID: {remote}".encode() in letter


async def test_a_draft_of_the_sheet_is_kept_until_nothing_of_it_is_left(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        draft = SheetDraft(manager_id=1, question="¿?", left_out=("m1",), remind_at=clock.now())
        await shop.services.escalations.keep_draft(5, draft)
        assert await shop.ask(lambda queries: queries.sheet_draft(5)) == draft
        await shop.services.escalations.keep_draft(5, SheetDraft())
        assert await shop.ask(lambda queries: queries.sheet_draft(5)) is None


async def test_a_name_that_tries_to_add_a_header_adds_none(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        evil = "Eva\r\nBcc: all@example.org\u2028X-Y: 1\x00"

        def rename(session: Session) -> None:
            for row in session.exec(select(Identity)):
                row.name = evil
            for row in session.exec(select(Customer)):
                row.name = evil

        shop.database.write_now(rename)
        _, path = await shop.services.escalations.hand_over(shop.asking(number, question="¿Sí?\r\nBcc: b@example.org"))
        head = path.read_bytes().partition(b"\r\n\r\n")[0]
        assert b"\nBcc:" not in head
        assert b"\nX-Y:" not in head


async def test_the_preview_is_the_letter(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        asking = shop.asking(number)
        seen = await shop.services.escalations.preview(asking, Goes.BOTH)
        await shop.services.escalations.ask(asking, Goes.BOTH)
        parts = await shop.database.read(
            lambda c: c.execute("SELECT parts ->> 0 FROM outbox WHERE kind = 'mail'").fetchone()[0]
        )
        assert seen.text == parts
        assert (seen.to, seen.sender) == (HECTOR, ADDRESS)


async def test_somebody_who_was_ignored_may_be_asked_about_too(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.inbox.ignore([number], (await shop.conversation(number)).category)
        await shop.ask_hector(number, Goes.MAIL)
        assert (await shop.conversation(number)).state is ConversationState.ESCALATED
        await shop.undo()
        assert (await shop.conversation(number)).state is ConversationState.IGNORED
