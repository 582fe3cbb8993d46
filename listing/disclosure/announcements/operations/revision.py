"""What is signed of an announcement: the digest of both its texts, one revision, and of everything beside them."""

from hashlib import sha256

from listing.disclosure.announcements import figures, parties
from listing.disclosure.announcements.figures import Given
from listing.disclosure.announcements.models import Announcement
from listing.disclosure.announcements.visibility import PUBLIC
from listing.journal import canonical


def digest(announcement: Announcement) -> str:
    """The digest of everything that is signed: both texts share this one revision."""
    a = announcement
    pairs = {"title": a.title, "body": a.body, "note": a.note}
    signed = {name: [pair.zh, pair.en] if pair else None for name, pair in pairs.items()}
    signed |= {"category": a.category, "period_end": a.period_end, "event_on": a.event_on}
    signed |= {"prevailing": a.prevailing, "corrects": a.corrects_id, "company": a.company_id}
    signed |= {name: value for name, value in _further(a).items() if value}
    return sha256(canonical.encoded(canonical.plain(signed))).hexdigest()


def _further(a: Announcement) -> dict[str, object]:
    """What not every announcement has; without it an older one is signed as it was before there was any of this."""
    return {
        "headline": a.headline,
        "companies": sorted(each.company_id for each in parties.invited(a.id)),
        "intermediary": a.intermediary_id,
        "not_before": a.not_before and (a.moved_from or a.not_before),
        "figures": figures_of(a) and a.figures,
        "visibility": a.visibility if a.visibility != PUBLIC else None,
        "form": a.form,
        "files": [[row["side"], row["name"], row["sha256"]] for row in a.files or ()],
    }


def figures_of(announcement: Announcement) -> Given | None:
    """The figures it gives; none where its category gives none."""
    asked = announcement.category in figures.sheet().categories
    return Given.from_json(announcement.figures) if asked else None
