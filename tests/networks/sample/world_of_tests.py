"""A small simulated world for the tests of the sample network."""

from __future__ import annotations

from pathlib import Path

from app.models.message import MessageKind
from app.networks.network import ABILITIES, Card, Limits, Page, SignInWay
from app.networks.outgoing import Outgoing
from app.networks.sample.server import SampleServer
from app.networks.sample.state import Said, Script, ServedAccount, Speaker
from app.runtime.clock import to_ms
from tests.fakes.clock import FakeClock

X = Card(
    "x", "X", "x-twitter", Limits(text=280), (SignInWay.TOKEN,), abilities=frozenset({"publish", "hear", "metrics"})
)
MASTODON = Card(
    "mastodon",
    "Mastodon",
    "mastodon",
    Limits(text=500),
    (SignInWay.TOKEN,),
    abilities=frozenset(ABILITIES),
    asks_server=True,
)
BY_HAND = Card("instagram", "Instagram", "instagram", Limits(), (SignInWay.BY_HAND,))

PETRA = Speaker("mastodon", "p-1", "@petra@musica.example", "Petra", "es", 210)
KIRILL = Speaker("mastodon", "k-1", "@kirill@musica.example", "Kirill", "ru", 40)
XIAO = Speaker("x", "x-1", "@xiao", "Xiao", "zh", 300)

LINES = {
    "mention": {
        "es": ("{us} ¿a qué hora abren?", "{us} ¿tienen vinilos?"),
        "ru": ("{us} где вы?",),
        "zh": ("{us} 你好",),
    },
    "comment": {"es": ("¡Qué bien!",), "ru": ("Отлично!",), "zh": ("太好了",)},
    "private": {"es": ("Hola, es sobre mi pago.",), "ru": ("Здравствуйте.",), "zh": ("您好",)},
    "thanks": {"es": ("¡Gracias!",), "ru": ("Спасибо!",), "zh": ("谢谢",)},
}


def open_world(folder: Path, clock: FakeClock, *, customers: bool = False, seed: str = "aurora") -> SampleServer:
    """Aurora on Mastodon and X; with customers on request."""
    server = SampleServer(folder / "network.jsonl", clock, seed=seed)
    now = to_ms(clock.now())
    server.stock(
        accounts=(
            ServedAccount("mastodon", "m-1", "@aurora", "Discos Aurora", 4_000, 12.0, now),
            ServedAccount("x", "x-9", "@discosaurora", "Discos Aurora", 12_000, 20.0, now),
        ),
        script=Script(seed, now, (PETRA, KIRILL, XIAO), LINES) if customers else None,
    )
    return server


def a_part(key: str = "key-1", text: str = "Hoy abrimos a las diez.", reply_to: str = "") -> Outgoing:
    return Outgoing(key, text, reply_to=reply_to)


def a_mention(clock: FakeClock, name: str = "1", speaker: Speaker = PETRA, text: str = "@aurora ¿abren hoy?") -> Said:
    return Said("", f"said-{name}", MessageKind.MENTION, speaker, text, to_ms(clock.now()), f"said-{name}:{speaker.id}")


async def read(connection: object, cursor: str = "") -> list[Page]:
    return [page async for page in connection.messages(cursor)]  # type: ignore[attr-defined]
