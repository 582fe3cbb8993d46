"""How much a request may send. Only a form with files may be large, because only its files are spooled to disk.

Anything else (a plain form, JSON) is read into memory whole, so it ends at MAX_FORM_MEMORY_SIZE. A body in chunks says
no length in advance and is read here, up to that limit: the framework would silently cut it there.
"""

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge


def _limit() -> None:
    if request.mimetype == "multipart/form-data":
        return
    request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
    chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    if chunked and len(request.get_data()) >= request.max_content_length:
        raise RequestEntityTooLarge


def init_app(app: Flask) -> None:
    """Limit every body before anything reads it; call this before the CSRF check is put up."""
    app.before_request(_limit)
