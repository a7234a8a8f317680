"""What stands in a reply box, as it goes from the screen to the outbox and comes back from there."""

from __future__ import annotations

from typing import NamedTuple

from app.models.post import Picture
from app.models.promise import Suggested


class Written(NamedTuple):
    """A reply as it was written: the outbox has it in parts, with the customer's name and numbers in it."""

    text: str
    pictures: tuple[Picture, ...] = ()
    language: str = ""
    """Of the reply, where it was chosen; empty: the customer's."""
    answer_key: str = ""
    """The playbook's answer it came from."""
    more_answers: tuple[str, ...] = ()
    """Further answers that stand in it."""
    promise: Suggested | None = None
    """What it promises, to be remembered with it; always with a time."""
