"""What is released is told to the servers of every company that announced it, each of them once."""

import json
from collections import Counter

from sqlalchemy import select

from listing.disclosure.announcements import queries
from listing.disclosure.announcements.operations import joining, writing
from listing.store.db import db
from listing.webhooks import rules
from listing.webhooks.models import Delivery
from tests.disclosure.announcements.made import NOON, a_house, acting, begun, signed

ONE, OTHER = {"slug": "lantern", "code": "GBA-1"}, {"slug": "harbour", "code": "GBA-2"}


def announced(*houses, **written):
    """A release of the first of these together with the others."""
    first = houses[0]
    row = begun(first, NOON, **written)
    for house in houses[1:] if row.corrects_id is None else ():
        joining.invite(announcement=row, code=house.company.code, actor=acting(first.editor), now=NOON)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(first.editor), now=NOON)
    for house in houses:
        signed(house, row, now=NOON)
    db.session.commit()
    return row


def test_every_company_of_a_joint_release_is_told_once(sink, hook, run):
    first, other, stranger = a_house(**ONE), a_house(**OTHER), a_house(slug="else", code="GBA-3")
    for house, path in ((first, "/first"), (other, "/other"), (stranger, "/stranger")):
        hook(path, organisation=house.editor.organisation)
    announced(first, other)
    run()
    assert Counter(call.path for call in sink.calls) == {"/first": 1, "/other": 1}
    told = {call.path: json.loads(call.body) for call in sink.calls}
    release = queries.release("2026-000001")
    companies = [{"id": house.company.id, "slug": house.company.slug} for house in (first, other)]
    for path, house in (("/first", first), ("/other", other)):
        assert told[path]["type"] == "announcement.released"
        data = told[path]["data"]
        assert data == {
            "entry": data["entry"],
            "organisation": house.company.organisation_id,
            "subject": {"kind": "announcement", "id": "2026-000001"},
            "number": "2026-000001",
            "category": "event_contract",
            "zh": release.digest_zh,
            "en": release.digest_en,
            "companies": companies,
        }
    sink.calls.clear()
    announced(first, other, corrects=release, note=release.title)
    run()
    assert Counter((call.path, json.loads(call.body)["type"]) for call in sink.calls) == {
        ("/first", "announcement.corrected"): 1,
        ("/other", "announcement.corrected"): 1,
    }
    assert {json.loads(call.body)["data"]["corrects"] for call in sink.calls} == {"2026-000001"}


def test_an_organisation_that_speaks_for_both_is_told_once_and_nothing_before_the_release(sink, hook, run):
    first, other = a_house(**ONE), a_house(**OTHER)
    other.company.organisation_id = first.company.organisation_id
    db.session.commit()
    made, _secret = hook(organisation=first.editor.organisation, kinds=tuple(rules.ANNOUNCED))
    row = begun(first, NOON)
    joining.invite(announcement=row, code="GBA-2", actor=acting(first.editor), now=NOON)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(first.editor), now=NOON)
    run()
    assert sink.calls == []
    signed(first, row, now=NOON)
    run()
    assert db.session.execute(select(Delivery.webhook_id, Delivery.kind)).all() == [(made.id, "announcement.released")]
    (call,) = sink.calls
    assert [one["slug"] for one in json.loads(call.body)["data"]["companies"]] == ["lantern", "harbour"]
