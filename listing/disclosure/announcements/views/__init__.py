"""Pages of announcements: everybody's, and those of the enterprise that writes, signs and corrects them."""

from . import feeding, proving, public, signing, writing
from .blueprint import bp

__all__ = ["bp", "feeding", "proving", "public", "signing", "writing"]
