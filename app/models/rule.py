"""A rule that sorts what comes in: when a message is like this, then do that. Plain words only; no pattern language anywhere."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from app.models.conversation import Category, ConversationState
from app.models.judgement import Ruled
from app.models.message import MessageKind

MOVES = (ConversationState.DONE, ConversationState.ESCALATED, ConversationState.IGNORED)
"""Where a rule may put a conversation."""

FLAGS = ("vip", "press", "partner", "careful")
"""What a customer may be marked as, in the order in which it is offered."""

DAY_MINUTES = 24 * 60

BY_PLAYBOOK = '"playbook"'
"""Instead of conditions: a rule that stands for what the playbook's answers say a message is about. Listed nowhere, marks name it."""


class When(NamedTuple):
    """What a message must be like: every condition that is set, and for each of them any of its values."""

    networks: tuple[str, ...] = ()
    accounts: tuple[int, ...] = ()
    kinds: tuple[MessageKind, ...] = ()
    any_of: tuple[str, ...] = ()
    """Words and phrases, as typed: case and accents do not count; a star at the end stands for any ending."""
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    not_flags: tuple[str, ...] = ()
    """The customer has none of them."""
    handles: tuple[str, ...] = ()
    not_handles: tuple[str, ...] = ()
    followers_from: int | None = None
    followers_below: int | None = None
    languages: tuple[str, ...] = ()
    """ISO 639-1."""
    first_time: bool | None = None
    """Whether its author writes for the first time."""
    categories: tuple[Category, ...] = ()
    hours: tuple[int, int] | None = None
    """Written from (included) to (excluded), in minutes since midnight of the shop's zone; may go over midnight."""

    @property
    def says_nothing(self) -> bool:
        """Whether any message is like this."""
        return self == _ANY


class Then(NamedTuple):
    """What is done; what is None or empty stays as it is."""

    category: Category | None = None
    priority: int | None = None
    """1: before the rest, 0: as usual."""
    tags: tuple[int, ...] = ()
    move: ConversationState | None = None
    """One of `MOVES`."""

    @property
    def does_nothing(self) -> bool:
        return self == _NOTHING


class Rule(NamedTuple):
    """One rule of the list. The first that matches decides, unless it says that the next ones are looked at as well."""

    name: str
    when: When
    then: Then
    goes_on: bool = False
    active: bool = True
    id: int | None = None

    def ruled(self) -> Ruled:
        """What it does to a message that matches."""
        then = self.then
        return Ruled(self.id or 0, then.category, then.priority, then.tags, then.move)


class Match(NamedTuple):
    """A message that a rule matches, as its preview shows it. `at` is aware UTC."""

    message_id: int
    conversation_id: int
    at: datetime
    network: str
    author: str
    handle: str
    text: str


class Preview(NamedTuple):
    """What a rule would have matched in a stretch of the past."""

    looked: int
    """Messages that were looked at."""
    of: int
    """All of them."""
    found: int = 0
    conversations: int = 0
    matches: tuple[Match, ...] = ()
    """The newest of them."""

    @property
    def complete(self) -> bool:
        return self.looked >= self.of


_ANY = When()
_NOTHING = Then()


class NotUnderstood(ValueError):
    """A rule that another version of the program wrote."""


def conditions_text(when: When) -> str:
    """As tables keep it: only what is set."""
    return _text(when, _ANY)


def acts_text(rule: Rule) -> str:
    """As tables keep it."""
    values = json.loads(_text(rule.then, _NOTHING))
    return json.dumps(values | ({"goes_on": True} if rule.goes_on else {}), ensure_ascii=False)


def conditions_from(text: str) -> When:
    """Raises NotUnderstood: a condition that was left out would let a rule match too much."""
    values = _values(text)
    enums = {"kinds": MessageKind, "categories": Category}
    try:
        for name, value in values.items():
            if isinstance(value, list):
                values[name] = tuple(enums[name](each) if name in enums else each for each in value)
        return When(**values)
    except (TypeError, ValueError) as error:
        raise NotUnderstood(text) from error


def acts_from(text: str) -> tuple[Then, bool]:
    """What is done, and whether the next rules are looked at as well. Raises NotUnderstood."""
    values = _values(text)
    try:
        goes_on = bool(values.pop("goes_on", False))
        if "category" in values:
            values["category"] = Category(values["category"])
        if "move" in values:
            values["move"] = ConversationState(values["move"])
        if "tags" in values:
            values["tags"] = tuple(values["tags"])
        return Then(**values), goes_on
    except (TypeError, ValueError) as error:
        raise NotUnderstood(text) from error


def _text(told: When | Then, nothing: When | Then) -> str:
    values = {name: value for name, value in told._asdict().items() if value != getattr(nothing, name)}
    return json.dumps(values, ensure_ascii=False)


def _values(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except ValueError as error:
        raise NotUnderstood(text) from error
    if not isinstance(values, dict):
        raise NotUnderstood(text)
    return values
