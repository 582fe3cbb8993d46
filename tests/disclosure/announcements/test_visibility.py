"""An announcement for admitted investors: nothing it says reaches anybody else, on any page, list, file or program."""

from datetime import date, timedelta

import pytest

from listing.bilingual.pair import Pair
from listing.disclosure.announcements import proofs, queries, readers, visibility
from listing.disclosure.announcements.categories import categories, visibility_on
from listing.disclosure.announcements.models import Announcement
from listing.disclosure.announcements.operations import attaching, joining, mandating, printing, writing
from listing.disclosure.announcements.visibility import ADMITTED, PUBLIC
from listing.notifications.dispatch import never
from listing.store.db import db
from listing.upkeep import reindexing
from tests.admission.conftest import submit
from tests.admission.test_standing import YEAR, admitted
from tests.disclosure.duties import SECOND, a_document, a_reviewer, in_tier
from tests.factories import NOW, a_key, a_member, a_user, an_organisation, signed_in

from .endorsing import an_agent, endorsed
from .made import NOON, SESSION, TYPED, WRITTEN, a_house, acting, at_once, begun, released, signed
from .test_joint import HARBOUR, LANTERN

AT = "/en/announcements/2026-000001"
QUARTER = {"category": "quarterly_figures", "event_on": None, "period_end": date(2026, 9, 30)}
SECRET = ("Zephyrine", "秘而不宣", "pangolin", "穿山甲", "annexe.pdf")
TITLE = Pair("秘而不宣的季度数据", "Zephyrine quarterly figures")
BODY = Pair("穿山甲计划进展顺利。", "The pangolin programme goes well.")
PARTS = ("zh.txt", "en.txt", "announcement.json", "announcement.pdf", "receipt.json", "file")
LISTS = ("", "?q=programme&period=whole", "?q=2026-000001", "/csv", "/json", "/feed", "/csv?q=进展", "/feed?q=goes")


@pytest.mark.parametrize(
    ("asked", "chosen", "corrected", "found"),
    [
        (ADMITTED, "", None, ADMITTED),
        (PUBLIC, "", None, PUBLIC),
        (ADMITTED, PUBLIC, None, PUBLIC),
        (ADMITTED, ADMITTED, None, ADMITTED),
        (PUBLIC, ADMITTED, None, visibility.TooNarrow),
        (ADMITTED, "", PUBLIC, PUBLIC),
        (ADMITTED, ADMITTED, PUBLIC, visibility.TooNarrow),
        (ADMITTED, PUBLIC, ADMITTED, PUBLIC),
        (PUBLIC, "", ADMITTED, PUBLIC),
    ],
)
def test_a_class_is_widened_and_never_narrowed(asked, chosen, corrected, found):
    if isinstance(found, str):
        assert visibility.settled(asked, chosen, corrected) == found
    else:
        with pytest.raises(found):
            visibility.settled(asked, chosen, corrected)


def test_the_standard_says_who_reads_what():
    said = {one.id: visibility_on(one, NOON.date()) for one in categories().values()}
    assert (said["annual_report"], said["quarterly_figures"], said["proceeds_report"]) == (ADMITTED,) * 3
    assert {said["esg_report"], said["event_contract"], said["meeting"], said["notice"]} == {PUBLIC}


@pytest.fixture
def house(app):
    return a_house(**LANTERN)


def held_back(house, **written):
    """Quarterly figures with an attachment, released for admitted investors, on paper and in the log."""
    row = begun(house, **QUARTER | {"title": TITLE, "body": BODY} | written)
    for side in ("zh", "en"):
        file = a_document()
        file.filename = "annexe.pdf"
        attaching.attach(announcement=row, side=side, file=file, actor=acting(house.editor), now=SESSION)
    return row


def out(house, row, agent=None):
    """The same, released."""
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=NOON)
    signed(house, row, now=NOON)
    if agent:
        endorsed(row, agent)
    db.session.commit()
    printing.print_due(now=NOON, stopping=never)
    return queries.release("2026-000001")


def an_investor(**standing):
    member = a_member(an_organisation("investor"), "owner", a_user(**SECOND))
    if standing:
        row = admitted(member, **standing)
        row.since -= YEAR  # so that it may have ended by now
        row.until, row.code = row.until - YEAR, f"TEST-{row.id}"
        db.session.commit()
    return member.user


