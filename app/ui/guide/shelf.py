"""The pages of the guide in the language of the window: read when first wanted, with their marks filled in, and searched."""

from __future__ import annotations

from pathlib import Path

from app.language.guide_html import Dress, Filling, html, said, sections
from app.language.guide_pages import PAGES, GuidePage, Hit, Section, found, picture_file, read_page


class GuideShelf:
    """Forgets all it read when the language is another."""

    def __init__(self, resources: Path, language: str, filling: Filling) -> None:
        self._resources = resources
        self._language = language
        self._filling = filling
        self._pages: dict[str, GuidePage] = {}
        self._sections: list[Section] | None = None

    def page(self, name: str) -> GuidePage:
        """Raises OSError where it is missing."""
        if name not in self._pages:
            self._pages[name] = read_page(self._resources, self._language, name)
        return self._pages[name]

    def titles(self) -> list[tuple[str, str]]:
        """(name, title) of every page, in their order."""
        return [(name, said(self.page(name).title, self._filling)) for name in PAGES]

    def html(self, name: str, dress: Dress) -> str:
        return html(self.page(name), self._filling, dress)

    def find(self, wanted: str) -> list[Hit]:
        """Over all pages."""
        if self._sections is None:
            self._sections = [section for name in PAGES for section in sections(self.page(name), self._filling)]
        return found(self._sections, wanted)

    def picture(self, name: str) -> Path:
        return picture_file(self._resources, self._language, name)
