"""The simulated server behind the sample shop: stores, answers and fails as a network would, without any network.

Whatever it did is in its journal before it answers, so a client killed at any moment finds what the server stored. Several
processes may each hold a `SampleServer` on one journal; failures switched on in one strike in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from app.networks.network import Access, Card, Connection, Facts, OpenBrowser, Secrets, SignedIn, SignInRequest
from app.networks.sample.connection import connection_for
from app.networks.sample.failures import DEFAULT_WAIT_SECONDS, ONCE_ONLY, Failure, FailureKind, Verb
from app.networks.sample.journal import Journal
from app.networks.sample.keeping import KeepingWorld
from app.networks.sample.state import HeldPost, Said, Script, ServedAccount, ServedPost, Speaker, account_key, entry
from app.networks.sample.world import digest
from app.runtime.clock import Clock
from app.runtime.errors import Offline, SignedOut, Unsure, UserMistake
from app.runtime.words import Message as Words

T = TypeVar("T")

NEWCOMERS_FOLLOWERS = 120
ACCOUNT_FACT = "account"
"""Name of the fact that tells, on connecting, which account of the simulated network it is."""


class SampleServer:
    """One simulated world with all its networks. `seed` decides what its customers and figures do."""

    def __init__(
        self, state_file: Path, clock: Clock, *, seed: str = "aurora", latency_seconds: float = 0.0, knows_keys: bool = True
    ) -> None:
        """`latency_seconds` passes before each answer, on the clock. Without `knows_keys` what is sent twice stands there twice."""
        self._clock = clock
        self._latency_seconds = latency_seconds
        self._journal = Journal(state_file)
        self._world = KeepingWorld(self._journal, clock, seed, knows_keys=knows_keys)

    # --- connecting

    def connect(self, network: str, account_remote_id: str, card: Card) -> Connection:
        """A connection with the abilities that the network's own card names."""
        return connection_for(self, self._world, network, account_remote_id, card)

    def connection(self, card: Card, remote_id: str, access: Access) -> Connection:  # noqa: ARG002
        """The same in the shape in which services/connections.py asks for it; a simulated network needs no secrets."""
        return self.connect(card.id, remote_id, card)

    def card(self, real: Card) -> Card:
        """The network's own card with nothing but the connection swapped. Where no program can speak to it, it stays as it is."""
        if not real.abilities:
            return real

        def connect(access: Access) -> Connection:
            return self.connect(real.id, access.facts.values.get(ACCOUNT_FACT, ""), real)

        async def sign_in_browser(request: SignInRequest, open_browser: OpenBrowser) -> SignedIn:  # noqa: ARG001
            return await self.sign_in(real, request)

        async def sign_in_secret(request: SignInRequest, secrets: Secrets) -> SignedIn:  # noqa: ARG001
            return await self.sign_in(real, request)

        return replace(real, connect=connect, sign_in_browser=sign_in_browser, sign_in_secret=sign_in_secret)

    async def sign_in(self, real: Card, request: SignInRequest) -> SignedIn:
        """Any handle is welcome; a known one comes back to its own account, and without one the network's first is taken."""
        await self.wait()
        state = self._world.look()
        handle = request.handle.strip().lstrip("@")
        known = [
            account
            for account in state.accounts.values()
            if account.network == real.id and handle in ("", account.handle.lstrip("@"))
        ]
        if known:
            account = known[0]
            self._world.note({"op": "signed_in", "account": account.key})
        elif handle:
            remote_id = f"sample-{digest(real.id, handle)}"
            account = ServedAccount(
                real.id, remote_id, f"@{handle}", handle, NEWCOMERS_FOLLOWERS, 0.5, self._world.now()
            )
            self._world.note(entry("account", account))
        else:
            raise UserMistake(Words("sample.handle_needed"), field="handle")
        for failure in list(self._world.look().failures.values()):
            if failure.kind is FailureKind.SIGNED_OUT and failure.account == account.key:
                self.mend(failure.id)
        return SignedIn(
            server=request.server,
            profile=self._world.profile(account.key),
            secrets={ACCOUNT_FACT: account.remote_id},
            limits=real.limits,
            facts=self.facts(account.remote_id),
        )

    def facts(self, account_remote_id: str) -> Facts:
        """What must be stored with an account for `card(...).connect` to find it again."""
        return Facts(software="sample", version="1", values={ACCOUNT_FACT: account_remote_id})

    # --- stocking

    def begin_anew(self) -> None:
        """Forget the world. Raises OSError where the file cannot be removed."""
        self._journal.remove()

    def stock(
        self,
        accounts: Iterable[ServedAccount] = (),
        posts: Iterable[ServedPost] = (),
        said: Iterable[Said] = (),
        doubtful: Iterable[str] = (),
        script: Script | None = None,
    ) -> None:
        """Fill the world with what happened before: one write, however much it is."""
        happened: list[ServedPost | Said] = sorted([*posts, *said], key=lambda one: one.at)
        self._world.note(
            *(entry("account", account) for account in accounts),
            *(entry("said" if isinstance(one, Said) else "post", one) for one in happened),
            *({"op": "doubtful", "key": key} for key in doubtful),
            *((entry("script", script),) if script is not None else ()),
        )

    def open_earlier(self, minutes: int) -> None:
        """As if somebody had looked for so long already: its customers have written meanwhile. Nothing where none write."""
        script = self._world.look().script
        if script is not None:
            self._world.note(entry("script", replace(script, opened_at=script.opened_at - minutes * 60_000)))

    def say(self, network: str, account_remote_id: str, said: Said) -> None:
        """A customer writes what a test wants them to write, ids and all."""
        self._world.note(entry("said", replace(said, account=account_key(network, account_remote_id))))

    def write(self, network: str, account_remote_id: str, speaker: Speaker, text: str, reply_to: str = "") -> str:
        """A customer writes now, on their own or in answer to something there; answers the message's id."""
        return self._world.write(account_key(network, account_remote_id), speaker, text, reply_to).id

    def take_down(self, network: str, account_remote_id: str, remote_id: str) -> None:
        """A post of ours or a message disappears at the network."""
        self._world.note({"op": "gone", "account": account_key(network, account_remote_id), "id": remote_id})

    def ignore_scheduling(self, network: str, account_remote_id: str) -> None:
        """Its server turns out to know no scheduling: what it is asked to keep it publishes at once."""
        self._world.note({"op": "holds_nothing", "account": account_key(network, account_remote_id)})

    # --- failing

    def fail(
        self,
        kind: FailureKind,
        *,
        network: str = "",
        account_remote_id: str = "",
        verb: Verb | None = None,
        lasting: bool = False,
        seconds: int = DEFAULT_WAIT_SECONDS,
    ) -> str:
        """Switch a failure on, once or lasting, for one account or all; answers its id for `mend`."""
        account = account_key(network, account_remote_id) if account_remote_id else ""
        name = f"failure-{self._world.look().entries}"
        self._world.note(entry("failure", Failure(name, kind, account, verb or "", lasting, seconds)))
        return name

    def mend(self, failure_id: str = "") -> None:
        """Switch one failure off, or all of them."""
        names = [failure_id] if failure_id else list(self._world.look().failures)
        self._world.note(*({"op": "mended", "id": name} for name in names))

    def failures(self) -> list[Failure]:
        """Those that are switched on."""
        return list(self._world.look().failures.values())

    # --- looking, for tests and for the pictures of what is where

    def published(self, network: str, account_remote_id: str) -> list[ServedPost]:
        """All that an account published, oldest first."""
        key = account_key(network, account_remote_id)
        self._world.let_held_out()
        ours = [post for (owner, _), post in self._world.look().posts.items() if owner == key]
        return sorted(ours, key=lambda post: post.at)

    def holds(self, network: str, account_remote_id: str) -> list[HeldPost]:
        """What the server keeps for an account until its time."""
        self._world.let_held_out()
        key = account_key(network, account_remote_id)
        return [post for (owner, _), post in self._world.look().held.items() if owner == key]

    def has_act(self, network: str, account_remote_id: str, act: str, remote_id: str) -> bool:
        """Whether the account likes ("like") or boosts ("boost") it."""
        return (account_key(network, account_remote_id), act, remote_id) in self._world.look().acts

    def end_of_messages(self, network: str, account_remote_id: str) -> str:
        """The cursor behind everything said so far."""
        return str(len(self._world.look().stream[account_key(network, account_remote_id)]))

    # --- asked by connections

    async def ask(self, account: str, verb: Verb, work: Callable[[], T]) -> T:
        """One request: it takes its time, may be struck by a failure, and answers."""
        await self.wait()
        try:
            failure = self._struck_by(account, verb)
            if failure is None or failure.kind is FailureKind.ANSWER_LOST:
                self._let_in(account, verb)
                self._world.let_held_out()
                answer = work()
        except OSError as error:
            trouble = Unsure if verb in ONCE_ONLY else Offline
            raise trouble(technical=f"sample server: {error}") from error
        if failure is not None:
            raise failure.error(verb, self._clock.now())
        return answer

    # --- within

    def _struck_by(self, account: str, verb: Verb) -> Failure | None:
        """The first failure that is meant for this request; one that strikes once is spent by it."""
        failure = next((one for one in self._world.look().failures.values() if one.strikes(account, verb)), None)
        if failure is not None and not failure.lasting:
            self._world.note({"op": "mended", "id": failure.id})
        return failure

    def _let_in(self, account: str, verb: Verb) -> None:
        """A token that is worth nothing already may still be revoked."""
        state = self._world.look()
        if account not in state.accounts or (account in state.signed_out and verb is not Verb.REVOKE):
            raise SignedOut(technical=f"sample server: no sign-in for {account}")

    async def wait(self) -> None:
        if self._latency_seconds > 0:
            await self._clock.sleep(self._latency_seconds)
