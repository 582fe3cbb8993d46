"""Announcements as the tests of this room need them: a company with people who write and people who sign."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import NamedTuple

from listing.access.actor import Actor, Membership
from listing.bilingual.pair import Pair
from listing.disclosure.announcements.operations import checking, signing, writing
from listing.refusal import Refusal
from listing.store.db import db
from tests.factories import a_company, a_member, a_user, an_organisation

SESSION = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday 10:00 in Hong Kong: the exchange trades
NOON = datetime(2026, 11, 23, 4, 10, tzinfo=UTC)  # 12:10, in a window
EVENING = datetime(2026, 11, 23, 9, tzinfo=UTC)  # 17:00, in another one

TITLE = Pair("2026年上半年度报告", "Interim report for the first half of 2026")
BODY = Pair(
    "营业收入为人民币8,690万元，同比增长12%。\n\n研发投入占营业收入的18%。",
    "Revenue was RMB 86.9 million, up 12% year on year.\n\nR&D expenditure was 18% of revenue.",
)
WRITTEN = {
    "category": "event_contract",
    "period_end": None,
    "event_on": date(2026, 11, 20),
    "prevailing": "zh",
    "title": TITLE,
    "body": BODY,
    "note": None,
}
TYPED = {
    "category": "event_contract",
    "event_on": "2026-11-20",
    "prevailing": "zh",
    "title_zh": TITLE.zh,
    "title_en": TITLE.en,
    "body_zh": BODY.zh,
    "body_en": BODY.en,
}


class House(NamedTuple):
    """A company on display and its people."""

    company: object
    editor: object
    signatory: object
    second: object


def a_house(**fields) -> House:
    """A company with an editor and two people who may sign."""
    organisation = an_organisation("enterprise")
    company = a_company(organisation_id=organisation.id, origin="participant", **fields)
    factor = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}
    editor = a_member(organisation, "editor", a_user(name="Editor"))
    signers = [a_member(organisation, "approver", a_user(name=name, **factor)) for name in ("Signatory", "Second")]
    return House(company, editor, *signers)


def acting(member) -> Actor:
    """The person of a membership as the one who acts."""
    place = Membership(member.organisation_id, member.organisation.kind, member.role)
    return Actor(user_id=member.user_id, label=member.user.name, memberships=(place,), second_factor=True)


def begun(house, now=SESSION, corrects=None, **written):
    """A draft that its editor wrote."""
    who = {"actor": acting(house.editor), "now": now}
    return writing.begin(company=house.company, corrects=corrects, **WRITTEN | written, **who)


def sent(house, now=SESSION, **written):
    """An announcement that waits for a signature."""
    row = begun(house, now, **written)
    return writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=now)


def checked(row, by, now=SESSION):
    """The same once somebody confirmed that both texts say the same."""
    who = {"actor": acting(by), "now": now}
    return checking.confirm(announcement=row, read=True, seen=writing.digest(row), **who)


def signed(house, row, by=None, now=SESSION):
    """The same with a signature under it, released or queued as the instant has it; checked where that is asked for."""
    who = {"actor": acting(by or house.signatory), "now": now}
    if checking.unchecked(row):
        checked(row, by or house.signatory, now)
    return signing.sign(announcement=row, declared_true=True, seen=writing.digest(row), **who)


def released(house, now=NOON, **written):
    """An announcement that everybody reads."""
    row = signed(house, sent(house, now, **written), now=now)
    db.session.commit()
    return row


def at_once(app, *acts):
    """Each in a thread and transaction of its own, all at the same instant; what became of each."""
    ready = Barrier(len(acts))

    def one(act):
        with app.app_context():
            ready.wait()
            try:
                act()
                db.session.commit()
                return "done"
            except Refusal as refusal:
                db.session.rollback()
                return type(refusal).__name__
            finally:
                db.session.remove()

    db.session.commit()
    db.session.remove()
    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))
