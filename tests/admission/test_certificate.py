"""The certificate: on paper and for programs for its holder; for strangers whether it holds, and nothing more."""

import io
import json
from datetime import timedelta
from importlib import resources

import jsonschema
import pytest
from pypdf import PdfReader

from listing.accounts.rules import FREE
from listing.admission import queries
from listing.admission.operations import measuring
from listing.admission.operations import vetting as operations
from listing.bilingual.pair import Pair
from listing.screening import operations as screening
from listing.store.db import db
from tests.factories import NOW, a_member, an_organisation, signed_in

from .conftest import acting, sent
from .test_vetting import LIST, do, finds, screened


@pytest.fixture
def admission(applicant, reviewers):
    screening.import_list(code="UN", version="1", source="sample", content=LIST, actor=acting(applicant), now=NOW)
    submission = sent(applicant)
    screened(submission, reviewers[0])
    finds(submission, reviewers[0])
    do(operations.claim, submission, reviewers[1])
    finds(submission, reviewers[1])
    return queries.live_admission(applicant.organisation_id)


@pytest.fixture
def base(admission, applicant):
    return f"desk/admission/{queries.last_of(applicant.organisation_id).id}"


def test_the_paper_names_the_holder_in_both_languages_and_is_the_same_each_time(client, admission, applicant, base):
    holder = signed_in(client, applicant.user)
    first, again = (holder.get(f"/zh-Hant/{base}/certificate.pdf") for _ in range(2))
    assert first.data == again.data
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(first.data)).pages)
    for said in (
        "投資者准入證明",
        "Certificate of admission",
        admission.code,
        "HK-PI",
        applicant.organisation.name("en"),
    ):
        assert said in text
    assert f"/certificates/{admission.code}" in text


def test_the_credential_has_the_shape_of_the_standard(client, admission, applicant, base):
    told = signed_in(client, applicant.user).get(f"/en/{base}/certificate.json").get_json()
    schema = resources.files("listing.admission.certificate").joinpath("schema.json").read_text()
    jsonschema.validate(told, json.loads(schema))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told | {"proof": {}}, json.loads(schema))


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_stranger_learns_whether_it_holds_and_not_whose_it_is(client, admission, applicant, lang):
    page = client.get(f"/{lang}/certificates/{admission.code}")
    assert page.status_code == 200
    for name in (applicant.organisation.name_zh, applicant.organisation.name_en, applicant.user.name, "Sample Family"):
        assert name not in page.text
    assert "noindex" in page.text


def test_a_code_is_found_however_it_is_typed_and_an_unknown_one_is_said(client, admission):
    typed = admission.code.lower().replace("-", " ")
    assert client.get("/en/certificates", query_string={"code": typed}).location.endswith(admission.code)
    for wrong in ("ABCD", "ABCD-ABCD-ABCD", "\0", "１２３４５６７８９０１２", "a" * 400):
        answer = client.get("/en/certificates", query_string={"code": wrong}, follow_redirects=True)
        assert answer.status_code in (404, 422)
        assert "There is no certificate with this code" in answer.text


def test_guessing_codes_is_slowed_and_asking_for_real_ones_is_not(client, admission):
    for _each in range(3):
        assert client.get(f"/en/certificates/{admission.code}").status_code == 200
    free = FREE["check"]
    wrong = [client.get("/en/certificates/ABCD-ABCD-ABCD") for _each in range(free + 2)]
    assert [answer.status_code for answer in wrong] == [404] * (free + 1) + [429]
    assert int(wrong[-1].headers["Retry-After"]) > 0
    assert client.get(f"/en/certificates/{admission.code}").status_code == 429  # or it would tell right from wrong


def test_it_ends_for_strangers_in_the_same_second(client, admission, clock):
    address = f"/en/certificates/{admission.code}"
    clock.set(admission.until - timedelta(seconds=1))
    assert "is in force" in client.get(address).text
    clock.set(admission.until)
    assert "not in force any more" in client.get(address).text


def test_a_suspension_shows_at_once(client, admission, reviewers):
    first, second = reviewers[2:]
    why = {"reason": "other", "words": Pair("由我们要求。", "Asked by us.")}
    measure = measuring.propose(admission=admission, event="suspend", **why, actor=acting(first), now=NOW)
    measuring.answer(measure=measure, confirmed=True, actor=acting(second), now=NOW)
    db.session.commit()
    assert "is suspended" in client.get(f"/en/certificates/{admission.code}").text


def test_nobody_else_gets_the_paper(client, admission, base):
    other = signed_in(client, a_member(an_organisation("investor"), "owner").user)
    assert [other.get(f"/en/{base}/certificate.{kind}").status_code for kind in ("pdf", "json")] == [404, 404]
