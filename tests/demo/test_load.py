"""The demo market: complete, marked, with sign-ins that work and that nobody knows beforehand."""

import json
import stat

import pyotp
import pytest
from sqlalchemy import func, select, update

from listing.accounts import queries as accounts
from listing.accounts.models import Membership, Organisation, User
from listing.admission import queries, replaying
from listing.companies import catalogue
from listing.companies.models import Company, Revision
from listing.companies.rules import visible
from listing.demo import admissions, cli, load, profiles
from listing.demo.load import NotEmpty
from listing.disclosure.obligations import queries as duties
from listing.evidence.operations.keeping import SEALED_NAME
from listing.files.models import StoredFile
from listing.journal.models import Entry
from listing.notifications.models import Notice
from listing.profiles.models import Comment, Profile
from listing.reviewing import queries as cases
from listing.roadshows.models import Registration
from listing.store import fulltext
from listing.store.db import db

from ..accounts import walk
from ..factories import NOW, a_company

SECTIONS = ["summary", "business", "technology", "market", "team", "financing"]


def rows(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_every_written_profile_is_complete_in_both_languages():
    written = profiles.written()
    assert len(written) >= 24
    assert len({p.code for p in written}) == len({p.slug for p in written}) == len(written)
    for profile in written:
        facts = profile.facts
        assert [passage.section for passage in facts.passages] == SECTIONS, profile.slug
        assert all(passage.zh and passage.en for passage in facts.passages), profile.slug
        assert all((facts.name_zh, facts.name_en, facts.short_zh, facts.short_en, facts.website)), profile.slug
        assert catalogue.places()[facts.city].gba, profile.slug
    texts = [side for profile in written for passage in profile.facts.passages for side in (passage.zh, passage.en)]
    assert len(set(texts)) == len(texts)


def test_the_market_covers_every_group_of_technology_and_every_stage():
    facts = [profile.facts for profile in profiles.written()]
    assert {f.stage for f in facts} == set(catalogue.stages()) - {"listed"}
    elsewhere = {"services", "finance", "property"}
    assert {f.sector_group for f in facts} >= set(catalogue.groups()) - elsewhere
    assert {f.domicile for f in facts} == {"CN", "HK", "MO"}


def test_offers_stay_behind_admission(market):
    storage = db.session.scalars(select(Company).where(Company.slug == "lone-sampan")).one()
    content = storage.revision.content["passages"]
    assert [p["section"] for p in visible(content, 0)] == SECTIONS[:3]
    offer = next(p["zh"] for p in content if p["section"] == "financing")[:12]
    hits = {tier: fulltext.best(db.session, offer, kind=fulltext.Kind.COMPANY, tier=tier) for tier in (0, 1, 2)}
    assert [bool(hits[tier]) for tier in hits] == [False, False, True]


def test_companies_belong_to_organisations_of_their_own_name(market):
    owned = db.session.execute(
        select(Company.name_en, Organisation.name_en).join(Organisation, Organisation.id == Company.organisation_id)
    ).all()
    assert len(owned) == len(profiles.written())
    assert all(company == organisation for company, organisation in owned)


def test_every_company_was_sent_by_its_own_people_and_published_by_two_others(market):
    written, shown = profiles.written(), db.session.scalars(select(Company)).all()
    assert {(c.slug, c.code) for c in shown} == {(e.slug, e.code) for e in written}
    told = db.session.scalars(select(Profile).where(Profile.state == "published")).all()
    assert {profile.company_id for profile in told} == {company.id for company in shown}
    own = {member.user_id: member.organisation_id for member in db.session.scalars(select(Membership))}
    for profile in told:
        sent, decisions = cases.history(profile.id)[0]
        assert own[sent.submitted_by] == profile.organisation_id
        assert [(d.stage, d.verdict) for d in decisions] == [("first", "approve"), ("second", "approve")]
        assert len({sent.submitted_by, *(d.account_id for d in decisions)}) == 3


def test_some_profiles_are_still_on_the_way_and_somebody_signs_in_to_each(market):
    waiting = db.session.execute(
        select(Profile.state, Organisation.name_en)
        .join(Organisation, Organisation.id == Profile.organisation_id)
        .where(Profile.company_id.is_(None))
    ).all()
    assert sorted(state for state, _ in waiting) == ["draft", "returned", "submitted"]
    assert {name for _, name in waiting} <= {sign_in.organisation for sign_in in market.sign_ins}
    comments = db.session.scalars(select(Comment).order_by(Comment.id)).all()
    assert [comment.place for comment in comments] == ["business.business", "financing.uses"]


def test_evidence_is_a_stored_file_for_admitted_investors(market):
    others = (StoredFile.name != SEALED_NAME) & (StoredFile.visibility != "owner")  # that a company filed for its tier
    files = db.session.scalars(select(StoredFile).where(others)).all()
    assert {(f.media_type, f.visibility) for f in files} == {("application/pdf", "admitted")}
    assert len({f.organisation_id for f in files}) == len(files) == len(profiles.written())


def test_two_investors_are_admitted_one_is_asked_and_one_waits(market):
    told = {one.organisation.split()[0]: admissions.standing(one) for one in market.sign_ins if one.kind == "investor"}
    assert told == {"Banyan": "admitted", "Shenzhen": "more information", "Green": "submitted", "Kapok": "admitted"}
    assert replaying.replay(1).identical
    open_, closed = (
        accounts.person(email=email) for email in ("brian.au@banyan-quay.example", "foo.huimin@green-isle.example")
    )
    standing = [queries.live_admission(user.memberships[0].organisation_id) for user in (open_, closed)]
    assert (standing[0].markets, standing[1]) == (["HK", "CN", "MO"], None)


def test_the_showroom_is_full_and_one_investor_waits(market):
    rows = db.session.scalars(select(Registration).where(Registration.state == "waitlisted")).all()
    assert [accounts.person_by_id(row.account_id).email for row in rows] == ["vivian.ng@kapok-lane.example"]
    assert [places.capacity - places.taken for places in rows[0].day.places if places.mode == "onsite"] == [0]


def test_sign_ins_are_new_each_time_and_kept_for_their_owner_only(market):
    first = market.sign_ins
    assert stat.S_IMODE(market.keep_at.stat().st_mode) == 0o600
    assert load.kept(market.keep_at) == first
    assert {s.role for s in first if s.totp_seed} == {"reviewer", "supervisor", "approver"}
    assert {s.role for s in first if not s.totp_seed} == {"owner", "editor"}
    assert {s.kind for s in first} == {"operator", "investor", "organizer", "agent", "enterprise"}
    assert len({s.password for s in first}) == len(first)
    told = db.session.scalars(select(Notice)).all()
    messages = {f"profile_{what}" for what in ("published", "returned")}
    messages |= {f"admission_{what}" for what in ("received", "asked", "decided")}
    announced = ("released", "to_check", "to_sign", "to_endorse", "to_review", "override", "moved")
    messages |= {f"announcement_{what}" for what in announced} | {"roadshow_company"}
    assert {notice.message for notice in told} == messages | {"tier_decided", "roadshow_registration"}
    assert all(notice.email.endswith(".example") for notice in told)
    entries = " ".join(json.dumps(entry.data) for entry in db.session.scalars(select(Entry)))
    assert not any(s.password in entries or (s.totp_seed and s.totp_seed in entries) for s in first)


def test_the_kept_sign_ins_open_the_door(market):
    client, other = market.app.test_client(), market.app.test_client()
    by_role = {s.role: s for s in load.kept(market.keep_at)}
    owner, reviewer = by_role["owner"], by_role["reviewer"]
    walk.sign_in(client, owner.email, owner.password)
    assert walk.is_in(client)
    asked = walk.sign_in(other, reviewer.email, reviewer.password)
    assert not walk.is_in(other)
    walk.send(other, asked.location, {"code": pyotp.TOTP(reviewer.totp_seed).now()})
    assert other.get("/en/review").status_code == 200


def test_a_company_and_its_own_people_read_the_whole_page(market):
    client = market.app.test_client()
    owner = next(s for s in load.kept(market.keep_at) if s.key == "yanwei-owner")
    walk.sign_in(client, owner.email, owner.password)
    for lang in ("zh-Hans", "zh-Hant", "en"):
        page = client.get(f"/{lang}/companies/yanwei-medical")
        assert page.status_code == 200
        assert all(text in page.text for text in ("evidence.pdf", "蔺观澜", "61.11"))


def test_the_market_is_loaded_into_an_empty_database_only(app, keep_at):
    a_company()
    with pytest.raises(NotEmpty):
        load.load(keep_at=keep_at, now=NOW)
    assert (rows(User), keep_at.exists()) == (0, False)


def test_sign_ins_of_another_database_are_not_shown(market, keep_at):
    first, here = market.sign_ins, json.loads(market.keep_at.read_text())
    keep_at.write_text(json.dumps({"elsewhere": list(here.values())[0]}))
    assert load.kept(keep_at) == []
    keep_at.write_text(json.dumps(here))
    assert load.kept(keep_at) == first
    db.session.execute(update(User).values(email=User.email + ".elsewhere"))
    assert load.kept(keep_at) == []


def test_load_tests_get_numbered_copies_marked_as_such(app, keep_at, few):
    written = len(profiles.written())
    loaded = load.load(keep_at=keep_at, now=NOW, company_count=written + 3, investor_count=2)
    assert (loaded.companies, rows(Company), rows(Revision)) == (written + 3, written + 3, written + 3)
    copies = db.session.scalars(select(Company).where(Company.code.like("TEST-%")).order_by(Company.code)).all()
    assert [c.code for c in copies] == ["TEST-000001", "TEST-000002", "TEST-000003"]
    assert all(("测试副本" in c.name_zh or "測試副本" in c.name_zh) and "load-test copy" in c.name_en for c in copies)
    assert {s.email for s in loaded.sign_ins} >= {"investor-1@load-test.example", "investor-2@load-test.example"}


@pytest.fixture
def runner(app, monkeypatch, keep_at):
    """The command line of a development installation whose sign-ins lie elsewhere."""
    monkeypatch.setitem(app.config, "DEMO", True)
    monkeypatch.setattr(load, "sign_ins_file", lambda _app: keep_at)
    return app.test_cli_runner()


def test_the_commands_load_once_and_tell_how_to_sign_in(runner, few):
    first = runner.invoke(args=["demo", "load"])
    assert (first.exit_code, "TOTP" in first.stdout) == (0, True)
    told = json.loads(runner.invoke(args=["demo", "accounts", "--json"]).stdout)
    assert [row["email"] for row in told] == [row["email"] for row in profiles.read("people.yaml")["people"]]
    people = rows(User)
    again = runner.invoke(args=["demo", "load"])
    assert (again.exit_code, "empty database" in again.stderr) == (1, True)
    cli.load_if_empty()
    assert rows(User) == people


def test_production_refuses_it(runner, app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", False)
    refused = runner.invoke(args=["demo", "load"])
    assert (refused.exit_code, rows(Company)) == (1, 0)


def test_a_company_of_the_market_has_something_late_due_and_met(market):
    [company] = [each for each in db.session.scalars(select(Company)) if each.slug == "yanwei-medical"]
    lines = duties.calendar(company, NOW).lines
    assert [line.item.id for line in lines if line.state == "late"] == ["D10"]
    assert [line.item.id for line in lines if line.state == "due"] == ["D21"]
    assert all(line.in_time for line in lines if line.state == "met")
    assert {"D01", "D14"} <= {line.item.id for line in lines if line.state == "met"}
