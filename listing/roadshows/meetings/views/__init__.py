"""Pages of one-to-ones: the organizer's, the investor's and the company's."""

from . import organizing, own, wishing
from .blueprint import bp

__all__ = ["bp", "organizing", "own", "wishing"]
