"""What commands and screens may ask of acts on conversations, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from app.models.case import CaseRow
from app.models.conversation import Category, ConversationRow
from app.models.courtesy import Thanked
from app.models.message import MessageRow, Visibility
from app.models.moment import Moment
from app.models.outbox import HandOver, Reacted
from app.models.post import Picture
from app.models.promise import Promised, Suggested
from app.models.reply import Written
from app.runtime.signals import Signal


class InboxService(Protocol):
    """Acts on conversations."""

    async def reply(
        self,
        conversation_id: int,
        parts: Sequence[str],
        visibility: Visibility,
        *,
        answer_title: str = "",
        written: Written | None = None,
    ) -> int:
        """Owe a reply (leaves after the undo time) and move the conversation on; answers the outbox id. `written`: what stood in the box,
        which comes back as it was when the reply is taken back.
        """

    async def by_hand(self, outbox_id: int) -> HandOver | None:
        """For a reply that the network takes from no program: what the user must do; None where the program sends it."""

    async def save_draft(
        self,
        conversation_id: int,
        text: str,
        visibility: Visibility | None,
        pictures: Sequence[Picture] = (),
        language: str = "",
    ) -> None:
        """Keep what stands in the reply box and what was chosen there."""

    async def mark_read(self, conversation_id: int) -> None: ...

    async def close(self, conversation_ids: Sequence[int]) -> int:
        """Done. This and the next acts answer how many it became: fewer than given where one stopped it."""

    async def reopen(self, conversation_ids: Sequence[int]) -> int: ...

    async def snooze(self, conversation_ids: Sequence[int], until: datetime) -> int: ...

    async def ignore(
        self, conversation_ids: Sequence[int], category: Category, *, mute: bool = False, why: str = ""
    ) -> int:
        """`mute`: the people are not heard any more on this computer; `why` is kept as a note."""

    async def keep(self, conversation_ids: Sequence[int]) -> int: ...

    async def categorize(self, conversation_ids: Sequence[int], category: Category) -> int: ...

    async def note(self, conversation_id: int, text: str) -> None: ...

    async def like(self, conversation_ids: Sequence[int]) -> Reacted:
        """Like, or take the like back, the customer's last message; of several, like those that are not."""

    async def boost(self, conversation_ids: Sequence[int]) -> Reacted: ...

    progress: Signal[int, int]
    """(done, of all) during an act on very many conversations; (0, 0) at its end."""

    def stop(self) -> None:
        """Stop such an act; what was done of it stays done, and can be taken back as a whole."""


class CourtesiesService(Protocol):
    """Thanks, the one closing answer for a troll, and hearing somebody again."""

    def day_starts_at(self) -> datetime:
        """The shop's midnight, aware UTC; answers at once."""

    async def thank(self, conversation_id: int) -> Thanked:
        """Owe a thanks in the customer's language; raises UserMistake where the playbook has no wording for it."""

    async def close(self, conversation_id: int, why: str) -> Thanked:
        """Owe the closing answer and ignore the person politely, as one step."""

    async def hear(self, conversation_ids: Sequence[int]) -> int:
        """Hear the people of these conversations again; answers how many were not heard."""


class PromisesService(Protocol):
    """Promises to customers."""

    def typed(self, text: str, language: str = "") -> Moment:
        """What somebody typed as a time to come; answers at once."""

    def find(self, messages: Sequence[MessageRow], language: str = "") -> Suggested | None:
        """A promise in what was written last; answers at once."""

    def in_reply(self, text: str, language: str = "") -> Promised | None:
        """What a reply that is being written promises; answers at once."""

    def usual_due(self) -> datetime: ...

    async def remember(
        self, conversation_id: int, text: str, due_at: datetime, message_id: int | None = None
    ) -> int: ...

    async def keep(self, promise_id: int) -> None:
        """It is done."""

    async def let_go(self, promise_id: int) -> None: ...


class AnsweringService(Protocol):
    """The answer clock."""

    progress: Signal[int, int]
    """(conversations looked at, all of them) while answer-by times are counted anew, because promises or hours changed."""
    recounted: Signal[int]
    """It is through: how many conversations have another answer-by time."""

    def solved_by(self, row: ConversationRow, case: CaseRow) -> datetime | None:
        """When a conversation's case has to be solved (aware UTC); None: not promised. Answers at once."""

    def worked(self, since_ms: int, until_ms: int) -> int:
        """Milliseconds of working time between two moments (UTC milliseconds). On any thread."""

    async def coming_holidays(self, country: str, region: str, language: str) -> Sequence[tuple[date, str]]:
        """The next three public holidays, in `language` where their names are known in it."""

    async def regions(self, country: str) -> Sequence[tuple[str, str]]:
        """(code, name) of the parts of a country that have holidays of their own."""
