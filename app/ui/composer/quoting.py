"""What becomes of a quoted post at each account: quoted, its link in the text instead, or left out. Pure: no widgets, no I/O."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from app.models.post import PostDraft, QuotedPost
from app.runtime.words import Message, message
from app.ui.composer.composition import Composition, Place
from app.ui.composer.drafting import parts_of, with_parts


class Fate(Enum):
    """How a network shows the quoted post."""

    QUOTED = "quoted"
    LINK = "link"
    """Its text carries the address."""
    LEFT_OUT = "left_out"


def fate(composition: Composition, place: Place) -> tuple[Fate, Message | None]:
    """What becomes of the quote there, and why it is not quoted."""
    quote = composition.draft.quote
    if quote is None:
        return Fate.LEFT_OUT, None
    full = place.limits.quotes_alone and (composition.draft.pictures or (composition.draft.poll and place.limits.poll_options))
    if place.no_quotes is None and place.id in dict(quote.known) and not full:
        return Fate.QUOTED, None
    refused = dict(quote.refused).get(place.id)
    why = place.no_quotes or (Message.from_json(refused) if refused else None)
    unknown = message("composer.quote_not_known" if not full else "composer.quotes_alone")
    reason = message("quote.refused", reason=why) if why is not None else unknown
    linked = any(quote.url in part for part in composition.parts(place.id))
    return (Fate.LINK if linked else Fate.LEFT_OUT), reason


def left_out(composition: Composition) -> list[tuple[Place, Message]]:
    """Accounts whose post would lose its quote, and why."""
    if composition.draft.quote is None:
        return []
    fates = ((place, *fate(composition, place)) for place in composition.open)
    return [(place, reason) for place, each, reason in fates if each is Fate.LEFT_OUT and reason is not None]


def agreed(composition: Composition) -> PostDraft:
    """The draft as it is handed over: with the accounts where the user was shown that the quote is left out."""
    draft = composition.draft
    if draft.quote is None:
        return draft
    return replace(draft, quote=replace(draft.quote, without=tuple(place.id for place, _ in left_out(composition))))


def with_link(draft: PostDraft, account_id: int, url: str) -> PostDraft:
    """The account's own text carries the address of the quoted post."""
    first, *rest = parts_of(draft, account_id)
    return with_parts(draft, account_id, ("\n\n".join(text for text in (first.rstrip(), url) if text), *rest))


def merged(draft: PostDraft, found: QuotedPost) -> PostDraft:
    """What further accounts know of the post that is quoted; nothing where another is quoted by now."""
    quote = draft.quote
    if quote is None or quote.url != found.url:
        return draft
    told = {number for number, _ in (*found.known, *found.refused)}
    known = tuple(each for each in quote.known if each[0] not in told) + found.known
    refused = tuple(each for each in quote.refused if each[0] not in told) + found.refused
    return replace(draft, quote=replace(quote, known=known, refused=refused))
