"""Sheets that make ideas of what is there: older posts that went well, and kind words that were kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.commands.composer import UNDO_SECONDS
from app.models.folding import fold
from app.models.idea import OlderPost, Seed
from app.runtime.words import message
from app.ui.calendar.pick_sheet import Pick, PickSheet
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line


class OlderSheet(PickSheet):
    """Posts that are out, with what they brought."""

    def __init__(self, face: PageFace, host: QWidget) -> None:
        super().__init__(
            face,
            host,
            face.text("ideas.older_title"),
            face.text("ideas.older_said"),
            self._repeat,
            button="ideas.repeat",
            search=face.text("ideas.find_post"),
        )
        self._posts: Sequence[OlderPost] = ()
        self.search.textChanged.connect(lambda _text: self._fill())
        face.services.reads.later(lambda queries: queries.older_posts(200), self._came)

    def _came(self, posts: Sequence[OlderPost]) -> None:
        if not self.gone:
            self._posts = posts
            self._fill()

    def _fill(self) -> None:
        words = fold(self.search.text()).split()
        fitting = [post for post in self._posts if all(word in fold(f"{post.title} {post.text}") for word in words)]
        none = self._look.text("ideas.no_older_found" if words and self._posts else "ideas.no_older_yet")
        self.show_rows([self._pick(post) for post in fitting[:60]], none)

    def _pick(self, post: OlderPost) -> Pick:
        look = self._look
        figures = [
            look.text(f"ideas.figure.{name}", n=many)
            for name in ("replies", "reposts", "clicks", "likes")
            if (many := getattr(post, name))
        ]
        day = look.words.day(post.out_at, self._face.clock.now())
        notes = [look.text("ideas.same_season")] if post.same_season else []
        if post.repeated_at is not None:
            notes.append(look.text("ideas.repeated", day=look.words.day(post.repeated_at, self._face.clock.now())))
        where = look.words.enumeration(network_name(each) for each in post.networks)
        detail = " · ".join([day, where, *notes])
        return Pick(post.post_id, post.title, detail, " · ".join(figures[:2]), post.repeated_at is not None)

    def _repeat(self, posts: list[int]) -> None:
        async def work() -> None:
            made = await self._face.services.ideas.repeat(posts)
            self._face.notices.say(message("ideas.said.made", n=len(made)), undo=True, seconds=UNDO_SECONDS)

        self._face.actions.start("ideas: repeat", work())


class PraiseSheet(PickSheet):
    """Kind words; all that are ticked become one idea."""

    def __init__(self, face: PageFace, host: QWidget) -> None:
        super().__init__(
            face,
            host,
            face.text("ideas.praise_title"),
            face.text("ideas.praise_said"),
            self._collect,
            button="ideas.collect",
        )
        face.services.reads.later(lambda queries: queries.kind_words(60), self._came)

    def _came(self, seeds: Sequence[Seed]) -> None:
        if not self.gone:
            now = self._face.clock.now()
            picks = [
                Pick(
                    seed.message_id,
                    one_line(seed.text)[:200],
                    f"{isolated(seed.author)} · {network_name(seed.network)} · {self._look.words.day(seed.at, now)}",
                )
                for seed in seeds
            ]
            self.show_rows(picks, self._look.text("ideas.no_praise_yet"))

    def _collect(self, messages: list[int]) -> None:
        async def work() -> None:
            await self._face.services.ideas.from_praise(messages)
            self._face.notices.say(message("ideas.said.made", n=1), undo=True, seconds=UNDO_SECONDS)

        self._face.actions.start("ideas: kind words", work())
