"""Parts of pictures: the right part, in its own kind; what moves or is too small is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from app.media.cropping import crop
from app.runtime.errors import UserMistake


def picture(folder: Path, name: str, size: tuple[int, int] = (200, 100)) -> Path:
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    path = folder / name
    image.save(path)
    return path


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_the_part_is_kept_and_nothing_else(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    made = crop(picture(tmp_path, name), (0.5, 0.0, 1.0, 1.0), out)
    with Image.open(made) as cut:
        assert cut.size == (100, 100)
        colour = cut.convert("RGB").getpixel((60, 50))
    assert isinstance(colour, tuple)
    assert min(colour) > 240
    assert made.suffix == Path(name).suffix


def test_a_frame_beyond_the_picture_ends_with_it(tmp_path: Path) -> None:
    with Image.open(crop(picture(tmp_path, "a.png"), (-1.0, -1.0, 0.5, 2.0), tmp_path)) as cut:
        assert cut.size == (100, 100)


def test_too_little_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserMistake) as refused:
        crop(picture(tmp_path, "a.png"), (0.0, 0.0, 0.01, 1.0), tmp_path)
    assert refused.value.message.id == "picture.crop_too_small"


def test_what_moves_is_not_cut(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=100)
    with pytest.raises(UserMistake) as refused:
        crop(tmp_path / "a.gif", (0.0, 0.0, 0.5, 0.5), tmp_path)
    assert refused.value.message.id == "picture.no_crop_moving"


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    with pytest.raises(UserMistake):
        crop(tmp_path / "a.png", (0.0, 0.0, 0.5, 0.5), tmp_path)
