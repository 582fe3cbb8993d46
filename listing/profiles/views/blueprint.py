"""What the pages of a profile share: their address, and finding the profile a request is about."""

from flask import Blueprint

from listing.profiles import queries
from listing.profiles.models import Profile

bp = Blueprint("profiles", __name__)

PATH = "/<ui:lang>/studio/profiles/<int:profile_id>"


def of_address(profile_id: int, **_rest) -> Profile | None:
    """The profile that an address names."""
    return queries.profile(profile_id)
