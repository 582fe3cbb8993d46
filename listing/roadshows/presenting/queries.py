"""Which companies are planned, asked and agreed, session by session. Changes nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from listing.roadshows import rules as shows
from listing.roadshows.models import Day, Roadshow, Session
from listing.store.db import db

from . import rules
from .models import Material, Presentation


def by_id(presentation_id: int) -> Presentation | None:
    """A company's part by its number, whatever has become of it."""
    return db.session.get(Presentation, presentation_id)


def standing_in(session: Session) -> Presentation | None:
    """The company that holds a session, planned ones included."""
    return db.session.scalars(select(Presentation).where(Presentation.open_of == session.id)).one_or_none()


def holding(session_ids: Collection[int]) -> dict[int, int]:
    """The companies that hold these sessions, agreed or not, by the number of the session."""
    found = select(Presentation.open_of, Presentation.company_id).where(Presentation.open_of.in_(session_ids))
    return {session: company for session, company in db.session.execute(found)} if session_ids else {}


def of_sessions(sessions: Collection[Session]) -> dict[int, list[Presentation]]:
    """Every company's part in these sessions, the last one first, by the number of the session."""
    found = select(Presentation).where(Presentation.session_id.in_([session.id for session in sessions]))
    rows: dict[int, list[Presentation]] = {}
    for row in db.session.scalars(found.order_by(Presentation.id.desc())) if sessions else ():
        rows.setdefault(row.session_id, []).append(row)
    return rows


def of_roadshow(show: Roadshow, states: Collection[str]) -> Sequence[Presentation]:
    """The companies' parts in a roadshow that are in one of these states, in the order of its sessions."""
    found = _whole().where(Day.roadshow_id == show.id, Presentation.state.in_(states))
    return db.session.scalars(found.order_by(Session.begins_at, Presentation.id)).all()


def of_companies(ids: Collection[int], now: datetime) -> Sequence[Presentation]:
    """What these companies were asked or agreed to and is still to come, what waits for an answer first."""
    found = _whole().where(
        Presentation.company_id.in_(ids),
        Presentation.state.in_(rules.TOLD),
        Session.ends_at > now,
        Roadshow.state != shows.CANCELLED,
    )
    ordered = found.order_by(Presentation.state != rules.ASKED, Session.begins_at, Presentation.id)
    return db.session.scalars(ordered).all() if ids else []


def unanswered(now: datetime) -> Sequence[Presentation]:
    """Those asked who have neither answered nor been reminded, and whose session is to come."""
    found = _whole().where(
        Presentation.state == rules.ASKED,
        Presentation.reminded_at.is_(None),
        Session.begins_at > now,
        Roadshow.state.in_((shows.DRAFT, shows.PUBLISHED)),
    )
    return db.session.scalars(found.order_by(Presentation.id)).all()


def material(material_id: int) -> Material | None:
    """A file of a company by its number, ended ones included."""
    return db.session.get(Material, material_id)


def materials(sessions: Collection[Session]) -> dict[int, list[Material]]:
    """Every file brought for these sessions, ended ones included, by the number of the session."""
    found = select(Material).where(Material.session_id.in_([session.id for session in sessions]))
    rows: dict[int, list[Material]] = {}
    for row in db.session.scalars(found.order_by(Material.language.desc(), Material.id)) if sessions else ():
        rows.setdefault(row.session_id, []).append(row)
    return rows


def current(sessions: Collection[Session]) -> dict[int, list[Material]]:
    """The files that stand, of the companies that present in these sessions, by the number of the session."""
    presents = {session.id: session.company_id for session in sessions}
    return {
        number: kept
        for number, rows in materials(sessions).items()
        if (kept := [row for row in rows if row.ended_at is None and row.company_id == presents[number]])
    }


def _whole():
    joined = select(Presentation).join(Presentation.session).join(Session.day).join(Day.roadshow)
    return joined.options(contains_eager(Presentation.session).contains_eager(Session.day).contains_eager(Day.roadshow))
