"""How networks write their own names."""

from __future__ import annotations

_NAMES = {"x": "X", "vk": "VK", "youtube": "YouTube", "tiktok": "TikTok", "email": "E-mail"}


def network_name(network: str) -> str:
    """A network's own name, alike in every language."""
    return _NAMES.get(network, network.capitalize())
