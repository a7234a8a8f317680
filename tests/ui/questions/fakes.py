"""Questions with their replies in memory; notes what is done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.models.question import Collected, QuestionPost, QuestionReply, ReplyGroup, Thanks
from tests.ui.shop import MASTODON, NOW, X


def reply(number: int, text: str, **fields: object) -> QuestionReply:
    network, account = ("x", X) if number % 2 else ("mastodon", MASTODON)
    values: dict[str, object] = {
        "author": f"Persona {number}",
        "handle": f"@p{number}",
        "language": "es",
        "url": "",
        "at": NOW,
    }
    return QuestionReply(number, 100 + number, account, network, customer_id=number, text=text, **{**values, **fields})  # type: ignore[arg-type]


class FakeQuestions:
    """Implements QuestionsService."""

    def __init__(self, *, none: bool = False) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.questions = [] if none else [
            QuestionPost(1, "¿Qué disco te salvó el año?", ("x", "mastodon"), NOW - timedelta(days=3), 4, 4, 0, "¿Qué disco te salvó el año? Leemos todo."),
            QuestionPost(2, "¿Vinilo o CD?", ("x",), None),
        ]  # fmt: skip
        self.replies = {
            number: reply(number, text)
            for number, text in enumerate(("Marea baja", "Marea baja, sí", "¡Marea baja!", "Un casete"), 1)
        }
        self.room = 5

    async def all_of(self) -> list[QuestionPost]:
        return list(self.questions)

    async def collected(self, post_id: int) -> Collected:
        if post_id != 1:
            return Collected()
        found = list(self.replies.values())
        named = [
            ReplyGroup(name, tuple(some), by_hand=True)
            for name in {each.topic for each in found if each.topic}
            if (some := [each for each in found if each.topic == name])
        ]
        free = [each for each in found if not each.topic]
        groups = [ReplyGroup("marea baja", tuple(each for each in free if "area" in each.text)), *named]
        alone = tuple(each for each in free if "area" not in each.text)
        return Collected(
            (*groups, ReplyGroup("", alone)) if alone else tuple(groups), len(found), len(found), 5 - self.room
        )

    async def keep(self, post_id: int, message_ids: Sequence[int], *, kept: bool = True) -> None:
        self.asked.append(("keep", post_id, tuple(message_ids), kept))
        for number in message_ids:
            self.replies[number] = replace(self.replies[number], kept=kept)

    async def put_into(self, post_id: int, message_ids: Sequence[int], topic: str) -> None:
        self.asked.append(("put_into", post_id, tuple(message_ids), topic))
        for number in message_ids:
            self.replies[number] = replace(self.replies[number], topic=topic)

    async def like(self, replies: Sequence[QuestionReply]) -> int:
        self.asked.append(("like", tuple(each.message_id for each in replies)))
        return len(replies)

    async def thank(self, post_id: int, replies: Sequence[QuestionReply], *, beyond: bool = False) -> Thanks:
        self.asked.append(("thank", post_id, tuple(each.message_id for each in replies), beyond))
        owed = len(replies) if beyond else min(self.room, len(replies))
        self.room -= min(self.room, owed)
        return Thanks(owed, len(replies) - owed)

    async def follow_up(self, post_id: int, opening: str) -> int:
        self.asked.append(("follow_up", post_id, opening))
        return 77

    async def export(self, post_id: int, path: Path, titles: Sequence[str], zone: Callable[[datetime], str]) -> int:
        self.asked.append(("export", post_id, path.name, tuple(titles), zone(NOW)))
        return 4
