"""What enterprises see of an investor: exactly what it consented to, where they meet it, while it is admitted."""

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, update

from listing.admission import consents, queries, worded
from listing.admission.models import Admission, Measure, Submission
from listing.admission.operations import consenting
from listing.admission.profile import operations, rules
from listing.admission.profile import queries as profiles
from listing.admission.profile.models import ProfileOpening
from listing.bilingual.pair import Pair
from listing.bilingual.unsound import Unsound
from listing.companies.rules import READINGS_KEPT
from listing.money import Money
from listing.personal import held
from listing.roadshows import meeting_investors
from listing.roadshows.operations import asking
from listing.store.db import db
from tests.factories import NOW, a_company, a_member, a_reading, a_user, an_organisation, saved, signed_in
from tests.roadshows.made import BOTH, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from tests.roadshows.test_meetings import kept as one_to_ones
from tests.roadshows.test_meetings import wish
from tests.roadshows.test_seating import apply

from .conftest import acting, submit

SAYS = {
    "sectors": ["health"],
    "stages": ["a", "b"],
    "languages": ["yue"],
    "currency": "HKD",
    "least": Money.of(5_000_000, "HKD"),
    "most": None,
    "text": Pair("专注医疗器械。", "We look at medical devices."),
}


def save(member, version=0, **changed):
    who = {"organisation_id": member.organisation_id, "actor": acting(member), "now": NOW}
    row = operations.save(version=version, **who, **SAYS | changed)
    db.session.commit()
    return row


def let_see(member, **answers):
    said = {rules.purpose(part): answer for part, answer in answers.items()}
    who = {"organisation_id": member.organisation_id, "language": "zh-Hant", "actor": acting(member), "now": NOW}
    rows = consenting.let_see(answers=said, **who)
    db.session.commit()
    return rows


@pytest.fixture
def investor(app):
    """An admitted institution with every part of a profile, none of it consented to."""
    member = an_admitted_investor()
    told = {"pages": {"institution": {"investor_type": "family_office", "residence": "MO"}}}
    db.session.execute(update(Submission).values(content=told))
    save(member)
    return member


def until(end):
    db.session.execute(update(Admission).values(until=end))
    db.session.commit()


def suspend(member):
    """As two supervisors do."""
    admission = queries.live_admission(member.organisation_id)
    who = {"admission_id": admission.id, "organisation_id": member.organisation_id, "proposed_by": member.user_id}
    second = a_user()
    said = {"event": "suspend", "reason": "other", "proposed_label": "", "proposed_at": NOW}
    saved(Measure(**who, **said, confirmed=True, answered_by=second.id, answered_label="", answered_at=NOW))
    admission.state, admission.state_at = "suspended", NOW
    db.session.commit()


@pytest.fixture
def enterprise(app):
    member = a_member(an_organisation("enterprise"), "editor")
    company = a_company(slug="lantern", organisation_id=member.organisation_id, **BOTH)
    db.session.commit()
    return member, company


def address(company, member, lang="en"):
    return f"/{lang}/studio/companies/{company.slug}/investors/{member.organisation_id}"


def told(client, where):
    page = BeautifulSoup(client.get(where).text, "lxml")
    for hidden in page.select("header, footer, nav"):
        hidden.decompose()
    return page.get_text(" ", strip=True).replace("\xa0", " ")


EVERY = {
    "kind": "Family office",
    "domicile": "Macao",
    "class": "Enterprises of Hong Kong",
    "sectors": "Biomedicine and health",
    "stages": "Series A, Series B",
    "size": "HKD 5 million",
    "languages": "Cantonese",
    "text": "We look at medical devices.",
}


def test_an_enterprise_sees_exactly_what_is_consented(app, client, investor, enterprise):
    member, company = enterprise
    a_reading(company, investor.organisation_id)
    db.session.commit()
    signed_in(client, member.user)
    before = told(client, address(company, investor))
    assert [words for words in EVERY.values() if words in before] == []
    for part in rules.PARTS:
        let_see(investor, **{each: "yes" if each == part else "no" for each in rules.PARTS})
        seen = told(client, address(company, investor))
        assert [each for each, words in EVERY.items() if words in seen] == [part]
    row = consents.latest(queries.ledger([investor.organisation_id]))["profile_text"]
    assert (row.act, row.version, row.language, row.at) == ("given", 1, "zh-Hant", NOW)


def test_a_withdrawal_and_the_end_of_the_admission_are_felt_at_once(app, client, clock, investor, enterprise):
    member, company = enterprise
    a_reading(company, investor.organisation_id)
    let_see(investor, text="yes", size="yes")
    signed_in(client, member.user)
    assert EVERY["text"] in told(client, address(company, investor))
    given = consents.latest(queries.ledger([investor.organisation_id]))["profile_text"]
    consenting.withdraw(consent=given, language="en", actor=acting(investor), now=NOW)
    db.session.commit()
    seen = told(client, address(company, investor))
    assert EVERY["text"] not in seen
    assert EVERY["size"] in seen
    until(NOW)
    assert EVERY["size"] not in told(client, address(company, investor))
    assert profiles.seen(investor.organisation_id, NOW - timedelta(seconds=1)).keys() == {"size"}
    until(NOW + timedelta(days=1))
    assert EVERY["size"] in told(client, address(company, investor))
    suspend(investor)
    assert EVERY["size"] not in told(client, address(company, investor))


