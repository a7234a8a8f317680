"""Cuts a part out of a still picture. Decoding takes tenths of a second: call it on a worker thread."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from app.media.pictures import BROKEN, ENDINGS, NO_SPACE, read
from app.runtime.errors import DiskFull, ReadOnly, UserMistake
from app.runtime.words import message

Box = tuple[float, float, float, float]
"""Left, top, right and bottom as shares (0 to 1) of the picture as it is seen."""
LEAST = 16
"""Pixels of a side."""


def crop(source: Path, box: Box, folder: Path) -> Path:
    """The part as a file in `folder`, in the kind of the source. Raises `UserMistake` where there is too little left, or it moves."""
    made = read(source)
    if made.animated:
        raise UserMistake(message("picture.no_crop_moving", name=source.name), field="pictures")
    left, top, right, bottom = (min(max(share, 0.0), 1.0) for share in box)
    edges = (round(left * made.width), round(top * made.height), round(right * made.width), round(bottom * made.height))
    if edges[2] - edges[0] < LEAST or edges[3] - edges[1] < LEAST:
        raise UserMistake(message("picture.crop_too_small", pixels=LEAST), field="pictures")
    try:
        with Image.open(io.BytesIO(made.data)) as image:
            cut = image.crop(edges)
        target = folder / f"cropped{'.png' if made.content_type != 'image/jpeg' else ENDINGS[made.content_type]}"
        if target.suffix == ".jpg":
            cut.save(target, format="JPEG", quality=92)
        else:
            cut.save(target, format="PNG")
    except UnidentifiedImageError as error:
        raise UserMistake(message("picture.not_a_picture", name=source.name), field="pictures") from error
    except OSError as error:
        raise (DiskFull if error.errno in NO_SPACE else ReadOnly)(technical=f"crop: {error.strerror}") from error
    except BROKEN as error:
        raise UserMistake(message("picture.broken", name=source.name), field="pictures") from error
    return target
