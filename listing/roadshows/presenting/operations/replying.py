"""What a company writes in answer to a question, and who wants a question answered.

Nobody but the organizer reads an answer of a company before it is published (operations/asking.py).
"""

from datetime import datetime

from sqlalchemy import delete, select

from listing.access.actor import Actor, System
from listing.bilingual import unsound
from listing.bilingual.pair import Pair
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.models import Question, Session, Vote
from listing.roadshows.operations.planning import noted
from listing.roadshows.presenting import queries, questions, rules
from listing.store.db import db
from listing.store.inserting import insert

_NONE = Pair("", "")


def reply(
    *, row: Question, presentation_id: int, answer: Pair, material: bool = False, actor: Actor | System, now: datetime
) -> Question:
    """Keep the answer of the company that presents, in both languages; its last word holds until one is published.

    One that it calls ``material`` is owed to every admitted investor, and the roadshow is not archived before.
    Holds the roadshow, so that a company that is replaced meanwhile leaves nothing for the next one. Raises NotNow,
    HalfAnAnswer, Unsound.
    """
    show = row.session.day.roadshow
    roadshows.held(show)
    db.session.refresh(row, with_for_update=True)
    part = queries.standing_in(row.session)
    if show.state != shows.PUBLISHED or row.state == shows.DISMISSED or row.answer.complete:
        raise shows.NotNow
    if part is None or part.id != presentation_id or part.state != rules.CONFIRMED:
        raise shows.NotNow
    if not answer.complete:
        raise rules.HalfAnAnswer
    unsound.check("answer", answer)
    row.reply, row.replied_at = answer, now
    row.material_owed = material or _owed_aloud(row)
    noted("question_replied", show, actor, now, question=row.id, owed=row.material_owed)
    return row


def forget(session: Session) -> None:
    """Let go of what a company wrote that presents no more; what was published stays."""
    written = select(Question).where(Question.session_id == session.id, Question.replied_at.is_not(None))
    for row in db.session.scalars(written.with_for_update()):
        row.reply, row.replied_at, row.material_owed = _NONE, None, _owed_aloud(row)


def _owed_aloud(row: Question) -> bool:
    """Whether the organizer noted that a material answer was given in the room."""
    return row.material_owed and row.aloud


def vote(*, row: Question, actor: Actor, now: datetime) -> Question:
    """Want a published question answered; a second vote of one person is none. Raises NotNow, NoVote."""
    _check_vote(row, actor)
    added = db.session.execute(
        insert(Vote).values(question_id=row.id, account_id=actor.user_id).on_conflict_do_nothing()
    )
    if added.rowcount:
        noted("question_voted", row.session.day.roadshow, actor, now, question=row.id)
    return row


def take_back(*, row: Question, actor: Actor, now: datetime) -> Question:
    """Take a vote back. Raises NotNow, NoVote."""
    _check_vote(row, actor)
    gone = db.session.execute(delete(Vote).where(Vote.question_id == row.id, Vote.account_id == actor.user_id))
    if gone.rowcount:
        noted("question_vote_taken_back", row.session.day.roadshow, actor, now, question=row.id)
    return row


def _check_vote(row: Question, actor: Actor) -> None:
    show = row.session.day.roadshow
    if row.state != shows.PUBLIC or show.state != shows.PUBLISHED:
        raise shows.NotNow
    if not questions.may_vote(show, actor):
        raise rules.NoVote
