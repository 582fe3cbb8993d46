"""What the operator writes to an institution: in both languages, figures alike, read by everybody in their own."""

import io

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from listing.accounts.rules import HostileText
from listing.admission import queries, rules, worded
from listing.admission.operations import applying, deciding
from listing.admission.operations import vetting as operations
from listing.bilingual.pair import Pair
from listing.bilingual.unsound import Unsound
from listing.screening import operations as screening
from listing.store.db import db
from tests.factories import NOW, signed_in

from .conftest import acting, sent, submit
from .test_vetting import LIST, do, finds, screened

CONDITIONS = Pair("须在 30 日内补交 1 份审计报告。", "An audit report (1) is to follow within 30 days.")
WORDS = Pair("其余各项均已核对。", "Everything else was checked.")


def read(answer):
    """The page."""
    return BeautifulSoup(answer.text, "lxml")


@pytest.fixture
def submission(applicant):
    screening.import_list(code="UN", version="1", source="sample", content=LIST, actor=acting(applicant), now=NOW)
    return sent(applicant)


@pytest.mark.parametrize(
    ("typed", "refused", "place"),
    [
        (Pair("须补交。", ""), worded.OneLanguage, "words_en"),
        (Pair(" \n", "To follow."), worded.OneLanguage, "words_zh"),
        (Pair("30 日内。", "Within 60 days."), Unsound, "words_zh"),
        (Pair("To follow.", "To follow."), Unsound, "words_zh"),
        (Pair("须补交。", "须补交。"), Unsound, "words_en"),
        (Pair("须补交\u202e。", "To follow."), HostileText, "words_zh"),
        (Pair("须补交。", "To follow\0."), HostileText, "words_en"),
    ],
)
def test_what_is_refused_stands_beside_its_field(typed, refused, place):
    with pytest.raises(refused) as told:
        worded.sound("words", typed)
    assert told.value.place == place


def test_several_texts_are_one_in_the_script_of_the_last_and_lose_nothing():
    old, hans, hant = (
        Pair("", "Old."),
        Pair("请补交文件。", "Please send it."),
        Pair("請補交文件。", "Once more.", "Hant"),
    )
    assert worded.joined([worded.NOTHING, hans, hans]) == hans
    assert worded.joined([old, hans]) == Pair("Old.\n请补交文件。", "Old.\nPlease send it.")
    assert worded.joined([hans, hant]) == Pair("請補交文件。\n請補交文件。", "Please send it.\nOnce more.", "Hant")
    assert worded.joined([old, Pair("", "Older.")]) == Pair("", "Old.\nOlder.")
    assert worded.joined([]) == worded.NOTHING


def test_what_an_institution_writes_stands_on_the_side_of_its_language():
    assert worded.own("你們看漏了第 2 頁。") == Pair("你們看漏了第 2 頁。", "", "Hant")
    assert (worded.own("Page 2 of 雁渡 was overlooked."), worded.own("12")) == (
        Pair("", "Page 2 of 雁渡 was overlooked."),
        Pair("", "12"),
    )


@pytest.fixture
def conditional(submission, applicant, reviewers):
    """Admitted with conditions by two, of whom the second wrote none of their own."""
    first, second = reviewers[:2]
    screened(submission, first)
    finds(submission, first, "admit_conditionally", conditions=CONDITIONS, words=WORDS)
    do(operations.claim, submission, second)
    with pytest.raises(rules.NoConditions):
        finds(submission, second, "admit_conditionally")
    finds(submission, second, "admit_conditionally", conditions=CONDITIONS)
    return f"desk/admission/{submission.application_id}"


