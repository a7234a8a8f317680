"""Columns of the lists of the Audience tab."""

from __future__ import annotations

from app.models.audience import Growth, Reach
from app.models.interest import Interest, Kind
from app.models.tag import TagRow
from app.ui.insights.column_list import Figures
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line
from app.ui.tag_names import tag_name


def signed(look: Look, value: float | None) -> str:
    if value is None:
        return look.text("insights.nothing")
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return sign + look.number(round(abs(value)))


def number(look: Look, value: int | None) -> str:
    return look.text("insights.nothing") if value is None else look.number(value)


def share(look: Look, value: float | None) -> str:
    return look.text("insights.nothing") if value is None else look.words.percent(value, 1)


def growth_columns(look: Look) -> list[Figures]:
    text = look.text

    def lost(row: Growth) -> str:
        return signed(look, None if row.lost is None else -row.lost)

    return [
        Figures(text("insights.account"), _account),
        Figures(text("audience.followers"), lambda row: number(look, row.followers), 72, strong=True),
        Figures(text("audience.won"), lambda row: signed(look, row.won), 56),
        Figures(text("audience.lost"), lost, 56),
        Figures(text("audience.net"), lambda row: signed(look, row.net), 56, strong=True),
        Figures(text("insights.before"), lambda row: signed(look, row.before), 56),
        Figures(text("audience.days"), lambda row: look.number(row.days), 48),
    ]


def writer_columns(look: Look) -> list[Figures]:
    text = look.text
    return [
        Figures(text("audience.who"), lambda row: f"{one_line(row.name)} · {one_line(row.handle)}"),
        Figures(text("insights.network"), lambda row: network_name(row.network), 72),
        Figures(text("audience.messages"), lambda row: look.number(row.messages), 64),
        Figures(text("audience.public"), lambda row: look.number(row.public), 56),
        Figures(text("audience.followers"), lambda row: number(look, row.followers), 72),
        Figures(text("audience.points"), lambda row: number(look, row.points), 64, strong=True),
    ]


def reach_columns(look: Look) -> list[Figures]:
    text = look.text

    def per_100(value: float | None) -> str:
        return text("insights.nothing") if value is None else look.words.number(value * 100, 1)

    def influence(row: Reach) -> str:
        return text("insights.nothing") if row.influence is None else look.words.number(row.influence, 1)

    def before(row: Reach) -> str:
        return text("insights.nothing") if row.influence_before is None else look.words.number(row.influence_before, 1)

    return [
        Figures(text("insights.account"), _account),
        Figures(text("audience.short.wrote"), lambda row: share(look, row.wrote_share), 64),
        Figures(text("audience.short.reposted"), lambda row: per_100(row.repost_share), 92),
        Figures(text("audience.short.clicked"), lambda row: per_100(row.click_share), 84),
        Figures(text("audience.influence"), influence, 72, strong=True),
        Figures(text("insights.before"), before, 56),
    ]


def interest_columns(look: Look) -> list[Figures]:
    text = look.text
    return [
        Figures(text("audience.interest"), lambda row: interest_name(look, row)),
        Figures(text("audience.kind"), lambda row: text(f"audience.kind.{row.kind}.one"), 96),
        Figures(text("audience.spoke"), lambda row: look.number(row.people), 64, strong=True),
        Figures(text("insights.before"), lambda row: number(look, row.before), 56),
        Figures(text("audience.asking"), lambda row: look.number(row.asking), 72),
        Figures(text("audience.messages"), lambda row: look.number(row.messages), 72),
        Figures(text("audience.reachable"), lambda row: look.number(row.reachable), 88),
    ]


def interest_name(look: Look, row: Interest) -> str:
    """A tag of the program has its name in the catalogue of words."""
    if row.kind is not Kind.TAG:
        return one_line(row.name)
    standard = look.words.knows(f"tag.{row.name}")
    return tag_name(look, TagRow(0, row.name if standard else "", "" if standard else row.name))


def language_name(look: Look, code: str) -> str:
    """In the window's language; its code where the catalogue knows no name; empty for none."""
    name = f"inbox.language.{code.lower()}"
    return look.text(name) if look.words.knows(name) else code.upper()


def _account(row: Growth | Reach) -> str:
    return f"{network_name(row.network)} {one_line(row.handle)}"
