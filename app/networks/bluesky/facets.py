"""What makes links, mentions and hashtags of a text work: facets, whose places are counted in UTF-8 bytes.

Found as the official client finds them (language/entities.py); a mention of nobody stays plain text.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.language.entities import Entities, Span

FEATURE = "app.bsky.richtext.facet"


def facets_of(text: str, entities: Entities, dids: Mapping[str, str]) -> list[dict[str, object]]:
    """In the order of the text. `dids`: handle as it is written -> who that is."""
    found: list[tuple[Span, dict[str, object]]] = []
    for link in entities.links:
        uri = link.value if link.value.startswith(("http://", "https://")) else f"https://{link.value}"
        found.append((link, {"$type": f"{FEATURE}#link", "uri": uri}))
    for mention in entities.mentions:
        if did := dids.get(mention.value):
            found.append((mention, {"$type": f"{FEATURE}#mention", "did": did}))
    for tag in entities.hashtags:
        value = tag.value.upper() if tag.value.startswith("$") else tag.value
        found.append((tag, {"$type": f"{FEATURE}#tag", "tag": value}))
    found.sort(key=lambda each: each[0].start)
    return [
        {"index": {"byteStart": _bytes(text, span.start), "byteEnd": _bytes(text, span.end)}, "features": [feature]}
        for span, feature in found
    ]


def _bytes(text: str, place: int) -> int:
    return len(text[:place].encode("utf-8"))
