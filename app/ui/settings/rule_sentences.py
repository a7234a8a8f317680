"""A rule as a sentence: "When a message is a comment, contains refund or devolución: category complaint, high priority"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.models.account import AccountRow
from app.models.conversation import ConversationState
from app.models.rule import Rule, Then, When
from app.models.tag import TagRow
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line
from app.ui.tag_names import tag_name

MOVE_NAMES: Mapping[ConversationState, str] = {
    ConversationState.DONE: "done",
    ConversationState.ESCALATED: "escalated",
    ConversationState.IGNORED: "ignored",
}


def sentence(look: Look, rule: Rule, accounts: Sequence[AccountRow], tags: Sequence[TagRow]) -> str:
    """All of it; words that somebody typed stand in quotes."""
    when, then = conditions(look, rule.when, accounts), acts(look, rule.then, tags)
    if not when:
        return look.text("rules.no_condition")
    said = look.text(
        "rules.sentence",
        when=look.words.listing(when),
        then=look.words.facts(then) if then else look.text("rules.nothing"),
    )
    return f"{said} {look.text('rules.and_goes_on')}" if rule.goes_on else said


def conditions(look: Look, when: When, accounts: Sequence[AccountRow]) -> list[str]:
    """Each condition that is set, in words."""
    handles = {account.id: one_line(account.handle or account.name) for account in accounts}
    lists = {
        "kinds": [look.text(f"message_kind.{kind}") for kind in when.kinds],
        "networks": [network_name(network) for network in when.networks],
        "accounts": [handles.get(number, look.text("rules.account_gone")) for number in when.accounts],
        "any_of": _quoted(look, when.any_of),
        "all_of": _quoted(look, when.all_of),
        "none_of": _quoted(look, when.none_of),
        "flags": [look.text(f"rules.flag.{flag}") for flag in when.flags],
        "not_flags": [look.text(f"rules.flag.{flag}") for flag in when.not_flags],
        "handles": [one_line(handle) for handle in when.handles],
        "not_handles": [one_line(handle) for handle in when.not_handles],
        "languages": [language(look, code) for code in when.languages],
        "categories": [look.text(f"category.{category}") for category in when.categories],
    }
    said = []
    for name, values in lists.items():
        if values:
            these = look.words.listing(values) if name == "all_of" else either(look, values)
            said.append(look.text(f"rules.said.{name}", these=these))
    if when.followers_from is not None:
        said.append(look.text("rules.said.followers_from", n=when.followers_from))
    if when.followers_below is not None:
        said.append(look.text("rules.said.followers_below", n=when.followers_below))
    if when.first_time is not None:
        said.append(look.text("rules.said.first_time" if when.first_time else "rules.said.not_first_time"))
    if when.hours is not None:
        begins, ends = (clock(minutes) for minutes in when.hours)
        said.append(look.text("rules.said.hours", begins=begins, ends=ends))
    return said


def acts(look: Look, then: Then, tags: Sequence[TagRow]) -> list[str]:
    """Each act, in words."""
    said = []
    if then.category is not None:
        said.append(look.text("rules.act.category", category=look.text(f"category.{then.category}")))
    if then.priority is not None:
        said.append(look.text("rules.did.first" if then.priority else "rules.did.not_first"))
    if then.tags:
        names = {tag.id: tag_name(look, tag) for tag in tags}
        said.append(
            look.text("rules.act.tags", these=look.words.listing([names.get(number, "?") for number in then.tags]))
        )
    if then.move is not None:
        said.append(look.text(f"rules.did.{MOVE_NAMES[then.move]}"))
    return said


def either(look: Look, values: Sequence[str]) -> str:
    """ "a, b or c"."""
    if len(values) < 2:
        return "".join(values)
    return look.text("rules.or", rest=look.words.enumeration(values[:-1]), last=values[-1])


def language(look: Look, code: str) -> str:
    name = f"inbox.language.{code}"
    return look.text(name) if look.words.knows(name) else code.upper()


def clock(minutes: int) -> str:
    """A time of the day as it is typed."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _quoted(look: Look, words: Iterable[str]) -> list[str]:
    return [look.text("rules.quoted", word=one_line(word)) for word in words]
