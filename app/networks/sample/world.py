"""What the simulated server does when asked: stores, finds, lists and counts; it knows neither failures nor latency."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.models.message import MessageKind, Visibility
from app.networks.network import Figures, Incoming, Page, Person, Profile
from app.networks.outgoing import Found, Outgoing, Sent, Upload
from app.networks.sample.customers import arrivals
from app.networks.sample.growth import figures_of, followers_of, impressions_of
from app.networks.sample.journal import Entry, Journal
from app.networks.sample.state import Said, ServedAccount, ServedPost, Speaker, State, entry
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.errors import Refused
from app.runtime.words import Message as Words

PAGE = 40
FIRST_READING = timedelta(days=28)
FIRST_READING_AT_MOST = 400


class World:
    """The state of a journal and the requests that read and change it. Accounts are named by `account_key`."""

    def __init__(self, journal: Journal, clock: Clock, seed: str, *, knows_keys: bool = True) -> None:
        self._knows_keys = knows_keys
        self._journal = journal
        self.clock = clock
        self._seed = seed
        self._state = State()

    def now(self) -> int:
        return to_ms(self.clock.now())

    def look(self) -> State:
        """The world as all processes left it."""
        anew, news = self._journal.news()
        if anew:
            self._state = State()
        for item in news:
            self._state.apply(item)
        return self._state

    def note(self, *entries: Entry) -> None:
        """Only what is on the disk has happened."""
        if entries:
            self._journal.append(entries)
            self.look()

    # --- requests

    def profile(self, account: str) -> Profile:
        """Who the account is."""
        served = self.look().accounts[account]
        posts = sum(owner == account for owner, _ in self._state.posts)
        return Profile(
            remote_id=served.remote_id,
            handle=served.handle,
            name=served.name,
            url=self._address(served, ""),
            followers=followers_of(served, self.now()),
            following=180,
            posts=posts,
        )

    def upload(self, account: str, picture: Upload) -> str:
        """Keeps no picture, only that it came."""
        name = f"media-{digest(account, hashlib.sha256(picture.data).hexdigest(), picture.alt)}"
        self.note({"op": "media", "account": account, "id": name})
        return name

    def write(self, account: str, speaker: Speaker, text: str, reply_to: str) -> Said:
        """A customer writes now: about nothing in particular, or under a post or reply of ours, or further in a conversation."""
        state = self.look()
        name = f"said-{digest(account, speaker.id, text, str(state.entries))}"
        thread = state.thread_of(account, reply_to) if reply_to else ""
        under = reply_to if (account, reply_to) in state.posts and not thread else ""
        if thread:
            # As deep as the conversation itself stands.
            under = next(
                (one.under for one in state.stream[account] if isinstance(one, Said) and one.thread == thread), ""
            )
        kind = MessageKind.REPLY if reply_to else MessageKind.MENTION
        key = thread or f"{under or name}:{speaker.id}"
        said = Said(account, name, kind, speaker, text, self.now(), key, under, reply_to)
        self.note(entry("said", said))
        return said

    def publish(self, account: str, part: Outgoing) -> Sent:
        """Stores a key once, whoever asks how often; a server that knows no keys stores it as often as it is asked."""
        state = self.look()
        known = state.by_key.get((account, part.key))
        if known is None or not self._knows_keys:
            self.check(state, account, part)
            key = part.key if known is None else f"{part.key} again {state.entries}"
            self.note(
                entry(
                    "post",
                    ServedPost(
                        account=account,
                        id=digest(account, key),
                        key=key,
                        text=part.text,
                        at=self.now(),
                        reply_to=part.reply_to,
                        visibility=part.visibility,
                        language=part.language,
                        media=part.media_ids,
                    ),
                )
            )
            known = self.look().by_key[account, key]
        return self._sent(known)

    def find_mine(self, account: str, part: Outgoing) -> Sent | Found:
        """By key; those marked as doubtful stay so."""
        state = self.look()
        if part.key in state.doubtful:
            return Found.CANNOT_TELL
        known = state.by_key.get((account, part.key))
        return self._sent(known) if known is not None else Found.NOT_THERE

    def page(self, account: str, cursor: str) -> Page | None:
        """The messages after the cursor, at most `PAGE`; None when there are none."""
        self._let_customers_write()
        stream = self.look().stream[account]
        begin = int(cursor) if cursor.isdecimal() else self._first_reading(stream)
        if begin >= len(stream):
            return None
        end = min(begin + PAGE, len(stream))
        spoken = [one for one in stream[begin:end] if not isinstance(one, Said) or one.kind != MessageKind.SEARCH]
        made = [self._incoming(one) if isinstance(one, Said) else self._own(one) for one in spoken]
        messages = tuple(sorted(made, key=lambda message: message.at))
        return Page(messages, str(end), None if cursor else len(stream) - begin)

    def figures(self, account: str, remote_ids: Sequence[str]) -> list[Figures]:
        """A post that is not ours, or no longer there, is gone."""
        self._let_customers_write()
        state = self.look()
        served = state.accounts[account]
        answers: list[Figures] = []
        for remote_id in remote_ids:
            post = state.posts.get((account, remote_id))
            if post is None or (account, remote_id) in state.gone:
                answers.append(Figures(remote_id, gone=True))
                continue
            answered = state.answers_to(account, remote_id)
            likes, reposts, replies, quotes = figures_of(post, served, answered, self._seed, self.now())
            impressions = impressions_of(served.network, likes, reposts)
            answers.append(Figures(remote_id, likes, reposts, replies, quotes, impressions))
        return answers

    def act(self, account: str, act: str, remote_id: str, done: bool) -> None:
        """Like or boost, or take it back; repeating changes nothing."""
        state = self.look()
        if (account, remote_id) not in state.by_id and (account, remote_id) not in state.posts:
            raise _gone()
        if (account, remote_id) in state.gone:
            raise _gone()
        if ((account, act, remote_id) in state.acts) != done:
            self.note({"op": "act", "account": account, "act": act, "id": remote_id, "done": done})

    def delete(self, account: str, remote_id: str) -> None:
        """A post of ours disappears; deleting it again changes nothing."""
        state = self.look()
        if (account, remote_id) in state.posts and (account, remote_id) not in state.gone:
            self.note({"op": "gone", "account": account, "id": remote_id})

    def search(self, account: str, words: str, cursor: str) -> Page | None:
        """What people wrote and `words` occur in, in the order of arrival, said to the account or not; None when there is no more."""
        self._let_customers_write()
        stream = self.look().stream[account]
        begin = int(cursor) if cursor.isdecimal() else self._first_reading(stream)
        if begin >= len(stream):
            return None
        wanted = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|(\S+)', words.casefold())]
        said = [one for one in stream[begin:] if isinstance(one, Said)]
        hits = [one for one in said if all(word in one.text.casefold() for word in wanted)]
        return Page(tuple(self._incoming(one) for one in hits), str(len(stream)))

    def sign_out(self, account: str) -> None:
        """The token is worth nothing from now on."""
        self.note({"op": "signed_out", "account": account})

    # --- within

    def _let_customers_write(self) -> None:
        came, visited = arrivals(self.look(), self.now())
        notes: list[Mapping[str, Any]] = [entry("said", said) for said in came]
        if visited is not None:
            notes.append({"op": "visited", "number": visited[0], "at": visited[1]})
        self.note(*notes)

    def check(self, state: State, account: str, part: Outgoing) -> None:
        """Raises `Refused` for what the server would not publish."""
        if not part.text.strip() and not part.media_ids:
            raise Refused(Words("sample.refused.empty"))
        if any((account, media) not in state.media for media in part.media_ids):
            raise Refused(Words("sample.refused.media"))
        target = (account, part.reply_to)
        if part.reply_to and (target in state.gone or (target not in state.by_id and target not in state.posts)):
            raise _gone()

    def _first_reading(self, stream: Sequence[Said | ServedPost]) -> int:
        since = self.now() - FIRST_READING // timedelta(milliseconds=1)
        begin = next((place for place, message in enumerate(stream) if message.at >= since), len(stream))
        return max(begin, len(stream) - FIRST_READING_AT_MOST)

    def _own(self, post: ServedPost) -> Incoming:
        """A reply of ours, as another device of ours would read it."""
        served = self._state.accounts[post.account]
        return Incoming(
            remote_id=post.id,
            kind=MessageKind.OURS,
            author=Person(served.remote_id, served.handle, served.name),
            text=post.text,
            at=from_ms(post.at),
            thread_key=self._state.threads[post.account, post.id],
            url=self._address(served, post.id),
            in_reply_to=post.reply_to,
            visibility=Visibility(post.visibility),
            language=post.language,
            ours=True,
        )

    def _incoming(self, said: Said) -> Incoming:
        account = said.account
        served = self._state.accounts[account]
        under = self._state.posts.get((account, said.under))
        speaker = said.speaker
        return Incoming(
            remote_id=said.id,
            kind=MessageKind(said.kind),
            author=Person(speaker.id, speaker.handle, speaker.name, followers=speaker.followers),
            text=said.text,
            at=from_ms(said.at),
            thread_key=said.thread,
            url="" if said.visibility == Visibility.DIRECT else self._address(served, said.id, speaker.handle),
            in_reply_to=said.reply_to,
            visibility=Visibility(said.visibility),
            language=speaker.language,
            parent_text=under.text if under else "",
            parent_url=self._address(served, under.id) if under else "",
            parent_id=said.under,
            liked=(account, "like", said.id) in self._state.acts,
            boosted=(account, "boost", said.id) in self._state.acts,
        )

    def _sent(self, post: ServedPost) -> Sent:
        return Sent(post.id, self._address(self._state.accounts[post.account], post.id), from_ms(post.at))

    @staticmethod
    def _address(account: ServedAccount, remote_id: str, handle: str = "") -> str:
        return address(account.network, handle or account.handle, remote_id)


def address(network: str, handle: str, remote_id: str = "") -> str:
    """Where it would be seen; `.example` belongs to nobody."""
    return f"https://{network}.example/{handle}" + (f"/{remote_id}" if remote_id else "")


def _gone() -> Refused:
    return Refused(Words("sample.refused.gone"))


def digest(*parts: str) -> str:
    """An id that looks like a network's, the same in every process."""
    return str(int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:7], "big"))
