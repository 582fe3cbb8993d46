"""The pages of obligations: the enterprise's, the reviewer's, the operator's overview, everybody's."""

from . import affecting, overseeing, public, reviewing, studio
from .blueprint import bp

__all__ = ["affecting", "bp", "overseeing", "public", "reviewing", "studio"]
