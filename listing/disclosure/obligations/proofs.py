"""The receipt of a public mark of lateness: with it anyone proves without us when it began and when it was lifted."""

from listing.journal import queries as journal
from listing.journal import receipts

from .models import Mark


def receipt(company, mark: Mark) -> dict[str, object]:
    """Everything needed to check both entries of a mark; ``lifted`` is null while it stands.

    Raises journal.LogBroken.
    """
    tip = journal.tip()
    begun, lifted = (index is not None and journal.entry(index) for index in (mark.begun_entry, mark.lifted_entry))
    return {
        "company": {"market": company.market, "code": company.code},
        "obligation": mark.key,
        "begun": receipts.proven(begun, tip),
        "lifted": receipts.proven(lifted, tip) if lifted else None,
        **receipts.signed(tip),
    }
