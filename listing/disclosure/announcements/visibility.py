"""Who reads an announcement: everybody, or admitted investors alone, as the standard says of the item it answers.

Pure. Decides the class; who belongs to it stands in listing/policy.py, what the others see in ``readers``.
"""

from listing.refusal import N_, Refusal

PUBLIC, ADMITTED = VISIBILITIES = ("public", "admitted")  # the widest first


class TooNarrow(Refusal):
    message = N_(
        "More people may read it than the standard says, not fewer, and never fewer than read what it corrects."
    )


class Wider(Refusal):
    message = N_(
        "What this corrects is for admitted investors. With this correction, the figures and attachments it keeps from "
        "there go out to everybody."
    )


def settled(asked: str, chosen: str = "", corrected: str | None = None) -> str:
    """The class of an announcement.

    ``asked`` is what the standard says, ``chosen`` what its writer did (empty: nothing), ``corrected`` the class of
    what it corrects. Raises TooNarrow.
    """
    widest = min((one for one in (asked, corrected) if one), key=VISIBILITIES.index)
    found = chosen or widest
    if VISIBILITIES.index(found) > VISIBILITIES.index(widest):
        raise TooNarrow
    return found
