"""Files beside the two texts, each for one language: added to a draft and taken out again.

What a file may be is decided in listing/files. A file that was released stays as long as the release.
"""

from datetime import datetime

from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor
from listing.disclosure.announcements import queries, rules
from listing.disclosure.announcements.models import Announcement
from listing.files import operations as files
from listing.files import queries as stored

from .writing import hold, log, wrote


def attach(*, announcement: Announcement, side: str, file: FileStorage, actor: Actor, now: datetime) -> Announcement:
    """Keep a file for one language of a draft. Raises NotNow, TooManyFiles, files.rules.Unfit."""
    hold(announcement)
    rows = announcement.files or []
    if announcement.state != rules.DRAFT or announcement.form:
        raise rules.NotNow
    if sum(row["side"] == side for row in rows) >= rules.MOST_FILES:
        raise rules.TooManyFiles(most=rules.MOST_FILES)
    owner = announcement.organisation_id
    kept = files.keep(stream=file.stream, name=file.filename or "", organisation_id=owner, actor=actor, now=now)
    said = {key: getattr(kept, key) for key in ("id", "name", "size", "sha256")}
    announcement.files = [*rows, {"side": side, **said}]
    wrote(announcement, actor, now, [side])
    log("attached", announcement, actor, now, side=side, sha256=kept.sha256)
    return announcement


def detach(*, announcement: Announcement, file_id: int, actor: Actor, now: datetime) -> Announcement:
    """Take a file out of a draft; one that is released elsewhere is kept. Raises NotNow."""
    hold(announcement)
    gone = next((row for row in announcement.files or [] if row["id"] == file_id), None)
    if announcement.state != rules.DRAFT or gone is None:
        raise rules.NotNow
    announcement.files = [row for row in announcement.files if row is not gone]
    wrote(announcement, actor, now)
    corrects = queries.release_by_id(announcement.corrects_id)
    file = stored.get(file_id)
    if file and not (corrects and file_id in {row["id"] for row in corrects.files}):
        files.forget(file=file)
    log("detached", announcement, actor, now, side=gone["side"], sha256=gone["sha256"])
    return announcement
