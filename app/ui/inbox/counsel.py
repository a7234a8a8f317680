"""What the strip in the reply box says: of everything that may be worth a word, the one thing that comes first, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.commands.level import Level
from app.commands.reply_services import SeenInReply
from app.models.promise import Promised
from app.ui.inbox.reply_to import ReplyTo
from app.ui.safe_text import shortened

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
    strong: tuple[str, ...] = ()
    """Pieces of the text that stand out."""


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
    required: bool = False
    """An answer of the playbook asks for it: it cannot be meant as it stands."""
    doubt: str = ""
    """Why an answer in it must not be sent."""
    aside: bool = False
    """Own words were put aside for an answer."""
    style: Sequence[str] = ()
    """What is not the shop's style."""
    news: str = ""
    """Message id of what came meanwhile."""
    seen: SeenInReply | None = None
    has_terms: bool = True
    """Whether the shop said where its terms stand."""
    away: frozenset[str] = frozenset()
    """What was put away here."""
    promise: Promised | None = None
    """What the reply promises."""
    due: str = ""
    """When that is due, in words."""
    remembers: bool = False
    """It is to be remembered when it is sent."""
    settles: str = ""
    """What the reply settles, in words: worth an agreement."""
    invite: str = ""
    """Why going on by e-mail is worth offering, as a sentence."""
    writing: bool = True
    """The keyboard is in the box: bare keys are letters."""


def advise(now: Situation, say: Say) -> Advice | None:
    """The one thing to say; None where all is well."""
    for ask in (
        _closed,
        _held,
        _empty,
        _doubt,
        _too_long,
        _news,
        _aside,
        _answered,
        _personal,
        _terms,
        _style,
        _invite,
    ):
        advice = ask(now, say)
        if advice is not None:
            return advice
    return None


def remind(now: Situation, say: Say, *, free: bool) -> Advice | None:
    """What the reply promises or settles, on a strip of its own: it is said beside the one thing. `free`: the key that accepts is."""
    if now.to.closed:
        return None
    return _promise(now, say, free=free) or _settles(now, say, free=free)


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
    fill_in = Deed("next_empty", say("inbox.fill_in"), "Tab")
    deeds = (fill_in,) if now.required else (fill_in, Deed("meant", say("inbox.is_meant")))
    return Advice("warn", say("inbox.empty_placeholder", name=now.empty), deeds)


def _doubt(now: Situation, _say: Say) -> Advice | None:
    return Advice("warn", now.doubt) if now.doubt else None


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


def _answered(now: Situation, say: Say) -> Advice | None:
    """A manager's answer waits to be made into the reply."""
    if not now.to.answered or "answered" in now.away:
        return None
    text = say("escalation.strip", name=now.to.answered)
    deed = Deed("use_answer", say("escalation.strip_use"), ACCEPT)
    return Advice("info", text, (deed,), "answered", "envelope-open", (now.to.answered,))


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


def _aside(now: Situation, say: Say) -> Advice | None:
    if not now.aside:
        return None
    return Advice("info", say("inbox.put_aside"), (Deed("bring_back", say("inbox.bring_back"), ACCEPT),), icon="note")


def _style(now: Situation, _say: Say) -> Advice | None:
    if not now.style or "style" in now.away:
        return None
    return Advice("info", " ".join(now.style), (), "style", "text-aa")


def _promise(now: Situation, say: Say, *, free: bool) -> Advice | None:
    if now.promise is None or "promise" in now.away:
        return None
    shown = shortened(now.promise.said)
    key = "P" if not now.writing else ACCEPT if free else None
    if now.remembers:
        text = say("inbox.promising_taken", text=shown, when=now.due)
        deeds = (Deed("promise_not", say("inbox.promising_not"), key), *_agreement(now, say))
        return Advice("info", text, deeds, "", "handshake", (shown, now.due))
    text = say("inbox.promising" if now.promise.timed else "inbox.promising_usual", text=shown, when=now.due)
    deeds = (Deed("promise", say("inbox.promising_remember"), key), *_agreement(now, say))
    return Advice("info", text, deeds, "promise", "handshake", (shown, now.due))


def _settles(now: Situation, say: Say, *, free: bool) -> Advice | None:
    if not now.settles or "agreement" in now.away:
        return None
    (deed,) = _agreement(now, say)
    text = say("inbox.settling", what=now.settles)
    return Advice("info", text, (deed._replace(key=ACCEPT if free else None),), "agreement", "scales", (now.settles,))


def _agreement(now: Situation, say: Say) -> tuple[Deed, ...]:
    return (Deed("agreement", say("inbox.promising_agreement")),) if now.settles else ()


def _invite(now: Situation, say: Say) -> Advice | None:
    if not now.invite or "invite" in now.away:
        return None
    return Advice("info", now.invite, (Deed("invite", say("inbox.to_email.button"), ACCEPT),), "invite", "envelope-simple")
