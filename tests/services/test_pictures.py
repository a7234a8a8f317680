"""Pictures come when a message does, never because somebody looks; and only as far as the user wants."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PIL import Image

from app.links.pages import Pages
from app.links.pictures import picture
from app.models.picture_kind import PictureKind
from app.runtime.clock import to_ms
from app.services import pictures as module
from app.services.pictures import Pictures
from app.store.writing import messages
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import HttpServer, Reply
from tests.services.shop import SmallShop, eventually, shop_in
from tests.store.reading.test_pictures import arrival

FACE, PICTURE = PictureKind.FACE, PictureKind.PICTURE


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (300, 200), (9, 90, 9)).save(made, "PNG")
    return made.getvalue()


class Album:
    """The cache over a server on this computer."""

    def __init__(self, shop: SmallShop, http: HttpServer) -> None:
        self.http = http
        self.shop = shop
        self.wanted = "all"
        self.told: list[frozenset[str]] = []
        pages = Pages(private=True)
        self.pictures = Pictures(
            shop.database,
            lambda url, most: picture(pages, url, most),
            shop.paths.cache,
            shop.clock,
            lambda: self.wanted,
        )
        self._heard = self.pictures.changed.connect(self.told.append)
        http.on("GET", "/face.png", Reply(body=png(), headers={"content-type": "image/png"}))
        http.on("GET", "/photo.png", Reply(body=png(), headers={"content-type": "image/png"}))
        http.on("GET", "/broken.png", Reply(body=b"nonsense", headers={"content-type": "image/png"}))

    def url(self, name: str) -> str:
        return f"{self.http.url}/{name}.png"

    async def comes(self, number: int, avatar: str) -> None:
        now = to_ms(self.shop.clock.now())
        await self.shop.database.write(
            messages.keep, self.shop.account_id, [arrival(number, avatar)], "messages", str(number), now, lambda _: None
        )


@asynccontextmanager
async def album(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Album]:
    async with HttpServer() as http, shop_in(tmp_path, clock) as shop:
        yield Album(shop, http)


async def test_a_picture_is_fetched_once_and_kept_small(tmp_path: Path, clock: FakeClock) -> None:
    async with album(tmp_path, clock) as made:
        assert await made.pictures.take(made.url("face"), FACE)
        assert await made.pictures.take(made.url("face"), FACE)
        assert len(made.http.requests) == 1
        path = made.pictures.file(made.url("face"), FACE)
        assert path is not None
        with Image.open(path) as kept:
            assert kept.size == (144, 144)
        assert made.told == [frozenset({made.url("face")})]
        assert await made.pictures.size() == path.stat().st_size


async def test_asking_for_a_file_fetches_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with album(tmp_path, clock) as made:
        assert made.pictures.file(made.url("face"), FACE) is None
        assert made.http.requests == []


@pytest.mark.parametrize(
    ("wanted", "faces", "photos"), [("off", False, False), ("avatars", True, False), ("all", True, True)]
)
async def test_only_what_the_user_wants_is_fetched_and_shown(
    tmp_path: Path, clock: FakeClock, wanted: str, faces: bool, photos: bool
) -> None:
    async with album(tmp_path, clock) as made:
        made.wanted = wanted
        assert await made.pictures.take(made.url("face"), FACE) is faces
        assert await made.pictures.take(made.url("photo"), PICTURE) is photos
        assert len(made.http.requests) == faces + photos
        made.wanted = "all"
        await made.pictures.take(made.url("photo"), PICTURE)
        made.wanted = wanted
        assert (made.pictures.file(made.url("photo"), PICTURE) is not None) is photos


async def test_who_writes_has_a_face_soon(tmp_path: Path, clock: FakeClock) -> None:
    async with album(tmp_path, clock) as made:
        await made.comes(1, made.url("face"))
        made.pictures.watch(made.shop.services.tasks)

        async def is_here(name: str = "face") -> bool:
            return made.pictures.file(made.url(name), FACE) is not None

        await eventually(is_here, clock)  # of who wrote before
        await made.comes(2, made.url("photo"))
        await eventually(lambda: is_here("photo"), clock)


async def test_what_could_not_be_had_is_not_asked_for_again_soon(tmp_path: Path, clock: FakeClock) -> None:
    async with album(tmp_path, clock) as made:
        assert not await made.pictures.take(made.url("broken"), FACE)
        made.pictures._want([made.url("broken")], FACE)
        assert not made.pictures._waiting
        clock.advance(module.AGAIN_AFTER)
        made.pictures._want([made.url("broken")], FACE)
        assert made.pictures._waiting
        assert list((tmp_path / "cache").glob("**/*.partial")) == []


async def test_the_least_used_go_when_there_are_too_many(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with album(tmp_path, clock) as made:
        urls = [f"{made.http.url}/{number}.png" for number in range(6)]
        for url in urls:
            made.http.on(
                "GET", url.removeprefix(made.http.url), Reply(body=png(), headers={"content-type": "image/png"})
            )
        await made.pictures.take(urls[0], FACE)
        one = await made.pictures.size()
        monkeypatch.setattr(module, "MOST_KEPT", one * 4)
        for url in urls[1:]:
            await made.pictures.take(url, FACE)
        assert await made.pictures.size() <= one * 4
        assert made.pictures.file(urls[-1], FACE) is not None


async def test_the_folder_can_be_emptied(tmp_path: Path, clock: FakeClock) -> None:
    async with album(tmp_path, clock) as made:
        await made.pictures.take(made.url("face"), FACE)
        await made.pictures.clear()
        assert (await made.pictures.size(), made.pictures.file(made.url("face"), FACE)) == (0, None)
        assert made.told[-1] == frozenset()


async def test_a_full_disk_costs_a_picture_and_nothing_else(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with album(tmp_path, clock) as made:

        def no_room(*_: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", no_room)
        assert not await made.pictures.take(made.url("face"), FACE)
