"""Videos: checked against today's allowance, sent as a stream, waited for. The service's answers are recorded ones."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.networks.bluesky.media import media_of
from app.networks.bluesky.video import POLL_SECONDS
from app.networks.outgoing import Upload
from app.runtime.errors import Offline, Refused
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import OURS
from tests.networks.bluesky.test_publishing import a_part
from tests.networks.bluesky.test_shapes import recorded
from tests.networks.bluesky.wire import error

UPLOAD, STATUS = "/xrpc/app.bsky.video.uploadVideo", "/xrpc/app.bsky.video.getJobStatus"


@pytest.fixture
def video(tmp_path: Path) -> Upload:
    file = tmp_path / "disco.mp4"
    file.write_bytes(b"\0\0\0 ftypisom" + b"v" * 700_000)
    return Upload(b"", "video/mp4", "disco uno.mp4", "Giramos el disco", 1080, 1920, file)


async def uploaded(connection: Any, video: Upload, clock: FakeClock) -> str:
    """Lets the pauses pass."""
    task = asyncio.ensure_future(connection.upload(video))  # noqa: TID251
    while not task.done():
        await asyncio.sleep(0.001)
        if clock.sleeping:
            clock.advance(10)
    return str(await task)


async def test_a_video_is_sent_whole_and_waited_for(opening: Opening, video: Upload, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        media = media_of(await uploaded(connection, video, clock))
        assert (media.video, media.alt, media.width, media.height) == (True, "Giramos el disco", 1080, 1920)
        (sent,) = server.videos.received
        assert video.file is not None
        assert sent.body == video.file.read_bytes()
        assert sent.headers["content-type"] == "video/mp4"
        assert sent.headers["content-length"] == str(len(sent.body))
        assert (sent.first("did"), sent.first("name")) == (OURS, "disco uno.mp4")
        assert sent.headers["authorization"] == "Bearer for com.atproto.repo.uploadBlob"
        asked = server.http.asked("GET", "/xrpc/com.atproto.server.getServiceAuth")
        assert [each.first("lxm") for each in asked] == [
            "app.bsky.video.getUploadLimits",
            "com.atproto.repo.uploadBlob",
        ]
        assert asked[1].first("aud") == "did:web:127.0.0.1"


async def test_a_post_shows_the_video(opening: Opening, video: Upload, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        media = await uploaded(connection, video, clock)
        await connection.publish(a_part(media_ids=(media,)))
        embed = server.posts()[0]["value"]["embed"]
        assert embed["$type"] == "app.bsky.embed.video"
        assert (embed["alt"], embed["aspectRatio"]) == ("Giramos el disco", {"width": 1080, "height": 1920})


async def test_a_video_that_the_service_has_had_is_not_encoded_again(
    opening: Opening, video: Upload, clock: FakeClock
) -> None:
    async with opening() as (server, connection, _):
        server.videos.known = recorded("video_job_completed")["jobStatus"]["blob"]
        assert media_of(await uploaded(connection, video, clock)).content_hash == "bafkreivideo2222"
        assert server.http.asked("GET", STATUS) == []


async def test_the_recorded_job_is_read(opening: Opening, video: Upload, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        server.http.on("POST", UPLOAD, Reply(200, recorded("video_upload")))
        server.http.on(
            "GET", STATUS, Reply(200, recorded("video_job_encoding")), Reply(200, recorded("video_job_completed"))
        )
        assert media_of(await uploaded(connection, video, clock)).content_hash == "bafkreivideo2222"
        assert {each.first("jobId") for each in server.http.asked("GET", STATUS)} == {"c2x8vk3"}


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (
            {"canUpload": False, "message": "User is not allowed to upload videos", "error": "unconfirmed_email"},
            "network.bluesky.video_refused",
        ),
        (
            {"canUpload": True, "remainingDailyVideos": 1, "remainingDailyBytes": 5000},
            "network.bluesky.video_allowance",
        ),
    ],
)
async def test_what_today_s_allowance_forbids_is_not_sent(
    opening: Opening, video: Upload, clock: FakeClock, limits: dict[str, Any], reason: str
) -> None:
    async with opening() as (server, connection, _):
        server.videos.limits = limits
        with pytest.raises(Refused) as caught:
            await uploaded(connection, video, clock)
        assert caught.value.reason.id == reason
        assert server.videos.received == []


async def test_a_video_that_cannot_be_encoded_is_refused_with_the_reason(
    opening: Opening, video: Upload, clock: FakeClock
) -> None:
    async with opening() as (server, connection, _):
        server.videos.steps = [recorded("video_job_failed")["jobStatus"]]
        with pytest.raises(Refused) as caught:
            await uploaded(connection, video, clock)
        assert caught.value.reason.values["words"] == "Video is longer than 3 minutes"


async def test_a_video_that_takes_too_long_is_tried_later(opening: Opening, video: Upload, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        server.videos.steps = [{"state": "JOB_STATE_ENCODING", "progress": 1}]
        with pytest.raises(Offline):
            await uploaded(connection, video, clock)
        assert len(server.http.asked("GET", STATUS)) == len(POLL_SECONDS)


@pytest.mark.parametrize(
    "reply", [error(401, "AuthenticationRequired", "no"), error(400, "InvalidRequest", "too large"), Reply(200, {})]
)
async def test_an_upload_that_fails_is_never_unsure(
    opening: Opening, video: Upload, clock: FakeClock, reply: Reply
) -> None:
    async with opening() as (server, connection, keeper):
        server.http.on("POST", UPLOAD, reply)
        with pytest.raises((Refused, Offline)):
            await uploaded(connection, video, clock)
        assert keeper.renewals == 0
