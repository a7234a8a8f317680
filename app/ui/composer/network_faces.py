"""How each network's own pages show a post: where they cut a text, how they write links, what stands first. Only for the preview.

As their web pages and apps did in November 2026; none of it is in their documented interfaces, so it may change any day, and nothing but
the preview depends on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NetworkFace:
    """One network's way. `cut_at` 0: texts are shown whole; `link_room` 0: links are shown as they are written."""

    cut_at: int = 0
    """Characters after which the rest waits behind "more"."""
    cut_lines: int = 0
    """Lines after which it does."""
    link_room: int = 0
    """Characters of a link without its "https://"."""
    path_room: int = 0
    """Characters of what stands behind its host."""
    links: bool = True
    """Whether links in a text lead anywhere."""
    pictures_first: bool = False
    name_first: bool = False
    """Whether the text begins with the name of whose it is."""
    poll: Literal["circles", "pills"] = "circles"


FACES: dict[str, NetworkFace] = {
    "x": NetworkFace(path_room=15, poll="pills"),
    "mastodon": NetworkFace(link_room=30),
    "bluesky": NetworkFace(path_room=13),
    "instagram": NetworkFace(cut_at=125, links=False, pictures_first=True, name_first=True),
    "facebook": NetworkFace(cut_at=477, cut_lines=5),
    "telegram": NetworkFace(pictures_first=True),
    "threads": NetworkFace(link_room=30),
    "linkedin": NetworkFace(cut_at=210, cut_lines=3),
}
PLAIN = NetworkFace()


def face_of(network: str) -> NetworkFace:
    """The network's; texts as they are written where nothing is known of it."""
    return FACES.get(network, PLAIN)


def shown_text(face: NetworkFace, text: str) -> tuple[str, bool]:
    """The text as it stands there before anybody asks for more, and whether there is more."""
    shown = _LINK.sub(lambda match: short_link(face, match[0]), text) if face.links else text
    cut = shown
    if face.cut_lines:
        cut = "\n".join(cut.split("\n")[: face.cut_lines])
    if face.cut_at and len(cut) > face.cut_at:
        cut = cut[: face.cut_at]
        cut = cut[: cut.rfind(" ")] if " " in cut[-30:] else cut
    return (cut.rstrip(), True) if cut.rstrip() != shown.rstrip() else (shown, False)


def short_link(face: NetworkFace, link: str) -> str:
    """As the network writes it; where it leads stays what it was."""
    if not face.link_room and not face.path_room:
        return link
    tail = link[len(link.rstrip(".,;:!?)")) :]
    bare = _SCHEME.sub("", link.rstrip(".,;:!?)"))
    if face.path_room:
        host, slash, path = bare.partition("/")
        bare = f"{host}/{path[: face.path_room]}…" if len(path) > face.path_room else host + (slash + path if path else "")
    elif len(bare) > face.link_room:
        bare = f"{bare[: face.link_room]}…"
    return bare + tail
