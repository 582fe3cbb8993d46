"""What a company does wrong with an announcement, as it is answered on its pages, in each of the three languages."""

import io

import pytest
from bs4 import BeautifulSoup
from flask_babel import force_locale, gettext

from listing.bilingual.language import LANGUAGES
from listing.bilingual.pair import Pair
from listing.companies.operations import publishing
from listing.disclosure import deadlines
from listing.disclosure.announcements import queries, rules
from listing.disclosure.announcements.operations import writing
from listing.files import rules as files
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import signed_in
from tests.files import samples

from .made import BODY, NOON, SESSION, TYPED, a_house, acting, begun, released, sent, signed
from .test_pages import post

NEW = "/studio/companies/lantern/announcements/new"
REPORT = TYPED | {"category": "annual_report", "event_on": ""}
PLANTED = BODY.en.replace("86.9", "96.8")
NO_DAY = {"zh-Hans": "请输入有效的日期。", "zh-Hant": "請輸入有效的日期。", "en": "Not a valid date value."}
ANY = {"code", "day", "found", "label", "limit", "number", "zh", "en", "when"}  # what a message may name


@pytest.fixture(params=["zh-Hans", "zh-Hant", "en"])
def lang(request):
    return request.param


@pytest.fixture
def house(app, clock):
    clock.instant = SESSION
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


@pytest.fixture
def browsers(app, house):
    """Who writes, two who sign, and somebody who signs for another company."""
    other = a_house(slug="other")
    db.session.commit()
    members = (house.editor, house.signatory, house.second, other.signatory)
    return [signed_in(app.test_client(), member.user) for member in members]


def said(answer) -> str:
    """What a page says, without its markup."""
    return " ".join(BeautifulSoup(answer.text, "lxml").main.get_text(" ").split())


def in_words(lang, message, **given) -> str:
    """A message in a language; of one that names something the part before it."""
    mark = "\0"
    with force_locale(LANGUAGES[lang].locale):
        whole = gettext(message, **dict.fromkeys(ANY, mark) | given)
    return max((" ".join(part.split()) for part in whole.split(mark)), key=len)


def told(page, lang, message, **given) -> bool:
    return in_words(lang, message, **given) in page


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"title_en": "Major\r\ncontract"}, rules.SeveralLines),
        ({"title_zh": "重大\u2029合同"}, rules.SeveralLines),
        ({"title_en": "Profit \u202eof"}, rules.Hidden),
        ({"title_zh": "重大\u2066合同"}, rules.Hidden),
        ({"body_zh": BODY.zh + "\u200b"}, rules.Hidden),
    ],
)
def test_titles_of_several_lines_and_invisible_characters_are_refused_and_stay_typed(browsers, lang, typed, refusal):
    path = f"/{lang}{NEW}"
    answer = post(browsers[0], path, browsers[0].get(path), **TYPED | typed)
    assert (answer.status_code, told(said(answer), lang, refusal.message)) == (422, True), said(answer)
    assert BODY.en.split("\n")[0] in answer.text


@pytest.mark.parametrize(
    ("typed", "held", "message"),
    [
        ({"body_en": "", "title_en": ""}, 2, rules.TextMissing.message),
        ({"body_en": PLANTED}, 1, "The figures differ"),
        ({"event_on": "2026-11-24"}, 1, rules.NotYet.message),
        ({"event_on": ""}, 1, rules.NoEvent.message),
        (REPORT | {"period_end": "2026-06-29"}, 1, deadlines.NotAPeriodEnd.message),
        (REPORT | {"period_end": "2024-02-28"}, 1, deadlines.NotAPeriodEnd.message),
        (REPORT | {"period_end": "2026-12-31"}, 1, rules.NotYet.message),
        (REPORT | {"period_end": "2024-02-29"}, 0, None),
    ],
)
def test_a_draft_says_what_holds_it_back_and_is_not_sent(browsers, lang, typed, held, message):
    writer = browsers[0]
    path = f"/{lang}{NEW}"
    there = post(writer, path, writer.get(path), **TYPED | typed).location
    page = writer.get(there)
    blocks = BeautifulSoup(page.text, "lxml").select("section[aria-labelledby=blocks] li")
    assert len(blocks) == held, said(page)
    row = queries.by_id(int(there.rsplit("/", 1)[1]))
    found, seen = writing.checked(row, SESSION).blocks, writing.digest(row)
    db.session.rollback()
    assert all(each.message.startswith(message) for each in found)
    for each in found:
        assert told(said(page), lang, each.message, **each.parameters)
    refused = post(writer, f"{there}/send", writer.get(f"{there}/edit"), seen=seen)
    assert refused.status_code == (422 if held else 303)
    assert not held or told(said(refused), lang, rules.NotReady.message)


def test_a_day_that_no_calendar_has_is_refused(browsers, lang):
    path = f"/{lang}{NEW}"
    answer = post(browsers[0], path, browsers[0].get(path), **REPORT | {"period_end": "2026-02-29"})
    (error,) = BeautifulSoup(answer.text, "lxml").select("#period_end-error")
    assert (answer.status_code, error.get_text(strip=True)) == (422, NO_DAY[lang])


