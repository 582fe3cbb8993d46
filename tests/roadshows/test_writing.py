"""The organizer's letter to those who wait: read before it goes, sound in both languages, to each once and alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from listing.bilingual.pair import Pair
from listing.journal.models import Entry
from listing.notifications import render
from listing.notifications.models import Notice
from listing.roadshows import queue, rules
from listing.roadshows.operations import seating, telling
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, signed_in

from .made import a_roadshow, actor_of, an_admitted_investor, an_organizer
from .test_seating import apply

SAID = {
    "text_zh": "再增加 20 个名额。\n请留意电邮。",
    "text_en": "We will add 20 places.\nWatch your e-mail. https://evil.example/x",
}
TEXT = Pair(SAID["text_zh"], SAID["text_en"])


def letters():
    return db.session.scalars(select(Notice).where(Notice.message == "roadshow_queue").order_by(Notice.id)).all()


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_letter_is_read_and_then_goes_to_everybody_who_waits_once_and_alone(app, client, lang):
    organizer = an_organizer()
    show = a_roadshow(organizer, onsite=1)
    people = [an_admitted_investor(language=each) for each in ("en", "en", lang, "zh-Hant")]
    for member in people:
        apply(member, show.days[0])
    signed_in(client, organizer.user)
    listed = f"/{lang}/events/manage/roadshows/{show.id}/people"
    address = f"/{lang}/events/manage/roadshows/{show.id}/days/{show.days[0].id}/letter"
    assert address in client.get(listed).text
    for wrong in ({"text_en": SAID["text_zh"]}, {"text_en": "We will add 30 places."}, {"text_zh": ""}):
        answer = submit(client, address, step="preview", **SAID | wrong)
        assert (answer.status_code, "Watch" in answer.text) == (422, wrong.keys() == {"text_zh"})
    seen = submit(client, address, step="preview", **SAID).text
    assert ("再增加 20 个名额。" in seen, "We will add 20 places." in seen, letters()) == (True, True, [])
    assert submit(client, address, step="change", **SAID).status_code == 200
    assert [submit(client, address, step="send", **SAID).location for _ in range(2)] == [
        f"{listed}?day={show.days[0].id}",
        None,
    ]
    sent = letters()
    assert [notice.recipient_id for notice in sent] == [member.user_id for member in people[1:]]
    others = {member.user.email for member in people} | {member.user.name for member in people}
    for notice, member in zip(sent, people[1:], strict=True):
        words = render.words(notice)
        assert not [o for o in others - {member.user.email, member.user.name} if o in words.text + words.html]
        assert ("20 places" if member.user.language == "en" else "20 个名额") in words.text


def test_a_text_sent_again_reaches_those_who_came_since_and_there_is_an_end_to_letters(app):
    organizer = an_organizer()
    show = a_roadshow(organizer, onsite=1)
    day, by = show.days[0], actor_of(organizer)
    first = apply(an_admitted_investor(), day)
    apply(an_admitted_investor(), day)
    assert telling.tell(day=day, text=TEXT, actor=by, now=NOW) == 1
    with pytest.raises(queue.NobodyToTell):
        telling.tell(day=day, text=TEXT, actor=by, now=NOW)
    late = apply(an_admitted_investor(), day)
    assert telling.tell(day=day, text=TEXT, actor=by, now=NOW) == 1
    assert letters()[-1].recipient_id == late.account_id
    telling.tell(day=day, text=Pair("甲", "A"), actor=by, now=NOW)
    with pytest.raises(queue.TooManyLetters):
        telling.tell(day=day, text=Pair("乙", "B"), actor=by, now=NOW + queue.LETTERS_WITHIN)
    telling.tell(day=day, text=Pair("乙", "B"), actor=by, now=NOW + queue.LETTERS_WITHIN + timedelta(seconds=1))
    entries = db.session.scalars(select(Entry).where(Entry.code == "roadshow.queue_told").order_by(Entry.index)).all()
    assert [entry.data["number"] for entry in entries] == [1, 1, 2, 2]
    assert not any("places" in str(entry.data) for entry in entries)
    seating.withdraw(row=first, actor=by, now=NOW)
    with pytest.raises(rules.NotNow):
        telling.tell(day=day, text=TEXT, actor=by, now=day.begins_at)


def test_the_letter_is_offered_once_somebody_waits(app, client):
    organizer = an_organizer()
    day = a_roadshow(organizer, onsite=1).days[0]
    apply(an_admitted_investor(), day)
    signed_in(client, organizer.user)
    address = f"/en/events/manage/roadshows/{day.roadshow_id}/days/{day.id}/letter"
    offered = ['name="text_zh"' in client.get(address).text]
    apply(an_admitted_investor(), day)
    assert [*offered, 'name="text_zh"' in client.get(address).text] == [False, True]
