"""The analytics server as settings and reports see it: nothing but what a test says."""

from __future__ import annotations

from app.models.visit import SiteTrial
from app.runtime.errors import AppError
from app.runtime.words import Message


class FakeAnalytics:
    """`key` is what the keyring holds; `trial` what the server answers."""

    def __init__(self) -> None:
        self.trouble: Message | None = None
        self.key = ""
        self.trial = SiteTrial(None, 1204, 90, ("Purchase",))
        self.fault: AppError | None = None
        self.asked: list[str] = []

    async def has_key(self) -> bool:
        if self.fault is not None:
            raise self.fault
        return bool(self.key)

    async def set_key(self, key: str) -> None:
        if self.fault is not None:
            raise self.fault
        self.key = key

    async def try_it(self) -> SiteTrial:
        self.asked.append("tried")
        return self.trial

    async def read_now(self) -> bool:
        self.asked.append("read")
        return True
