"""The pages of obligations: the enterprise's, the reviewer's."""

from . import reviewing, studio
from .blueprint import bp

__all__ = ["bp", "reviewing", "studio"]
