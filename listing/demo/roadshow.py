"""The coming roadshow of the demo market, planned through the operations that everybody's is planned through."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib import resources
from itertools import count
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage

from listing.bilingual.pair import Pair
from listing.companies import presentable
from listing.roadshows import queries as roadshows
from listing.roadshows.operations import asking, cloning, planning, scheduling
from listing.roadshows.presenting import queries as presenting
from listing.roadshows.presenting.operations import inviting, materials, replying, speaking

from . import profiles
from .meetings import guest
from .people import LOADER
from .telling import APART

_ZONE = "Asia/Hong_Kong"
_NONE = Pair("", "")


def pair(text: str) -> Pair:
    """A text of a source in both languages."""
    return Pair(*(side.strip() for side in text.split(APART.strip())))


def plan(*, organisation_id: int, now: datetime) -> roadshows.Roadshow:
    """Publish the roadshow, a fortnight ahead, with those of its companies that are there; draft its next one."""
    source, who = profiles.read("roadshow.yaml"), {"actor": LOADER, "now": now}
    first = now.astimezone(ZoneInfo(_ZONE)).date() + timedelta(days=source["in_days"])
    show = published(source, first, organisation_id=organisation_id, **who)
    _ask(show.days[-1], source["asking"], who)
    again = source["again"]
    later = first + timedelta(days=again["in_days"])
    new = cloning.copy(show=show, code=again["code"], first=later, series=True, **who)
    if presenting_at(show):
        inviting.ask_all(show=new, by=later - timedelta(days=again["asked_before"]), **who)
    return show


def published(source: Mapping, first: date, *, organisation_id: int, **who) -> roadshows.Roadshow:
    """A roadshow like its source from ``first`` on, published, with those of its companies that are there."""
    opens = who["now"].astimezone(ZoneInfo(_ZONE)).replace(tzinfo=None, second=0, microsecond=0)
    show = planning.create(
        organisation_id=organisation_id,
        code=source["code"],
        title=pair(source["title"]),
        summary=pair(source["summary"]),
        zone=_ZONE,
        opens=opens,
        closes=datetime.combine(first, time(9)),
        approval=False,
        invitation_only=False,
        markets=[],
        classes=[],
        priority=source.get("priority", []),
        workplaces=source.get("workplaces", []),
        **who,
    )
    begins, ends = (time.fromisoformat(source[name]) for name in ("begins", "ends"))
    for number, row in enumerate(source["days"]):
        day = scheduling.add_day(
            show=show,
            date=first + timedelta(days=number),
            begins=begins,
            ends=ends,
            venue=pair(row["venue"]),
            link="https://live.baybridge.example/roadshow",
            onsite=row["onsite"],
            online=row["online"],
            **who,
        )
        _fill(day, row, source, begins, who)
    _speak(show, source["speakers"], who)
    _bring(show, source["files"], who)
    planning.publish(show=show, **who)
    _swap(show.days[0], who)
    return show


def _fill(day: roadshows.Day, row: Mapping, source: Mapping, begins: time, who: Mapping) -> None:
    known = {each.slug: each.id for each in presentable.candidates() if not each.reason}
    sessions = [(None, pair(row["opening"])), *((known[s], _NONE) for s in row["companies"] if s in known)]
    at = count(begins.hour * 60 + begins.minute, source["every"])
    for (company, title), start in zip(sessions, at, strict=False):
        scheduling.keep_session(
            day=day,
            begins=time(*divmod(start, 60)),
            minutes=source["minutes"],
            company_id=company,
            title=title,
            text=_NONE,
            room=_NONE,
            language=row["language"],
            interpreted=True,
            **who,
        )


def _speak(show: roadshows.Roadshow, source: Mapping, who: Mapping) -> None:
    """Name who speaks for some of the companies."""
    at = {company.slug: number for number, company in presenting_at(show).items()}
    sessions = {at[slug]: people for slug, people in source.items() if slug in at}
    for session in (session for day in show.days for session in day.sessions if session.company_id in sessions):
        for said in sessions[session.company_id]:
            name, role = pair(said["name"]), pair(said["role"])
            speaking.name(session=session, name=name, role=role, language=said["language"], **who)


def _bring(show: roadshows.Roadshow, source: Mapping, who: Mapping) -> None:
    """Let companies bring files, whose only page says that it is invented."""
    at = {number: company.slug for number, company in presenting_at(show).items()}
    for session in (session for day in show.days for session in day.sessions):
        for said in source.get(at.get(session.company_id), ()):
            with resources.files(__package__).joinpath("evidence.pdf").open("rb") as stream:
                file = FileStorage(stream, filename=said["name"])
                told = {"language": said["language"], "visibility": said["visibility"], "replaces_id": None}
                materials.bring(row=presenting.standing_in(session), file=file, **told, **who)


def _ask(day: roadshows.Day, source: Mapping, who: Mapping) -> None:
    """Ask two more companies: one has not answered, the other declines and names a third."""
    known = {each.slug: each.id for each in presentable.candidates() if not each.reason}
    names = ("title", "text", "room")
    said = dict.fromkeys(names, _NONE) | {"language": "en", "interpreted": True, "agreed": False}
    for begins, slug in source["sessions"].items():
        if slug in known:
            at = time.fromisoformat(begins)
            minutes = source["minutes"]
            session = scheduling.keep_session(
                day=day, begins=at, minutes=minutes, company_id=known[slug], **said, **who
            )
            row, by = presenting.standing_in(session), who["now"].date() + timedelta(days=source["in_days"])
            inviting.ask(row=row, by=by, **who)
            if slug == source["declines"]:
                instead = known.get(source["instead"])
                inviting.decline(row=row, reason=source["reason"], substitute_id=instead, **who)


def _swap(day: roadshows.Day, who: Mapping) -> None:
    """Let two companies change places, so that the schedule has something to tell."""
    if len(day.sessions) > 2:
        last = day.sessions[-1]
        scheduling.swap(session=last, earlier=True, seen=last.begins_at, **who)


def discuss(show: roadshows.Roadshow, source: Mapping, now: datetime) -> None:
    """Let an admitted investor ask, and the organizer answer some of it, in writing or aloud, or as material."""
    investor = guest(source["asked_by"], now)
    at = {company.slug: number for number, company in presenting_at(show).items()}
    sessions = {session.company_id: session for day in show.days for session in day.sessions}
    for said in source["questions"]:
        if said["company"] not in at:
            continue
        question, answer = pair(said["question"]), pair(said.get("answer", APART))
        session = sessions[at[said["company"]]]
        row = asking.ask(session=session, typed=question.en, actor=investor, now=now)
        if answer.complete or "aloud" in said:
            texts = {"question": question, "answer": answer, "material": said.get("material", False)}
            asking.moderate(row=row, aloud="aloud" in said, publish=True, actor=LOADER, now=now, **texts)
            replying.vote(row=row, actor=investor, now=now)
        elif "reply" in said:
            part, said_by = presenting.standing_in(session), {"actor": LOADER, "now": now}
            answer, material = pair(said["reply"]), said.get("reply_material", False)
            replying.reply(row=row, presentation_id=part.id, answer=answer, material=material, **said_by)


def presenting_at(show: roadshows.Roadshow) -> Mapping:
    """The companies of a roadshow, by number."""
    return presentable.of({session.company_id for day in show.days for session in day.sessions if session.company_id})
