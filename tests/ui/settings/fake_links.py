"""Tracked links as the settings and the reply box see them: pure text for real, no shortener but what a test says."""

from __future__ import annotations

from typing import Any

from app.links.utm import DEFAULT_PATTERN, Facts, Pattern, WrongPattern, tagged
from app.models.tracked_link import LinkFace, Quota, Trial
from app.runtime.errors import AppError
from app.runtime.signals import Signal
from app.runtime.words import Message, message


class FakeLinks:
    """`token` is what the keyring holds; `trial` what the shortener answers."""

    def __init__(self) -> None:
        self.said: Signal[[Message]] = Signal("links.said")
        self.trouble: Message | None = None
        self.shortener_name = "Shlink"
        self.token = ""
        self.trial = Trial(None, "aurora.mx", Quota(), 4)
        self.fault: AppError | None = None
        self.tried = 0

    def leaves(self, _draft: Any, _account_id: int, text: str) -> str:
        return text

    def faces(self, _draft: Any) -> tuple[LinkFace, ...]:
        return ()

    def tag(self, url: str, _account_id: int) -> str:
        return tagged(url, Pattern.read(DEFAULT_PATTERN), Facts("mastodon", post="reply"))

    def example(self, pattern: str) -> str:
        return tagged(
            "https://example.com/offers",
            Pattern.read(pattern),
            Facts("mastodon", "our-shop", "spring-2027", "p12-2"),
        )

    def complaint(self, pattern: str) -> tuple[Message | None, Message | None]:
        try:
            read = Pattern.read(pattern)
        except WrongPattern as wrong:
            return message(f"links.pattern.{wrong.reason}", what=wrong.what), None
        return None, None if read.tells_posts_apart else message("links.pattern.not_apart")

    async def has_token(self) -> bool:
        return bool(self.token)

    async def set_token(self, token: str) -> None:
        if self.fault is not None:
            raise self.fault
        self.token = token

    async def try_it(self) -> Trial:
        self.tried += 1
        return self.trial
