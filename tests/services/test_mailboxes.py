"""A mailbox is proposed from its address, tried at both servers, kept with its secret in the keyring alone, and signed in again as the same."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.mail.composing import message_id
from app.models.account import AccountState, Offer
from app.models.letter import Mail
from app.models.mailbox import MailboxRow, OwnApp
from app.models.post import PostDraft
from app.runtime.errors import NoKeyring, SignedOut, UserMistake
from app.services.mailboxes import Browser as Named
from app.services.mailboxes import fingerprint, provider_name
from app.store.reading import accounts, mailboxes
from tests.fakes.clock import FakeClock
from tests.fakes.mail_server import PASSWORD, USER, pem
from tests.fakes.token_server import CLIENT_ID, CLIENT_SECRET, REFRESH, Browser, TokenServer
from tests.services.mail_shop import MailShop, mail_shop_in

OWN_APP = OwnApp("google", CLIENT_ID, CLIENT_SECRET)


async def stored(shop: MailShop) -> MailboxRow:
    row = await shop.database.read(mailboxes.mailbox, shop.account_id)
    assert row is not None
    return row


async def test_a_mailbox_is_kept_and_its_secret_is_in_the_keyring_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        number = await shop.add()
        row = await stored(shop)
        assert (row.address, row.smtp_port, row.copy_to_self, row.state) == (USER, shop.server.smtp_port, True, "ready")
        assert shop.secrets.kept[f"test.{number}"] == {"password": PASSWORD}
        data = b"".join(file.read_bytes() for file in tmp_path.rglob("*.db*"))
        assert PASSWORD.encode() not in data
        account = await shop.database.read(accounts.account, number)
        assert account is not None
        offers = shop.services.accounts.offers(account)
        assert (offers["hear"][0], offers["private"][0], offers["publish"][0]) == (
            Offer.WORKS,
            Offer.WORKS,
            Offer.NOT_OFFERED,
        )


async def test_trying_tells_each_server_apart_and_keeps_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        assert (await shop.mailboxes.test(shop.row(), PASSWORD, pem())).works
        wrong = await shop.mailboxes.test(shop.row(), "wrong", pem())
        assert wrong.sends is not None
        assert wrong.reads is not None
        assert {wrong.sends.id, wrong.reads.id} == {"mail.error.wrong_password"}
        half = await shop.mailboxes.test(shop.row(imap_port=1), PASSWORD, pem())
        assert half.sends is None
        assert half.reads is not None
        assert half.reads.id == "mail.error.unreachable"
        assert await shop.database.read(mailboxes.mailboxes) == []
        assert shop.server.accepted == []


async def test_a_certificate_of_one_s_own_is_shown_before_it_is_trusted(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        tried = await shop.mailboxes.test(shop.row(), PASSWORD)
        assert tried.sends is not None
        assert tried.sends.id == "mail.error.certificate"
        assert tried.fingerprint == fingerprint(pem())
        assert len(tried.fingerprint.split(":")) == 32
        assert (await shop.mailboxes.test(shop.row(), PASSWORD, tried.certificate)).works


async def test_a_wrong_password_adds_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        with pytest.raises(SignedOut):
            await shop.mailboxes.add(shop.row(), "wrong", pem())
        with pytest.raises(UserMistake):
            await shop.mailboxes.add(shop.row(), "  ", pem())
        assert await shop.database.read(accounts.accounts) == []


async def test_a_keyring_that_refuses_leaves_nothing_behind(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:

        def refuse(_key: str, _secrets: dict[str, str]) -> None:
            raise NoKeyring

        monkeypatch.setattr(shop.secrets, "set", refuse)
        with pytest.raises(NoKeyring):
            await shop.add()
        assert await shop.database.read(accounts.accounts) == []


async def test_signed_in_again_it_is_the_same_account_with_the_kept_password_and_certificate(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        number = await shop.add()
        assert await shop.mailboxes.add(shop.row(sender_name="Otra"), "", again=number) == number
        assert (await stored(shop)).sender_name == "Otra"
        shop.server.passwords["otra@aurora.example"] = PASSWORD
        with pytest.raises(UserMistake) as raised:
            await shop.mailboxes.add(shop.row(address="otra@aurora.example"), PASSWORD, again=number)
        assert raised.value.message.id == "mail.error.other_mailbox"


async def test_name_and_copy_change_without_signing_in(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        number = await shop.add()
        shop.server.passwords.clear()
        await shop.mailboxes.describe(number, sender_name="  Nueva\r\nBcc: x ", copy_to_self=False)
        row = await stored(shop)
        assert (row.sender_name, row.copy_to_self) == ("Nueva Bcc: x", False)


async def test_the_words_of_an_app_password_may_be_pasted_as_they_are_shown(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        shop.server.passwords[USER] = "abcdefghijklmnop"
        assert (await shop.mailboxes.test(shop.row(), "abcd efgh ijkl mnop ", pem())).works
        shop.server.passwords[USER] = "four words stay four"
        assert (await shop.mailboxes.test(shop.row(), "four words stay four", pem())).works


async def test_a_letter_is_handed_over_as_a_file_for_the_own_program(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        number = await shop.add()
        content = await shop.mailboxes.eml(
            number, Mail("marta@tienda.example", "Pregunta", token="abcdefghijkl"), "Hola", "k1"
        )
        letter = message_from_bytes(content, policy=policy.default)
        assert letter["Message-ID"] == message_id("k1", USER)
        assert letter["X-Unsent"] == "1"
        assert "[#abcdefghijkl]" in letter["Subject"]


async def test_no_post_goes_to_a_mailbox(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        number = await shop.add()
        await shop.database.write(lambda _session: None)
        shop.services.posts.load()
        with pytest.raises(UserMistake) as raised:
            await shop.services.posts.schedule(PostDraft(parts=("Hola",), accounts=(number,), zone="UTC"), None)
        assert raised.value.message.id == "mail.error.no_posts"


async def test_removed_it_takes_its_secret_along(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        number = await shop.add()
        await shop.services.accounts.remove(number)
        assert shop.secrets.kept == {}
        assert await shop.database.read(mailboxes.mailboxes) == []
        assert await shop.add() == number


async def test_an_account_that_lost_its_secret_is_signed_out(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        shop.secrets.kept.clear()
        number = shop.owe()
        await shop.send()
        account = await shop.database.read(accounts.account, shop.account_id)
        assert account is not None
        assert account.state is AccountState.SIGNED_OUT
        assert shop.item(number).reason


async def test_proposals_name_the_provider_and_what_to_do(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        gmail = shop.mailboxes.proposal(" Lucia@gmail.com ")
        assert (gmail.provider, gmail.row.smtp_host) == ("Gmail", "smtp.gmail.com")
        assert gmail.advice is not None
        assert gmail.page.startswith("https://")
        assert shop.mailboxes.proposal("x@aurora.example").advice is None
        assert provider_name(gmail.row) == "Gmail"
        with pytest.raises(UserMistake):
            shop.mailboxes.proposal("lucia")


async def test_only_its_own_reader_says_that_a_mailbox_was_read(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        await shop.add()
        await shop.services.sync.look_now()
        account = await shop.database.read(accounts.account, shop.account_id)
        assert account is not None
        assert account.checked_at is None


# ---- through the browser


async def test_through_the_browser_the_tokens_are_in_the_keyring_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with TokenServer() as there, mail_shop_in(tmp_path, clock, {"google": there.authority()}) as shop:
        shop.browser = Browser(there).show
        shop.server.tokens[USER] = "made-up-access-1"
        number = shop.account_id = await shop.mailboxes.sign_in_browser(shop.row(), OWN_APP, pem())
        assert (await stored(shop)).sign_in == "xoauth2"
        assert (await stored(shop)).state == "ready"
        kept = shop.secrets.kept[f"test.{number}"]
        assert (kept["provider"], kept["access_token"], kept["refresh_token"]) == (
            "google",
            "made-up-access-1",
            "made-up-refresh-1",
        )
        data = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
        for secret in ("made-up-access", "made-up-refresh", CLIENT_SECRET):
            assert secret.encode() not in data


async def test_signed_in_again_the_app_is_known(tmp_path: Path, clock: FakeClock) -> None:
    async with TokenServer() as there, mail_shop_in(tmp_path, clock, {"google": there.authority()}) as shop:
        shop.browser = Browser(there).show
        shop.server.tokens[USER] = "made-up-access-1"
        number = await shop.mailboxes.sign_in_browser(shop.row(), OWN_APP, pem())
        shop.server.tokens[USER] = "made-up-access-2"
        assert await shop.mailboxes.sign_in_browser(shop.row(), OwnApp("google"), again=number) == number
        with pytest.raises(UserMistake) as raised:
            await shop.mailboxes.sign_in_browser(shop.row(), OwnApp("google", "another"), again=number)
        assert raised.value.field == "client_secret"
        shop.server.passwords[USER] = PASSWORD
        assert await shop.mailboxes.add(shop.row(), PASSWORD, again=number) == number
        assert shop.secrets.kept[f"test.{number}"] == {"password": PASSWORD}


async def test_another_account_chosen_in_the_browser_is_kept_nowhere(tmp_path: Path, clock: FakeClock) -> None:
    async with TokenServer() as there, mail_shop_in(tmp_path, clock, {"google": there.authority()}) as shop:
        shop.browser = Browser(there).show
        with pytest.raises(SignedOut) as raised:
            await shop.mailboxes.sign_in_browser(shop.row(), OWN_APP, pem())
        assert raised.value.message.id == "mail.error.token_refused"
        assert "made-up-access" not in str(raised.value)
        assert shop.secrets.kept == {}
        assert await shop.database.read(accounts.accounts) == []


async def test_no_other_server_is_shown_a_token(tmp_path: Path, clock: FakeClock) -> None:
    async with TokenServer() as there:
        elsewhere = replace(there.authority(), hosts=("smtp.gmail.com",))
        async with mail_shop_in(tmp_path, clock, {"google": elsewhere}) as shop:
            with pytest.raises(UserMistake) as raised:
                await shop.mailboxes.sign_in_browser(shop.row(), OWN_APP, pem())
            assert (raised.value.message.id, raised.value.field) == ("mail.error.other_servers", "smtp_host")
            with pytest.raises(UserMistake) as raised:
                await shop.mailboxes.add_with_tokens(shop.row(), {"refresh_token": "x"}, pem())
            assert raised.value.message.id == "mail.error.nobody_vouches"
            assert shop.server.shown_tokens == []


async def test_tokens_got_elsewhere_are_made_good_first(tmp_path: Path, clock: FakeClock) -> None:
    async with TokenServer() as there, mail_shop_in(tmp_path, clock, {"google": there.authority()}) as shop:
        shop.server.tokens[USER] = "made-up-access-1"
        pasted = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "refresh_token": REFRESH}
        number = await shop.mailboxes.add_with_tokens(shop.row(), pasted, pem())
        assert shop.secrets.kept[f"test.{number}"]["access_token"] == "made-up-access-1"


async def test_an_access_token_alone_is_taken_anywhere(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        shop.server.tokens[USER] = "made-up"
        number = await shop.mailboxes.add_with_tokens(shop.row(), {"access_token": "made-up"}, pem())
        assert shop.secrets.kept[f"test.{number}"] == {"access_token": "made-up"}


async def test_removed_it_is_revoked(tmp_path: Path, clock: FakeClock) -> None:
    async with TokenServer() as there, mail_shop_in(tmp_path, clock, {"google": there.authority()}) as shop:
        shop.browser = Browser(there).show
        shop.server.tokens[USER] = "made-up-access-1"
        number = await shop.mailboxes.sign_in_browser(shop.row(), OWN_APP, pem())
        await shop.services.accounts.remove(number)
        assert there.revoked == ["made-up-refresh-1"]
        assert shop.secrets.kept == {}


async def test_proposals_name_the_browsers_that_may_help(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        ways = {
            address: [(way.id, way.row.smtp_host, way.is_usual) for way in shop.mailboxes.proposal(address).ways]
            for address in (
                "x@gmail.com",
                "x@outlook.com",
                "x@shop.onmicrosoft.com",
                "x@icloud.com",
                "x@aurora.example",
            )
        }
        assert ways == {
            "x@gmail.com": [("google", "smtp.gmail.com", False)],
            "x@outlook.com": [("microsoft", "smtp-mail.outlook.com", True)],
            "x@shop.onmicrosoft.com": [("microsoft", "smtp.office365.com", True)],
            "x@icloud.com": [],
            "x@aurora.example": [
                ("google", "smtp.gmail.com", False),
                ("microsoft", "smtp.office365.com", False),
            ],
        }


def test_the_browser_ends_on_a_page_in_the_user_s_words() -> None:
    async def open_browser(_url: str) -> None: ...

    request = Named(open_browser, lambda said: said.id).request(USER, "id")
    assert (request.handle, request.client_id, request.allowed_page) == (USER, "id", "network.page.allowed")
    assert Named(open_browser).request(USER, "id").denied_page == ""
