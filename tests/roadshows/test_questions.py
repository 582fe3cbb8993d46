"""Questions stand in both languages or not at all, and never with the asker's name."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from listing.bilingual.pair import Pair
from listing.roadshows import answering, rules
from listing.roadshows.answering import Asked
from listing.roadshows.models import Question
from listing.roadshows.operations import asking, scheduling
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, signed_in

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_pages import _at

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
    said = {"row": row, "question": BOTH, "aloud": True, "actor": actor_of(organizer), "now": NOW}
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
    half = submit(manager, address, **typed, aloud="y")
    assert half.status_code == 422
    assert submit(manager, address, **typed, answer_zh=WEEKS.zh, answer_en=WEEKS.en).status_code == 303
    page = f"/{lang}/roadshows/{show.code}"
    for visitor, sees in ((other, True), (ended, False), (client, False)):
        assert ('id="material"' in visitor.get(page).text) is sees
    for visitor, sees in ((other, True), (ended, False)):
        assert (WEEKS.zh in visitor.get(f"/{lang}/desk").text) is sees
    assert "1 (100%)" in client.get(page).text
    assert WEEKS.en not in client.get(page).text
