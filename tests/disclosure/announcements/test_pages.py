"""The pages: written, held back, sent, signed, read by everybody, found in either script, corrected."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from listing.disclosure.announcements import proofs, queries, searching, texts
from listing.disclosure.announcements.operations import writing
from listing.notifications.models import Notice
from listing.store.db import db
from tests.factories import a_company, signed_in
from tests.files.samples import PDF

from .made import BODY, TITLE, TYPED, a_house, released, sent

AT_ONCE = TYPED | {"category": "clarification", "event_on": ""}
SCRIPT = Path(__file__).parents[3] / "scripts" / "verify_log.py"
KEPT = ("csrf_token", "seen", "idempotency_key", "version")


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


@pytest.fixture
def editor(app, house):
    return signed_in(app.test_client(), house.editor.user)


@pytest.fixture
def signatory(app, house):
    return signed_in(app.test_client(), house.signatory.user)


def post(browser, path, page, **typed):
    """Send what the page holds in hidden fields with what is typed."""
    kept = {}
    for name in KEPT:
        if f'name="{name}"' in page.text:
            kept[name] = page.text.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]
    return browser.post(path, data=kept | typed)


def test_from_the_draft_to_the_reader(client, house, editor, signatory):
    form = editor.get("/en/studio/companies/lantern/announcements/new")
    wrong = AT_ONCE | {"body_en": BODY.en.replace("86.9", "96.8")}
    made = post(editor, "/en/studio/companies/lantern/announcements/new", form, **wrong)
    assert made.status_code == 303
    path = made.location
    page = editor.get(path)
    assert "Before it can be signed" in page.text
    assert "The figures differ" in page.text
    refused = post(editor, f"{path}/send", editor.get(f"{path}/edit"), seen=_seen(path))
    assert (refused.status_code, "Something still holds this announcement back" in refused.text) == (422, True)
    saved = post(editor, f"{path}/edit", editor.get(f"{path}/edit"), **AT_ONCE, read="y")
    assert saved.status_code == 303
    assert post(editor, f"{path}/send", editor.get(path)).status_code == 303
    assert "Sign both texts" not in editor.get(path).text
    page = signatory.get(path)
    assert "this kind of announcement waits for no window" in page.text
    undeclared = post(signatory, f"{path}/sign", page)
    assert (undeclared.status_code, "Tick the declaration" in undeclared.text) == (422, True)
    first = post(signatory, f"{path}/sign", page, declared_true="y")
    assert (first.status_code, post(signatory, f"{path}/sign", page, declared_true="y").status_code) == (303, 303)
    shown = client.get("/en/announcements/2026-000001")
    assert shown.text.index(TITLE.en) < shown.text.index(TITLE.zh)
    assert "86.9 million" in shown.text
    assert "2026-000001" in client.get("/zh-Hant/announcements").text
    assert TITLE.en in client.get("/en/companies/lantern").text


def _seen(path):
    """Any digest: what holds it back is looked at only for the one that was shown."""
    digest = writing.digest(queries.by_id(int(path.rsplit("/", 1)[1])))
    db.session.rollback()
    return digest


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=营业收入", True),
        ("q=營業收入", True),
        ("q=revenue", True),
        ("q=灯塔医疗", True),
        ("q=2026-000001", True),
        ("q=租赁", False),
        ("company=lantern&category=event_contract&since=2026-11-23&until=2026-11-23", True),
        ("company=other", False),
        ("company=nobody", False),
        ("category=event_loss", False),
        ("until=2026-11-22", False),
        ("q=%00&since=2026-02-30&before=x&category=gold", True),
    ],
)
def test_a_list_is_asked_by_words_company_category_and_day(client, house, query, found):
    a_company(slug="other")
    released(house)
    page = client.get(f"/zh-Hans/announcements?{query}")
    assert (page.status_code, TITLE.zh in page.text) == (200, found)


def test_a_list_goes_on_page_by_page(client, house, monkeypatch, statements):
    monkeypatch.setattr(searching, "PAGE", 2)
    for _ in range(3):
        released(house)
    first = client.get("/en/announcements?q=revenue")
    assert ("2026-000003" in first.text, "2026-000001" in first.text) == (True, False)
    rest = client.get("/en/announcements?q=revenue&before=2")
    assert ("2026-000001" in rest.text, "2026-000002" in rest.text) == (True, False)
    with statements() as one:
        client.get("/en/announcements?before=2")
    with statements() as two:
        client.get("/en/announcements")
    assert len(one) == len(two)


def test_the_text_file_has_the_digest_of_the_log(client, house):
    released(house)
    for side in ("zh", "en"):
        answer = client.get(f"/en/announcements/2026-000001/{side}.txt")
        assert texts.digest(answer.text) == getattr(queries.release("2026-000001"), f"digest_{side}")
    assert client.get("/en/announcements/2026-000001/fr.txt").status_code == 404
    assert client.get("/en/announcements/2026-000002").status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title_en": "Profit \u202eof"}, "invisible character (U+202E)"),
        ({"title_zh": "第一行\u2028第二行"}, "A title is one line."),
        ({"category": "event_gold"}, "Not a valid choice"),
        ({"event_on": "2026-02-30"}, "Not a valid date value"),
        ({"headline": "placing"}, "This headline does not go with what the announcement is about."),
        ({"title_en": "x" * 201}, "This is too long."),
        ({"body_en": "kept\x00 as typed", "category": ""}, "Choose one of the list."),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays_typed(editor, typed, said):
    path = "/en/studio/companies/lantern/announcements/new"
    answer = post(editor, path, editor.get(path), **TYPED | typed)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert BODY.zh.split("\n")[0] in answer.text


def test_returned_it_says_why_and_corrected_it_says_so(client, house, editor, signatory):
    row = sent(house)
    db.session.commit()
    path = f"/en/studio/announcements/{row.id}"
    back = post(signatory, f"{path}/return", signatory.get(f"{path}/return"), reason="Name the customer.")
    assert back.status_code == 303
    assert "Name the customer." in editor.get(path).text
    released(house)
    new = "/en/studio/companies/lantern/announcements/new?corrects=2026-000001"
    form = editor.get(new)
    assert BODY.en.split("\n")[0] in form.text
    changed = {"body_zh": BODY.zh.replace("12%", "13%"), "body_en": BODY.en.replace("12%", "13%")}
    note = {"note_zh": "更正同比增幅。", "note_en": "The year-on-year change is corrected."}
    made = post(editor, new, form, **AT_ONCE | changed | note)
    post(editor, f"{made.location}/send", editor.get(made.location))
    page = signatory.get(made.location)
    assert post(signatory, f"{made.location}/sign", page, declared_true="y").status_code == 303
    old, corrected = (client.get(f"/en/announcements/2026-00000{n}").text for n in (1, 2))
    assert ("This was corrected on" in old, "up 12%" in old) == (True, True)
    assert ("The year-on-year change is corrected." in corrected, "<ins>" in corrected) == (True, True)
    assert editor.get("/en/studio/companies/lantern/announcements/new?corrects=2026-000009").status_code == 404


def test_a_receipt_holds_for_a_stranger_and_no_other_text_does(app, client, house, tmp_path):
    released(house)
    (tmp_path / "key.txt").write_text(client.get("/log/key").text)
    at = "/en/announcements/2026-000001"
    for name in ("receipt.json", "zh.txt", "en.txt"):
        (tmp_path / name).write_bytes(client.get(f"{at}/{name}").data)

    def check(*words):
        command = [sys.executable, "-I", str(SCRIPT), "receipt", "receipt.json", "--key", "key.txt", *words]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        return done.returncode, done.stdout.split(",")[0].strip()

    assert check("--zh", "zh.txt", "--en", "en.txt") == (0, "released: 2026-000001")
    (tmp_path / "en.txt").write_text((tmp_path / "en.txt").read_text().replace("86.9", "96.9"))
    assert check("--en", "en.txt") == (1, "DOES NOT HOLD: en.txt: not the text that was released")
    held = json.loads((tmp_path / "receipt.json").read_text())
    held["opening"]["private"]["data"]["en"] = texts.digest((tmp_path / "en.txt").read_text())
    (tmp_path / "receipt.json").write_text(json.dumps(held))
    assert check("--en", "en.txt") == (1, "DOES NOT HOLD: the content is not what the log committed to")


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("{title}\n\n{body}", "It agrees to the last byte."),
        ("{title}\r\n{body}", "Every character agrees"),
        ("{title}\n\n{body}。", "Nothing like this was released here."),
        ("{body}", "Nothing like this was released here."),
    ],
)
def test_a_text_somebody_holds_is_looked_up(client, house, held, said):
    released(house)
    page = client.get("/en/announcements/verify")
    text = held.format(title=TITLE.zh, body=BODY.zh)
    assert said in post(client, "/en/announcements/verify", page, text=text).text
    file = (io.BytesIO(text.encode()), "held.txt")
    assert said in post(client, "/en/announcements/verify", page, text="", file=file).text
    assert "Paste a text or choose a file." in post(client, "/en/announcements/verify", page, text=" ").text


def test_the_feed_follows_the_list(client, house):
    released(house)
    feed = client.get("/zh-Hans/announcements/feed?company=lantern")
    assert (feed.mimetype, feed.text.count("<entry>"), TITLE.zh in feed.text) == ("application/atom+xml", 1, True)
    nobody = client.get("/en/announcements/feed?company=nobody").text
    assert ("2026-000001" in nobody, "No company of this name" in nobody) == (False, True)


def test_on_paper_it_is_the_same_bytes_each_time(app, client, house, tmp_path, monkeypatch):
    released(house)
    path = "/en/announcements/2026-000001/announcement.pdf"
    first = client.get(path)
    monkeypatch.setitem(app.config, "FACTSHEET_CACHE", str(tmp_path))  # another shelf: it is set anew
    assert (first.mimetype, first.data[:5], client.get(path).data == first.data) == ("application/pdf", b"%PDF-", True)
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(first.data)).pages)
    for text in ("2026-000001", "RMB 86.9 million", queries.release("2026-000001").digest_en[:20]):
        assert text in said.replace("\n", " ")
    monkeypatch.setitem(app.config, "FONTS_FOLDER", str(tmp_path))
    assert client.get(path).status_code == 503


def test_the_script_is_there_for_whoever_would_rather_not_rely_on_us(client):
    assert 'href="/log/verify_log.py"' in client.get("/en/announcements/verify").text
    assert client.get("/log/verify_log.py").data == SCRIPT.read_bytes()


def test_attachments_come_in_both_languages_and_are_released_with_the_texts(client, house, editor, signatory):
    new = "/en/studio/companies/lantern/announcements/new"
    path = post(editor, new, editor.get(new), **AT_ONCE).location

    def add(side, content=PDF, name="report.pdf"):
        form = editor.get(f"{path}/files")
        return post(editor, f"{path}/files", form, side=side, file=(io.BytesIO(content), name))

    assert (add("zh").status_code, add("xx").status_code) == (303, 422)
    unfit = add("en", b"MZ", "report.pdf")
    assert (unfit.status_code, "The content of this file is not PDF" in unfit.text) == (422, True)
    assert "Attachments in Chinese: 1; in English: 0." in editor.get(path).text
    assert add("en", name="report-en.pdf").status_code == 303
    assert post(editor, f"{path}/send", editor.get(path)).status_code == 303
    [zh, en] = queries.by_id(int(path.rsplit("/", 1)[1])).files
    assert post(editor, f"{path}/files/{zh['id']}/remove", editor.get(f"{path}/files")).status_code == 303
    assert post(signatory, f"{path}/sign", signatory.get(path), declared_true="y").status_code == 303
    release = queries.release("2026-000001")
    assert [file["side"] for file in release.files] == ["zh", "en"]
    assert proofs.entry(release).data["files"] == [["zh", zh["sha256"]], ["en", en["sha256"]]]
    at = "/en/announcements/2026-000001"
    assert "report-en.pdf" in client.get(at).text
    assert client.get(f"{at}/files/{en['id']}").data == PDF
    assert (client.get(f"{at}/files/999").status_code, client.get(f"{path}/files/{en['id']}").status_code) == (404, 302)
    page = client.get("/en/announcements/verify")
    held = post(client, "/en/announcements/verify", page, text="", file=(io.BytesIO(PDF), "x.pdf"))
    assert "It is an attachment of this announcement." in held.text
    told = db.session.execute(select(Notice.message, Notice.recipient_id).order_by(Notice.id)).all()
    signers = [house.signatory.user_id, house.second.user_id]
    assert told == [("announcement_to_sign", who) for who in signers] + [
        ("announcement_released", house.editor.user_id)
    ]
