"""Questions stand in both languages or not at all, and never with the asker's name."""

import pytest
from sqlalchemy import select

from listing.bilingual.pair import Pair
from listing.roadshows import rules
from listing.roadshows.models import Question
from listing.roadshows.operations import asking, scheduling
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, signed_in

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_pages import _at

BOTH = Pair("交货期多长？", "How long is the lead time?")
NONE = Pair("", "")


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
