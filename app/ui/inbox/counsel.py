"""What the strip in the reply box says: of everything that may be worth a word, the one thing that comes first, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.commands.level import Level
from app.commands.reply_services import SeenInReply
from app.ui.inbox.reply_to import ReplyTo

ACCEPT = "Ctrl+J"
"""Does what the strip proposes first."""
Say = Callable[..., str]


class Deed(NamedTuple):
    """One thing that may be done, as a button."""

    verb: str
    label: str
    key: str | None = None
    may: bool = True


class Advice(NamedTuple):
    """What the strip says. `about` names it for being put away; empty where it cannot be."""

    level: Level
    text: str
    deeds: tuple[Deed, ...] = ()
    about: str = ""
    icon: str | None = None


class Held(NamedTuple):
    """A reply that waits because it was written in anger."""

    reasons: Sequence[str]
    seconds: int
    """Until it may leave as it is; 0 when it may."""
    pause: int
    """Seconds until "send anyway" is there."""


class Situation(NamedTuple):
    """How things stand in the box."""

    to: ReplyTo
    text: str = ""
    surplus: int = 0
    """Letters too many for one post, where it cannot leave as several."""
    private: bool = False
    chosen: bool = False
    """Who may read it was chosen by hand."""
    held: Held | None = None
    empty: str = ""
    """A placeholder without content, after somebody wanted to send."""
    news: str = ""
    """Message id of what came meanwhile."""
    seen: SeenInReply | None = None
    has_terms: bool = True
    """Whether the shop said where its terms stand."""
    away: frozenset[str] = frozenset()
    """What was put away here."""


def advise(now: Situation, say: Say) -> Advice | None:
    """The one thing to say; None where all is well."""
    for ask in (_closed, _held, _empty, _too_long, _news, _personal, _terms):
        advice = ask(now, say)
        if advice is not None:
            return advice
    return None


def _closed(now: Situation, _say: Say) -> Advice | None:
    return Advice("warn", now.to.closed) if now.to.closed else None


def _held(now: Situation, say: Say) -> Advice | None:
    if now.held is None:
        return None
    why = say("inbox.held.and").join(now.held.reasons)
    calmer = Deed("calm", say("inbox.calmer"), ACCEPT)
    anyway = Deed("anyway", say("inbox.send_anyway"), None, now.held.pause == 0)
    if not now.held.seconds:
        return Advice("warn", say("inbox.held.over", why=why), (calmer, anyway), icon="hourglass-medium")
    clock = f"{now.held.seconds // 60}:{now.held.seconds % 60:02}"
    return Advice("warn", say("inbox.held", clock=clock, why=why), (calmer, anyway), icon="hourglass-medium")


def _empty(now: Situation, say: Say) -> Advice | None:
    if not now.empty:
        return None
    return Advice(
        "warn",
        say("inbox.empty_placeholder", name=now.empty),
        (Deed("next_empty", say("inbox.fill_in"), "Tab"), Deed("meant", say("inbox.is_meant"))),
    )


def _too_long(now: Situation, say: Say) -> Advice | None:
    if not now.surplus:
        return None
    text = say("inbox.too_long", n=now.surplus)
    return Advice("warn", f"{text} {now.to.why_no_threads}".strip())


def _news(now: Situation, say: Say) -> Advice | None:
    if not now.news:
        return None
    show = Deed("read", say("inbox.read_it"))
    if now.news == "inbox.answered_elsewhere":
        return Advice(
            "warn",
            say(now.news),
            (show, Deed("past_news", say("inbox.send_anyway")), Deed("drop", say("inbox.drop_mine"))),
        )
    return Advice("info", say(now.news, name=now.to.name), (show,))


def _personal(now: Situation, say: Say) -> Advice | None:
    seen = now.seen
    if seen is None or now.private or now.chosen or "personal" in now.away or not now.text.strip():
        return None
    holds = seen.holds or seen.they_hold
    if not holds:
        return None
    if now.to.private:
        text = say(f"inbox.holds_{holds}" if seen.holds else f"inbox.they_wrote_{holds}", name=now.to.name)
        return Advice("info", text, (Deed("private", say("inbox.send_privately"), ACCEPT),), "personal", "lock-simple")
    if not seen.holds:
        return None  # what they wrote in public stands there already
    text = f"{say(f'inbox.public_{holds}')} {now.to.why_not_private}".strip()
    return Advice("info", text, (Deed("ask_private", say("inbox.ask_privately"), ACCEPT),), "personal", "lock-simple")


def _terms(now: Situation, say: Say) -> Advice | None:
    seen = now.seen
    if seen is None or not seen.money or seen.has_terms or "terms" in now.away:
        return None
    if now.has_terms:
        return Advice(
            "info", say("inbox.about_money"), (Deed("terms", say("inbox.add_terms"), ACCEPT),), "terms", "scales"
        )
    return Advice(
        "info", say("inbox.no_terms"), (Deed("set_terms", say("inbox.set_terms"), ACCEPT),), "terms", "scales"
    )
