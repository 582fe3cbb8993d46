"""Noting what a reviewer finds of one rule while going through them; gone once the findings are sent.

No step of the case: nothing is logged, nobody else reads it, and it leads to nothing by itself.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from listing.access.actor import Actor
from listing.admission import rules
from listing.admission.draft_models import SAID_OF_A_RULE, DraftFinding
from listing.admission.vetting import Case
from listing.store.db import db

from . import claiming


def note(*, case: Case, rule: str, outcome: str, asked: Collection[str], actor: Actor, now: datetime) -> bool:
    """Keep what this reviewer found of a rule, and prolong the claim; an empty ``outcome`` changes no finding.

    Also while the institution is asked for more. Raises Unfound, NotYours, and what ``claiming.part`` does.
    """
    case = claiming.alone(case)
    claiming.part(case, actor, rules.MORE_INFORMATION)
    claiming.prolong(case=case, actor=actor, now=now)
    if outcome == "":
        return True
    if rule not in asked or outcome not in SAID_OF_A_RULE:
        raise rules.Unfound
    who = {"submission_id": case.submission.id, "account_id": actor.user_id}
    db.session.merge(DraftFinding(**who, rule=rule, outcome=outcome, noted_at=now))
    db.session.flush()
    return True


def drop(*, submission_id: int, account_id: int) -> None:
    """Forget what was noted: it was sent, or its writer takes no part any more."""
    theirs = DraftFinding.submission_id == submission_id, DraftFinding.account_id == account_id
    db.session.execute(delete(DraftFinding).where(*theirs).execution_options(synchronize_session=False))
