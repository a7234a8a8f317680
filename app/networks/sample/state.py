"""What the simulated server holds: accounts, posts, messages, likes and switched failures, folded from its journal's entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from app.networks.sample.failures import Failure, FailureKind
from app.networks.sample.journal import Entry


@dataclass(frozen=True, slots=True)
class ServedAccount:
    """One of our accounts as the server knows it. `at` is UTC milliseconds."""

    network: str
    remote_id: str
    handle: str
    name: str
    followers: int
    followers_a_day: float
    at: int

    @property
    def key(self) -> str:
        return account_key(self.network, self.remote_id)


@dataclass(frozen=True, slots=True)
class ServedPost:
    """A post or reply of ours that the server stored. `figures` are (likes, reposts, replies, quotes) as they stood at `measured_at`."""

    account: str
    id: str
    key: str
    text: str
    at: int
    reply_to: str = ""
    visibility: str = "public"
    language: str = ""
    media: tuple[str, ...] = ()
    figures: tuple[int, int, int, int] | None = None
    """None for what was published through the program: it grows from nothing."""
    measured_at: int = 0


@dataclass(frozen=True, slots=True)
class Speaker:
    """A customer on one network."""

    network: str
    id: str
    handle: str
    name: str
    language: str
    followers: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a customer. `thread` keeps a conversation together; `under` is the id of our post it stands under."""

    account: str
    id: str
    kind: str
    speaker: Speaker
    text: str
    at: int
    thread: str
    under: str = ""
    reply_to: str = ""
    visibility: str = "public"


@dataclass(frozen=True, slots=True)
class Script:
    """What customers may say while the program runs: texts by occasion (mention, private, comment, thanks) and language."""

    seed: str
    opened_at: int
    speakers: tuple[Speaker, ...]
    lines: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that the server keeps until `at` (UTC milliseconds)."""

    account: str
    id: str
    key: str
    text: str
    at: int
    visibility: str = "public"
    language: str = ""
    media: tuple[str, ...] = ()


def account_key(network: str, remote_id: str) -> str:
    return f"{network}:{remote_id}"


@dataclass(slots=True)
class State:
    """The fold. `apply` is the only thing that changes it, so every process that reads the journal holds the same."""

    accounts: dict[str, ServedAccount] = field(default_factory=dict)
    posts: dict[tuple[str, str], ServedPost] = field(default_factory=dict)
    by_key: dict[tuple[str, str], ServedPost] = field(default_factory=dict)
    stream: dict[str, list[Said | ServedPost]] = field(default_factory=lambda: defaultdict(list))
    """By account, in the order of arrival: what customers said and our replies to them. A cursor is a place in such a list."""
    threads: dict[tuple[str, str], str] = field(default_factory=dict)
    """(account, id of a reply of ours) -> the thread it stands in."""
    by_id: dict[tuple[str, str], Said] = field(default_factory=dict)
    acts: set[tuple[str, str, str]] = field(default_factory=set)
    """(account, "like" or "boost", id of the message or post)."""
    media: set[tuple[str, str]] = field(default_factory=set)
    gone: set[tuple[str, str]] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    """Keys of posts that the server cannot tell about: two alike stand on the timeline."""
    signed_out: set[str] = field(default_factory=set)
    failures: dict[str, Failure] = field(default_factory=dict)
    script: Script | None = None
    held: dict[tuple[str, str], HeldPost] = field(default_factory=dict)
    holds_nothing: set[str] = field(default_factory=set)
    """Accounts whose server does not know scheduling and publishes at once."""
    visited: tuple[int, int] = (0, 0)
    """(number, UTC milliseconds) of the last customer who came by."""
    entries: int = 0

    def apply(self, entry: Entry) -> None:
        """Entries of an unknown kind are left alone: a newer program wrote them."""
        self.entries += 1
        fields = {name: value for name, value in entry.items() if name != "op"}
        take = _TAKERS.get(entry["op"])
        if take is not None:
            take(self, fields)

    def thread_of(self, account: str, remote_id: str) -> str:
        """The conversation in which a message or a reply of ours stands; empty for our posts and what is unknown."""
        said = self.by_id.get((account, remote_id))
        return said.thread if said is not None else self.threads.get((account, remote_id), "")

    def answers_to(self, account: str, remote_id: str) -> int:
        """How many messages of customers answer it."""
        return sum(isinstance(one, Said) and one.reply_to == remote_id for one in self.stream[account])

    def latest_post(self, account: str) -> ServedPost | None:
        """The newest of ours that is not a reply."""
        ours = [post for (owner, _), post in self.posts.items() if owner == account and not post.reply_to]
        return max(ours, key=lambda post: (post.at, post.id), default=None)


def entry(op: str, thing: ServedAccount | ServedPost | HeldPost | Said | Failure | Script) -> Entry:
    """The journal's form of one of the above."""
    return {"op": op, **asdict(thing)}


