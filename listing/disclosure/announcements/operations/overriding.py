"""Releasing outside the windows in an emergency: one of the platform's people asks with a reason, another one answers.

The reason is published with the announcement. What its company holds back until an instant of its own is not touched.
"""

from datetime import datetime

from listing.access.actor import Actor
from listing.bilingual import agreement
from listing.bilingual.agreement.finding import CERTAIN
from listing.bilingual.pair import Pair
from listing.disclosure.announcements import letters, overrides, parties, queries, rules, under_review
from listing.disclosure.announcements.models import Announcement, Override
from listing.store.db import db
from listing.store.inserting import insert

from .releasing import holds_today, release_at_once
from .writing import digest, hold, log


def ask(*, announcement: Announcement, reason: Pair, actor: Actor, now: datetime) -> Override:
    """Ask for the release of what waits for its window. Raises NotNow, Embargoed, HasPart, NoReasons,
    ReasonsDiffer, StandsNoMore,
    AsksAlready.
    """
    if not reason.complete:
        raise rules.NoReasons
    if any(finding.severity == CERTAIN for finding in agreement.check(reason.zh, reason.en)):
        raise rules.ReasonsDiffer
    _begin(announcement, actor, now)
    if not holds_today(announcement, now):
        raise rules.StandsNoMore
    said = {"announcement_id": announcement.id, "open_of": announcement.id, "verdict": rules.WAITS}
    said |= {"reason_zh": reason.zh, "reason_en": reason.en, "reason_script": reason.script}
    said |= {"asked_by": actor.user_id, "asked_label": str(actor.label), "asked_at": now}
    made = db.session.scalar(insert(Override).values(**said).on_conflict_do_nothing().returning(Override.id))
    if made is None:
        raise rules.AsksAlready
    letters.asked_to_override(announcement, actor, now)
    log("override_asked", announcement, actor, now, reason=[reason.zh, reason.en])
    return db.session.get(Override, made)


def answer(*, override: Override, take: bool, actor: Actor, now: datetime) -> Override:
    """Release it now, or leave it to its window; never the person who asked.

    Raises NotNow, Embargoed, HasPart, SecondPerson, NotOnDisplay, StandsNoMore.
    """
    announcement = queries.by_id(override.announcement_id)
    _begin(announcement, actor, now)
    db.session.refresh(override, with_for_update=True)
    if override.verdict != rules.WAITS:
        raise rules.NotNow
    if actor.user_id == override.asked_by:
        raise rules.SecondPerson
    if take and not parties.all_on_display(announcement):
        raise rules.NotOnDisplay
    if take and not holds_today(announcement, now):
        raise rules.StandsNoMore
    override.verdict, override.open_of = (rules.TAKEN if take else rules.DECLINED), None
    override.answered_by, override.answered_label, override.answered_at = actor.user_id, str(actor.label), now
    db.session.flush()
    if take:
        release_at_once(announcement, override.reason, actor, now)
    else:
        log("override_declined", announcement, actor, now)
    return override


def _begin(announcement: Announcement, actor: Actor, now: datetime) -> None:
    hold(announcement)
    if announcement.state != rules.QUEUED or announcement.signed_digest != digest(announcement):
        raise rules.NotNow
    if overrides.is_held_back(announcement, now):
        raise rules.Embargoed
    under_review.look_apart(announcement, actor)
