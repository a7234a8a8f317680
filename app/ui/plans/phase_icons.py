"""The icon of each kind of phase."""

from __future__ import annotations

from app.models.campaign import PhaseKind

ICONS = {PhaseKind.TEASER: "eye", PhaseKind.PROMO: "tag-simple", PhaseKind.WINNERS: "trophy", PhaseKind.STORY: "quotes"}
