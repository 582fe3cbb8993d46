"""Files in the studio: each unfit one refused in its own words, and none taken out that still proves something."""

import io

import pytest
from sqlalchemy import func, select

from listing.files import rules as files
from listing.files.models import StoredFile
from listing.profiles import operations, queries
from listing.store.db import db
from tests.factories import NOW, a_member, an_organisation, signed_in
from tests.files.samples import HTML, PDF, a_document, a_picture

from .answers import BUSINESS
from .conftest import acting, filled
from .test_pages import fields, soup

ANSWERS = {
    "documents.0.title.zh": "审计报告",
    "documents.0.title.en": "Audit report",
    "documents.0.language": "zh-Hans",
    "documents.0.class": "accounts",
    "documents.0.visibility": "admitted",
}


@pytest.fixture
def studio(client, editor):
    return signed_in(client, editor.user)


@pytest.fixture
def base(profile, editor):
    filled(profile, editor)
    db.session.commit()
    return f"/en/studio/profiles/{profile.id}"


def upload(studio, address, content=PDF, name="审计报告 2025.pdf", **data):
    sent = fields(soup(studio.get(address))) | data
    return studio.post(address, data=sent | {"file": (io.BytesIO(content), name)})


def added(studio, base, **data):
    answer = upload(studio, f"{base}/documents/add", **ANSWERS | data)
    assert answer.status_code == 303, soup(answer, 422).find(class_="errsum")
    return answer


def the_row(profile):
    [row] = queries.documents(queries.contents(profile))
    return row


def in_business(studio, base, **typed):
    address = f"{base}/business"
    return studio.post(address, data=fields(soup(studio.get(address))) | typed)


def test_a_file_is_kept_listed_previewed_and_named_as_evidence(studio, base, profile):
    added(studio, base)
    row = the_row(profile)
    assert (row["name"], row["size"], row["title"]["en"]) == ("审计报告 2025.pdf", len(PDF), "Audit report")
    assert row["name"] in soup(studio.get(f"{base}/documents")).get_text()
    assert studio.get(f"{base}/documents/{row['id']}/file").data == PDF
    assert (
        "Audit report" in soup(studio.get(f"{base}/preview?as=admitted")).find(id="documents").find_parent().get_text()
    )
    assert "Audit report" not in studio.get(f"{base}/preview?as=registered").text
    assert "Audit report" in studio.get(f"{base}/check").text
    claim = {"summary.en": "We are the leading maker.", "summary.zh": "我们是领先的制造商。"}
    in_business(studio, base, **claim)
    assert "Claims without a document" in studio.get(f"{base}/check").text
    in_business(studio, base, **{"summary.evidence": str(row["file"])})
    assert "Claims without a document" not in studio.get(f"{base}/check").text


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (PDF, "deck.exe", "Files of this kind are not accepted."),
        (HTML, "deck.pdf", "The content of this file is not PDF"),
        (b"", "deck.pdf", "The file is empty."),
        (PDF + a_document(), "deck.pdf", "The file holds a second file behind or before its content."),
        (a_document(parts={"big.bin": bytes(80_000_000)}), "deck.docx", "would unpack to far more than its size"),
    ],
)
def test_an_unfit_file_is_refused_in_its_own_words_and_nothing_typed_is_lost(studio, base, content, name, refusal):
    page = soup(upload(studio, f"{base}/documents/add", content, name, **ANSWERS), 422)
    assert refusal in page.find(id="file-error").get_text()
    assert [a["href"] for a in page.select(".errsum a")] == ["#file"]
    assert page.find(attrs={"name": "documents.0.title.zh"})["value"] == "审计报告"
    assert page.find(attrs={"name": "documents.0.class"}).find("option", selected=True)["value"] == "accounts"
    assert db.session.scalar(select(func.count(StoredFile.id))) == 0


def test_a_file_larger_than_its_kind_may_be_is_refused(studio, base, monkeypatch):
    monkeypatch.setattr(files, "check_size", lambda kind, _size: (_ for _ in ()).throw(files.TooLarge(limit=50)))
    page = soup(upload(studio, f"{base}/documents/add", **ANSWERS), 422)
    assert "The file is larger than 50 MB." in page.find(id="file-error").get_text()


def test_what_was_not_said_about_a_file_is_asked(studio, base):
    answers = ANSWERS | {"documents.0.class": "", "documents.0.title.zh": "", "documents.0.title.en": ""}
    page = soup(upload(studio, f"{base}/documents/add", **answers), 422)
    assert [a["href"] for a in page.select(".errsum a")] == ["#f-documents-0-title-zh", "#f-documents-0-class"] or [
        a["href"] for a in page.select(".errsum a")
    ] == ["#f-documents-0-title-en", "#f-documents-0-class"]
    assert db.session.scalar(select(func.count(StoredFile.id))) == 0


