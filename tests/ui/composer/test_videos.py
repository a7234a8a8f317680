"""A video in the composer: it comes in, is held against each network's limits, and is made to fit where that helps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication

from app.media.videos import TYPES
from app.models.post import Picture, PostDraft
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.composer.checks import check
from app.ui.composer.composition import Composition, named
from app.ui.composer.drafting import VIDEO_ENDINGS
from app.ui.composer.editor import picture_files
from app.ui.composer.films import running_time
from app.ui.composer.findings import Check, Level
from app.ui.composer.video_tile import VideoBox, VideoTile
from app.ui.widgets.picture_tile import PictureTile
from tests.fakes.clock import WEDNESDAY_MORNING as NOW
from tests.fakes.clock import FakeClock
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import BLUESKY, INSTAGRAM, LIMITS, MASTODON, Film, Posts, Store, X, accounts

PLACES = named(accounts(), lambda account_id: LIMITS[account_id], lambda _account_id: None)
POSTS = Posts(Store(FakeClock()), Path())
VIDEO = Picture("marea.mp4", "Unas manos ponen un disco")
GOOD = PostDraft(parts=("Hola",), accounts=(X,), pictures=(VIDEO,))
FITS = Film()


def found(draft: PostDraft = GOOD, film: Film | None = FITS, *, encoder: bool = False) -> dict[str, Check]:
    composition = Composition(draft, PLACES, now=NOW, films={"marea.mp4": film}, encoder=encoder)
    return {each.said.id.removeprefix("composer.check."): each for each in check(composition, POSTS.measure, POSTS.split)}


def with_video(window: Window, film: Film | None = FITS, *, encoder: bool = False, to: tuple[int, ...] = (X,)) -> None:
    window.open(new=True)
    window.posts.encoder = encoder
    if film is not None:
        window.posts.films["marea.mp4"] = film
    window.page.bench.edit(lambda draft: replace(draft, accounts=to))
    window.page.acts.pictures_in.take_files([Path("marea.mp4")])
    window.application.processEvents()


# --- the checks


def test_the_screen_knows_videos_by_the_same_names_as_the_service() -> None:
    assert set(VIDEO_ENDINGS) == set(TYPES)


def test_a_video_that_fits_is_said_to_fit() -> None:
    assert {each.level for each in found().values()} == {Level.OK}
    assert "video_fits" in found()


@pytest.mark.parametrize(
    ("film", "name", "values"),
    [
        (replace(FITS, bytes=512_000_001), "video_bytes", {"megabytes": 512, "has": 513}),
        (replace(FITS, seconds=140.2), "video_long", {"limit": "2:20", "has": "2:21"}),
        (replace(FITS, seconds=0.4), "video_short", {"seconds": 0.5, "has": 0.4}),
        (replace(FITS, width=1920, height=1080), "video_pixels", {"megapixels": 1.3, "has": "1920 × 1080"}),
        (replace(FITS, codec="hevc"), "video_codec", {"codecs": ("H.264",), "has": "HEVC"}),
        (replace(FITS, rate=90.0), "video_rate", {"rate": 60, "has": 90}),
        (None, "video_unreadable", {}),
    ],
)
def test_a_limit_is_said_in_numbers(film: Film | None, name: str, values: dict[str, object]) -> None:
    said = found(film=film)[name]
    assert said.level is Level.FIX
    assert said.field == "pictures"
    assert said.detail is not None
    assert dict(said.detail.values) == values


def test_another_kind_of_file_is_not_taken() -> None:
    assert "video_type" in found(replace(GOOD, accounts=(MASTODON,)), replace(FITS, content_type="video/quicktime"))


def test_pictures_and_a_video_do_not_go_together() -> None:
    assert "video_and_pictures" in found(replace(GOOD, pictures=(Picture("a.png", "Una tapa"), VIDEO)))


def test_a_second_video_is_one_too_many() -> None:
    assert found(replace(GOOD, pictures=(VIDEO, VIDEO)))["many_videos"].said.values["n"] == 1


def test_networks_without_videos_are_named_and_those_by_hand_are_left_to_the_user() -> None:
    all_found = found(replace(GOOD, accounts=(X, BLUESKY, INSTAGRAM)))
    assert all_found["no_video"].said.values["networks"] == ["Bluesky"]
    assert all_found["no_video"].level is Level.FIX


def test_a_video_without_description_is_told() -> None:
    said = found(replace(GOOD, accounts=(X, BLUESKY), pictures=(Picture("marea.mp4"),)))["no_alt_video"]
    assert said.detail is not None
    assert said.detail.values["networks"] == ["X"]


def test_making_it_fit_is_offered_only_with_an_encoder_and_only_where_it_helps() -> None:
    heavy, long = replace(FITS, bytes=600_000_000), replace(FITS, bytes=600_000_000, seconds=200.0)

    def offers(film: Film, *, encoder: bool) -> bool:
        return any(each.mend is not None and each.mend.verb == "make_fit" for each in found(film=film, encoder=encoder).values())

    assert offers(heavy, encoder=True)
    assert not offers(heavy, encoder=False)
    assert not offers(long, encoder=True)


@pytest.mark.parametrize(("seconds", "said"), [(0.2, "0:01"), (79.6, "1:20"), (140.0, "2:20"), (3725, "1:02:05")])
def test_a_running_time_is_said_as_players_do(seconds: float, said: str) -> None:
    assert running_time(seconds) == said


# --- the card


def test_dropped_videos_are_taken_as_pictures_are() -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/shop/{name}") for name in ("Marea.MP4", "a.mov", "b.png", "c.txt")])
    assert [path.name for path in picture_files(data)] == ["Marea.MP4", "a.mov", "b.png"]


def test_a_video_stands_in_its_card_with_length_and_size_and_is_described(window: Window) -> None:
    with_video(window)
    card = window.page.bench.pictures
    (tile,) = card.tiles()
    assert isinstance(tile, VideoTile)
    assert (tile.length, tile.size_text) == ("1:20", "13 MB")
    assert QApplication.focusWidget() is card.alt
    window.type("Unas manos")
    assert window.draft.pictures == (Picture("marea.mp4", "Unas manos"),)
    assert "1:20" in tile.accessibleName()
    window.page.bench.grab()


def test_a_video_that_cannot_be_read_is_said_to_be(window: Window) -> None:
    with_video(window, None)
    assert "video_unreadable" in window.checks()
    assert window.runner.errors == []


def test_a_picture_after_a_video_has_a_tile_of_its_kind(window: Window) -> None:
    with_video(window)
    window.page.bench.edit(lambda draft: replace(draft, pictures=(Picture("a.png"), VIDEO)))
    assert [type(tile) for tile in window.page.bench.pictures.tiles()] == [PictureTile, VideoTile]
    window.page.bench.edit(lambda draft: replace(draft, pictures=(VIDEO,)))
    assert [type(tile) for tile in window.page.bench.pictures.tiles()] == [VideoTile]


def test_the_preview_shows_a_plain_video_where_the_network_takes_it(window: Window) -> None:
    with_video(window, to=(X, BLUESKY))
    cards = {card.shown.place.id: card for card in window.page.bench.preview.cards() if card.shown}
    assert len([box for box in cards[X].findChildren(VideoBox) if box.isVisible()]) == 1
    assert cards[BLUESKY].findChildren(VideoBox) == []
    shown = cards[BLUESKY].shown
    assert shown is not None
    assert shown.left_out == ("composer.preview.no_video",)


# --- making it fit

HEAVY = replace(FITS, bytes=600_000_000, width=3840, height=2160)


def test_it_is_made_fit_for_the_accounts_that_take_videos(window: Window) -> None:
    with_video(window, HEAVY, encoder=True, to=(X, MASTODON, BLUESKY))
    window.type("El escenario")
    fit = window.page.bench.pictures.fit
    assert fit.isVisible()
    fit.begin.click()
    assert window.posts.fitted == [(Picture("marea.mp4", "El escenario"), (X, MASTODON))]
    assert window.draft.pictures == (Picture("fit.mp4", "El escenario"),)
    assert not fit.isVisible()


def test_the_finding_s_button_makes_it_fit_too(window: Window) -> None:
    with_video(window, HEAVY, encoder=True)
    mend = next(each.mend for each in window.page.bench.checks if each.said.id == "composer.check.video_bytes")
    assert mend is not None
    window.page.bench.plan.checks.mended.emit(mend)
    assert window.draft.pictures[0].path == "fit.mp4"


def test_what_is_encoded_otherwise_or_too_fast_is_made_to_fit(window: Window) -> None:
    with_video(window, replace(FITS, codec="hevc", rate=90.0), encoder=True)
    assert window.page.bench.pictures.fit.isVisible()


def test_while_a_large_video_is_copied_that_is_said(window: Window, tmp_path: Path) -> None:
    small, large = tmp_path / "corto.mp4", tmp_path / "largo.mp4"
    small.write_bytes(b"film")
    with large.open("wb") as file:
        file.truncate(400 * 1_000_000)  # takes no room
    window.open(new=True)
    window.posts.films |= {each.name: FITS for each in (small, large)}
    window.page.acts.pictures_in.take_files([small, large])
    said = [each.message for each in window.shell.notices.history() if each.message.id == "composer.said.copying"]
    assert [dict(each.values) for each in said] == [{"name": "largo.mp4", "megabytes": 400}]


def test_without_an_encoder_nothing_is_offered(window: Window) -> None:
    with_video(window, HEAVY)
    assert not window.page.bench.pictures.fit.isVisible()


def test_it_can_be_stopped_and_the_video_stays_as_it_was(window: Window) -> None:
    with_video(window, HEAVY, encoder=True)
    fit = window.page.bench.pictures.fit
    window.runner.hold = True
    fit.start()
    assert fit.running
    assert fit.end.isVisible()
    assert not fit.begin.isVisible()
    fit.end.click()
    assert not fit.running
    assert fit.begin.isVisible()
    window.runner.release()
    assert window.draft.pictures == (Picture("marea.mp4"),)


def test_another_post_on_the_desk_stops_it(window: Window) -> None:
    with_video(window, HEAVY, encoder=True)
    fit = window.page.bench.pictures.fit
    window.runner.hold = True
    fit.start()
    window.open(new=True)
    assert not fit.running
    window.runner.release()
    assert window.draft.pictures == ()


def test_a_failure_is_told_and_it_can_be_tried_again(window: Window) -> None:
    with_video(window, HEAVY, encoder=True)
    window.posts.fault = UserMistake(message("video.not_encoded", name="marea.mp4"), field="pictures")
    fit = window.page.bench.pictures.fit
    fit.start()
    assert [error.message.id for error in window.runner.errors] == ["video.not_encoded"]
    assert not fit.running
    assert fit.begin.isVisible()
