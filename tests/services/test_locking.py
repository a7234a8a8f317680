"""The window's passphrase: kept as a slow, salted hash in the keyring, compared, changed, taken off; wrong ones cost ever more time."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from app.runtime.credentials import KeyringCredentials
from app.runtime.errors import CredentialTrouble, KeyringLocked, NoKeyring, UserMistake
from app.runtime.settings import Settings
from app.runtime.words import message
from app.services.locking import GREATEST_N, LEAST_N, LONGEST_WAIT, RECORD, SCRYPT_N, Locking, LockKey, wait_after
from tests.fakes.clock import FakeClock
from tests.fakes.keyring import MemoryKeyring

RIGHT, WRONG = "nadie pasa", "todos pasan"


class Shop:
    """A profile with a keyring; `again` is the program started anew."""

    def __init__(self, clock: FakeClock) -> None:
        self.stored: dict[str, str] = {}
        self.settings = Settings(dict, lambda *_kept: None)
        self.ring = MemoryKeyring()
        self.clock = clock
        self.key = LockKey(lambda: KeyringCredentials(lambda _secret: None, self.ring), "p1", cost=LEAST_N)

    def again(self, *, keeps: bool = True) -> Locking:
        async def keep(text: str) -> None:
            self.stored["lock"] = text

        settings = Settings(lambda: self.stored, lambda *_kept: None)
        return Locking(settings, self.clock, self.key, keep=keep if keeps else None)


@pytest.fixture
def shop(clock: FakeClock) -> Shop:
    return Shop(clock)


async def refused(locking: Locking, passphrase: str) -> str:
    with pytest.raises(UserMistake) as caught:
        await locking.unlock(passphrase)
    return caught.value.message.id


async def test_the_passphrase_opens_and_no_other_does(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    locking = shop.again()
    assert locking.is_set
    assert await locking.unlock(RIGHT)
    assert await refused(locking, WRONG) == "lock.wrong"
    assert await refused(locking, "") == "lock.wrong"
    assert await locking.unlock(RIGHT)
    assert await refused(locking, RIGHT.upper()) == "lock.wrong"


async def test_the_same_letters_composed_otherwise_open_too(shop: Shop) -> None:
    await shop.again().choose("contraseña")
    assert await shop.again().unlock("contrasen\u0303a")


async def test_the_keyring_holds_a_salted_hash_and_the_settings_hold_nothing_of_it(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    first = dict(shop.ring.entries)
    assert all(username.startswith("p1.lock") for _service, username in first)
    await shop.again().choose(RIGHT, RIGHT)
    kept = "".join([*shop.ring.entries.values(), *first.values(), *shop.stored.values()])
    assert RIGHT not in kept
    hashes = {json.loads(value)["hash"] for value in (*first.values(), *shop.ring.entries.values()) if "hash" in value}
    assert len(hashes) == 2, "the same passphrase, another salt"
    assert not any(each in "".join(shop.stored.values()) for each in hashes)
    assert json.loads(shop.stored["lock"])["values"]["on"] is True


def test_one_try_costs_as_much_as_with_the_vault() -> None:
    assert SCRYPT_N >= 2**17


async def test_a_short_one_is_a_mistake_and_changes_nothing(shop: Shop) -> None:
    with pytest.raises(UserMistake) as caught:
        await shop.again().choose("corta")
    assert caught.value.message == message("lock.short", n=6)
    assert not shop.again().is_set
    assert shop.ring.entries == {}


async def test_changing_it_and_doing_without_ask_for_the_present_one(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    with pytest.raises(UserMistake) as caught:
        await shop.again().choose("una nueva", WRONG)
    assert caught.value.field == "current"
    with pytest.raises(UserMistake):
        await shop.again().turn_off("una nueva")
    await shop.again().choose("una nueva", RIGHT)
    assert await refused(shop.again(), RIGHT) == "lock.wrong"
    await shop.again().turn_off("una nueva")
    assert shop.ring.entries == {}
    assert not shop.again().is_set


async def test_wrong_ones_cost_ever_more_time_also_after_a_new_start(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    for _ in range(2):
        assert await refused(shop.again(), WRONG) == "lock.wrong"
    assert await refused(shop.again(), WRONG) == "lock.wrong_wait"
    assert shop.again().wait_seconds() == 5
    assert await refused(shop.again(), RIGHT) == "lock.wait", "the right one waits too"
    shop.clock.advance(4.5)
    assert shop.again().wait_seconds() == 1
    shop.clock.advance(0.5)
    assert await refused(shop.again(), WRONG) == "lock.wrong_wait"
    assert shop.again().wait_seconds() == 10
    shop.clock.advance(10)
    assert await shop.again().unlock(RIGHT)
    assert shop.again().wait_seconds() == 0
    assert await refused(shop.again(), WRONG) == "lock.wrong", "it begins anew"


async def test_where_settings_cannot_be_written_the_wait_is_this_process_own(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    locking = shop.again(keeps=False)
    before = dict(shop.stored)
    for _ in range(3):
        await refused(locking, WRONG)
    assert locking.wait_seconds() == 5
    assert shop.stored == before


async def test_a_clock_that_was_set_back_makes_no_wait_longer(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    for _ in range(3):
        await refused(shop.again(), WRONG)
    shop.clock.set_wall(shop.clock.now() - timedelta(days=30))
    assert shop.again().wait_seconds() == 5


@pytest.mark.parametrize(("wrong", "seconds"), [(0, 0), (2, 0), (3, 5), (4, 10), (9, 320), (11, 900), (10_000, 900)])
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(wrong: int, seconds: int) -> None:
    assert wait_after(wrong) == timedelta(seconds=seconds) <= LONGEST_WAIT


async def test_where_there_is_no_keyring_it_says_so_and_sets_nothing(shop: Shop) -> None:
    def nowhere() -> KeyringCredentials:
        raise NoKeyring

    locking = Locking(shop.settings, shop.clock, LockKey(nowhere, "p1", cost=LEAST_N))
    why = await locking.why_not()
    assert why == message("lock.no_ring", install="gnome-keyring")
    with pytest.raises(NoKeyring):
        await locking.choose(RIGHT)
    assert not locking.is_set


async def test_a_locked_keyring_keeps_it_shut(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    shop.ring.is_locked = True
    with pytest.raises(KeyringLocked):
        await shop.again().unlock(RIGHT)
    assert shop.again().is_set


async def test_a_keyring_that_lost_it_opens_and_the_window_will_tell(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    shop.ring.entries.clear()
    assert await shop.again().unlock(WRONG) is False
    assert not shop.again().is_set
    assert json.loads(shop.stored["lock"])["values"]["taken_off_at"] == shop.clock.now().isoformat()


@pytest.mark.parametrize("n", [2, LEAST_N // 2, GREATEST_N * 2])
async def test_an_entry_of_another_form_opens_nothing(shop: Shop, n: int) -> None:
    ring = KeyringCredentials(lambda _secret: None, shop.ring)
    await shop.again().choose(RIGHT)
    kept = json.loads((ring.get("p1.lock") or {})[RECORD])
    for broken in (json.dumps({**kept, "n": n}), json.dumps({**kept, "version": 9}), "{}", "no soy nada"):
        ring.set("p1.lock", {RECORD: broken})
        with pytest.raises(CredentialTrouble):
            await shop.again().unlock(RIGHT)


async def test_removing_it_needs_no_passphrase_and_leaves_a_note(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    assert await shop.again().remove()
    assert shop.ring.entries == {}
    assert not shop.again().is_set
    assert json.loads(shop.stored["lock"])["values"]["taken_off_at"]
    assert not await shop.again().remove(), "there is none any more"


async def test_removing_it_works_where_the_keyring_is_what_was_lost(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    shop.ring.is_locked = True
    assert await shop.again().remove()
    assert not shop.again().is_set


async def test_forgetting_everything_takes_its_entry_along(shop: Shop) -> None:
    await shop.again().choose(RIGHT)
    await shop.again().forget()
    assert shop.ring.entries == {}


async def test_the_sample_shop_has_none(shop: Shop) -> None:
    locking = Locking(shop.settings, shop.clock, None)
    assert await locking.why_not() == message("lock.not_here")
    with pytest.raises(UserMistake):
        await locking.choose(RIGHT)
    assert await locking.unlock(RIGHT) is False
    assert not await locking.remove()
    await locking.forget()
