"""The studio in a browser's hands: from the first click to sent, in pages that lose nothing."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from listing.companies.sheets import sheets
from listing.profiles import operations, publication, queries
from listing.profiles.models import Profile, ProfileSheet, Submission
from listing.store.db import db
from tests.factories import NOW, a_company, a_member, a_user, an_organisation, signed_in

from .answers import BUSINESS, CONTACT, FINANCING, IDENTITY, content
from .conftest import acting, filled

SECOND_FACTOR = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}


@pytest.fixture
def owner(app):
    return a_member(an_organisation("enterprise"), "owner", a_user(**SECOND_FACTOR))


@pytest.fixture
def studio(client, owner):
    return signed_in(client, owner.user)


def soup(answer, status=200):
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def fields(page, end=None):
    """What the form of a page would send as it stands."""
    forms = page.find_all("form", attrs={"method": "post"})
    form = next(f for f in forms if end is None or f.get("action", "").endswith(end))
    sent = {}
    for control in form.select("input, select, textarea"):
        kind, name = control.get("type"), control.get("name")
        if not name or (kind in ("checkbox", "radio") and not control.has_attr("checked")):
            continue
        if control.name == "select":
            chosen = control.find("option", selected=True)
            sent[name] = chosen["value"] if chosen else ""
        else:
            sent[name] = (
                control.get_text().removeprefix("\n") if control.name == "textarea" else control.get("value", "")
            )
    return sent


def begun(studio):
    """A profile begun through its page; where it leads."""
    page = soup(studio.get("/en/studio/profiles/new"))
    answer = studio.post("/en/studio/profiles/new", data=fields(page))
    assert answer.status_code == 303
    return answer.location


def saved(studio, address, **typed):
    """Type into a page and save it."""
    return studio.post(address, data=fields(soup(studio.get(address))) | typed)


def test_an_enterprise_writes_and_sends_its_first_profile(studio, owner):
    first = begun(studio)
    base = first.rsplit("/", 1)[0]
    for key, typed in (("identity", IDENTITY), ("business", BUSINESS), ("financing", FINANCING), ("contact", CONTACT)):
        answer = saved(studio, f"{base}/{key}", go="next", **typed)
        assert answer.status_code == 303, soup(answer, answer.status_code).find(class_="errsum")
    hub = soup(studio.get(base))
    assert "4 of 13 tasks complete" in hub.get_text()
    check = soup(studio.get(f"{base}/check"))
    assert check.find(id="missing") is None
    answer = studio.post(f"{base}/send", data=fields(check, "/send") | {"declared_true": "y"})
    assert (answer.status_code, answer.location) == (303, base)
    [submission] = db.session.scalars(select(Submission)).all()
    assert (submission.state, submission.submitted_by) == ("submitted", owner.user_id)
    assert submission.reference in soup(studio.get(base)).get_text()
    assert "With" not in soup(studio.get("/en/studio")).find(id="profiles").get_text()


def test_a_form_shows_what_was_typed_beside_what_is_wrong(studio):
    address = begun(studio)
    wrong = IDENTITY | {"number": "12", "founded": "1066", "website": "javascript:alert(1)"}
    page = soup(saved(studio, address, **wrong), 422)
    for name, value in wrong.items():
        control = page.find(attrs={"name": name})
        shown = control.find("option", selected=True)["value"] if control.name == "select" else control["value"]
        assert shown == value, name
    links = {a["href"] for a in page.select(".errsum a")}
    assert links == {"#f-number", "#f-founded", "#f-website"}
    assert all(page.find(id=link[1:]) for link in links)
    assert page.title.text.startswith("Error:")
    assert db.session.scalars(select(ProfileSheet)).all() == []


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_sheet_opens_in_every_language(app, studio, owner, language):
    profile = filled(operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW), owner)
    db.session.commit()
    base = f"/{language}/studio/profiles/{profile.id}"
    for key in sheets():
        assert studio.get(f"{base}/{key}").status_code == 200, key
    for page in ("", "/preview", "/preview?as=registered", "/preview?as=admitted", "/check"):
        assert studio.get(base + page).status_code == 200, page
    assert studio.get(f"{base}/nothing").status_code == 404


def test_the_second_of_two_editors_sees_both_texts_and_chooses(app, studio, owner):
    address = begun(studio).replace("/identity", "/business")
    mine = fields(soup(studio.get(address)))
    other = a_member(owner.organisation, "editor", a_user(name="Wong"))
    profile = db.session.scalars(select(Profile)).one()
    operations.save(
        profile=profile, sheet="business", content=content("business"), version=0, actor=acting(other), now=NOW
    )
    db.session.commit()
    typed = mine | BUSINESS | {"summary.en": "We make lasers.", "summary.zh": "我们做激光器。"}
    page = soup(studio.post(address, data=typed), 409)
    assert "Wong changed this page" in page.find(id="theirs").get_text()
    rows = [row.get_text() for row in page.find(id="theirs").find_parent("section").select("tbody th")]
    assert rows[:2] == ["At a glance · Chinese", "At a glance · English"]
    assert "We make sensors for industrial equipment." in page.find(id="theirs").find_parent("section").get_text()
    assert page.find(attrs={"name": "summary.en"}).get_text().strip() == "We make lasers."
    assert studio.post(address, data=fields(page)).status_code == 303
    assert queries.contents(profile)["business"]["summary"]["en"] == "We make lasers."


def test_an_amount_is_said_in_both_languages_beneath_its_field(studio):
    address = begun(studio).replace("/identity", "/financing")
    saved(studio, address, **FINANCING)
    page = soup(studio.get(address))
    assert page.find(id="f-amount_max-echo").get_text() == "= 人民币\xa08,000\xa0万元 = CNY\xa080\xa0million"
    assert "Sum as saved: 100%" in page.get_text()


def test_figures_that_contradict_bring_one_back_to_the_page(studio):
    address = begun(studio).replace("/identity", "/business")
    answer = saved(
        studio,
        address,
        go="next",
        **BUSINESS | {"summary.zh": "收入2030万元。", "summary.en": "Revenue was CNY 203 million."},
    )
    assert answer.location == address
    page = soup(studio.get(address))
    assert "Certain" in page.get_text()
    assert saved(studio, address, go="next", **BUSINESS).location.endswith("/products")


def test_a_change_on_one_side_shows_until_somebody_has_read_both(studio):
    address = begun(studio).replace("/identity", "/business")
    saved(studio, address, **BUSINESS)
    saved(studio, address, **{"summary.zh": "我们为工业设备制造精密传感器。"})
    page = soup(studio.get(address))
    assert page.find(attrs={"name": "summary.read"})
    assert page.find("ins").get_text() == "[added: 精密]"
    saved(studio, address, **{"summary.read": "1"})
    assert soup(studio.get(address)).find(attrs={"name": "summary.read"}) is None


def test_an_editor_writes_but_does_not_sign(app, client, owner):
    profile = filled(operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW), owner)
    editor = signed_in(client, a_member(owner.organisation, "editor").user)
    page = soup(editor.get(f"/en/studio/profiles/{profile.id}/check"))
    assert "has to send it" in page.find(id="sign").find_parent("section").get_text()
    assert editor.get(f"/en/studio/profiles/{profile.id}/send").status_code == 403


def test_an_approver_is_led_only_to_pages_that_open(app, owner):
    profile = operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW)
    filled(profile, owner)
    profile_sheet = {"sheet": "contact", "content": {}, "version": 1, "actor": acting(owner), "now": NOW}
    operations.save(profile=profile, **profile_sheet)
    db.session.commit()
    approver = signed_in(app.test_client(), a_member(owner.organisation, "approver", a_user(**SECOND_FACTOR)).user)
    home = f"/en/studio/profiles/{profile.id}"
    for path in (home, f"{home}/check"):
        links = {link["href"].partition("#")[0] for link in soup(approver.get(path)).select("main a[href]")}
        refused = [link for link in links if link.startswith(home) and approver.get(link).status_code != 200]
        assert (refused, f"{home}/preview?as=admitted" in links) == ([], path == home)


def test_without_the_declaration_nothing_is_sent(studio, owner):
    profile = filled(operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW), owner)
    db.session.commit()
    base = f"/en/studio/profiles/{profile.id}"
    page = soup(studio.post(f"{base}/send", data=fields(soup(studio.get(f"{base}/check")), "/send")), 422)
    assert "Tick the declaration to sign it." in page.get_text()
    assert db.session.scalars(select(Submission)).all() == []


def test_what_is_missing_is_listed_with_where_it_goes(studio):
    base = begun(studio).rsplit("/", 1)[0]
    saved(studio, f"{base}/identity", **{"name.zh": "深圳示例传感技术有限公司"})
    page = soup(studio.get(f"{base}/check"))
    links = [a["href"] for a in page.find(id="missing").find_parent("section").find_all("a")]
    assert f"{base}/business#f-summary" in links or any(link.startswith(f"{base}/business#") for link in links)
    assert page.find("form", action=f"{base}/send") is None


def test_another_enterprise_finds_no_such_profile(app, client, owner):
    profile = filled(operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW), owner)
    stranger = signed_in(client, a_member(an_organisation("enterprise"), "owner", a_user(**SECOND_FACTOR)).user)
    for page in ("", "/identity", "/preview", "/check", "/send"):
        assert stranger.get(f"/en/studio/profiles/{profile.id}{page}").status_code == 404, page
    assert stranger.get("/en/studio/profiles/999999").status_code == 404


def test_taken_back_it_can_be_changed_again(studio, owner):
    profile = filled(operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW), owner)
    operations.submit(profile=profile, declared_true=True, actor=acting(owner), now=NOW + timedelta(hours=1))
    db.session.commit()
    base = f"/en/studio/profiles/{profile.id}"
    assert saved(studio, f"{base}/business", **BUSINESS).status_code == 422
    studio.post(f"{base}/recall", data=fields(soup(studio.get(base)), "/recall"))
    assert saved(studio, f"{base}/business", **BUSINESS).status_code == 303


@pytest.mark.parametrize("value", ["x" * 200_000, "\u202eevil", "a\u200bb", "\x00"])
def test_a_hostile_text_is_refused_and_shown_again(studio, value):
    address = begun(studio).replace("/identity", "/business")
    page = soup(saved(studio, address, **BUSINESS | {"business.en": value}), 422)
    assert [a["href"] for a in page.select(".errsum a")] == ["#f-business-en"]
    assert page.find(attrs={"name": "business.zh"}).get_text().strip() == BUSINESS["business.zh"]


def test_a_preview_holds_nothing_that_visitor_would_not_see(studio, owner):
    profile = filled(operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW), owner)
    db.session.commit()
    base = f"/en/studio/profiles/{profile.id}/preview"
    public = studio.get(base).text
    assert "We make sensors" in public
    assert "lin@example.com" not in public
    assert "80" not in BeautifulSoup(public, "lxml").find("main").get_text()
    assert "lin@example.com" in studio.get(f"{base}?as=admitted").text


def test_contradicting_figures_are_sent_only_with_a_reason_the_reviewers_read(studio, owner):
    typed = BUSINESS | {"summary.zh": "收入2030万元。", "summary.en": "Revenue was CNY 203 million."}
    profile = operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW)
    filled(profile, owner, business=typed)
    db.session.commit()
    base = f"/en/studio/profiles/{profile.id}"
    signed = fields(soup(studio.get(f"{base}/check")), "/send") | {"declared_true": "y"}
    refused = soup(studio.post(f"{base}/send", data=signed | {"override": "  "}), 422)
    assert "Something is still missing." in refused.get_text()
    again = fields(refused, "/send") | {
        "declared_true": "y",
        "override": "The English gives the group, the Chinese us.",
    }
    assert studio.post(f"{base}/send", data=again).status_code == 303
    [submission] = db.session.scalars(select(Submission)).all()
    assert submission.content["overridden"] == {
        "places": ["business.summary"],
        "reason": "The English gives the group, the Chinese us.",
    }


def test_nobody_signs_what_they_were_not_shown(studio, owner):
    profile = filled(operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW), owner)
    db.session.commit()
    base = f"/en/studio/profiles/{profile.id}"
    shown = fields(soup(studio.get(f"{base}/check")), "/send") | {"declared_true": "y"}
    changed = content("business", BUSINESS | {"summary.en": "We make lasers.", "summary.zh": "我们做激光器。"})
    editor = a_member(owner.organisation, "editor")
    operations.save(profile=profile, sheet="business", content=changed, version=1, actor=acting(editor), now=NOW)
    db.session.commit()
    page = soup(studio.post(f"{base}/send", data=shown), 422)
    assert "changed since you read it" in page.get_text()
    assert db.session.scalars(select(Submission)).all() == []
    assert studio.post(f"{base}/send", data=fields(page, "/send") | {"declared_true": "y"}).status_code == 303


def test_a_former_name_is_published_and_shown_before_it_is_sent(studio, owner):
    profile = filled(operations.begin(organisation_id=owner.organisation_id, actor=acting(owner), now=NOW), owner)
    db.session.commit()
    base = f"/en/studio/profiles/{profile.id}"
    former = {"former.0.name.zh": "深圳旧名传感有限公司", "former.0.until": "2020-05-01"}
    assert saved(studio, f"{base}/identity", **former).status_code == 303
    assert "深圳旧名传感有限公司" in soup(studio.get(f"{base}/check")).find("main").get_text()
    found = publication.facts(queries.contents(profile))
    assert found.former_names == ({"zh": "深圳旧名传感有限公司", "until": "2020-05-01"},)


def test_net_assets_above_all_assets_are_said_and_hold_nothing_back(studio, owner):
    address = begun(studio).replace("/identity", "/figures")
    figures = {"currency": "CNY", "unit": "wan", "periods.0.end": "2025-12-31", "periods.0.months": "12"}
    values = {"periods.0.revenue": "100", "periods.0.total_assets": "50", "periods.0.net_assets": "60"}
    assert saved(studio, address, **figures | values).status_code == 303
    assert "Worth a look" in soup(studio.get(address)).find("main").get_text()
    assert "Worth a look" in soup(studio.get(address.replace("/figures", "/check"))).find("main").get_text()


def test_the_studio_shows_the_card_to_paste(studio, owner):
    a_company(slug="sample", organisation_id=owner.organisation_id, name_en='A & B "Sample" Limited')
    db.session.commit()
    snippet = soup(studio.get("/en/studio")).find(id="card-sample").get_text()
    frame = BeautifulSoup(snippet, "lxml").iframe
    assert frame["src"].endswith("/embed/en/companies/sample")
    assert frame["title"] == 'A & B "Sample" Limited'
