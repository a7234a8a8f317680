"""Commands about accounts and the data: what they ask of the page and of the services."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.accounts import COMMANDS
from app.commands.command import Context, State
from app.commands.registry import collect
from app.commands.sync import COMMANDS as SYNC
from app.commands.view import COMMANDS as VIEW
from app.models.account import AccountRow, AccountState
from app.runtime.words import Words

REGISTRY = collect(VIEW, SYNC, COMMANDS)
SINCE = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)


def row(number: int, state: AccountState) -> AccountRow:
    return AccountRow(number, "mastodon", "", f"@a{number}", "", f"r{number}", state, SINCE)


class Stage:
    """A context that notes what it is asked."""

    def __init__(self, words: Words, rows: list[AccountRow] | None = None, **state: Any) -> None:
        self.did: list[Any] = []
        self.said: list[str] = []
        queries = SimpleNamespace(accounts=lambda: rows or [])

        async def pause(account_id: int, *, paused: bool) -> None:
            self.did.append(("pause", account_id, paused))

        async def open_sample() -> None:
            self.did.append("sample")

        services = SimpleNamespace(
            reads=SimpleNamespace(now=lambda query: query(queries)),
            accounts=SimpleNamespace(pause=pause),
            data=SimpleNamespace(open_sample=open_sample, folder=Path("/somewhere")),
        )
        window = SimpleNamespace(
            show_page=lambda page, **target: self.did.append((page, target)),
            in_page=lambda verb, **_values: self.did.append(verb),
            show_folder=lambda folder: self.did.append(folder),
        )
        notices = SimpleNamespace(say=lambda said, **_how: self.said.append(words.text(said)))
        self.context: Any = Context(State(**state), services, window, notices, words)  # type: ignore[arg-type]

    async def run(self, command_id: str) -> Any:
        await REGISTRY[command_id].run(self.context)
        return self.did[-1] if self.did else None


async def test_connecting_brings_the_form_to_the_front(words: Words) -> None:
    assert await Stage(words).run("accounts.add") == ("settings", {"section": "accounts", "add": True})


async def test_signing_in_again_is_about_the_chosen_account_else_the_first_that_is_signed_out(words: Words) -> None:
    rows = [row(1, AccountState.READY), row(2, AccountState.SIGNED_OUT), row(3, AccountState.SIGNED_OUT)]
    assert await Stage(words, rows, account=3).run("accounts.sign_in_again") == ("settings", {"section": "accounts", "account": 3, "sign_in": True})
    assert await Stage(words, rows, account=1).run("accounts.sign_in_again") == ("settings", {"section": "accounts", "account": 2, "sign_in": True})
    assert await Stage(words, rows[:1]).run("accounts.sign_in_again") == ("settings", {"section": "accounts"})


async def test_pausing_and_going_on(words: Words) -> None:
    assert await Stage(words, account=4, facts=frozenset({"can_pause"})).run("accounts.pause") == ("pause", 4, True)
    assert await Stage(words, account=4, facts=frozenset({"can_pause", "paused"})).run("accounts.pause") == ("pause", 4, False)


async def test_what_the_page_asks_before_it_is_done(words: Words) -> None:
    assert await Stage(words).run("accounts.remove") == "disconnect"
    assert await Stage(words).run("accounts.use_vault") == ("settings", {"section": "data", "vault": "make"})
    assert await Stage(words).run("accounts.unlock_vault") == ("settings", {"section": "data", "vault": "unlock"})


async def test_the_sample_shop_opens_beside_and_says_so(words: Words) -> None:
    stage = Stage(words)
    assert await stage.run("data.open_sample") == "sample"
    assert stage.said == ["The sample shop opens in its own window"]


async def test_the_folder_is_shown(words: Words) -> None:
    assert await Stage(words).run("data.open_folder") == Path("/somewhere")


@pytest.mark.parametrize("command_id", ["accounts.add", "accounts.use_vault", "accounts.unlock_vault"])
def test_nothing_real_is_connected_to_the_sample_shop_nor_to_what_may_only_be_read(command_id: str) -> None:
    when = REGISTRY[command_id].when
    assert when(State())
    assert not when(State(sample=True))
    assert not when(State(read_only=True))


def test_an_account_of_the_sample_shop_that_was_signed_out_may_sign_in_again() -> None:
    when = REGISTRY["accounts.sign_in_again"].when
    assert when(State(sample=True))
    assert not when(State(read_only=True))



def test_pausing_and_removing_need_an_account() -> None:
    assert not REGISTRY["accounts.pause"].when(State(account=1))
    assert REGISTRY["accounts.pause"].when(State(account=1, facts=frozenset({"can_pause"})))
    assert not REGISTRY["accounts.remove"].when(State())
    assert not REGISTRY["data.open_sample"].when(State(sample=True))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_command_has_a_title_and_a_help_sentence(words: Words, language: str) -> None:
    words.language = language
    for command in COMMANDS:
        assert words.knows(command.title_id)
        assert words.knows(command.help_id)