def _ended(house, member):
    (mandate,) = [one for one in queries.mandates(house.company.id) if one.agent_id == member.organisation_id]
    mandating.end(company=house.company, mandate=mandate, actor=acting(house.second), now=NOON)


def the_people(house, other, sponsor):
    """Everybody there is, and whether they may read what is for admitted investors."""
    aside = a_house(slug="aside", code="GBA-9")
    gone = an_agent(house)
    _ended(house, gone)
    _ended(house, sponsor)
    stays = an_agent(house, "editor")
    looks = a_member(stays.organisation, "viewer", a_user())
    return {
        "nobody": (None, False),
        "investor who is not admitted": (an_investor(), False),
        "admitted investor": (an_investor(until=NOW + 2 * YEAR), True),
        "whose admission ended": (an_investor(until=NOW + YEAR), False),
        "whose admission is suspended": (an_investor(until=NOW + 2 * YEAR, state="suspended"), False),
        "its editor": (house.editor.user, True),
        "its signatory": (house.signatory.user, True),
        "the other company of it": (other.editor.user, True),
        "another company": (aside.signatory.user, False),
        "organizer": (a_member(an_organisation("organizer"), "owner", a_user(**SECOND)).user, False),
        "agent that prepares for it": (stays.user, True),
        "viewer of that agent": (looks.user, False),
        "agent of another": (a_member(an_organisation("agent"), "owner", a_user(**SECOND)).user, False),
        "agent whose mandate ended": (gone.user, False),
        "intermediary that signed it": (sponsor.user, True),
        "reviewer": (a_reviewer(), True),
    }


def leaks(answer):
    """The words of it that an answer says."""
    said = answer.data.decode(errors="replace")
    return [word for word in SECRET if word in said]


def test_nothing_it_says_reaches_who_may_not_read_it(app, house):
    other = a_house(**HARBOUR)
    in_tier(house.company, house.second.user, "select", since=SESSION)
    sponsor = an_agent(house)
    row = held_back(house)
    joining.invite(announcement=row, code=other.company.code, actor=acting(house.editor), now=SESSION)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=NOON)
    signed(house, row, now=NOON)
    signed(other, row, now=NOON)
    endorsed(row, sponsor)
    db.session.commit()
    printing.print_due(now=NOON, stopping=never)
    release = queries.release("2026-000001")
    parts = {part: f"{AT}/{part}" for part in PARTS} | {"file": f"{AT}/files/{release.files[0]['id']}"}
    for name, (user, reads) in the_people(house, other, sponsor).items():
        client = signed_in(app.test_client(), user)
        codes = {part: client.get(address).status_code for part, address in parts.items()}
        refused = 302 if user is None else 403
        assert codes == dict.fromkeys(parts, 200 if reads else refused), name
        if refused == 403 and not reads:
            told = client.get(parts["file"])
            assert ("Apply for admission" in told.text, leaks(told)) == (True, []), name
        if user is None:
            program = client.get(f"{AT}/receipt.json", headers={"Accept": "application/json"})
            assert (program.status_code, program.json["error"]["status"]) == (401, 401)
        page = client.get(AT)
        assert (page.status_code, bool(leaks(page))) == (200, reads), name
        for lang in ("zh-Hans", "zh-Hant", "en"):
            listed = [client.get(f"/{lang}/announcements{each}") for each in LISTS]
            listed += [client.get(f"/{lang}/companies/lantern"), client.get(f"/{lang}/companies/harbour")]
            assert {one.status_code for one in listed} == {200}, name
            if not reads:
                assert [leaks(one) for one in listed] == [[] for _each in listed], name
            assert "2026-000001" in listed[0].text, name
        if user is not None:
            _row, key = a_key(user)
            bearer = {"Authorization": f"Bearer {key}"}
            several = app.test_client().get("/api/v1/announcements", headers=bearer)
            (one,) = several.json["items"]
            may = reads and name != "reviewer"  # a key never acts for the operator
            assert (one["visibility"], one["title"] is not None, bool(one["documents"])) == (ADMITTED, may, may), name
            alone = app.test_client().get("/api/v1/announcements/2026-000001", headers=bearer)
            assert (alone.status_code, bool(leaks(alone))) == ((200, True) if may else (403, False)), name


