"""Pages of the companies of a roadshow: the organizer's list of them, and what each company sees and answers."""

from . import organizing, own
from .blueprint import bp

__all__ = ["bp", "organizing", "own"]
