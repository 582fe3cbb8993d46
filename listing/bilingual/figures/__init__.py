"""Figures in Chinese and English texts: amounts, numbers, shares, dates, quantities, ratios, and names with digits."""

from listing.bilingual.figures.figure import Figure, written
from listing.bilingual.figures.reading import figures

__all__ = ["Figure", "figures", "written"]
