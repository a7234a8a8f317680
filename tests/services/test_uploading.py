"""Media go ahead of their post, are used while they last, and are uploaded anew when the server has thrown them away."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.models.delivery import Owed
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import Picture, PostDraft
from app.networks.outgoing import Outgoing, Sent, Upload
from app.networks.sample.failures import FailureKind, Verb
from app.networks.sample.world import World
from app.runtime.clock import to_ms
from app.runtime.errors import RateLimited, Refused
from app.runtime.settings import Posting
from app.runtime.words import message
from app.services.uploading import AHEAD
from app.store.writing import outbox
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in

SOON = timedelta(minutes=30)


@pytest.fixture
def uploads(monkeypatch: pytest.MonkeyPatch) -> list[Upload]:
    """All that arrives at the server."""
    came: list[Upload] = []
    upload = World.upload

    def note(world: World, account: str, picture: Upload) -> str:
        came.append(picture)
        return upload(world, account, picture)

    monkeypatch.setattr(World, "upload", note)
    return came


async def planned(shop: SmallShop, tmp_path: Path) -> int:
    shop.settings.change(Posting, server_holds=False)
    file = tmp_path / "tapa.jpg"
    image = Image.new("RGB", (60, 40), "navy")
    exif = image.getexif()
    exif[0x0112] = 6  # lies on its side
    exif[0x8825] = {1: "N", 2: (19.0, 25.0, 0.0)}
    image.save(file, exif=exif)
    picture = await shop.services.posts.add_picture(file)
    draft = PostDraft(parts=("con tapa",), accounts=(shop.account_id,), pictures=(Picture(picture.path, "Tapa"),), zone="UTC")
    post_id = await shop.services.posts.schedule(draft, shop.clock.now() + SOON)
    return (await shop.deliveries(post_id))[-1].id


async def test_what_goes_into_a_private_message_is_uploaded_as_such(tmp_path: Path, clock: FakeClock, uploads: list[Upload]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        file = tmp_path / "tapa.png"
        Image.new("RGB", (60, 40), "navy").save(file)
        picture = await shop.services.posts.add_picture(file)
        for visibility in (Visibility.DIRECT, Visibility.PUBLIC):
            owed = Owed(shop.account_id, OutboxKind.REPLY, f"key {visibility}", clock.now(), target="said-1", pictures=(picture,), visibility=visibility)
            await shop.database.write(outbox.add, owed, to_ms(clock.now()))
            await shop.services.publishing.send_due()
        assert [upload.private for upload in uploads] == [True, False]


async def test_pictures_are_uploaded_before_their_post_is_due(tmp_path: Path, clock: FakeClock, uploads: list[Upload]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await planned(shop, tmp_path)
        await shop.run_for(60, step=30)
        assert uploads == []  # not yet
        assert await shop.services.publishing._uploading.next_moment() == (await shop.item(number)).due_at - AHEAD
        clock.advance(timedelta(minutes=20))
        await shop.turn()
        assert len(uploads) == 1
        clock.advance(timedelta(minutes=10))
        await shop.turn()
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert len(uploads) == 1
        (post,) = shop.server.published(NETWORK, REMOTE_ID)
        assert len(post.media) == 1


async def test_what_arrives_is_upright_and_tells_no_place(tmp_path: Path, clock: FakeClock, uploads: list[Upload]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await planned(shop, tmp_path)
        clock.advance(SOON)
        await shop.turn()
        (upload,) = uploads
        assert (upload.width, upload.height, upload.alt) == (40, 60, "Tapa")
        with Image.open(BytesIO(upload.data)) as image:
            assert image.size == (40, 60)
            assert not image.getexif()


async def test_uploads_that_are_too_old_are_made_anew(tmp_path: Path, clock: FakeClock, uploads: list[Upload]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await planned(shop, tmp_path)
        clock.advance(timedelta(minutes=21))
        await shop.turn()
        cut = shop.server.fail(FailureKind.OFFLINE, verb=Verb.PUBLISH, lasting=True)
        clock.advance(timedelta(minutes=65))
        shop.server.mend(cut)
        await shop.turn()
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert len(uploads) == 2


async def test_a_refusal_after_an_upload_ahead_is_tried_once_with_a_new_one(
    tmp_path: Path, clock: FakeClock, uploads: list[Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, refused = World.publish, list[Outgoing]()

    def forgetful(world: World, account: str, part: Outgoing) -> Sent:
        if not refused:
            refused.append(part)
            raise Refused(message("sample.refused.media"))
        return publish(world, account, part)

    async with shop_in(tmp_path, clock) as shop:
        number = await planned(shop, tmp_path)
        clock.advance(timedelta(minutes=21))
        await shop.turn()
        monkeypatch.setattr(World, "publish", forgetful)
        clock.advance(timedelta(minutes=9))
        await shop.turn()
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert (len(uploads), len(refused)) == (2, 1)


async def test_what_was_uploaded_anew_is_what_the_next_attempt_begins_with(
    tmp_path: Path, clock: FakeClock, uploads: list[Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each attempt would be refused once more, for media that are long gone."""
    publish, troubles = World.publish, [Refused(message("sample.refused.media")), RateLimited(clock.now() + timedelta(minutes=31))]

    def troubled(world: World, account: str, part: Outgoing) -> Sent:
        if troubles:
            raise troubles.pop(0)
        return publish(world, account, part)

    async with shop_in(tmp_path, clock) as shop:
        number = await planned(shop, tmp_path)
        clock.advance(timedelta(minutes=21))
        await shop.turn()
        monkeypatch.setattr(World, "publish", troubled)
        clock.advance(timedelta(minutes=9))
        await shop.turn()
        assert (await shop.item(number)).state is DeliveryState.WAITING
        clock.advance(timedelta(minutes=2))
        await shop.turn()
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert len(uploads) == 2


async def test_a_failed_upload_ahead_costs_nothing(tmp_path: Path, clock: FakeClock, uploads: list[Upload]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await planned(shop, tmp_path)
        clock.advance(timedelta(minutes=21))
        shop.server.fail(FailureKind.RATE_LIMITED, verb=Verb.UPLOAD, seconds=120)
        await shop.run_for(180, step=30)
        assert len(uploads) == 1  # after the pause the server asked for
        row = await shop.item(number)
        assert (row.state, row.reason, row.attempts) == (DeliveryState.WAITING, "", 0)
