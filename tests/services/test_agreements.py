"""Agreements: proposed from a reply, recorded with the terms of the day, replaced, removed, each taken back; saved as a file or not at all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.agreement import AgreementKind, AgreementRow, Settled
from app.runtime.errors import UserMistake
from app.runtime.settings import Shop
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

REFUND = Settled(AgreementKind.REFUND, "  Te devolvemos\n520 pesos ", 52000, "MXN", " A-20418 ")


async def listed(shop: SmallShop, customer_id: int = 1) -> list[AgreementRow]:
    rows: list[AgreementRow] = await shop.ask(lambda queries: queries.agreements_of(customer_id))
    return rows


async def test_what_is_recorded_holds_terms_and_what_was_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Shop, terms="discosaurora.mx/terminos", name="Discos Aurora", country="MX")
        number = await shop.heard()
        made = await shop.services.agreements.record(number, REFUND)
        shop.settings.change(Shop, terms="")
        paper = await shop.services.agreements.paper(made)
        assert paper.row == AgreementRow(
            made, number, AgreementKind.REFUND, "Te devolvemos 520 pesos", 52000, "MXN", "A-20418", clock.now()
        )
        assert (paper.terms, paper.shop, len(paper.transcript)) == ("discosaurora.mx/terminos", "Discos Aurora", 1)
        detail = await shop.ask(lambda queries: queries.conversation(number))
        assert [row.id for row in detail.agreements] == [made]


async def test_its_paper_speaks_the_customers_language(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("Bonjour, le disque est arrivé cassé, que puis-je faire ?")
        made = await shop.services.agreements.record(number, REFUND)
        paper = await shop.services.agreements.paper(made)
        assert paper.language == (await shop.conversation(number)).language != ""
        said = {
            language: shop.services.agreements.words(paper._replace(language=language)).text("agreement.kind.refund")
            for language in ("en", "es", "fr", "ru", "zh", "de", "")
        }
        assert said == {
            "en": "Refund",
            "es": "Reembolso",
            "fr": "Remboursement",
            "ru": "Возврат денег",
            "zh": "退款",
            "de": "Refund",  # the window's
            "": "Refund",
        }


async def test_each_step_is_taken_back_and_done_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        first = await shop.services.agreements.record(number, REFUND)
        second = await shop.services.agreements.record(number, REFUND._replace(amount=40000), first)
        assert [row.amount for row in await listed(shop)] == [40000]
        await shop.services.agreements.remove(second)
        assert await listed(shop) == []
        assert await shop.undo() == "undone.agreement_removed"
        assert await shop.undo() == "undone.agreement_replaced"
        assert [row.id for row in await listed(shop)] == [first]
        assert await shop.undo() == "undone.agreement"
        assert await listed(shop) == []
        await shop.services.undo.redo()
        assert [row.amount for row in await listed(shop)] == [52000]


async def test_an_agreement_needs_words_and_a_day_that_has_come(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        wrong = (
            REFUND._replace(text=" \n"),
            REFUND._replace(amount=-1),
            REFUND._replace(agreed_at=clock.now() + timedelta(days=2)),
        )
        for settled in wrong:
            with pytest.raises(UserMistake):
                await shop.services.agreements.record(number, settled)
        for gone in (shop.services.agreements.remove(99), shop.services.agreements.paper(99)):
            with pytest.raises(UserMistake):
                await gone
        assert await listed(shop) == []


@pytest.mark.parametrize(
    ("text", "kind", "amount", "currency"),
    [
        ("Te devolvemos 520 pesos mañana.", AgreementKind.REFUND, 52000, "MXN"),
        ("We'll refund you $14.50.", AgreementKind.REFUND, 1450, "MXN"),
        ("Nous vous rembourserons 14,50 €.", AgreementKind.REFUND, 1450, "EUR"),
        ("Мы вернём вам 1 500 руб.", AgreementKind.REFUND, 150000, "RUB"),
        ("我们会给您退款120元。", AgreementKind.REFUND, 12000, "CNY"),
        ("We'll send you another copy.", AgreementKind.REPLACEMENT, None, ""),
    ],
)
async def test_a_reply_proposes_one(
    tmp_path: Path, clock: FakeClock, text: str, kind: AgreementKind, amount: int | None, currency: str
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Shop, country="MX")
        found = shop.services.agreements.propose(f"Hola. {text}")
        assert found is not None
        assert (found.kind, found.amount, found.currency) == (kind, amount, currency)
        assert shop.services.agreements.propose("Hola, ¿cómo va?") is None


async def test_amounts_are_read_as_they_are_typed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        amount = shop.services.agreements.amount
        assert amount("520") == (52000, "")
        shop.settings.change(Shop, country="MX")
        assert amount("1,234.50") == (123450, "MXN")
        assert amount("1.234,50 EUR") == (123450, "EUR")
        assert [amount(text) for text in ("", "mucho", "-5", "1 y 2")] == [None] * 4


async def test_the_file_is_whole_or_not_there(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        save = shop.services.agreements.save
        folder = tmp_path / "papers"
        folder.mkdir()
        written = await save(folder / "acuerdo", b"%PDF-1.4")
        assert written == folder / "acuerdo.pdf"
        assert written.read_bytes() == b"%PDF-1.4"
        with pytest.raises(UserMistake) as caught:
            await save(tmp_path / "nowhere" / "a.pdf", b"x")
        assert caught.value.message.id == "file.not_written"
        (folder / "taken.pdf").mkdir()
        with pytest.raises(UserMistake):
            await save(folder / "taken.pdf", b"x")
        assert sorted(each.name for each in folder.iterdir()) == ["acuerdo.pdf", "taken.pdf"]
