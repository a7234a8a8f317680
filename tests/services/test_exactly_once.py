"""Whatever is commanded, answered, killed and set to another time, in any order: nothing is twice at the server, and nothing is lost.

`TERTULIA_RANDOM_DAYS=3000 pytest tests/services/test_exactly_once.py` tries thousands of days.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.random_days import RandomDays, Step

DAYS = int(os.environ.get("TERTULIA_RANDOM_DAYS", "0"))
"""How many to try; by default few and always the same ones."""

OFTEN = ("post", "post", "plan", "plan", "work", "work", "answer", "answer", "crash")
VERBS = (
    *OFTEN,
    "reply",
    "edit",
    "cancel",
    "retry",
    "send_now",
    "settle",
    "pause",
    "mend",
    "sign_in",
    "jump",
    "image_set",
    "image_set",
    "without_link",
)
STEPS = st.lists(
    st.builds(Step, st.sampled_from(VERBS), st.integers(0, 41), st.integers(0, 11)), min_size=4, max_size=16
)


@given(steps=STEPS)
@settings(
    max_examples=DAYS or 12, derandomize=not DAYS, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
def test_nothing_twice_and_nothing_lost(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert asyncio.run(RandomDays(Path(folder)).live(steps)) == []
