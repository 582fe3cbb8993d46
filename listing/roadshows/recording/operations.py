"""After a day is over: where its recording lies, and what those who took part thought; both until the archive."""

from datetime import datetime

from listing.access.actor import Actor, System
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.models import Day, Session
from listing.roadshows.operations.planning import noted
from listing.store.db import db
from listing.store.inserting import insert

from . import queries, rules
from .models import Feedback


def put_replay(*, day: Day, replay: str, actor: Actor | System, now: datetime) -> Day:
    """Say where the recording of a day lies, or that there is none. Raises NotNow, ElsewhereKept."""
    roadshows.held(day.roadshow)
    if day.roadshow.state != shows.PUBLISHED or now < day.ends_at:
        raise shows.NotNow
    if replay and not rules.may_lie(replay):
        raise rules.ElsewhereKept
    day.replay = replay
    noted("replay_put" if replay else "replay_removed", day.roadshow, actor, now, day=day.id)
    return day


def say(*, session: Session, score: int, follow_up: bool, remark: str, actor: Actor, now: datetime) -> Feedback:
    """Keep what somebody thought of the company of a session; said again, the last word holds.

    Raises NotNow, WasAway.
    """
    show = roadshows.held(session.day.roadshow)
    if show.state != shows.PUBLISHED or now < session.ends_at or not session.company_id:
        raise shows.NotNow
    row = roadshows.registration(session.day_id, actor.user_id)
    if not queries.is_attendee(row):
        raise rules.WasAway
    told = {"score": score, "follow_up": follow_up, "remark": remark, "said_at": now, "company_id": session.company_id}
    key = {"session_id": session.id, "account_id": actor.user_id}
    add = insert(Feedback).values(**key, registration_id=row.id, **told)
    db.session.execute(add.on_conflict_do_update(index_elements=list(key), set_=told))
    noted("feedback_given", show, actor, now, session=session.id)
    found = queries.of_person(session.id, actor.user_id)
    db.session.refresh(found)
    return found
