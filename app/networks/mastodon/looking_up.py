"""Looking up a status by its web address on Mastodon, and whether its author lets us quote it."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.models.message import Visibility
from app.networks import fields
from app.networks.fields import Json
from app.networks.mastodon import api, shapes
from app.networks.mastodon.session import Session
from app.networks.mastodon.shapes import Status
from app.networks.network import PostThere
from app.runtime.words import Message

OPEN = (Visibility.PUBLIC, Visibility.UNLISTED)
DENIED = "denied"
"""`quote_approval.current_user` (Mastodon 4.5): the author lets this account not quote it. "manual" means that the author is asked."""


class LookingUp(Session):
    """LooksUp."""

    async def post_at(self, address: str) -> PostThere | None:
        """The server is asked to fetch what it does not know; a search for words that it makes of an address instead finds nothing here."""
        answer = await api.resolve(self._client, address)
        for data in fields.items(fields.mapping(answer.data).get("statuses")):
            status = shapes.status_of(data, self._home, self._quirks.visibilities)
            if status is not None and _is_at(status, fields.address(data, "uri"), address):
                return PostThere(
                    status.id,
                    status.url or address,
                    status.author.handle,
                    status.text,
                    await self._refusal(status, data),
                )
        return None

    async def _refusal(self, status: Status, data: Json) -> Message | None:
        if status.author.remote_id == await self._my_id():
            return Message("network.mastodon.quotes_private") if status.visibility is Visibility.DIRECT else None
        if status.visibility not in OPEN:
            return Message("network.mastodon.quotes_private")
        policy = fields.text(fields.inner(data, "quote_approval"), "current_user")
        return Message("network.mastodon.quotes_closed") if policy == DENIED else None


def _is_at(status: Status, uri: str, address: str) -> bool:
    """By one of its own addresses, or by the page that a server shows of it: that one ends in the id, theirs or ours."""
    wanted = _bare(address)
    last = wanted.rpartition("/")[2]
    own = [_bare(each) for each in (status.url, uri) if each]
    return wanted in own or last == status.id or any(each.rpartition("/")[2] == last for each in own)


def _bare(address: str) -> str:
    """Without scheme, query and last slash; the host in small letters."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{parts.netloc.lower()}{parts.path}".rstrip("/")
