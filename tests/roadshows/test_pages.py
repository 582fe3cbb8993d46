"""From the organizer's first page to a place given back, as people click."""

from datetime import timedelta

import pytest

from listing.roadshows import queries
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, a_company, signed_in

from .made import a_presenter, a_roadshow, a_session, an_admitted_investor, an_organizer
from .test_seating import apply

BASICS = {
    "title_zh": "湾区科技路演",
    "title_en": "Bay Area Technology Roadshow",
    "summary_zh": "两天，两座城市。",
    "summary_en": "Two days, two cities.",
    "code": "bay-area-2026",
    "opens": "2026-11-20T09:00",
    "closes": "2026-12-07T18:00",
}
DAY = {
    "date": "2026-12-08",
    "begins": "10:00",
    "ends": "18:00",
    "venue_zh": "广州南沙",
    "venue_en": "Nansha, Guangzhou",
    "onsite": "1",
    "online": "5",
    "link": "https://meet.example/secret",
}
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_organizer_makes_a_roadshow_that_everybody_finds(app, client, lang):
    organizer, company = an_organizer(), a_presenter()
    half = a_company(name_en="Half Done Limited", passages=(("technology", "只有中文。", ""),))
    signed_in(client, organizer.user)
    home = submit(client, f"/{lang}/events/manage/roadshows/new", **BASICS).location
    wrong = submit(client, f"{home}/days/new", **DAY | {"ends": "09:00"})
    assert (wrong.status_code, "广州南沙" in wrong.text) == (422, True)
    assert submit(client, f"{home}/days/new", **DAY).status_code == 303
    assert client.post(f"{home}/publish").status_code in (400, 422)
    day = queries.by_id(1).days[0]
    page = client.get(f"{home}/days/{day.id}/sessions/new").text
    named = half.name_en if lang == "en" else half.name_zh
    assert [named in part for part in page.split("<details>")] == [False, True]
    added = submit(client, f"{home}/days/{day.id}/sessions/new", company_id=str(company.id), agreed="y", minutes="40")
    assert added.status_code == 303
    clash = submit(client, f"{home}/days/{day.id}/sessions/new", title_zh="甲", title_en="A", begins="10:10")
    assert clash.status_code == 422
    assert client.get(f"/{lang}/roadshows/bay-area-2026").status_code == 404
    assert submit(client, home, "/publish").status_code == 303
    stranger = app.test_client()
    listed = stranger.get(f"/{lang}/roadshows").text
    shown = stranger.get(f"/{lang}/roadshows/bay-area-2026").text
    assert all(text in listed for text in ("湾区科技路演", "Bay Area Technology Roadshow"))
    assert company.name_zh in shown
    assert "secret" not in shown
    assert "bay-area-2026" in stranger.get(f"/{lang}/companies/{company.slug}").text
    assert "bay-area-2026" in stranger.get(f"/{lang}/").text
    assert client.get(f"/{lang}/events/manage").status_code == 200
    assert client.get(f"{home}/people").status_code == client.get(f"{home}/move").status_code == 200
    assert submit(client, f"{home}/cancel", reason_zh="台风", reason_en="Typhoon").status_code == 303
    assert "Typhoon" in stranger.get(f"/{lang}/roadshows/bay-area-2026").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_investor_takes_a_place_and_the_next_gets_it(app, clock, lang):
    show = a_roadshow(onsite=1, online=1)
    code, day_id = show.code, show.days[0].id
    address = f"/{lang}/roadshows/{code}"
    first, second = (signed_in(app.test_client(), an_admitted_investor(language=lang).user) for _ in range(2))
    for visitor in (first, second):
        assert f"/days/{day_id}" in visitor.get(address).text
        answer = submit(visitor, f"{address}/days/{day_id}", mode="online", needs="轮椅 wheelchair")
        assert answer.status_code == 303
    assert [b"meet.example" in v.get(address).data for v in (first, second)] == [True, False]
    assert (
        submit(first, f"/{lang}/roadshows/registrations/{queries.live_of_day(day_id)[0].id}/leave").status_code == 303
    )
    assert b"meet.example" not in first.get(address).data
    assert submit(second, address, "/accept").status_code == 303
    assert b"meet.example" in second.get(address).data
    twice = submit(first, f"{address}/days/{day_id}", mode="online")
    assert (twice.status_code, queries.live_of_day(day_id)[1].state) == (303, "waitlisted")
    assert submit(first, f"{address}/days/{day_id}", mode="onsite").status_code == 422
    unsaid = {"zh-Hans": "请选择参会方式。", "zh-Hant": "請選擇參加方式。", "en": "Choose how you take part."}[lang]
    assert unsaid in submit(first, f"{address}/days/{day_id}", needs="轮椅").text
    clock.set(show.days[0].ends_at + timedelta(hours=1))
    assert code in first.get(f"/{lang}/roadshows").text
    assert "/leave" not in second.get(address).text


