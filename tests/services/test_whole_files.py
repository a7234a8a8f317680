"""Files for the user: whole or not at all, and the reason where they cannot be written."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from app.runtime.errors import UserMistake
from app.services.whole_files import unwritten, write_whole


def test_a_file_is_there_whole_or_the_one_before_it_stays(tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    write_whole(target, b"before")
    with pytest.raises(UserMistake) as refused:
        write_whole(tmp_path / "nowhere" / "plan.ics", b"after")
    assert refused.value.message.id == "file.not_written"
    write_whole(target, b"after")
    assert target.read_bytes() == b"after"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.ics"]


def test_a_folder_in_its_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(UserMistake):
        write_whole(tmp_path / "taken.pdf", b"x")
    assert [each.name for each in tmp_path.iterdir()] == ["taken.pdf"]


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "full"), (errno.EACCES, "no_right"), (errno.EROFS, "no_right"), (errno.EIO, "not_written")]
)
def test_why_a_file_cannot_be_written_is_told(number: int, said: str) -> None:
    mistake = unwritten(Path("folder") / "acuerdo.pdf", OSError(number, "no"))
    assert mistake.message.id == f"file.{said}"
    assert mistake.message.values == {"file": "acuerdo.pdf"}