def test_a_newer_copy_takes_the_place_of_the_old_one_also_as_evidence(studio, base, profile):
    added(studio, base)
    old = the_row(profile)
    in_business(studio, base, **{"summary.evidence": str(old["file"])})
    picture = a_picture()
    answer = upload(studio, f"{base}/documents/{old['id']}/replace", picture, "newer.png")
    assert answer.status_code == 303
    new = the_row(profile)
    assert (new["id"], new["title"]) == (old["id"], old["title"])
    assert new["file"] != old["file"]
    assert queries.contents(profile)["business"]["summary"]["evidence"] == new["file"]
    assert db.session.scalars(select(StoredFile.id)).all() == [new["file"]]


def test_a_file_that_proves_something_is_not_taken_out(studio, base, profile):
    added(studio, base)
    row = the_row(profile)
    remove = f"{base}/documents/{row['id']}/remove"
    shown = fields(soup(studio.get(remove)))
    in_business(studio, base, **{"summary.evidence": str(row["file"])})
    page = soup(studio.post(remove, data=shown), 422)
    assert "named as evidence" in page.find(class_="errsum").get_text()
    assert page.find("a", href=f"{base}/business#f-summary")
    assert the_row(profile) == row
    in_business(studio, base, **{"summary.evidence": ""})
    assert studio.post(remove, data=shown).status_code == 303
    assert queries.documents(queries.contents(profile)) == []
    assert db.session.scalar(select(func.count(StoredFile.id))) == 0


def test_a_file_that_was_sent_stays_with_what_was_sent(studio, base, profile, editor):
    added(studio, base)
    row = the_row(profile)
    operations.submit(profile=profile, declared_true=True, actor=acting(editor), now=NOW)
    operations.recall(profile=profile, actor=acting(editor), now=NOW)
    db.session.commit()
    remove = f"{base}/documents/{row['id']}/remove"
    assert studio.post(remove, data=fields(soup(studio.get(remove)))).status_code == 303
    assert db.session.scalars(select(StoredFile.id)).all() == [row["file"]]


def test_evidence_that_went_meanwhile_is_said_and_not_dropped(studio, base, profile):
    added(studio, base)
    row = the_row(profile)
    page = soup(in_business(studio, base, **{"summary.evidence": str(row["file"] + 1)}), 422)
    assert [a["href"] for a in page.select(".errsum a")] == ["#f-summary-evidence"]


def test_rows_about_files_come_and_go_only_with_them(studio, base, profile):
    added(studio, base)
    row = the_row(profile)
    forged = {"documents.7.title.zh": "假", "documents.7.title.en": "Forged", "documents.0.remove": "1"}
    address = f"{base}/documents"
    sent = {name: value for name, value in fields(soup(studio.get(address))).items() if "documents." not in name}
    assert studio.post(address, data=sent | forged).status_code == 303
    assert the_row(profile) == row


def test_nobody_else_opens_a_file(studio, base, profile, app):
    added(studio, base)
    row = the_row(profile)
    stranger = signed_in(app.test_client(), a_member(an_organisation("enterprise"), "owner").user)
    for rest in ("file", "replace", "remove"):
        assert stranger.get(f"{base}/documents/{row['id']}/{rest}").status_code == 404


def test_a_document_that_lacks_an_answer_breaks_no_page(studio, base, profile):
    added(studio, base)
    address = f"{base}/documents"
    studio.post(address, data=fields(soup(studio.get(address))) | {"documents.0.language": ""})
    for page in ("/preview?as=admitted", "/check", "/documents", ""):
        assert studio.get(base + page).status_code == 200


def test_both_business_texts_and_files_are_in_what_is_sent(studio, base, profile, editor):
    added(studio, base)
    sent = operations.submit(profile=profile, declared_true=True, actor=acting(editor), now=NOW)
    assert sent.content["sheets"]["documents"]["documents"] == queries.documents(queries.contents(profile))
    assert sent.content["sheets"]["business"]["summary"]["zh"] == BUSINESS["summary.zh"]


def test_a_list_of_documents_saved_empty_is_shown_again(studio, base):
    page = f"{base}/documents"
    token = fields(soup(studio.get(f"{base}/documents/add")))["csrf_token"]
    sent = {"csrf_token": token, "version": "0", "documents.0.title.en": "No file comes with it"}
    assert studio.post(page, data=sent).status_code == 303
    assert studio.get(page).status_code == 200
