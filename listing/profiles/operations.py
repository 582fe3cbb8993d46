"""Beginning a profile, saving a sheet, sending it, taking it back."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor, System
from listing.companies import sheets as declared
from listing.journal import canonical
from listing.journal import operations as journal
from listing.store.db import db
from listing.store.inserting import insert

from . import completeness, evidence, queries, rules
from .models import Comment, Profile, ProfileSheet, Submission


def begin(
    *,
    organisation_id: int,
    actor: Actor | System,
    now: datetime,
    company_id: int | None = None,
    begun_from: int | None = None,
    contents: Mapping[str, Mapping] = MappingProxyType({}),
) -> Profile:
    """Begin a profile for an enterprise: empty, or with ``contents``; of its company on display, where it has one.

    ``begun_from`` names a page of imported facts, which a reviewer may find to be that of this enterprise. Raises
    AlreadyClaimed.
    """
    profile = Profile(
        organisation_id=organisation_id,
        company_id=company_id,
        begun_from=begun_from,
        state=rules.DRAFT,
        state_at=now,
        created_at=now,
        created_by=actor.user_id,
    )
    db.session.add(profile)
    db.session.flush()
    named = {"company": company_id, "begun_from": begun_from}
    _log("profile.begun", profile, {key: value for key, value in named.items() if value}, actor, now)
    if contents:
        changes = {sheet: (content, 0) for sheet, content in contents.items()}
        save_together(profile=profile, changes=changes, actor=actor, now=now)
    return profile


def save(*, profile: Profile, sheet: str, content: Mapping, version: int, actor: Actor | System, now: datetime) -> int:
    """Save one sheet over its ``version`` (0 where it was never saved) and return the new version.

    Raises ChangedMeanwhile where somebody saved another one first, and what ``save_together`` raises.
    """
    return save_together(profile=profile, changes={sheet: (content, version)}, actor=actor, now=now)[sheet]


def save_together(
    *, profile: Profile, changes: Mapping[str, tuple[Mapping, int]], actor: Actor | System, now: datetime
) -> dict[str, int]:
    """Save several sheets, each over the version beside it, or none; return the new versions.

    Raises ChangedMeanwhile, AlreadyClaimed, NotNow; StillNamed and DocumentGone where a document that is named would
    not be there.
    """
    hold(profile)
    if profile.state not in rules.EDITABLE:
        raise rules.NotNow
    contents = {sheet: content for sheet, (content, _version) in changes.items()}
    if "identity" in contents:
        _claim(profile, contents["identity"])
    _prove(queries.contents(profile) | contents, taken_out="documents" in contents)
    by = {"saved_at": now, "saved_by": actor.user_id, "saved_by_label": str(actor.label)}
    for sheet, (content, version) in changes.items():
        if not _written(profile.id, sheet, version, {"content": dict(content), **by}):
            raise rules.ChangedMeanwhile
        data = {"sheet": sheet, "version": version + 1, "digest": digest(content)}
        _log("profile.saved", profile, data, actor, now)
    return {sheet: version + 1 for sheet, (_content, version) in changes.items()}


def hold(profile: Profile) -> None:
    """Read the state anew and keep it until the transaction ends, so that nobody saves while somebody sends."""
    db.session.flush()
    db.session.refresh(profile, attribute_names=["state"], with_for_update=True)


def _prove(contents: Mapping[str, Mapping], *, taken_out: bool) -> None:
    """Look that every document that is named is there. Raises StillNamed, DocumentGone."""
    there = {row["file"] for row in queries.documents(contents)}
    if evidence.all_named(contents) - there:
        raise rules.StillNamed if taken_out else rules.DocumentGone


def _written(profile_id: int, sheet: str, version: int, values: dict) -> bool:
    """Whether the row was still at ``version``: one statement looks and writes, so that of two savers one wins."""
    if version:
        at = (ProfileSheet.profile_id == profile_id, ProfileSheet.sheet == sheet, ProfileSheet.version == version)
        change = update(ProfileSheet).where(*at).values(**values, version=version + 1)
        return db.session.execute(change.execution_options(synchronize_session="fetch")).rowcount == 1
    # A statement, not an object: the session may know the row that is there.
    add = insert(ProfileSheet).values(profile_id=profile_id, sheet=sheet, version=1, **values)
    return db.session.scalar(add.on_conflict_do_nothing().returning(ProfileSheet.version)) is not None


def _claim(profile: Profile, content: Mapping) -> None:
    """Hold the registration number for this profile. Raises AlreadyClaimed."""
    known = content.get("register"), content.get("number")
    wanted = ":".join(known) if all(known) else None
    if wanted == profile.registration:
        return
    other = select(Profile.id).where(Profile.registration == wanted, Profile.id != profile.id)
    if wanted and db.session.scalar(other):
        raise rules.AlreadyClaimed
    try:
        with db.session.begin_nested():
            profile.registration = wanted
    except IntegrityError:
        raise rules.AlreadyClaimed from None


def submit(
    *, profile: Profile, declared_true: bool, actor: Actor, now: datetime, override: str = "", seen: str = ""
) -> Submission:
    """Send the profile for review as it stands, signed by ``actor``; ``seen`` is the digest of what was signed.

    Figures that certainly contradict each other hold it back, unless the signer says in ``override`` why they may.

    Raises NotDeclared, ChangedSinceRead, NotReady, NotNow; of two who send at once, one succeeds.
    """
    if not declared_true:
        raise rules.NotDeclared
    hold(profile)
    contents = queries.contents(profile)
    if seen and seen != digest(contents):
        raise rules.ChangedSinceRead
    contradicting = sorted(
        f"{key}.{name}"
        for key, sheet in declared.sheets().items()
        for name, _finding in completeness.mismatches(sheet, contents.get(key, {}))
    )
    if completeness.to_send(contents) or (contradicting and not override.strip()):
        raise rules.NotReady
    step(profile=profile, event="submit", now=now)
    profile.sent += 1
    overridden = {"places": contradicting, "reason": override.strip()} if contradicting else None
    content = canonical.plain({"sheets": contents} | ({"overridden": overridden} if overridden else {}))
    submission = Submission(
        profile_id=profile.id,
        organisation_id=profile.organisation_id,
        number=profile.sent,
        reference=f"P{profile.id:05d}-{profile.sent}",
        state=rules.SUBMITTED,
        content=content,
        digest=digest(content),
        declaration=rules.DECLARATION,
        submitted_at=now,
        submitted_by=actor.user_id,
    )
    db.session.add(submission)
    db.session.flush()
    data = {"number": submission.number, "digest": submission.digest, "declaration": rules.DECLARATION}
    data |= {"overridden": contradicting} if contradicting else {}
    _log("profile.submitted", profile, data, actor, now)
    return submission


def recall(*, profile: Profile, actor: Actor, now: datetime) -> Profile:
    """Take back what was sent while nobody reviews it yet. Raises NotNow."""
    submission = queries.last_submission(profile)
    step(profile=profile, event="recall", now=now)
    submission.state = rules.WITHDRAWN
    db.session.flush()
    _log("profile.recalled", profile, {"number": submission.number}, actor, now)
    return profile


def step(*, profile: Profile, event: str, now: datetime) -> None:
    """Move a profile along rules.STEPS, if it is still where it was read. Raises NotNow; writes no entry of its own."""
    before = profile.state
    to = rules.after(before, event)
    change = update(Profile).where(Profile.id == profile.id, Profile.state == before).values(state=to, state_at=now)
    if db.session.execute(change.execution_options(synchronize_session="fetch")).rowcount != 1:
        raise rules.NotNow


def digest(content: Mapping) -> str:
    """The SHA-256 of a content in canonical form."""
    return sha256(canonical.encoded(canonical.plain(dict(content)))).hexdigest()


def _log(code: str, profile: Profile, data: dict, actor: Actor | System, now: datetime) -> None:
    subject = ("profile", profile.id, profile.organisation_id)
    journal.append(code=code, data=data, actor=actor, subject=subject, now=now)


def decided(*, submission: Submission, profile: Profile, event: str, now: datetime) -> None:
    """Move a profile and what was last sent of it along rules.STEPS together; nothing earlier moves a profile.

    Raises NotNow; writes no entry of its own.
    """
    if submission.number != profile.sent or submission.state not in queries.UNDER_REVIEW:
        raise rules.NotNow
    step(profile=profile, event=event, now=now)
    submission.state = profile.state
    db.session.flush()


def withdraw(*, profile: Profile, now: datetime) -> None:
    """End a profile, and what of it waits for review. Raises NotNow; writes no entry of its own."""
    step(profile=profile, event="withdraw", now=now)
    last = queries.last_submission(profile)
    if last and last.state in queries.UNDER_REVIEW:
        last.state = rules.WITHDRAWN
    db.session.flush()


def connect(*, profile: Profile, company_id: int) -> None:
    """Note the company that a profile is published as, the first time."""
    profile.company_id = company_id
    db.session.flush()


def comment(*, submission: Submission, place: str, text: str, actor: Actor, now: datetime) -> Comment:
    """Add what a reviewer asks to be changed at ``place``; writes no entry of its own."""
    row = Comment(submission_id=submission.id, account_id=actor.user_id, place=place, text=text, created_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def withdraw_comment(*, submission: Submission, comment_id: int, actor: Actor) -> bool:
    """Take back a comment of one's own; False when there is none of that number. Writes no entry of its own."""
    own = (Comment.id == comment_id, Comment.submission_id == submission.id, Comment.account_id == actor.user_id)
    return db.session.execute(delete(Comment).where(*own)).rowcount == 1
