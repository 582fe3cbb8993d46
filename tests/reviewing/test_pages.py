"""The queue and the case in a browser's hands: both reviews, a comment, bad input, and who sees none of it."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from listing.companies.models import Company
from listing.profiles import documents, kinds
from listing.profiles import operations as profiles
from listing.profiles.models import Comment
from listing.store.db import db
from tests.factories import NOW, a_member, an_organisation, signed_in
from tests.files.samples import PDF, a_picture
from tests.profiles.answers import BUSINESS, content
from tests.profiles.conftest import filled
from tests.profiles.test_documents import ANSWERS

from .conftest import acting, case, sent


def fields(form):
    return {i["name"]: i.get("value", "") for i in form.select("input[type=hidden]")}


def press(client, address, action, **typed):
    """Send the form with that end of its address, as the page shows it."""
    page = BeautifulSoup(client.get(address).text, "lxml")
    forms = page.find_all("form", attrs={"method": "post"})
    button = page.find("button", attrs={"formaction": re.compile(f"{action}$")})
    form = button.find_parent("form") if button else next(f for f in forms if f["action"].endswith(action))
    target = button["formaction"] if button else form["action"]
    return client.post(target, data=fields(form) | typed)


def both(submission, app, reviewers):
    address = f"/en/review/profiles/{submission.id}"
    for member in reviewers[:2]:
        client = signed_in(app.test_client(), member.user)
        assert press(client, address, "/claim", note="").status_code == 303
        if "Not checked yet" in client.get(address).text:
            assert press(client, address, "/identity", how="Register searched today.").status_code == 303
        assert press(client, address, "/approve", note="").status_code == 303


def test_from_the_queue_to_the_page_on_display(app, client, submission, reviewers):
    first = signed_in(app.test_client(), reviewers[0].user)
    queue = first.get("/en/review/profiles").text
    assert submission.reference in queue
    assert "0 working days" in queue
    both(submission, app, reviewers)
    company = db.session.scalars(select(Company)).one()
    public = client.get(f"/en/companies/{company.slug}")
    assert public.status_code == 200
    assert "We make sensors for industrial equipment." in public.text
    for hidden in ("80 million", "lin@example.com", "Research"):
        assert hidden not in public.text
    assert [tag.get_text() for tag in BeautifulSoup(public.text, "lxml").select(".gate .tag")] == [
        "Financing need",
        "Contact and prevailing language",
    ]
    own = signed_in(app.test_client(), reviewers[2].user).get(f"/en/companies/{company.slug}").text
    assert "CNY\xa080\xa0million" in own
    assert "Nothing waits." in first.get("/en/review/profiles").text


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_case_reads_in_each_language(app, submission, reviewers, language):
    client = signed_in(app.test_client(), reviewers[0].user)
    press(client, f"/{language}/review/profiles/{submission.id}", "/claim", note="")
    page = client.get(f"/{language}/review/profiles/{submission.id}")
    assert page.status_code == 200
    assert "我们为工业设备制造传感器。" in page.text


def test_a_comment_is_saved_once_and_shown_at_its_place(app, submission, reviewers):
    client = signed_in(app.test_client(), reviewers[0].user)
    address = f"/en/review/profiles/{submission.id}"
    press(client, address, "/claim", note="")
    page = BeautifulSoup(client.get(address).text, "lxml")
    form = page.find("input", attrs={"name": "place", "value": "business.summary"}).find_parent("form")
    sent_twice = [client.post(form["action"], data=fields(form) | {"text": "Say when."}) for _ in range(2)]
    assert [answer.status_code for answer in sent_twice] == [303, 303]
    assert [(c.place, c.text) for c in db.session.scalars(select(Comment))] == [("business.summary", "Say when.")]
    empty = client.post(form["action"], data=fields(form) | {"idempotency_key": "k" * 20, "text": ""})
    assert empty.status_code == 422
    assert "Write what should change." in empty.text


def test_what_changed_since_is_shown(app, submission, signer, reviewers):
    both(submission, app, reviewers)
    profile = case(submission, reviewers[0]).profile
    typed = {"summary.en": "We make lasers for industrial equipment.", "summary.zh": "我们为工业设备制造激光器。"}
    changed = content("business", BUSINESS | typed)
    profiles.save(profile=profile, sheet="business", content=changed, version=1, actor=acting(signer), now=NOW)
    again = sent(signer, profile)
    page = BeautifulSoup(
        signed_in(app.test_client(), reviewers[2].user).get(f"/en/review/profiles/{again.id}").text, "lxml"
    )
    place = page.find(id="at-business.summary")
    assert [gone.get_text() for gone in place.find_all("del")] == ["[removed: 传感器]", "[removed: sensors]"]
    assert place.find("h3").find(class_="tag").get_text() == "Changed"
    assert page.find(id="at-business.technology").find("h3").find(class_="tag") is None


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "0001-01-01T00:00:00+14:00~1",
        "~",
        "2026-01-01T00:00:00~1",
        "2026-01-01T00:00:00+00:00~999999999999",
        "%00~1",
    ],
)
def test_a_page_nobody_wrote_is_the_first_one(app, submission, reviewers, after):
    client = signed_in(app.test_client(), reviewers[0].user)
    answer = client.get("/en/review/profiles", query_string={"after": after})
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["enterprise", "investor", "organizer"])
def test_nobody_else_learns_that_there_is_a_case(app, submission, kind):
    stranger = signed_in(app.test_client(), a_member(an_organisation(kind)).user)
    assert stranger.get(f"/en/review/profiles/{submission.id}").status_code == 403
    assert submission.reference not in stranger.get("/en/review/profiles").text


def test_the_supervisor_ends_a_display_with_a_reason(app, client, submission, reviewers):
    both(submission, app, reviewers)
    slug = db.session.scalars(select(Company)).one().slug
    supervisor = signed_in(app.test_client(), reviewers[2].user)
    address = f"/en/review/displayed/{slug}"
    form = BeautifulSoup(supervisor.get(address).text, "lxml").find("form", attrs={"method": "post"})
    sent_empty = supervisor.post(address, data=fields(form) | {"event": "withdraw", "reason": ""})
    assert sent_empty.status_code == 422
    done = supervisor.post(address, data=fields(form) | {"event": "withdraw", "reason": "At its own request."})
    assert done.status_code == 303
    assert client.get(f"/en/companies/{slug}").status_code == 410
    assert signed_in(app.test_client(), reviewers[0].user).get(address).status_code == 403


def test_reviewers_open_what_was_sent_and_see_another_copy(app, client, signer, reviewers):
    who = {"actor": acting(signer), "now": NOW}
    profile = profiles.begin(organisation_id=signer.organisation_id, **who)
    filled(profile, signer)
    setting = kinds.Setting(by="Lin", now=NOW, today=NOW.date())
    a_file = FileStorage(io.BytesIO(PDF), "report.pdf")
    documents.add(profile=profile, file=a_file, typed=ANSWERS, setting=setting, **who)
    first = sent(signer, profile)
    [row] = first.content["sheets"]["documents"]["documents"]
    reviewer = signed_in(app.test_client(), reviewers[0].user)
    file = f"/en/review/profiles/{first.id}/files/{row['file']}"
    assert file in reviewer.get(f"/en/review/profiles/{first.id}").text
    assert reviewer.get(file).data == PDF
    assert reviewer.get(f"{file}1").status_code == 404
    both(first, app, reviewers)
    newer = FileStorage(io.BytesIO(a_picture()), "report.png")
    documents.replace(profile=profile, row_id=row["id"], file=newer, **who)
    second = sent(signer, profile)
    page = reviewer.get(f"/en/review/profiles/{second.id}").text
    assert "Another copy than the published one" in page
    assert "report.png" in page
    company = db.session.scalars(select(Company)).one()
    staff = signed_in(client, reviewers[2].user)
    shown = BeautifulSoup(staff.get(f"/en/companies/{company.slug}").text, "lxml")
    form = shown.find("form", action=re.compile(rf"/documents/{row['file']}$"))
    assert staff.post(form["action"], data=fields(form)).data == PDF
