"""A mailbox is read by UID from where it was left, nothing is marked as read, news come by themselves, and no cut or refusal is a surprise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.mail import imap
from app.mail.reading import Reading, Sought
from app.mail.servers import Mailbox
from app.models.letter import LetterPage
from app.runtime.errors import Misconfigured, NetworkTrouble, Offline, SignedOut
from tests.fakes.mail_server import PASSWORD, MailServers
from tests.mail.conftest import Started

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
At = Callable[..., Mailbox]


def letter(number: int, size: int = 0) -> bytes:
    return f"From: m@t.example\r\nSubject: n{number}\r\nMessage-ID: <{number}@t.example>\r\nDate: Sun, 22 Nov 2026 12:00:00 +0000\r\n\r\nHola {number}\r\n{'x' * size}".encode()


@asynccontextmanager
async def reading(
    server: MailServers, mailbox: Mailbox, password: str = PASSWORD, **how: float
) -> AsyncIterator[Reading]:
    made = Reading(mailbox, lambda: password, lambda: NOW, **{"seconds": 2.0, **how})  # type: ignore[arg-type]
    try:
        yield made
    finally:
        await made.close()


async def pages(made: Reading, uid_validity: int | None, last_uid: int | None) -> list[LetterPage]:
    return [page async for page in made.letters(uid_validity, last_uid)]


@pytest.mark.parametrize("starttls", [False, True])
async def test_the_first_look_reads_nothing_old_and_says_where_to_begin(
    started: Started, mailbox_at: At, starttls: bool
) -> None:
    async with started() as server:
        await server.deliver(letter(1))
        async with reading(server, mailbox_at(server, starttls=starttls)) as made:
            assert await pages(made, None, None) == [LetterPage((), 1, 1)]
            await server.deliver(letter(2))
            (page,) = await pages(made, 1, 1)
            assert [(each.uid, each.text.split()[1]) for each in page.letters] == [(2, "2")]
            assert (page.uid_validity, page.last_uid) == (1, 2)
            assert await pages(made, 1, 2) == []


async def test_nothing_is_marked_as_read(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        await server.deliver(letter(1))
        async with reading(server, mailbox_at(server)) as made:
            assert len(await pages(made, 1, 0)) == 1
            assert not any(each.seen for each in server.folders["INBOX"].letters)
            assert not any(each.startswith("SELECT") for each in server.imap_commands)


async def test_many_letters_come_in_pages_that_move_the_cursor(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        for number in range(60):
            server.folders["INBOX"].put(letter(number))
        async with reading(server, mailbox_at(server)) as made:
            found = await pages(made, 1, 0)
        assert [page.last_uid for page in found] == [25, 50, 60]
        assert [each.uid for page in found for each in page.letters] == list(range(1, 61))


async def test_of_a_large_letter_only_the_beginning_is_fetched(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        server.folders["INBOX"].put(letter(1, size=3_000_000))
        async with reading(server, mailbox_at(server)) as made:
            (page,) = await pages(made, 1, 0)
        assert len(page.letters[0].whole) <= imap.LARGEST
        assert any(f"<0.{imap.LARGEST}>" in each for each in server.imap_commands)


async def test_other_numbers_mean_reading_anew_by_date(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        for number in range(3):
            server.folders["INBOX"].put(letter(number))
        async with reading(server, mailbox_at(server)) as made:
            server.folders["INBOX"].number_anew()
            (page,) = await pages(made, 1, 3)
            assert page.is_resync
            assert page.uid_validity == 2
            assert {each.remote_id for each in page.letters} == {"<0@t.example>", "<1@t.example>", "<2@t.example>"}
            assert await pages(made, 2, page.last_uid) == []


async def test_a_server_that_never_keeps_its_numbers_is_read_by_date_each_letter_once(
    started: Started, mailbox_at: At
) -> None:
    async with started() as server:
        server.folders["INBOX"].put(letter(0))
        async with reading(server, mailbox_at(server), resyncs=3) as made:
            (first,) = await pages(made, 1, 1)
            assert [each.remote_id for each in first.letters] == ["<0@t.example>"]
            server.folders["INBOX"].put(letter(1))
            server.folders["INBOX"].number_anew()
            (second,) = await pages(made, 1, first.last_uid)
            assert [each.remote_id for each in second.letters] == ["<1@t.example>"]


async def test_news_come_by_themselves(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        assert await made.wait(5)  # a line that was just made counts as news
        waiting = asyncio.ensure_future(made.wait(30))  # noqa: TID251
        while not server._idling:
            await asyncio.sleep(0.01)
        await server.deliver(letter(1))
        assert await asyncio.wait_for(waiting, 30)
        (page,) = await pages(made, 1, 0)
        assert len(page.letters) == 1
        assert not await made.wait(0.1)


async def test_what_came_while_letters_were_read_is_not_slept_over(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        await made.wait(1)
        original = server._idling.add

        def add(writer: asyncio.StreamWriter) -> None:
            original(writer)
            writer.write(b"* 1 EXISTS\r\n")

        server._idling = _Told(add)
        assert await asyncio.wait_for(made.wait(30), 30)


class _Told(set):  # type: ignore[type-arg]
    def __init__(self, add: Callable[[asyncio.StreamWriter], None]) -> None:
        super().__init__()
        self._add = add
        self.add = add  # type: ignore[method-assign]


async def test_without_idle_the_server_is_asked(
    started: Started, mailbox_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mail.reading.POLL_SECONDS", 0.05)
    async with started() as server:
        server.idles = False
        async with reading(server, mailbox_at(server)) as made:
            await made.wait(1)
            assert not await made.wait(1)
            assert any(each.startswith("NOOP") for each in server.imap_commands)
            assert not any(each.startswith("IDLE") for each in server.imap_commands)


@pytest.mark.parametrize("step", ["BANNER", "CAPABILITY", "AUTHENTICATE", "EXAMINE", "SEARCH", "FETCH"])
async def test_a_cut_at_any_step_is_only_a_blip(started: Started, mailbox_at: At, step: str) -> None:
    async with started() as server:
        await server.deliver(letter(1))
        async with reading(server, mailbox_at(server)) as made:
            server.imap_cut_at = step
            with pytest.raises(Offline):
                await pages(made, 1, 0)
            server.imap_cut_at = ""
            assert len(await pages(made, 1, 0)) == 1


async def test_a_cut_while_waiting_is_a_blip_too(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        await made.wait(1)
        waiting = asyncio.ensure_future(made.wait(30))  # noqa: TID251
        while not server._idling:
            await asyncio.sleep(0.01)
        for writer in list(server._idling):
            writer.transport.abort()
        with pytest.raises(Offline):
            await asyncio.wait_for(waiting, 30)
        assert await made.wait(1)


async def test_closing_ends_a_wait_at_once(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        await made.wait(1)
        waiting = asyncio.ensure_future(made.wait(300))  # noqa: TID251
        while not server._idling:
            await asyncio.sleep(0.01)
        await made.close()
        with pytest.raises(NetworkTrouble):
            await asyncio.wait_for(waiting, 30)


async def test_a_wait_that_is_cancelled_leaves_a_mailbox_that_works(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        await made.wait(1)
        waiting = asyncio.ensure_future(made.wait(300))  # noqa: TID251
        while not server._idling:
            await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await server.deliver(letter(1))
        assert len(await pages(made, 1, 0)) == 1


async def test_a_wrong_password_is_told(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server), "wrong one") as made:
        with pytest.raises(SignedOut) as raised:
            await pages(made, 1, 0)
        assert "wrong one" not in f"{raised.value} {raised.value.technical} {raised.value.__cause__!r}"


@pytest.mark.parametrize("starttls", [False, True])
async def test_a_certificate_that_nobody_vouches_for_is_shown_nothing(
    started: Started, mailbox_at: At, starttls: bool
) -> None:
    async with started() as server, reading(server, mailbox_at(server, starttls=starttls, trusted=False)) as made:
        with pytest.raises(Misconfigured) as raised:
            await pages(made, 1, 0)
        assert raised.value.message.id == "mail.error.certificate"
        assert not any(each.startswith(("AUTHENTICATE", "LOGIN")) for each in server.imap_commands)


async def test_a_refusal_shows_what_the_server_says(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        server.imap_refuses = "EXAMINE"
        async with reading(server, mailbox_at(server)) as made:
            with pytest.raises(Offline) as raised:
                await pages(made, 1, 0)
            assert "not today" in str(raised.value.message.values["said"])


# ---- errands


async def test_sent_mail_is_found_by_its_use_whatever_it_is_called(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        assert await made.sent_folder() == "Enviados"


@pytest.mark.parametrize("folder", ["INBOX", "Enviados"])
async def test_a_letter_of_ours_is_found_in_sent_and_in_the_own_mailbox(
    started: Started, mailbox_at: At, folder: str
) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        assert not await made.find(Sought("<1@t.example>"))
        server.folders[folder].put(letter(1))
        assert await made.find(Sought("<1@t.example>"))


async def test_a_letter_whose_id_was_changed_is_found_by_token_and_date(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        server.folders["Enviados"].put(letter(1).replace(b"n1", b"x [#abcdefghijkl]").replace(b"<1@", b"<changed@"))
        assert await made.find(Sought("<1@t.example>", "abcdefghijkl", NOW))
        assert not await made.find(Sought("<1@t.example>", "abcdefghijkl", NOW.replace(minute=1)))
        assert not await made.find(Sought("<1@t.example>", "zzzzzzzzzzzz", NOW))


async def test_sent_mail_is_filed_once(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        assert await made.file_sent("<1@t.example>", letter(1))
        assert not await made.file_sent("<1@t.example>", letter(1))
        (kept,) = server.folders["Enviados"].letters
        assert kept.seen
        assert kept.content == letter(1)


async def test_a_server_that_files_by_itself_is_not_doubled(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, replace(mailbox_at(server), sent_folder="Enviados")) as made:
        server.folders["Enviados"].put(letter(1))
        assert not await made.file_sent("<1@t.example>", letter(1))
        assert len(server.folders["Enviados"].letters) == 1


async def test_errands_close_their_line(started: Started, mailbox_at: At) -> None:
    async with started() as server, reading(server, mailbox_at(server)) as made:
        await made.sent_folder()
        assert server.imap_commands[-1] == "LOGOUT"
