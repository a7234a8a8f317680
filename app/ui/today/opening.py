"""Where Today's buttons lead: the conversation, post or day that each is about, and a suggestion put aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.models.conversation import ConversationRow, View
from app.models.outbox import OutboxRow
from app.models.post import PostRow
from app.models.promise import PromiseRow
from app.models.today_things import More, Thing
from app.runtime.words import message
from app.ui.page import PageFace
from app.ui.today.promising import UNDO_SECONDS

ORIGIN = "today"
"""Where "back" leads to."""


class Opening:
    """`things` answers what stands under Answer, `first` all conversations that the brief holds."""

    def __init__(self, face: PageFace, things: Callable[[], Sequence[Thing]], first: Callable[[], Sequence[ConversationRow]]) -> None:
        self._face = face
        self._things = things
        self._first = first

    def thing(self, thing: Thing) -> None:
        """What waits and is not shown by name begins where the shown ones end."""
        show = self._face.window.show_page
        if isinstance(thing, ConversationRow):
            show("inbox", view=View.NEEDS_ANSWER.value, conversation=thing.id)
        elif isinstance(thing, More):
            shown = {each.id for each in self._things() if isinstance(each, ConversationRow)}
            rest = [row.id for row in self._first() if row.id not in shown]
            show("inbox", view=View.NEEDS_ANSWER.value, **({"conversation": rest[0]} if rest else {}))
        else:
            view = View.ALL if isinstance(thing, PromiseRow) else View.ESCALATED
            show("inbox", view=view.value, conversation=thing.conversation_id)

    def decision(self, row: OutboxRow) -> None:
        if row.post_id is not None:
            self._face.window.show_page("composer", post=row.post_id, origin=ORIGIN)
        elif row.conversation_id is not None:
            self._face.window.show_page("inbox", view=View.ALL.value, conversation=row.conversation_id)

    def post(self, post: PostRow) -> None:
        self._face.window.show_page("composer", post=post.id, origin=ORIGIN)

    def put_aside(self, key: str) -> None:
        """The suggestion is not shown for a week."""

        async def do() -> None:
            await self._face.services.tips.put_aside(key)
            self._face.notices.say(message("today.said.aside"), undo=True, seconds=UNDO_SECONDS)

        self._face.actions.start("today.put_aside", do())
