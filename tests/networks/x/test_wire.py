"""One call: paid before, authorised in both ways, renewed once, and judged."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from app.networks.outgoing import Found, Outgoing
from app.networks.x.wire import kind_of
from app.runtime.clock import to_ms
from app.runtime.errors import DiskFull, Offline, PaymentNeeded, RateLimited, Refused, SignedOut, Unsure
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.x.conftest import Opening
from tests.networks.x.rig import TOKENS, open_connection
from tests.networks.x.server import CLIENT_ID, KEYS, LOST, XOfTests, recorded


class FakePurse:
    """Remembers what was set aside and settled; refuses beyond `allowed` calls."""

    def __init__(self, allowed: int = 1000) -> None:
        self.reserved: list[tuple[str, int]] = []
        self.settled: dict[int, int] = {}
        self.allowed = allowed
        self.broken = False

    async def reserve(self, item: str, most: int = 1) -> int:
        if len(self.reserved) >= self.allowed:
            raise PaymentNeeded()
        self.reserved.append((item, most))
        return len(self.reserved)

    async def settle(self, reservation: int, used: int) -> None:
        if self.broken:
            raise DiskFull()
        self.settled[reservation] = used

    def charged(self) -> dict[str, int]:
        """Units by item, as the meter would have them: what is not settled in full."""
        found: dict[str, int] = {}
        for number, (item, most) in enumerate(self.reserved, 1):
            found[item] = found.get(item, 0) + self.settled.get(number, most)
        return {item: units for item, units in found.items() if units}


def a_post(text: str = "Llegó el disco nuevo") -> Outgoing:
    return Outgoing(key=text, text=text)


# --- tokens


async def test_an_access_token_that_ended_is_renewed_before_it_is_used(clock: FakeClock) -> None:
    server = XOfTests(clock)
    await server.start()
    ended = {**TOKENS, "access_token": "old", "expires_at": str(to_ms(clock.now() + timedelta(seconds=30)))}
    connection, keeper = open_connection(server, ended)
    await connection.profile()
    assert keeper.renewals == 1
    assert [request.headers["authorization"] for request in server.http.asked("GET", "/2/users/me")] == [
        "Bearer made-up-access-1"
    ]
    assert keeper.secrets["refresh_token"] == "made-up-refresh-1"
    assert keeper.secrets["client_id"] == CLIENT_ID
    assert int(keeper.secrets["expires_at"]) == to_ms(clock.now()) + 7_200_000
    await connection.close()
    await server.stop()


async def test_a_token_that_the_server_ended_early_is_renewed_once_and_the_call_made_again(clock: FakeClock) -> None:
    server = XOfTests(clock)
    await server.start()
    connection, keeper = open_connection(server)
    server.access.clear()
    sent = await connection.publish(a_post())
    assert [post["id"] for post in server.ours] == [sent.remote_id]
    assert keeper.renewals == 1
    await connection.close()
    await server.stop()


async def test_calls_at_the_same_time_renew_once(clock: FakeClock) -> None:
    server = XOfTests(clock)
    await server.start()
    connection, keeper = open_connection(server)
    server.access.clear()
    turn = asyncio.Lock()
    exchange = keeper.renew

    async def one_by_one(spent: dict[str, str], ask: object) -> object:
        async with turn:
            return await exchange(spent, ask)  # type: ignore[arg-type]

    keeper.renew = one_by_one  # type: ignore[method-assign, assignment]
    await asyncio.gather(connection.profile(), connection.profile(), connection.figures([]))
    assert server.refreshes == ["made-up-refresh"]
    await connection.close()
    await server.stop()


async def test_a_refresh_token_that_is_spent_means_signed_out(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.access.clear()
        server.refresh.clear()
        with pytest.raises(SignedOut):
            await connection.publish(a_post())
        assert server.ours == []


async def test_trouble_while_renewing_is_no_sign_out(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.access.clear()
        server.http.on("POST", "/2/oauth2/token", Reply(503, body=b"busy"))
        with pytest.raises(Offline):
            await connection.publish(a_post())
        server.http.on("POST", "/2/oauth2/token", Reply(403, body=b"<h1>blocked</h1>"))
        with pytest.raises(Offline):
            await connection.publish(a_post())


async def test_four_keys_sign_each_request_anew(opening: Opening, clock: FakeClock) -> None:
    async with opening(secrets=KEYS) as (server, connection):
        server.skew = timedelta(hours=1)
        await connection.profile()
        await connection.publish(a_post("á é & + %"))
        await connection.figures(["12345"])
        first, *_, last = server.http.requests
        assert first.headers["authorization"].startswith("OAuth oauth_consumer_key=")
        # A clock that is wrong signs by the server's.
        late = str(int((clock.now() + timedelta(hours=1)).timestamp()))
        assert f'oauth_timestamp="{late}"' in last.headers["authorization"]
        server.token_ok = False
        with pytest.raises(SignedOut):
            await connection.profile()


async def test_no_secret_reaches_the_log_or_an_error(opening: Opening, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for secrets in (TOKENS, KEYS):
        async with opening(secrets=secrets) as (server, connection):
            words = " ".join(value for name, value in secrets.items() if name != "client_id")
            server.faults.append((False, Reply(403, {"detail": f"no: {words}", "title": "Forbidden"})))
            with pytest.raises(Refused) as caught:
                await connection.publish(a_post())
            told = f"{caught.value} {caught.value.reason.values} {caplog.text}"
            assert not [value for name, value in secrets.items() if name != "client_id" and value in told]


# --- money


async def test_the_highest_price_is_set_aside_before_the_call_and_settled_after(opening: Opening) -> None:
    purse = FakePurse()
    async with opening(purse=purse) as (server, connection):
        await connection.publish(a_post("Sin enlace"))
        await connection.publish(a_post("Con enlace discos.example/nuevo y aurora.mx"))
        assert purse.reserved == [("post", 1), ("post_with_link", 1)]
        server.say("301", "¿Hay en vinilo?")
        async for _ in connection.messages(""):
            pass
        await connection.profile()
        assert purse.charged() == +server.charged


async def test_a_piece_is_counted_once_a_day(opening: Opening, clock: FakeClock) -> None:
    purse = FakePurse()
    async with opening(purse=purse) as (server, connection):
        for _ in range(3):
            await connection.profile()
        assert purse.charged() == {"person_read": 1}
        clock.advance(timedelta(days=1))
        await connection.profile()
        assert purse.charged() == {"person_read": 2} == +server.charged


async def test_what_is_refused_or_never_left_costs_nothing(opening: Opening, clock: FakeClock) -> None:
    purse = FakePurse()
    async with opening(purse=purse) as (server, connection):
        server.faults.append((False, Reply(403, recorded("not_permitted"))))
        with pytest.raises(Refused):
            await connection.publish(a_post())
        server.limited = Reply(
            429, recorded("too_many"), headers={"x-rate-limit-reset": str(int(clock.now().timestamp()) + 60)}
        )
        with pytest.raises(RateLimited):
            await connection.profile()
        server.limited = Reply(502, body=b"")
        with pytest.raises(Offline):
            await connection.figures(["5"])
        await server.stop()
        with pytest.raises(Offline):
            await connection.publish(a_post())
        assert len(purse.settled) == 4
        assert purse.charged() == {}


async def test_what_may_have_been_done_counts_in_full(opening: Opening) -> None:
    purse = FakePurse()
    async with opening(purse=purse) as (server, connection):
        server.faults += [(True, LOST), (False, Reply(500, {"title": "Internal"}))]
        for text in ("Uno", "Dos"):
            with pytest.raises(Unsure):
                await connection.publish(a_post(text))
        assert purse.charged() == {"post": 2}


async def test_a_call_that_does_not_fit_is_not_made(opening: Opening) -> None:
    purse = FakePurse(allowed=1)
    async with opening(purse=purse) as (server, connection):
        with pytest.raises(PaymentNeeded):
            async for _ in connection.search("vinilo", ""):
                pass
        assert server.http.requests == []
        assert purse.settled == {1: 0}  # the other half of the price was set aside first, and given back


async def test_a_disk_that_is_full_does_not_hide_the_networks_answer(
    opening: Opening, expected_log: list[logging.LogRecord]
) -> None:
    purse = FakePurse()
    purse.broken = True
    async with opening(purse=purse) as (server, connection):
        sent = await connection.publish(a_post())
        assert sent.remote_id == server.ours[0]["id"]
        assert "stays in full" in expected_log[0].getMessage()


# --- limits of the server


async def test_one_kind_of_call_that_is_used_up_does_not_hold_up_the_others(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        soon = str(int(clock.now().timestamp()) + 600)
        server.headers = {"x-rate-limit-limit": "75", "x-rate-limit-remaining": "0", "x-rate-limit-reset": soon}
        await connection.profile()
        with pytest.raises(RateLimited) as caught:
            await connection.profile()
        assert caught.value.until - clock.now() == timedelta(seconds=600)
        assert len(server.http.requests) == 1
        assert await connection.find_mine(a_post(), clock.now()) is Found.NOT_THERE


async def test_a_day_that_is_used_up_is_waited_for(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        tomorrow = str(int((clock.now() + timedelta(hours=20)).timestamp()))
        spent = {
            "x-user-limit-24hour-limit": "100",
            "x-user-limit-24hour-remaining": "0",
            "x-user-limit-24hour-reset": tomorrow,
        }
        server.faults.append(
            (False, Reply(429, recorded("too_many"), headers={**spent, "x-rate-limit-remaining": "90"}))
        )
        with pytest.raises(RateLimited) as caught:
            await connection.publish(a_post())
        assert caught.value.until - clock.now() == timedelta(hours=20)


def test_kinds_of_calls_are_named_without_ids() -> None:
    assert kind_of("GET", "/2/users/2244994945/mentions") == "GET 2/users/mentions"
    assert kind_of("GET", "/2/users/2244994945/tweets") == "GET 2/users/tweets"
    assert kind_of("DELETE", "/2/tweets/1990") == "DELETE 2/tweets"
