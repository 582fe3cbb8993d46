"""Files of a profile: adding one, sending a newer copy, taking one out.

Decides what is asked about a file, and that a file somebody was sent, or that is named as evidence, stays. What a file
may be is decided in listing/files; the row about it is one of the sheet ``documents`` and saved like any other.
"""

from collections.abc import Mapping
from datetime import datetime

from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor
from listing.companies.sheets import FILE_PARTS, sheets
from listing.files import operations as files
from listing.files import queries as stored

from . import evidence, kinds, operations, queries, reading, rules
from .models import Profile

SHEET = "documents"
NEW = "new"  # the row of a file that is only being added


def asked(typed: Mapping[str, str], setting: kinds.Setting) -> reading.Read:
    """What was said about a file that is being added, under the names of the row 0; every needed answer is."""
    sheet = sheets()[SHEET]
    found = reading.read(sheet, {**typed, f"{SHEET}.0.id": NEW}, {SHEET: [{"id": NEW}]}, setting)
    [row] = found.content.get(SHEET) or [{}]
    for each in sheet.field(SHEET).fields:
        name = f"{SHEET}.0.{each.id}"
        if each.rule("needed") and each.id not in row and not any(key.startswith(name) for key in found.errors):
            found.errors[name] = rules.Unanswered()
    return found


def add(
    *,
    profile: Profile,
    file: FileStorage,
    typed: Mapping[str, str],
    setting: kinds.Setting,
    actor: Actor,
    now: datetime,
) -> dict:
    """Keep a file and enter it among the documents; return its row.

    Raises AnswersRefused, files.rules.Unfit, TooManyRows, NotNow.
    """
    said = asked(typed, setting)
    if said.errors:
        raise rules.AnswersRefused
    kept = _kept(profile, file, actor, now)
    content, version = _now(profile)
    rows, most = content.get(SHEET, []), sheets()[SHEET].field(SHEET).rule("most")
    if len(rows) >= most:
        raise rules.TooManyRows(most=most)
    row = said.content[SHEET][0] | {"id": reading.new_id(rows)} | _parts(kept)
    operations.save(
        profile=profile, sheet=SHEET, content={**content, SHEET: [*rows, row]}, version=version, actor=actor, now=now
    )
    return row


def replace(*, profile: Profile, row_id: str, file: FileStorage, actor: Actor, now: datetime) -> dict:
    """Put a newer copy in the place of a file, also wherever it is named as evidence; return its row.

    Raises files.rules.Unfit, NoSuchDocument, NotNow.
    """
    kept = _kept(profile, file, actor, now)
    operations.hold(profile)
    saved = queries.saved(profile)
    contents = {key: sheet.content for key, sheet in saved.items()}
    old = _row(contents.get(SHEET, {}), row_id)
    row = old | _parts(kept)
    contents[SHEET] = {**contents[SHEET], SHEET: [row if one is old else one for one in contents[SHEET][SHEET]]}
    naming = {key for key, _name in evidence.places(contents, old["file"])}
    for key in naming:
        contents[key] = evidence.renumbered(sheets()[key], contents[key], old["file"], kept.id)
    changes = {key: (contents[key], saved[key].version) for key in (SHEET, *sorted(naming))}
    operations.save_together(profile=profile, changes=changes, actor=actor, now=now)
    _let_go(profile, old["file"])
    return row


def remove(*, profile: Profile, row_id: str, actor: Actor, now: datetime) -> dict:
    """Take a file out; return the row it had. Raises StillNamed, NoSuchDocument, NotNow."""
    content, version = _now(profile)
    old = _row(content, row_id)
    rows = [row for row in content[SHEET] if row is not old]
    operations.save(
        profile=profile, sheet=SHEET, content={**content, SHEET: rows}, version=version, actor=actor, now=now
    )
    _let_go(profile, old["file"])
    return old


def _kept(profile: Profile, file: FileStorage, actor: Actor, now: datetime) -> stored.StoredFile:
    if profile.state not in rules.EDITABLE:
        raise rules.NotNow
    organisation = profile.organisation_id
    return files.keep(stream=file.stream, name=file.filename or "", organisation_id=organisation, actor=actor, now=now)


def _now(profile: Profile) -> tuple[Mapping, int]:
    """The sheet of documents and its version, which stay until the transaction ends."""
    operations.hold(profile)
    sheet = queries.sheet(profile, SHEET)
    return (sheet.content, sheet.version) if sheet else ({}, 0)


def _row(content: Mapping, row_id: str) -> dict:
    for row in content.get(SHEET, ()):
        if row["id"] == row_id:
            return row
    raise rules.NoSuchDocument


def _parts(file: stored.StoredFile) -> dict:
    return {"file": file.id} | {key: getattr(file, key) for key in FILE_PARTS if key != "file"}


def _let_go(profile: Profile, file_id: int) -> None:
    """Delete a file that nobody was sent; what was sent keeps what it says."""
    file = stored.get(file_id)
    if file and file.organisation_id == profile.organisation_id and not queries.was_sent(profile, file_id):
        files.forget(file=file)
