"""Videos on Bluesky: a service of their own takes the file, encodes it and puts it into our repository; we wait for it.

Source: docs.bsky.app/docs/tutorials/video and the lexicons app.bsky.video. The service acts for us with a token that our server makes for
this purpose alone. There is no such service to try against outside Bluesky's own: what is here was checked against recorded answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from app.networks import fields
from app.networks.bluesky import api
from app.networks.bluesky.media import Media, media_with
from app.networks.bluesky.xrpc import ANSWERED, Body, Xrpc, error_name
from app.networks.client import Answer, Client, said
from app.networks.fields import Json
from app.networks.outgoing import Upload
from app.runtime.clock import to_ms
from app.runtime.errors import NetworkTrouble, Offline, Refused
from app.runtime.words import Message

SERVICE = "https://video.bsky.app"
TOKEN_LIFE = timedelta(minutes=30)
POLL_SECONDS = (1.0, 2.0, 2.0, *([3.0] * 20), *([10.0] * 50))
"""Nine and a half minutes in all."""
CHUNK = 256 * 1024
SLOWEST = 50_000
"""Bytes a second that a line must carry at least."""
COMPLETED, FAILED = "JOB_STATE_COMPLETED", "JOB_STATE_FAILED"


class Videos:
    """Uploads videos for one account."""

    def __init__(self, xrpc: Xrpc, client: Client) -> None:
        """`client` speaks with the video service."""
        self._xrpc = xrpc
        self._client = client

    async def close(self) -> None:
        await self._client.close()

    async def upload(self, video: Upload) -> Media:
        """The video once it is encoded. Raises `Refused` with the service's own limit, `Offline` when it takes too long."""
        assert video.file is not None
        size = await asyncio.to_thread(_size, video.file)
        await self._may_upload(size)
        job = await self._send(video, size)
        for seconds in POLL_SECONDS:
            if fields.inner(job, "blob"):
                return media_with(fields.inner(job, "blob"), video, video=True)
            if fields.text(job, "state") == FAILED:
                raise _failed(job)
            await self._client.clock.sleep(seconds)
            job = await self._status(fields.text(job, "jobId"))
        raise Offline(
            Message("network.media_slow", {"host": self._client.host}), technical="video: still being encoded"
        )

    async def _may_upload(self, size: int) -> None:
        """What is left of today's allowance, as the service tells it."""
        headers = await self._token("app.bsky.video.getUploadLimits", f"did:web:{self._client.host}")
        answer = await self._client.get("/xrpc/app.bsky.video.getUploadLimits", headers=headers, accept=ANSWERED)
        if answer.status >= 400:
            raise self._trouble(answer, "getUploadLimits")
        limits = fields.mapping(answer.data)
        words = self._client.clean(fields.text(limits, "message") or fields.text(limits, "error"))
        left = fields.number(limits, "remainingDailyBytes")
        if not fields.flag(limits, "canUpload"):
            raise Refused(
                Message("network.bluesky.video_refused", {"words": words or "canUpload: false"}),
                technical=f"video limits: {words}",
            )
        if left is not None and left < size:
            raise Refused(
                Message("network.bluesky.video_allowance", {"megabytes": left // 1_000_000}),
                technical="video limits: bytes",
            )

    async def _send(self, video: Upload, size: int) -> Json:
        """The job that encodes it. A video that the service has had before is answered with its blob as an error `already_exists`."""
        assert video.file is not None
        headers = await self._token(
            "com.atproto.repo.uploadBlob", f"did:web:{urlsplit(self._xrpc.client.server).hostname}"
        )
        body = Body(_chunks(video.file), video.content_type or "video/mp4", size)
        answer = await self._client.send(
            "POST",
            f"/xrpc/app.bsky.video.uploadVideo?did={quote(self._xrpc.did, safe='')}&name={quote(video.name)}",
            content=body.data,
            headers={**headers, **body.headers},
            harmless=True,
            accept=ANSWERED,
            longest=max(600.0, size / SLOWEST),
        )
        data = fields.mapping(answer.data)
        job = fields.inner(data, "jobStatus") or data
        if answer.status >= 400 and error_name(answer) != "already_exists" and not fields.inner(job, "blob"):
            raise self._trouble(answer, "uploadVideo")
        if not fields.text(job, "jobId") and not fields.inner(job, "blob"):
            raise Offline(technical="uploadVideo: no job")
        return job

    async def _status(self, job_id: str) -> Json:
        answer = await self._client.get("/xrpc/app.bsky.video.getJobStatus", [("jobId", job_id)], accept=ANSWERED)
        if answer.status >= 400:
            raise self._trouble(answer, "getJobStatus")
        return {"jobId": job_id, **fields.inner(answer.data, "jobStatus")}

    def _trouble(self, answer: Answer, method: str) -> NetworkTrouble:
        """The service knows no account's sign-in: whatever it says, the account stays signed in."""
        name, words = error_name(answer), self._client.clean(said(answer.data))
        technical = f"{method}: {answer.status} {name} {words}"
        if not name:
            return Offline(
                Message("network.server_trouble", {"host": self._client.host, "status": answer.status}),
                technical=technical,
            )
        return Refused(Message("network.bluesky.video_refused", {"words": words or name}), technical=technical)

    async def _token(self, method: str, audience: str) -> dict[str, str]:
        expires = to_ms(self._client.clock.now() + TOKEN_LIFE) // 1000
        answer = await api.service_token(self._xrpc, audience, method, expires)
        token = fields.text(fields.mapping(answer.data), "token")
        if not token:
            raise Offline(technical="getServiceAuth: no token")
        self._client.hide(token)
        return {"Authorization": f"Bearer {token}"}


def _failed(job: Json) -> Refused:
    words = fields.text(job, "message") or fields.text(job, "error") or fields.text(job, "failureCode") or FAILED
    return Refused(
        Message("network.bluesky.video_refused", {"words": " ".join(words.split())[:200]}),
        technical=f"video: {fields.text(job, 'failureCode')}",
    )


def _size(file: Path) -> int:
    return file.stat().st_size


async def _chunks(file: Path) -> AsyncIterator[bytes]:
    """The file, read on a thread, never all of it in memory."""
    opened = await asyncio.to_thread(file.open, "rb")
    try:
        while chunk := await asyncio.to_thread(opened.read, CHUNK):
            yield chunk
    finally:
        await asyncio.to_thread(opened.close)
