"""Whether the figures of a Chinese and an English text agree."""

from listing.bilingual.agreement.comparing import Comparison, check, compared
from listing.bilingual.agreement.finding import Finding

__all__ = ["Comparison", "Finding", "check", "compared"]