def test_the_organizer_decides_and_puts_somebody_first(app, client):
    organizer = an_organizer()
    show = a_roadshow(organizer, onsite=1, approval=True)
    rows = [apply(an_admitted_investor(), show.days[0]) for _ in range(3)]
    signed_in(client, organizer.user)
    people = f"/en/events/manage/roadshows/{show.id}/people"
    for row in rows:
        submit(client, people, f"{row.id}/approve")
    submit(client, people, f"{rows[2].id}/first", reason="partner")
    db.session.expire_all()
    csv = client.get(f"{people}.csv").text
    assert [csv.count(state) for state in ("confirmed", "waitlisted")] == [1, 2]
    assert [(row.state, row.turn) for row in rows] == [("confirmed", 1), ("waitlisted", 2), ("waitlisted", 0)]


def test_pages_cost_the_same_for_one_session_and_for_nine(app, client, statements):
    counts = []
    for sessions in (1, 9):
        show = a_roadshow()
        for number in range(1, sessions):
            a_session(show.days[0], _at(10 + number % 7, 30 * (number // 7)), company=a_presenter())
        with statements() as seen:
            client.get(f"/en/roadshows/{show.code}")
        counts.append(len(seen))
    assert counts[0] + 1 >= counts[1]  # the companies are read in one statement, if there are any


def _at(hour, minute):
    return (NOW.replace(hour=hour, minute=minute)).time()


def test_another_organizers_roadshow_does_not_exist(app, client):
    show = a_roadshow()
    signed_in(client, an_organizer().user)
    assert client.get(f"/en/events/manage/roadshows/{show.id}/people").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"opens": "0001-01-01T00:00"},
        {"closes": "9999-12-31T23:59"},
        {"title_en": "x" * 50_000},
        {"code": "../etc"},
        {"zone": "Mars/Base"},
        {"invited": "a@b\r\nBcc: c@d.example"},
    ],
    ids=lambda typed: next(iter(typed)),
)
def test_bad_input_is_said_and_breaks_nothing(app, client, typed):
    signed_in(client, an_organizer().user)
    answer = submit(client, "/en/events/manage/roadshows/new", **BASICS | typed)
    assert answer.status_code in (400, 422)


def test_controls_are_left_out(app, client):
    signed_in(client, an_organizer().user)
    assert submit(client, "/en/events/manage/roadshows/new", **BASICS | {"title_zh": "路\0演"}).status_code == 303
    assert queries.by_id(1).title.zh == "路演"


TURNED, HIDDEN = "Nan\u202esha", "路\u200b演"


def test_characters_that_hide_or_turn_the_line_are_refused_wherever_a_text_is_typed(app, client):
    organizer = an_organizer()
    show = a_roadshow(organizer)
    signed_in(client, organizer.user)
    home = f"/en/events/manage/roadshows/{show.id}"
    kept = submit(
        client, f"{home}/basics", title_zh="廣東𠮷野", summary_zh="第一段。\n\n第二段。", summary_en="São João\tção"
    )
    db.session.expire_all()
    assert (kept.status_code, show.title.zh, show.summary.zh) == (303, "廣東𠮷野", "第一段。\n\n第二段。")
    assert show.summary.en == "São João ção"
    for address, typed in (
        ("/basics", {"title_zh": HIDDEN}),
        ("/basics", {"summary_en": TURNED}),
        (f"/days/{show.days[0].id}", {"venue_en": TURNED}),
        (f"/sessions/{show.days[0].sessions[0].id}", {"text_zh": HIDDEN}),
        ("/cancel", {"reason_zh": HIDDEN, "reason_en": "Typhoon"}),
    ):
        answer = submit(client, home + address, "", **typed)
        assert (answer.status_code, next(iter(typed.values())) in answer.text) == (422, True), address
        assert "Remove invisible or direction-changing characters." in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        {"date": "0001-01-01"},
        {"date": "9999-12-31"},
        {"onsite": "9" * 5_000},
        {"onsite": "-1"},
        {"link": "javascript:1"},
    ],
    ids=str,
)
def test_a_bad_day_is_said_and_breaks_nothing(app, client, typed):
    organizer = an_organizer()
    show = a_roadshow(organizer)
    signed_in(client, organizer.user)
    answer = submit(client, f"/en/events/manage/roadshows/{show.id}/days/new", **DAY | {"date": "2026-12-20"} | typed)
    assert answer.status_code == 422
