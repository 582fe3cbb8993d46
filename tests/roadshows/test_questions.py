"""Questions stand in both languages or not at all, and never with the asker's name."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from listing.bilingual.pair import Pair
from listing.bilingual.unsound import Unsound
from listing.roadshows import answering, rules
from listing.roadshows.answering import Asked
from listing.roadshows.models import Question
from listing.roadshows.operations import asking, planning, scheduling
from listing.roadshows.presenting import queries as presenting
from listing.roadshows.presenting import questions as voting
from listing.roadshows.presenting import rules as presenting_rules
from listing.roadshows.presenting.operations import replying
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, a_member, an_organisation, signed_in

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_pages import _at
from .test_recording import enters
from .test_seating import apply

BOTH = Pair("交货期多长？", "How long is the lead time?")
NONE = Pair("", "")
WEEKS = Pair("八周", "Eight weeks")


def asked(organizer, guest):
    """A question about a company's session."""
    day = a_roadshow(organizer).days[0]
    session = a_session(day, _at(12, 0), company=a_presenter())
    row = asking.ask(session=session, typed="Lead time? <b>now</b>", actor=actor_of(guest), now=NOW)
    db.session.commit()
    return row


@pytest.mark.parametrize(
    ("question", "answer"), [(Pair("问", ""), NONE), (NONE, NONE), (BOTH, Pair("", "Weeks")), (BOTH, Pair("几周", ""))]
)
def test_one_language_is_not_published(app, question, answer):
    organizer = an_organizer()
    row = asked(organizer, an_admitted_investor())
    said = {"question": question, "answer": answer, "aloud": False, "actor": actor_of(organizer), "now": NOW}
    with pytest.raises(rules.OneLanguage):
        asking.moderate(row=row, publish=True, **said)
    assert asking.moderate(row=row, publish=False, **said).state == "dismissed"


PARTS = Pair("约30%的收入来自出口。", "About 20% of revenue comes from exports.")


@pytest.mark.parametrize(
    ("question", "answer", "place"),
    [
        (BOTH, PARTS, "answer_zh"),
        (Pair("为何约30%？", "Why about 20%?"), NONE, "question_zh"),
        (Pair("How long?", "How long?"), NONE, "question_zh"),
        (BOTH, Pair("八周", "八周"), "answer_en"),
    ],
)
def test_what_says_two_things_or_stands_in_the_other_language_is_not_published(app, question, answer, place):
    organizer = an_organizer()
    row = asked(organizer, an_admitted_investor())
    said = {"question": question, "answer": answer, "aloud": False, "actor": actor_of(organizer), "now": NOW}
    with pytest.raises(Unsound) as refused:
        asking.moderate(row=row, publish=True, **said)
    assert refused.value.place == place
    assert asking.moderate(row=row, publish=False, **said).state == "dismissed"


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_organizer_and_the_company_read_which_figures_differ_beside_the_answer(app, presented, lang):
    organizer, owner, _guests, (row, _hidden) = presented
    show = row.session.day.roadshow
    places = {
        f"/{lang}/events/manage/roadshows/{show.id}/questions/{row.id}": organizer,
        f"/{lang}/studio/roadshows/{presenting.standing_in(row.session).id}/questions/{row.id}": owner,
    }
    for address, member in places.items():
        sent = submit(signed_in(app.test_client(), member.user), address, answer_zh=PARTS.zh, answer_en=PARTS.en)
        beside = sent.text.partition('id="answer_zh-error"')[2].partition("</p>")[0]
        assert (sent.status_code, "30%" in beside, "20%" in beside) == (422, True, True)
    db.session.refresh(row)
    assert (row.answer, row.reply) == (NONE, NONE)


def test_what_only_likely_differs_is_published_and_told(app, client, presented):
    organizer, _owner, _guests, (row, _hidden) = presented
    manager = signed_in(app.test_client(), organizer.user)
    address = f"/en/events/manage/roadshows/{row.session.day.roadshow.id}/questions/{row.id}"
    likely = Pair("收入增长30%。", "Revenue fell by 30%.")
    sent = submit(manager, address, answer_zh=likely.zh, answer_en=likely.en)
    assert (sent.status_code, sent.location.endswith(address)) == (303, True)
    assert "One text says up and the other says down" in manager.get(address).text
    assert submit(manager, address, answer_zh=WEEKS.zh, answer_en=WEEKS.en).location.endswith("/questions")


