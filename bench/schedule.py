"""The page of a roadshow with ten sessions beside one with a thousand: what one session costs."""

from datetime import timedelta

from faults.place import Place, installed
from listing.bilingual.pair import Pair
from listing.roadshows.models import Session
from listing.store.db import db
from tests import factories

from . import roadshows
from .measure import Worker, alternated
from .report import Figure

SIZES = (10, 100, 1_000)
DAYS, COMPANIES = 10, 20


def schedule(*, rounds: int) -> list[Figure]:
    """The page for everybody, and what each further session adds to it."""
    with installed(None) as place:
        paths = _filled(place)
        with Worker("product", place.folder / "baybridge.sqlite", "/healthz") as product:
            subjects = {str(size): (product, path) for size, path in paths.items()}
            cost = alternated(subjects, rounds=rounds, times=2)
            sent = {size: product.look(path)["statements"] for size, path in paths.items()}
    few, some, many = SIZES
    ms = {size: cost.ms(str(size)) for size in SIZES}
    more = ((ms[many] - ms[some]) / (many - some)) / ((ms[some] - ms[few]) / (some - few))
    return [
        Figure(f"a session of {many:,} / a session of {few}", cost.ratio(str(many), str(few)) * few / many, most=1),
        Figure(f"each beyond the first {some} / each beyond the first {few}", more, most=1.2),
        Figure("statements more", sent[many] - sent[few], "", most=1, note=f"{sent[few]}, then {sent[many]}"),
        *(Figure(f"page with {size:,} sessions", ms[size], "ms", note=f"{DAYS} days") for size in SIZES),
    ]


def _filled(place: Place) -> dict[int, str]:
    """The addresses of roadshows with so many sessions, by their number."""
    with place.app.app_context():
        now = roadshows.now_at(place)
        companies = [factories.a_company(**roadshows.made.BOTH).id for _ in range(COMPANIES)]
        paths = {}
        for size in SIZES:
            show = roadshows.a_roadshow(now, days=DAYS, onsite=50)
            for day in show.days:
                day.sessions[0].company_id, day.sessions[0].title = companies[0], Pair("", "")
                for number in range(1, size // DAYS):
                    begins = day.begins_at + timedelta(minutes=number)
                    values = {"company_id": companies[number % COMPANIES], "begins_at": begins}
                    texts = {"title": Pair("", ""), "text": Pair("介绍", "About it"), "room": Pair("甲", "A")}
                    ends = begins + timedelta(minutes=30)
                    db.session.add(Session(day_id=day.id, ends_at=ends, language="en", **values, **texts))
            paths[size] = f"/en/roadshows/{show.code}"
        db.session.commit()
        return paths
