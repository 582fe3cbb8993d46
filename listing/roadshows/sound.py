"""What likely differs between the two languages of a text that was published, told to whoever published it.

Pure. It holds nothing back; what does is decided in ``bilingual.unsound``.
"""

from listing.bilingual import agreement
from listing.bilingual.agreement import Finding
from listing.bilingual.agreement.finding import LIKELY
from listing.bilingual.pair import Pair


def doubts(*texts: Pair) -> list[Finding]:
    """What likely differs between the two sides of these texts."""
    found = [finding for text in texts if text.complete for finding in agreement.check(text.zh, text.en)]
    return [finding for finding in found if finding.severity == LIKELY]
