"""What accounts can send, without any account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.models.message import Visibility
from app.models.post import Picture, QuotedPost
from app.runtime.words import Message, message


@dataclass
class FakeLimits:
    text: int = 280
    pictures: int = 4
    alt_text: int = 1000
    poll_options: int = 4
    poll_option_length: int = 25
    visibilities: tuple[Visibility, ...] = (Visibility.PUBLIC, Visibility.DIRECT)
    warning: bool = False
    threads: bool = True


class FakePosts:
    """Counts code points; 280 of them."""

    their_limits = FakeLimits()
    names = False
    """Whether a reply names whom it answers."""

    def measure(self, _account_id: int, text: str, warning: str = "", reply_to: str = "", *, private: bool = False) -> tuple[int, int]:
        return len(text) + len(warning) + (len(reply_to) + 1 if self.names and reply_to else 0), 280

    def split(
        self, _account_id: int, text: str, warning: str = "", reply_to: str = "", *, private: bool = False, spare: int = 0
    ) -> tuple[str, ...]:
        room = 280 - self.measure(0, "", reply_to=reply_to)[0] - spare
        return tuple(text[start : start + room] for start in range(0, len(text), room))

    def limits(self, _account_id: int) -> FakeLimits:
        return self.their_limits

    async def add_picture(self, source: Path) -> Picture:
        return Picture(f"{source.name}")

    def picture_path(self, picture: Picture) -> Path:
        return Path(picture.path)

    def quote_refusal(self, account_id: int) -> Message | None:
        """X (account 1) lets no program quote."""
        return message("network.x.no_quotes") if account_id == 1 else None

    async def quoted(self, address: str, account_ids: Sequence[int], *, anew: bool = False) -> QuotedPost:
        return QuotedPost(address, "@ana", "¿Hay vinilos?", tuple((number, "remote") for number in account_ids))
