"""The enterprise's own pages of a profile: the list of tasks, each sheet, looking at it as others would, sending it."""

from . import documents, hub, sending, sheets, spreadsheets
from .blueprint import bp

__all__ = ["bp", "documents", "hub", "sending", "sheets", "spreadsheets"]
