"""The log for strangers: checkpoints, entries without their content, proofs. No language, no sign-in."""

import re
from base64 import b64encode
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, jsonify, request, send_file

from listing.access.gate import requires
from listing.access.permission import Permission

from . import merkle, queries
from .checkpoint import Signer

bp = Blueprint("journal", __name__, url_prefix="/log")
SCRIPT = Path(__file__).parents[2] / "scripts" / "verify_log.py"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")


@bp.get("/checkpoint")
@requires(Permission.PUBLIC)
def checkpoint():
    """The signed size and root of the log as it stands."""
    tip = queries.tip()
    return _text(Signer.of(current_app.config).sign(size=tip.size, root=tip.root))


@bp.get("/key")
@requires(Permission.PUBLIC)
def key():
    """The verifier key of the checkpoints, to be kept once and compared from then on."""
    return _text(f"{Signer.of(current_app.config).verifier()}\n")


@bp.get("/verify_log.py")
@requires(Permission.PUBLIC)
def script():
    """The program with which anybody checks entries, proofs and receipts without us."""
    return send_file(SCRIPT, mimetype="text/x-python", as_attachment=True)


@bp.get("/entry/<int:n>")
@requires(Permission.PUBLIC)
def entry(n):
    """One entry: index, instant, code, commitment, leaf hash."""
    return jsonify(queries.published(queries.entry(n) or abort(404)))


@bp.get("/entry/<int:n>/proof")
@requires(Permission.PUBLIC)
def proof(n):
    """The proof that the entry is in the log of ``size`` entries, by default all."""
    size = _number("size", queries.tip().size)
    if queries.entry(n) is None:
        abort(404)
    found = _proved(queries.inclusion, n, size)
    return jsonify({"index": n, "size": size, "leaf_hash": _base64(found.leaf), **_ends(found)})


@bp.get("/consistency")
@requires(Permission.PUBLIC)
def consistency():
    """The proof that the log of ``from`` entries is the beginning of that of ``to``, by default all."""
    first, second = _number("from", None), _number("to", queries.tip().size)
    found = _proved(queries.consistency, first, second)
    return jsonify({"from": first, "to": second, "from_root": _base64(found.leaf), **_ends(found)})


def _number(name: str, default: int | None) -> int:
    given = request.args.get(name)
    if given is None and default is not None:
        return default
    if given is None or not _NUMBER.fullmatch(given):
        abort(400)
    return int(given)


def _proved(query, *numbers: int) -> queries.Proof:
    try:
        return query(*numbers)
    except merkle.NoSuchProof:
        abort(400)
    except queries.LogBroken:
        abort(503)


def _ends(found: queries.Proof) -> dict[str, object]:
    return {"root": _base64(found.root), "path": [_base64(digest) for digest in found.path]}


def _base64(digest: bytes) -> str:
    return b64encode(digest).decode()


def _text(body: str) -> Response:
    return Response(body, mimetype="text/plain")