def _take_account(state: State, fields: dict[str, Any]) -> None:
    account = ServedAccount(**fields)
    state.accounts[account.key] = account
    state.signed_out.discard(account.key)


def _take_post(state: State, fields: dict[str, Any]) -> None:
    figures = fields.get("figures")
    post = ServedPost(**{**fields, "media": tuple(fields["media"]), "figures": tuple(figures) if figures else None})
    # Two processes may have stored the same key: the first entry is the one that counts.
    if state.by_key.setdefault((post.account, post.key), post) is post:
        state.posts[post.account, post.id] = post
        thread = state.thread_of(post.account, post.reply_to) if post.reply_to else ""
        if thread:
            state.threads[post.account, post.id] = thread
            state.stream[post.account].append(post)


def _take_said(state: State, fields: dict[str, Any]) -> None:
    said = Said(**{**fields, "speaker": Speaker(**fields["speaker"])})
    if state.by_id.setdefault((said.account, said.id), said) is said:
        state.stream[said.account].append(said)


def _take_script(state: State, fields: dict[str, Any]) -> None:
    state.script = Script(
        seed=fields["seed"],
        opened_at=fields["opened_at"],
        speakers=tuple(Speaker(**speaker) for speaker in fields["speakers"]),
        lines={
            occasion: {language: tuple(texts) for language, texts in by_language.items()}
            for occasion, by_language in fields["lines"].items()
        },
    )
    state.visited = (0, fields["opened_at"])


def _take_visited(state: State, fields: dict[str, Any]) -> None:
    state.visited = max(state.visited, (fields["number"], fields["at"]))


def _take_held(state: State, fields: dict[str, Any]) -> None:
    post = HeldPost(**{**fields, "media": tuple(fields["media"])})
    state.held[post.account, post.id] = post


def _take_held_gone(state: State, fields: dict[str, Any]) -> None:
    state.held.pop((fields["account"], fields["id"]), None)


def _take_act(state: State, fields: dict[str, Any]) -> None:
    act = (fields["account"], fields["act"], fields["id"])
    if fields["done"]:
        state.acts.add(act)
    else:
        state.acts.discard(act)


def _take_failure(state: State, fields: dict[str, Any]) -> None:
    failure = Failure(**{**fields, "kind": FailureKind(fields["kind"])})
    state.failures[failure.id] = failure


def _take_mended(state: State, fields: dict[str, Any]) -> None:
    state.failures.pop(fields["id"], None)


_TAKERS: Mapping[str, Callable[[State, dict[str, Any]], None]] = {
    "account": _take_account,
    "post": _take_post,
    "said": _take_said,
    "script": _take_script,
    "visited": _take_visited,
    "act": _take_act,
    "failure": _take_failure,
    "mended": _take_mended,
    "held": _take_held,
    "held_gone": _take_held_gone,
    "holds_nothing": lambda state, fields: state.holds_nothing.add(fields["account"]),
    "media": lambda state, fields: state.media.add((fields["account"], fields["id"])),
    "gone": lambda state, fields: state.gone.add((fields["account"], fields["id"])),
    "doubtful": lambda state, fields: state.doubtful.add(fields["key"]),
    "signed_out": lambda state, fields: state.signed_out.add(fields["account"]),
    "signed_in": lambda state, fields: state.signed_out.discard(fields["account"]),
}
