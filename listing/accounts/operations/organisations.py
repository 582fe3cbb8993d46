"""An organisation's own names, as its owner writes them, and whether companies see that its people read them.

The names of a company on display are facts of its revisions.
"""

from datetime import datetime

from listing.access.actor import Actor
from listing.accounts.models import Organisation
from listing.journal import operations as journal


def rename(
    *, organisation: Organisation, name_zh: str, name_en: str, name_script: str, actor: Actor, now: datetime
) -> Organisation:
    """Keep both names and the script (Hans or Hant) of the Chinese one; an empty name is stored as missing.

    At least one name must be given, which the form checks and the database holds.
    """
    before = _names(organisation)
    organisation.name_zh, organisation.name_en, organisation.name_script = name_zh or None, name_en or None, name_script
    after = _names(organisation)
    if after != before:
        subject = ("organisation", organisation.id, organisation.id)
        data = {"before": before, "after": after}
        journal.append(code="organisation.renamed", data=data, actor=actor, subject=subject, now=now)
    return organisation


def hide(*, organisation: Organisation, hidden: str, actor: Actor, now: datetime) -> Organisation:
    """Keep whether companies see the name of an institution whose people read them; ``hidden`` is yes or no."""
    wanted = hidden == "yes"
    if organisation.hidden != wanted:
        organisation.hidden = wanted
        subject = ("organisation", organisation.id, organisation.id)
        code = "organisation.hidden" if wanted else "organisation.named"
        journal.append(code=code, actor=actor, subject=subject, now=now)
    return organisation


def _names(organisation: Organisation) -> dict[str, str]:
    return {"zh": organisation.name_zh or "", "en": organisation.name_en or "", "script": organisation.name_script}
