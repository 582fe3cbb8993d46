"""Looking profiles up: one, those of an organisation, its sheets, what was sent."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select, tuple_

from listing.store.db import db

from . import rules
from .models import Comment, Profile, ProfileSheet, Submission

UNDER_REVIEW = (rules.SUBMITTED, rules.IN_REVIEW, rules.APPROVED)


def profile(profile_id: int) -> Profile | None:
    """The profile of that number."""
    return db.session.get(Profile, profile_id)


def of_organisations(ids: Collection[int]) -> list[Profile]:
    """The profiles of these organisations, in the order in which they were begun."""
    return list(db.session.scalars(select(Profile).where(Profile.organisation_id.in_(ids)).order_by(Profile.id)))


def saved(profile: Profile) -> dict[str, ProfileSheet]:
    """The sheets of a profile that were saved at least once, by id, as they are in the database now; one statement."""
    rows = select(ProfileSheet).where(ProfileSheet.profile_id == profile.id)
    return {row.sheet: row for row in db.session.scalars(rows.execution_options(populate_existing=True))}


def sheet(profile: Profile, key: str) -> ProfileSheet | None:
    """One sheet, as it is in the database now."""
    return db.session.get(ProfileSheet, (profile.id, key), populate_existing=True)


def contents(profile: Profile) -> dict[str, Mapping]:
    """The contents of the sheets by id, as they are in the database now."""
    rows = select(ProfileSheet.sheet, ProfileSheet.content).where(ProfileSheet.profile_id == profile.id)
    return {key: content for key, content in db.session.execute(rows)}


def documents(contents: Mapping[str, Mapping]) -> list[Mapping]:
    """The documents among these contents."""
    return contents.get("documents", {}).get("documents", [])


def document(profile: Profile, row_id: str) -> Mapping | None:
    """The document in the row of that number."""
    content = db.session.scalar(
        select(ProfileSheet.content).where(ProfileSheet.profile_id == profile.id, ProfileSheet.sheet == "documents")
    )
    return next((row for row in (content or {}).get("documents", ()) if row["id"] == row_id), None)


def was_sent(profile: Profile, file: int) -> bool:
    """Whether anything that was sent of this profile holds that file."""
    held = (row["file"] for one in sent(profile.id) for row in documents(one.content["sheets"]))
    return file in held


def names(ids: Collection[int]) -> dict[int, Mapping]:
    """The registered names that these profiles give, by profile."""
    rows = db.session.execute(
        select(ProfileSheet.profile_id, ProfileSheet.content).where(
            ProfileSheet.profile_id.in_(ids), ProfileSheet.sheet == "identity"
        )
    )
    return {key: content["name"] for key, content in rows if "name" in content}


def last_submission(profile: Profile) -> Submission | None:
    """What was last sent of a profile."""
    found = select(Submission).where(Submission.profile_id == profile.id).order_by(Submission.number.desc()).limit(1)
    return db.session.scalars(found).one_or_none()


def submission(submission_id: int) -> Submission | None:
    """The submission of that number."""
    return db.session.get(Submission, submission_id)


def comments(submission_id: int) -> list[Comment]:
    """What reviewers asked to be changed, in the order in which it was written."""
    rows = select(Comment).where(Comment.submission_id == submission_id)
    return list(db.session.scalars(rows.order_by(Comment.id)))


def under_review(*, after: tuple[datetime, int] | None = None, limit: int) -> list[Submission]:
    """What waits for a decision, the longest first; ``after`` is the instant and number of the last one before."""
    rows = select(Submission).where(Submission.state.in_(UNDER_REVIEW))
    if after:
        rows = rows.where(tuple_(Submission.submitted_at, Submission.id) > tuple_(*after))
    return list(db.session.scalars(rows.order_by(Submission.submitted_at, Submission.id).limit(limit)))


def under_review_count() -> int:
    """How many submissions wait for a decision."""
    return db.session.scalar(select(func.count()).select_from(Submission).where(Submission.state.in_(UNDER_REVIEW)))


def sent(profile_id: int) -> list[Submission]:
    """Everything that was sent of a profile, the last first."""
    rows = select(Submission).where(Submission.profile_id == profile_id).order_by(Submission.number.desc())
    return list(db.session.scalars(rows))


def last_published(profile_id: int) -> Submission | None:
    """What is published of a profile, or was last."""
    rows = select(Submission).where(Submission.profile_id == profile_id, Submission.state == rules.PUBLISHED)
    return db.session.scalars(rows.order_by(Submission.number.desc()).limit(1)).one_or_none()


def of_company(company_id: int) -> Profile | None:
    """The profile a company on display was published from."""
    return db.session.scalars(select(Profile).where(Profile.company_id == company_id)).one_or_none()
