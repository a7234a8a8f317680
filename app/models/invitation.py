"""Going on by e-mail as plain data: what a customer is invited with, and how two conversations hang together because of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class WhyInvite(StrEnum):
    """Why the program offers the invitation."""

    TURNS = "turns"
    """They wrote several times, and nothing is solved."""
    CONFLICT = "conflict"
    """It turns into a quarrel in front of everybody."""


class ToEmail(NamedTuple):
    """What is needed to go on by e-mail with one customer."""

    conversation_id: int
    account_id: int
    """The mailbox."""
    token: str
    sender: str
    """The mailbox's address."""
    invitation: str
    """The sentence that invites them to write, with the address."""
    to: str = ""
    """Their address, where it is known: then they can be written to."""
    subject: str = ""
    letter: str = ""
    """How a first letter to them begins and ends, in their language."""


class Continued(NamedTuple):
    """The conversation before, or after. Times are aware UTC."""

    conversation_id: int
    """Of the other one; 0 while the customer was invited and has not written."""
    network: str
    name: str
    """The customer's there, or the handle."""
    messages: int
    at: datetime
    """When it went on, or when they were invited."""
    proven: bool = True
    """Whether the letters surely are the same person's: the invitation was private, or went to their known address."""
