"""What likely differs between the two languages of a text that was published, told to whoever published it.

Pure. It holds nothing back; what does is decided in ``bilingual.unsound``.
"""

from listing.bilingual import agreement
from listing.bilingual.agreement import Finding
from listing.bilingual.agreement.finding import LIKELY

from .models import Question


def doubts(row: Question) -> list[Finding]:
    """What likely differs in what was published of a question."""
    pairs = [pair for pair in (row.question, row.answer) if pair.complete]
    found = [finding for pair in pairs for finding in agreement.check(pair.zh, pair.en)]
    return [finding for finding in found if finding.severity == LIKELY]