def test_nobody_else_sees_it_and_who_does_not_meet_it_finds_nothing(app, client, investor, enterprise):
    member, company = enterprise
    let_see(investor, **dict.fromkeys(rules.PARTS, "yes"))
    assert signed_in(client, member.user).get(address(company, investor)).status_code == 404  # they never met
    a_reading(company, investor.organisation_id)
    other = a_member(an_organisation("enterprise"), "owner")
    strange = a_company(slug="strange", organisation_id=other.organisation_id, **BOTH)
    db.session.commit()
    assert client.get(address(company, investor)).status_code == 200
    for person, there in ((other, company), (other, strange), (investor, company), (an_organizer(), company)):
        db.session.commit()
        answer = signed_in(app.test_client(), person.user).get(address(there, investor))
        assert (answer.status_code, EVERY["text"] in answer.text) == (404, False)
    assert app.test_client().get(address(company, investor)).status_code == 302
    investor.organisation.hidden = True  # no longer named to those it reads
    db.session.commit()
    assert client.get(address(company, investor)).status_code == 404


def test_a_wish_and_a_question_with_its_name_are_meetings_an_anonymous_one_is_none(app, client, investor, enterprise):
    member, company = enterprise
    organizer = an_organizer()
    day = a_roadshow(organizer, onsite=5).days[0]
    session = a_session(day, time(11), company=company, title=Pair("", ""))
    place, found = apply(investor, day), one_to_ones(day, organizer)

    def met():
        return meeting_investors.is_met(company.id, investor.organisation_id, NOW)

    def asks(anonymous):
        who = {"actor": actor_of(investor), "now": NOW}
        asking.ask(session=session, typed="多大？", anonymous=anonymous, **who)
        db.session.commit()

    asks(anonymous=True)
    assert not met()
    wish(found, investor, place, [company])
    assert met()
    signed_in(client, member.user)
    wishes = BeautifulSoup(client.get(f"/en/studio/companies/lantern/days/{day.id}/meetings").text, "lxml")
    assert wishes.find("a", href=address(company, investor))
    until(NOW)
    assert not met()
    until(NOW + timedelta(days=1))
    asks(anonymous=False)
    assert met()


def test_the_institution_reads_which_enterprises_looked_and_old_counts_go(app, client, investor, enterprise):
    member, company = enterprise
    a_reading(company, investor.organisation_id)
    let_see(investor, kind="yes")
    signed_in(client, member.user)
    for _twice in range(2):
        client.get(address(company, investor), headers={"User-Agent": "Mozilla/5.0"}).close()
    db.session.rollback()
    row = db.session.scalars(select(ProfileOpening)).one()
    assert (row.organisation_id, row.company_id, row.number) == (investor.organisation_id, company.id, 2)
    own = signed_in(app.test_client(), investor.user)
    assert company.name.en in told(own, f"/en/desk/institutions/{investor.organisation_id}/profile")
    assert operations.sweep(now=NOW + READINGS_KEPT) == 0
    assert operations.sweep(now=NOW + READINGS_KEPT + timedelta(days=1)) == 1


def test_a_profile_is_typed_loses_nothing_and_is_not_overwritten_unseen(app, client, investor):
    signed_in(client, investor.user)
    there = f"/en/desk/institutions/{investor.organisation_id}/profile/edit"
    wrong = {"least": "9,000,000", "most": "8百万", "text_zh": "We look at devices.", "text_en": "We look at devices."}
    answer = submit(client, there, **wrong)
    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert page.find(id="least")["value"] == "9,000,000"
    assert page.find(id="most")["value"] == "8百万"
    assert submit(client, there, **wrong | {"most": "", "least": "٣"}).status_code == 422
    stale = client.get(there)
    save(investor, version=1, sectors=["software"])
    form = BeautifulSoup(stale.text, "lxml").select_one("main form")
    sent = {each["name"]: each.get("value", "") for each in form.select("input[name]:not([type=checkbox])")}
    told = {"currency": "HKD", "least": "7万", "text_zh": "", "text_en": ""}
    answer = client.post(there, data=sent | told)
    assert answer.status_code == 422
    assert "AI and software" in answer.text  # what was saved meanwhile stands beside what was typed
    again = BeautifulSoup(answer.text, "lxml").find("input", {"name": "version"})["value"]
    assert client.post(there, data=sent | told | {"version": again}).status_code == 303
    assert profiles.profile(investor.organisation_id).least == Money.of(70_000, "HKD")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (Pair("专注医疗。", ""), worded.OneLanguage),
        (Pair("投资 20 家企业。", "We hold 30 companies."), Unsound),
        (Pair("We invest.", "We invest."), Unsound),
    ],
)
def test_the_text_says_the_same_in_both_languages(text, refused):
    with pytest.raises(refused):
        worded.sound("text", text)


def test_consents_to_be_seen_are_no_part_of_an_application_and_a_copy_knows_the_profile(app, investor):
    let_see(investor, kind="yes")
    ledger = queries.ledger([investor.organisation_id])
    assert [row.purpose for row in ledger] == ["profile_kind"]
    assert consents.record(ledger) == []
    assert "investor_profile" in {table.name for table in held.groups()[held.TRACES].tables}
