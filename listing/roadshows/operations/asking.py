"""Questions to a company: asked by admitted investors, published and answered in both languages or not at all."""

from datetime import datetime

from listing.access.actor import Actor
from listing.bilingual import unsound
from listing.bilingual.pair import Pair
from listing.roadshows import queries, rules
from listing.roadshows.models import Question, Session
from listing.store.db import db
from listing.suitability import operations as suitability
from listing.suitability.matrix import QUESTION

from .planning import noted

_NONE = Pair("", "")


def ask(*, session: Session, typed: str, anonymous: bool = False, actor: Actor, now: datetime) -> Question:
    """Put a question before or during a roadshow; the company is not told who asks an ``anonymous`` one.

    Raises NotNow, NotAdmitted, Unsuitable, Unconfirmed, TooManyQuestions.
    """
    show = session.day.roadshow
    if show.state != rules.PUBLISHED or now >= show.ends_at + rules.ASKED_AFTER:
        raise rules.NotNow
    own = actor.acts_for
    if own is None:
        raise rules.NotAdmitted
    about = [session.company_id] if session.company_id else []
    suitability.check(act=QUESTION, organisation_id=own, companies=about, now=now)
    if queries.asked_count(session.id, actor.user_id) >= rules.MOST_QUESTIONS:
        raise rules.TooManyQuestions(most=rules.MOST_QUESTIONS)
    question = Question(
        session_id=session.id,
        account_id=actor.user_id,
        organisation_id=own,
        typed=typed,
        state=rules.ASKED,
        question=_NONE,
        answer=_NONE,
        reply=_NONE,
        anonymous=anonymous,
        asked_at=now,
    )
    db.session.add(question)
    db.session.flush()
    noted("question_asked", show, actor, now, question=question.id)
    return question


def moderate(
    *,
    row: Question,
    question: Pair,
    answer: Pair,
    aloud: bool,
    publish: bool,
    material: bool = False,
    actor: Actor,
    now: datetime,
) -> Question:
    """Publish a question with its answer, if there is one, or put it aside; a ``material`` answer stays published.

    One that was given ``aloud`` and is not written yet is noted as owed, until it is published in both languages.
    Raises NotNow, OneLanguage where something to be published has one language only, Unsound where it does not say the
    same in both, MaterialUnwritten, MaterialStays.
    """
    db.session.refresh(row, with_for_update=True)
    show = row.session.day.roadshow
    if show.state not in (rules.PUBLISHED, rules.CANCELLED):
        raise rules.NotNow
    if publish:
        _check_texts(question, answer)
    owed = publish and material and aloud and len(answer.missing) == 2
    _check_material(row, stays=publish and material and not owed, answer=answer)
    row.state = rules.PUBLIC if publish else rules.DISMISSED
    if publish:
        row.question, row.answer, row.aloud = question, answer, aloud
        row.answered_at = (row.answered_at or now) if answer.complete or aloud else None
    row.material = publish and material and not owed
    row.material_owed = owed or (row.material_owed and not (publish and answer.complete))
    told = {"state": row.state, "material": row.material, "owed": row.material_owed}
    noted("question_moderated", show, actor, now, question=row.id, **told)
    return row


def _check_texts(question: Pair, answer: Pair) -> None:
    """What is published says the same in both languages. Raises OneLanguage, Unsound."""
    if not question.complete or len(answer.missing) == 1:
        raise rules.OneLanguage
    unsound.check("question", question)
    unsound.check("answer", answer)


def _check_material(row: Question, *, stays: bool, answer: Pair) -> None:
    """What every admitted investor was shown is not taken back. Raises MaterialUnwritten, MaterialStays."""
    if row.material and not stays:
        raise rules.MaterialStays
    if stays and not answer.complete:
        raise rules.MaterialUnwritten