def test_only_admitted_investors_ask_and_only_so_often(app):
    guest = an_admitted_investor()
    row = asked(an_organizer(), guest)
    with pytest.raises(rules.NotAdmitted):
        asking.ask(session=row.session, typed="?", actor=actor_of(an_admitted_investor(until=NOW)), now=NOW)
    for _ in range(4):
        asking.ask(session=row.session, typed="?", actor=actor_of(guest), now=NOW)
    with pytest.raises(rules.TooManyQuestions):
        asking.ask(session=row.session, typed="?", actor=actor_of(guest), now=NOW)
    with pytest.raises(rules.SessionAsked):
        scheduling.remove_session(session=row.session, actor=actor_of(an_organizer()), now=NOW)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_question_goes_from_the_form_to_the_page_of_the_roadshow(app, lang):
    organizer, guest = an_organizer(), an_admitted_investor(name="Ann Guest")
    show = a_roadshow(organizer)
    session = a_session(show.days[0], _at(12, 0), company=a_presenter())
    asker, manager = signed_in(app.test_client(), guest.user), signed_in(app.test_client(), organizer.user)
    page, stranger = f"/{lang}/roadshows/{show.code}", app.test_client()
    ask = f"{page}/sessions/{session.id}/ask"
    assert ask in asker.get(page).text
    long = submit(asker, ask, typed="x" * 50_000)
    assert (long.status_code, "x" * 50_000 in long.text) == (422, True)
    assert submit(asker, ask, typed="Lead time? <b>now</b>").status_code == 303
    row = db.session.scalars(select(Question)).one()
    home = f"/{lang}/events/manage/roadshows/{show.id}/questions"
    assert "&lt;b&gt;now&lt;/b&gt;" in manager.get(home).text
    texts = {"question_zh": BOTH.zh, "question_en": BOTH.en}
    half = submit(manager, f"{home}/{row.id}", **texts, answer_en="Eight weeks")
    assert (half.status_code, "Eight weeks" in half.text) == (422, True)
    assert BOTH.en not in asker.get(page).text
    whole = submit(manager, f"{home}/{row.id}", **texts, answer_en="Eight weeks", answer_zh="八周")
    assert whole.status_code == 303
    shown = asker.get(page).text
    assert all(text in shown for text in (BOTH.zh, BOTH.en, "八周", "Eight weeks"))
    assert "Ann Guest" not in shown
    assert BOTH.en not in stranger.get(page).text
    assert manager.get(home).status_code == 200


def test_answers_are_counted_against_everything_asked():
    hours = [timedelta(hours=n) for n in (1, 2, 9)]
    rows = [Asked(NOW, NOW + each, False) for each in hours] + [Asked(NOW, None, aside) for aside in (True, False)]
    found = answering.of(rows)
    assert (found, found.percent) == (answering.Answering(5, 3, 1, timedelta(hours=2)), 60)
    assert answering.of([]).median is None


def test_a_material_answer_is_written_in_both_languages_and_is_not_taken_back(app):
    organizer = an_organizer()
    row = asked(organizer, an_admitted_investor())
    said = {"row": row, "question": BOTH, "aloud": False, "actor": actor_of(organizer), "now": NOW}
    with pytest.raises(rules.MaterialUnwritten):
        asking.moderate(answer=NONE, publish=True, material=True, **said)
    asking.moderate(answer=WEEKS, publish=True, material=True, **said)
    for publish, material in ((True, False), (False, True)):
        with pytest.raises(rules.MaterialStays):
            asking.moderate(answer=WEEKS, publish=publish, material=material, **said)
    db.session.commit()
    row.state = "dismissed"
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_every_admitted_investor_is_shown_a_material_answer_and_everybody_how_many_are_answered(app, client, lang):
    organizer = an_organizer()
    row = asked(organizer, an_admitted_investor())
    show = row.session.day.roadshow
    manager, other = (signed_in(app.test_client(), member.user) for member in (organizer, an_admitted_investor()))
    ended = signed_in(app.test_client(), an_admitted_investor(until=NOW).user)
    typed = {"question_zh": BOTH.zh, "question_en": BOTH.en, "material": "y"}
    address = f"/{lang}/events/manage/roadshows/{show.id}/questions/{row.id}"
    half = submit(manager, address, **typed)
    assert half.status_code == 422
    assert submit(manager, address, **typed, answer_zh=WEEKS.zh, answer_en=WEEKS.en).status_code == 303
    page = f"/{lang}/roadshows/{show.code}"
    for visitor, sees in ((other, True), (ended, False), (client, False)):
        assert ('id="material"' in visitor.get(page).text) is sees
    for visitor, sees in ((other, True), (ended, False)):
        assert (WEEKS.zh in visitor.get(f"/{lang}/desk").text) is sees
    assert "1 (100%)" in client.get(page).text
    assert WEEKS.en not in client.get(page).text


