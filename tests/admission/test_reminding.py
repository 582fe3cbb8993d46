"""Reminders of the end: the one that holds now, once for each person, in each one's language."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from listing.admission import rules
from listing.admission.operations.reminding import remind
from listing.notifications import render
from listing.notifications.dispatch import never
from listing.notifications.models import Notice
from listing.store.db import db
from tests.factories import NOW, a_member, a_user

from .test_standing import YEAR, admitted

END = NOW + YEAR
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "days"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 0), (-7, 0)],
)
def test_the_last_one_reached_holds(before, days):
    assert rules.reminder(since=NOW, until=END, now=END - before * DAY) == days


def test_a_short_admission_is_not_told_of_days_before_it_began():
    assert rules.reminder(since=END - 20 * DAY, until=END, now=END - 20 * DAY) is None


def test_each_is_told_once_a_day_and_late_starts_tell_only_what_holds(applicant):
    admitted(applicant, until=END)
    a_member(applicant.organisation, "approver", a_user(language="zh-Hant"))
    a_member(applicant.organisation, "viewer")
    counts = []
    for before in (61, 25, 25, 1, 0, -8):
        remind(now=END - before * DAY, stopping=never)
        counts.append(db.session.query(Notice).filter_by(message="admission_ends").count())
    assert counts == [0, 2, 2, 4, 6, 6]
    notices = db.session.scalars(select(Notice).where(Notice.message == "admission_ends").order_by(Notice.id)).all()
    assert [notice.data["days"] for notice in notices] == [30, 30, 7, 7, 0, 0]
    subjects = {render.words(notice).subject for notice in notices}
    assert {"貴機構的准入即將到期", "貴機構的准入已到期"} <= subjects


@pytest.mark.parametrize("state", ["suspended", "revoked", "replaced"])
def test_nobody_is_reminded_of_what_is_not_in_force(applicant, state):
    admitted(applicant, until=END, state=state)
    assert remind(now=END - DAY, stopping=never) == 0
