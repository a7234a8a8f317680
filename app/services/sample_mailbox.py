"""The sample shop's mailbox: what is sent through it lies at the simulated server, and its managers answer after a while. No socket is opened."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, cast

from app.mail.composing import message_id
from app.mail.recognising import with_token
from app.models.letter import LetterPage, Mail, ReadLetter
from app.models.mailbox import EMAIL
from app.networks.network import Access, Card, Connection, FindsMine, Profile, Publishes
from app.networks.outgoing import Found, Outgoing, Sent, Upload
from app.networks.sample.server import SampleServer
from app.runtime.clock import Clock, from_ms
from app.runtime.errors import Damaged
from app.runtime.words import message

ANSWERED_AFTER = timedelta(seconds=75)
LOOK_EVERY_SECONDS = 1.0
VALIDITY = 1
"""The numbers of the letters never change."""
Connect = Callable[[Card, str, Access], Connection]


class Answering(NamedTuple):
    """A manager of the sample world."""

    name: str
    text: str


class World(NamedTuple):
    """Whose mailbox it is, and who answers what is sent to which address."""

    address: str
    answers: Mapping[str, Answering]


def read_world(folder: Path) -> World:
    """From `shop.json` of the sample shop. Raises `Damaged` where it is missing or broken."""
    try:
        shop = json.loads((folder / "shop.json").read_text(encoding="utf-8"))
        box = shop["mailbox"]
        answers = {each["email"]: Answering(each["name"], box["answers"][each["key"]]) for each in shop["managers"]}
    except (OSError, ValueError, KeyError) as error:
        raise Damaged(message("sample.content_missing", file="shop.json"), technical=str(error)) from error
    return World(box["address"], answers)


def connect_sample(server: SampleServer, clock: Clock, world: Callable[[], World]) -> Connect:
    """The simulated networks, and for mailboxes this."""

    def connect(card: Card, remote_id: str, access: Access) -> Connection:
        if card.id == EMAIL:
            return SampleMailbox(server, clock, card, remote_id, world())
        return server.connection(card, remote_id, access)

    return connect


class SampleMailbox:
    """Sends, finds what was sent, and reads, as a mailbox's connection does (services/mailbox.py)."""

    def __init__(self, server: SampleServer, clock: Clock, card: Card, remote_id: str, world: World) -> None:
        self._server = server
        self._clock = clock
        self._remote_id = remote_id
        self._world = world
        self._out = server.connect(EMAIL, remote_id, replace(card, abilities=frozenset({"publish"})))
        self._read_to = 0

    async def profile(self) -> Profile:
        return await self._out.profile()

    async def close(self) -> None:
        await self._out.close()

    async def upload(self, picture: Upload) -> str:
        return await cast(Publishes, self._out).upload(picture)

    async def publish(self, part: Outgoing) -> Sent:
        """Stored once a key, however often it is sent."""
        sent = await cast(Publishes, self._out).publish(self._stored(part))
        return Sent(message_id(_key(part), self._world.address), "", sent.at)

    async def find_mine(self, part: Outgoing, since: datetime) -> Sent | Found:
        found = await cast(FindsMine, self._out).find_mine(self._stored(part), since)
        return Sent(message_id(_key(part), self._world.address), "", found.at) if isinstance(found, Sent) else found

    async def letters(self, uid_validity: int | None, last_uid: int | None) -> AsyncIterator[LetterPage]:  # noqa: ARG002
        """What managers answered since."""
        begin = last_uid or 0
        come = tuple(each for each in self._come() if each.uid > begin)
        self._read_to = come[-1].uid if come else begin
        yield LetterPage(come, VALIDITY, self._read_to)

    async def wait(self, seconds: float) -> bool:
        """Until somebody has answered."""
        end = self._clock.now() + timedelta(seconds=seconds)
        while self._clock.now() < end:
            if any(each.uid > self._read_to for each in self._come()):
                return True
            await self._clock.sleep(LOOK_EVERY_SECONDS)
        return False

    def _stored(self, part: Outgoing) -> Outgoing:
        """As the simulated server keeps it: what a letter has besides its text stands in its first line."""
        mail = part.mail or Mail(to="", subject="")
        head = json.dumps({"to": mail.to, "subject": with_token(mail.subject, mail.token)}, ensure_ascii=False)
        return replace(part, key=_key(part), text=f"{head}\n{part.text}", reply_to="", media_ids=(), mail=None)

    def _come(self) -> list[ReadLetter]:
        """All answers that are there by now, in the order in which they came."""
        now, found = self._clock.now(), []
        uid = 0
        for post in self._server.published(EMAIL, self._remote_id):
            head = json.loads(post.text.partition("\n")[0])
            who, at = self._world.answers.get(head["to"]), from_ms(post.at) + ANSWERED_AFTER
            if who is None or at > now:
                continue
            uid = max(uid + 1, int(at.timestamp()))
            ours = message_id(post.key, self._world.address)
            found.append(
                ReadLetter(
                    uid=uid,
                    remote_id=message_id(f"{post.key} answered", head["to"]),
                    from_address=head["to"],
                    from_name=who.name,
                    subject=f"Re: {head['subject']}",
                    text=who.text,
                    whole=who.text,
                    at=at,
                    to=(self._world.address,),
                    in_reply_to=ours,
                    chain=(ours,),
                )
            )
        return found


def _key(part: Outgoing) -> str:
    """The item's own: a letter has one part."""
    return part.key.removesuffix(f"-{part.number}")
