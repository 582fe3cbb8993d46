"""Roadshows, and investors who are admitted, as the tests of this room need them."""

from datetime import date, datetime, time, timedelta

from listing.access.actor import SYSTEM, Actor, Membership
from listing.admission.models import Admission, Application, Decision, Submission
from listing.admission.queries import known
from listing.bilingual.pair import Pair
from listing.roadshows.operations import planning, scheduling
from listing.roadshows.presenting.models import Presentation
from listing.store.db import db
from tests.factories import NOW, a_company, a_member, a_user, an_organisation, saved, serial

FIRST_DAY = date(2026, 12, 8)
BOTH = {"passages": (("technology", "激光雷达用于港口。", "Lidar for harbours."),)}

SAID = {
    "title": Pair("湾区路演", "Bay Area Roadshow"),
    "summary": Pair("两地同台。", "Two cities, one stage."),
    "zone": "Asia/Hong_Kong",
    "opens": datetime(2026, 11, 1, 9),  # noqa: DTZ001 - what a form gives
    "closes": datetime(2026, 12, 8, 9),  # noqa: DTZ001
    "approval": False,
    "markets": [],
    "classes": [],
    "invitation_only": False,
}


def actor_of(member, now=NOW) -> Actor:
    """The person of a membership with the admissions of their institution."""
    place = Membership(member.organisation_id, member.organisation.kind, member.role)
    return known(Actor(user_id=member.user_id, label=member.user.name, memberships=(place,)), now)


def an_admitted_investor(
    until=NOW + timedelta(days=365),
    book="HK-PI",
    markets=("HK",),
    level="C5",
    grade="professional",
    answered_at=NOW,
    role="owner",
    **person,
):
    """The owner of an institution with an admission, made row by row, because the whole way takes a second."""
    member = a_member(an_organisation("investor"), role, a_user(**person))
    who = {"organisation_id": member.organisation_id}
    application = saved(
        Application(**who, open_of=None, state="admitted", state_at=NOW, created_at=NOW, touched_at=NOW, sent=1)
    )
    sent = {"number": 1, "content": {}, "digest": "", "declaration": 1, "submitted_at": answered_at}
    submission = saved(Submission(application_id=application.id, submitted_by=member.user_id, **who, **sent))
    verdict = {"verdict": "admit", "proposed": "admit", "basis": {}, "reasons": [], "decided_at": NOW, "label": "x"}
    decision = saved(Decision(submission_id=submission.id, decided_by=member.user_id, **who, **verdict))
    opened = {"investor_class": grade, "risk_level": level, "book": book, "book_version": "1"}
    saved(
        Admission(
            **who,
            **opened,
            live_of=member.organisation_id,
            decision_id=decision.id,
            code=f"CODE-{next(serial)}",
            markets=list(markets),
            since=NOW - timedelta(days=1),
            until=until,
            state="admitted",
            state_at=NOW,
        )
    )
    return member


def an_organizer():
    return a_member(an_organisation("organizer"), "owner")


def a_presenter(**fields):
    """A company that may appear: on display and complete in both languages."""
    return a_company(**BOTH | fields)


def an_asked(company, session, state="asked", **fields):
    """A company that was asked whether it presents in this session."""
    values = {"session": session, "open_of": session.id, "company_id": company.id, "state": state, "state_at": NOW}
    return saved(Presentation(**values | {"asked_at": NOW, "answer_by": NOW + timedelta(days=4)} | fields))


def a_roadshow(organizer=None, *, onsite=2, online=0, days=1, published=True, first=FIRST_DAY, **said):
    """A roadshow of some days, each with one session from ten to half past."""
    organizer = organizer or an_organizer()
    who = {"actor": SYSTEM, "now": NOW}
    show = planning.create(
        organisation_id=organizer.organisation_id, **SAID | {"code": f"show-{next(serial)}"} | said, **who
    )
    for number in range(days):
        day = scheduling.add_day(
            show=show,
            date=first + timedelta(days=number),
            begins=time(10),
            ends=time(18),
            venue=Pair("南沙", "Nansha"),
            link="https://meet.example/room" if online else "",
            onsite=onsite,
            online=online,
            **who,
        )
        a_session(day)
    if published:
        planning.publish(show=show, **who)
    db.session.commit()
    return show


def a_session(day, begins=time(10), minutes=30, company=None, room=None, **said):
    """A session of a day."""
    values = {
        "company_id": company and company.id,
        "title": Pair("开场", "Opening"),
        "text": Pair("", ""),
        "room": room or Pair("", ""),
        "language": "en",
        "interpreted": True,
    }
    who = {"actor": SYSTEM, "now": NOW}
    return scheduling.keep_session(day=day, begins=begins, minutes=minutes, **values | said, **who)
