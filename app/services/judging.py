"""What the program thinks of each message of a customer: language, bare thanks, mood, muted customers, rules. Composes the judges; none of them moves
anything itself: the store carries the judgement out in the transaction that stores the message.

Storing a full page of 500 costs a quarter more with judging than without; with the mood of each it would cost half as much again, so
that of old messages is looked at when somebody opens their customer's card.
"""

from __future__ import annotations

from app.language.claims import is_claim
from app.language.mood import mood
from app.language.thanks import is_bare_thanks
from app.language.tongue import tongue
from app.models.judgement import Heard, Judgement
from app.services.rule_matching import Matcher, Zone, ruled
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import rules as reading


class Judging:
    """Judges on the writer's thread, by the rules as they stood when they were last loaded: a commit that changes them loads them anew."""

    def __init__(self, database: Database, zone: Zone) -> None:
        self._database = database
        self._zone = zone
        self._matchers: tuple[Matcher, ...] = ()
        database.changed.connect(self._hear)

    def load(self) -> None:
        """Read the rules; at the start, and after each change of theirs."""
        rules = self._database.reader.now(reading.rules)
        self._matchers = tuple(Matcher(rule, self._zone) for rule in rules if rule.active)

    def _hear(self, changes: Changes) -> None:
        if changes.touches("rule"):
            self.load()

    def judge(self, heard: Heard) -> Judgement:
        """Cheap and without effects: any thread may ask."""
        arrival, matchers = heard.arrival, self._matchers
        claims = heard.muted and is_claim(arrival.text)
        # What networks do not say is guessed for news alone: a page of old messages would be stored a tenth slower.
        language = "" if arrival.language or heard.catching_up else tongue(arrival.text)
        return Judgement(
            language=language,
            thanks=is_bare_thanks(arrival.text),
            mood=None if heard.catching_up else mood(arrival.text, arrival.language or language),
            ignored=heard.muted and not claims,
            raised=claims,
            ruled=ruled(heard, matchers) if matchers else (),
        )