@pytest.mark.parametrize(
    ("lang", "order"),
    [
        ("en", ("An audit report", "须在 30 日内")),
        ("zh-Hans", ("须在 30 日内", "An audit report")),
        ("zh-Hant", ("須在 30 日內", "An audit report")),
    ],
)
def test_the_applicant_reads_both_their_own_language_first(client, conditional, applicant, lang, order):
    holder = signed_in(client, applicant.user)
    said = read(holder.get(f"/{lang}/{conditional}"))
    decision = said.select_one("section[aria-labelledby=decision]").get_text()
    places = [decision.index(words) for words in (*order, WORDS.en)]
    assert places[0] < places[1]
    assert [each["lang"] for each in said.select("#decision ~ div[lang]")][:2] == [
        *(("en", "zh-Hans") if lang == "en" else (lang, "en"))
    ]


def test_the_certificate_carries_them_in_both_languages(client, conditional, applicant):
    holder = signed_in(client, applicant.user)
    told = holder.get(f"/en/{conditional}/certificate.json").get_json()
    assert told["credentialSubject"]["conditions"] == {"zh": CONDITIONS.zh, "en": CONDITIONS.en}
    paper = holder.get(f"/zh-Hant/{conditional}/certificate.pdf").data
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert "須在30日內補交1份核數師報告。" in "".join(words.split())
    assert CONDITIONS.en in " ".join(words.split())


def test_words_of_one_language_are_said_to_be(client, conditional, applicant):
    admission = queries.live_admission(applicant.organisation_id)
    admission.conditions = Pair("", "Call us first.")
    db.session.commit()
    holder = signed_in(client, applicant.user)
    assert "僅以英文撰寫。" in holder.get(f"/zh-Hant/{conditional}").text
    words = PdfReader(io.BytesIO(holder.get(f"/zh-Hans/{conditional}/certificate.pdf").data)).pages[0].extract_text()
    assert ("仅以英文撰写" in words, "Call us first." in words) == (True, True)


def test_a_request_in_one_language_is_not_sent_and_stays_typed(client, submission, reviewers):
    first = reviewers[0]
    do(operations.claim, submission, first)
    page, visitor = f"/zh-Hant/review/admissions/{submission.id}", signed_in(client, first.user)
    typed = {"page": "funds", "code": "own", "question_zh": "請說明 2 筆款項。"}
    for more in ({}, {"question_en": "Please explain 3 payments."}):
        refused = submit(visitor, page, "/questions", **typed, **more)
        assert (refused.status_code, typed["question_zh"] in refused.text) == (422, True)
        assert read(refused).select_one("details[open] .err")
    assert queries.questions(queries.application(submission.application_id)) == []
    assert submit(visitor, page, "/questions", **typed, question_en="Please explain 2 payments.").status_code == 303
    [asked] = queries.questions(queries.application(submission.application_id))
    assert asked.words == Pair("請說明 2 筆款項。", "Please explain 2 payments.", "Hant")


def test_an_appeal_keeps_the_words_of_its_writer_and_is_answered_in_both(client, submission, applicant, reviewers):
    first, second, third, _fourth = reviewers
    screened(submission, first)
    finds(submission, first, "refuse", reasons=["other"], words=WORDS)
    do(operations.claim, submission, second)
    finds(submission, second, "refuse", reasons=["funds"])
    application = queries.application(submission.application_id)
    applying.appeal(application=application, words="看漏了第 2 页。", actor=acting(applicant), now=NOW)
    said = {"event": "uphold", "actor": acting(third), "now": NOW}
    with pytest.raises(worded.OneLanguage):
        deciding.answer_appeal(application=application, words=Pair("", "Page 2 was read."), **said)
    answer = Pair("第 2 页已阅。", "Page 2 was read.")
    deciding.answer_appeal(application=application, words=answer, **said)
    db.session.commit()
    [appeal] = queries.questions(application)
    assert (appeal.words, appeal.reply, appeal.answer) == (Pair("看漏了第 2 页。", ""), "", answer)
    page = read(signed_in(client, applicant.user).get(f"/en/desk/admission/{application.id}"))
    told = page.select_one("section[aria-labelledby=questions]").get_text(" ", strip=True)
    assert all(words in told for words in ("看漏了第 2 页。", answer.zh, answer.en))
    assert "Written in" not in told
