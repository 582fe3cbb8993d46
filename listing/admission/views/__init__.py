"""The pages of an application: the institution's own, those of its reviewers, and what a stranger may ask."""

from . import (
    applying,
    beside,
    certifying,
    consenting,
    exporting,
    hub,
    measuring,
    profiling,
    proving,
    reviewing,
    sending,
)
from .blueprint import bp

__all__ = [
    "applying",
    "beside",
    "bp",
    "certifying",
    "consenting",
    "exporting",
    "hub",
    "measuring",
    "profiling",
    "proving",
    "reviewing",
    "sending",
]
