"""The standard forms as they are published, files that are none, and what a form says once it is filled in."""

from datetime import date
from importlib import resources

import pytest

from listing.bilingual import agreement, script, terms
from listing.bilingual.agreement.finding import CERTAIN, LIKELY
from listing.bilingual.pair import Pair
from listing.disclosure.announcements import rules, texts
from listing.disclosure.announcements.standard import book, fields, periods, wording
from listing.disclosure.deadlines import NotAPeriodEnd
from listing.money import NotAnAmount
from listing.rulebook.node import Broken
from listing.typed import NoSuchDay, NotADay, NotALink, NotANumber, YearNotFirst

TODAY = date(2026, 11, 23)
COMPANY = {
    "Hans": Pair("灯塔医疗有限公司", "Lantern Medical Limited"),
    "Hant": Pair("燈塔醫療有限公司", "Lantern Medical Limited", "Hant"),
}
FOLDER = resources.files("listing.disclosure.announcements.standard").joinpath("forms")
TEXT = FOLDER.joinpath("secretary-1.yaml").read_text(encoding="utf-8")
NOTICE = "category: notice\nheadline: secretary"
MEETING = book.in_force()["board_meeting"]
HELD = {"meeting_on": "2026-12-08", "results": "annual", "period_end": "2026-09-30"}
# What is typed into a field of a kind; a day by whether it has to have come.
TYPED = {
    "day": {"past": "2026-11-20", "to_come": "2026-12-08", "any": "2026-12-01"},
    "period_end": {"past": "2026-09-30"},
    "time": "14:30",
    "amount": ("1,200万元", "CNY"),
    "count": "12,000,000",
    "name": ("王小明", "Wang Xiaoming"),
    "place": ("科技南路1203号", "1203 Keji South Road"),
    "link": "https://www.lantern.example/zh",
    "number": "2026-000123",
}


def typed_into(form):
    """Something to type into every input of a form."""
    typed = {}
    for place, field in enumerate(form.fields.values()):
        said = next(iter(field.choices), None) or TYPED[field.kind]
        said = said[field.when] if isinstance(said, dict) else said
        if field.kind in fields.PAIRS:
            said = (said[0] + "甲乙丙"[place % 3], f"{said[1]} {'ABC'[place % 3]}")
        typed |= dict(zip(field.inputs, (said,) if isinstance(said, str) else said, strict=True))
    if form.id == "register_closure":
        typed |= {"field_lodged_by": "2026-12-01"}
    return typed


def values_of(form):
    """The values of what is typed, an earlier announcement with its day."""
    typed = typed_into(form)
    found = {field.id: fields.read(field, typed) for field in form.fields.values()}
    return {
        key: value | {"on": "2026-11-02"} if "number" in form.fields[key].kind else value
        for key, value in found.items()
    }


@pytest.mark.parametrize("form", book.in_force().values(), ids=lambda form: form.id)
def test_every_form_says_the_same_in_both_languages_and_either_script(form):
    values = values_of(form)
    wording.look(form, values, TODAY, None)
    for written in ("Hans", "Hant"):
        said = [make(form, values, COMPANY[written], written) for make in (wording.title, wording.body)]
        passages = texts.passages(said[1])
        assert script.detect(said[1].zh) == written
        for pair in (said[0], *passages):
            found = [*agreement.check(pair.zh, pair.en), *terms.check(pair.zh, pair.en)]
            assert [one for one in found if one.severity in (CERTAIN, LIKELY)] == [], pair
            assert (pair.complete, pair.misplaced) == (True, ()) or "https:" in pair.zh
            assert not {"{", "}"} & {*pair.zh, *pair.en}
        assert texts.typed(said[1].zh) == said[1].zh


def test_the_forms_go_with_their_categories_and_say_where_they_rest_on_nothing_compared():
    assert len(book.in_force()) == 13
    assert {form.category for form in book.in_force().values()} == {
        "meeting", "notice", "display", "clarification", "event_auditor_change"
    }  # fmt: skip
    assert {(form.status, bool(form.source)) for form in book.in_force().values()} == {("memory", True)}


