"""The record on paper: whole in both languages, the same bytes twice, and nothing in it that its page hides."""

import io
import re
from datetime import time, timedelta

import pypdf
import pytest

from listing.bilingual.pair import Pair
from listing.companies.factsheet import press
from listing.roadshows.operations import asking, door, planning
from listing.roadshows.presenting.operations import speaking
from listing.roadshows.recording import operations
from listing.store.db import db
from tests.factories import NOW, a_member, a_user, an_organisation

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_materials import bring
from .test_recording import enters
from .test_seating import apply

pytestmark = pytest.mark.skipif(bool(press.missing("/usr/share/fonts")), reason="fonts-noto-cjk is not installed")

HOUR = timedelta(hours=1)
REPLAY = "https://vimeo.com/76979871"
OPEN = (
    *("湾区路演", "Bay Area Roadshow", "两地同台。", "Two cities, one stage.", "南沙", "Nansha", "开场", "Opening"),
    *(
        "林一帆",
        "Lin Yifan",
        "open.pdf",
        "SHA-256",
        "420",
        "Version 2",
        "第2版",
        "The roadshow was published.",
        "1 question, noted",
    ),
)
ADMITTED = ("你们的产能？", "Your capacity?", "答复全文", "The answer in full", "hall.pdf", REPLAY)
PLACED = ("placed.pdf",)
NEVER = ("Ann Came", "as she typed it", "not to be told", "meet.example")


@pytest.fixture
def over(app, clock):
    """A roadshow that is over, with something of every kind that a record could tell too much of."""
    organizer, owner = an_organizer(), a_member(an_organisation(), "owner")
    company = a_presenter(organisation_id=owner.organisation_id)
    show = a_roadshow(organizer, first=NOW.date(), onsite=2, online=1)
    day, who = show.days[0], {"actor": actor_of(organizer), "now": NOW}
    session = a_session(day, time(12), company=company, title=Pair("", ""))
    speaking.name(session=session, name=Pair("林一帆", "Lin Yifan"), role=Pair("", ""), language="zh", **who)
    for visibility, name in (("public", "open.pdf"), ("admitted", "hall.pdf"), ("registered", "placed.pdf")):
        bring(owner, session, visibility, name)
    came = an_admitted_investor(name="Ann Came")
    door.check_in(row=apply(came, day, now=NOW - HOUR), actor=actor_of(organizer), now=show.begins_at + HOUR)
    for question, answer, aloud in (
        (Pair("你们的产能？", "Your capacity?"), Pair("答复全文", "The answer in full"), False),
        (Pair("交付多快？", "To be quick?"), Pair("", ""), True),
    ):
        row = asking.ask(session=session, typed=f"{question.en}, as she typed it", actor=actor_of(came), now=NOW)
        asking.moderate(row=row, question=question, answer=answer, aloud=aloud, publish=True, **who)
    asking.ask(session=session, typed="not to be told", actor=actor_of(came), now=NOW)
    operations.put_replay(day=day, replay=REPLAY, actor=actor_of(organizer), now=show.ends_at)
    db.session.commit()
    clock.set(show.ends_at)
    return organizer, owner, show, came


def squeezed(said):
    return re.sub(r"[\s\u00ad\u2010-]+", "", said)


def text(data):
    pdf = pypdf.PdfReader(io.BytesIO(data))
    return squeezed(" ".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata))


def test_the_record_holds_what_its_page_shows_this_reader_and_nothing_else(app, over):
    organizer, owner, show, came = over
    readers = {
        None: OPEN,
        a_user(): OPEN,
        an_admitted_investor(until=NOW).user: OPEN,
        owner.user: OPEN,
        an_admitted_investor().user: OPEN + ADMITTED,
        came.user: OPEN + ADMITTED + PLACED,
        organizer.user: OPEN + ADMITTED + PLACED,
    }
    every = OPEN + ADMITTED + PLACED + NEVER
    for user, told in readers.items():
        client = enters(app, user, show.ends_at) if user else app.test_client()
        page = f"/en/roadshows/{show.code}"
        seen = client.get(page).text
        assert (f"{page}/record.pdf" in seen, "1 question, noted" in seen) == (True, True)
        assert "How places are given" not in seen
        answer = client.get(f"{page}/record.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        found = text(answer.data)
        assert [each for each in every if squeezed(each) in found] == list(told)
        assert squeezed("12:00–12:30 HKT/CST (UTC+8)") in found
        assert [each for each in every if each not in told and each.encode() in answer.data] == []


def test_the_same_record_is_the_same_bytes_later_and_there_is_none_before_the_end(
    app, client, clock, over, tmp_path, monkeypatch
):
    organizer, _owner, show, _came = over
    address = f"/roadshows/{show.code}/record.pdf"
    first = client.get(f"/en{address}")
    monkeypatch.setitem(app.config, "FACTSHEET_CACHE", str(tmp_path / "none"))
    clock.set(show.ends_at + timedelta(days=300))
    again = client.get(f"/zh-Hant{address}")
    assert again.data == first.data
    assert client.get(f"/en{address}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    about = pypdf.PdfReader(io.BytesIO(first.data)).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert ("<pdfaid:part>2" in about, "<pdfuaid:part>1" in about) == (True, True)
    clock.set(show.ends_at - HOUR)
    assert [client.get(f"/en{there}").status_code for there in (address, "/roadshows/none/record.pdf")] == [404, 404]
    later = a_roadshow(organizer)
    planning.cancel(show=later, reason=Pair("台风", "Typhoon"), actor=actor_of(organizer), now=NOW)
    clock.set(later.ends_at)
    assert client.get(f"/en/roadshows/{later.code}/record.pdf").status_code == 404
