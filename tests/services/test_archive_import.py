"""History out of archives: posts with their moments and figures, never sent again, none twice."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlmodel import Session

from app.models.archive import ArchiveKind
from app.models.outbox import DeliveryState
from app.models.post import PostState
from app.models.tables.outbox import OutboxItem
from app.runtime.errors import UserMistake
from app.store.reading import posts as reading
from app.store.reading import samples
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

OWNER = "4242"


def tweet(number: int, text: str, **more: Any) -> dict[str, Any]:
    told = {
        "id_str": str(number),
        "full_text": text,
        "created_at": f"Wed Oct 10 20:{number % 60:02}:24 +0000 2018",
        "favorite_count": "12",
        "retweet_count": "3",
        "lang": "es",
        **more,
    }
    return {"tweet": told}


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return file.getvalue()


def x_archive(folder: Path, tweets: Sequence[Any], **members: bytes) -> Path:
    path = folder / "twitter.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        account = [{"account": {"accountId": OWNER, "username": "discosaurora"}}]
        file.writestr("data/account.js", f"window.YTD.account.part0 = {json.dumps(account)}")
        file.writestr("data/tweets.js", f"window.YTD.tweets.part0 = {json.dumps(tweets)}")
        file.writestr("Your archive.html", "<script>alert(1)</script>")
        for name, data in members.items():
            file.writestr(name, data)
    return path


def note(number: int, content: str, **more: Any) -> dict[str, Any]:
    actor = "https://musica.example/users/aurora"
    told = {
        "id": f"{actor}/statuses/{number}",
        "type": "Note",
        "published": f"2024-05-01T10:{number % 60:02}:00Z",
        "url": f"https://musica.example/@aurora/{number}",
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "cc": [],
        "content": f"<p>{content}</p>",
        "contentMap": {"es": content},
        "inReplyTo": None,
        **more,
    }
    return {
        "id": f"{told['id']}/activity",
        "type": "Create",
        "actor": actor,
        "published": told["published"],
        "object": told,
    }


def mastodon_export(folder: Path, items: Sequence[Any], *, zipped: bool = False, **members: bytes) -> Path:
    actor = {"id": "https://musica.example/users/aurora", "type": "Person", "preferredUsername": "aurora"}
    outbox = {
        "@context": "x",
        "id": "outbox.json",
        "type": "OrderedCollection",
        "totalItems": len(items),
        "orderedItems": items,
    }
    files = {"actor.json": json.dumps(actor).encode(), "outbox.json": json.dumps(outbox).encode(), **members}
    if zipped:
        path = folder / "archive.zip"
        with zipfile.ZipFile(path, "w") as file:
            for name, data in files.items():
                file.writestr(name, data)
        return path
    path = folder / "archive.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


async def history(shop: SmallShop) -> list[str]:
    rows = await shop.ask(lambda q: q.posts(None, shop.clock.now()))
    return [row.title for row in rows if row.state is PostState.SCHEDULED]


TWEETS = [
    tweet(
        1001,
        "Primera &amp; única https://t.co/a",
        entities={"urls": [{"url": "https://t.co/a", "expanded_url": "https://aurora.example/1"}]},
    ),
    tweet(1002, "Un hilo", id=1002),
    tweet(1003, "que sigue", in_reply_to_status_id_str="1002", in_reply_to_user_id_str=OWNER),
    tweet(1004, "@ana gracias", in_reply_to_status_id_str="77", in_reply_to_user_id_str="9"),
    tweet(1005, "RT @otro: algo"),
    {"tweet": {"id_str": "x"}},
]


async def test_posts_of_x_come_in_as_history_with_their_figures(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        account = shop.add_account("@discosaurora", network="x")
        path = x_archive(tmp_path, TWEETS)
        service = shop.services.archive_import
        found = await service.preview(path)
        assert (found.kind, found.handle, found.account_id) == (ArchiveKind.X, "discosaurora", account)
        assert (found.posts, found.known, found.left_out, len(found.wrong)) == (3, 0, 2, 1)
        result = await service.import_file(path, account, media=False)
        assert (result.posts, result.known, result.wrong_count) == (3, 0, 1)
        rows = await shop.ask(lambda q: q.posts(None, clock.now()))
        assert [row.title for row in rows] == ["Primera & única https://aurora.example/1", "Un hilo"]
        assert {row.shown for row in rows} == {DeliveryState.OUT}
        thread = await shop.database.read(reading.post, rows[1].id)
        assert thread is not None
        assert thread.parts == ("Un hilo", "que sigue")
        (delivery,) = await shop.deliveries(rows[0].id)
        assert delivery.url == "https://x.com/discosaurora/status/1001"
        assert await shop.database.read(samples.latest, "likes", "post", delivery.id) == 12
        assert await shop.database.read(samples.latest, "reposts", "post", delivery.id) == 3


async def test_nothing_of_it_is_ever_sent_and_none_comes_twice(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        path = mastodon_export(tmp_path, [note(1, "Hola"), note(2, "Otra")])
        service = shop.services.archive_import
        assert (await service.import_file(path, shop.account_id, media=False)).posts == 2
        await shop.run_for(3600, step=60)
        assert shop.out_there() == []
        again = await service.preview(path)
        assert (again.posts, again.known) == (2, 2)
        assert (await service.import_file(path, shop.account_id, media=False)).posts == 0
        assert len(await history(shop)) == 2
        assert await shop.undo() == "undone.archive"
        assert await history(shop) == []
        assert (await service.preview(path)).known == 0, "taken back, it may come again"


async def test_what_went_out_from_here_is_not_brought_in_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("Desde aquí")
        await shop.run_for(60)
        (delivery,) = await shop.deliveries(number)

        def name_it(session: Session) -> None:
            session.get_one(OutboxItem, delivery.id).remote_id = "555"

        await shop.database.write(name_it)
        path = mastodon_export(tmp_path, [note(555, "Desde aquí"), note(2, "Otra")])
        found = await shop.services.archive_import.preview(path)
        assert (found.posts, found.known) == (2, 1)
        assert (await shop.services.archive_import.import_file(path, shop.account_id, media=False)).posts == 1


@pytest.mark.parametrize("zipped", [False, True])
async def test_an_export_of_mastodon_tells_posts_threads_and_who_may_read_them(
    tmp_path: Path, clock: FakeClock, zipped: bool
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        me = "https://musica.example/users/aurora"
        items = [
            note(1, "Hola<br>mundo", likes={"totalItems": 4}, shares={"totalItems": 2}),
            note(2, "sigue", inReplyTo=f"{me}/statuses/1"),
            note(3, "a Ana", inReplyTo="https://otro.example/users/ana/statuses/9"),
            note(4, "solo seguidores", to=[f"{me}/followers"]),
            note(5, "sin lista", to=[f"{me}/followers"], cc=["https://www.w3.org/ns/activitystreams#Public"]),
            {"type": "Announce", "object": "https://otro.example/1"},
            "nonsense",
        ]
        found = await shop.services.archive_import.preview(mastodon_export(tmp_path, items, zipped=zipped))
        assert (found.kind, found.handle, found.account_id) == (ArchiveKind.MASTODON, "aurora", shop.account_id)
        assert (found.posts, found.left_out, len(found.wrong)) == (3, 3, 1)
        path = mastodon_export(tmp_path, items, zipped=zipped)
        await shop.services.archive_import.import_file(path, shop.account_id, media=False)
        rows = await shop.ask(lambda q: q.posts(None, clock.now()))
        assert [row.title for row in rows] == ["Hola", "sin lista"]
        (delivery,) = await shop.deliveries(rows[0].id)
        assert await shop.database.read(samples.latest, "likes", "post", delivery.id) == 4


@pytest.mark.parametrize("wanted", [False, True])
async def test_pictures_come_along_when_asked_for(tmp_path: Path, clock: FakeClock, wanted: bool) -> None:
    async with shop_in(tmp_path, clock) as shop:
        account = shop.add_account("@discosaurora", network="x")
        media = [{"url": "https://t.co/p", "media_url_https": "https://pbs.example/media/abc.png", "type": "photo"}]
        told = tweet(7, "Con foto https://t.co/p", extended_entities={"media": media})
        broken = tweet(
            8, "Rota", extended_entities={"media": [{"media_url_https": "https://pbs.example/media/bad.png"}]}
        )
        members = {
            "data/tweets_media/7-abc.png": picture(),
            "data/tweets_media/8-bad.png": b"no picture",
            "data/tweets_media/9-other.png": picture(),
        }
        path = x_archive(tmp_path, [told, broken], **members)
        found = await shop.services.archive_import.preview(path)
        assert found.media == 2
        result = await shop.services.archive_import.import_file(path, account, media=wanted)
        assert (result.posts, result.media) == (2, 1 if wanted else 0)
        first = (await shop.ask(lambda q: q.posts(None, clock.now())))[0]
        draft = await shop.database.read(reading.post, first.id)
        assert draft is not None
        assert draft.parts == ("Con foto",)
        assert [(shop.paths.media / each.path).exists() for each in draft.pictures] == ([True] if wanted else [])


async def test_an_archive_goes_to_an_account_of_its_own_network_only(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        path = x_archive(tmp_path, TWEETS)
        assert (await shop.services.archive_import.preview(path)).account_id is None
        with pytest.raises(UserMistake, match="other_network"):
            await shop.services.archive_import.import_file(path, shop.account_id, media=False)
        assert await history(shop) == []


async def test_an_import_can_be_stopped_and_gone_on_with(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        path = mastodon_export(tmp_path, [note(n, f"Post {n}") for n in range(450)])
        service = shop.services.archive_import

        def tell(done: int, of_all: int) -> None:
            if done and of_all:
                service.stop()

        stopped = await service.import_file(path, shop.account_id, media=False, progress=tell)
        assert stopped.stopped
        assert stopped.posts == 100
        rest = await service.import_file(path, shop.account_id, media=False)
        assert (rest.posts, rest.known) == (350, 100)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "window.YTD.tweets.part0 = ",
        "window.YTD.tweets.part0 = [{",
        "[" * 100_000,
        "window.x = [1, 2, 3",
        "window.x = [" + "9" * 6000 + "]",
    ],
)
async def test_a_broken_archive_says_so(tmp_path: Path, clock: FakeClock, body: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("data/tweets.js", body)
        with pytest.raises(UserMistake):
            await shop.services.archive_import.preview(path)
