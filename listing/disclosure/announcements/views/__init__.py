"""Pages of announcements: everybody's, and those of the enterprise that writes, signs and corrects them."""

from . import (
    agents,
    attaching,
    exporting,
    feeding,
    figuring,
    filling,
    joining,
    moving,
    overriding,
    preferring,
    printing,
    proving,
    public,
    published_forms,
    reviewing,
    signing,
    writing,
)
from .blueprint import bp

__all__ = [
    "agents",
    "attaching",
    "bp",
    "exporting",
    "feeding",
    "figuring",
    "filling",
    "joining",
    "moving",
    "overriding",
    "preferring",
    "printing",
    "proving",
    "public",
    "published_forms",
    "reviewing",
    "signing",
    "writing",
]
