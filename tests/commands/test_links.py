"""Commands of links: into the words, to the settings, and counting now."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.commands import links
from app.commands.command import Command, Context, State
from app.runtime.words import Message, message


class Window:
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.shown: list[tuple[str, dict[str, object]]] = []

    def in_page(self, verb: str, **_values: object) -> None:
        self.asked.append(verb)

    def show_page(self, page: str, **target: object) -> None:
        self.shown.append((page, target))


class Said:
    def __init__(self) -> None:
        self.messages: list[Message] = []

    def say(self, said: Message, **_how: object) -> None:
        self.messages.append(said)


class Clicks:
    """Answers, or does not."""

    def __init__(self, trouble: Message | None = None) -> None:
        self.trouble = trouble

    async def count(self, *, at_opening: bool = False, asked: bool = False) -> bool:
        assert asked
        assert not at_opening
        return self.trouble is None


async def run(made: Command, name: str = "Shlink", clicks: Clicks | None = None) -> tuple[Window, Said]:
    window, said = Window(), Said()
    services: Any = SimpleNamespace(tracked_links=SimpleNamespace(shortener_name=name), clicks=clicks or Clicks())
    context: Any = Context(State(), services, window, said, None)  # type: ignore[arg-type]
    await made.run(context)
    return window, said


async def test_a_link_is_asked_for_in_the_composer_and_counting_is_switched_there() -> None:
    assert (await run(links.link))[0].asked == ["ask_link"]
    assert (await run(links.count_clicks))[0].asked == ["toggle_tracking"]
    assert (await run(links.settings))[0].shown == [("settings", {"section": "links"})]


async def test_counting_now_says_how_it_went() -> None:
    assert [each.id for each in (await run(links.count))[1].messages] == ["links.said.counted"]
    trouble = message("links.error.gone", name="Shlink")
    assert (await run(links.count, clicks=Clicks(trouble)))[1].messages == [trouble]


async def test_without_a_shortener_it_leads_to_the_settings() -> None:
    window, said = await run(links.count, name="")
    assert [each.id for each in said.messages] == ["links.error.none"]
    assert window.shown == [("settings", {"section": "links"})]
