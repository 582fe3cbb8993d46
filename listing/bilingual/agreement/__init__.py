"""Whether the figures of a Chinese and an English text agree."""

from listing.bilingual.agreement.comparing import check
from listing.bilingual.agreement.finding import Finding

__all__ = ["Finding", "check"]
