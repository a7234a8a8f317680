"""How figures of the simulated networks grow with the clock: fast in the first hours, then hardly; never back."""

from __future__ import annotations

import math
from random import Random

from app.networks.sample.state import ServedAccount, ServedPost

HALF_LIFE_HOURS = 9.0
"""After this time a post has half of all the likes it will ever get."""
GROWS_AT_MOST = 40.0
"""Figures given for a post of a few minutes are not taken for a promise of thousands."""
_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS

LIKES_PER_FOLLOWER = (0.002, 0.009)
REPOSTS_PER_LIKE = (0.12, 0.4)
QUOTES_PER_REPOST = (0.0, 0.3)
SHOWN_PER_LIKE, SHOWN_PER_REPOST = 52, 80
TELL_IMPRESSIONS = frozenset({"x"})


def figures_of(
    post: ServedPost, account: ServedAccount, answered: int, seed: str, now: int
) -> tuple[int, int, int, int]:
    """(likes, reposts, replies, quotes) at `now` (UTC milliseconds); `answered` replies are known one by one."""
    if post.figures is not None:
        ratio = min(_share(now - post.at) / max(_share(post.measured_at - post.at), 1e-6), GROWS_AT_MOST)
        likes, reposts, replies, quotes = (int(figure * max(1.0, ratio)) for figure in post.figures)
        return likes, reposts, max(replies, answered), quotes
    chance = Random(f"{seed}:{post.account}:{post.key}")  # noqa: S311 (a simulation, not a secret)
    likes_at_last = account.followers * chance.uniform(*LIKES_PER_FOLLOWER)
    reposts_at_last = likes_at_last * chance.uniform(*REPOSTS_PER_LIKE)
    quotes_at_last = reposts_at_last * chance.uniform(*QUOTES_PER_REPOST)
    share = _share(now - post.at)
    return int(likes_at_last * share), int(reposts_at_last * share), answered, int(quotes_at_last * share)


def impressions_of(network: str, likes: int, reposts: int) -> int | None:
    """How often a post was shown, where its network tells that; the rest of the networks never do."""
    return SHOWN_PER_LIKE * likes + SHOWN_PER_REPOST * reposts if network in TELL_IMPRESSIONS else None


def followers_of(account: ServedAccount, now: int) -> int:
    """Followers at `now`."""
    return account.followers + int(max(0, now - account.at) / _DAY_MS * account.followers_a_day)


def _share(age_ms: int) -> float:
    return float(1.0 - math.pow(0.5, max(0, age_ms) / _HOUR_MS / HALF_LIFE_HOURS))
