"""Pages of roadshows: everybody's, an investor's own, and the organizer's."""

from . import agenda, guests, planning, public, registering
from .blueprint import managing
from .blueprint import public as bp

__all__ = ["agenda", "bp", "guests", "managing", "planning", "public", "registering"]
