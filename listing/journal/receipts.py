"""What proves an entry of the log to somebody who asks no network: the parts of which receipts are made.

Whether they hold is for scripts/verify_log.py, which shares no code with us.
"""

from base64 import b64encode

from flask import current_app

from . import queries
from .checkpoint import Signer
from .models import Entry


def proven(entry: Entry, tip: queries.Tip) -> dict[str, object]:
    """An entry, what it committed to, and its path to the root of the log. Raises queries.LogBroken."""
    proof = queries.inclusion(entry.index, tip.size)
    return {
        "entry": queries.published(entry),
        "opening": queries.opening(entry),
        "proof": {
            "index": entry.index,
            "size": tip.size,
            "leaf_hash": b64encode(proof.leaf).decode(),
            "root": b64encode(proof.root).decode(),
            "path": [b64encode(step).decode() for step in proof.path],
        },
    }


def signed(tip: queries.Tip) -> dict[str, str]:
    """The checkpoint that a receipt leads to, and the key that signed it."""
    signer = Signer.of(current_app.config)
    return {"checkpoint": signer.sign(size=tip.size, root=tip.root), "key": str(signer.verifier())}