def test_its_words_are_found_by_those_who_may_read_them_alone(app, house):
    out(house, held_back(house))
    found, partly = {}, {}
    for name, user in {"nobody": None, "admitted": an_investor(until=NOW + 2 * YEAR)}.items():
        client = signed_in(app.test_client(), user)
        for asked in ("q=pangolin", "q=穿山甲", "q=Lantern", "q=2026-000001", "q=pangolin&company=lantern"):
            page = client.get(f"/en/announcements?{asked}&period=whole").text
            found[name, asked], partly[name] = f'{AT}"' in page, "found by their words only by those" in page
    assert partly == {"nobody": True, "admitted": False}
    assert found == {
        ("nobody", "q=pangolin"): False,
        ("nobody", "q=穿山甲"): False,
        ("nobody", "q=Lantern"): True,
        ("nobody", "q=2026-000001"): True,
        ("nobody", "q=pangolin&company=lantern"): False,
        ("admitted", "q=pangolin"): True,
        ("admitted", "q=穿山甲"): True,
        ("admitted", "q=Lantern"): True,
        ("admitted", "q=2026-000001"): True,
        ("admitted", "q=pangolin&company=lantern"): True,
    }


def test_days_and_pages_hold_what_only_some_may_read(app, house):
    """The numbers of its documents differ from those of a public one; the spans of a list reach over both."""
    out(house, held_back(house))
    released(house, now=NOON + timedelta(minutes=1))
    day = "since=2026-11-23&until=2026-11-23"
    for user, titled in ((None, False), (an_investor(until=NOW + 2 * YEAR), True)):
        client = signed_in(app.test_client(), user)
        rows = client.get(f"/en/announcements/json?q=Lantern&{day}").json["announcements"]
        assert [row["number"] for row in rows] == ["2026-000002", "2026-000001"]
        assert [row["title_en"] is not None for row in rows] == [True, titled]
        below = client.get(f"/en/announcements?q=Lantern&{day}&before=2").text
        assert ("2026-000001" in below, "2026-000002" in below) == (True, False)


def test_its_headline_says_nothing_to_others(app, house):
    out(house, held_back(house, headline=None))
    headline = queries.release("2026-000001").headline
    assert headline
    asked = f"/en/announcements/json?headline={headline}"
    assert app.test_client().get(asked).json["announcements"] == []
    client = signed_in(app.test_client(), an_investor(until=NOW + 2 * YEAR))
    assert [row["headline"] for row in client.get(asked).json["announcements"]] == [headline]


def test_an_index_made_anew_keeps_it_so(app, house):
    out(house, held_back(house))
    assert reindexing.rebuild()[1] == 1
    db.session.commit()
    assert "2026-000001" not in app.test_client().get("/en/announcements/json?q=pangolin").text
    client = signed_in(app.test_client(), an_investor(until=NOW + 2 * YEAR))
    assert "2026-000001" in client.get("/en/announcements/json?q=pangolin").text


def test_a_public_correction_shows_no_difference_to_what_it_corrects(app, house):
    first = out(house, held_back(house))
    note = Pair("更正标题。", "The title is corrected.")
    row = begun(house, NOON, corrects=first, **QUARTER, note=note, visibility=PUBLIC)
    assert visibility.Wider.message in [said.message for said in writing.checked(row, NOON).warns]
    same = begun(house, NOON, corrects=first, **QUARTER, note=note)
    assert visibility.Wider.message not in [said.message for said in writing.checked(same, NOON).warns]
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=NOON)
    signed(house, row, now=NOON)
    db.session.commit()
    page = app.test_client().get("/en/announcements/2026-000002")
    assert (page.status_code, leaks(page), "The title is corrected." in page.text) == (200, ["annexe.pdf"], True)
    assert "What changed" not in page.text
    inside = signed_in(app.test_client(), house.editor.user).get("/en/announcements/2026-000002").text
    assert "What changed" in inside
    assert "Read the version in force" in app.test_client().get(AT).text


def test_a_correction_of_what_everybody_read_is_for_everybody(house):
    row = out(house, held_back(house, visibility=PUBLIC))
    assert row.visibility == PUBLIC
    assert begun(house, NOON, corrects=row, **QUARTER, note=Pair("改。", "Changed.")).visibility == PUBLIC
    with pytest.raises(visibility.TooNarrow):
        begun(house, NOON, corrects=row, **QUARTER, note=Pair("改。", "Changed."), visibility=ADMITTED)