def test_a_filled_form_reads_as_a_company_secretary_writes_it():
    for written, zh in (
        (
            "Hans",
            "灯塔医疗有限公司（以下简称“公司”）董事会（以下简称“董事会”）宣布，公司将于2026年12月8日召开董事会会议，审议包括批准公司截至2026年9月30日止期间的年度业绩及其发布、派发股息（如有）在内的事项。",
        ),
        (
            "Hant",
            "燈塔醫療有限公司（「本公司」）董事會（「董事會」）宣布，本公司將於2026年12月8日舉行董事會會議，藉以（其中包括）考慮及批准本公司截至2026年9月30日止期間的全年業績及其刊發，以及考慮派發股息（如有）。",
        ),
    ):
        assert wording.body(MEETING, HELD, COMPANY[written], written) == Pair(
            zh,
            "The board of directors (the “Board”) of Lantern Medical Limited (the “Company”) announces that a meeting "
            "of the Board will be held on 8 December 2026 for the purpose of, among other matters, considering and "
            "approving the annual results of the Company for the period ended 30 September 2026 and their publication, "
            "and considering the payment of a dividend, if any.",
            written,
        )


def test_what_is_typed_into_a_name_names_no_field():
    form = book.in_force()["office"]
    values = values_of(form) | {"address": {"zh": "{company}路{office}号", "en": "{company} Road {office}"}}
    assert wording.body(form, values, COMPANY["Hans"], "Hans").en.endswith("\n\n{company} Road {office}")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("en: Effective day}", "en: Effective day, colour: red}", 21, "colour is not known here"),
        ("kind: day", "kind: song", 21, "song is not one of"),
        ("when: any", "when: soon", 21, "soon is not one of"),
        ("{outgoing} resigns", "{outgone} resigns", 26, "en names outgone, which is no field"),
        ("均自{effective_on}起", "即时", 26, "zh_hans never names effective_on"),
        ("，均由{effective_on}起", "，即時", 26, "zh_hant never names effective_on"),
        ("of {company} (the", "of the (the", 26, "en never names company"),
        ("resigns as {office}", "resigns as {office", 26, "has a brace that names nothing"),
        ("  zh_hant: |\n", "  zh_hant_old: |\n", 26, "zh_hant is missing"),
        ("\n\n    {outgoing} has confirmed", "\n    {outgoing} has confirmed", 26, "different numbers of passages"),
        ("id: incoming,", "id: outgoing,", 10, "a name stands twice"),
        ("of: incoming, than: outgoing", "of: incoming, than: office", 23, "differ does not compare a choice"),
        ("rule: differ", "rule: rhyme", 23, "rhyme is not one of"),
        ("category: notice", "category: annual_report", 4, "is a report and no standard form"),
        ("category: notice", "category: song", 4, "song is not one of"),
        ("headline: secretary", "headline: suspension", 5, "does not go with"),
        (NOTICE, "category: meeting", 4, "asks for one"),
        ("headline: secretary", "headline: secretary\nevent_on: effective_on", 6, "notice asks for nothing"),
        (NOTICE, "category: event_auditor_change", 2, "asks for event"),
        (NOTICE, "category: event_auditor_change\nevent_on: effective_on", 5, "no field of a day that has passed"),
        ("id: company_secretary", "id: representative", 16, "an id stands twice"),
        ('version: "1"', 'version: "one"', 3, "one is no number"),
        ("status: memory", "status: sure", 8, "sure is not one of"),
        ("id: secretary", "id: Company-Secretary", 2, "is not a word of small letters"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_form_is_refused_with_its_line(old, new, line, said):
    assert old in TEXT
    with pytest.raises(Broken) as raised:
        book.read(TEXT.replace(old, new, 1), "x.yaml")
    assert (raised.value.line, said in str(raised.value)) == (line, True), str(raised.value)


def test_a_published_version_that_was_edited_is_not_the_one_that_is_pinned():
    edited = book.read(TEXT.replace("董事会秘书", "董事会书记"), "secretary-1.yaml")
    assert edited.digest != book.published()["secretary", 1].digest


def field(kind, when="any"):
    return next(
        one
        for form in book.in_force().values()
        for one in form.fields.values()
        if one.kind == kind and (when == "any" or one.when == when)
    )


@pytest.mark.parametrize(
    ("kind", "given", "found"),
    [
        ("day", ["2026年12月8日"], "2026-12-08"),
        ("day", ["２０２６-12-08"], "2026-12-08"),
        ("day", ["2027-02-29"], NoSuchDay),
        ("day", ["2028-02-29"], "2028-02-29"),
        ("day", ["8/12/2026"], YearNotFirst),
        ("day", ["soon"], NotADay),
        ("day", ["9" * 400], NotADay),
        ("day", [" "], fields.Missing),
        ("period_end", ["2026-09-30"], "2026-09-30"),
        ("period_end", ["2026-09-29"], NotAPeriodEnd),
        ("period_end", ["2027-02-28"], "2027-02-28"),
        ("time", ["9:05"], "09:05"),
        ("time", ["１４：３０"], "14:30"),
        ("time", ["24:00"], fields.NotATime),
        ("time", ["9" * 400], fields.NotATime),
        ("amount", ["1,200万元", "CNY"], {"amount": "12000000.00", "currency": "CNY"}),
        ("amount", ["1e9", "CNY"], NotAnAmount),
        ("amount", ["9" * 400, "CNY"], NotAnAmount),
        ("amount", ["-1", "CNY"], fields.NotPositive),
        ("amount", ["1", "XXX"], fields.NotChosen),
        ("amount", ["1", ""], fields.NotChosen),
        ("count", ["1,200"], 1200),
        ("count", ["-1"], fields.NotPositive),
        ("count", ["9" * 400], NotANumber),
        ("choice", ["x\0"], fields.NotChosen),
        ("name", ["王小明", ""], fields.BothLanguages),
        ("name", ["王小明", "Wang\nXiaoming"], rules.SeveralLines),
        ("name", ["王小明", "Wang \u202eXiaoming"], rules.Hidden),
        ("name", ["王" * 101, "Wang"], fields.TooLong),
        ("name", [" 王小明 ", "Wang"], {"zh": "王小明", "en": "Wang"}),
        ("link", ["www.lantern.example"], "https://www.lantern.example"),
        ("link", ["javascript:alert(1)"], NotALink),
        ("link", ["https://a.example/" + "a" * 200], fields.TooLong),
        ("number", ["2026-000123"], {"number": "2026-000123"}),
        ("number", ["2026-123"], fields.NotANumber),
    ],
)
def test_what_is_typed_is_read_exactly_or_refused(kind, given, found):
    one = field(kind)
    typed = dict(zip(one.inputs, given, strict=True))
    if isinstance(found, type):
        pytest.raises(found, fields.read, one, typed)
    else:
        assert fields.read(one, typed) == found


@pytest.mark.parametrize(
    ("changed", "refusal", "place"),
    [
        ({}, None, ""),
        ({"meeting_on": "2026-11-22"}, fields.Passed, "field_meeting_on"),
        ({"meeting_on": "2026-11-23"}, None, ""),
        ({"meeting_on": "2028-02-29"}, fields.TooFar, "field_meeting_on"),
        ({"meeting_on": "9999-12-31"}, fields.TooFar, "field_meeting_on"),
        ({"period_end": "2026-11-30"}, rules.NotYet, "field_period_end"),
        ({"period_end": "0001-01-31"}, fields.TooLongAgo, "field_period_end"),
        ({"colour": "red"}, wording.OtherFields, ""),
    ],
)
def test_days_have_come_or_are_still_to_come(changed, refusal, place):
    if refusal is None:
        wording.look(MEETING, HELD | changed, TODAY, None)
        return
    with pytest.raises(refusal) as raised:
        wording.look(MEETING, HELD | changed, TODAY, None)
    assert raised.value.place == place


@pytest.mark.parametrize(
    ("form_id", "changed", "refusal"),
    [
        ("register_closure", {"closed_until": "2026-12-07"}, wording.TooEarly),
        ("register_closure", {"lodged_by": "2026-12-08"}, wording.NotAfter),
        ("annual_meeting_results", {"proposed": 3, "passed": 4}, wording.TooMany),
        ("secretary", {"incoming": {"zh": "王小明乙", "en": "WANG XIAOMING B"}}, wording.TheSame),
    ],
)
def test_what_has_to_hold_between_fields_is_looked_at(form_id, changed, refusal):
    form = book.in_force()[form_id]
    with pytest.raises(refusal) as raised:
        wording.look(form, values_of(form) | changed, TODAY, None)
    assert raised.value.place.startswith("field_")


@pytest.mark.parametrize(
    ("results", "end", "year_end", "last"),
    [
        ("quarterly", "2026-09-30", 12, None),
        ("quarterly", "2026-10-31", 12, "2026-09-30"),
        ("quarterly", "2026-10-31", None, "2026-09-30"),  # nobody knows its year: the quarters of the calendar
        ("quarterly", "2026-10-31", 4, None),
        ("quarterly", "2026-09-30", 4, "2026-07-31"),
        ("interim", "2026-09-30", 3, None),
        ("interim", "2026-09-30", 12, "2026-06-30"),
        ("annual", "2026-09-30", 12, "2025-12-31"),
        ("annual", "2025-12-31", 12, None),
        ("annual", "2024-02-29", 2, None),
        ("annual", "2026-03-31", 2, "2026-02-28"),
        ("annual", "2026-03-31", None, None),
    ],
)
def test_a_period_ends_with_a_month_with_which_the_company_has_one(results, end, year_end, last):
    values = HELD | {"results": results, "period_end": end}
    if last is None:
        wording.look(MEETING, values, TODAY, year_end)
        return
    with pytest.raises(periods.NoSuchPeriod) as raised:
        wording.look(MEETING, values, TODAY, year_end)
    said = {name: str(value) for name, value in raised.value.params.items()}
    assert (raised.value.place, said) == ("field_period_end", {"day": end, "last": last})


def test_a_form_asks_for_the_periods_that_it_names():
    kinds = {
        form.id: field.period for form in book.in_force().values() for field in form.fields.values() if field.period
    }
    assert kinds == {"board_meeting": "results", "results_delay": "results", "annual_meeting": "annual"}
    text = FOLDER.joinpath("board_meeting-2.yaml").read_text(encoding="utf-8")
    for wrong in ("weekly", "meeting_on"):
        with pytest.raises(Broken, match=f"{wrong} is no kind of period"):
            book.read(text.replace("period: results", f"period: {wrong}"), "board_meeting-2.yaml")


@pytest.mark.parametrize(
    ("at", "hans", "hant", "en"),
    [
        ("00:15", "凌晨0时15分", "凌晨0時15分", "12:15 a.m."),
        ("09:00", "上午9时", "上午9時", "9:00 a.m."),
        ("12:00", "中午12时", "中午12時", "12:00 p.m."),
        ("14:30", "下午2时30分", "下午2時30分", "2:30 p.m."),
    ],
)
def test_a_time_is_said_as_it_is_printed(at, hans, hant, en):
    said = [fields.said(field("time"), at, language) for language in ("zh-Hans", "zh-Hant", "en")]
    assert said == [hans, hant, en]


def test_a_correction_says_what_changes_in_both_languages_and_nothing_else():
    after = HELD | {"meeting_on": "2026-12-10", "results": "interim"}
    noted = wording.note((MEETING, HELD), (MEETING, after), "Hant")
    assert noted == Pair(
        "會議日期由「2026年12月8日」更正為「2026年12月10日」。\n審議的業績由「全年業績」更正為「中期業績」。\n其餘內容不變。",
        "Day of the meeting: “8 December 2026” is corrected to “10 December 2026”.\n"
        "Results to be considered: “annual results” is corrected to “interim results”.\nNothing else changes.",
        "Hant",
    )
    assert agreement.check(noted.zh, noted.en) == []
    with pytest.raises(wording.NothingChanges):
        wording.note((MEETING, HELD), (MEETING, {**HELD}), "Hans")
