"""The user's shortener: its token, its way, and what its trial says."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.links.bitly import SERVER, Bitly
from app.links.shlink import Shlink
from app.models.tracked_link import Quota, Shortener, Trial
from app.runtime.errors import UserMistake
from app.runtime.settings import Links
from app.runtime.words import message
from app.services.link_shortener import open_shortener
from tests.fakes.clock import FakeClock
from tests.fakes.shlink_server import KEY, TOKEN, BitlyServer, ShlinkServer
from tests.services.link_shop import links_in

LONG = "https://discosaurora.mx/marea?utm_content=p1-1"


async def test_without_one_nothing_is_short(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        assert (shop.shortener.chosen, shop.shortener.name, shop.shortener.domain, shop.shortener.expected) == (
            Shortener.NONE,
            "",
            "",
            "",
        )
        assert not await shop.shortener.has_token()
        assert await shop.shortener.try_it() == Trial(message("links.error.none"))


async def test_each_has_its_own_token(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        await shop.use("bitly", "", f"  {TOKEN}\n")
        shop.shop.settings.change(Links, shortener="shlink")
        assert not await shop.shortener.has_token()
        await shop.shortener.set_token(KEY)
        assert shop.shop.secrets.kept == {"test.links.bitly": {"token": TOKEN}, "test.links.shlink": {"token": KEY}}
        await shop.shortener.set_token("")
        assert list(shop.shop.secrets.kept) == ["test.links.bitly"]


@pytest.mark.parametrize("token", ["dos palabras", "ñandú", "x" * 500, "a\u202eb"])
async def test_what_can_be_no_token_is_refused(tmp_path: Path, clock: FakeClock, token: str) -> None:
    async with links_in(tmp_path, clock) as shop:
        shop.shop.settings.change(Links, shortener="bitly")
        with pytest.raises(UserMistake, match=r"links\.error\.no_such_token"):
            await shop.shortener.set_token(token)
        assert shop.shop.secrets.kept == {}


async def test_its_links_are_as_long_as_expected(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop:
        shop.shop.settings.change(Links, shortener="bitly")
        assert shop.shortener.expected == "https://bit.ly/-------"
        shop.shop.settings.change(Links, domain="https://Ir.aurora.mx/")
        assert shop.shortener.expected == "https://ir.aurora.mx/-------"
        shop.shop.settings.change(Links, shortener="shlink", domain="", server="go.aurora.mx/")
        assert shop.shortener.expected == "https://go.aurora.mx/-----"
        shop.shop.settings.change(Links, server="ftp://x")
        assert shop.shortener.expected == ""


async def test_another_address_or_token_is_another_way(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as one, ShlinkServer() as other:
        await shop.use("shlink", one.url)
        first = await shop.shortener.get()
        assert await shop.shortener.get() is first
        await first.make(LONG)
        await shop.use("shlink", other.url)
        await (await shop.shortener.get()).make(LONG)
        assert (len(one.links), len(other.links)) == (1, 1)


async def test_a_trial_tells_quota_and_what_was_made_this_month(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, BitlyServer() as server:
        await shop.use("bitly", server.url, TOKEN, "")
        await shop.shop.services.posts.schedule(shop.draft("https://discosaurora.mx/marea"), None)
        assert await shop.links.try_it() == Trial(None, "bit.ly", Quota(1, 100), 1)
        await shop.links.set_token("another")
        trial = await shop.links.try_it()
        assert trial.trouble is not None
        assert trial.trouble.id == "links.error.token"
        shop.shop.settings.change(Links, shortener="shlink", server="http://example.com")
        await shop.links.set_token(KEY)
        trial = await shop.links.try_it()
        assert trial.trouble is not None
        assert trial.trouble.id == "links.error.unencrypted"


async def test_the_ways_over_the_net(clock: FakeClock) -> None:
    made = open_shortener(Shortener.BITLY, "", "", TOKEN, clock)
    assert isinstance(made, Bitly)
    assert SERVER.startswith("https://")
    await made.close()
    other = open_shortener(Shortener.SHLINK, "go.aurora.mx", "", KEY, clock)
    assert isinstance(other, Shlink)
    await other.close()
