"""Pages of one-to-ones: the organizer's, the investor's and the company's."""

from . import organizing, wishing
from .blueprint import bp

__all__ = ["bp", "organizing", "wishing"]