def test_who_holds_its_text_is_told_that_it_is_one_but_not_its_title(app, house):
    row = out(house, held_back(house))
    held = signed_in(app.test_client(), house.editor.user).get(f"{AT}/en.txt").text
    page = submit(app.test_client(), "/en/announcements/verify", text=held)
    assert ("2026-000001" in page.text, "Zephyrine quarterly figures</" in page.text, row.title.zh in page.text) == (
        True,
        False,
        False,
    )


def test_the_class_is_signed_and_in_the_log_and_what_everybody_reads_is_signed_as_ever(house):
    row = begun(house, **QUARTER)
    before = writing.digest(row)
    row.visibility = PUBLIC
    assert writing.digest(row) != before
    assert proofs.entry(out(house, held_back(house))).data["visibility"] == ADMITTED


def test_its_paper_is_kept_by_nobody_on_the_way_and_not_for_all_in_store(app, house):
    out(house, held_back(house))
    answer = signed_in(app.test_client(), house.editor.user).get(f"{AT}/announcement.pdf")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    released(house, now=NOON + timedelta(minutes=1))
    open_one = app.test_client().get("/en/announcements/2026-000002/announcement.pdf")
    assert open_one.headers["Cache-Control"] == "public, max-age=3600"
    assert app.test_client().get("/en/announcements/feed").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(("chosen", "kept"), [("", ADMITTED), ("public", PUBLIC)])
def test_who_writes_chooses_and_finds_the_choice_again(app, house, chosen, kept):
    client = signed_in(app.test_client(), house.editor.user)
    typed = TYPED | {"category": "quarterly_figures", "event_on": "", "period_end": "2026-09-30", "visibility": chosen}
    there = submit(client, "/en/studio/companies/lantern/announcements/new", **typed).location
    row = db.session.scalars(db.select(Announcement)).one()
    assert row.visibility == kept
    said = {ADMITTED: "Admitted investors", PUBLIC: "Everybody"}[kept]
    assert f"<dt>Who reads it</dt><dd>{said}</dd>" in client.get(there).text
    form = client.get(f"{there}/edit").text
    assert f'checked id="visibility-{1 if chosen else 0}"' in form
    wrong = submit(client, f"{there}/edit", **typed | {"visibility": "nobody", "version": row.version})
    assert (wrong.status_code, db.session.get(Announcement, row.id).visibility) == (422, kept)


def test_what_is_withheld_has_no_words(house):
    row = out(house, held_back(house))
    (shown,) = readers.seen([row], acting(a_house(slug="aside", code="GBA-9").editor))
    assert shown.withheld
    for name in ("title", "content", "passages", "note", "figures", "files", "headline", "form", "digest_zh"):
        assert not hasattr(shown, name)


def test_a_class_that_changes_while_it_is_sent_is_never_the_one_nobody_read(app, house):
    """Two writers at once: who sends has read the class that stands, or is told that it changed."""
    row = begun(house, **QUARTER)
    number, version, seen = row.id, row.version, writing.digest(row)
    who = {"actor": acting(house.editor), "now": SESSION}

    def widens():
        written = WRITTEN | QUARTER | {"visibility": PUBLIC}
        writing.save(announcement=queries.by_id(number), version=version, **written, **who)

    def sends():
        writing.send(announcement=queries.by_id(number), seen=seen, **who)

    found = at_once(app, widens, sends)
    row = queries.by_id(number)
    assert (row.state, row.visibility, found) in (
        ("sent", ADMITTED, ["NotNow", "done"]),
        ("draft", PUBLIC, ["ChangedSinceRead", "done"]),
    )


def test_a_correction_whose_category_is_changed_stays_as_wide_as_what_it_corrects(house):
    first = released(house, now=NOON)
    corrects = queries.release(queries.numbers([first.id])[first.id])
    row = begun(house, NOON, corrects=corrects, note=Pair("改。", "Changed."))
    written = WRITTEN | QUARTER | {"note": Pair("改。", "Changed.")}
    who = {"actor": acting(house.editor), "now": NOON}
    writing.save(announcement=row, version=row.version, **written, **who)
    assert (row.category, row.visibility) == ("quarterly_figures", PUBLIC)
    with pytest.raises(visibility.TooNarrow):
        writing.save(announcement=row, version=row.version, **written | {"visibility": ADMITTED}, **who)
