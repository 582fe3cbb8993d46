"""The pages of obligations: the enterprise's, the reviewer's, the operator's overview, everybody's."""

from . import overseeing, public, reviewing, studio
from .blueprint import bp

__all__ = ["bp", "overseeing", "public", "reviewing", "studio"]
