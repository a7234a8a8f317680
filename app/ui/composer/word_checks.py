"""What the checks say of the words themselves: hashtags, shouting, blanks left empty, handles of another network, what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.models.hashtags import tags_in
from app.models.image_set import PLACE, is_set
from app.runtime.words import Message, message
from app.ui.composer.composition import Composition, Place
from app.ui.composer.drafting import has_own
from app.ui.composer.findings import Check, Level, Mend
from app.ui.composer.marking import marks, mentions
from app.ui.names import network_name

BLANK = re.compile(r"\{[^\W\d][\w-]*\}")
SHOUTED = 0.7
"""Share of capitals from which on a text shouts."""
FEWEST_LETTERS = 16
"""Shorter texts may be names."""
FEWEST_WORDS = 4
"""As the index of what was said."""


def check_words(composition: Composition) -> Iterator[Check]:
    """All findings on words; the texts of accounts that share one are looked at once."""
    yield from _blanks(composition)
    yield from _handles(composition)
    yield from _hashtags(composition)
    yield from _shouting(composition)
    yield from _said(composition)


def _texts(composition: Composition) -> list[tuple[str, list[Place]]]:
    """Each text once, with the accounts it goes to."""
    found: dict[str, list[Place]] = {}
    for place in composition.open:
        found.setdefault("\n".join(composition.parts(place.id)), []).append(place)
    return list(found.items())


def _tab(composition: Composition, places: list[Place]) -> int | None:
    """Whose text is to be shown; None for the base text."""
    return next((place.id for place in places if has_own(composition.draft, place.id)), None)


def _blanks(composition: Composition) -> Iterator[Check]:
    set_place = PLACE if is_set(composition.draft) else ""
    for text, places in _texts(composition):
        blank = next((match[0] for match in BLANK.finditer(text) if match[0] != set_place), "")
        if blank:
            said = message("composer.check.blank", blank=blank)
            mend = Mend("find_word", "composer.mend.fill", _tab(composition, places), about=blank)
            yield Check(Level.FIX, said, _at(places), mend, field="text")


def _handles(composition: Composition) -> Iterator[Check]:
    """A handle that belongs to somebody on another network names nobody here, or a stranger."""
    known = composition.around.handles
    for place in composition.open if known else ():
        network = place.account.network
        for handle in dict.fromkeys(mentions("\n".join(composition.parts(place.id)))):
            there = known.get(handle)
            if not there or handle.lower() in {each.lower() for each in there.get(network, ())}:
                continue
            where = next((name for name, handles in there.items() if handle.lower() in {each.lower() for each in handles}), "")
            if not where:
                continue
            right = next(iter(there.get(network, ())), "")
            said = message("composer.check.wrong_handle", handle=handle, network=place.name)
            detail = message("composer.check.wrong_handle.there" if right else "composer.check.wrong_handle.unknown", there=network_name(where), right=right)
            mend = Mend("right_handle", "composer.mend.right_handle" if right else "composer.mend.name_instead", place.id, about=handle)
            yield Check(Level.FIX, said, detail, mend, field="text")


def _hashtags(composition: Composition) -> Iterator[Check]:
    limit = composition.around.hashtag_limit
    for text, places in _texts(composition):
        tags = tags_in(text)
        if len(tags) > limit:
            said = message("composer.check.hashtags", networks=[place.name for place in places], n=len(tags))
            mend = Mend("find_word", "composer.mend.show", _tab(composition, places), about=f"#{tags[limit]}")
            yield Check(Level.LOOK, said, message("composer.check.hashtags.detail", limit=limit), mend)


def _shouting(composition: Composition) -> Iterator[Check]:
    for text, places in _texts(composition):
        if shouts(text):
            mend = Mend("edit_text", "composer.mend.show", _tab(composition, places))
            yield Check(Level.LOOK, message("composer.check.shouting"), _at(places), mend)


def shouts(text: str) -> bool:
    """Whether most of it is in capitals; links, hashtags and mentions are not counted."""
    for start, end in reversed(marks(text)):
        text = text[:start] + text[end:]
    cased = [letter for letter in text if letter.isupper() or letter.islower()]
    return len(cased) >= FEWEST_LETTERS and sum(letter.isupper() for letter in cased) > SHOUTED * len(cased)


def _said(composition: Composition) -> Iterator[Check]:
    said = composition.around.said
    if said is not None:
        detail = message("composer.check.said_before.detail", title=said.title)
        yield Check(Level.LOOK, message("composer.check.said_before", when=said.at), detail, Mend("show_post", "composer.mend.show", index=said.post_id))
    elif any(len(text.split()) >= FEWEST_WORDS for text, _ in _texts(composition)):
        yield Check(Level.OK, message("composer.check.not_said"))


def _at(places: list[Place]) -> Message:
    return message("composer.check.goes_to", networks=[place.name for place in places])
