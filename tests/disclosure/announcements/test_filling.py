"""A standard form from its fields to the reader: filled in, signed by another, released, corrected."""

import json
from datetime import timedelta

import pytest

from listing.bilingual.pair import Pair
from listing.disclosure.announcements import checkers, queries, rules, sheet
from listing.disclosure.announcements.operations import (
    attaching,
    checking,
    filling,
    joining,
    releasing,
    signing,
    writing,
)
from listing.disclosure.announcements.standard import book, fields, filled, form, wording
from listing.journal import queries as journal
from listing.notifications.models import Notice
from listing.store.db import db
from tests.admission.conftest import submit
from tests.disclosure.duties import in_tier
from tests.factories import NOW, signed_in

from .made import NOON, SESSION, WRITTEN, a_house, acting, begun, released, signed
from .test_standard_forms import values_of

HELD = {"meeting_on": "2026-12-08", "results": "annual", "period_end": "2025-12-31"}
DAY = timedelta(days=1)
OWN = "/en/studio/companies/lantern/announcements/standard-forms"


@pytest.fixture
def house(app):
    found = a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited", domicile="CN")
    in_tier(found.company, found.second.user, since=SESSION - 100 * DAY)
    return found


@pytest.fixture
def editor(app, house):
    return signed_in(app.test_client(), house.editor.user)


def filled_in(house, form_id="board_meeting", now=SESSION, corrects=None, form_version=None, **changed):
    """A draft that its editor made of a form."""
    values = (HELD if form_id == "board_meeting" else {}) | changed
    who = {"company": house.company, "actor": acting(house.editor), "now": now}
    version = book.in_force()[form_id].version if form_version is None and form_id in book.in_force() else form_version
    return filling.begin(form_id=form_id, form_version=version or 0, values=values, corrects=corrects, **who)


def sent(house, row, now=SESSION):
    return writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=now)


def sealed(house, row, by, now=NOON):
    who = {"announcement": row, "declared_true": True, "seen": writing.digest(row)}
    return signing.sign(actor=acting(by), now=now, **who)


def test_it_is_signed_by_somebody_else_without_translator_or_checker_and_released_like_any_other(client, house):
    row = sent(house, filled_in(house))
    assert (row.category, row.headline, checkers.names(row)) == ("meeting", "board_meeting", (["Editor"], []))
    assert (checking.unchecked(row), checking.unchecked(begun(house))) == (False, True)  # the tier asks for a checker
    with pytest.raises(rules.WroteIt):
        sealed(house, row, house.editor)
    sealed(house, row, house.signatory)
    db.session.commit()
    release = queries.release("2026-000001")
    assert release.form == {"id": "board_meeting", "version": 2, "values": HELD}
    assert release.passages[0].en.endswith("considering the payment of a dividend, if any.")
    told = client.get("/en/announcements/2026-000001/announcement.json").json
    assert (told["form"], told["headline"]) == (release.form, "board_meeting")
    listed = client.get("/en/announcements/json?period=whole").json["announcements"][0]
    assert (listed["form"], listed["form_version"]) == ("board_meeting", 2)
    assert json.loads(listed["form_values"]) == HELD
    page = client.get("/en/announcements/2026-000001").text
    assert "/en/announcements/standard-forms/board_meeting/2" in page
    entry = next(
        iter(
            journal.about("announcement", "2026-000001", codes=("announcement.released",)).limit(1).columns_clause_froms
        ),
        None,
    )
    assert entry is not None
    paper = sheet.content(release, [house.company], entry=None, corrects=None, url="", qr="")
    assert {"zh": "董事会会议日期 (2)", "en": "Date of a board meeting (2)"} in [one["value"] for one in paper["rows"]]


def test_the_form_its_version_and_values_are_part_of_what_is_signed_and_logged(app, house):
    row = filled_in(house)
    before = writing.digest(row)
    row.form = row.form | {"values": HELD | {"results": "quarterly"}}
    assert writing.digest(row) != before
    with pytest.raises(rules.NotReady):
        sent(house, row)
    said = writing.checked(row, SESSION).blocks
    assert [each.message for each in said] == [filled.NotAsFilled.message]
    row.form = row.form | {"values": HELD}
    sealed(house, sent(house, row), house.signatory)
    logged = db.session.scalars(journal.about("announcement", "2026-000001", codes=("announcement.released",))).one()
    assert logged.data["form"] == {"id": "board_meeting", "version": 2, "values": HELD}


