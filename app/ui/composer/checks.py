"""Reads a draft as its networks will, and says what is to be fixed, what is worth a look and what is well. Pure: no widgets, no I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from app.commands.publishing_services import VideoFacts
from app.models.account import AccountState
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.runtime.words import Message, message
from app.ui.composer.composition import Composition, Measure, Place, lengths
from app.ui.composer.drafting import has_own, is_video
from app.ui.composer.films import (
    MEGABYTE,
    codec_name,
    films_of,
    is_too_fast,
    is_too_much,
    megabytes,
    running_time,
    takers,
    takes_films,
    to_make_fit,
)
from app.ui.composer.findings import Check, Level, Mend
from app.ui.composer.plan_checks import check_plan
from app.ui.composer.quoting import left_out
from app.ui.composer.word_checks import check_words

HIDING = (Visibility.FOLLOWERS, Visibility.DIRECT)
"""Not for everybody. As the service that schedules."""

Split = Callable[[int, str, str], tuple[str, ...]]
"""(account id, text, content warning) -> the parts that fit."""

PAST_GRACE = timedelta(minutes=1)
"""As the service that schedules: a time this little in the past means now."""


def check(composition: Composition, measure: Measure, split: Split) -> list[Check]:
    """All findings, the ones to fix first."""
    if composition.locked:
        return []
    found = [
        *_goes_somewhere(composition),
        *_time(composition),
        *_accounts(composition),
        *_texts(composition, measure, split),
        *check_words(composition),
        *_poll(composition),
        *_pictures(composition),
        *_videos(composition),
        *_visibility(composition),
        *_same_texts(composition),
        *check_plan(composition),
        *_quote(composition),
        *_left_out(composition),
    ]
    found += _well(composition, found)
    order = list(Level)
    return sorted(found, key=lambda each: order.index(each.level))


def _fix(said: Message, mend: Mend | None, field: str, detail: Message | None = None, other: Mend | None = None) -> Check:
    return Check(Level.FIX, said, detail, mend, other, field)


def _goes_somewhere(composition: Composition) -> Iterator[Check]:
    if not composition.chosen:
        said = message("composer.check.no_account" if composition.places else "composer.check.no_accounts_yet")
        mend = Mend("choose_account", "composer.mend.choose") if composition.places else Mend("add_account", "composer.mend.add_account")
        yield _fix(said, mend, "accounts")
    empty = [place for place in composition.open if not any(part.strip() for part in composition.parts(place.id))]
    no_text = not composition.chosen and not any(part.strip() for part in composition.draft.parts)
    if (empty or no_text) and not composition.draft.pictures:
        tab = empty[0].id if empty and has_own(composition.draft, empty[0].id) else None
        yield _fix(message("composer.check.empty"), Mend("edit_text", "composer.mend.write", tab), "text")


def _time(composition: Composition) -> Iterator[Check]:
    at, now = composition.draft.planned_at, composition.now
    if composition.wrong_time:
        yield _fix(message("composer.check.wrong_time"), Mend("edit_time", "composer.mend.choose"), "time")
    elif at is not None and now is not None and at < now - PAST_GRACE and not _all_owed(composition):
        detail = message("composer.check.past_time.detail", when=at)
        yield _fix(message("composer.check.past_time"), Mend("in_an_hour", "composer.mend.in_an_hour"), "time", detail)


def _all_owed(composition: Composition) -> bool:
    """Its time came and it is on its way: nothing to complain about."""
    owed = {row.account_id for row in composition.deliveries if row.state is not DeliveryState.LET_GO}
    return composition.scheduled and bool(owed)


def _accounts(composition: Composition) -> Iterator[Check]:
    for place in composition.open:
        if place.account.state is AccountState.SIGNED_OUT:
            said = message("composer.check.signed_out", network=place.name)
            mend = Mend("sign_in", "composer.mend.sign_in", place.id)
            yield _fix(said, mend, "accounts", message("composer.check.signed_out.detail"))
        elif place.account.state is AccountState.PAUSED:
            said = message("composer.check.paused", network=place.name)
            yield Check(Level.LOOK, said, message("composer.check.paused.detail"), Mend("show_account", "composer.mend.show", place.id))


def _texts(composition: Composition, measure: Measure, split: Split) -> Iterator[Check]:
    for place in composition.open:
        measured = lengths(composition, measure, place.id)
        if len(measured) > 1 and not place.limits.threads:
            said = message("composer.check.no_threads", network=place.name)
            yield _fix(said, Mend("one_part", "composer.mend.own_text", place.id), "text", message("composer.check.no_threads.detail"))
            continue
        for index, (length, limit) in enumerate(measured):
            if length <= limit:
                continue
            said = message("composer.check.too_long", network=place.name, n=length - limit)
            mend = Mend("edit_text", "composer.mend.shorten", place.id, index)
            if place.limits.threads:
                parts = composition.parts(place.id)
                count = len(parts) - 1 + len(split(place.id, parts[index], composition.draft.warning))
                mend = Mend("split", "composer.mend.split", place.id, index, count)
            yield _fix(said, mend, "text", message("composer.check.too_long.detail", limit=limit))
            break


def _poll(composition: Composition) -> Iterator[Check]:
    poll = composition.draft.poll
    if poll is None:
        return
    for place in composition.open:
        if not place.limits.poll_options and not has_own(composition.draft, place.id):
            said = message("composer.check.no_poll", network=place.name)
            yield _fix(said, Mend("vary", "composer.mend.own_words", place.id), "poll", message("composer.check.no_poll.detail"))
    takers = [place for place in composition.open if place.limits.poll_options]
    if not takers:
        return
    if composition.draft.pictures:
        detail = message("composer.check.poll_and_pictures.detail", networks=[place.name for place in takers])
        yield _fix(message("composer.check.poll_and_pictures"), Mend("remove_poll", "composer.mend.remove_poll"), "poll", detail)
    options = [option.strip() for option in poll.options]
    filled = [option for option in options if option]
    if len(filled) < len(options) or len(filled) < 2:
        index = options.index("") if "" in options else 0
        yield _fix(message("composer.check.poll_empty"), Mend("edit_poll", "composer.mend.write", index=index), "poll")
    elif len(set(options)) < len(options):
        index = next(i for i, option in enumerate(options) if option in options[:i])
        yield _fix(message("composer.check.poll_same"), Mend("edit_poll", "composer.mend.show", index=index), "poll")
    for place in takers:
        limits = place.limits
        if len(options) > limits.poll_options:
            said = message("composer.check.poll_many", network=place.name, n=limits.poll_options)
            yield _fix(said, Mend("edit_poll", "composer.mend.show", index=limits.poll_options), "poll")
        long = [i for i, option in enumerate(options) if len(option) > limits.poll_option_length]
        if long:
            said = message("composer.check.poll_long", network=place.name, number=long[0] + 1, limit=limits.poll_option_length)
            yield _fix(said, Mend("edit_poll", "composer.mend.shorten", index=long[0]), "poll")


def _pictures(composition: Composition) -> Iterator[Check]:
    pictures = composition.draft.pictures
    taking = [place for place in composition.open if place.limits.pictures]
    for place in taking:
        if sum(not is_video(picture) for picture in pictures) > place.limits.pictures:
            said = message("composer.check.many_pictures", network=place.name, n=place.limits.pictures)
            yield _fix(said, Mend("show_picture", "composer.mend.show", index=place.limits.pictures), "pictures")
    for index, picture in enumerate(pictures):
        showing = [place for place in composition.open if takes_films(place)] if is_video(picture) else taking
        wanting = [place for place in showing if place.limits.alt_text]
        if wanting and not picture.alt.strip():
            names = [place.name for place in wanting]
            said = message("composer.check.no_alt_video" if is_video(picture) else "composer.check.no_alt", number=index + 1)
            yield _fix(said, Mend("edit_alt", "composer.mend.write", index=index), "pictures", message("composer.check.goes_to", networks=names))
        for place in wanting:
            if len(picture.alt) > place.limits.alt_text:
                said = message("composer.check.long_alt", network=place.name, number=index + 1, limit=place.limits.alt_text)
                yield _fix(said, Mend("edit_alt", "composer.mend.shorten", index=index), "pictures")
                break


def _videos(composition: Composition) -> Iterator[Check]:
    """As the service that schedules, with the same limits."""
    films = films_of(composition)
    if not films:
        return
    show = Mend("show_picture", "composer.mend.show", index=films[0][0])
    if len(films) < len(composition.draft.pictures):
        detail = message("composer.check.video_and_pictures.detail")
        yield _fix(message("composer.check.video_and_pictures"), show, "pictures", detail)
    without = [place.name for place in composition.open if not takes_films(place)]
    if without:
        mend = Mend("choose_account", "composer.mend.choose")
        yield _fix(message("composer.check.no_video", networks=without), mend, "pictures", message("composer.check.no_video.detail"))
    for place in composition.open:
        if place.limits.videos and len(films) > place.limits.videos:
            said = message("composer.check.many_videos", network=place.name, n=place.limits.videos)
            yield _fix(said, Mend("show_picture", "composer.mend.show", index=films[place.limits.videos][0]), "pictures")
    for index, picture in films:
        show = Mend("show_picture", "composer.mend.show", index=index)
        if picture.path not in composition.films:
            continue
        facts = composition.films[picture.path]
        if facts is None:
            yield _fix(message("composer.check.video_unreadable"), show, "pictures", message("composer.check.video_unreadable.detail"))
            continue
        fitting = to_make_fit(composition)
        for place in takers(composition):
            trouble = _trouble(facts, place)
            if trouble is None:
                continue
            mends = fitting is not None and place.id in fitting[1] and is_too_much(facts, place)
            mend = Mend("make_fit", "composer.make_fit") if mends else show
            yield _fix(message(f"composer.check.video_{trouble[0]}", network=place.name), mend, "pictures", trouble[1])


def _trouble(facts: VideoFacts, place: Place) -> tuple[str, Message] | None:
    """What is wrong with the video there, and the limit beside what it has; the first thing found."""
    limits = place.limits
    if limits.video_types and facts.content_type not in limits.video_types:
        return "type", message("composer.check.video_type.detail")
    if limits.video_bytes and facts.bytes > limits.video_bytes:
        detail = message("composer.check.video_bytes.detail", megabytes=limits.video_bytes // MEGABYTE, has=megabytes(facts.bytes))
        return "bytes", detail
    if limits.video_seconds and facts.seconds > limits.video_seconds:
        limit, has = running_time(limits.video_seconds), running_time(facts.seconds)
        return "long", message("composer.check.video_long.detail", limit=limit, has=has)
    if facts.seconds < limits.video_shortest_seconds:
        detail = message("composer.check.video_short.detail", seconds=limits.video_shortest_seconds, has=round(facts.seconds, 1))
        return "short", detail
    if limits.video_pixels and facts.width * facts.height > limits.video_pixels:
        has = f"{facts.width} × {facts.height}"
        return "pixels", message("composer.check.video_pixels.detail", megapixels=round(limits.video_pixels / MEGABYTE, 1), has=has)
    if limits.video_codecs and facts.codec not in limits.video_codecs:
        codecs = tuple(codec_name(codec) for codec in limits.video_codecs)
        return "codec", message("composer.check.video_codec.detail", codecs=codecs, has=codec_name(facts.codec))
    if is_too_fast(facts, place):
        return "rate", message("composer.check.video_rate.detail", rate=round(limits.video_rate), has=round(facts.rate))
    return None


def _visibility(composition: Composition) -> Iterator[Check]:
    """What was meant for few never goes out for everybody unless the user says so, network by network."""
    draft = composition.draft
    if draft.visibility not in HIDING:
        return
    for place in composition.open:
        if draft.visibility not in place.limits.visibilities and place.id not in draft.public_at:
            said = message("composer.check.only_public", network=place.name)
            public = Mend("public_there", "composer.mend.public_there", place.id)
            detail = message("composer.check.only_public.detail")
            yield _fix(said, Mend("leave_out", "composer.mend.leave_out", place.id), "visibility", detail, public)


def _quote(composition: Composition) -> Iterator[Check]:
    """Where the quote is left out, with its address as the way out."""
    for place, reason in left_out(composition):
        said = message("composer.check.without_quote", network=place.name)
        yield Check(Level.LOOK, said, reason, Mend("quote_link", "composer.mend.quote_link", place.id), field="quote")


def _same_texts(composition: Composition) -> Iterator[Check]:
    seen: dict[tuple[str, ...], list[Place]] = {}
    for place in composition.chosen:
        parts = composition.parts(place.id)
        if any(part.strip() for part in parts):
            seen.setdefault(parts, []).append(place)
    for places in seen.values():
        if len(places) > 1:
            said = message("composer.check.same_text", networks=[place.name for place in places])
            openly = [place for place in places if place in composition.open]
            mend = Mend("vary", "composer.mend.vary", openly[-1].id) if openly else None
            yield Check(Level.LOOK, said, message("composer.check.same_text.detail"), mend)


def _left_out(composition: Composition) -> Iterator[Check]:
    draft = composition.draft
    without: list[tuple[str, list[Place]]] = []
    if draft.poll is not None:
        told = [place for place in composition.open if not place.limits.poll_options and has_own(draft, place.id)]
        without.append(("composer.check.without_poll", told))
    if any(not is_video(picture) for picture in draft.pictures):
        without.append(("composer.check.without_pictures", [place for place in composition.open if not place.limits.pictures]))
    if draft.warning.strip():
        without.append(("composer.check.without_warning", [place for place in composition.open if not place.limits.warning]))
    for said, places in without:
        if places:
            mend = Mend("show_preview", "composer.mend.show", places[0].id)
            yield Check(Level.LOOK, message(said, networks=[place.name for place in places]), None, mend)
    if draft.visibility is not Visibility.PUBLIC:
        told = [] if draft.visibility not in HIDING else [place for place in composition.open if place.id not in draft.public_at]
        public = [place for place in composition.open if draft.visibility not in place.limits.visibilities and place not in told]
        if public:
            said_public = message("composer.check.public_there", networks=[place.name for place in public])
            yield Check(Level.LOOK, said_public, message("composer.check.public_there.detail"))


def _well(composition: Composition, found: list[Check]) -> Iterator[Check]:
    """What was looked at and is as it should be."""
    wrong = {each.field for each in found if each.level is Level.FIX}
    count = len(composition.open)
    if count and "text" not in wrong:
        yield Check(Level.OK, message("composer.check.length_fits", n=count))
    if composition.draft.pictures and "pictures" not in wrong:
        films = films_of(composition)
        if not films:
            yield Check(Level.OK, message("composer.check.alt_there", n=len(composition.draft.pictures)))
        elif takers(composition) and all(picture.path in composition.films for _, picture in films):
            yield Check(Level.OK, message("composer.check.video_fits"))
    if composition.draft.poll is not None and "poll" not in wrong:
        yield Check(Level.OK, message("composer.check.poll_fits"))
