"""Networks by their own names."""

from __future__ import annotations

from app.ui.names import network_name


def test_networks_write_their_own_names() -> None:
    assert [network_name(network) for network in ("x", "mastodon", "vk", "youtube")] == ["X", "Mastodon", "VK", "YouTube"]
