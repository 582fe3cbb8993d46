"""The pages of suitability: the investor's level, one company and its two statements, and the operator's list."""

from . import confirming, overseeing, own
from .blueprint import bp

__all__ = ["bp", "confirming", "overseeing", "own"]