@pytest.fixture
def presented(app):
    """An organizer, the owner of a company that presents, two guests with a place, and two questions of the first."""
    organizer, owner = an_organizer(), a_member(an_organisation(), "owner")
    guests = [an_admitted_investor(name=name) for name in ("Ann Guest", "Bo Guest")]
    session = a_session(
        a_roadshow(organizer).days[0],
        _at(12, 0),
        company=a_presenter(organisation_id=owner.organisation_id),
        title=NONE,
    )
    for guest in guests:
        apply(guest, session.day)
    said = {"session": session, "actor": actor_of(guests[0]), "now": NOW}
    rows = [asking.ask(typed=f"Question {hidden}?", anonymous=hidden, **said) for hidden in (False, True)]
    for row in rows:
        asking.moderate(
            row=row, question=BOTH, answer=NONE, aloud=False, publish=True, actor=actor_of(organizer), now=NOW
        )
    db.session.commit()
    return organizer, owner, guests, rows


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_company_answers_for_the_organizer_to_publish_and_is_told_who_asks_only_where_that_is_wanted(
    app, presented, lang
):
    organizer, owner, guests, (open_one, hidden) = presented
    manager, theirs, guest = (signed_in(app.test_client(), m.user) for m in (organizer, owner, guests[1]))
    show = open_one.session.day.roadshow
    own = f"/{lang}/studio/roadshows/{presenting.standing_in(open_one.session).id}"
    seen = theirs.get(f"{own}/questions").text
    assert (seen.count("Ann Guest"), seen.count("Question True")) == (1, 0)  # both are told as they were published
    assert theirs.get(own).status_code == 200
    half = submit(theirs, f"{own}/questions/{hidden.id}", answer_zh="八周")
    assert (half.status_code, "八周" in half.text) == (422, True)
    assert submit(theirs, f"{own}/questions/{hidden.id}", answer_zh="八周", answer_en="Eight weeks").status_code == 303
    public = f"/{lang}/roadshows/{show.code}"
    assert "Eight weeks" not in guest.get(public).text
    there = f"/{lang}/events/manage/roadshows/{show.id}/questions"
    assert manager.get(there).status_code == 200
    assert submit(manager, f"{there}/{hidden.id}").status_code == 303  # as the company wrote it
    assert (hidden.answer.en, hidden.reply.en) == ("Eight weeks", "Eight weeks")
    assert "Eight weeks" in guest.get(public).text
    part = presenting.standing_in(hidden.session)
    with pytest.raises(rules.NotNow):
        replying.reply(row=hidden, presentation_id=part.id, answer=WEEKS, actor=actor_of(owner), now=NOW)
    other = a_member(an_organisation(), "owner")
    assert signed_in(app.test_client(), other.user).get(f"{own}/questions").status_code == 404


def test_a_vote_counts_once_for_each_person_with_a_place_and_can_be_taken_back(app, presented):
    organizer, _owner, guests, (first, second) = presented
    code = first.session.day.roadshow.code
    visitors = [signed_in(app.test_client(), guest.user) for guest in guests]
    vote = f"/en/roadshows/{code}/questions/{second.id}"
    for client in visitors:
        assert submit(client, f"/en/roadshows/{code}", f"{second.id}/up").status_code == 303
    for guest in guests:
        replying.vote(row=second, actor=actor_of(guest), now=NOW)
    db.session.commit()
    assert voting.votes([first.id, second.id]) == {second.id: 2}
    page = visitors[1].get(f"/en/roadshows/{code}").text
    assert page.index(f'id="question-{second.id}"') < page.index(f'id="question-{first.id}"')
    assert submit(visitors[0], f"/en/roadshows/{code}", f"{second.id}/undo").status_code == 303
    assert voting.votes([second.id]) == {second.id: 1}
    seatless = an_admitted_investor()
    for member in (seatless, an_admitted_investor(until=NOW), organizer):
        signed_in(app.test_client(), member.user).post(f"{vote}/up")
    with pytest.raises(presenting_rules.NoVote):
        replying.vote(row=second, actor=actor_of(seatless), now=NOW)
    assert voting.votes([second.id]) == {second.id: 1}


def test_a_roadshow_is_not_archived_before_its_material_answers_are_published_in_both_languages(app, clock):
    organizer, owner, guest = an_organizer(), a_member(an_organisation(), "owner"), an_admitted_investor()
    show = a_roadshow(organizer, first=NOW.date())
    session = a_session(show.days[0], _at(12, 0), company=a_presenter(organisation_id=owner.organisation_id))
    first, second = (asking.ask(session=session, typed=text, actor=actor_of(guest), now=NOW) for text in "12")
    part, who = presenting.standing_in(session), {"actor": actor_of(organizer), "now": NOW}
    replying.reply(row=first, presentation_id=part.id, answer=WEEKS, material=True, actor=actor_of(owner), now=NOW)
    asking.moderate(row=second, question=BOTH, answer=NONE, aloud=True, material=True, publish=True, **who)
    assert (second.material, second.answered_at) == (False, NOW)
    db.session.commit()
    clock.set(show.ends_at)
    client, home = enters(app, organizer.user, show.ends_at), f"/en/events/manage/roadshows/{show.id}"
    refused = submit(client, home, "/archive")
    assert (refused.status_code, "Material answers are not published yet" in refused.text) == (422, True)
    links = [f"{home}/questions/{row.id}" for row in (first, second)]
    assert [link in refused.text for link in links] == [True, True]
    asking.moderate(row=first, question=BOTH, answer=NONE, aloud=False, publish=False, **who)
    with pytest.raises(rules.MaterialOwed):  # nor is putting it aside the way out
        planning.archive(show=show, actor=actor_of(organizer), now=show.ends_at)
    for link in links:
        words = {"answer_zh": WEEKS.zh, "answer_en": WEEKS.en, "question_zh": BOTH.zh, "question_en": BOTH.en}
        assert submit(client, link, **words).status_code == 303
    assert [row.material for row in (first, second)] == [True, True]
    assert submit(client, home, "/archive").status_code == 303
    assert show.state == rules.ARCHIVED
