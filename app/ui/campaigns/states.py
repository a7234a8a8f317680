"""How a post's state, a launch and a campaign are said and drawn in the lists of the Campaigns page."""

from __future__ import annotations

from app.models.calendar import CalendarPost
from app.models.campaign import CampaignPost, CampaignRow, LaunchPlan, LaunchRow
from app.models.stance import Stance, stance
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.plans.typed_day import clock_text
from app.ui.safe_text import isolated

_GLYPHS = {
    Stance.DRAFT: ("pencil-simple", "text.secondary"),
    Stance.SCHEDULED: ("clock", "text.secondary"),
    Stance.BY_HAND: ("hand-pointing", "text.secondary"),
    Stance.GOING: ("arrow-right", "accent.text"),
    Stance.OUT: ("check-circle-fill", "status.success.strong"),
    Stance.FAILED: ("warning-circle-fill", "status.danger.text"),
    Stance.DECIDE: ("question-fill", "status.warn.text"),
    Stance.LET_GO: ("minus-circle", "text.secondary"),
}
NOTHING = "—"


def glyph(post: CalendarPost) -> tuple[str, str]:
    """Icon and colour of where a post stands."""
    return _GLYPHS[stance(post)]


def kind_word(face: PageFace, each: CampaignPost) -> str:
    """Which announcement it is; unknown kinds as they are."""
    found = f"campaigns.announcement.{each.announcement}"
    return face.text(found) if face.words.knows(found) else isolated(each.announcement)


def post_name(face: PageFace, each: CampaignPost) -> str:
    """The whole of a post for the screen reader and the tooltip."""
    post = each.post
    parts = (
        face.words.day_and_time(post.planned_at) if post.planned_at is not None else face.text("campaigns.no_time"),
        kind_word(face, each) if each.announcement else "",
        isolated(post.title) if post.title else face.text("calendar.untitled"),
        face.words.listing([network_name(network) for network in post.networks]),
        face.text(f"calendar.state.{stance(post)}"),
        face.text("calendar.clicks", n=post.clicks) if post.clicks is not None else "",
    )
    return face.words.facts(parts)


def launch_when(face: PageFace, plan: LaunchPlan) -> str:
    """Day, and time where it has one."""
    assert plan.on_day is not None
    day = face.words.day(plan.on_day, face.clock.now())
    return day if plan.minute is None else face.words.facts((day, clock_text(face, plan.minute)))


def launch_name(face: PageFace, row: LaunchRow) -> str:
    """A launch for the screen reader."""
    posts = face.text("campaigns.posts_out", n=row.posts, out=row.out) if row.posts else ""
    return ", ".join(
        filter(
            None,
            (
                isolated(row.plan.title),
                launch_when(face, row.plan),
                isolated(row.campaign) if row.campaign else "",
                posts,
            ),
        )
    )


def campaign_when(face: PageFace, row: CampaignRow) -> str:
    """Its days."""
    plan = row.plan
    if plan.starts_on is None or plan.ends_on is None:
        return face.text("campaigns.no_phases")
    return face.words.range(plan.starts_on, plan.ends_on)


def campaign_name(face: PageFace, row: CampaignRow, phase: str) -> str:
    """A campaign for the screen reader."""
    posts = face.text("campaigns.posts_out", n=row.posts, out=row.out) if row.posts else ""
    return face.words.facts((isolated(row.plan.name), phase, campaign_when(face, row), posts))