def test_typed_texts_and_forms_do_not_turn_into_each_other(app, house):
    row, text = filled_in(house), begun(house)
    who = {"actor": acting(house.editor), "now": SESSION}
    with pytest.raises(filled.ByItsForm):
        writing.save(announcement=row, version=1, **WRITTEN, **who)
    with pytest.raises(filled.NoSuchForm):
        filling.save(announcement=text, version=1, form_version=2, values=HELD, **who)
    with pytest.raises(rules.NotNow):
        attaching.attach(announcement=row, side="zh", file=None, **who)
    with pytest.raises(rules.NotNow):
        joining.invite(announcement=row, code="X", **who)
    with pytest.raises(filled.ByItsForm):
        filling.begin(
            company=house.company, form_id="board_meeting", form_version=2, values=HELD,
            corrects=_release(released(house, category="meeting", headline="board_meeting", event_on=None)), **who,
        )  # fmt: skip
    saved = filling.save(
        announcement=row, version=1, form_version=2, values=HELD | {"results": "quarterly"},
        prevailing="en", script="Hant", **who,
    )  # fmt: skip
    assert (saved.version, saved.prevailing, saved.title.script) == (2, "en", "Hant")
    with pytest.raises(rules.ChangedMeanwhile):
        filling.save(announcement=row, version=1, form_version=2, values=HELD, **who)


def _release(row):
    return queries.release(queries.numbers([row.id])[row.id])


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"form_version": 1}, filled.OtherVersion),
        ({"form_version": 0}, filled.OtherVersion),
        ({"form_id": "song"}, filled.NoSuchForm),
        ({"colour": "red"}, wording.OtherFields),
        ({"meeting_on": "2026-11-22"}, fields.Passed),
    ],
)
def test_what_is_no_form_in_force_is_refused(app, house, changed, refusal):
    with pytest.raises(refusal):
        filled_in(house, **changed)


def test_a_form_names_what_the_company_announced_with_another_as_well(house):
    other = a_house(slug="other", code="GBA-2")
    row = begun(other, NOON)
    joining.invite(announcement=row, code=house.company.code, actor=acting(other.editor), now=NOON)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(other.editor), now=NOON)
    for each in (other, house):
        signed(each, row, now=NOON)
    number = _release(row).number
    asked = {"resumed_on": "2026-11-23", "suspension": {"number": number}}
    assert f"(No. {number})" in filled_in(house, "display_resumption", **asked).body.en


def test_an_earlier_announcement_is_one_of_the_company_and_its_day_is_looked_up(app, house):
    number = _release(released(house, now=NOON)).number
    other = a_house(slug="beacon", name_zh="信标有限公司", name_en="Beacon Limited")
    strange = _release(released(other, now=NOON)).number
    asked = {"resumed_on": "2026-11-23", "suspension": {"number": number}}
    row = filled_in(house, "display_resumption", **asked)
    assert row.form["values"]["suspension"] == {"number": number, "on": "2026-11-23"}
    assert f"23 November 2026 (No. {number})" in row.body.en
    for wrong in (strange, "2026-999999"):
        with pytest.raises(filling.NoSuchAnnouncement):
            filled_in(house, "display_resumption", **asked | {"suspension": {"number": wrong}})


def test_a_correction_is_the_same_form_with_a_note_from_what_changed(client, house):
    first = _release(sealed(house, sent(house, filled_in(house)), house.signatory))
    with pytest.raises(wording.NothingChanges):
        filled_in(house, corrects=first)
    with pytest.raises(filled.ByItsForm):
        begun(house, corrects=first, note=Pair("一", "One"))
    with pytest.raises(filled.ByItsForm):
        filled_in(house, "display_suspension", corrects=first, suspended_on="2026-12-01", pending="results")
    row = sent(house, filled_in(house, corrects=first, meeting_on="2026-12-10"))
    second = _release(sealed(house, row, house.signatory))
    assert (second.corrects_id, second.note) == (
        first.id,
        Pair(
            "会议日期由“2026年12月8日”更正为“2026年12月10日”。\n其余内容不变。",
            "Day of the meeting: “8 December 2026” is corrected to “10 December 2026”.\nNothing else changes.",
        ),
    )


