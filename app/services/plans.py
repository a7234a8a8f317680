"""Puts together what plans posts and looks back at them: calendar, campaigns, ideas, good times, links, figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.models.sorting import speak
from app.runtime.paths import resources
from app.runtime.settings import Settings, Shop
from app.runtime.tasks import Tasks
from app.runtime.words import Message
from app.services.again import Again
from app.services.again import build as build_again
from app.services.analytics import Analytics
from app.services.archive_import import ArchiveImport
from app.services.calendar import Calendar
from app.services.call_centre import CallCentre
from app.services.campaigning import Campaigning, campaigning
from app.services.campaigns import Campaigns
from app.services.courtesies import Courtesies
from app.services.deadlines import Deadlines
from app.services.drafting import Drafting
from app.services.evergreen import Evergreen
from app.services.figure_import import FigureImport
from app.services.figure_sheets import FigureSheets
from app.services.ics_folder import IcsFolder
from app.services.idea_sources import IdeaSources, idea_sources
from app.services.ideas import Ideas
from app.services.image_sets import ImageSets
from app.services.inbox import Inbox
from app.services.interests import Interests
from app.services.launches import Launches
from app.services.link_clicks import LinkClicks
from app.services.linking import Linking, linking
from app.services.links import TrackedLinks
from app.services.patterns import Patterns
from app.services.pillars import Pillars
from app.services.plan_export import PlanExport
from app.services.planning import Planning
from app.services.post_import import PostImport
from app.services.product_feeds import ProductFeeds
from app.services.public_holidays import PublicHolidays
from app.services.questions import Near, Questions
from app.services.recurring import Recurring
from app.services.reports import Reports
from app.services.sales import Sales
from app.services.selling import Selling, selling
from app.services.shop_days import ShopDays
from app.services.slots import Slots
from app.services.speller import Speller
from app.services.surroundings import Surroundings, Wishes
from app.store.database import Database

DICTIONARIES = "dictionaries"


@dataclass(frozen=True, slots=True)
class Plans:
    """One of each, over services that are there; nothing runs yet."""

    planning: Planning
    idea_sources: IdeaSources
    campaigning: Campaigning
    calendar_folder: IcsFolder
    drafting: Drafting
    slots: Slots
    pillars: Pillars
    again: Again
    linking: Linking
    deadlines: Deadlines
    figure_sheets: FigureSheets
    reports: Reports
    shop_days: ShopDays
    selling: Selling
    call_centre: CallCentre
    interests: Interests

    def watch(self, tasks: Tasks, owner: object) -> None:
        """Start what runs by itself."""
        self.calendar_folder.watch()
        self.interests.watch()
        tasks.spawn("recurring posts", self.again.run(), owner=owner)
        tasks.spawn("clicks", self.linking.clicks.run(), owner=owner)
        tasks.spawn("reports", self.reports.run(), owner=owner)
        tasks.spawn("shop days", self.shop_days.settle(), owner=owner)
        tasks.spawn("analytics", self.selling.analytics.run(), owner=owner)


class FigureParts:
    """Those that look back, by their own names."""

    plans: Plans

    @property
    def sales(self) -> Sales:
        return self.plans.selling.sales

    @property
    def analytics(self) -> Analytics:
        return self.plans.selling.analytics

    @property
    def figure_import(self) -> FigureImport:
        return self.plans.selling.figure_import

    @property
    def figure_sheets(self) -> FigureSheets:
        return self.plans.figure_sheets

    @property
    def reports(self) -> Reports:
        return self.plans.reports

    @property
    def call_centre(self) -> CallCentre:
        return self.plans.call_centre

    @property
    def interests(self) -> Interests:
        return self.plans.interests


class PlanParts(FigureParts):
    """The parts by their own names, for whoever has the whole."""

    @property
    def tracked_links(self) -> TrackedLinks:
        return self.plans.linking.tracked

    @property
    def clicks(self) -> LinkClicks:
        return self.plans.linking.clicks

    @property
    def plan_export(self) -> PlanExport:
        return self.plans.calendar_folder.export

    @property
    def ideas(self) -> Ideas:
        return self.plans.idea_sources.ideas

    @property
    def product_feeds(self) -> ProductFeeds:
        return self.plans.idea_sources.product_feeds

    @property
    def post_import(self) -> PostImport:
        return self.plans.idea_sources.post_import

    @property
    def archive_import(self) -> ArchiveImport:
        return self.plans.idea_sources.archive_import

    @property
    def image_sets(self) -> ImageSets:
        return self.plans.again.image_sets

    @property
    def recurring(self) -> Recurring:
        return self.plans.again.recurring

    @property
    def evergreen(self) -> Evergreen:
        return self.plans.again.evergreen

    @property
    def questions(self) -> Questions:
        return self.plans.again.questions

    @property
    def campaigns(self) -> Campaigns:
        return self.plans.campaigning.campaigns

    @property
    def launches(self) -> Launches:
        return self.plans.campaigning.launches

    @property
    def patterns(self) -> Patterns:
        return self.plans.campaigning.patterns

    @property
    def planning(self) -> Planning:
        return self.plans.planning

    @property
    def calendar_folder(self) -> IcsFolder:
        return self.plans.calendar_folder

    @property
    def drafting(self) -> Drafting:
        return self.plans.drafting

    @property
    def pillars(self) -> Pillars:
        return self.plans.pillars

    @property
    def slots(self) -> Slots:
        return self.plans.slots

    @property
    def deadlines(self) -> Deadlines:
        return self.plans.deadlines


def plans(
    database: Database,
    around: Surroundings,
    wishes: Wishes,
    calendar: Calendar,
    inbox: Inbox,
    courtesies: Courtesies,
    holidays: PublicHolidays,
    near: Near,
    *,
    simulated: bool,
) -> Plans:
    """`near` compares by meaning. `simulated`: networks and shorteners are those of the sample shop."""
    undo, clock, settings, zone = around.undo, around.clock, around.settings, wishes.shops_zone
    planning = Planning(database, undo, clock, calendar, holidays, settings)
    slots = Slots(database, undo, clock, settings, zone)
    fetch = around.fetch_file, around.fetch_picture
    say = around.say or _spoken(wishes, settings)
    names = {network: card.name for network, card in around.cards.items()}
    pillars = Pillars(database, undo, settings, say)
    export = PlanExport(database, settings, clock, holidays, around.profile_id, say, names)
    return Plans(
        pillars=pillars,
        planning=planning,
        idea_sources=idea_sources(database, undo, clock, calendar, around.paths.media, zone, lambda: settings.get(Shop).language, pillars, *fetch),
        campaigning=campaigning(database, undo, clock, planning, settings, zone, resources()),
        calendar_folder=IcsFolder(database, export, settings, around.tasks, clock, around.profile_id),
        drafting=Drafting(database, undo, clock, settings, calendar, Speller(resources() / DICTIONARIES)),
        slots=slots,
        again=build_again(database, undo, clock, calendar, slots, inbox, courtesies, zone, near),
        linking=linking(database, around, calendar, zone, simulated=simulated),
        deadlines=Deadlines(database, undo, clock),
        figure_sheets=FigureSheets(),
        reports=Reports(database, settings, around.tasks, clock, wishes, around.paths.root),
        shop_days=ShopDays(database, settings, around.tasks, zone),
        selling=selling(database, undo, settings, around.credentials, around.profile_id, clock, zone, simulated=simulated),
        call_centre=CallCentre(database, undo, clock),
        interests=Interests(database, undo, around.tasks, clock),
    )


def _spoken(wishes: Wishes, settings: Settings) -> Callable[[Message], str]:
    """For whoever handed in no words of the window."""
    words = wishes.words_for("")
    speak(words, settings)
    return words.text
