"""The contract's own small functions."""

from __future__ import annotations

import pytest

from app.networks.network import Likes, Publishes, addressed, can


class Liker:
    async def like(self, remote_id: str) -> None: ...

    async def unlike(self, remote_id: str) -> None: ...


def test_an_ability_is_having_its_methods() -> None:
    assert can(Liker(), Likes)
    assert not can(Liker(), Publishes)


@pytest.mark.parametrize(
    ("text", "handle", "expected"),
    [
        ("Gracias", "@ana", "@ana Gracias"),
        ("Gracias", "ana@m.example", "@ana@m.example Gracias"),
        ("@ana gracias", "@ana", "@ana gracias"),
        ("Gracias, @Ana.", "@ana", "Gracias, @Ana."),
        ("@ana@m.example gracias", "@ana", "@ana @ana@m.example gracias"),
        ("@anabel gracias", "@ana", "@ana @anabel gracias"),
        ("correo@ana gracias", "@ana", "@ana correo@ana gracias"),
        ("", "@ana", "@ana"),
        ("Gracias", "@", "Gracias"),
    ],
)
def test_a_reply_names_whom_it_answers_once(text: str, handle: str, expected: str) -> None:
    assert addressed(text, handle) == expected
