"""E-mail: the card alone. Its accounts are mailboxes; what speaks to their servers is app/mail, put together in services/mailbox.py."""

from __future__ import annotations

from app.models.mailbox import EMAIL
from app.models.message import Visibility
from app.networks.network import Card, Counting, Limits
from app.runtime.words import Message

CARD = Card(
    id=EMAIL,
    name="E-mail",
    icon="envelope-simple",
    limits=Limits(
        text=100_000,
        counting=Counting.PLAIN,
        link_length=0,
        pictures=10,
        alt_text=1_000,
        image_bytes=10_000_000,
        poll_options=0,
        visibilities=(Visibility.DIRECT,),
        threads=False,
    ),
    ways=(),  # it needs more than a handle and a secret: added in Settings, "E-mail and managers"
    refusals={ability: Message("network.email.no_posts") for ability in ("publish", "metrics", "like", "boost")},
)
