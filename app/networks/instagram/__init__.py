"""Instagram: the card alone. Posted to by hand: Tertulia reminds, prepares text and pictures, and keeps the link."""

from __future__ import annotations

from app.models.message import Visibility
from app.networks.network import Card, Counting, Limits, SignInWay
from app.runtime.words import Message

CARD = Card(
    id="instagram",
    name="Instagram",
    icon="instagram",
    limits=Limits(
        text=2_200,
        counting=Counting.PLAIN,
        link_length=0,
        pictures=10,
        alt_text=1000,
        image_bytes=8_388_608,
        image_types=("image/jpeg",),
        poll_options=0,
        visibilities=(Visibility.PUBLIC,),
        threads=False,
    ),
    ways=(SignInWay.BY_HAND,),
    refusals={
        ability: Message("network.instagram.by_hand") for ability in ("publish", "hear", "metrics", "like", "boost")
    },
)
