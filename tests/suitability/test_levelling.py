"""The level of a company set higher by a person: with a reason that investors read, and never lower."""

import pytest

from listing.bilingual.pair import Pair
from listing.store.db import db
from listing.suitability import levelling, queries, rules
from listing.suitability.models import SetLevel
from tests.factories import NOW, a_company, a_member, a_user, an_organisation, signed_in
from tests.roadshows.made import BOTH, actor_of, an_admitted_investor

from .test_confirming import ACTS, act, logged, sent

WHY = Pair("主要客户已终止合同。", "Its main customer ended the contract.")


def a_supervisor():
    second = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}
    return a_member(an_organisation("operator"), "supervisor", a_user(**second))


def test_a_level_is_set_higher_with_a_reason_in_both_languages_and_let_go_again(app):
    guest, company, supervisor = an_admitted_investor(level="C3"), a_company(stage="b", **BOTH), a_supervisor()
    who = {"company_id": company.id, "actor": actor_of(supervisor), "now": NOW}
    derived = queries.risks([company.id], NOW)[company.id].level
    assert derived == "R5"  # no figures: nothing is above it
    with pytest.raises(rules.NotHigher):
        levelling.raise_level(level="R5", reason=WHY, **who)
    with pytest.raises(rules.ReasonInBoth):
        levelling.raise_level(level="R5", reason=Pair("为什么", ""), **who)
    calm = a_company(stage="listed", **BOTH)  # R4, as nothing else is known
    who["company_id"] = calm.id
    for operation in ACTS:
        act(operation, guest, calm)
    assert queries.suited(guest.organisation_id, [calm.id], NOW)[calm.id].open
    for _twice in range(2):
        levelling.raise_level(level="R5", reason=WHY, **who)
    db.session.commit()
    found = queries.suited(guest.organisation_id, [calm.id], NOW)[calm.id]
    assert (found.state, found.verdict.risk.level, found.verdict.risk.note) == ("warning", "R5", WHY)
    assert [levelling.lift(**who), levelling.lift(**who)] == [True, False]
    assert queries.suited(guest.organisation_id, [calm.id], NOW)[calm.id].state == "confirmed"
    assert db.session.query(SetLevel).count() == 1
    assert logged()[2:] == ["suitability.level_set", "suitability.level_lifted"]


def test_investors_read_the_reason_on_their_page_and_supervisors_set_it_on_theirs(client):
    guest, company, supervisor = an_admitted_investor(level="C3"), a_company(stage="listed", **BOTH), a_supervisor()
    page = f"/zh-Hans/review/suitability/levels/{company.slug}"
    signed_in(client, supervisor.user)
    lacking = sent(client, page, level="R5", reason_zh=WHY.zh, reason_en="")
    assert (lacking.status_code, WHY.zh in lacking.text) == (422, True)
    assert sent(client, page, level="R2", reason_zh=WHY.zh, reason_en=WHY.en).status_code == 422
    assert sent(client, page, level="R5", reason_zh=WHY.zh, reason_en=WHY.en).status_code == 303
    assert WHY.zh in client.get("/zh-Hans/review/suitability").text
    signed_in(client, guest.user)
    own = client.get(f"/en/desk/suitability/{guest.organisation_id}/{company.slug}").text
    assert (WHY.en in own, supervisor.user.name in own) == (True, False)
    assert client.get(page).status_code == 403
    signed_in(client, supervisor.user)
    assert sent(client, f"{page}/lift").status_code == 303
    assert queries.set_levels([company.id]) == {}
