"""Customers who write while the program runs: who, when and what follows from a seed, the clock and what we publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from app.models.message import MessageKind, Visibility
from app.networks.sample.state import Said, Script, ServedAccount, ServedPost, Speaker, State

_SECOND_MS = 1_000
_MINUTE_MS = 60 * _SECOND_MS

FIRST_VISIT_MINUTES = (1.5, 3.0)
MINUTES_BETWEEN = (3.0, 9.0)
MISSED_AFTER_MINUTES = 30
"""Customers write while somebody looks: who came by longer ago than this went on without writing."""
COMMENT_AFTER_SECONDS = (40, 150)
SECOND_COMMENT_CHANCE = 0.3
THANKS_AFTER_SECONDS = (60, 240)
THANKS_CHANCE = 0.4
PRIVATE_CHANCE = 0.15
COMMENT_CHANCE = 0.2
OFTEN_CHANCE = 0.4


def arrivals(state: State, now: int) -> tuple[list[Said], tuple[int, int] | None]:
    """(messages due by `now` (UTC milliseconds) that are not there yet, in time order; the last visit, if one came)."""
    script = state.script
    if script is None or not state.accounts:
        return [], None
    came: list[Said] = []
    last = None
    for number, at in _visits(script.seed, state.visited, now):
        last = (number, at)
        if now - at <= MISSED_AFTER_MINUTES * _MINUTE_MS:
            said = _visit(state, script, number, at)
            if said is not None:
                came.append(said)
    came.extend(
        said for said in _reactions(state, script) if said.at <= now and (said.account, said.id) not in state.by_id
    )
    return sorted(came, key=lambda said: (said.at, said.id)), last


def _visits(seed: str, visited: tuple[int, int], now: int) -> Iterator[tuple[int, int]]:
    """(number, time) of the visits after `visited`, up to `now`."""
    number, at = visited
    while True:
        number += 1
        gap = FIRST_VISIT_MINUTES if number == 1 else MINUTES_BETWEEN
        at += int(_chance(seed, "gap", number).uniform(*gap) * _MINUTE_MS)
        if at > now:
            return
        yield number, at


def _visit(state: State, script: Script, number: int, at: int) -> Said | None:
    chance = _chance(script.seed, "visit", number)
    account = state.accounts[chance.choice(sorted(state.accounts))]
    speaker = _speaker(script, account, chance)
    if speaker is None:
        return None
    name = f"visit-{number}"
    kind = chance.random()
    post = state.latest_post(account.key)
    if kind < PRIVATE_CHANCE:
        text = _line(script, "private", account, speaker, number)
        return Said(
            account.key,
            name,
            MessageKind.PRIVATE,
            speaker,
            text,
            at,
            f"private:{speaker.id}",
            visibility=Visibility.DIRECT,
        )
    if kind < PRIVATE_CHANCE + COMMENT_CHANCE and post is not None:
        return _comment(script, account, speaker, post, name, at, number)
    text = _line(script, "mention", account, speaker, number)
    return Said(account.key, name, MessageKind.MENTION, speaker, text, at, f"{name}:{speaker.id}")


def _reactions(state: State, script: Script) -> Iterator[Said]:
    """What follows a post of ours, and the thanks that sometimes follow a reply."""
    for post in list(state.posts.values()):
        account = state.accounts.get(post.account)
        if post.figures is not None or account is None:
            continue
        chance = _chance(script.seed, post.account, post.key)
        answered = state.by_id.get((post.account, post.reply_to))
        if answered is not None:
            if chance.random() < THANKS_CHANCE:
                yield _thanks(script, account, answered, post, chance)
        elif not post.reply_to:
            yield from _comments(script, account, post, chance)


def _comments(script: Script, account: ServedAccount, post: ServedPost, chance: Random) -> Iterator[Said]:
    at = post.at
    for number in range(2 if chance.random() < SECOND_COMMENT_CHANCE else 1):
        at += int(chance.uniform(*COMMENT_AFTER_SECONDS) * _SECOND_MS)
        speaker = _speaker(script, account, chance)
        if speaker is not None:
            yield _comment(script, account, speaker, post, f"comment-{post.id}-{number}", at, chance.randrange(1000))


def _comment(
    script: Script, account: ServedAccount, speaker: Speaker, post: ServedPost, name: str, at: int, number: int
) -> Said:
    text = _line(script, "comment", account, speaker, number)
    thread = f"{post.id}:{speaker.id}"
    return Said(account.key, name, MessageKind.REPLY, speaker, text, at, thread, under=post.id, reply_to=post.id)


def _thanks(script: Script, account: ServedAccount, answered: Said, ours: ServedPost, chance: Random) -> Said:
    at = ours.at + int(chance.uniform(*THANKS_AFTER_SECONDS) * _SECOND_MS)
    text = _line(script, "thanks", account, answered.speaker, chance.randrange(1000))
    kind = MessageKind.PRIVATE if answered.kind == MessageKind.PRIVATE else MessageKind.REPLY
    return Said(
        account=ours.account,
        id=f"thanks-{ours.id}",
        kind=kind,
        speaker=answered.speaker,
        text=text,
        at=at,
        thread=answered.thread,
        under=answered.under,
        reply_to=ours.id,
        visibility=answered.visibility,
    )


def _speaker(script: Script, account: ServedAccount, chance: Random) -> Speaker | None:
    """A language first, so that the small ones are heard too: often the one most speak, else any."""
    there = [speaker for speaker in script.speakers if speaker.network == account.network]
    if not there:
        return None
    languages = Counter(speaker.language for speaker in there)
    often = min(languages, key=lambda language: (-languages[language], language))
    language = often if chance.random() < OFTEN_CHANCE else chance.choice(sorted(languages))
    return chance.choice([speaker for speaker in there if speaker.language == language])


def _line(script: Script, occasion: str, account: ServedAccount, speaker: Speaker, number: int) -> str:
    """The texts of an occasion come in turn, in an order of their own; `{us}` stands for our handle."""
    by_language = script.lines[occasion]
    texts = by_language.get(speaker.language) or next(iter(by_language.values()))
    order = list(range(len(texts)))
    _chance(script.seed, occasion, speaker.language).shuffle(order)
    return texts[order[number % len(texts)]].replace("{us}", account.handle)


def _chance(*seed: object) -> Random:
    return Random(":".join(str(part) for part in seed))  # noqa: S311 (a simulation, not a secret)
