"""Where a Bluesky account lives: from a handle to its permanent name (DID), from there to its own server (PDS), and what that server is.

Source: atproto.com/specs/handle and /did. The app password is sent to that server alone, or to Bluesky's own sign-in for the accounts it keeps.
"""

from __future__ import annotations

import re
import ssl
from urllib.parse import unquote, urlsplit

from app.models.message import Visibility
from app.networks import fields
from app.networks.addresses import address_of, is_here, origin_of
from app.networks.bluesky.xrpc import ANSWERED
from app.networks.client import Client
from app.networks.fields import Json
from app.networks.network import Counting, Limits
from app.runtime.clock import Clock
from app.runtime.errors import Misconfigured, NetworkTrouble, Offline, UserMistake
from app.runtime.words import Message

ENTRYWAY = "https://bsky.social"
DIRECTORY = "https://plc.directory"
KEPT_BY_BLUESKY = (".host.bsky.network", ".bsky.social")
LIMITS = Limits(
    text=300,
    counting=Counting.BLUESKY,
    link_length=0,
    pictures=4,
    alt_text=2000,
    # Lexicon: 2,000,000; servers with the older one still refuse what is larger than 1,000,000.
    image_bytes=950_000,
    image_pixels=4_000_000,
    image_types=("image/jpeg", "image/png", "image/webp"),
    poll_options=0,
    visibilities=(Visibility.PUBLIC,),
    videos=1,
    video_bytes=300_000_000,
    # Not in the lexicon; the service refuses what is longer.
    video_seconds=180.0,
    quotes=True,
    link_card=True,
    private_length=1000,
)
_HANDLE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Comes along when a handle is copied from the app."""
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9._%-]+)")


def identifier_of(typed: str) -> str:
    """A handle, DID or e-mail address from what a user types. Raises `UserMistake`."""
    text = _UNSEEN.sub("", typed).strip()
    _, found, rest = text.partition("bsky.app/profile/")
    text = (rest.partition("/")[0] if found else text).lstrip("@").strip()
    if _DID.fullmatch(text):
        return text
    text = text.lower()
    if _HANDLE.fullmatch(text) or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        return text
    if re.fullmatch(r"[a-z0-9][a-z0-9-]*", text):
        return f"{text}.bsky.social"  # the first half of a handle, as people know it
    raise UserMistake(Message("network.bluesky.handle_unreadable", {"typed": typed.strip()[:80]}), field="handle")


async def login_server(identifier: str, clock: Clock, trust: ssl.SSLContext | None = None) -> str:
    """Where the account of a handle signs in when no server was named: at Bluesky's own.

    Raises `UserMistake` when nobody is called so, and when the account lives elsewhere: whoever owns a mistyped handle decides where it leads,
    so the app password goes to a stranger's server only if the user has named that server.
    """
    if identifier.endswith(".bsky.social") or "@" in identifier:
        return ENTRYWAY
    did = identifier if identifier.startswith("did:") else await _did_of(identifier, clock, trust)
    server = pds_of(await _document(did, clock, trust), than=ENTRYWAY)
    if not server:
        raise UserMistake(
            Message("network.bluesky.nobody", {"handle": identifier}), field="handle", technical=f"{did}: no PDS"
        )
    parts = urlsplit(server)
    if not f".{parts.hostname}".endswith(KEPT_BY_BLUESKY):
        raise UserMistake(
            Message("network.bluesky.elsewhere", {"handle": identifier, "host": parts.netloc}), field="server"
        )
    return ENTRYWAY


def pds_of(document: Json, than: str) -> str:
    """The account's own server by its DID document; nobody is sent from https to http, but to this very computer from here."""
    for service in fields.items(document.get("service")):
        endpoint = origin_of(fields.text(service, "serviceEndpoint"))
        if fields.text(service, "id").endswith("#atproto_pds") and endpoint:
            plain = endpoint.startswith("http://")
            here = is_here(urlsplit(endpoint).hostname or "")
            return endpoint if not plain or (here and than.startswith("http://")) else ""
    return ""


async def _did_of(handle: str, clock: Clock, trust: ssl.SSLContext | None) -> str:
    """Bluesky's own service looks in the DNS and at the domain; where it finds nobody, the domain itself is asked."""
    client = Client(ENTRYWAY, clock, trust=trust)
    try:
        answer = await client.get("/xrpc/com.atproto.identity.resolveHandle", [("handle", handle)], accept=ANSWERED)
    finally:
        await client.close()
    did = fields.text(fields.mapping(answer.data), "did")
    if answer.status < 400 and did:
        return did
    client = Client(address_of(handle), clock, trust=trust)
    try:
        words = await client.get(
            "/.well-known/atproto-did", follow=True, accept=(*ANSWERED, 200), headers={"Accept": "text/plain"}
        )
    except (NetworkTrouble, Misconfigured) as error:
        raise UserMistake(
            Message("network.bluesky.nobody", {"handle": handle}), field="handle", technical=str(error)
        ) from error
    finally:
        await client.close()
    if words.status == 200 and _DID.fullmatch(words.text.strip()):
        return words.text.strip()
    raise UserMistake(
        Message("network.bluesky.nobody", {"handle": handle}), field="handle", technical="no DID for the handle"
    )


async def _document(did: str, clock: Clock, trust: ssl.SSLContext | None) -> Json:
    """The DID document: from the public directory, or for `did:web` from that domain itself."""
    if did.startswith("did:web:"):
        address, path = f"https://{unquote(did.removeprefix('did:web:'))}", "/.well-known/did.json"
    else:
        address, path = DIRECTORY, f"/{did}"
    client = Client(address, clock, trust=trust)
    try:
        answer = await client.get(path, accept=ANSWERED)
    finally:
        await client.close()
    if answer.status >= 400:
        raise UserMistake(
            Message("network.bluesky.nobody", {"handle": did}), field="handle", technical=f"{did}: {answer.status}"
        )
    document = fields.mapping(answer.data)
    if fields.text(document, "id") != did:
        raise Offline(technical=f"{did}: the document of somebody else")
    return document
