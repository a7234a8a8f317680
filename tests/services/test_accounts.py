"""Signing in, again and out: what the rows promise, the keyring holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.models.account import AccountState, Offer
from app.models.outbox import DeliveryState
from app.networks import registry
from app.networks.network import Facts, Limits, OpenBrowser, Profile, SignedIn, SignInRequest
from app.networks.sample.failures import FailureKind, Verb
from app.networks.sample.state import account_key
from app.runtime.errors import CredentialTrouble, KeyringLocked, Offline, UserMistake
from app.services.accounts import missing_abilities, offers_of
from app.store.reading import accounts as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in

SERVER = "https://musica.example"


async def row_of(shop: SmallShop, account_id: int):  # type: ignore[no-untyped-def]
    return await shop.database.read(reading.account, account_id)


async def test_signing_in_with_a_token_keeps_the_secret_and_the_account(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.accounts.sign_in_token(NETWORK, f" {SERVER} ", " token ", handle="nueva")
        row = await row_of(shop, number)
        assert (row.handle, row.server, row.state) == ("@nueva", SERVER, AccountState.READY)
        assert shop.services.connections.key(number) in shop.secrets.kept
        assert (await reading_limits(shop, number)).startswith('{"text": 500')


async def reading_limits(shop: SmallShop, number: int) -> str:
    limits, _ = await shop.database.read(reading.limits_and_facts, number)
    return limits


async def test_signing_in_through_the_browser(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.accounts.sign_in_browser(NETWORK, SERVER)
        assert number == shop.account_id  # the simulated network's first account, and it was here before
        assert (await row_of(shop, number)).state is AccountState.READY


async def test_a_second_sign_in_of_the_same_profile_is_the_same_account(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first = await shop.services.accounts.sign_in_token(NETWORK, SERVER, "uno", handle="nueva")
        again = await shop.services.accounts.sign_in_token(NETWORK, SERVER, "dos", handle="@nueva")
        assert first == again


async def test_signing_in_again_as_somebody_else_is_refused_and_changes_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as trouble:
            await shop.services.accounts.sign_in_token(NETWORK, SERVER, "token", again=shop.account_id, handle="@otra")
        assert trouble.value.message.id == "accounts.other_account"
        assert trouble.value.message.values == {"expected": "@aurora", "got": "@otra"}
        assert shop.secrets.kept == {}
        assert len(await shop.ask(lambda queries: queries.accounts())) == 1


async def test_a_way_that_a_network_does_not_have_is_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        accounts = shop.services.accounts
        for act, sentence in (
            (accounts.sign_in_browser("instagram", ""), "accounts.no_browser_sign_in"),
            (accounts.sign_in_token("instagram", "", "token"), "accounts.no_token_sign_in"),
            (accounts.sign_in_token(NETWORK, SERVER, "  "), "accounts.secret_missing"),
            (accounts.add_by_hand("instagram", " @ "), "accounts.handle_missing"),
        ):
            with pytest.raises(UserMistake) as trouble:
                await act
            assert trouble.value.message.id == sentence


async def test_without_a_place_for_secrets_nobody_is_sent_to_a_browser(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        opened: list[str] = []

        async def sign_in(request: SignInRequest, open_browser: OpenBrowser) -> SignedIn:
            opened.append(request.server)
            raise AssertionError

        card = shop.services.connections.card(NETWORK)
        shop.services.connections._cards = {NETWORK: replace(card, sign_in_browser=sign_in)}

        def locked(_key: str) -> None:
            raise KeyringLocked

        shop.secrets.get = locked  # type: ignore[method-assign,assignment]
        with pytest.raises(KeyringLocked):
            await shop.services.accounts.sign_in_browser(NETWORK, SERVER)
        assert opened == []


async def test_secrets_that_cannot_be_kept_leave_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:

        def locked(_key: str, _secrets: object) -> None:
            raise KeyringLocked

        shop.secrets.set = locked  # type: ignore[method-assign]
        for handle in ("@nueva", "@aurora"):
            with pytest.raises(CredentialTrouble):
                await shop.services.accounts.sign_in_token(NETWORK, SERVER, "token", handle=handle)
        rows = await shop.ask(lambda queries: queries.accounts())
        assert [(row.handle, row.state) for row in rows] == [("@aurora", AccountState.READY)]


async def test_a_server_that_cannot_be_reached_leaves_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:

        async def unreachable(_request: SignInRequest, _secrets: object) -> SignedIn:
            raise Offline

        card = shop.services.connections.card(NETWORK)
        shop.services.connections._cards = {NETWORK: replace(card, sign_in_secret=unreachable)}
        with pytest.raises(Offline):
            await shop.services.accounts.sign_in_token(NETWORK, SERVER, "token")
        assert len(await shop.ask(lambda queries: queries.accounts())) == 1


async def test_removing_revokes_forgets_and_keeps_the_messages(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.accounts.sign_in_token(NETWORK, SERVER, "token", handle="@aurora")
        number = await shop.heard()
        owed = await shop.post("ya no")
        await shop.services.accounts.remove(shop.account_id)
        assert account_key(NETWORK, REMOTE_ID) in shop.server._world.look().signed_out
        assert shop.secrets.kept == {}
        assert await shop.ask(lambda queries: queries.accounts()) == []
        assert (await shop.item(owed)).state is DeliveryState.LET_GO
        assert (await shop.detail(number)).messages[0].text == "¿A qué hora abren?"


async def test_an_unreachable_server_does_not_keep_an_account_from_being_removed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.OFFLINE, verb=Verb.REVOKE)
        with pytest.raises(UserMistake) as trouble:
            await shop.services.accounts.remove(shop.account_id)
        assert trouble.value.message.id == "accounts.removed_not_revoked"
        assert trouble.value.message.values["handle"] == "@aurora"
        assert await shop.ask(lambda queries: queries.accounts()) == []


async def test_a_signed_out_account_is_removed_without_a_word(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.secrets.missing = True
        await shop.services.accounts.remove(shop.account_id)
        assert await shop.ask(lambda queries: queries.accounts()) == []


async def test_a_locked_keyring_keeps_the_account_until_its_token_can_be_forgotten(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:

        def locked(_key: str) -> None:
            raise KeyringLocked

        get, shop.secrets.get = shop.secrets.get, locked  # type: ignore[method-assign,assignment]
        with pytest.raises(KeyringLocked):
            await shop.services.accounts.remove(shop.account_id)
        assert await shop.state() is AccountState.READY
        shop.secrets.get = get  # type: ignore[method-assign]


async def test_an_account_by_hand_needs_no_keyring_at_all(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.accounts.add_by_hand("instagram", "discosaurora")
        row = await row_of(shop, number)
        assert (row.handle, row.state) == ("@discosaurora", AccountState.BY_HAND)

        def locked(_key: str) -> None:
            raise KeyringLocked

        shop.secrets.delete = shop.secrets.get = locked  # type: ignore[method-assign,assignment]
        await shop.services.accounts.remove(number)
        assert len(await shop.ask(lambda queries: queries.accounts())) == 1


async def test_a_removed_account_comes_back_as_itself(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.accounts.remove(shop.account_id)
        number = await shop.services.accounts.sign_in_token(NETWORK, SERVER, "token", handle="@aurora")
        assert number == shop.account_id


async def test_only_who_is_signed_in_can_be_paused_and_only_who_is_paused_goes_on(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        accounts = shop.services.accounts
        await accounts.pause(shop.account_id, paused=True)
        assert await shop.state() is AccountState.PAUSED
        await accounts.pause(shop.account_id, paused=False)
        assert await shop.state() is AccountState.READY
        for state in (AccountState.SIGNED_OUT, AccountState.BY_HAND):
            number = shop.add_account(f"@{state}", state=state)
            for paused in (True, False):
                await accounts.pause(number, paused=paused)
                assert (await row_of(shop, number)).state is state


async def test_an_account_that_never_was_cannot_be_removed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake):
            await shop.services.accounts.remove(99)


async def test_a_vault_is_made_and_opened(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        accounts = shop.services.accounts
        assert not accounts.has_vault
        await accounts.make_vault("una frase larga")
        assert accounts.has_vault
        await accounts.unlock_vault("una frase larga")


async def test_networks_that_can_be_added_are_offered_with_their_ways(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        offered = {choice.id: choice for choice in shop.services.accounts.networks()}
        assert offered["mastodon"].browser
        assert offered["mastodon"].token
        assert offered["mastodon"].asks_server
        assert offered["instagram"].by_hand
        assert offered["x"].callback == "http://127.0.0.1:28617/callback"
        assert offered["x"].secret_fields == ("api_key", "api_key_secret", "access_token", "access_token_secret")
        assert offered["x"].costs


async def test_what_works_on_an_account(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        row = await row_of(shop, shop.account_id)
        offers = shop.services.accounts.offers(row)
        assert {offer for offer, _ in offers.values()} == {Offer.WORKS}
        waiting = offers_of(replace(row, state=AccountState.SIGNED_OUT), shop.services.connections.card(NETWORK))
        assert waiting["publish"][0] is Offer.WAITS
        lacking = offers_of(replace(row, lacks=(("private", "network.bluesky.no_private"),)), shop.services.connections.card(NETWORK))
        assert lacking["private"][0] is Offer.NOT_OFFERED
        assert lacking["private"][1] is not None
        assert (lacking["private"][1].id, lacking["hear"][0]) == ("network.bluesky.no_private", Offer.WORKS)
        x = offers_of(replace(row, network="x"), registry.by_id()["x"])
        assert x["like"][0] is Offer.NOT_OFFERED
        assert x["like"][1] is not None
        by_hand = offers_of(replace(row, state=AccountState.BY_HAND), registry.by_id()["instagram"])
        assert (by_hand["publish"][0], by_hand["hear"][0]) == (Offer.BY_HAND, Offer.NOT_OFFERED)


def test_a_card_that_promises_too_much_is_found_out() -> None:
    card = registry.by_id()["mastodon"]
    assert set(missing_abilities(object(), card)) == set(card.abilities)


async def test_another_servers_account_of_the_same_name_is_another_account(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:

        async def elsewhere(request: SignInRequest, _secrets: object) -> SignedIn:
            limits = Limits(text=5000)
            return SignedIn("https://otra.example", Profile("account-1", "@aurora"), {"access_token": "t"}, limits, shop.server.facts("account-1"))

        card = shop.services.connections.card(NETWORK)
        shop.services.connections._cards = {**shop.services.connections.cards, NETWORK: replace(card, sign_in_secret=elsewhere)}
        number = await shop.services.accounts.sign_in_token(NETWORK, "otra.example", "t")
        assert number != shop.account_id
        assert shop.services.posts.limits(number).text == 5000


async def test_the_id_of_the_users_own_app_is_asked_for_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        asked: list[str] = []
        card = shop.services.connections.card(NETWORK)
        profile = Profile("r1", "@aurora", "Discos Aurora")

        async def sign_in(request: SignInRequest, _open: OpenBrowser) -> SignedIn:
            asked.append(request.client_id)
            return SignedIn(SERVER, profile, {"access_token": "t"}, Limits(), Facts("x", "", {"client_id": request.client_id}))

        shop.services.connections._cards = {NETWORK: replace(card, sign_in_browser=sign_in)}
        number = await shop.services.accounts.sign_in_browser(NETWORK, "", client_id=" my-app ")
        await shop.services.accounts.sign_in_browser(NETWORK, "", again=number)
        await shop.services.accounts.sign_in_browser(NETWORK, "", again=number, client_id="another")
        assert asked == ["my-app", "my-app", "another"]
