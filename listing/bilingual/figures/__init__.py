"""Figures in Chinese and English texts: amounts, numbers, shares, dates, quantities, ratios, and names with digits."""

from listing.bilingual.figures.figure import Figure, written
from listing.later import figures_reading

__all__ = ["Figure", "figures", "written"]


def figures(text: str, lang: str) -> list[Figure]:
    """Return the figures of a text, as ``reading`` finds them; what it looks for is made ready at the first."""
    return figures_reading.figures(text, lang)
