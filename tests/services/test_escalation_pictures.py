"""Pictures of messages go with the letter to a manager as files, as far as they are here; each can stay behind; their links stand there anyway."""

from __future__ import annotations

import hashlib
import io
import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PIL import Image

from app.models.escalation import Goes
from app.models.picture_kind import PictureKind
from app.models.tables.conversation import Message
from app.runtime.errors import UserMistake
from app.runtime.settings import Reading
from app.services.escalation_pictures import take_along
from app.store.database import Session
from tests.fakes.clock import FakeClock
from tests.services.manager_shop import ManagedShop, managed_shop

BOX, BROKEN = "https://m.example/box.png", "https://m.example/broken.png"


def png(shade: int = 9) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 90, 9)).save(made, "PNG")
    return made.getvalue()


def keep(shop: ManagedShop, url: str, content: bytes) -> Path:
    """As `Pictures` keeps what it has fetched."""
    digest = hashlib.sha256(url.encode()).hexdigest()[:40]
    path = shop.paths.cache / "pictures" / digest[:2] / f"{digest}.{PictureKind.PICTURE}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


async def heard_with(shop: ManagedShop, *urls: str) -> tuple[int, int]:
    """A message with pictures; answers the conversation's id and the message's."""
    shop.settings.change(Reading, pictures="all")
    number = await shop.heard()
    (said,) = (await shop.detail(number)).messages
    files = [{"url": url, "kind": "image", "alt": "la caja" if url == BOX else "", "preview_url": ""} for url in urls]

    def attach(session: Session) -> None:
        session.get_one(Message, said.id).attachments = json.dumps(files)

    await shop.database.write(attach)
    return number, said.id


async def pictures_owed(shop: ManagedShop) -> list[dict[str, str]]:
    text = await shop.database.read(
        lambda c: c.execute("SELECT pictures FROM outbox WHERE kind = 'mail'").fetchone()[0]
    )
    found: list[dict[str, str]] = json.loads(text)
    return found


async def test_a_picture_that_is_here_goes_along_from_the_profiles_own_media(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _ = await heard_with(shop, BOX, "https://m.example/never-fetched.png")
        kept = keep(shop, BOX, png())
        seen = await shop.services.escalations.preview(shop.asking(number), Goes.BOTH)
        assert seen.attached == ("imagen-1",)
        assert f"la caja (imagen-1): {BOX}" in seen.text
        assert "image: https://m.example/never-fetched.png" in seen.text
        await shop.ask_hector(number)
        kept.unlink()  # the folder of what was fetched may be emptied at any time
        (owed,) = await pictures_owed(shop)
        assert owed["alt"] == "imagen-1"
        with Image.open(shop.paths.media / owed["path"]) as picture:
            assert picture.size == (40, 30)


async def test_one_that_is_unticked_stays_behind_and_so_does_that_of_a_message_that_stays(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, said = await heard_with(shop, BOX, "https://m.example/2.png")
        keep(shop, BOX, png())
        keep(shop, "https://m.example/2.png", png(200))
        both = await shop.services.escalations.preview(shop.asking(number), Goes.BOTH)
        one = await shop.services.escalations.preview(shop.asking(number, left_out=(f"p{said}.0",)), Goes.BOTH)
        none = await shop.services.escalations.preview(shop.asking(number, left_out=(f"m{said}",)), Goes.BOTH)
        assert (both.attached, one.attached, none.attached) == (("imagen-1", "imagen-2"), ("imagen-1",), ())
        assert f"la caja: {BOX}" in one.text  # its link stays
        assert BOX not in none.text


async def test_the_file_for_the_own_mail_program_carries_them(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _ = await heard_with(shop, BOX)
        keep(shop, BOX, png())
        _, path = await shop.services.escalations.hand_over(shop.asking(number))
        letter = message_from_bytes(path.read_bytes(), policy=default)
        (attached,) = letter.iter_attachments()
        assert (attached.get_filename(), attached.get_content_type()) == ("imagen-1.png", "image/png")


async def test_what_turns_out_to_be_no_picture_is_left_to_its_link(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _ = await heard_with(shop, BROKEN)
        keep(shop, BROKEN, b"nonsense")
        await shop.ask_hector(number)
        assert await pictures_owed(shop) == []


async def test_too_much_together_is_said_and_nothing_is_sent(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _ = await heard_with(shop, BOX)
        keep(shop, BOX, png())
        monkeypatch.setattr(take_along, "__defaults__", (50,))
        with pytest.raises(UserMistake) as caught:
            await shop.ask_hector(number)
        assert (caught.value.field, caught.value.message.id) == ("pictures", "escalation.pictures_too_large")
        assert (await shop.detail(number)).escalations == ()


async def test_where_pictures_are_switched_off_none_goes_along(tmp_path: Path, clock: FakeClock) -> None:
    async with managed_shop(tmp_path, clock) as shop:
        number, _ = await heard_with(shop, BOX)
        keep(shop, BOX, png())
        shop.settings.change(Reading, pictures="off")
        assert (await shop.services.escalations.preview(shop.asking(number), Goes.BOTH)).attached == ()
