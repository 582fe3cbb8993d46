"""Pages of the companies of a roadshow: the organizer's list of them, and what each company sees and answers."""

from . import materials, organizing, own, questions, speaking
from .blueprint import bp

__all__ = ["bp", "materials", "organizing", "own", "questions", "speaking"]
