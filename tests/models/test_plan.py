"""The plan's own models."""

from __future__ import annotations

import pytest

from tests.services.plans import NOW, WORDS, planned


def test_a_post_of_a_plan_has_its_time() -> None:
    assert planned(at=NOW).at == NOW
    with pytest.raises(AssertionError):
        assert planned(planned_at=None).at


def test_a_network_without_a_name_is_called_by_its_id() -> None:
    assert (WORDS.network("mastodon"), WORDS.network("vk")) == ("Mastodon", "vk")
