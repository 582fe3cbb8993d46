"""The institution's pages: from the start to the reference, in three languages, and nobody else's."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from listing.admission import queries
from listing.admission.operations import applying
from listing.notifications import render
from listing.notifications.models import Notice
from listing.store.db import db
from tests.factories import NOW, a_member, an_organisation, signed_in

from . import answers
from .conftest import acting, begun, sent, submit


@pytest.fixture
def visitor(client, applicant):
    return signed_in(client, applicant.user)


def test_the_whole_way_from_the_start_to_the_reference(visitor, applicant):
    began = submit(visitor, "/en/desk/admission")
    hub = began.location
    for page, typed in answers.WHOLE.items():
        answer = submit(visitor, f"{hub}/{page}", **{**typed, "go": "next"})
        assert answer.status_code == 303, (page, answer.text)
    agreed = {"c-pics": "yes", "c-gba": "no"}  # neither is ticked beforehand
    assert submit(visitor, f"{hub}/consents", **agreed).location == hub
    checked = visitor.get(f"{hub}/check")
    assert "HKD 52 million" in checked.text.replace("\xa0", " ")
    answer = submit(visitor, f"{hub}/check", "/send", declared_true="1")
    assert answer.location == f"{hub}/sent"
    application = queries.last_of(applicant.organisation_id)
    page = visitor.get(answer.location).text
    assert f"A{application.id:05d}-1" in page
    assert "30 Nov 2026" in page  # five working days of Hong Kong after Monday 23 November
    [told] = db.session.scalars(select(Notice).where(Notice.message == "admission_received"))
    letter = render.words(told)
    assert (f"A{application.id:05d}-1" in letter.text, "30 Nov 2026" in letter.text) == (True, True)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_every_page_reads_in_every_language(visitor, applicant, lang):
    application = begun(applicant, registration={"founded": "2026-10-10"})  # after the day of the assets
    base = f"/{lang}/desk/admission"
    for page in ("", "/check", "/consents", "/withdraw", "/sent", *(f"/{key}" for key in answers.WHOLE)):
        assert visitor.get(f"{base}/{application.id}{page}").status_code == 200
    assert visitor.get(base).status_code == 200
    odd = BeautifulSoup(visitor.get(f"{base}/{application.id}/check").text, "lxml").select('[aria-labelledby="odd"] a')
    assert [a["href"].rpartition("/")[2] for a in odd] == ["registration#f-founded", "assets#f-as_of"]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(visitor, applicant):
    application = begun(applicant)
    typed = {**answers.ASSETS, "portfolio": "about 52 million", "total_assets": "80"}
    answer = submit(visitor, f"/en/desk/admission/{application.id}/assets", **typed, go="next")
    assert answer.status_code == 422
    assert 'value="about 52 million"' in answer.text
    assert "Enter the amount in figures" in answer.text


def test_the_second_of_two_sees_both_texts(visitor, applicant):
    application = begun(applicant)
    page = f"/en/desk/admission/{application.id}/funds"
    applying.save(
        application=application,
        page="funds",
        content=answers.content("funds", {**answers.FUNDS, "told": "Somebody else's words."}),
        version=1,
        actor=acting(applicant),
        now=NOW,
    )
    db.session.commit()
    answer = submit(visitor, page, **answers.FUNDS | {"told": "Mine."}, version="1", go="next")
    assert answer.status_code == 409
    assert "Somebody else&#39;s words." in answer.text
    assert "Mine." in answer.text


def test_another_institution_and_other_roles_see_nothing(client, applicant):
    application = sent(applicant)
    other = a_member(an_organisation("investor"), "owner").user
    signed_in(client, other)
    for page in ("", "/check", "/sent", "/withdraw", "/assets"):
        assert client.get(f"/en/desk/admission/{application.application_id}{page}").status_code == 404


def test_a_viewer_reads_and_does_not_answer(client, applicant):
    application = begun(applicant)
    signed_in(client, a_member(applicant.organisation, "viewer").user)
    assert client.get(f"/en/desk/admission/{application.id}").status_code == 200
    assert client.get(f"/en/desk/admission/{application.id}/assets").status_code == 403
    assert client.get(f"/en/desk/admission/{application.id}/send").status_code == 403
