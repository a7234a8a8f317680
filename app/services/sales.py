"""What campaigns cost and which coupons are theirs, as the user types them; each act is one entry of the undo list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.models.order import folded_mark
from app.models.sale import Cost
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.order_columns import money
from app.services.undo import Act, Undo
from app.store.database import Database
from app.store.reading import campaigns
from app.store.reading import sales as reading
from app.store.writing import sales as writing

LONGEST_TITLE = 120
LONGEST_CODE = 60
MOST_CODES = 50
_CODE_ENDS = re.compile(r"[,;|\n，、；]")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Sales:
    """`SalesService` of commands/sale_services.py."""

    database: Database
    undo: Undo
    clock: Clock

    async def save_cost(
        self, campaign_id: int, title: str, amount: str, day: date, cost_id: int | None = None, currency: str = ""
    ) -> int:
        """What was typed; answers its id. Raises `UserMistake` beside the field."""
        cost = await self._sound(campaign_id, title, amount, day, cost_id, currency)
        before = await self.database.read(reading.cost, cost_id) if cost_id is not None else None
        if cost_id is not None and before is None:
            raise UserMistake(message("sales.cost_gone"))
        now = to_ms(self.clock.now())
        number: int = await self.database.write(writing.save_cost, cost, now)

        async def back() -> None:
            if before is None:
                await self.database.write(writing.remove_cost, number, to_ms(self.clock.now()))
            else:
                await self.database.write(writing.save_cost, before, now)

        async def again() -> None:
            await self.database.write(writing.remove_cost, number, None)
            await self.database.write(writing.save_cost, cost._replace(id=number), now)

        self.undo.did(Act(message("undone.cost_saved", title=cost.title), back, again))
        return number

    async def _sound(
        self, campaign_id: int, title: str, amount: str, day: date, cost_id: int | None, currency: str
    ) -> Cost:
        if await self.database.read(campaigns.campaign, campaign_id) is None:
            raise UserMistake(message("campaigns.gone"))
        title = " ".join(title.split())[:LONGEST_TITLE]
        if not title:
            raise UserMistake(message("sales.title_missing"), field="title")
        read = money(amount)
        if read is None or read[0] <= 0:
            raise UserMistake(message("sales.no_amount"), field="amount")
        code = (read[1] or currency.strip()).upper()
        if _CURRENCY.fullmatch(code) is None:
            raise UserMistake(message("sales.no_currency"), field="amount")
        return Cost(campaign_id, title, read[0], code, day, cost_id)

    async def remove_cost(self, cost_id: int) -> None:
        cost = await self.database.read(reading.cost, cost_id)
        if cost is None:
            return

        async def again() -> None:
            await self.database.write(writing.remove_cost, cost_id, to_ms(self.clock.now()))

        async def back() -> None:
            await self.database.write(writing.remove_cost, cost_id, None)

        await again()
        self.undo.did(Act(message("undone.cost_removed", title=cost.title), back, again))

    async def set_coupons(self, campaign_id: int, text: str) -> tuple[str, ...]:
        """The codes whose orders are the campaign's, with commas between them; answers them as they are kept.

        Raises `UserMistake` for one that is another campaign's: its orders would be counted there no more.
        """
        codes = tuple(dict.fromkeys(filter(None, (folded_mark(each) for each in _CODE_ENDS.split(text)))))
        wrong = next((code for code in codes if len(code) > LONGEST_CODE), None)
        if wrong is not None or len(codes) > MOST_CODES:
            raise UserMistake(message("sales.wrong_codes", most=MOST_CODES, longest=LONGEST_CODE), field="coupons")
        if await self.database.read(campaigns.campaign, campaign_id) is None:
            raise UserMistake(message("campaigns.gone"))
        owners = await self.database.read(reading.coupon_owners, codes) if codes else {}
        for code, (owner, name) in owners.items():
            if owner != campaign_id:
                raise UserMistake(message("sales.code_taken", code=code, name=name), field="coupons")
        before = await self.database.read(reading.coupons, campaign_id)
        if set(before) == set(codes):
            return before

        async def again() -> None:
            await self.database.write(writing.set_coupons, campaign_id, codes)

        async def back() -> None:
            await self.database.write(writing.set_coupons, campaign_id, before)

        await again()
        self.undo.did(Act(message("undone.coupons"), back, again))
        return await self.database.read(reading.coupons, campaign_id)
