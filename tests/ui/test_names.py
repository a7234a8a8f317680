"""Names of others in our sentences."""

from __future__ import annotations

from app.ui.names import isolated, network_name, one_line


def test_networks_write_their_own_names() -> None:
    assert [network_name(network) for network in ("x", "mastodon", "vk", "youtube")] == ["X", "Mastodon", "VK", "YouTube"]


def test_a_name_is_one_line_that_turns_nothing_around() -> None:
    assert one_line("Ximena\nRobles\t\u202e\u2067!") == "Ximena Robles !"
    assert isolated("שלום") == "\u2068שלום\u2069"