def test_a_day_to_come_that_passes_before_the_release_sends_it_home(app, house):
    row = filled_in(house, meeting_on="2026-11-24")
    signed(house, sent(house, row), now=SESSION)
    db.session.commit()
    assert row.state == rules.QUEUED
    away = NOON + 2 * DAY
    assert releasing.release_due(now=away, stopping=lambda: False) == 0
    row = queries.by_id(row.id)
    assert (row.state, row.signed_at, queries.release("2026-000001")) == (rules.DRAFT, None, None)
    assert [each.message for each in writing.checked(row, away).blocks] == [fields.Passed.message]
    assert "announcement_returned" in {notice.message for notice in db.session.query(Notice)}


def test_a_company_that_changed_its_name_fills_it_in_anew(app, house):
    row = filled_in(house)
    house.company.name_en = "Lantern Health Limited"
    with pytest.raises(rules.NotReady):
        sent(house, row)


TODAY = NOW.date()
TYPED = {
    "field_meeting_on": str(TODAY + 14 * DAY),
    "field_results": "annual",
    "field_period_end": "2025-12-31",
    "prevailing": "zh",
    "script": "Hans",
}

RESUMED = {"field_suspension": "2026-000009", "field_resumed_on": str(TODAY)}


def test_from_the_list_of_forms_to_both_texts(editor, house):
    assert f"{OWN}/board_meeting" in editor.get(OWN).text
    answer = submit(editor, f"{OWN}/board_meeting", **TYPED)
    assert answer.status_code == 303
    page = editor.get(answer.location).text
    assert ("31 December 2025" in page, "2025年12月31日" in page) == (True, True)
    assert ("Every word of both texts is that of the form" in page, "Add an attachment" in page) == (True, False)
    path = answer.location
    assert [editor.get(f"{path}/{end}").status_code for end in ("edit", "standard-form")] == [404, 200]
    changed = submit(editor, f"{path}/standard-form", **TYPED | {"field_results": "quarterly"})
    assert changed.status_code == 303
    row = queries.by_id(int(path.rsplit("/")[-1]))
    assert (row.version, row.form["values"]["results"]) == (2, "quarterly")
    assert submit_free(editor, f"{path}/edit").status_code == 404


def test_each_day_says_which_days_are_taken_and_no_label_stands_twice(editor, client):
    page, published = editor.get(f"{OWN}/annual_meeting").text, "/en/announcements/standard-forms"
    annual, quarter = "The last day of the financial year of the company", "half-year or quarter of the company"
    assert (annual in page, "Today or later" in page, "The last day of a month" in page) == (True, True, False)
    assert (annual in client.get(f"{published}/annual_meeting/2").text, quarter in page) == (True, False)
    assert quarter in client.get(f"{published}/board_meeting/2").text
    assert "The last day of a month" in client.get(f"{published}/board_meeting/1").text
    for listed in (editor.get(OWN).text, client.get(published).text):
        assert (listed.count("Change of auditor"), "Notice of a meeting" in listed) == (1, True)


def submit_free(browser, address):
    """A text of one's own sent to an address, with a token that holds."""
    token = browser.get(OWN.replace("/standard-forms", "/new")).text.split('name="csrf_token"')[1].split('value="')[1]
    return browser.post(
        address, data={"csrf_token": token.split('"')[0], "body_en": "A text of my own", "version": "1"}
    )


@pytest.mark.parametrize(
    ("sent_too", "said"),
    [
        ({"body_en": "A text of my own"}, "This form was incomplete"),
        ({"category": "display"}, "This form was incomplete"),
        ({"field_colour": "red"}, "This form was incomplete"),
        ({"note_en": "x"}, "This form was incomplete"),
        ({"form_version": "1"}, "The form has another version now"),
        ({"form_version": "9" * 400}, "The form has another version now"),
        ({"form_version": "x\0"}, ""),
        ({"field_meeting_on": "2027-02-29"}, "The calendar has no such day"),
        ({"field_meeting_on": "9" * 400}, "This is too long"),
        ({"field_meeting_on": "\0"}, "Fill this in"),
        ({"field_meeting_on": "2020-01-31"}, "has passed"),
        ({"field_meeting_on": "9999-12-31"}, "more than a year ahead"),
        ({"field_period_end": "0001-01-31"}, "more than ten years back"),
        ({"field_period_end": "2025-12-30"}, "A period ends on the last day of a month"),
        ({"field_period_end": "2026-10-31"}, "The one before that ended on 31 Dec 2025."),
        ({"field_period_end": "2026-10-31", "field_results": "quarterly"}, "The one before that ended on 30 Sep 2026."),
        ({"field_period_end": str(TODAY.replace(day=1) + 400 * DAY)}, ""),
        ({"field_results": "song\u202e"}, ""),
        ({"script": "Latin"}, ""),
        ({"prevailing": "fr"}, ""),
    ],
)
def test_what_else_is_sent_is_refused_and_what_was_typed_stays(editor, house, sent_too, said):
    answer = submit(editor, f"{OWN}/board_meeting", **TYPED | sent_too)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert queries.of_company(house.company.id) == []
    assert TYPED["field_period_end"] in answer.text or "field_period_end" in sent_too


