"""Uploads as texts, and the bytes kept for a second try."""

from __future__ import annotations

import pytest

from app.networks.bluesky.media import MOST_KEPT, Kept, Media, media_of, media_with
from app.networks.outgoing import Upload
from app.runtime.errors import Offline

BLOB = {"$type": "blob", "ref": {"$link": "bafkrei1"}, "mimeType": "image/jpeg", "size": 12345}


def test_an_upload_s_id_holds_all_that_the_record_needs() -> None:
    media = Media(BLOB, "La portada 🧱", 1200, 800)
    assert media_of(media.text) == media
    assert media.shape == {"aspectRatio": {"width": 1200, "height": 800}}
    assert Media(BLOB).shape == {}
    assert media.content_hash == "bafkrei1"


@pytest.mark.parametrize("text", ["", "7", "?", "{}", '{"blob": "x"}'])
def test_an_id_that_is_none_means_uploading_again(text: str) -> None:
    with pytest.raises(Offline):
        media_of(text)


def test_only_the_last_few_pictures_stay_in_memory() -> None:
    kept = Kept()
    made = []
    for number in range(MOST_KEPT + 3):
        upload = Upload(bytes([number]), "image/png", "a.png")
        media = media_with({**BLOB, "ref": {"$link": f"b{number}"}}, upload)
        kept.keep(media, upload)
        made.append(media)
    assert kept.find(made[0]) is None
    assert kept.find(made[-1]) is not None
    kept.drop(made)
    assert kept.find(made[-1]) is None
