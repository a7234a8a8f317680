"""The video service as its answers were recorded."""

from __future__ import annotations

from typing import Any

from tests.fakes.http_server import Reply, Request


class VideoService:
    """The video service's answers, as recorded: it takes a file, encodes it for `jobs` questions long, and names the blob."""

    def __init__(self, pds: Any) -> None:
        self._pds = pds
        self.limits: dict[str, Any] = {
            "canUpload": True,
            "remainingDailyVideos": 24,
            "remainingDailyBytes": 9_000_000_000,
        }
        self.steps: list[dict[str, Any]] = []
        self.received: list[Request] = []
        self.known: dict[str, Any] | None = None

    def listen(self) -> None:
        http = self._pds.http
        http.on("GET", "/xrpc/app.bsky.video.getUploadLimits", lambda _: Reply(200, self.limits))
        http.on("POST", "/xrpc/app.bsky.video.uploadVideo", self._upload)
        http.on("GET", "/xrpc/app.bsky.video.getJobStatus", self._status)

    def _upload(self, request: Request) -> Reply:
        self.received.append(request)
        if self.known is not None:
            return Reply(
                409,
                {
                    "error": "already_exists",
                    "message": "Video already processed",
                    "jobId": "j1",
                    "blob": self.known,
                    "state": "JOB_STATE_COMPLETED",
                },
            )
        blob = self._pds.take_in(request.body, "video/mp4")
        self.steps = self.steps or [
            {"state": "JOB_STATE_ENCODING", "progress": 40},
            {"state": "JOB_STATE_COMPLETED", "blob": blob},
        ]
        return Reply(200, {"jobId": "j1", "did": "did:plc:aurora2aurora2aurora2aur", "state": "JOB_STATE_CREATED"})

    def _status(self, request: Request) -> Reply:
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        return Reply(
            200, {"jobStatus": {"jobId": request.first("jobId"), "did": "did:plc:aurora2aurora2aurora2aur", **step}}
        )
