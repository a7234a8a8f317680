"""Any picture comes out upright, small enough and without a word about where it was taken; anything else gets a clear sentence."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from app.media import pictures
from app.media.pictures import Roomy, fit, prepare, read, take_in
from app.runtime.errors import DiskTrouble, UserMistake

PLACE = "19.4326 N"


def photo(width: int = 64, height: int = 32, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), "red")
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill="blue")
    return image.convert(mode)


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """What no format makes small."""
    import random

    size = width * height * len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, (width, height), random.Random(1).randbytes(size))


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def with_place() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif[0x0112] = 6  # the camera was held upright
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def test_a_photo_stands_upright_and_forgets_where_it_was_taken() -> None:
    data = written(photo(), "JPEG", exif=with_place(), comment=PLACE.encode(), xmp=PLACE.encode())
    assert PLACE.encode() in data
    made = fit(data, "foto.jpg")
    assert (made.content_type, made.width, made.height) == ("image/jpeg", 32, 64)
    assert PLACE.encode() not in made.data
    again = opened(made.data)
    assert not again.getexif()
    assert {"exif", "comment", "xmp"} & set(again.info) == set()
    red, _, blue = again.getpixel((16, 4))  # type: ignore[misc]
    assert red > 200 > 50 > blue


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "TIFF"])
def test_other_formats_forget_it_too(kind: str) -> None:
    options: dict[str, object] = {"exif": with_place()} if kind != "GIF" else {"comment": PLACE.encode()}
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Location", PLACE)
        info.add_itxt("XML:com.adobe.xmp", PLACE)
        options["pnginfo"] = info
    if kind == "WEBP":
        options["xmp"] = PLACE.encode()
    data = written(photo(), kind, **options)
    assert PLACE.encode() in data
    made = fit(data, "foto")
    assert PLACE.encode() not in made.data
    assert b"GPS" not in made.data


def test_an_animation_keeps_its_frames_and_times_and_nothing_else() -> None:
    frames = [photo(), photo().transpose(Image.Transpose.FLIP_LEFT_RIGHT), photo(mode="L")]
    data = written(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=[120, 240, 360], loop=0, comment=PLACE.encode())
    made = fit(data, "gif.gif")
    again = Image.open(io.BytesIO(made.data))
    assert (made.content_type, made.animated, again.n_frames) == ("image/gif", True, 3)  # type: ignore[attr-defined]
    assert PLACE.encode() not in made.data


def test_an_animation_where_none_is_taken_becomes_its_first_frame() -> None:
    frames = [photo(), photo().rotate(180)]
    data = written(frames[0], "GIF", save_all=True, append_images=frames[1:])
    made = fit(data, "gif.gif", Roomy(image_types=("image/jpeg",)))
    assert (made.content_type, made.animated) == ("image/jpeg", False)


def test_a_drawing_stays_png_and_a_photo_jpeg() -> None:
    assert fit(written(photo(), "PNG"), "a.png").content_type == "image/png"
    assert fit(written(photo(), "BMP"), "a.bmp").content_type == "image/png"
    assert fit(written(photo(), "JPEG"), "a.jpg").content_type == "image/jpeg"


def test_transparency_is_kept_where_it_can_be_and_white_elsewhere() -> None:
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    assert opened(fit(written(image, "PNG"), "a.png").data).mode == "RGBA"
    flat = fit(written(image, "PNG"), "a.png", Roomy(image_types=("image/jpeg",)))
    assert opened(flat.data).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "F", "RGBA"])
def test_every_kind_of_colour_comes_out_as_plain_colour(mode: str) -> None:
    image = photo(mode="L").convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else photo(mode=mode)
    kind = "TIFF" if mode in ("CMYK", "F") else "PNG"
    made = fit(written(image, kind), "a")
    halves = opened(made.data).convert("L").resize((2, 1), Image.Resampling.BOX)
    left, right = halves.getpixel((0, 0)), halves.getpixel((1, 0))
    assert left > right  # type: ignore[operator]


def test_a_colour_profile_is_applied_and_dropped() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = fit(written(photo(), "JPEG", icc_profile=profile), "a.jpg")
    assert "icc_profile" not in opened(made.data).info
    assert fit(written(photo(), "JPEG", icc_profile=b"no profile at all"), "a.jpg").width == 64


def test_a_large_photo_is_made_to_fit() -> None:
    data = written(noise(900, 700), "JPEG", quality=100)
    made = fit(data, "a.jpg", Roomy(image_bytes=200_000))
    assert len(made.data) <= 200_000 < len(data)
    made = fit(data, "a.jpg", Roomy(image_pixels=100_000))
    assert made.width * made.height <= 100_000
    assert abs(made.width / made.height - 9 / 7) < 0.02


def test_a_large_drawing_becomes_another_format_before_it_becomes_small() -> None:
    data = written(noise(300, 300), "PNG")
    made = fit(data, "a.png", Roomy(image_bytes=150_000))
    assert (made.content_type, made.width) == ("image/jpeg", 300)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_a_picture"),
        (b"%PDF-1.7 hello", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (written(noise(80, 80), "PNG")[:4000], "broken"),
        (written(noise(80, 80), "JPEG")[:1500], "broken"),
        (written(noise(80, 80), "WEBP")[:1500], "broken"),
    ],
    ids=["empty", "PDF", "SVG", "half a PNG", "half a JPEG", "half a WebP"],
)
def test_what_is_no_whole_picture_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(UserMistake) as caught:
        fit(data, "cosa.png")
    assert caught.value.message.id == f"picture.{reason}"
    assert caught.value.message.values["name"] == "cosa.png"
    assert caught.value.field == "pictures"


def png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(("width", "height"), [(12_000, 8_000), (60_000, 60_000), (2_000_000, 2)])
def test_a_bomb_is_refused_before_it_goes_off(width: int, height: int) -> None:
    with pytest.raises(UserMistake) as caught:
        fit(png_that_claims(width, height), "bomba.png")
    assert caught.value.message.id in ("picture.too_many_pixels", "picture.broken")


def test_what_cannot_be_made_small_enough_says_so() -> None:
    with pytest.raises(UserMistake) as caught:
        fit(written(noise(64, 64), "PNG"), "a.png", Roomy(image_bytes=100))
    assert caught.value.message.id == "picture.does_not_fit"


def test_files_are_read_and_prepared(tmp_path: Path) -> None:
    file = tmp_path / "portada.png"
    file.write_bytes(written(photo(), "PNG"))
    data, content_type = prepare(file, Roomy())
    assert (content_type, data[:4]) == ("image/png", b"\x89PNG")
    for missing in (tmp_path / "nada.png", tmp_path):
        with pytest.raises(UserMistake) as caught:
            read(missing)
        assert caught.value.message.id == "picture.unreadable"


def test_a_huge_file_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST_FILE", 10)
    file = tmp_path / "a.png"
    file.write_bytes(written(photo(), "PNG"))
    with pytest.raises(UserMistake) as caught:
        read(file)
    assert caught.value.message.id == "picture.too_many_bytes"


def test_a_picture_taken_in_twice_is_kept_once(tmp_path: Path) -> None:
    file, folder = tmp_path / "a.png", tmp_path / "media"
    file.write_bytes(written(photo(), "PNG"))
    inside = take_in(file, folder)
    assert take_in(file, folder) == inside
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.*")] == [inside]
    assert opened((folder / inside).read_bytes()).size == (64, 32)


def test_a_folder_that_takes_nothing_is_a_disk_trouble(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(written(photo(), "PNG"))
    (tmp_path / "media").write_bytes(b"a file, no folder")
    with pytest.raises(DiskTrouble):
        take_in(file, tmp_path / "media")


SEEDS = [written(photo(), kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")]


@pytest.mark.usefixtures("expected_log")  # so it may do in the log
@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says what is odd about a file and goes on
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=12), st.integers(1, 4000))
def test_no_damage_is_a_bug(seed: bytes, changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(seed)
    for position, value in changes:
        if position < len(data):
            data[position] = value
    given_to_us = bytes(data[:length])
    made = None
    with contextlib.suppress(UserMistake):
        made = fit(given_to_us, "a")
    if made is None:
        assert given_to_us != seed  # what is whole is taken
    else:
        assert opened(made.data).size == (made.width, made.height)