def test_outside_a_window_it_waits_and_says_why(house, browsers, lang):
    row = sent(house)
    db.session.commit()
    path = f"/{lang}/studio/announcements/{row.id}"
    assert submit(browsers[1], path, "/sign", declared_true="y").status_code == 303
    page = said(browsers[0].get(path))
    for message in (
        "It is signed and is released in both languages in the window from %(when)s.",
        "It waits because announcements are released only outside the trading hours of the exchange, so that everybody"
        " can read them before trading goes on:",
    ):
        assert told(page, lang, message)
    assert "12:00–12:30" in page


def test_the_wrong_person_does_not_sign(house, browsers, lang):
    writer, signatory, second, stranger = browsers
    row = begun(house)
    who = {"announcement": row, "version": 1, "actor": acting(house.signatory), "now": SESSION}
    changed = {"title": Pair("重大合同公告", "Major contract"), "body": BODY, "note": None}
    writing.save(
        **who, read=True, category="event_contract", event_on=row.event_on, period_end=None, prevailing="zh", **changed
    )
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=SESSION)
    db.session.commit()
    path, seen = f"/{lang}/studio/announcements/{row.id}", writing.digest(row)
    form = second.get(path)
    refused = post(
        signatory,
        f"{path}/sign",
        signatory.get(f"{path}/return"),
        declared_true="y",
        seen=seen,
        idempotency_key="1" * 32,
    )
    assert (refused.status_code, told(said(refused), lang, rules.WroteIt.message)) == (422, True), said(refused)
    for browser, status in ((writer, 403), (stranger, 404)):
        own = browser.get(f"/{lang}/announcements/verify")
        assert post(browser, f"{path}/sign", own, declared_true="y").status_code == status
    assert post(second, f"{path}/sign", form, declared_true="y").status_code == 303


def test_of_two_who_sign_at_once_one_reads_that_it_is_done(house, browsers, lang):
    row = sent(house)
    db.session.commit()
    path = f"/{lang}/studio/announcements/{row.id}"
    both = [(browser, browser.get(path)) for browser in browsers[1:3]]
    first, second = (post(browser, f"{path}/sign", page, declared_true="y") for browser, page in both)
    assert (first.status_code, second.status_code) == (303, 422)
    assert told(said(second), lang, rules.NotNow.message)
    assert queries.by_id(row.id).signed_by == house.signatory.user_id


def test_after_its_suspension_nothing_of_a_company_goes_on(house, browsers, lang):
    row = sent(house)
    db.session.commit()
    path = f"/{lang}/studio/announcements/{row.id}"
    before = browsers[1].get(path)
    publishing.suspend(company=house.company, reason="operator", actor=acting(house.second), now=SESSION)
    db.session.commit()
    refused = post(browsers[1], f"{path}/sign", before, declared_true="y")
    assert (refused.status_code, told(said(refused), lang, rules.NotReady.message)) == (422, True)
    assert told(said(refused), lang, rules.NotOnDisplay.message)


def test_a_correction_corrects_the_latest_version_only(house, browsers, lang):
    released(house)
    again = {"note": Pair("更正。", "Corrected."), "body": Pair(BODY.zh + "完", BODY.en + " End.")}
    signed(house, sent(house, now=NOON, corrects=queries.release("2026-000001"), **again), now=NOON)
    db.session.commit()
    path = f"/{lang}{NEW}?corrects="
    typed = TYPED | {"note_zh": "再更正。", "note_en": "Corrected again."}
    refused = post(browsers[0], f"{path}2026-000001", browsers[0].get(f"{path}2026-000001"), **typed)
    latest = {"number": "2026-000002"}
    assert (refused.status_code, told(said(refused), lang, rules.AlreadyCorrected.message, **latest)) == (422, True)
    made = post(browsers[0], f"{path}2026-000002", browsers[0].get(f"{path}2026-000002"), **typed)
    assert made.status_code == 303


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (samples.HTML, "report.pdf", files.NotWhatItSays),
        (samples.SVG, "report.png", files.NotWhatItSays),
        (samples.EICAR, "report.pdf", files.NotWhatItSays),
        (samples.HTML, "report.html", files.NotAccepted),
        (samples.PDF, "report\u202efdp.exe", files.NotAccepted),
        (samples.PDF + samples.a_document(), "report.pdf", files.Mixed),
        (samples.a_png_flood(60_000, 60_000), "chart.png", files.TooManyPixels),
        (samples.a_document(parts={"bomb": bytes(3 << 20)}), "report.docx", files.UnpacksTooLarge),
        (b"", "report.pdf", files.Empty),
        (samples.PDF, "../../CON.pdf", None),
        (samples.PDF, "年" * 300 + ".pdf", None),
    ],
)
def test_an_attachment_that_is_not_what_it_says_is_refused(house, browsers, lang, content, name, refusal):
    row = begun(house)
    db.session.commit()
    path = f"/{lang}/studio/announcements/{row.id}/files"
    form = browsers[0].get(path)
    answer = post(browsers[0], path, form, side="zh", file=(io.BytesIO(content), name))
    if refusal:
        assert (answer.status_code, told(said(answer), lang, refusal.message)) == (422, True), said(answer)
    kept = [file["name"] for file in queries.by_id(row.id).files or ()]
    assert len(kept) == (0 if refusal else 1)
    assert all("/" not in each and len(each) <= 240 and not each.startswith("CON") for each in kept)