@pytest.mark.parametrize(
    ("form_id", "typed", "said"),
    [
        ("monthly_return", {"field_shares": "9" * 400}, "This is too long"),
        ("monthly_return", {"field_shares": "1.5"}, "Enter a whole number"),
        ("monthly_return", {"field_capital": "1e9"}, "figures"),
        ("monthly_return", {"field_capital_currency": "XXX"}, ""),
        ("secretary", {"field_incoming_en": "Wang\u202eXiaoming"}, "U+202E"),
        ("secretary", {"field_incoming_en": ""}, "Give it in Chinese and in English"),
        ("secretary", {"field_incoming_zh": "王" * 101}, "This is too long"),
        ("display_resumption", RESUMED, "has released no announcement of this number"),
        ("annual_meeting", {"field_meeting_at": "25:00"}, "Enter a time of the day"),
        ("website", {"field_website": "javascript:alert(1)"}, "Enter an address that begins"),
    ],
)
def test_no_kind_of_field_takes_what_it_is_not(editor, house, form_id, typed, said):
    answer = submit(editor, f"{OWN}/{form_id}", **typed)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_sent_twice_it_is_begun_once_and_saved_over_another_save_it_is_refused(editor, house):
    page = editor.get(f"{OWN}/board_meeting").text
    names = ("csrf_token", "idempotency_key", "form_version")
    keys = {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in names}
    places = {editor.post(f"{OWN}/board_meeting", data=TYPED | keys).location for _ in range(2)}
    assert (len(places), len(queries.of_company(house.company.id))) == (1, 1)
    answer = submit(editor, f"{places.pop()}/standard-form", **TYPED | {"version": "9"})
    assert (answer.status_code, "Somebody else saved" in answer.text) == (422, True)


def test_strangers_and_other_forms_are_not_found(app, client, editor, house):
    assert [editor.get(f"{OWN}/{form_id}").status_code for form_id in ("song", "%00", "board_meeting%0a")] == [404] * 3
    number = _release(sealed(house, sent(house, filled_in(house)), house.signatory)).number
    text = _release(released(house)).number
    db.session.commit()
    for form_id, corrects in (("secretary", number), ("board_meeting", text), ("board_meeting", "2026-999999")):
        assert editor.get(f"{OWN}/{form_id}?corrects={corrects}").status_code == 404
    assert editor.get(f"/en/studio/companies/lantern/announcements/new?corrects={number}").status_code == 404
    page = editor.get(f"{OWN}/board_meeting?corrects={number}").text
    assert ('value="2026-12-08"' in page, 'name="script"' in page) == (True, False)
    other = a_house(slug="beacon", name_zh="信标有限公司", name_en="Beacon Limited")
    stranger = signed_in(app.test_client(), other.editor.user)
    assert stranger.get(f"{OWN}/board_meeting").status_code == 404


@pytest.mark.parametrize("standard", book.in_force().values(), ids=lambda standard: standard.id)
def test_every_form_has_a_page_and_shows_again_what_was_filled_in(editor, house, standard):
    for lang in ("zh-Hans", "zh-Hant", "en"):
        assert editor.get(f"{OWN.replace('/en/', f'/{lang}/')}/{standard.id}").status_code == 200
    kept = {"id": standard.id, "version": standard.version}
    values = values_of(standard)
    shown = form.shown(kept | {"values": values})
    read = {field.id: fields.read(field, shown) for field in standard.fields.values()}
    numbers = {key: {"number": values[key]["number"]} for key, one in standard.fields.items() if one.kind == "number"}
    assert read == values | numbers
