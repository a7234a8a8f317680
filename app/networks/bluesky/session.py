"""What all abilities of a signed-in Bluesky account share: the caller, the facts about its server, and reading posts by address."""

from __future__ import annotations

from collections.abc import Iterable

from app.networks import fields
from app.networks.bluesky import api, shapes
from app.networks.bluesky.refs import POST, Ref, strong_ref
from app.networks.bluesky.shapes import Post
from app.networks.bluesky.xrpc import Xrpc, error_name
from app.networks.client import said
from app.networks.hearing import Allowance
from app.networks.network import Facts, Person, Profile
from app.runtime.errors import Offline, Refused
from app.runtime.words import Message


class Session:
    """One signed-in account. `close` it."""

    def __init__(self, xrpc: Xrpc, facts: Facts) -> None:
        self._xrpc = xrpc
        self._client = xrpc.client
        self._facts = facts

    async def profile(self) -> Profile:
        """Who we are. Raises `SignedOut` when neither tokens nor app password are good any more."""
        answer = await api.get_profile(self._xrpc, self._me)
        profile = shapes.profile_of(fields.mapping(answer.data))
        if profile is None:
            raise Offline(
                Message("network.server_trouble", {"host": self._client.host, "status": answer.status}),
                technical="no profile in getProfile",
            )
        return profile

    def allowance(self) -> Allowance:
        """What the server still takes of us."""
        return Allowance(self._client.rates.asked, *(self._client.rates.scarcest() or (None, None)))

    async def close(self) -> None:
        """Let go of the sockets."""
        await self._client.close()

    @property
    def _me(self) -> str:
        return self._xrpc.did

    async def _posts(self, uris: Iterable[str]) -> dict[str, Post]:
        """Posts by address, as the AppView knows them; what it does not know is left out."""
        wanted = list(dict.fromkeys(uri for uri in uris if uri))
        found: dict[str, Post] = {}
        for start in range(0, len(wanted), api.POSTS_BATCH):
            answer = await api.get_posts(self._xrpc, wanted[start : start + api.POSTS_BATCH])
            found |= {post.ref.uri: post for post in shapes.posts_of(fields.mapping(answer.data).get("posts"))}
        return found

    async def _own_record(self, key: str) -> Post | None:
        """A post of ours straight from our own server, which knows it at once."""
        answer = await api.get_record(self._xrpc, self._me, POST, key)
        if answer.status >= 400:
            if error_name(answer) == "InvalidRequest" and "locate record" not in said(answer.data):
                raise Refused(
                    Message("network.refused.said", {"words": self._client.clean(said(answer.data))}),
                    technical="getRecord",
                )
            return None
        data = fields.mapping(answer.data)
        return shapes.record_post(
            strong_ref(data), fields.inner(data, "value"), Person(self._me, ""), self._client.clock.now()
        )

    async def _post(self, ref: Ref) -> Post | None:
        """One post, from wherever it is known; None when it is gone."""
        found = (await self._posts([ref.uri])).get(ref.uri)
        if found is None and ref.did == self._me and ref.collection == POST:
            return await self._own_record(ref.key)
        return found


def gone(what: str) -> Refused:
    """What is named by this remote id is not there (any more)."""
    return Refused(Message("network.refused.gone"), technical=what)
